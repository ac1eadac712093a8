"""The result for a whole pad or page: what every view shows and every export writes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from core.box import Box, enclosing

if TYPE_CHECKING:
    from core.glyph import Glyph
    from core.prediction import Candidate


@dataclass(frozen=True, eq=False)
class ReadGlyph:
    """One character as it was read.

    Attributes:
        text: The sign it was read as: its likeliest candidate, or what someone said that it is.
        confidence: How sure the reading of it is, 0 to 1.
        candidates: What it may be, likeliest first: by its shape, and on a line by its place and
            its neighbours too.
        glyph: What was classified, and where it lies.
        stray: Whether it is perhaps no character at all, but a scribble, a blot or a piece.
        told: Whether someone said that it is this.
    """

    text: str
    confidence: float
    candidates: tuple[Candidate, ...]
    glyph: Glyph
    stray: bool = False
    told: bool = False

    def __post_init__(self) -> None:
        if not self.text:
            raise ValueError("a glyph that was read has a text")
        if not 0 <= self.confidence <= 1:
            raise ValueError(f"confidence must be within 0 to 1, not {self.confidence}")

    @property
    def box(self) -> Box:
        """Where its ink lies, in source pixels."""
        return self.glyph.box


@dataclass(frozen=True, eq=False)
class ReadWord:
    """A word: at least one glyph, in reading order."""

    glyphs: tuple[ReadGlyph, ...]

    def __post_init__(self) -> None:
        if not self.glyphs:
            raise ValueError("a word needs at least one glyph")

    @cached_property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs)

    @cached_property
    def confidence(self) -> float:
        """The geometric mean of its glyphs' confidences.

        Unlike their product it does not fall with the length of the word, so that words can be
        compared; unlike their arithmetic mean it is low when one glyph is all but unread.
        """
        return _geometric_mean([glyph.confidence for glyph in self.glyphs])

    @cached_property
    def box(self) -> Box:
        """The box of its glyphs, in source pixels."""
        return enclosing(glyph.box for glyph in self.glyphs)


@dataclass(frozen=True, eq=False)
class ReadLine:
    """A line: at least one word, in reading order."""

    words: tuple[ReadWord, ...]

    def __post_init__(self) -> None:
        if not self.words:
            raise ValueError("a line needs at least one word")

    @cached_property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @cached_property
    def box(self) -> Box:
        """The box of its words, in source pixels."""
        return enclosing(word.box for word in self.words)


@dataclass(frozen=True, eq=False)
class Reading:
    """What was read on one page, or on the pad.

    Attributes:
        source: Where the page came from: a file's path, or a word for what had no file.
        page: Which page of the source it is, from 1.
        width: Its width in source pixels.
        height: Its height in source pixels.
        model: The name of the model that read it.
        alphabet: The name of the alphabet that it was read in.
        lines: From the top; none where there is no ink.
    """

    source: str
    page: int
    width: float
    height: float
    model: str
    alphabet: str
    lines: tuple[ReadLine, ...]

    def __post_init__(self) -> None:
        if self.page < 1:
            raise ValueError(f"pages count from 1, not {self.page}")

    @cached_property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    @cached_property
    def glyphs(self) -> tuple[ReadGlyph, ...]:
        """All of them, in reading order."""
        return tuple(glyph for line in self.lines for word in line.words for glyph in word.glyphs)

    @cached_property
    def places(self) -> tuple[int, ...]:
        """Where the sign of each glyph is in the text."""
        places, place = [], 0
        for line in self.lines:
            for word in line.words:
                for glyph in word.glyphs:
                    places.append(place)
                    place += len(glyph.text)
                place += 1  # the space, or the end of the line
        return tuple(places)

    @property
    def nothing_here(self) -> bool:
        """Whether there was no ink to read."""
        return not self.lines


def _geometric_mean(values: Sequence[float]) -> float:
    """Of numbers from 0 to 1; 0 as soon as one of them is."""
    if min(values) == 0:
        return 0.0
    # the sum of logarithms, because the product of many small numbers is 0
    return min(math.exp(math.fsum(map(math.log, values)) / len(values)), 1.0)
