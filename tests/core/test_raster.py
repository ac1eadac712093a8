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
