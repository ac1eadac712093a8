"""What a model is measured on: every source's part for tests, and the views that it can ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from core.alphabet import (
    ALNUM36,
    ALNUM62,
    ASCII94,
    BALANCED47,
    CAPITALS,
    DIGITS,
    SMALL_LETTERS,
    Alphabet,
)
from core.errors import MissingFileError
from core.training.data import (
    Samples,
    load_emnist,
    load_femnist_digits,
    load_kaggle,
    load_kaggle_sample,
    load_mnist,
    load_nist_capitals,
    load_paper_letters,
    load_print,
    load_semeion_digits,
    load_uji,
    load_unipen,
)
from core.training.data.fonts import MissingFontsError, MissingPillowError, font_places

OTHER_WRITERS, OTHER_PICTURES, OTHER_FONTS = "other writers", "other pictures", "other fonts"

_LETTERS = (DIGITS, CAPITALS, SMALL_LETTERS, ALNUM36, BALANCED47, ALNUM62)


@dataclass(frozen=True, eq=False)
class Source:
    """Where samples for tests come from.

    Attributes:
        load: Its part for tests, from the folder of the data.
        views: Among which signs it may be asked.
        train_part: What its part for training holds.
        optional: Whether it is left out where its files are not there.
    """

    load: Callable[[Path], Samples]
    views: tuple[Alphabet, ...]
    train_part: str
    optional: bool = False

    def found(self, folder: Path) -> Samples | None:
        """Its part for tests; None where it is optional and not there.

        Raises:
            MissingFileError: It is not there, and not optional.
        """
        try:
            return self.load(folder)
        except (MissingFileError, MissingFontsError, MissingPillowError):
            if self.optional:
                return None
            raise

    def views_for(self, alphabet: Alphabet) -> tuple[Alphabet, ...]:
        """The views that a model of that alphabet can be asked; none if it knows too little."""
        return tuple(view for view in self.views if view.is_view_of(alphabet))


UNIPEN = Source(lambda folder: load_unipen(folder, "test"), (*_LETTERS, ASCII94), OTHER_WRITERS)

MNIST = Source(lambda folder: load_mnist(folder, "test"), (DIGITS, ASCII94), OTHER_WRITERS)

SOURCES = (
    UNIPEN,
    Source(load_uji, _LETTERS, OTHER_WRITERS),
    MNIST,
    Source(
        lambda folder: load_paper_letters(folder, "test"),
        (DIGITS, ALNUM36, BALANCED47, ALNUM62),
        OTHER_PICTURES,
    ),
    Source(lambda folder: load_kaggle_sample(folder, "test"), (CAPITALS, ALNUM36), OTHER_PICTURES),
    Source(lambda folder: load_nist_capitals(folder, "test"), (CAPITALS, ALNUM36), OTHER_PICTURES),
    Source(lambda folder: load_femnist_digits(folder, "test"), (DIGITS,), OTHER_PICTURES),
    Source(lambda folder: load_semeion_digits(folder, "test"), (DIGITS,), OTHER_PICTURES),
    Source(
        lambda folder: load_print("test", places=(folder, *font_places())),
        (ALNUM36, ALNUM62, ASCII94),
        OTHER_FONTS,
        optional=True,
    ),
    Source(
        lambda folder: load_emnist(folder, "balanced", "test"),
        (BALANCED47,),
        OTHER_WRITERS,
        optional=True,
    ),
    Source(
        lambda folder: load_emnist(folder, "byclass", "test"),
        (DIGITS, ALNUM36, ALNUM62),
        OTHER_WRITERS,
        optional=True,
    ),
    Source(
        lambda folder: load_kaggle(folder, "test"),
        (CAPITALS, ALNUM36),
        OTHER_PICTURES,
        optional=True,
    ),
)
"""In the order of the table."""


def primary_source(alphabet: Alphabet) -> Source:
    """The source whose confusions, calibration and mistakes a model's card shows."""
    return MNIST if alphabet == DIGITS else UNIPEN
