"""The raster: one polarity, checked when made, and its way back to the source."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.box import Box
from core.raster import Raster


@pytest.mark.parametrize(
    ("pixels", "error"),
    [
        (np.zeros((0, 3), np.uint8), ValueError),
        (np.zeros((3, 0), np.uint8), ValueError),
        (np.zeros((3, 3, 3), np.uint8), ValueError),
        (np.zeros((3, 3), np.float32), TypeError),
    ],
)
def test_a_raster_cannot_be_made_wrong(pixels, error):
    with pytest.raises(error):
        Raster(pixels)


@pytest.mark.parametrize("scale", [0, -1, float("nan")])
def test_a_raster_needs_a_scale(scale):
    with pytest.raises(ValueError, match="scale"):
        Raster(np.zeros((1, 1), np.uint8), scale=scale)


def test_its_pixels_cannot_be_changed_and_the_callers_can():
    pixels = np.zeros((2, 2), np.uint8)
    raster = Raster(pixels)
    with pytest.raises(ValueError, match="read-only"):
        raster.pixels[0, 0] = 1
    pixels[0, 0] = 1


def test_a_raster_is_blank_without_ink():
    assert Raster(np.zeros((4, 4), np.uint8)).is_blank
    assert not Raster(np.eye(4, dtype=np.uint8)).is_blank


@given(
    st.sampled_from([0.25, 0.5, 1.0, 2.0, 4.0]),
    st.tuples(*[st.integers(-500, 500)] * 2),
    st.tuples(*[st.integers(0, 500)] * 4),
)
def test_a_box_finds_back_to_the_source(scale, origin, sides):
    raster = Raster(np.zeros((1, 1), np.uint8), scale=scale, origin=origin)
    x, y, width, height = sides
    there = Box((x - origin[0]) * scale, (y - origin[1]) * scale, width * scale, height * scale)
    assert raster.to_source(there) == Box(x, y, width, height)


WARP = np.array([[0.9, -0.2, 40], [0.15, 1.1, -25], [2e-4, -1e-4, 1]])


@pytest.mark.parametrize("warp", [np.zeros((3, 3)), np.full((3, 3), np.nan), np.eye(2)])
def test_a_warp_must_lead_back(warp):
    with pytest.raises(ValueError, match="warp"):
        Raster(np.zeros((1, 1), np.uint8), warp=warp)


def test_a_box_in_perspective_is_the_upright_one_round_its_corners():
    raster = Raster(np.zeros((50, 80), np.uint8), scale=2.0, origin=(10.0, 20.0), warp=WARP)
    box = raster.to_source(Box(4, 6, 30, 20))
    flat = [(10 + x / 2, 20 + y / 2, 1) for x in (4, 34) for y in (6, 26)]
    places = np.array(flat) @ WARP.T
    places = places[:, :2] / places[:, 2:]
    assert (box.x, box.y) == pytest.approx(tuple(places.min(axis=0)))
    assert (box.right, box.bottom) == pytest.approx(tuple(places.max(axis=0)))


@pytest.mark.parametrize("warp", [None, WARP])
def test_a_point_of_the_source_is_found_in_the_raster(warp):
    raster = Raster(np.zeros((50, 80), np.uint8), scale=0.5, origin=(-7.0, 3.0), warp=warp)
    there = raster.to_source(Box(30, 20, 0, 0))
    back = raster.from_source(there)
    assert (back.x, back.y, back.width, back.height) == pytest.approx((30, 20, 0, 0), abs=1e-9)


def marked(**how: object) -> Raster:
    """A raster with one pixel of ink."""
    pixels = np.zeros((40, 60), np.uint8)
    pixels[10, 45] = 255
    return Raster(pixels, **how)


def mark_of(raster: Raster) -> Box:
    """Where the ink of `marked` lies in the source."""
    ((row, column),) = np.argwhere(raster.pixels)
    return raster.to_source(Box(float(column), float(row), 1, 1))


@pytest.mark.parametrize("how", [{}, {"scale": 2.0, "origin": (5.0, -3.0)}, {"warp": WARP}])
@pytest.mark.parametrize("quarters", range(-1, 5))
def test_a_turned_raster_finds_back_to_the_same_source(how, quarters):
    raster = marked(**how)
    turned = raster.turned(quarters)
    assert np.array_equal(turned.pixels, np.rot90(raster.pixels, quarters))
    here, there = mark_of(raster), mark_of(turned)
    assert there.centre == pytest.approx(here.centre, abs=0.01)
    assert (there.width, there.height) == pytest.approx((here.width, here.height), abs=0.01)


@pytest.mark.parametrize("how", [{}, {"scale": 2.0, "origin": (5.0, -3.0)}, {"warp": WARP}])
def test_a_cropped_raster_finds_back_to_the_same_source(how):
    raster = marked(**how).turned(1)
    cropped = raster.cropped(Box(8.4, 10.2, 20.1, 12))
    assert cropped.pixels.shape == (13, 21)
    assert mark_of(cropped).centre == pytest.approx(mark_of(raster).centre)


@pytest.mark.parametrize(
    "box", [Box(-50, -50, 10, 10), Box(500, 5, 3, 3), Box(20, 20, 0, 0), Box(-9, -9, 999, 999)]
)
def test_a_crop_is_never_empty_nor_beyond_the_edges(box):
    raster = marked()
    assert 1 <= raster.cropped(box).pixels.size <= raster.pixels.size
