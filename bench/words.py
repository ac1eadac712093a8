"""How words of the val writers are read, and by what evidence.

python -m bench.words

Prints the character error rate on words and texts of UNIPEN's val writers with all evidence, and
with each piece of it left out or counted more or less: what the weights in `core/composing` were
chosen by.
"""

from __future__ import annotations

import sys
from dataclasses import fields, replace

import numpy as np

from core.classifying import open_classifier
from core.composing import Weights
from core.models import DEFAULT_MODEL, open_model
from core.training.data import data_folder
from core.training.evaluation.words import edits, measure_words

FACTORS = (0.0, 0.5, 1.5)


def main() -> int:
    """Prints a line for each choice of weights."""
    classifier = open_classifier(open_model(DEFAULT_MODEL))
    usual = Weights()
    tried = {"as it is": usual}
    for field in fields(Weights):
        for factor in FACTORS:
            value = getattr(usual, field.name) * factor
            tried[f"{field.name} {value:g}"] = replace(usual, **{field.name: value})
    for name, weights in tried.items():
        samples = measure_words(classifier, data_folder(), "val", weights)
        sizes = sum(len(sample.written) for sample in samples)
        both = [
            np.sum([edits(fold(s.written), fold(s.read)) for s in samples]) / sizes
            for fold in (str, str.lower)
        ]
        print(f"{name:18} {both[0] * 100:5.1f} %  case-blind {both[1] * 100:5.1f} %", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
