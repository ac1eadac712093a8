"""The short sides of a form's boxes, and the ticks of its combs: strokes that stand on rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from core.cleaning.rules import MOST_MEASURED, NEAR, Rule, ink_at, runs_across

LEAST_HEIGHT = 8
"""Least height of a box, in pixels, beyond the thickness of its rules."""

SAMPLES = 32
"""Places from one rule to the next at which sides are looked for."""

LEAST_SIDES = 2
"""Sides that show that two rules make boxes, at least."""

COVER = 0.95
"""Share of them that a side covers, at least: letters seldom reach from one rule to the next."""

LEAST_TICK, MOST_TICK = 4, 20
"""Least and most of the places that a tick covers, from the rule that it stands on: letters that
stand on one reach higher, mostly."""

ALIKE = 1.5
"""How many places longer or shorter than others ticks are, at most."""

LEAST_TICKS, MOST_TICKS = 4, 200
"""How many ticks a comb has."""

OFF_STEP = 0.05
"""How far from an even step a tick stands, at most, as a share of the step."""

DRIFT = 0.01
"""And this much more with each step, as perspective has it."""

BETWEEN = 4
"""Up to so many strokes after a tick, the next one is looked for."""

LEAST_EVEN = 0.7
"""Share of a comb's places that have a tick, at least: letters may hide some."""

LEAST_OF_THEM = 0.5
"""Share of the strokes of a length that are of the comb, at least."""

THICKER = 1.5
"""How much thicker than its rules the side of a box is, at most, in pixels."""

ROUGHEST = 0.6
"""How far from a straight line the ink of a side is at most, in pixels, root mean square."""


@dataclass(frozen=True, eq=False)
class _Band:
    """What is between two neighbouring rules.

    Attributes:
        upper: The rule above it.
        lower: The rule below it.
        columns: int64 (N,): those that both rules go through.
        top: float32 (N,): the row of the upper rule in each.
        bottom: float32 (N,): the row of the lower one.
        thickness: That of the thicker one.
    """

    upper: Rule
    lower: Rule
    columns: NDArray[np.int64]
    top: NDArray[np.float32]
    bottom: NDArray[np.float32]
    thickness: float


@dataclass(frozen=True)
class Boxes:
    """The boxes of a form.

    Attributes:
        sides: Their sides and the ticks of combs, as rules of the ink on end.
        rules: The rules that they stand on.
    """

    sides: tuple[Rule, ...]
    rules: tuple[Rule, ...]


def find_boxes(ink: NDArray[np.uint8], on_end: NDArray[np.uint8], rules: Sequence[Rule]) -> Boxes:
    """The boxes and the combs on `rules`.

    Args:
        ink: uint8 (H, W), 255 on 0.
        on_end: uint8 (W, H): its columns as rows.
        rules: Of `ink`.
    """
    found: list[Rule] = []
    bearing: list[Rule] = []
    for band in _bands(rules):
        shares = (np.arange(SAMPLES) + 0.5)[:, None] / SAMPLES
        rows = np.rint(band.top + shares * (band.bottom - band.top)).astype(np.int64)
        seen = ink_at(ink, rows, band.columns).astype(np.uint8)
        # a column takes in those beside it, as sides are not quite upright
        wide = np.asarray(cv2.dilate(seen, np.ones((1, 3), np.uint8)), np.uint8)
        sides = _sides(on_end, band, wide)
        if len(sides) <= LEAST_SIDES:
            for upward in (True, False):
                sides += _ticks(on_end, band, wide[::-1] if upward else wide, upward=upward)
        if len(sides) >= LEAST_SIDES:
            bearing += [band.upper, band.lower]
        found += sides
    return Boxes(tuple(found), tuple(bearing))


def _bands(rules: Sequence[Rule]) -> Iterator[_Band]:
    """What is between each rule and the next below it."""
    ordered = sorted(rules, key=_height)
    for index, upper in enumerate(ordered):
        for lower in ordered[index + 1 :]:
            start = max(upper.start, lower.start)
            end = min(upper.start + upper.length, lower.start + lower.length)
            if end - start < max(upper.length, lower.length) / 2:
                continue
            top = upper.middles[start - upper.start : end - upper.start]
            bottom = lower.middles[start - lower.start : end - lower.start]
            if np.median(bottom - top) > upper.thickness + lower.thickness + LEAST_HEIGHT:
                thickness = max(upper.thickness, lower.thickness)
                yield _Band(upper, lower, np.arange(start, end), top, bottom, thickness)
                break


def _height(rule: Rule) -> float:
    return float(rule.middles.mean())


def _sides(on_end: NDArray[np.uint8], band: _Band, seen: NDArray[np.uint8]) -> list[Rule]:
    """The straight strokes from one rule to the other, as thick as they are."""
    places = _narrow(seen.mean(axis=0) >= COVER, band)
    at = np.rint(places).astype(np.int64)
    return _straight(on_end, band, places, band.top[at], band.bottom[at])


