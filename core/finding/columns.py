"""The reading order of a page: blocks of lines that stand beside each other, one after another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

from core.finding.lines import Placed

GUTTER = 1.8
"""Least blank between two columns, in letter heights: more than a gap between words."""

BREAK = 1.2
"""Least blank between blocks one above the other, in letter heights: more than between lines."""

COLUMN_HEIGHT = 4.0
"""A column is at least so many letter heights high: three lines. What is lower, as the value beside
its label on a form, is read along the line."""

P = TypeVar("P", bound=Placed)


def in_columns(pieces: Sequence[P], height: float) -> tuple[tuple[P, ...], ...]:
    """Pieces of ink by block, in reading order: the recursive X-Y cut (Nagy and Seth 1984).

    Args:
        pieces: At least one.
        height: `letter_height` of the page.
    """
    if height <= 0:
        return (tuple(pieces),)
    return tuple(_blocks(tuple(pieces), height))


def _blocks(pieces: tuple[P, ...], height: float) -> list[tuple[P, ...]]:
    edges = np.array([[p.box.x, p.box.right, p.box.y, p.box.bottom] for p in pieces])
    columns = _apart(pieces, edges[:, 0], edges[:, 1], GUTTER * height)
    if len(columns) > 1 and all(_is_column(column, height) for column in columns):
        return [block for column in columns for block in _blocks(column, height)]
    bands = _apart(pieces, edges[:, 2], edges[:, 3], BREAK * height)
    if len(bands) > 1:
        cut = [_blocks(band, height) for band in bands]
        if any(len(blocks) > 1 for blocks in cut):
            return [block for blocks in cut for block in blocks]
    return [pieces]


def _is_column(pieces: Sequence[Placed], height: float) -> bool:
    tall = max(p.box.bottom for p in pieces) - min(p.box.y for p in pieces)
    return tall >= COLUMN_HEIGHT * height


def _apart(
    pieces: tuple[P, ...], starts: np.ndarray, ends: np.ndarray, least: float
) -> list[tuple[P, ...]]:
    """Pieces in groups between which there is a blank of at least `least` along one axis."""
    order = np.argsort(starts, kind="stable")
    reach = np.maximum.accumulate(ends[order])
    new = np.flatnonzero(starts[order][1:] - reach[:-1] >= least) + 1
    return [tuple(pieces[i] for i in group) for group in np.split(order, new)]
