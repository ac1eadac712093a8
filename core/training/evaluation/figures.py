"""The pictures of a model's card: confusions, calibration, mistakes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

import cv2
import numpy as np
from numpy.typing import NDArray

from core.alphabet import Alphabet
from core.training.evaluation.calibration import Bin
from core.training.evaluation.drawing import (
    EMPTY,
    GRID,
    INK,
    PAPER,
    QUIET,
    RIGHT,
    WRONG,
    Align,
    Colour,
    Sheet,
    blend,
    text_width,
)
from core.training.evaluation.intervals import wilson

MARGIN = 24
TITLE = 20
NOTE = 13

MATRIX_SIDE = 1040
"""About the side of the matrix of a large alphabet, in pixels."""

MATRIX_HEAD = 132

CELL_MOST = 52
"""Side of a cell of a small alphabet."""

COUNTED_CELL = 30
"""The least side of a cell that has room for its count."""

PALEST = 0.12
"""How much colour a cell has that is not empty."""

WRONG_FULL = 0.5
"""The share of a sign's samples at which a confusion has its full colour."""

DARK_SHARE = 0.5
"""From which share a right cell is dark enough for light letters."""

KEYS = (("right  0 %", "100 %", True, 1.0), ("wrong  0 %", "50 % or more", False, WRONG_FULL))
KEY_STEPS = 50

PLOT, HISTOGRAM = 460, 96
"""Side of the reliability plot and height of the histogram below it, in pixels."""

TILE = 64
"""Side of a tile on a sheet, in pixels."""

SHADES = 20
"""Greys of a tile: as good to the eye as all of them, in two thirds of the bytes."""

CARD_WIDTH, CARD_HEIGHT = 92, 98
SHEET_HEAD = 78


@dataclass(frozen=True, eq=False)
class Mistake:
    """A tile that was read as something else.

    Attributes:
        tile: float32 (TILE_SIZE, TILE_SIZE), ink 1 on 0.
        written: The label.
        answer: What it was taken for.
        confidence: Of the answer, 0 to 1.
        number: Its number on the sheet; None where it has none.
    """

    tile: NDArray[np.float32]
    written: str
    answer: str
    confidence: float
    number: int | None = None


@dataclass(frozen=True)
class _Grid:
    """Where the cells of a matrix are, in pixels."""

    left: int
    top: int
    cell: int
    count: int

    @property
    def side(self) -> int:
        return self.cell * self.count

    @property
    def label(self) -> int:
        """Room for a sign beside a row or above a column."""
        return max(self.cell, NOTE)

    def middle(self, index: int) -> float:
        """From the left end of the first column, or the top of the first row."""
        return index * self.cell + self.cell / 2


