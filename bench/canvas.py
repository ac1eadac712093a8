"""The canvas at work: from pointer event to painted ink, full and nearly empty, and its memory.

Times are the processor's on the window's thread (`time.thread_time`): our own work and Qt's,
without what the machine did meanwhile. The display is Qt's `offscreen`, which copies what was
painted.
"""

from __future__ import annotations

import gc
import math
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bench.rows import Row, measured, timed
from core.ink import Ink, Stroke
from core.selecting import Sweep
from desktop.app import make_application
from desktop.canvas.canvas import Canvas
from desktop.pad.pad import Pad

FULL = 5000
FEW = 50
SIZE = QSize(3840, 2160)
"""A 4K display, one pixel a canvas pixel."""

POINTS = 40
"""Points of a stroke that is there already, about as many as a letter has."""

DRAWN = 30
EVENTS = 60
"""Strokes that are drawn on each canvas, and events of each."""

UNDONE = 10_000
"""Strokes drawn and undone, one after the other, for the memory."""


def canvas_rows() -> Iterator[Row]:
    """Of canvases with few strokes and with many."""
    _application()
    sheets = {count: _Sheet(count) for count in (FEW, FULL)}
    times: dict[int, list[float]] = {count: [] for count in sheets}
    lifts: dict[int, list[float]] = {count: [] for count in sheets}
    for number in range(DRAWN + 3):
        # by turns, so that what the machine does meets both; the first ones warm up
        for count, sheet in sheets.items():
            moved, lifted = sheet.draw(number)
            if number >= 3:  # noqa: PLR2004  # the first ones warm up
                times[count] += moved
                lifts[count].append(lifted)
    yield from _event_rows("pointer event to painted ink", times)
    yield from _event_rows("pen up to painted ink", lifts)
    full = sheets[FULL]
    yield _row("erase one stroke and paint", [full.erase() for _ in range(50)])
    yield _row("undo that and paint", [full.undo() for _ in range(50)])
    yield _row("move the page and paint", [full.timed(full.pan) for _ in range(30)])
    yield _row("zoom and paint a first time", [full.timed(full.zoom) for _ in range(10)])
    yield _row("zoom and paint to the end", [full.zoom_to_end() for _ in range(5)])
    yield from _memory_rows()


class _Sheet:
    """A canvas of its own with so many strokes, and its pad."""

    def __init__(self, count: int) -> None:
        self._pad = Pad()
        self._canvas = Canvas()
        self._canvas.strokeFinished.connect(self._pad.add_stroke)
        self._pad.inkEdited.connect(self._canvas.change_ink)
        self._canvas.resize(SIZE)
        self._canvas.show()
        self._pad.replace_ink(Ink(tuple(_strokes(count))))
        self._rng = np.random.default_rng(1)
        self.settle()

    def settle(self) -> None:
        """Has all painted."""
        for _ in range(200):
            QApplication.processEvents()

    def timed(self, act: Callable[[], None]) -> float:
        """Seconds of an act and what is painted because of it."""
        began = time.thread_time()
        act()
        QApplication.processEvents()
        return time.thread_time() - began

    def draw(self, number: int) -> tuple[list[float], float]:
        """Draws a stroke: seconds of each event, and of the release."""
        self.settle()
        x, y = 200 + 97 * number, 300 + 41 * number
        QTest.mousePress(self._canvas, Qt.MouseButton.LeftButton, pos=QPoint(x, y))
        QApplication.processEvents()
        seconds = []
        for step in range(EVENTS):
            turn = step / 6
            place = QPoint(round(x + 5 * step), round(y + 60 * math.sin(turn)))
            seconds.append(self.timed(lambda at=place: QTest.mouseMove(self._canvas, at)))
        lift = self.timed(
            lambda: QTest.mouseRelease(self._canvas, Qt.MouseButton.LeftButton, pos=place)
        )
        return seconds, lift

    def draw_and_undo(self, number: int) -> None:
        """A short stroke, and back."""
        x, y = 100 + number * 37 % 3000, 100 + number * 53 % 1800
        QTest.mousePress(self._canvas, Qt.MouseButton.LeftButton, pos=QPoint(x, y))
        for step in range(1, 6):
            QTest.mouseMove(self._canvas, QPoint(x + 9 * step, y + 5 * step))
        QTest.mouseRelease(self._canvas, Qt.MouseButton.LeftButton, pos=QPoint(x + 45, y + 25))
        self._pad.history.undo()
        QApplication.processEvents()

    def erase(self) -> float:
        strokes = self._pad.ink.strokes
        x, y = strokes[int(self._rng.integers(len(strokes)))].xy[0].tolist()

        def act() -> None:
            self._pad.erase(Sweep(x, y, x, y, 0.5), False)  # noqa: FBT003  # whole strokes
            self._pad.finish_erasing()

        return self.timed(act)

    def undo(self) -> float:
        return self.timed(self._pad.history.undo)

    def pan(self) -> None:
        self._canvas.move_page(*self._rng.integers(-60, 60, 2).tolist())

    def zoom(self) -> None:
        factor = 1.2 if self._canvas.place.zoom <= 1 else 1 / 1.2
        self._canvas.zoom_by(factor, QPointF(1000, 800))

    def zoom_to_end(self) -> float:
        return self.timed(lambda: (self.zoom(), self.settle()))


