"""The tile: the one normalisation, and what must not change it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from core.box import Box
from core.glyph import (
    PREPROCESSING_VERSION,
    TILE_BOX,
    TILE_SIZE,
    Glyph,
    centre_by_mass,
    crop_to_ink,
    ink_box,
    make_tile,
    normalise,
    scale_to_box,
    whole_glyph,
)
from core.ink import Ink, Stroke
from core.raster import Raster
from core.rasterising import rasterise_character

NO_SLOWER = settings(deadline=None)


@st.composite
def rasters(draw) -> np.ndarray:
    """uint8 (H, W) with at least one pixel of ink."""
    shape = draw(st.tuples(st.integers(1, 60), st.integers(1, 60)))
    pixels = draw(arrays.arrays(np.uint8, shape, fill=st.just(0)))
    row, column = draw(st.integers(0, shape[0] - 1)), draw(st.integers(0, shape[1] - 1))
    pixels[row, column] = 255
    return pixels


@NO_SLOWER
@given(rasters(), st.tuples(*[st.integers(0, 40)] * 4))
def test_blank_space_around_the_ink_does_not_change_the_tile(pixels, sides):
    top, bottom, left, right = sides
    padded = np.pad(pixels, ((top, bottom), (left, right)))
    np.testing.assert_array_equal(make_tile(padded), make_tile(pixels))


@NO_SLOWER
@given(rasters())
def test_a_tile_is_normalised(pixels):
    tile = make_tile(pixels)
    assert tile.shape == (TILE_SIZE, TILE_SIZE)
    assert tile.dtype == np.float32
    assert tile.min() == 0
    assert tile.max() == 1
    box = ink_box((tile * 255).astype(np.uint8))
    assert max(box.width, box.height) <= TILE_BOX


@NO_SLOWER
@given(rasters(), st.integers(8, 255))
def test_faint_ink_is_as_bright_as_strong_ink(pixels, level):
    ink = scale_to_box(crop_to_ink((pixels > 127).astype(np.uint8) * 255)) > 127
    faint, strong = (normalise(ink * np.uint8(each)) for each in (level, 255))
    np.testing.assert_array_equal(faint, strong)


@pytest.mark.parametrize(
    ("height", "width", "expected"),
    [
        (48, 48, (24, 24)),
        (96, 48, (24, 12)),
        (10, 40, (6, 24)),
        (1, 1, (24, 24)),
        (1, 999, (1, 24)),
    ],
)
def test_ink_keeps_its_proportions(height, width, expected):
    assert scale_to_box(np.full((height, width), 255, np.uint8)).shape == expected
    box = ink_box((make_tile(np.full((height, width), 255, np.uint8)) > 0.5).astype(np.uint8))
    assert (box.height, box.width) == expected


@NO_SLOWER
@given(rasters())
def test_the_centre_of_mass_is_in_the_middle_unless_ink_would_be_lost(pixels):
    scaled = scale_to_box(crop_to_ink(pixels))
    tile = centre_by_mass(scaled)
    assert tile.sum(dtype=np.int64) == scaled.sum(dtype=np.int64)
    for axis, length in enumerate(scaled.shape):
        along = tile.sum(axis=1 - axis, dtype=np.int64)
        centre = (along * np.arange(TILE_SIZE)).sum() / along.sum()
        mass = scaled.sum(axis=1 - axis, dtype=np.int64)
        start = round((TILE_SIZE - 1) / 2 - (mass * np.arange(length)).sum() / mass.sum())
        if 0 <= start <= TILE_SIZE - length:
            assert abs(centre - (TILE_SIZE - 1) / 2) <= 0.51


def test_heavy_ink_pulls_the_tile_its_way():
    pixels = np.zeros((24, 24), np.uint8)
    pixels[:, 0] = 40
    pixels[:, -4:] = 255
    columns = make_tile(pixels).sum(axis=0)
    assert columns[:4].sum() > 0, "the faint side was pushed to the edge, and is still there"
    assert columns.argmax() < TILE_SIZE - 4


def test_blank_input_has_no_tile_and_no_glyph():
    blank = np.zeros((9, 9), np.uint8)
    with pytest.raises(ValueError, match="ink"):
        make_tile(blank)
    with pytest.raises(ValueError, match="ink"):
        crop_to_ink(blank)
    assert ink_box(blank) is None
    assert whole_glyph(Raster(blank)) is None


@NO_SLOWER
@given(rasters())
def test_cropping_leaves_ink_on_every_side(pixels):
    cropped, box = crop_to_ink(pixels), ink_box(pixels)
    assert cropped.shape == (box.height, box.width)
    for side in (cropped[0], cropped[-1], cropped[:, 0], cropped[:, -1]):
        assert side.any()
    assert np.count_nonzero(cropped) == np.count_nonzero(pixels)


def test_a_glyph_lies_where_its_ink_does_in_the_source():
    pixels = np.zeros((40, 60), np.uint8)
    pixels[10:20, 30:50] = 255
    glyph = whole_glyph(Raster(pixels, scale=2.0, origin=(100.0, -7.0)))
    assert glyph.box == Box(115, -2, 10, 5)
    np.testing.assert_array_equal(glyph.tile, make_tile(pixels))


@pytest.mark.parametrize(
    ("tile", "error"),
    [
        (np.zeros((28, 28), np.float32), ValueError),
        (np.zeros((TILE_SIZE, TILE_SIZE), np.uint8), TypeError),
        (np.full((TILE_SIZE, TILE_SIZE), 1.5, np.float32), ValueError),
        (np.full((TILE_SIZE, TILE_SIZE), -0.1, np.float32), ValueError),
        (np.full((TILE_SIZE, TILE_SIZE), np.nan, np.float32), ValueError),
    ],
)
def test_a_glyph_cannot_be_made_wrong(tile, error):
    with pytest.raises(error):
        Glyph(tile, Box(0, 0, 1, 1))


def test_a_tile_cannot_be_changed():
    glyph = Glyph(np.zeros((TILE_SIZE, TILE_SIZE), np.float32), Box(0, 0, 1, 1))
    with pytest.raises(ValueError, match="read-only"):
        glyph.tile[0, 0] = 1


def test_normalising_leaves_a_blank_tile_blank():
    assert not normalise(np.zeros((4, 4), np.uint8)).any()


# --- A golden tile ----------------------------------------------------------------------------

GOLDEN_SEVEN = """
................................
................................
................................
................................
................................
................................
................................
......4666677777777785..........
......6888889999999997..........
.............111111694..........
..................1991..........
..................496...........
..................793...........
.................298............
.................695............
................1992............
................497.............
................793.............
...............299..............
...............696..............
..............1992..............
..............498...............
..............894...............
.............2991...............
.............696................
............1993................
............498.................
............895.................
...........2992.................
...........597..................
...........272..................
................................
"""
"""The tile of `seven`, a digit from 0 (".") to 9 a pixel."""


def seven() -> Ink:
    """A 7 pressed harder and harder."""
    bar = np.stack([np.linspace(40, 140, 20), np.full(20, 40)], axis=1)
    leg = np.stack([np.linspace(140, 80, 25), np.linspace(40, 190, 25)], axis=1)
    points = np.zeros((45, 4), np.float32)
    points[:, :2] = np.concatenate([bar, leg])
    points[:, 2] = np.linspace(0.3, 0.8, 45)
    return Ink((Stroke(points),))


def test_ink_becomes_the_tile_that_models_were_trained_with():
    """Whoever changes it counts PREPROCESSING_VERSION up and trains the models again."""
    assert PREPROCESSING_VERSION == 1
    rows = GOLDEN_SEVEN.strip().replace(".", "0").split()
    golden = np.array([[int(level) for level in row] for row in rows])
    tile = make_tile(rasterise_character(seven()).pixels)
    # half a level from rounding, and another for the rounding of other versions of OpenCV
    np.testing.assert_allclose(tile * 9, golden, atol=1)
