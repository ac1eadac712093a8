"""Makes the sample picture: two lines in a hand of UJI Pen Characters, on unevenly lit paper.

python -m scripts.sample_page

The data (Llorens et al. 2008, CC BY 4.0) is needed to make it, not to use it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from core.ink import Ink
from core.rasterising import rasterise
from core.training.data import InkSamples, data_folder, load_uji

PATH = Path("assets/samples/note.jpg")
LINES = ("HAND MADE", "4823 THEN 679")
WIDTH, HEIGHT = 1100, 360
LETTER_HEIGHT = 84.0
PEN_WIDTH = 6.0
LEFT, TOP = 50, 60
LINE_STEP = 150
LETTER_GAP, WORD_GAP = 12, 60
PAPER, INK_DEPTH = 228, 0.85
SHADOW, GRAIN = 0.35, 4.0
"""How much darker the right edge is than the left; standard deviation of the paper's grain."""


def main() -> int:
    """0 when the picture is made."""
    rng = np.random.default_rng(8)
    sheet = np.full((HEIGHT, WIDTH), PAPER, np.float32)
    samples = load_uji(data_folder())
    for number, line in enumerate(LINES):
        _write(sheet, list(_inks(line, samples, rng)), TOP + number * LINE_STEP)
    light = 1 - SHADOW * np.linspace(0, 1, WIDTH)[None]
    lit = sheet * light + rng.normal(0, GRAIN, sheet.shape)
    PATH.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(PATH), np.clip(lit, 0, 255).astype(np.uint8))
    print(PATH)
    return 0


def _inks(line: str, samples: InkSamples, rng: np.random.Generator) -> Iterator[Ink | None]:
    """The ink of each character by one writer who has them all; None for a blank."""
    writer = rng.choice(np.unique(samples.writers))
    for sign in line:
        mine = np.flatnonzero((samples.labels == sign) & (samples.writers == writer))
        yield samples.ink(int(rng.choice(mine))) if sign != " " else None


def _write(sheet: NDArray[np.float32], inks: list[Ink | None], top: int) -> None:
    x = LEFT
    for ink in inks:
        if ink is None:
            x += WORD_GAP
            continue
        scale = LETTER_HEIGHT / max(ink.box.height, 1)
        pixels = rasterise(ink, pen_width=PEN_WIDTH / scale, scale=scale).pixels
        height, width = pixels.shape
        part = sheet[top : top + height, x : x + width]
        part -= (pixels[:, : part.shape[1]] / 255) * PAPER * INK_DEPTH
        x += width + LETTER_GAP


if __name__ == "__main__":
    sys.exit(main())
