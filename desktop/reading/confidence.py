"""How sure a reading is, as a colour: from doubtful to sure, for every eye, and in greys too."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from desktop.look.theme import CONTRAST_STYLE

if TYPE_CHECKING:
    from core.reading import ReadGlyph

DOUBTFUL = 0.6
"""A confidence below it is shown as doubtful."""

_FROM = (0.3, DOUBTFUL, 0.8, 0.95)
"""Where a grade ends and the next begins."""


@dataclass(frozen=True, slots=True)
class Grade:
    """How sure a reading is, as it is shown.

    Attributes:
        number: From 0, the most doubtful.
        least: The least confidence of it.
        colour: As a line on paper, RGB.
        doubtful: Whether it is to be looked at.
    """

    number: int
    least: float
    colour: str
    doubtful: bool


GRADES = tuple(
    Grade(number, least, colour, least < DOUBTFUL)
    for number, (least, colour) in enumerate(
        zip((0.0, *_FROM), ("#9e2400", "#924b48", "#806577", "#667aa4", "#348cd2"), strict=True)
    )
)
"""Evenly apart from vermilion to blue in Oklab (Ottosson 2020), 0.08 each, and at least 0.06 for
people who lack one kind of cone (Machado et al. 2009); ever darker as they get more doubtful; all
3.6 to 1 or more on white."""


def grade(glyph: ReadGlyph) -> Grade:
    """How sure a glyph is read, as it is shown: what is perhaps no character is in most doubt."""
    return GRADES[0 if glyph.stray else bisect_right(_FROM, glyph.confidence)]


def is_doubtful(glyph: ReadGlyph) -> bool:
    """Whether someone should look at it."""
    return grade(glyph).doubtful


def line_colour(one: Grade, *, strong: bool) -> QColor:
    """What a grade's line is painted in; `strong` for those who asked for high contrast."""
    if strong:
        return QColor("#ffff00") if one.doubtful else QColor("#ffffff")
    return QColor(one.colour)


def shows_high_contrast() -> bool:
    """Whether the program is shown in its high contrast theme."""
    return QApplication.style().metaObject().className() == CONTRAST_STYLE
