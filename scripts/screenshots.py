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
from pathlib import Path

from PySide6.QtGui import QGuiApplication, QImage

from scripts.x_display import XDisplay, x_display

FOLDER = Path("docs/images")
WIDTH, HEIGHT = 960, 640
"""Of the window, in pixels."""
STILL_SECONDS = 2.0
"""A window that has not changed for so long has answered."""
LONGEST_SECONDS = 60.0
CLOSING_SECONDS = 30.0

Strokes = Sequence[Sequence[tuple[int, int]]]


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


def letter_g() -> Strokes:
    """A capital G in the left half of the window, in one stroke, leaning a little."""
    x, y, width, height, slant = 320, 340, 120, 150, 0.2
    turns = [math.radians(degrees) for degrees in range(-40, -331, -5)]
    bowl = [(width * math.cos(turn), height * math.sin(turn)) for turn in turns]
    rise = [(width * 0.95, height * share / 20) for share in range(8, 2, -1)]
    bar = [(width * share / 20, height * 0.12) for share in range(17, 4, -1)]
    return [[(round(x + u - slant * v), round(y + v)) for u, v in [*bowl, *rise, *bar]]]


SHOTS = (
    Shot("pad.png", strokes=letter_g()),
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
