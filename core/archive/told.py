"""Corrections as they lie in the file: by the places of their strokes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from core.archive.places import Order
from core.corrections import Correction
from core.ink import Stroke


class CorrectionRow(NamedTuple):
    """A correction as it lies in the file.

    Attributes:
        places: Of its strokes, in their order, with blanks between.
        text: The sign; None if it is to be read.
    """

    places: str
    text: str | None


def correction_rows(corrections: Iterable[Correction], order: Order) -> tuple[CorrectionRow, ...]:
    """The rows of corrections; none of those with strokes that are not in `order`."""
    corrections = tuple(corrections)
    meant = {stroke for one in corrections for stroke in one.strokes}
    pairs = zip(order.strokes, order.places, strict=True)
    place_of = {stroke: place for stroke, place in pairs if stroke in meant}
    return tuple(
        CorrectionRow(" ".join(str(place_of[stroke]) for stroke in one.strokes), one.text)
        for one in corrections
        if all(stroke in place_of for stroke in one.strokes)
    )


def corrections_of(rows: Iterable[CorrectionRow], order: Order) -> tuple[Correction, ...]:
    """The corrections of such rows; a row that makes none is left out, as a damaged disk, or one
    that made a stroke unreadable, may leave it."""
    stroke_at = dict(zip(order.places, order.strokes, strict=True))
    read = (_correction(row, stroke_at) for row in rows)
    return tuple(correction for correction in read if correction is not None)


def _correction(row: CorrectionRow, stroke_at: Mapping[int, Stroke]) -> Correction | None:
    try:
        strokes = tuple(stroke_at[int(place)] for place in row.places.split())
    except (KeyError, ValueError, AttributeError, TypeError):
        return None
    text: object = row.text
    if not strokes or text == "" or not isinstance(text, str | None):
        return None
    return Correction(strokes, row.text)
