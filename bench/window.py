"""The window at work: from the pen to the ink and the chart, and its loop while a model loads."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bench.pad_reading import ROWS, SIZE, page, seven
from bench.rows import Row, timed
from desktop.app import Program, make_application
from desktop.faults import Faults
from desktop.settings import Settings

STROKES = 60
POINTS = 40

READINGS, ADDED = 3, 20
"""Runs, and the strokes that are added in each."""

FRAME = 0.016
"""Seconds of a frame."""

LOADINGS = 5
LONGEST_SECONDS = 120.0


def window_rows() -> Iterator[Row]:
    """Of one program after another while it loads, and of the last one at work."""
    application = make_application(["bench"])
    late = [_lateness(application) for _ in range(LOADINGS)]
    yield timed("longest gap in the window's loop while loading", late)
    with tempfile.TemporaryDirectory() as folder:
        program = _program(Path(folder))
        program.furnish()
        _lateness_while_loading(program)
        yield from _reading_rows(program)
        to_ink, to_chart = _draw(program, application)
        slowest = statistics.quantiles(to_ink, n=100)[98]
        remark = f"99th percentile {slowest * 1000:.2f} ms"
        yield timed("pointer event to painted ink", to_ink, remark=remark)
        late = statistics.quantiles(to_chart, n=20)[18]
        yield timed("pen up to chart", to_chart, remark=f"95th percentile {late * 1000:.1f} ms")
        program.window.close()


def _lateness(application: QApplication) -> float:
    """Of a program of its own, from its first paint until all of it is loaded and built."""
    with tempfile.TemporaryDirectory() as folder:
        program = _program(Path(folder))
        longest = _lateness_while_loading(program)
        program.window.close()
    application.processEvents()
    return longest


def _program(folder: Path) -> Program:
    return Program(Settings(folder / "s.ini"), Faults(folder / "log"), folder / "pads")


def _lateness_while_loading(program: Program) -> float:
    """The longest time between two ticks that should be 2 ms apart, in seconds."""
    loop = QEventLoop()
    program.recogniser.answered.connect(loop.quit)
    program.start()
    paint = QEventLoop()
    program.first_paint.painted.connect(paint.quit)
    paint.exec()
    with _ticks() as ticks:
        loop.exec()
        program.furnish()
    return max(_gaps(ticks), default=0.0)


def _reading_rows(program: Program) -> Iterator[Row]:
    """Gaps in the loop while the thread reads; of several runs the one that was disturbed least, as
    whatever else runs on the machine makes gaps too."""
    runs = [_gaps_of_a_page(program) for _ in range(READINGS)]
    strokes = [_gaps_of_strokes(program, run) for run in range(READINGS)]
    program.pad.clear()
    _wait_for_all(program)
    for what, tried in (("a page read from nothing", runs), ("strokes added to it", strokes)):
        least = min(tried, key=max)
        late = statistics.quantiles(least, n=100)[98]
        over = sum(gap > FRAME for gap in least)
        yield timed(
            f"longest gap in the loop, {what}",
            [max(each) for each in tried],
            remark=(
                f"least {max(least) * 1000:.1f} ms; then 99th percentile {late * 1000:.1f} ms, "
                f"{over} of {len(least):,} over 16 ms"
            ),
        )


def _gaps_of_a_page(program: Program) -> list[float]:
    program.pad.clear()
    _wait_for_all(program)
    full = page(ROWS)
    with _ticks() as ticks:
        program.pad.replace_ink(full)
        _wait_for_all(program)
    return _gaps(ticks)


def _gaps_of_strokes(program: Program, run: int) -> list[float]:
    with _ticks() as ticks:
        for stroke in range(ADDED):
            program.pad.add_stroke(seven(1.2 * SIZE * stroke, (ROWS + run) * 2.2 * SIZE))
            _wait_for_all(program)
    return _gaps(ticks)


def _wait_for_all(program: Program) -> None:
    """Waits for the answer to the newest question."""
    answers: list[int] = []
    connection = program.recogniser.answered.connect(lambda answer: answers.append(answer.number))
    until = time.perf_counter() + LONGEST_SECONDS
    while answers[-1:] != [program.recogniser.asked] and time.perf_counter() < until:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 100)
    program.recogniser.answered.disconnect(connection)
    _let_pass(0.1)  # what changed is painted


@contextmanager
def _ticks() -> Iterator[list[float]]:
    """The times of a timer that should tick every 2 ms, in seconds."""
    ticks: list[float] = []
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
    timer.start(2)
    yield ticks
    timer.stop()


def _gaps(ticks: list[float]) -> list[float]:
    return [after - before for before, after in pairwise(ticks)]


def _draw(program: Program, application: QApplication) -> tuple[list[float], list[float]]:
    """Seconds of each pointer event to its paint, and of each pen up to its chart."""
    canvas = program.window.canvas
    to_ink: list[float] = []
    to_chart: list[float] = []
    for stroke in range(STROKES):
        y = 40 + 5 * stroke
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(40, y))
        for step in range(POINTS):
            began = time.perf_counter()
            QTest.mouseMove(canvas, QPoint(40 + 8 * step, y + step % 7))
            application.processEvents()
            to_ink.append(time.perf_counter() - began)
        _let_pass(0.05)  # what was asked while the pen was down is answered
        began = time.perf_counter()
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(352, y))
        _wait_for_answer(program)
        to_chart.append(time.perf_counter() - began)
    return to_ink, to_chart


def _wait_for_answer(program: Program) -> None:
    loop = QEventLoop()
    connection = program.recogniser.answered.connect(loop.quit)
    QTimer.singleShot(2_000, loop.quit)
    loop.exec()
    program.recogniser.answered.disconnect(connection)


def _let_pass(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()
