"""Ink drawn: where it lies, how wide, and what must not change it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.glyph import ink_box, make_tile
from core.ink import Ink, Stroke
from core.rasterising import (
    CHARACTER_EXTENT,
    CHARACTER_PEN_SHARE,
    PEN_WIDTH,
    rasterise,
    rasterise_character,
    width_factor,
)

EIGHTHS = st.integers(0, 1600).map(lambda n: n / 8)
"""Coordinates in steps that float32 holds exactly wherever the ink is moved to below."""

drawn = st.lists(st.tuples(EIGHTHS, EIGHTHS), min_size=1, max_size=12)
pressed = st.tuples(drawn, st.floats(0, 1, width=16), st.floats(0, 1, width=16))
"""A stroke's places, and its pressure at both ends."""

SOFT_EDGE = 1.5
"""How far OpenCV's soft edges reach beyond a line on each side, in raster pixels, at most."""

NO_SLOWER = settings(deadline=None, max_examples=60)


def stroke(places: list[tuple[float, float]], first: float = 0.5, last: float = 0.5) -> Stroke:
    points = np.zeros((len(places), 4), np.float32)
    points[:, :2] = places
    points[:, 2] = np.linspace(first, last, len(places))
    return Stroke(points)


inks = st.lists(pressed, min_size=1, max_size=4).map(
    lambda strokes: Ink(tuple(stroke(*each) for each in strokes))
)


def moved(ink: Ink, x: float, y: float) -> Ink:
    return Ink(tuple(Stroke(s.points + np.array([x, y, 0, 0], np.float32)) for s in ink.strokes))