def _strokes(count: int) -> Iterator[Stroke]:
    """Letters of a page, a hundred a line, each a loop with pressure and time."""
    turn = np.linspace(0, 7, POINTS)
    for number in range(count):
        column, row = number % 100, number // 100
        points = np.empty((POINTS, 4), np.float32)
        points[:, 0] = 60 + 37 * column + 12 * np.cos(turn + number) + turn
        points[:, 1] = 40 + 42 * row + 14 * np.sin(turn + number)
        points[:, 2] = 0.5 + 0.3 * np.sin(turn)
        points[:, 3] = 0.01 * np.arange(POINTS)
        yield Stroke(points)


def _event_rows(what: str, times: dict[int, list[float]]) -> Iterator[Row]:
    late = {count: statistics.quantiles(each, n=100)[98] for count, each in times.items()}
    for count, each in times.items():
        remark = f"99th percentile {late[count] * 1000:.2f} ms"
        if count == FULL:
            middle = statistics.median(each) / statistics.median(times[FEW])
            remark += f"; to {FEW} strokes: {middle:.2f}, at the 99th {late[FULL] / late[FEW]:.2f}"
        yield timed(f"{what}, 4K, {count:,} strokes", each, remark=remark)


def _row(what: str, seconds: list[float]) -> Row:
    slowest = f"slowest {max(seconds) * 1000:.2f} ms"
    return timed(f"{what}, 4K, {FULL:,} strokes", seconds, remark=slowest)


def _memory_rows() -> Iterator[Row]:
    """Memory of the process that strokes leave behind which were drawn and undone. The history
    holds no more than the last of them, as each new stroke ends what could be redone."""
    sheet = _Sheet(FEW)
    for number in range(UNDONE // 10):
        sheet.draw_and_undo(number)
    gc.collect()
    before, objects = _resident(), len(gc.get_objects())
    for number in range(UNDONE):
        sheet.draw_and_undo(number)
    gc.collect()
    grown = (_resident() - before) / 2**20
    more = len(gc.get_objects()) - objects
    remark = f"{UNDONE:,} strokes, {more} Python objects more"
    what = "memory that strokes drawn and undone leave"
    yield measured(what, [grown], unit="MiB", remark=remark)


def _resident() -> int:
    """Bytes of the process in memory; 0 where the system does not tell so simply."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[1]) * 4096 if statm.exists() else 0


def _application() -> QApplication:
    """Ours; that of the rows before, if there were any."""
    there = QApplication.instance()
    return there if isinstance(there, QApplication) else make_application(["bench"])
