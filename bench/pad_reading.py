"""A pad full of writing: how long it takes to read it, and to read it again with one stroke
more."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

import numpy as np

from bench.rows import Row, timed
from core.alphabet import ASCII94
from core.classifying import open_classifier
from core.ink import Ink, Stroke
from core.models import DEFAULT_MODEL, open_model
from core.pen_reading import PenReader
from core.self_check import sample_ink

ROWS, WORDS, LETTERS = 25, 8, 5
"""A thousand characters."""

SIZE = 40.0
"""Height of a character, in ink pixels."""

FEW_ROWS = 2
RUNS = 40


def pad_rows() -> Iterator[Row]:
    """Of a pad of a few lines, and of a full one."""
    classifier = open_classifier(open_model(DEFAULT_MODEL))
    for rows in (FEW_ROWS, ROWS):
        full = page(rows)
        count = len(full.strokes)
        reader = PenReader(classifier)
        began = time.perf_counter()
        reader.read(full, alphabet=ASCII94)
        yield timed(f"{count:,} characters read at once", [time.perf_counter() - began])
        seconds, looked = [], []
        for run in range(RUNS):
            more = Ink((*full.strokes, seven(run % LETTERS * SIZE, rows * 2.2 * SIZE)))
            began = time.perf_counter()
            reader.read(more, alphabet=ASCII94)
            seconds.append(time.perf_counter() - began)
            looked.append(reader.looked_at)
        late = statistics.quantiles(seconds, n=20)[18]
        yield timed(
            f"one more among {count:,}",
            seconds,
            remark=f"95th percentile {late * 1000:.1f} ms, {max(looked)} glyphs looked at",
        )


def page(rows: int) -> Ink:
    """Lines of words of five letters, eight words a line."""
    step, gap = 0.9 * SIZE, 1.2 * SIZE
    return Ink(
        tuple(
            seven(word * (LETTERS * step + gap) + letter * step, row * 2.2 * SIZE)
            for row in range(rows)
            for word in range(WORDS)
            for letter in range(LETTERS)
        )
    )


def seven(x: float, y: float) -> Stroke:
    """A figure with its left upper corner at a place, in ink pixels."""
    (stroke,) = sample_ink().strokes
    box = stroke.box
    places = (stroke.xy - np.float32([box.x, box.y])) * np.float32(SIZE / box.height)
    return Stroke.through(places + np.float32([x, y]))
