"""A model's measurement: every row of its table, the answers behind its figures, its speed."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from core.classifying import Classifier
from core.glyph import TILE_SIZE
from core.models import Manifest
from core.track import TRACK_CHANNELS, TRACK_POINTS
from core.training.data import InkSamples, Samples
from core.training.evaluation.answers import Answers, answers_of
from core.training.evaluation.rows import Row, rows_of
from core.training.evaluation.sources import SOURCES, primary_source
from core.training.evaluation.strays import StrayRow, stray_rows
from core.training.forms import plain_tiles, plain_tracks

TIMED_TILES = 300


@dataclass(frozen=True)
class Speed:
    """How long classifying one tile takes.

    Attributes:
        engine: What ran the model.
        milliseconds: The median.
        n: How often it was timed.
    """

    engine: str
    milliseconds: float
    n: int


@dataclass(frozen=True, eq=False)
class Measurement:
    """What is known of a model after reading every source.

    Attributes:
        model: The model's name.
        version: The model's version.
        rows: The lines of its table.
        seen: For the name of a source, what of it the model was trained on.
        answers: Those to its primary source, among all of its own signs.
        strays: How characters are told from ink that is none; of a model that knows letters.
        tiles: float32 (N, TILE_SIZE, TILE_SIZE) of the primary source.
        speed: Of one tile.
        tracks: Whether it was told how ink was written.
    """

    model: str
    version: str
    rows: tuple[Row, ...]
    seen: Mapping[str, str]
    answers: Answers
    strays: tuple[StrayRow, ...]
    tiles: NDArray[np.float32]
    speed: Speed
    tracks: bool = False


def evaluate(classifier: Classifier, folder: Path, report: Callable[[str], None]) -> Measurement:
    """Reads every source that the model knows signs of.

    Args:
        classifier: What is measured.
        folder: Where the data is.
        report: Takes a line for people, now and then.

    Raises:
        MissingFileError: Data is not there.
    """
    manifest = classifier.model.manifest
    learnt = learnt_from(manifest)
    rows: list[Row] = []
    strays: tuple[StrayRow, ...] = ()
    seen: dict[str, str] = {}
    for source in SOURCES:
        views = source.views_for(manifest.alphabet)
        if not views:
            continue
        samples = source.found(folder)
        if samples is None:
            continue
        report(f"{samples.name}: {len(samples):,} samples")
        tiles = plain_tiles(samples)
        prediction = classifier.classify(tiles, known_tracks(classifier, samples))
        rows += rows_of(samples, tiles, prediction, views)
        if samples.name in learnt:
            seen[samples.name] = source.train_part
        if source is primary_source(manifest.alphabet):
            shown, shown_tiles = answers_of(samples, tiles, prediction, manifest.alphabet), tiles
            if isinstance(samples, InkSamples):
                strays = stray_rows(classifier, samples, prediction, folder)
    return Measurement(
        model=manifest.name,
        version=manifest.version,
        rows=tuple(rows),
        tracks=manifest.tracks,
        seen=MappingProxyType(seen),
        answers=shown,
        strays=strays,
        tiles=shown_tiles,
        speed=speed_of(classifier),
    )


def learnt_from(manifest: Manifest) -> set[str]:
    """The names of the sources that a model learnt from; of an ensemble, that any member did."""
    samples = manifest.training.get("samples", {})
    members = [value for value in samples.values() if isinstance(value, Mapping)]
    return {name for part in members for name in part} if members else set(samples)


def known_tracks(classifier: Classifier, samples: Samples) -> NDArray[np.float32] | None:
    """float32 (N, TRACK_POINTS, TRACK_CHANNELS), where there are any and the model takes them."""
    return plain_tracks(samples) if classifier.model.manifest.tracks else None


def speed_of(classifier: Classifier) -> Speed:
    """How long classifying one tile takes."""
    rng = np.random.default_rng(0)
    tile = rng.random((1, TILE_SIZE, TILE_SIZE), np.float32)
    track = rng.random((1, TRACK_POINTS, TRACK_CHANNELS), np.float32)
    times = []
    for _ in range(TIMED_TILES):
        began = time.perf_counter()
        classifier.classify(tile, track)
        times.append(time.perf_counter() - began)
    return Speed(classifier.engine, statistics.median(times) * 1000, TIMED_TILES)
