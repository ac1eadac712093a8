"""A program that is killed in the middle of a stroke: its ink is found."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from core.archive import Archive
from core.ink import Ink

ROOT = Path(__file__).resolve().parents[2]

WRITER = """
import sys
from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication, QTimer

from core.ink import Ink, Stroke
from desktop.keeping.keeper import Keeper
from desktop.pad.pad import Pad

POINTS = 30
path, strokes, points = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
application = QCoreApplication([])
pad = Pad()
drawn = []


def live():
    return None if not drawn else Stroke(np.array(drawn, np.float32))


keeper = Keeper(path, live)
pad.inkChanged.connect(lambda: keeper.keep(pad.ink))
keeper.crashed.connect(lambda error: print("bug", error, flush=True))
keeper.failed.connect(lambda error: print("failed", error, flush=True))


def move():
    # a pen that draws so many strokes, and some of the next, where it rests and is never lifted
    x = len(pad.ink.strokes)
    if x == strokes and len(drawn) == points:
        print("rests", flush=True)
        return
    drawn.append((x, len(drawn), 0.75, len(drawn) / 200))
    if len(drawn) == POINTS and x < strokes:
        finished = live()
        drawn.clear()
        pad.add_stroke(finished)
        keeper.set_text("word"[: x + 1])
    else:
        keeper.follow()
    print("draws", flush=True)


pen = QTimer()
pen.setInterval(5)
pen.timeout.connect(move)


def begin(laid):
    ink = Ink() if laid is None else laid.ink
    pad.replace_ink(ink)
    print("restored", len(ink.strokes), flush=True)
    pen.start()


keeper.restored.connect(begin)
keeper.restore()
application.exec()
"""

TIMEOUT = 60.0
"""Seconds that a child may take to get as far as it should."""


class Writer:
    """A running program that draws `strokes` strokes, and `points` points of the next."""

    def __init__(self, path: Path, strokes: int, points: int) -> None:
        self._path = path
        self._points = points
        self._child = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), str(strokes), str(points)],
            cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            stdout=subprocess.PIPE,
            text=True,
        )

    @property
    def runs(self) -> bool:
        return self._child.poll() is None

    def line(self) -> str:
        line = self._child.stdout.readline().strip()
        assert line.startswith(("restored", "draws", "rests")), line
        return line

    def wait_until_kept(self) -> None:
        """Waits until the pen rests, and the file holds all of the stroke under it."""
        while self.line() != "rests":
            pass
        until = time.monotonic() + TIMEOUT
        with closing(sqlite3.connect(self._path, timeout=TIMEOUT)) as db:
            while time.monotonic() < until:
                row = db.execute("SELECT length(points) / 16 FROM live").fetchone()
                if row == (self._points,):
                    return
                self.line()
        raise AssertionError("the live stroke was not kept")

    def kill(self) -> None:
        self._child.send_signal(signal.SIGKILL)
        self._child.wait(TIMEOUT)
        self._child.stdout.close()
        assert self._child.returncode == -signal.SIGKILL


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "pads.sqlite3"


@pytest.fixture
def start(path):
    """Starts writers, and ends each after the test."""
    begun: list[Writer] = []

    def make(strokes: int, points: int) -> Writer:
        begun.append(Writer(path, strokes, points))
        return begun[-1]

    yield make
    for writer in begun:
        if writer.runs:
            writer.kill()


def lengths(path: Path) -> list[int]:
    """How many points each stroke has that the next start finds on the pad, all of them as they
    were drawn."""
    with closing(Archive(path)) as archive:
        laid = archive.restore()
    strokes = () if laid is None else laid.ink.strokes
    for x, stroke in enumerate(strokes):
        count = len(stroke.points)
        assert stroke.points[:, 0].tolist() == [x] * count
        assert stroke.points[:, 1].tolist() == list(range(count))
        assert stroke.points[:, 2].tolist() == [0.75] * count
    return [len(stroke.points) for stroke in strokes]


def test_a_kill_in_mid_stroke_costs_no_ink(start, path):
    writer = start(3, 50)
    writer.wait_until_kept()
    writer.kill()
    assert lengths(path) == [30, 30, 30, 50]


def test_a_kill_in_the_first_stroke_costs_no_ink(start, path):
    writer = start(0, 20)
    writer.wait_until_kept()
    writer.kill()
    assert lengths(path) == [20]


def test_the_next_start_goes_on_with_the_same_pad(start, path):
    writer = start(1, 5)
    writer.wait_until_kept()
    writer.kill()
    again = start(3, 10)
    assert again.line() == "restored 2"
    again.wait_until_kept()
    again.kill()
    assert lengths(path) == [30, 5, 30, 10]
    with closing(Archive(path)) as archive:
        archive.keep(archive.restore().id, Ink())
        assert archive.pads() == ()  # one pad it was, not two


def test_a_kill_at_any_moment_leaves_a_whole_archive(start, path):
    """Time and again, wherever it was; each start goes on with what was there."""
    before: list[int] = []
    for events in (3, 31, 64, 95, 12):
        writer = start(100, 1)
        assert writer.line() == f"restored {len(before)}"
        for _ in range(events):
            writer.line()
        writer.kill()
        after = lengths(path)
        assert after[: len(before)] == before
        # all but the strokes under the pen when it came have their 30 points
        assert after[len(before) : -1] == [30] * len(after[len(before) : -1])
        before = after
        with closing(sqlite3.connect(path)) as db:
            assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert len(before) >= 3
