"""Strokes and ink: checked when made, never changed, measured and moved right."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.box import Box
from core.ink import (
    UNKNOWN_PRESSURE,
    Colour,
    Ink,
    Stroke,
    StrokeKind,
    StrokeStyle,
    fitted,
)
from core.rasterising import rasterise
from core.recognising import ink_glyph
from core.self_check import sample_ink

places = st.lists(st.tuples(*[st.integers(-2000, 2000)] * 2), min_size=1, max_size=20)
inks = st.lists(places, min_size=1, max_size=5).map(
    lambda drawn: Ink(tuple(Stroke.through(np.array(each, np.float32)) for each in drawn))
)


def through(*points: tuple[float, float]) -> Stroke:
    return Stroke.through(np.array(points, np.float32))


def test_a_stroke_through_places_knows_neither_pressure_nor_time():
    stroke = through((1, 2), (3, 4))
    assert stroke.points.tolist() == [[1, 2, UNKNOWN_PRESSURE, 0], [3, 4, UNKNOWN_PRESSURE, 0]]
    assert stroke.xy.tolist() == [[1, 2], [3, 4]]
    pressed = Stroke.through(np.zeros((3, 2), np.float32), pressure=0.75)
    assert pressed.points[:, 2].tolist() == [0.75] * 3


@pytest.mark.parametrize(
    ("points", "error"),
    [
        (np.zeros((0, 4), np.float32), ValueError),
        (np.zeros((3, 3), np.float32), ValueError),
        (np.zeros(4, np.float32), ValueError),
        (np.zeros((3, 4)), TypeError),
        (np.array([[np.nan, 0, 0, 0]], np.float32), ValueError),
        (np.array([[0, np.inf, 0, 0]], np.float32), ValueError),
        (np.array([[0, 0, 1.5, 0]], np.float32), ValueError),
        (np.array([[0, 0, -0.1, 0]], np.float32), ValueError),
    ],
)
def test_a_stroke_cannot_be_made_wrong(points, error):
    with pytest.raises(error):
        Stroke(points)


def test_points_cannot_be_changed_through_the_stroke():
    stroke = through((1, 2))
    with pytest.raises(ValueError, match="read-only"):
        stroke.points[0, 0] = 5
    with pytest.raises(AttributeError):
        stroke.points = stroke.points


def test_ink_is_true_where_there_is_some():
    assert not Ink()
    assert Ink((through((0, 0)),))
    with pytest.raises(ValueError, match="no boxes"):
        _ = Ink().box


@given(inks)
def test_the_box_of_ink_just_holds_every_point(ink):
    box, xy = ink.box, np.concatenate([stroke.xy for stroke in ink.strokes])
    assert [box.x, box.y] == xy.min(axis=0).tolist()
    assert [box.right, box.bottom] == xy.max(axis=0).tolist()


@given(inks, places)
def test_extending_leaves_the_old_ink_as_it_was(ink, drawn):
    before = ink.strokes
    stroke = Stroke.through(np.array(drawn, np.float32))
    assert ink.extended(stroke).strokes == (*before, stroke)
    assert ink.strokes is before


@given(inks, st.integers(200, 900), st.integers(200, 900))
def test_fitted_ink_lies_within_the_pad_in_its_proportions(ink, width, height):
    box = fitted(ink, width=width, height=height, margin=20).box
    assert min(box.x, box.y) >= -0.01
    assert box.right <= width + 0.01
    assert box.bottom <= height + 0.01
    was = ink.box
    assert box.width * was.height == pytest.approx(box.height * was.width, rel=0.01, abs=5)


def test_ink_that_lies_on_the_pad_stays_and_is_never_made_larger():
    inside = Ink((through((0, 0), (10, 20)),))
    assert fitted(inside, width=100, height=100, margin=30) is inside
    assert not fitted(Ink(), width=100, height=100, margin=30)
    outside = Ink((through((-50, 0), (-40, 20)),))
    box = fitted(outside, width=100, height=100, margin=30).box
    assert (box.width, box.height) == (10, 20)
    assert box.centre == (50, 50)


def test_a_box_grows_holds_and_measures():
    box = Box(10, 20, 30, 40)
    assert (box.right, box.bottom, box.centre) == (40, 60, (25, 40))
    assert box.grown(5) == Box(5, 15, 40, 50)
    assert box.contains(10, 20)
    assert not box.contains(40, 30)
    with pytest.raises(ValueError, match="box"):
        Box(0, 0, -1, 1)


def test_a_style_is_no_part_of_what_is_read():
    """Neither kind nor colour nor width changes the tile or the track that a model sees."""
    plain = sample_ink()
    style = StrokeStyle(StrokeKind.MARKER, Colour(200, 30, 30), 3.0)
    styled = Ink(tuple(Stroke(stroke.points, style) for stroke in plain.strokes))
    assert np.array_equal(rasterise(plain).pixels, rasterise(styled).pixels)
    one, other = ink_glyph(plain), ink_glyph(styled)
    assert np.array_equal(one.tile, other.tile)
    assert np.array_equal(one.track, other.track)


def test_ink_that_is_fitted_keeps_its_style():
    style = StrokeStyle(StrokeKind.MARKER, Colour(1, 2, 3), 0.5)
    stroke = Stroke(through((-50, 0), (-40, 20)).points, style)
    (moved,) = fitted(Ink((stroke,)), width=100, height=100, margin=30).strokes
    assert moved.style == style
    assert stroke.with_points(stroke.points[:1]).style == style


@pytest.mark.parametrize("width", [0, -1, float("nan"), float("inf"), 21])
def test_a_width_that_cannot_be_drawn_is_no_style(width):
    with pytest.raises(ValueError, match="width"):
        StrokeStyle(width=width)


@pytest.mark.parametrize("part", [-1, 256])
def test_a_colour_is_three_bytes(part):
    with pytest.raises(ValueError, match="colour"):
        Colour(0, part, 0)
