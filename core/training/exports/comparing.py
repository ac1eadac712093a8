"""Every kind of export beside Keras: size, likeness, accuracy and speed, in one table."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.classifying.classifier import Engine
from core.processor import processor_name
from core.training.exports.making import Agreement, Export, Original, agreement
from core.training.exports.tiles import Tiles

TIMED_TILES = 300
TIMED_BATCHES = 40
BATCH = 64
"""Tiles at once: the most that LiteRT is given."""


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes:
        kind: "keras", or the kind of export.
        size: Of its file, in bytes.
        found: How like Keras it answers.
        one: Median time of one tile, in seconds.
        many: Median time of BATCH tiles, in seconds.
    """

    kind: str
    size: int
    found: Agreement
    one: float
    many: float


def compare(original: Original, exports: Sequence[Export]) -> str:
    """A Markdown table, and beneath it what was measured, on what."""
    manifest, tiles = original.model.manifest, original.proofs[-1]
    engines = [original.engine, *(export.engine for export in exports)]
    ones = _median_times(engines, _first(tiles, 1), TIMED_TILES)
    many = _median_times(engines, _first(tiles, BATCH), TIMED_BATCHES)
    keras = agreement(tiles, original.odds[-1], original.odds[-1])
    files = [("keras", len(original.model.read(manifest.weights)), keras)]
    files += [(export.kind, len(export.data), export.agreements[-1]) for export in exports]
    rows = [
        Row(*file, one=one, many=several)
        for file, one, several in zip(files, ones, many, strict=True)
    ]
    return f"{_table(rows)}\n\n{_conditions(original)}"


def _first(tiles: Tiles, count: int) -> tuple[NDArray[np.float32], NDArray[np.float32] | None]:
    """So many of `tiles`, some twice if they are fewer, with their tracks."""
    rows = np.arange(count) % len(tiles)
    return tiles.pixels[rows], None if tiles.tracks is None else tiles.tracks[rows]


def _median_times(
    engines: Sequence[Engine],
    tiles: tuple[NDArray[np.float32], NDArray[np.float32] | None],
    rounds: int,
) -> list[float]:
    """Seconds that each engine takes for all of `tiles`, in turns, so that they share whatever else
    the machine does meanwhile."""
    times: list[list[float]] = [[] for _ in engines]
    for engine in engines:
        engine.logits(*tiles)  # the first of a size makes room for it
    for _ in range(rounds):
        for engine, taken in zip(engines, times, strict=True):
            began = time.perf_counter()
            engine.logits(*tiles)
            taken.append(time.perf_counter() - began)
    return [statistics.median(taken) for taken in times]


def _table(rows: Sequence[Row]) -> str:
    first = rows[0]
    names = "kind | size MB | largest difference | equal answers % | accuracy % | one tile ms"
    lines = [
        f"| {names} | of Keras' time | {BATCH} at once, tiles/s | of Keras' rate |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {row.kind} | {row.size / 1e6:.2f} "
        f"| {row.found.apart:.1e} | {row.found.equal * 100:.2f} | {_percent(row.found.accuracy)} "
        f"| {row.one * 1e3:.2f} | {row.one / first.one:.2f} "
        f"| {BATCH / row.many:,.0f} | {first.many / row.many:.2f} |"
        for row in rows
    ]
    return "\n".join(lines)


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share * 100:.2f}"


def _conditions(original: Original) -> str:
    proof, manifest = original.proofs[-1], original.model.manifest
    return (
        f"{manifest.name} {manifest.version}. Difference (of a probability), answers and accuracy "
        f"(of {len(manifest.alphabet)} signs): n = {len(proof):,} tiles {proof.origin}. "
        f"Time: medians of {TIMED_TILES} and of {TIMED_BATCHES} runs, all kinds in turns, on one "
        f"thread (Keras: TensorFlow's choice). int8 was calibrated with "
        f"{len(original.calibration):,} tiles {original.calibration.origin}. "
        f"{processor_name()}, {os.cpu_count()} cores."
    )
