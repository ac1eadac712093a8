"""How made pages of the val writers are read, and by what evidence.

python -m bench.pages [PAGES]

Prints the case-blind character error rate on pages of capitals and digits with all evidence, and
with each piece of it left out or counted more or less: what the weights in `core/page_reading` were
chosen by.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import fields, replace

from core.alphabet import ALNUM36
from core.classifying import open_classifier
from core.cleaning import clean
from core.composing import Weights
from core.models import DEFAULT_MODEL, open_model
from core.page_reading import PAGE_WEIGHTS, PageLook, PageReader
from core.training.evaluation.pages import made_pages
from core.training.evaluation.pages.measuring import compared
from core.training.evaluation.words import edits

PAGES = 72
"""How many pages are made: four of each of the surroundings."""

SEED = 2

FACTORS = (0.0, 0.5, 1.5)

PEN_ONLY = frozenset({"cut", "pieces"})
"""Weights that pictures do not use."""

Looked = Sequence[tuple[str, PageLook]]


def main() -> int:
    """Prints a line for each choice of weights."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else PAGES
    reader = PageReader(open_classifier(open_model(DEFAULT_MODEL)))
    pages = [
        (compared(page.text), reader.look(clean(page.picture)))
        for page in made_pages("val", count, seed=SEED)
    ]
    print(f"{count} pages, {sum(len(text) for text, _ in pages)} characters")
    for name, weights in _tried():
        print(f"{name:18} {_error_rate(reader, pages, weights) * 100:5.2f} %", flush=True)
    return 0


def _tried() -> Sequence[tuple[str, Weights]]:
    tried = [("as it is", PAGE_WEIGHTS)]
    for field in fields(Weights):
        if field.name not in PEN_ONLY:
            for factor in FACTORS:
                value = getattr(PAGE_WEIGHTS, field.name) * factor
                tried.append(
                    (f"{field.name} {value:g}", replace(PAGE_WEIGHTS, **{field.name: value}))
                )
    return tried


def _error_rate(reader: PageReader, pages: Looked, weights: Weights) -> float:
    wrong = sum(
        edits(
            text,
            compared(" ".join(line.text for line in reader.decide(page, ALNUM36, weights=weights))),
        )
        for text, page in pages
    )
    return wrong / sum(len(text) for text, _ in pages)


if __name__ == "__main__":
    sys.exit(main())