def _ticks(
    on_end: NDArray[np.uint8], band: _Band, seen: NDArray[np.uint8], *, upward: bool
) -> list[Rule]:
    """The strokes of one length that stand at even steps on one of the rules, as thick as it is."""
    lengths = np.logical_and.accumulate(seen > 0, axis=0).sum(axis=0)
    tall = (lengths >= LEAST_TICK) & (lengths <= MOST_TICK)
    places = _narrow(tall, band)
    if not LEAST_TICKS <= len(places) <= MOST_TICKS:
        return []
    beside = np.rint(places).astype(np.int64) + np.array([[-1], [0], [1]])
    of = lengths[np.clip(beside, 0, len(lengths) - 1)].max(axis=0)
    usual = max(of, key=lambda one: np.count_nonzero(np.abs(of - one) <= ALIKE))
    places = _comb(places[np.abs(of - usual) <= ALIKE])
    at = np.rint(places).astype(np.int64)
    reach = (band.bottom - band.top)[at] * (usual + 1) / SAMPLES
    if upward:
        return _straight(on_end, band, places, band.bottom[at] - reach, band.bottom[at])
    return _straight(on_end, band, places, band.top[at], band.top[at] + reach)


def _narrow(which: NDArray[np.bool_], band: _Band) -> NDArray[np.float64]:
    """float64 (N,): the middles of the groups of columns that are no wider than a side."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], which.view(np.uint8), [0]])))
    starts, ends = edges[::2], edges[1::2]
    narrow = ends - starts <= 2 * band.thickness + 4
    return np.asarray((starts + ends - 1)[narrow] / 2, np.float64)


def _comb(places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Those of `places`, in order, that stand at even steps, few left out; none if they are few."""
    best = places[:0]
    for start in range(len(places)):
        for end in range(start + 1, min(start + 1 + BETWEEN, len(places))):
            step = places[end] - places[start]
            steps = (places - places[start]) / step
            at = np.rint(steps)
            on = np.abs(steps - at) <= OFF_STEP + DRIFT * np.abs(at)
            slots = np.ptp(at[on]) + 1
            if np.count_nonzero(on) > max(len(best), LEAST_EVEN * slots):
                best = places[on]
    return best if len(best) >= max(LEAST_TICKS, LEAST_OF_THEM * len(places)) else places[:0]


def _straight(
    on_end: NDArray[np.uint8],
    band: _Band,
    places: NDArray[np.float64],
    tops: NDArray[np.floating],
    bottoms: NDArray[np.floating],
) -> list[Rule]:
    """Those of some strokes that are as thick as the rules and straight, as rules of the ink on
    end; `places` are columns of the band, `tops` and `bottoms` rows, (S,)."""
    if not len(places):
        return []
    starts = np.rint(tops).astype(np.int64)
    length = int(np.median(bottoms - tops)) + 1
    along = np.arange(length)
    rows = np.clip(starts[:, None] + along, 0, on_end.shape[1] - 1)
    middles = np.repeat(band.columns[0] + places, length)
    first, last = runs_across(on_end, rows.ravel(), middles, near=NEAR, reach=MOST_MEASURED)
    lengths = (last - first + 1).reshape(rows.shape)
    seen = ((first + last) / 2).reshape(rows.shape)
    usual = np.median(lengths, axis=1)
    bare = (lengths > 0) & (lengths <= usual[:, None] + 1)
    lines = _lines(seen, bare)
    off = np.where(bare, seen - lines, 0)
    count = bare.sum(axis=1)
    rough = np.sqrt(np.square(off).sum(axis=1) / np.maximum(count, 1))
    straight = (usual <= band.thickness + THICKER) & (2 * count >= LEAST_HEIGHT)
    return [
        Rule(int(starts[side]), lines[side].astype(np.float32), float(usual[side]))
        for side in np.flatnonzero(straight & (rough <= ROUGHEST)).tolist()
    ]


def _lines(places: NDArray[np.float64], which: NDArray[np.bool_]) -> NDArray[np.float64]:
    """float64 (S, N): the straight line through those of each row of `places`, (S, N), that are in
    `which`."""
    along = np.arange(places.shape[1], dtype=np.float64)
    count = np.maximum(which.sum(axis=1), 1)[:, None]
    middle = np.where(which, along, 0).sum(axis=1)[:, None] / count
    level = np.where(which, places, 0).sum(axis=1)[:, None] / count
    apart = np.where(which, along - middle, 0)
    spread = np.maximum(np.square(apart).sum(axis=1), 1e-9)[:, None]
    slope = (apart * (places - level)).sum(axis=1)[:, None] / spread
    return np.asarray(level + slope * (along - middle), np.float64)