def confusion_figure(counts: NDArray[np.int64], view: Alphabet, *, title: str, note: str) -> Sheet:
    """The confusion matrix: what was written from top to bottom, its answers from left to right.

    Args:
        counts: int64 (K, K), in the order of the view.
        view: K signs; they are shown as digits, capitals, small letters, other signs.
        title: Of the figure.
        note: A line below the title.
    """
    order = _shown_order(view)
    counts = counts[np.ix_(order, order)]
    signs = [view.labels[column] for column in order]
    cell = min(MATRIX_SIDE // len(signs), CELL_MOST)
    head = max(cell, NOTE)
    grid = _Grid(MARGIN + 26 + head, MATRIX_HEAD + head, cell, len(signs))
    width = max(grid.left + grid.side + MARGIN, _title_width(title, note))
    sheet = Sheet(width, grid.top + grid.side + MARGIN)
    _head(sheet, title, note)
    _matrix_key(sheet, 84)
    _matrix_labels(sheet, grid, signs)
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    for row, column in np.ndindex(counts.shape):
        _matrix_cell(sheet, grid, (row, column), int(counts[row, column]), shares[row, column])
    for edge in _group_edges(signs):
        sheet.box(grid.left + edge * cell - 1, grid.top, 1, grid.side, QUIET)
        sheet.box(grid.left, grid.top + edge * cell - 1, grid.side, 1, QUIET)
    return sheet


def reliability_figure(bins: Sequence[Bin], *, title: str, note: str) -> Sheet:
    """How often the answers of about one confidence are right, and how many there are.

    The nearer the dots are to the diagonal, the more a probability means what it says. The bars
    are 95 % intervals (Wilson).

    Args:
        bins: From low to high confidence.
        title: Of the figure.
        note: A line below the title.
    """
    left, top = MARGIN + 66, 92
    bottom, axis = top + PLOT, top + PLOT + HISTOGRAM + 18
    sheet = Sheet(max(left + PLOT + MARGIN, _title_width(title, note)), axis + 56)
    _head(sheet, title, note)
    sheet.box(left, top, PLOT, PLOT, EMPTY)
    for percent in range(0, 101, 20):
        place = PLOT * percent / 100
        sheet.box(left, bottom - place, PLOT, 1, GRID)
        sheet.box(left + place, top, 1, PLOT, GRID)
        sheet.text(f"{percent}", left - 10, bottom - place, size=NOTE, align="right")
        sheet.text(f"{percent}", left + place, axis + 16, size=NOTE, align="middle")
    sheet.line([(left, bottom), (left + PLOT, top)], QUIET)
    sheet.text_up("right, %", MARGIN + 8, top + PLOT / 2, size=NOTE)
    sheet.text("too sure", left + PLOT - 14, bottom - 18, size=NOTE, colour=QUIET, align="right")
    sheet.text("not sure enough", left + 14, top + 18, size=NOTE, colour=QUIET)
    _reliability_dots(sheet, bins, left, bottom)
    _histogram(sheet, bins, left, bottom + 18)
    middle = left + PLOT / 2
    sheet.text("confidence, %", middle, axis + 38, size=NOTE, colour=QUIET, align="middle")
    return sheet


def mistake_sheet(mistakes: Sequence[Mistake], *, columns: int, title: str, note: str) -> Sheet:
    """Tiles in rows, each with what was written, what it was read as, and how surely."""
    width = max(columns * CARD_WIDTH + 2 * MARGIN, _title_width(title, note))
    rows = ceil(len(mistakes) / columns)
    sheet = Sheet(width, SHEET_HEAD + rows * CARD_HEIGHT + MARGIN // 2)
    _head(sheet, title, note)
    for index, mistake in enumerate(mistakes):
        row, column = divmod(index, columns)
        _card(sheet, mistake, MARGIN + column * CARD_WIDTH, SHEET_HEAD + row * CARD_HEIGHT)
    return sheet


def _head(sheet: Sheet, title: str, note: str) -> None:
    sheet.text(title, MARGIN, 30, size=TITLE, bold=True)
    sheet.text(note, MARGIN, 56, size=NOTE, colour=QUIET)


def _title_width(title: str, note: str) -> int:
    widest = max(text_width(title, TITLE, bold=True), text_width(note, NOTE))
    return round(widest) + 2 * MARGIN


def _shown_order(view: Alphabet) -> list[int]:
    return sorted(range(len(view)), key=lambda column: (_group(view.labels[column]), column))


def _group(sign: str) -> int:
    """0 digits, 1 capitals, 2 small letters, 3 others."""
    kinds = (sign.isdigit(), sign.isupper(), sign.islower(), True)
    return kinds.index(True)


def _group_edges(signs: Sequence[str]) -> list[int]:
    """Where another kind of sign begins."""
    groups = [_group(sign) for sign in signs]
    return [index + 1 for index, (one, next_) in enumerate(pairwise(groups)) if one != next_]


def _cell_colour(share: float, *, right: bool) -> Colour:
    if share == 0:
        return EMPTY
    # the root, so that one mistake in fifty can be seen
    depth = share if right else min(share / WRONG_FULL, 1) ** 0.5
    return blend(RIGHT if right else WRONG, PALEST + (1 - PALEST) * depth)


def _matrix_key(sheet: Sheet, middle: int) -> None:
    x = float(MARGIN)
    for first, last, right, most in KEYS:
        x += sheet.text(first, x, middle, size=NOTE, colour=QUIET) + 6
        for step in range(KEY_STEPS):
            colour = _cell_colour(most * (step + 1) / KEY_STEPS, right=right)
            sheet.box(x + step * 2, middle - 6, 2, 12, colour)
        x += KEY_STEPS * 2 + 6
        x += sheet.text(last, x, middle, size=NOTE, colour=QUIET) + 24


def _matrix_labels(sheet: Sheet, grid: _Grid, signs: Sequence[str]) -> None:
    size = min(max(grid.cell * 0.95, 11), TITLE)
    beside, above = grid.left - grid.label / 2 - 2, grid.top - grid.label / 2 - 2
    for index, sign in enumerate(signs):
        sheet.text(sign, beside, grid.top + grid.middle(index), size=size, align="middle")
        sheet.text(sign, grid.left + grid.middle(index), above, size=size, align="middle")
    middle = grid.side / 2
    sheet.text_up("written", MARGIN + 8, grid.top + middle, size=NOTE)
    over = grid.top - grid.label - 14
    sheet.text("read as", grid.left + middle, over, size=NOTE, colour=QUIET, align="middle")


def _matrix_cell(
    sheet: Sheet, grid: _Grid, place: tuple[int, int], count: int, share: float
) -> None:
    row, column = place
    right = row == column
    x, y = grid.left + column * grid.cell, grid.top + row * grid.cell
    sheet.box(x, y, grid.cell - 1, grid.cell - 1, _cell_colour(share, right=right))
    if count and grid.cell >= COUNTED_CELL:
        colour = PAPER if right and share > DARK_SHARE else INK
        middle = x + grid.cell / 2, y + grid.cell / 2
        sheet.text(f"{count}", *middle, size=NOTE, colour=colour, align="middle")


def _reliability_dots(sheet: Sheet, bins: Sequence[Bin], left: int, bottom: int) -> None:
    places = [(left + bin_.confidence * PLOT, bottom - bin_.accuracy * PLOT) for bin_ in bins]
    sheet.line(places, blend(RIGHT, 0.5), 2)
    for bin_, (x, y) in zip(bins, places, strict=True):
        low, high = wilson(bin_.right, bin_.n)
        sheet.line([(x, bottom - low * PLOT), (x, bottom - high * PLOT)], RIGHT, 2)
        sheet.dot(x, y, 4.5, RIGHT)


def _histogram(sheet: Sheet, bins: Sequence[Bin], left: int, top: int) -> None:
    """Bars from the bottom: the share of all answers of about a confidence."""
    total = sum(bin_.n for bin_ in bins)
    most = max(bin_.n for bin_ in bins)
    bottom = top + HISTOGRAM
    sheet.box(left, top, PLOT, HISTOGRAM, EMPTY)
    for bin_ in bins:
        tall = max(bin_.n / most * (HISTOGRAM - 18), 1)
        x = left + bin_.confidence * PLOT
        start, end = max(x - 7, left), min(x + 7, left + PLOT)
        sheet.box(start, bottom - tall, end - start, tall, blend(RIGHT, 0.5))
        if bin_.n == most:
            share = f"{most / total * 100:.0f} %"
            align: Align = "right" if bin_.confidence > 1 / 2 else "left"
            beside = start - 6 if align == "right" else end + 6
            sheet.text(share, beside, bottom - tall + 8, size=NOTE, colour=QUIET, align=align)
    sheet.text_up("answers", MARGIN + 8, top + HISTOGRAM / 2, size=NOTE)


def _card(sheet: Sheet, mistake: Mistake, x: int, y: int) -> None:
    frame = x + (CARD_WIDTH - TILE) // 2
    ink = cv2.resize(mistake.tile, (TILE, TILE), interpolation=cv2.INTER_CUBIC)
    shade = np.rint(np.clip(ink, 0, 1)[..., None] * SHADES) / SHADES
    paper, dark = np.array(EMPTY, np.float32), np.array(INK, np.float32)
    tile = np.rint(paper + (dark - paper) * shade).astype(np.uint8)
    sheet.paste(tile, frame, y)
    middle = y + TILE + 14
    if mistake.number is not None:
        sheet.text(f"{mistake.number}", frame - 3, y + 6, size=10, colour=QUIET, align="right")
    for sign, place, colour in ((mistake.written, 6, RIGHT), (mistake.answer, 40, WRONG)):
        sheet.text(sign, frame + place, middle, size=16, colour=colour, bold=True, align="middle")
    sheet.arrow(frame + 18, middle, 9, QUIET)
    sure = f"{mistake.confidence * 100:.0f}"
    sheet.text(sure, frame + TILE + 12, middle, size=12, colour=QUIET, align="right")
