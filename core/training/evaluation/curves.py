"""The learning curves of a run: how right it was on val after each epoch."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from core.training.evaluation.drawing import GRID, PAPER, QUIET, Colour, Sheet
from core.training.evaluation.figures import MARGIN, NOTE, TITLE
from core.training.evaluation.rows import VIEW_TITLES

CURVE_COLOURS: tuple[Colour, ...] = (
    (0, 114, 178),
    (213, 94, 0),
    (0, 158, 115),
    (204, 121, 167),
    (86, 180, 233),
)
"""Of Okabe and Ito (2008), which the colour-blind tell apart."""

WIDTH, HEIGHT = 620, 320
"""Of the plot, in pixels."""

KEY_WIDTH = 190
STEPS = 5
"""Most spaces between the lines of the grid."""

_NO_CURVES = {"epoch", "seconds", "member", "val loss"}


def curves_of(log: str) -> Mapping[str, NDArray[np.float64]]:
    """The share of right answers after each epoch, by the name of the view.

    Args:
        log: The text of a run's log, or of several behind one another.
    """
    rows = list(csv.DictReader(io.StringIO(log)))
    names = [name for name in (rows[0] if rows else ()) if name not in _NO_CURVES]
    return {name: np.array([float(row[name] or "nan") for row in rows]) for name in names}


def curve_figure(log: str, *, title: str, note: str) -> Sheet:
    """A line a view, epoch by epoch; the runs of an ensemble's members behind one another.

    Args:
        log: The text of a run's log, of at least one epoch.
        title: Of the figure.
        note: Beneath it.
    """
    curves = curves_of(log)
    levels = _levels(list(curves.values()))
    low, high = levels[0], levels[-1]
    sheet = Sheet(MARGIN * 3 + WIDTH + KEY_WIDTH, MARGIN * 5 + HEIGHT + TITLE)
    sheet.text(title, MARGIN, MARGIN + TITLE / 2, size=TITLE, bold=True)
    sheet.text(note, MARGIN, MARGIN + TITLE * 1.8, size=NOTE, colour=QUIET)
    left, top = MARGIN * 2.5, MARGIN * 3 + TITLE
    for level in levels:
        y = top + HEIGHT * (1 - (level - low) / (high - low))
        sheet.line([(left, y), (left + WIDTH, y)], GRID)
        sheet.text(f"{level * 100:.0f} %", left - 6, y, size=NOTE - 2, colour=QUIET, align="right")
    count = max(len(values) for values in curves.values())
    for epoch in (1, count):
        x = left + _across(epoch - 1, count)
        sheet.text(f"{epoch}", x, top + HEIGHT + NOTE, size=NOTE - 2, colour=QUIET, align="middle")
    for number, (name, values) in enumerate(curves.items()):
        colour = CURVE_COLOURS[number % len(CURVE_COLOURS)]
        _draw(sheet, values, colour, left=left, top=top, low=low, high=high)
        y = top + NOTE * (0.5 + 1.8 * number)
        place = left + WIDTH + MARGIN / 2
        sheet.line([(place, y), (place + 18, y)], colour, 2)
        sheet.text(VIEW_TITLES.get(name, name), place + 24, y, size=NOTE)
    return sheet


def _levels(curves: Sequence[NDArray[np.float64]]) -> list[float]:
    """The shares that the grid shows, even steps of whole twentieths with all values in them."""
    values = np.concatenate(curves) * 20
    low, high = int(np.floor(np.nanmin(values))), int(np.ceil(np.nanmax(values)))
    step = max(-(-(high - low) // STEPS), 1)
    steps = max(-(-(high - low) // step), 1)
    return [(high - step * number) / 20 for number in range(steps, -1, -1)]


def _across(epoch: int, count: int) -> float:
    return WIDTH * epoch / max(count - 1, 1)


def _draw(
    sheet: Sheet,
    values: NDArray[np.float64],
    colour: Colour,
    *,
    left: float,
    top: float,
    low: float,
    high: float,
) -> None:
    points = [
        (left + _across(epoch, len(values)), top + HEIGHT * (1 - (value - low) / (high - low)))
        for epoch, value in enumerate(values)
        if np.isfinite(value)
    ]
    if len(points) > 1:
        sheet.line(points, colour, 2)
    for x, y in points:
        sheet.dot(x, y, 3.5, PAPER)
        sheet.dot(x, y, 2.5, colour)
