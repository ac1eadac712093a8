"""What pages said when they were read, so that going back to one is at once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.cleaning_steps import ALL_STEPS, Steps

if TYPE_CHECKING:
    from core.box import Box
    from core.reading import Reading
    from desktop.pages.page import Page

MOST_GLYPHS = 20_000
"""The most characters that are remembered, some 6 kB each with their tiles and candidates: twenty
full pages."""


@dataclass(frozen=True)
class Manner:
    """How a page is read: the same page, read in the same manner, says the same.

    Attributes:
        model: Which reads.
        engine: What runs it.
        alphabet: The name of what may come out.
        steps: How the picture is cleaned.
        region: The part that is read, in the picture's pixels; None for all of it.
    """

    model: str
    engine: str
    alphabet: str
    steps: Steps = ALL_STEPS
    region: Box | None = None


class PageReadings:
    """Readings of pages; those that were not looked at for longest are forgotten first."""

    def __init__(self) -> None:
        self._readings: OrderedDict[tuple[Page, Manner], Reading] = OrderedDict()
        self._glyphs = 0

    def get(self, page: Page, manner: Manner) -> Reading | None:
        """What a page said when it was last read so, if that is still known."""
        key = (page, manner)
        if key not in self._readings:
            return None
        self._readings.move_to_end(key)
        return self._readings[key]

    def put(self, page: Page, manner: Manner, reading: Reading) -> None:
        """Remembers what a page says."""
        key = (page, manner)
        self._drop(key)
        self._readings[key] = reading
        self._glyphs += len(reading.glyphs)
        while self._glyphs > MOST_GLYPHS and len(self._readings) > 1:
            self._drop(next(iter(self._readings)))

    def forget(self, pages: Iterable[Page]) -> None:
        """Forgets what pages said, read in any manner."""
        gone = set(pages)
        for key in [key for key in self._readings if key[0] in gone]:
            self._drop(key)

    def _drop(self, key: tuple[Page, Manner]) -> None:
        reading = self._readings.pop(key, None)
        if reading is not None:
            self._glyphs -= len(reading.glyphs)
