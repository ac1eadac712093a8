"""How well made pages are read."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from core.alphabet import ALNUM36, ASCII94, Alphabet
from core.classifying import Classifier
from core.recognising import recognise_picture
from core.training.data import Split
from core.training.evaluation.pages.making import made_pages
from core.training.evaluation.pages.page import Kind, MadePage
from core.training.evaluation.pages.tesseract import PAGE_MODES, Tesseract
from core.training.evaluation.words import edits

ALPHABETS: Mapping[Kind, Alphabet] = MappingProxyType({"blocks": ALNUM36, "mixed": ASCII94})
"""What may come out, by what is written."""

SEED = 5
"""Of the pages: the same ones for everybody who measures."""


@dataclass(frozen=True)
class PageAnswer:
    """What was made of one page.

    Attributes:
        surroundings: Of the page.
        hand: Who wrote it.
        written: What is on it, as `compared`.
        read: What was read, likewise.
        seconds: How long the reading took.
        others: What Tesseract read, likewise, by its page mode; empty where it was not asked.
    """

    surroundings: str
    hand: str
    written: str
    read: str
    seconds: float
    others: Mapping[int, str]

    @property
    def errors(self) -> int:
        return edits(self.written, self.read)

    def other_errors(self, mode: int) -> int:
        """Tesseract's, in one of its page modes."""
        return edits(self.written, self.others[mode])

    @property
    def fewest_other_errors(self) -> int:
        """Tesseract's in the page mode that does best on this page, as nobody knows beforehand."""
        return min(self.other_errors(mode) for mode in self.others)


def measure_pages(
    classifier: Classifier,
    split: Split,
    count: int,
    *,
    kind: Kind,
    tesseract: Tesseract | None,
    seed: int = SEED,
) -> Iterator[PageAnswer]:
    """Made pages, read one by one, all of each page.

    Args:
        classifier: Ready to run.
        split: Whose handwriting; `val` to choose by.
        count: How many pages.
        kind: What is written.
        tesseract: Reads them too, if there.
        seed: Of the pages.

    Raises:
        MissingFileError: Data is not there.
        ValueError: The model cannot tell the signs of a kind's alphabet apart.
    """
    alphabet = ALPHABETS[kind]
    for page in made_pages(split, count, seed=seed, kind=kind):
        began = time.perf_counter()
        reading = recognise_picture(page.picture, classifier, alphabet=alphabet)
        seconds = time.perf_counter() - began
        yield PageAnswer(
            surroundings=page.surroundings,
            hand=page.hand,
            written=compared(page.text),
            read=compared(reading.text),
            seconds=seconds,
            others={} if tesseract is None else _read_by(tesseract, page, kind),
        )


def compared(text: str) -> str:
    """`text` as it is compared: in one case, one space between words and between lines."""
    return " ".join(text.lower().split())


def _read_by(tesseract: Tesseract, page: MadePage, kind: Kind) -> Mapping[int, str]:
    signs = "".join(ALNUM36.labels) if kind == "blocks" else None
    return {
        mode: compared(tesseract.read(page.picture, mode=mode, signs=signs)) for mode in PAGE_MODES
    }
