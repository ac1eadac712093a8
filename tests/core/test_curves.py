"""The seen curve: near the points, the same however it came about, and without holes."""

from __future__ import annotations

import math
from itertools import pairwise

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.curves import (
    CHUNK,
    MARKER_WIDTH,
    Chunk,
    chunk_outline,
    chunks,
    half_widths,
    knots_of,
    merge,
    reach,
    stroke_outlines,
)
from core.ink import PLAIN, Stroke, StrokeKind, StrokeStyle
from core.pen_width import PEN_WIDTH

MARKER = StrokeStyle(StrokeKind.MARKER)

points = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60), st.sampled_from([0.0, 0.3, 0.5, 1.0])),
    min_size=1,
    max_size=3 * CHUNK,
).map(lambda rows: np.array([(*row, 0) for row in rows], np.float32))


def knots_through(rows: np.ndarray, style: StrokeStyle = PLAIN) -> list[list[float]]:
    knots: list[list[float]] = []
    merge(knots, knots_of(rows, style))
    return knots


def area(outline: np.ndarray) -> float:
    """Of a closed way; negative where it runs the other way round."""
    x, y = outline.T
    return float((x * np.roll(y, -1) - np.roll(x, -1) * y).sum() / 2)


def filled(outlines: list[np.ndarray], scale: int = 8, side: int = 100) -> np.ndarray:
    """How often each place is gone around by all outlines together, (side * scale) squared."""
    rounds = np.zeros((side * scale, side * scale), np.int32)
    rows = (np.arange(side * scale) + 0.5) / scale - 20
    for outline in outlines:
        ends = np.roll(outline, -1, axis=0)
        for (x0, y0), (x1, y1) in zip(outline, ends, strict=True):
            low, high = np.searchsorted(rows, [min(y0, y1), max(y0, y1)])
            for row in range(low, high):
                at = x0 + (rows[row] - y0) / (y1 - y0) * (x1 - x0)
                until = int(np.clip(np.searchsorted(rows, at), 0, side * scale))
                rounds[row, :until] += 1 if y1 > y0 else -1
    return rounds


@given(points)
def test_it_is_the_same_whether_it_grew_or_was_made_at_once(rows):
    grown: list[list[float]] = []
    settled: list[np.ndarray] = []
    for row in rows:
        merge(grown, knots_of(row[None], PLAIN))
        parts = chunks(len(grown))
        settled += [chunk_outline(grown, part) for part in parts[len(settled) : -1]]
    outlines = [*settled, chunk_outline(grown, chunks(len(grown))[-1])]
    at_once = stroke_outlines(Stroke(rows))
    assert len(outlines) == len(at_once)
    for one, other in zip(outlines, at_once, strict=True):
        assert np.array_equal(one, other)


@given(points)
def test_every_knot_is_near_the_curve_and_the_curve_near_the_points(rows):
    outlines = np.concatenate(stroke_outlines(Stroke(rows)))
    widest = reach(PLAIN)
    low, high = rows[:, :2].min(axis=0) - widest, rows[:, :2].max(axis=0) + widest
    assert (outlines >= low - 1e-6).all()
    assert (outlines <= high + 1e-6).all()
    for place in (rows[0, :2], rows[-1, :2]):
        assert np.hypot(*(outlines - place).T).min() <= widest + 1e-6


@pytest.mark.parametrize("style", [PLAIN, MARKER])
def test_no_part_of_it_cancels_another(style):
    """Sharp turns and a width above the steps between points: where holes come from."""
    rng = np.random.default_rng(3)
    for _ in range(6):
        rows = np.zeros((40, 4), np.float32)
        rows[:, :2] = np.clip(np.cumsum(rng.normal(0, 3, (40, 2)), axis=0) + 30, 0, 60)
        rows[:, 2] = rng.random(40)
        rounds = filled(stroke_outlines(Stroke(rows, style)))
        assert rounds.min() >= 0 or rounds.max() <= 0
        covered = rounds != 0
        knots = np.array(knots_through(rows, style))
        middles = (knots[1:, :2] + knots[:-1, :2]) / 2
        at = np.rint((middles + 20) * 8 - 0.5).astype(int)
        assert covered[at[:, 1], at[:, 0]].all()


def test_chunks_share_their_edges():
    """All outlines together cover as much as they do one by one: no overlap, no gap between."""
    turn = np.linspace(0, 5, 3 * CHUNK)
    rows = np.zeros((len(turn), 4), np.float32)
    rows[:, 0], rows[:, 1] = 30 + 25 * np.cos(turn), 30 + 25 * np.sin(turn)
    rows[:, 2] = 0.5
    outlines = stroke_outlines(Stroke(rows))
    assert len(outlines) >= 3
    counted = filled(outlines)
    assert np.abs(counted).max() == 1
    labels, _ = cv2.connectedComponents((counted != 0).astype(np.uint8), connectivity=4)
    assert labels == 2  # the ground, and one piece of ink
    arc = 25 * 5 * PEN_WIDTH + math.pi * (PEN_WIDTH / 2) ** 2
    assert (counted != 0).sum() / 64 == pytest.approx(arc, rel=0.01)


def test_a_dot_is_a_circle_as_wide_as_the_pen():
    (outline,) = stroke_outlines(Stroke.through(np.array([[30, 40]], np.float32)))
    assert np.allclose(np.hypot(*(outline - [30, 40]).T), PEN_WIDTH / 2)
    assert abs(area(outline)) == pytest.approx(math.pi * (PEN_WIDTH / 2) ** 2, rel=0.02)


def test_points_in_one_place_are_a_dot_as_wide_as_the_hardest_press():
    rows = np.tile(np.array([[30, 40, 0.2, 0]], np.float32), (1000, 1))
    rows[500, 2] = 0.9
    (outline,) = stroke_outlines(Stroke(rows))
    assert np.allclose(np.hypot(*(outline - [30, 40]).T), PEN_WIDTH * 1.4 / 2, atol=1e-3)


def test_the_width_follows_the_pressure_of_a_pen_and_not_of_a_marker():
    rows = np.array([[0, 0, 0.0, 0], [60, 0, 1.0, 0]], np.float32)
    pen = np.concatenate(stroke_outlines(Stroke(rows)))
    assert pen[:, 0].min() == pytest.approx(-PEN_WIDTH / 4, abs=0.1)
    assert pen[:, 0].max() == pytest.approx(60 + PEN_WIDTH * 0.75, abs=0.1)
    assert half_widths(rows[:, 2], MARKER).tolist() == [MARKER_WIDTH / 2] * 2
    wide = StrokeStyle(width=2.0)
    assert half_widths(rows[:, 2], wide).tolist() == [PEN_WIDTH / 2, PEN_WIDTH * 1.5]


def test_a_letter_of_few_points_keeps_its_corners():
    rows = np.array([[0, 0, 0.5, 0], [0, 60, 0.5, 0], [40, 60, 0.5, 0]], np.float32)
    (outline,) = stroke_outlines(Stroke(rows))
    assert np.hypot(*(outline - [0, 60]).T).min() < PEN_WIDTH / 2


@given(st.integers(1, 500))
def test_chunks_are_all_of_the_pieces_in_order(count):
    parts = chunks(count)
    assert parts[0].first == 0
    assert parts[-1].last == count
    for one, other in pairwise(parts):
        assert one.last == other.first
    before = chunks(count + 1)
    assert before[: len(parts) - 1] == parts[:-1], "what is settled stays so"
    assert chunks(1) == [Chunk(0, 1)]
