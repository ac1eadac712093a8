"""Tesseract, where it is installed: another reader for the same pages."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass

import cv2

from core.picture import Picture

PAGE_MODES: Mapping[int, str] = {
    1: "as 3, and turns the page upright first",
    3: "finds columns and blocks by itself, as it does if nobody says otherwise",
    4: "one column of lines of several sizes",
    6: "one even block of text",
}
"""Tesseract's own settings for how a page is laid out (`--psm`) that suit these pages."""

TIME_LIMIT = 120.0
"""Seconds for a page, before it is taken for unread."""

_PROGRAM = "tesseract"


@dataclass(frozen=True)
class Tesseract:
    """An installed Tesseract.

    Attributes:
        program: Where it is.
        version: As it says, such as 5.3.0.
    """

    program: str
    version: str

    def read(self, picture: Picture, *, mode: int, signs: str | None) -> str:
        """What it reads; nothing where it gives up.

        Args:
            picture: The page.
            mode: One of PAGE_MODES.
            signs: What alone may come out; anything if None.
        """
        _, stored = cv2.imencode(".png", picture.pixels[..., ::-1])
        command = [self.program, "stdin", "stdout", "--psm", str(mode), "-l", "eng"]
        if picture.dpi is not None:
            command += ["--dpi", str(round(picture.dpi))]
        if signs is not None:
            command += ["-c", f"tessedit_char_whitelist={signs}"]
        try:
            done = subprocess.run(  # noqa: S603  # the program that was found, and no shell
                command,
                input=stored.tobytes(),
                capture_output=True,
                timeout=TIME_LIMIT,
                check=False,
                # one thread: it is quicker so for one page on few cores
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            )
        except subprocess.TimeoutExpired:
            return ""
        return done.stdout.decode("utf-8", errors="replace")


def find_tesseract() -> Tesseract | None:
    """The Tesseract on PATH that reads English and tells which way is up, if there is one."""
    program = shutil.which(_PROGRAM)
    if program is None:
        return None
    said = [_said(program, option) for option in ("--version", "--list-langs")]
    if not {"eng", "osd"} <= set(said[1].split()):
        return None
    words = said[0].split()
    return Tesseract(program, words[1] if len(words) > 1 else "of unknown version")


def _said(program: str, option: str) -> str:
    done = subprocess.run(  # noqa: S603  # the program that was found, and no shell
        [program, option], capture_output=True, timeout=TIME_LIMIT, check=False
    )
    # before version 4 it said its version on standard error
    return (done.stdout or done.stderr).decode("utf-8", errors="replace")
