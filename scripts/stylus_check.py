"""Checks the whole chain of a pen: from the driver of a real X server to ink, text and pixels.

    python -m scripts.stylus_check [--picture FILE]

Writes a word on the running program with a pen whose pressure changes, rubs a letter out with its
other end, and prints what it proved. Needs Xorg with its drivers inputtest and dummy; without them
it says so and does nothing.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from PySide6.QtGui import QGuiApplication, QInputDevice, QPointingDevice

from desktop.imaging import from_image
from scripts.screenshots import still_picture
from scripts.x_display import XDisplay
from scripts.x_pens import HEIGHT, WIDTH, Pen, Touch, pen_display, what_is_missing

WORD = "LEAN"
LETTERS: dict[str, tuple[tuple[tuple[float, float], ...], ...]] = {
    "L": (((0.0, 0.0), (0.0, 1.0), (0.55, 1.0)),),
    "A": (((0.0, 1.0), (0.35, 0.0), (0.7, 1.0)), ((0.12, 0.65), (0.58, 0.65))),
    "N": (((0.0, 1.0), (0.0, 0.0), (0.65, 1.0), (0.65, 0.0)),),
    "E": (
        ((0.55, 0.0), (0.0, 0.0), (0.0, 1.0), (0.55, 1.0)),
        ((0.0, 0.5), (0.45, 0.5)),
    ),
}
"""Strokes of letters, as corners; a letter is 1 high, y down."""

LEFT, TOP, TALL, STEP = 180.0, 260.0, 120.0, 100.0
"""Where the word is on the screen, its height and the way from letter to letter, in pixels."""

GAP = 3.0
"""Pixels from one event to the next."""

LIGHT, HARD = 0.1, 0.95
"""How hard the pen presses where a stroke begins, and where it ends."""

PRESSURE_STEP = 0.01
"""How far a kept pressure may be from the one that was pressed: the driver counts in whole
numbers."""

LEAST_RATIO = 1.4
"""How many times as broad ink is at least where the pen presses hard."""

LONGEST_SECONDS = 30.0


@dataclass(frozen=True)
class Kept:
    """What the running program has kept of its pad.

    Attributes:
        strokes: The points of each, float32 (N, 4).
        text: What was read.
    """

    strokes: tuple[np.ndarray, ...]
    text: str


def main() -> int:
    """0 when the chain is whole, or cannot be tried here."""
    parser = argparse.ArgumentParser(prog="stylus_check", description=__doc__.splitlines()[0])
    parser.add_argument("--picture", type=Path, help="where the picture of the window is put")
    arguments = parser.parse_args()
    missing = what_is_missing()
    if missing:
        print(f"skipped: {missing}")
        return 0
    with pen_display() as pens, tempfile.TemporaryDirectory() as home:
        os.environ.update(pens.display.environment)
        os.environ.update(HOME=home)
        for name in [name for name in os.environ if name.startswith("XDG_")]:
            del os.environ[name]
        screen = QGuiApplication([])
        passed = devices_are_pens()
        program = subprocess.Popen([sys.executable, "-m", "desktop"], text=True)
        try:
            window = show(pens.display, program)
            check = Check(Path(home), window)
            passed &= check.pen(pens.stylus)
            if arguments.picture is not None:
                still_picture(window).save(str(arguments.picture))
            passed &= check.eraser(pens.eraser)
            pens.display.close_window(window)
            passed &= tell(program.wait(LONGEST_SECONDS) == 0, "the program ended with status 0")
        finally:
            program.kill()
            program.wait()
        for log in Path(home).rglob("*.log"):
            print(log.read_text(encoding="utf-8"), file=sys.stderr, end="")
        screen.quit()
    return 0 if passed else 1


def devices_are_pens() -> bool:
    """Whether Qt takes the devices for the two ends of a pen."""
    kinds = QPointingDevice.PointerType
    found = {
        device.pointerType(): device
        for device in QInputDevice.devices()
        if isinstance(device, QPointingDevice)
        and device.type() is QInputDevice.DeviceType.Stylus
        and device.capabilities() & QInputDevice.Capability.Pressure
    }
    names = {kind.name: device.name() for kind, device in found.items()}
    return tell({kinds.Pen, kinds.Eraser} <= found.keys(), f"pens with pressure, to Qt: {names}")


def show(display: XDisplay, program: subprocess.Popen[str]) -> int:
    """The program's window, over the whole screen and at rest."""
    window = display.wait_for_window(program)
    display.tell("windowmove", str(window), "0", "0")
    display.tell("windowsize", str(window), str(WIDTH), str(HEIGHT))
    still_picture(window)
    return window


