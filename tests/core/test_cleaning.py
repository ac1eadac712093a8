"""Picture → raster: each step by itself, and the whole on the papers that people write on."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.cleaning import (
    LARGE_SIDE,
    SMALL_SIDE,
    blur,
    clean,
    clean_stages,
    drop_specks,
    even_light,
    resize,
    separate_ink,
    to_grey,
    working_scale,
)
from core.glyph import ink_box
from core.picture import picture_from_pixels
from tests.core.handwriting import on_sheet, written

TEXT = written("HAT 32\nLET 47")


def grey_page(**look: int) -> np.ndarray:
    return on_sheet(TEXT, **look)[..., 0].copy()


def as_rgb(grey: np.ndarray) -> np.ndarray:
    return np.repeat(grey.astype(np.uint8)[..., None], 3, axis=2)


def ink_of(grey: np.ndarray) -> np.ndarray:
    return clean_stages(as_rgb(grey)).raster.pixels


def truth(grey: np.ndarray) -> np.ndarray:
    """Where the ink of a clean `grey_page` is."""
    return grey < 137


def agreement(found: np.ndarray, true: np.ndarray) -> float:
    """Intersection over union of the ink."""
    ink = found > 0
    return float((ink & true).sum() / (ink | true).sum())


# --- Each step ---------------------------------------------------------------------------------

STEPS: list[tuple[Callable[..., np.ndarray], tuple[int, ...]]] = [
    (to_grey, (40, 60, 3)),
    (lambda grey: resize(grey, 2.0), (40, 60)),
    (even_light, (40, 60)),
    (blur, (40, 60)),
    (separate_ink, (40, 60)),
    (drop_specks, (40, 60)),
    (lambda pixels: clean_stages(pixels).raster.pixels, (40, 60, 3)),
]


@pytest.mark.parametrize(("step", "shape"), STEPS)
def test_a_step_changes_nothing_and_always_gives_the_same(step, shape):
    pixels = np.random.default_rng(1).integers(0, 2, shape, np.uint8) * 255
    before = pixels.copy()
    pixels.flags.writeable = False
    first, second = step(pixels), step(pixels)
    assert first.dtype == np.uint8
    assert np.array_equal(first, second)
    assert np.array_equal(pixels, before)


def test_the_stages_are_the_steps_one_after_another():
    pixels = on_sheet(TEXT)
    stages = clean_stages(pixels)
    assert np.array_equal(stages.grey, to_grey(pixels))
    assert np.array_equal(stages.even, even_light(stages.grey))
    assert np.array_equal(stages.smooth, blur(stages.even))
    assert np.array_equal(stages.raster.pixels, drop_specks(separate_ink(stages.smooth)))
    assert np.array_equal(
        clean(picture_from_pixels(pixels, source="")).pixels, stages.raster.pixels
    )


def test_grey_weighs_the_colours_as_the_eye_does():
    colours = np.array([[[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255]]], np.uint8)
    assert to_grey(colours).tolist() == [[76, 150, 29, 255]]


@given(st.integers(1, 3 * LARGE_SIDE), st.integers(1, 3 * LARGE_SIDE))
def test_the_working_size_is_neither_tiny_nor_huge(height, width):
    scale = working_scale((height, width))
    longer = max(height, width) * scale
    assert longer >= SMALL_SIDE or scale == 1
    assert longer <= LARGE_SIDE + 1e-6
    if SMALL_SIDE <= max(height, width) <= LARGE_SIDE:
        assert scale == 1


@pytest.mark.parametrize("scale", [0.01, 0.5, 1.0, 3.0])
def test_resize_keeps_at_least_a_pixel(scale):
    grey = np.full((20, 30), 90, np.uint8)
    resized = resize(grey, scale)
    assert resized.shape == (max(1, round(20 * scale)), max(1, round(30 * scale)))
    assert (resized == 90).all()


def test_even_light_takes_a_slope_away_and_leaves_the_ink():
    page = grey_page()
    slope = np.linspace(-60, 15, page.shape[1])[None, :]
    lit = np.clip(page + slope, 0, 255).astype(np.uint8)
    even = even_light(lit)
    paper = ~cv2.dilate(truth(page).astype(np.uint8), np.ones((5, 5))).astype(bool)
    assert np.ptp(lit[paper].astype(int)) > 60
    assert np.percentile(even[paper], 99) - np.percentile(even[paper], 1) < 20
    assert even[truth(page)].mean() < even[paper].mean() - 120


def test_blur_takes_grain_away():
    grain = np.clip(np.random.default_rng(2).normal(128, 20, (80, 80)), 0, 255).astype(np.uint8)
    assert blur(grain).std() < grain.std() / 2


def test_specks_are_dropped_and_a_dot_is_kept():
    binary = np.zeros((1000, 1000), np.uint8)
    binary[100:103, 100:103] = 255
    binary[500:512, 500:512] = 255
    kept = drop_specks(binary)
    assert kept[500:512, 500:512].all()
    assert np.count_nonzero(kept) == 144


def test_a_long_thin_piece_is_no_speck():
    binary = np.zeros((1000, 1000), np.uint8)
    binary[300, 200:240] = 255
    assert np.array_equal(drop_specks(binary), binary)


# --- Polarity ----------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(
    x=st.integers(0, 150),
    y=st.integers(0, 90),
    width=st.integers(4, 40),
    height=st.integers(4, 40),
    pen=st.integers(0, 120),
    paper=st.integers(180, 255),
)
def test_dark_on_light_and_light_on_dark_are_the_same_ink(x, y, width, height, pen, paper):
    grey = np.full((140, 200), paper, np.uint8)
    grey[y : y + height, x : x + width] = pen
    dark, light = ink_of(grey), ink_of(255 - grey)
    assert dark[y + height // 2, x + width // 2] == 255
    assert not dark[-1, -1]
    # a level in the middle of a soft edge falls to one side or the other by rounding
    assert np.count_nonzero(dark != light) <= 2 * (width + height)
    assert agreement(dark, light > 0) > 0.7


def test_handwriting_is_the_same_in_both_polarities():
    page = grey_page()
    assert agreement(ink_of(page), ink_of(255 - page) > 0) > 0.98
    assert agreement(ink_of(page), truth(page)) > 0.9


def test_a_marker_on_a_close_crop_is_ink_all_through():
    grey = np.full((100, 100), 240, np.uint8)
    cv2.circle(grey, (50, 50), 36, 20, 18, cv2.LINE_AA)
    for found in (ink_of(grey), ink_of(255 - grey)):
        assert found[50 * 2, [14 * 2, 86 * 2]].all()
        assert not found[[100, 4], [100, 4]].any()


# --- Light -------------------------------------------------------------------------------------


def lamp(shape: tuple[int, int]) -> np.ndarray:
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]]
    distance = np.hypot(y / shape[0] - 0.3, x / shape[1] - 0.2)
    return 1.0 - 0.55 * distance


def half_shadow(shape: tuple[int, int]) -> np.ndarray:
    shade = np.ones(shape)
    shade[:, shape[1] // 2 :] = 0.6
    return cv2.GaussianBlur(shade, (0, 0), 25)


@pytest.mark.parametrize("light", [lamp, half_shadow])
@pytest.mark.parametrize("negative", [False, True])
def test_shadows_are_not_ink(light, negative):
    page = grey_page()
    lit = page * light(page.shape)
    found = ink_of(255 - lit if negative else lit)
    assert agreement(found, truth(page)) > 0.85


# --- Sizes -------------------------------------------------------------------------------------


@pytest.mark.parametrize("negative", [False, True])
def test_a_picture_of_28_pixels_is_enlarged_and_read(negative):
    grey = np.full((28, 28), 250, np.uint8)
    cv2.line(grey, (14, 5), (14, 22), 10, 2, cv2.LINE_AA)
    grey = 255 - grey if negative else grey
    raster = clean_stages(as_rgb(grey)).raster
    assert max(raster.pixels.shape) >= SMALL_SIDE
    box = raster.to_source(ink_box(raster.pixels))
    assert box.centre == pytest.approx((14.5, 14), abs=1.2)
    assert box.height == pytest.approx(19, abs=2)
    assert box.width == pytest.approx(3, abs=1.5)


def test_a_large_picture_is_reduced_and_its_boxes_are_not():
    grey = np.full((3000, 6000), 240, np.uint8)
    cv2.rectangle(grey, (3000, 1500), (3400, 1540), 20, cv2.FILLED)
    raster = clean_stages(as_rgb(grey)).raster
    assert max(raster.pixels.shape) == LARGE_SIDE
    box = raster.to_source(ink_box(raster.pixels))
    assert (box.x, box.y, box.width, box.height) == pytest.approx((3000, 1500, 401, 41), abs=4)


@pytest.mark.parametrize("shape", [(1, 1), (1, 300), (300, 1), (2, 5000), (5000, 2)])
def test_odd_shapes_pass(shape):
    for value in (0, 128, 255):
        assert clean_stages(np.full((*shape, 3), value, np.uint8)).raster.is_blank


# --- Nothing there -----------------------------------------------------------------------------


def blank_papers() -> dict[str, np.ndarray]:
    rng = np.random.default_rng(3)
    ramp = np.linspace(0, 255, 300)
    y, x = np.mgrid[0:220, 0:300]
    return {
        "black": np.zeros((220, 300)),
        "white": np.full((220, 300), 255),
        "grey": np.full((220, 300), 128),
        "grain": np.clip(rng.normal(190, 15, (220, 300)), 0, 255),
        "noise": rng.integers(0, 256, (220, 300)),
        "coarse noise": cv2.GaussianBlur(rng.normal(128, 100, (220, 300)), (0, 0), 2),
        "ramp across": np.tile(ramp, (220, 1)),
        "ramp down": np.tile(ramp[:, None], (1, 220)),
        "lamp": 255 * lamp((220, 300)),
        "dark corners": 230 - 120 * np.hypot((y - 110) / 220, (x - 150) / 300) ** 2,
        "grainy ramp": np.clip(
            np.tile(ramp, (220, 1)) * 0.5 + rng.normal(60, 8, (220, 300)), 0, 255
        ),
    }


@pytest.mark.parametrize("name", blank_papers())
def test_paper_without_ink_is_a_blank_raster(name):
    assert not ink_of(blank_papers()[name]).any()


def test_a_coloured_blank_is_blank():
    assert clean_stages(np.full((90, 90, 3), (200, 30, 90), np.uint8)).raster.is_blank


@settings(max_examples=25, deadline=None)
@given(
    level=st.integers(0, 255),
    sigma=st.floats(0, 15),
    seed=st.integers(0, 2**31),
    side=st.integers(20, 200),
)
def test_grain_of_any_strength_is_never_ink(level, sigma, seed, side):
    grain = np.random.default_rng(seed).normal(level, sigma, (side, side))
    assert not ink_of(np.clip(np.rint(grain), 0, 255)).any()


# --- Hard ink ----------------------------------------------------------------------------------


def test_dust_is_dropped_and_the_text_beside_it_kept():
    page = cv2.resize(grey_page(), None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    clean_ink = ink_of(page)
    dusty = page.copy()
    rng = np.random.default_rng(4)
    rows, columns = rng.integers(0, page.shape[0], 60), rng.integers(0, page.shape[1], 60)
    dusty[rows, columns] = 30
    assert agreement(ink_of(dusty), clean_ink > 0) > 0.99


@pytest.mark.parametrize(("grey", "width"), [(60, 1), (140, 1), (180, 3)])
def test_thin_pencil_is_kept(grey, width):
    page = np.full((600, 800), 235, np.uint8)
    cv2.line(page, (100, 100), (300, 500), grey, width, cv2.LINE_AA)
    cv2.line(page, (300, 500), (600, 80), grey, width, cv2.LINE_AA)
    box = ink_box(ink_of(page))
    assert box is not None
    assert (box.x, box.y, box.right, box.bottom) == pytest.approx((100, 80, 601, 501), abs=5)


@pytest.mark.parametrize(("pen", "paper"), [(190, 235), (60, 110), (20, 70), (150, 110)])
def test_low_contrast_is_enough(pen, paper):
    page = grey_page()
    share = (235 - page.astype(float)) / 195
    faint = np.rint(paper + (pen - paper) * share)
    assert agreement(ink_of(faint), truth(page)) > 0.85


def test_ink_under_grain_is_found():
    page = grey_page(pen=90) + np.random.default_rng(5).normal(0, 12, grey_page().shape)
    assert agreement(ink_of(np.clip(page, 0, 255)), grey_page(pen=90) < 162) > 0.8


@pytest.mark.parametrize("colour", [(20, 40, 160), (180, 20, 30), (10, 110, 40)])
def test_coloured_pens_are_ink(colour):
    page = grey_page()
    share = ((235 - page.astype(float)) / 195)[..., None]
    pixels = np.rint(np.array([240, 238, 225]) * (1 - share) + np.array(colour) * share)
    found = clean_stages(pixels.astype(np.uint8)).raster.pixels
    assert agreement(found, truth(page)) > 0.85
