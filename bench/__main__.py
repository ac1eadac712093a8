"""`make bench`: how fast the program is, as medians and ratios, with the machine named.

Nothing here is a test: figures depend on the machine, and no figure fails a build.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import cv2
import keras
import numpy as np
import PySide6
from ai_edge_litert.interpreter import Interpreter

from bench.canvas import canvas_rows
from bench.pad_reading import pad_rows
from bench.scan import scan_rows
from bench.window import window_rows
from core.classifying import open_classifier
from core.classifying.batching import network_inputs
from core.glyph import TILE_SIZE, Glyph
from core.models import DEFAULT_MODEL, open_model
from core.processor import processor_name
from core.recognising import ink_glyph
from core.self_check import sample_ink
from core.track import TRACK_CHANNELS, TRACK_POINTS

MANY = 256


@dataclass(frozen=True)
class Row:
    """One line of the table: what, how often it was measured, its median, and a remark."""

    what: str
    n: int
    median: str
    remark: str = ""


def main() -> int:
    """Prints the table."""
    print(_machine())
    print(f"{'':54} {'n':>5} {'median':>12}")
    for row in _rows():
        print(f"{row.what:54} {row.n:5} {row.median:>12}  {row.remark}", flush=True)
    return 0


def _rows() -> Iterator[Row]:
    yield from _start_rows()
    yield from (Row(*row) for row in window_rows())
    yield from (Row(*row) for row in canvas_rows())  # on the application of those before
    yield from (Row(*row) for row in pad_rows())
    yield from (Row(*row) for row in scan_rows())
    yield from _path_rows()
    yield from _engine_rows()


def _start_rows(runs: int = 7) -> Iterator[Row]:
    """From the start of the process, imports and all; the first run warms the disk cache."""
    timings = [_start_once() for _ in range(runs + 1)][1:]
    for column, what in enumerate(("start to first paint", "start to first answer (LiteRT)")):
        middle = statistics.median(timing[column] for timing in timings)
        yield Row(what, runs, f"{middle * 1000:.0f} ms")


def _start_once() -> tuple[float, float]:
    began = time.time()
    done = subprocess.run(
        [sys.executable, "-m", "bench.start_up", repr(began)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).resolve().parents[1],
    )
    painted, answered = done.stdout.split()
    return float(painted), float(answered)


def _path_rows(runs: int = 300) -> Iterator[Row]:
    """The whole way of one character of ink, beside the interpreter alone."""
    model = open_model(DEFAULT_MODEL)
    classifier = open_classifier(model, "litert")
    ink, alphabet = sample_ink(), model.manifest.alphabet
    glyph = ink_glyph(ink)
    whole = _median(
        lambda: classifier.classify_glyphs([ink_glyph(ink)]).restricted_to(alphabet), runs
    )
    tile = _median(lambda: ink_glyph(ink), runs)
    bare = _median(_bare_interpreter(glyph), runs)
    yield Row("ink to tile", runs, _ms(tile))
    yield Row("ink to prediction, one character (LiteRT)", runs, _ms(whole))
    yield Row("the interpreter alone, one tile", runs, _ms(bare), f"ratio {whole / bare:.2f}")


def _engine_rows(runs: int = 100) -> Iterator[Row]:
    model = open_model(DEFAULT_MODEL)
    rng = np.random.default_rng(0)
    tiles = rng.random((MANY, TILE_SIZE, TILE_SIZE), np.float32)
    tracks = rng.random((MANY, TRACK_POINTS, TRACK_CHANNELS), np.float32)
    for engine in ("litert", "keras"):
        classifier = open_classifier(model, engine)
        one = _median(lambda c=classifier: c.classify(tiles[:1], tracks[:1]), runs)
        many = _median(lambda c=classifier: c.classify(tiles, tracks), 10)
        yield Row(f"{engine}: one tile", runs, _ms(one))
        yield Row(f"{engine}: {MANY} tiles", 10, _ms(many), f"{MANY / many:,.0f} tiles a second")


def _bare_interpreter(glyph: Glyph) -> Callable[[], object]:
    model = open_model(DEFAULT_MODEL)
    interpreter = Interpreter(model_content=model.read(str(model.manifest.twin)), num_threads=1)
    interpreter.allocate_tensors()
    tracks = None if glyph.track is None else glyph.track[None]
    inputs = network_inputs(glyph.tile[None], tracks, takes_tracks=model.manifest.tracks)
    given = [
        (entry["index"], next(one for one in inputs if one.shape == tuple(entry["shape"])))
        for entry in interpreter.get_input_details()
    ]

    def run() -> object:
        for place, values in given:
            interpreter.set_tensor(place, values)
        interpreter.invoke()
        return interpreter.get_tensor(interpreter.get_output_details()[0]["index"])

    return run


def _median(work: Callable[[], object], runs: int) -> float:
    """Seconds, after a tenth as many runs that do not count."""
    times = []
    for run in range(runs + runs // 10):
        began = time.perf_counter()
        work()
        if run >= runs // 10:
            times.append(time.perf_counter() - began)
    return statistics.median(times)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"


def _machine() -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return (
        f"{platform.system()} {platform.machine()}, {processor_name()}, {cores} cores; "
        f"Python {platform.python_version()}, PySide6 {PySide6.__version__}, "
        f"Keras {keras.__version__}, OpenCV {cv2.__version__}, NumPy {np.__version__}"
    )


if __name__ == "__main__":
    sys.exit(main())
