"""A made page, and where each of its characters is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from core.box import Box
from core.picture import Picture

Kind = Literal["blocks", "mixed"]
"""What is written: capitals and digits, or words with small letters and signs too."""

KINDS: tuple[Kind, ...] = ("blocks", "mixed")


@dataclass(frozen=True)
class MadeGlyph:
    """A character of a made page.

    Attributes:
        sign: What it is.
        box: Around its ink, upright, in pixels of the page's picture.
        line: Which line it is on, from 0.
        word: Which word of its line, from 0.
    """

    sign: str
    box: Box
    line: int
    word: int


@dataclass(frozen=True, eq=False)
class MadePage:
    """A page with its truth.

    Attributes:
        picture: As a scanner or a phone would have it.
        text: What is written: lines joined by line feeds, words by spaces, in reading order.
        glyphs: Its characters, in the order of the text.
        surroundings: What it is written on and how it was taken, such as "lined paper".
        hand: Who wrote it, or which set of pictures its characters are from.
    """

    picture: Picture
    text: str
    glyphs: tuple[MadeGlyph, ...]
    surroundings: str
    hand: str