def width_across(pixels: np.ndarray) -> float:
    """How thick a level stroke is in the middle, in pixels, edges counted by their grey."""
    return float(pixels[:, pixels.shape[1] // 2].sum() / 255)


# --- What must not change the raster ----------------------------------------------------------


@NO_SLOWER
@given(inks, st.integers(-3000, 3000), st.integers(-3000, 3000))
def test_moving_the_ink_moves_the_raster_and_changes_nothing_in_it(ink, x, y):
    for draw in (rasterise, rasterise_character):
        here, there = draw(ink), draw(moved(ink, x, y))
        np.testing.assert_array_equal(here.pixels, there.pixels)
        assert there.origin == pytest.approx((here.origin[0] + x, here.origin[1] + y))
        assert there.scale == here.scale


def test_ink_far_from_the_origin_is_drawn_exactly_as_near_it():
    rng = np.random.default_rng(5)
    for scribble in rng.integers(0, 1600, (100, 12, 2)) / 8:
        ink = Ink((stroke(scribble.tolist(), 0.1, 0.4),))
        here, there = rasterise(ink), rasterise(moved(ink, 18_749, -19_465))
        np.testing.assert_array_equal(here.pixels, there.pixels)
        here, there = (rasterise_character(each) for each in (ink, moved(ink, 18_749, -19_465)))
        np.testing.assert_array_equal(here.pixels, there.pixels)


@NO_SLOWER
@given(inks, st.randoms(use_true_random=False))
def test_the_order_of_strokes_changes_nothing_that_is_seen(ink, random):
    shuffled = random.sample(ink.strokes, len(ink.strokes))
    one, other = rasterise(ink).pixels, rasterise(Ink(tuple(shuffled))).pixels
    # where soft edges meet, OpenCV rounds after each stroke
    assert np.abs(one.astype(int) - other).max() <= 2 * len(ink.strokes)


@NO_SLOWER
@given(inks)
def test_a_stroke_drawn_twice_is_one(ink):
    once, twice = rasterise(ink).pixels, rasterise(Ink(ink.strokes * 2)).pixels
    assert once.shape == twice.shape
    assert ((once > 0) == (twice > 0)).all()


@NO_SLOWER
@given(inks, st.sampled_from([0.5, 2.0, 4.0]))
def test_the_size_that_a_character_was_written_in_does_not_change_it(ink, factor):
    """As long as the pen was thin enough for the least width to count in both sizes."""
    box = ink.box
    if max(box.width, box.height) < 8:
        return
    scaled = Ink(
        tuple(
            Stroke((s.points * np.array([factor, factor, 1, 1])).astype(np.float32))
            for s in ink.strokes
        )
    )
    here, there = (rasterise_character(each, pen_width=0.01).pixels for each in (ink, scaled))
    assert np.abs(np.subtract(here.shape, there.shape)).max() <= 1
    assert np.abs(make_tile(here) - make_tile(there)).mean() < 0.01


# --- Where and how wide -----------------------------------------------------------------------


@NO_SLOWER
@given(inks, st.sampled_from([0.25, 1.0, 3.0]), st.sampled_from([2.0, 6.0, 15.0]))
def test_the_raster_holds_all_the_ink_with_a_blank_edge(ink, scale, pen_width):
    pixels = rasterise(ink, pen_width=pen_width, scale=scale).pixels
    assert not pixels[[0, -1]].any()
    assert not pixels[:, [0, -1]].any()
    assert pixels.max() > 200 or pen_width * scale < 3


@NO_SLOWER
@given(inks)
def test_every_point_lies_on_ink(ink):
    raster = rasterise(ink)
    for each in ink.strokes:
        columns, rows = np.floor(each.xy - np.array(raster.origin)).astype(int).T
        assert (raster.pixels[rows, columns] > 100).all()


@NO_SLOWER
@given(inks)
def test_the_box_of_the_raster_is_that_of_the_ink_and_half_a_pen(ink):
    raster = rasterise(ink)
    box = raster.to_source(ink_box(raster.pixels))
    widest = 1.5 * PEN_WIDTH / 2 + SOFT_EDGE + 1
    assert -widest <= box.x - ink.box.x <= 0
    assert -widest <= box.y - ink.box.y <= 0
    assert 0 <= box.right - ink.box.right <= widest
    assert 0 <= box.bottom - ink.box.bottom <= widest


@pytest.mark.parametrize("pressure", [0.0, 0.25, 0.5, 1.0])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_dot_is_a_disc_as_wide_as_its_pressure_asks(pressure, scale):
    pixels = rasterise(Ink((stroke([(10, 20)], pressure, pressure),)), scale=scale).pixels
    radius = PEN_WIDTH * (0.5 + pressure) / 2 * scale
    assert radius**2 <= pixels.sum() / 255 / np.pi <= (radius + SOFT_EDGE) ** 2
    rows, columns = np.nonzero(pixels > 127)
    assert abs(np.ptp(rows) - np.ptp(columns)) <= 2


def test_a_pen_that_never_moves_leaves_the_same_dot():
    once = rasterise(Ink((stroke([(10, 10)]),))).pixels
    still = rasterise(Ink((stroke([(10, 10)] * 5),))).pixels
    assert once.shape == still.shape
    assert still[still.shape[0] // 2, still.shape[1] // 2] == 255
    assert (still > 0).sum() == pytest.approx((once > 0).sum(), rel=0.5)


def test_ink_without_strokes_cannot_be_drawn():
    for draw in (rasterise, rasterise_character):
        with pytest.raises(ValueError, match="no boxes"):
            draw(Ink())


def test_width_follows_pressure():
    factors = width_factor(np.array([0, 0.5, 1], np.float32))
    assert factors.tolist() == [0.5, 1, 1.5]
    line = [(float(x), 50.0) for x in range(0, 101, 10)]
    widths = [
        width_across(rasterise(Ink((stroke(line, pressure, pressure),)), pen_width=12).pixels)
        for pressure in (0.0, 0.25, 0.5, 0.75, 1.0)
    ]
    assert (np.diff(widths) > 1).all()
    beyond = np.array(widths) - [6, 9, 12, 15, 18]
    assert beyond.min() >= 0
    assert beyond.max() <= 2 * SOFT_EDGE


def test_a_stroke_pressed_harder_on_the_way_grows():
    line = [(float(x), 50.0) for x in range(0, 201, 10)]
    pixels = rasterise(Ink((stroke(line, 0.0, 1.0),)), pen_width=12).pixels
    margin = (pixels.shape[1] - 200) // 2
    across = (pixels.sum(axis=0) / 255)[margin:-margin]
    assert (np.diff(across[::20]) > 0).all()
    assert 6.6 <= across[10] <= 6.6 + 2 * SOFT_EDGE
    assert 17.4 <= across[-10] <= 17.4 + 2 * SOFT_EDGE


def test_between_two_far_points_the_width_changes_evenly():
    pixels = rasterise(Ink((stroke([(0, 50), (200, 50)], 0.0, 1.0),)), pen_width=12).pixels
    margin = (pixels.shape[1] - 200) // 2
    across = (pixels.sum(axis=0) / 255)[margin:-margin]
    asked = np.linspace(6, 18, len(across))
    assert (across[20:-20] >= asked[20:-20] - 0.5).all()
    assert (across[20:-20] <= asked[20:-20] + 2 * SOFT_EDGE).all()


def test_edges_are_soft():
    pixels = rasterise(Ink((stroke([(0, 0), (100, 37)]),))).pixels
    assert ((pixels > 20) & (pixels < 235)).sum() > 100


# --- One character ----------------------------------------------------------------------------


@NO_SLOWER
@given(inks)
def test_a_character_has_the_size_that_recognition_works_with(ink):
    raster = rasterise_character(ink)
    box = ink_box(raster.pixels)
    assert max(box.width, box.height) <= CHARACTER_EXTENT * 1.6
    assert max(raster.pixels.shape) <= CHARACTER_EXTENT * 1.6


@pytest.mark.parametrize("side", [100, 1000, 10_000])
def test_a_large_character_has_lines_that_last_into_the_tile(side):
    line = [(0.0, 0.0), (float(side), 0.0)]
    drawn = rasterise_character(Ink((stroke(line),)), pen_width=1.0)
    share = CHARACTER_PEN_SHARE / (1 + CHARACTER_PEN_SHARE) * CHARACTER_EXTENT
    assert share <= width_across(drawn.pixels) <= share + 2 * SOFT_EDGE