class Check:
    """What is tried on the running program.

    Args:
        home: Its home folder.
        window: The id of its window.
    """

    def __init__(self, home: Path, window: int) -> None:
        self._home, self._window = home, window

    def pen(self, pen: Pen) -> bool:
        """Whether a word comes out as it was written."""
        gestures = [line for number in range(len(WORD)) for line in letter(number)]
        for gesture in gestures:
            pen.draw(gesture)
        kept = self._wait(lambda now: len(now.strokes) >= len(gestures) and now.text == WORD)
        pressures = [(float(s[:, 2].min()), float(s[:, 2].max())) for s in kept.strokes]
        passed = tell(
            len(kept.strokes) == len(gestures),
            f"{len(gestures)} gestures drew {len(kept.strokes)} strokes",
        )
        passed &= tell(
            [len(stroke) for stroke in kept.strokes] == [len(gesture) for gesture in gestures],
            f"each has as many points as the pen told, {sum(map(len, gestures))} together",
        )
        told = f"pressure {pressures[0][0]:.2f} to {pressures[0][1]:.2f}" if pressures else "no ink"
        passed &= tell(
            np.allclose(pressures, (LIGHT, HARD), rtol=0, atol=PRESSURE_STEP),
            f"{told} in each stroke, as it was pressed",
        )
        thin, broad = self._breadths()
        passed &= tell(
            broad > LEAST_RATIO * thin > 0,
            f"the upright of the {WORD[0]}: {thin:.1f} pixels broad at its top, {broad:.1f} below",
        )
        return passed & tell(kept.text == WORD, f"read: {kept.text!r}")

    def eraser(self, eraser: Pen) -> bool:
        """Whether the other end of the pen takes a letter away."""
        before = self._kept()
        across = np.linspace(LEFT - 30, LEFT + 30, 21)
        eraser.draw([Touch(float(x), TOP + TALL / 2, 0.5) for x in across])
        after = self._wait(lambda now: now.text != before.text)
        passed = tell(
            len(after.strokes) == len(before.strokes) - 1,
            f"the eraser end over the {WORD[0]}: {len(before.strokes)} strokes, then "
            f"{len(after.strokes)}",
        )
        return passed & tell(after.text == WORD[1:], f"read: {after.text!r}")

    def _breadths(self) -> tuple[float, float]:
        """How broad the first upright stroke is on the screen near its top and near its foot, from
        how dark its rows are."""
        pixels = from_image(still_picture(self._window)).mean(axis=2)
        around = slice(round(LEFT) - 12, round(LEFT) + 13)
        paper = pixels[round(TOP) - 20, around].mean()
        rows = pixels[round(TOP) : round(TOP + TALL), around]
        broad = (paper - rows).clip(min=0).sum(axis=1) / (paper - rows.min())
        return float(np.median(broad[6:16])), float(np.median(broad[-30:-20]))

    def _wait(self, done: Callable[[Kept], bool]) -> Kept:
        """What is kept once that is as it should be, or after a long time."""
        until = time.monotonic() + LONGEST_SECONDS
        while not done(self._kept()) and time.monotonic() < until:
            time.sleep(0.1)
        still_picture(self._window)
        return self._kept()

    def _kept(self) -> Kept:
        found = list(self._home.rglob("pads.sqlite3"))
        if not found:
            return Kept((), "")
        with closing(sqlite3.connect(found[0], timeout=LONGEST_SECONDS)) as db:
            rows = db.execute("SELECT points FROM strokes ORDER BY place").fetchall()
            text = db.execute("SELECT text FROM pads").fetchone()
        strokes = tuple(np.frombuffer(row[0], "<f4").reshape(-1, 4) for row in rows)
        return Kept(strokes, text[0] if text else "")


def letter(number: int) -> list[list[Touch]]:
    """The strokes of a letter of the word, pressed harder from end to end."""
    strokes = []
    for corners in LETTERS[WORD[number]]:
        places = [corners[0]]
        for (x0, y0), (x1, y1) in pairwise(corners):
            count = max(round(TALL * max(abs(x1 - x0), abs(y1 - y0)) / GAP), 1)
            shares = [step / count for step in range(1, count + 1)]
            places += [(x0 + (x1 - x0) * share, y0 + (y1 - y0) * share) for share in shares]
        presses = np.linspace(LIGHT, HARD, len(places)).tolist()
        left = LEFT + STEP * number
        strokes.append(
            [
                Touch(left + TALL * x, TOP + TALL * y, press)
                for (x, y), press in zip(places, presses, strict=True)
            ]
        )
    return strokes


def tell(holds: bool, what: str) -> bool:  # noqa: FBT001  # reads as a sentence
    """Prints what was found, and whether it is as it should be."""
    print(f"{'ok  ' if holds else 'FAIL'}  {what}", flush=True)
    return holds


if __name__ == "__main__":
    sys.exit(main())
