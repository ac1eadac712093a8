"""Takes the pictures in the README: the real program, drawn on by a real mouse, on its own display.

python -m scripts.screenshots
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from PySide6.QtGui import QGuiApplication, QImage

from scripts.x_display import XDisplay, x_display

FOLDER = Path("docs/images")
WIDTH, HEIGHT = 1080, 700
"""Of the window, in pixels."""
STILL_SECONDS = 2.0
"""A window that has not changed for so long has answered."""
LONGEST_SECONDS = 60.0
CLOSING_SECONDS = 30.0

Strokes = Sequence[Sequence[tuple[int, int]]]
Line = list[tuple[float, float]]

SLANT, GAP = 0.12, 0.22
"""How far letters lean, and how far they stand apart, in heights of a capital."""


@dataclass(frozen=True)
class Shot:
    """One picture.

    Attributes:
        file: Its name in `FOLDER`.
        opened: The files that the program is started with.
        strokes: What is drawn, in pixels of the window.
    """

    file: str
    opened: Sequence[str] = ()
    strokes: Strokes = ()


def two_lines() -> Strokes:
    """Two lines in the left half of the window, leaning a little: Hello, and 2047."""
    small_l: list[Line] = [[(0.05, 0.0), (0.05, 1.0)]]
    small_o = [arc(0.24, 0.7, 0.24, 0.3, -90, 265)]
    small_e: list[Line] = [[(0.02, 0.72), (0.46, 0.7), *arc(0.24, 0.7, 0.23, 0.3, -5, -325)]]
    capital_h: list[Line] = [[(0, 0), (0, 1)], [(0.6, 0), (0.6, 1)], [(0, 0.5), (0.6, 0.5)]]
    two: list[Line] = [[*arc(0.3, 0.28, 0.28, 0.28, -170, 45), (0.02, 1), (0.6, 1)]]
    four: list[Line] = [[(0.42, 0), (0, 0.66), (0.62, 0.66)], [(0.45, 0.35), (0.45, 1)]]
    lines: tuple[tuple[list[Line], ...], ...] = (
        (capital_h, small_e, small_l, small_l, small_o),
        (two, [arc(0.28, 0.5, 0.28, 0.5, -90, 265)], four, [[(0, 0), (0.58, 0), (0.2, 1)]]),
    )
    return [
        stroke
        for row, letters in enumerate(lines)
        for stroke in _placed(letters, x=90, y=270 + 190 * row, size=110)
    ]


def arc(  # noqa: PLR0917  # an ellipse takes four numbers, a part of it two
    x: float, y: float, across: float, down: float, start: float, end: float
) -> Line:
    """Part of an ellipse around (x, y), from `start` to `end` in degrees from 3 h, clockwise."""
    turns = [math.radians(start + (end - start) * step / 40) for step in range(41)]
    return [(x + across * math.cos(turn), y + down * math.sin(turn)) for turn in turns]


def _placed(letters: Sequence[Sequence[Line]], *, x: float, y: float, size: float) -> Strokes:
    """Letters side by side, in pixels; steps of a line are filled up, as a hand would."""
    strokes = []
    for letter in letters:
        for line in letter:
            places = [(x + size * (u - SLANT * (v - 1)), y + size * v) for u, v in _filled(line)]
            strokes.append([(round(u), round(v)) for u, v in places])
        x += size * (max(u for line in letter for u, _ in line) + GAP)
    return strokes


def _filled(line: Line) -> Line:
    filled = [line[0]]
    for (u, v), (w, z) in pairwise(line):
        steps = max(1, round(math.hypot(w - u, z - v) / 0.08))
        shares = [step / steps for step in range(1, steps + 1)]
        filled += [(u + (w - u) * share, v + (z - v) * share) for share in shares]
    return filled


SHOTS = (
    Shot("pad.png", strokes=two_lines()),
    Shot("picture.png", opened=("assets/samples/note.jpg",)),
)


def main() -> int:
    """0 when every picture has been taken."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with x_display(width=WIDTH, height=HEIGHT) as display, tempfile.TemporaryDirectory() as home:
        os.environ.update(display.environment)
        screen = QGuiApplication([])
        for shot in SHOTS:
            take(shot, display, {**display.environment, "HOME": home})
        screen.quit()
    return 0


def take(shot: Shot, display: XDisplay, environment: dict[str, str]) -> None:
    """Starts the program, does what the shot says, and saves what is then to be seen."""
    program = subprocess.Popen(
        [sys.executable, "-m", "desktop", *shot.opened],
        env={name: value for name, value in environment.items() if not name.startswith("XDG_")},
        text=True,
    )
    try:
        window = display.wait_for_window(program)
        display.tell("windowmove", str(window), "0", "0")
        display.tell("windowsize", str(window), str(WIDTH), str(HEIGHT))
        still_picture(window)
        display.draw(*shot.strokes)
        picture = still_picture(window)
        picture.save(str(FOLDER / shot.file))
        print(f"{FOLDER / shot.file}: {picture.width()} x {picture.height()}")
        display.close_window(window)
        program.wait(CLOSING_SECONDS)
    finally:
        program.kill()
        program.wait()


def still_picture(window: int) -> QImage:
    """What the window shows once it has stopped changing."""
    screen = QGuiApplication.primaryScreen()
    start = changed = time.monotonic()
    seen = screen.grabWindow(window).toImage()
    while time.monotonic() - changed < STILL_SECONDS:
        if time.monotonic() - start > LONGEST_SECONDS:
            raise TimeoutError("the window does not come to rest")
        time.sleep(0.1)
        now = screen.grabWindow(window).toImage()
        if now != seen:
            seen, changed = now, time.monotonic()
    return seen


if __name__ == "__main__":
    sys.exit(main())
