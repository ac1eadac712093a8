"""How often a class is to be expected of an unseen writer: evenly, as other val writers have it, or
as the train writers have it.

python -m bench.prior

The val writers of UNIPEN are halved at random, again and again. Each half is read with even odds,
with the frequencies of the other half, and with those of the train writers: a model ships with the
share of the last that its manifest names.
"""

from __future__ import annotations

import sys

import numpy as np
from numpy.typing import NDArray

from core.alphabet import ALNUM62, BALANCED47, Alphabet
from core.classifying import open_classifier
from core.models import FLAGSHIP, open_model
from core.training.course import classes_of, log_frequencies
from core.training.data import InkSamples, data_folder, load_unipen
from core.training.forms import plain_tiles
from core.training.recipes import RECIPES
from core.training.run import view_accuracy

HALVINGS = 20
VIEWS = (BALANCED47, ALNUM62)


def main() -> int:
    """Prints a line a prior."""
    model = open_model(FLAGSHIP)
    alphabet = model.manifest.alphabet
    val = load_unipen(data_folder(), "val")
    classes = classes_of(val.labels, alphabet)
    course = RECIPES[FLAGSHIP].course().calmed()
    train = log_frequencies(course, alphabet)
    odds = open_classifier(model).classify(plain_tiles(val)).probabilities
    share = np.float32(model.manifest.training["calibration"]["prior_share"])
    scores = np.log(np.maximum(odds, 1e-12)) * model.manifest.temperature - share * train
    names = ("even", "other half", "train writers")
    found: dict[str, list[tuple[float, ...]]] = {name: [] for name in names}
    for seed in range(HALVINGS):
        half = _half(val, np.random.default_rng(seed))
        for mine, other in ((half, ~half), (~half, half)):
            few = _log_prior(classes[other], alphabet)
            for name, prior in zip(names, (0 * train, few, train), strict=True):
                found[name].append(_accuracies(scores[mine] + prior, val.labels[mine], alphabet))
    print(f"{len(np.unique(val.writers))} val writers, {HALVINGS} halvings, mean accuracy")
    print("odds              " + "  ".join(f"{view.name:>10}" for view in VIEWS))
    for name, rows in found.items():
        means = np.mean(rows, axis=0)
        print(f"{name:16}  " + "  ".join(f"{mean:10.4f}" for mean in means))
    return 0


def _half(samples: InkSamples, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Which samples are by a random half of the writers."""
    writers = np.unique(samples.writers)
    chosen = rng.permutation(writers)[: len(writers) // 2]
    return np.isin(samples.writers, chosen)


def _log_prior(classes: NDArray[np.int64], alphabet: Alphabet) -> NDArray[np.float32]:
    """The logarithm of how often each class is there, one more than there are of each."""
    counts = np.bincount(classes, minlength=len(alphabet)) + 1.0
    return np.log(counts / counts.sum()).astype(np.float32)


def _accuracies(
    scores: NDArray[np.float32], labels: NDArray[np.str_], alphabet: Alphabet
) -> tuple[float, ...]:
    return tuple(view_accuracy(scores, labels, alphabet, view) for view in VIEWS)


if __name__ == "__main__":
    sys.exit(main())
