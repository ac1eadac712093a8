"""How fast pages of scans are read, by the program's own command line."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import cv2
import numpy as np

from bench.rows import Row, timed

A4 = 2480, 3508
"""Pixels of a page at 300 dots an inch."""

A4_PAGE = "A4 page of 1,000 characters to text, model included"
"""The row's name."""

LINES, CHARACTERS = 25, 40
"""Of the page: 1,000 characters."""

RUNS = 5

PAGES, BATCHES = 10, 3
"""How many are read at once, and how often."""

_SIGNS = "THE QUICK BROWN FOX 0123456789 JUMPS OVER LAZY DOGS"


def scan_rows() -> Iterator[Row]:
    """An A4 page of 1,000 characters with the start of the program, and ten at once."""
    with tempfile.TemporaryDirectory() as folder:
        pages = [str(Path(folder, f"page{number}.png")) for number in range(PAGES)]
        for number, page in enumerate(pages):
            cv2.imwrite(page, _page(number))
        _seconds(pages[:1])  # warms the disk's cache
        alone = [_seconds(pages[:1]) for _ in range(RUNS)]
        yield timed(A4_PAGE, alone, unit="s", remark=f"most memory {_most_memory()} MB")
        one_core = [_seconds(pages, cores=1) for _ in range(BATCHES)]
        one_by_one = [sum(_seconds([page]) for page in pages) for _ in range(BATCHES)]
        at_once = [_seconds(pages, cores=2) for _ in range(BATCHES)]
    took = median(at_once)
    remark = (
        f"{median(one_core) / took:.2f} times as fast as on one core, "
        f"{median(one_by_one) / took:.2f} times as a command for each page, on two"
    )
    yield timed(f"{PAGES} such pages at once, on two cores", at_once, unit="s", remark=remark)


def _seconds(pages: list[str], *, cores: int | None = None) -> float:
    """Of one run of the command line over some pages; all cores may be busy if None."""
    command = [sys.executable, "-m", "core", "recognize", *pages]
    jobs = [] if cores is None else ["--jobs", str(cores)]
    began = time.perf_counter()
    subprocess.run(
        [*command, "--alphabet", "alnum36", "--quiet", *jobs],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - began


def _most_memory() -> str:
    """Of any process that was run, in MB; empty where the system does not say."""
    if os.name == "nt":
        return "?"
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return f"{resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit / 1e6:.0f}"


def _page(seed: int) -> np.ndarray:
    """Characters in OpenCV's Hershey letters, which are drawn of strokes, on grainy paper."""
    rng = np.random.default_rng(seed)
    width, height = A4
    page = np.full((height, width), 235, np.uint8)
    for line in range(LINES):
        for place in range(CHARACTERS):
            sign = _SIGNS[(line * CHARACTERS + place + seed) % len(_SIGNS)]
            where = (120 + 56 * place, 260 + 125 * line)
            cv2.putText(page, sign, where, cv2.FONT_HERSHEY_SIMPLEX, 2.0, 50, 5, cv2.LINE_AA)
    grain = rng.normal(0, 4, page.shape)
    return np.clip(page + grain, 0, 255).astype(np.uint8)
