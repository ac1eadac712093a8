"""Picture → raster: each step by itself, and the whole on the papers that people write on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.box import Box
from core.cleaning import (
    ALL_STEPS,
    LARGE_SIDE,
    SMALL_SIDE,
    Steps,
    blur,
    clean,
    clean_stages,
    drop_specks,
    even_light,
    resize,
    to_grey,
    working_scale,
)
from core.cleaning.healing import heal_strokes
from core.cleaning.ink import find_levels, separate_ink
from core.cleaning.polarity import ink_is_light
from core.cleaning.sheet import find_sheet
from core.cleaning.straightening import find_flat, lay_flat
from core.glyph import ink_box
from core.ink import Ink, Stroke
from core.picture import picture_from_pixels
from tests.core.handwriting import character, on_sheet, written

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
    (lambda grey: separate_ink(grey, find_levels(grey)), (40, 60)),
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
    names = [stage.name for stage in stages.stages]
    assert names == [
        "grey", "straighten", "light", "texture", "ink", "rules", "specks", "heal"
    ]  # fmt: skip
    pictures = {stage.name: stage.pixels for stage in stages.stages}
    assert np.array_equal(pictures["grey"], to_grey(pixels))
    assert np.array_equal(pictures["texture"], blur(pictures["light"]))
    assert np.array_equal(pictures["heal"], 255 - stages.raster.pixels)
    assert np.array_equal(
        clean(picture_from_pixels(pixels, source="")).pixels, stages.raster.pixels
    )


@pytest.mark.parametrize("left_out", [field.name for field in fields(Steps)])
def test_a_step_that_is_left_out_has_no_stage(left_out):
    stages = clean_stages(on_sheet(TEXT), replace(ALL_STEPS, **{left_out: False}))
    names = {stage.name for stage in stages.stages}
    assert names == {"grey", "ink", *(field.name for field in fields(Steps))} - {left_out}
    assert agreement(stages.raster.pixels, truth(grey_page())) > 0.85


def test_without_any_step_the_ink_is_still_told_from_the_paper():
    stages = clean_stages(on_sheet(TEXT), Steps(*[False] * len(fields(Steps))))
    assert [stage.name for stage in stages.stages] == ["grey", "ink"]
    assert agreement(stages.raster.pixels, truth(grey_page())) > 0.9


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


def test_a_pale_stroke_that_goes_on_from_a_dark_one_is_ink():
    page = cv2.copyMakeBorder(grey_page(pen=50), 0, 80, 0, 0, cv2.BORDER_CONSTANT, value=235)
    cv2.line(page, (60, 330), (260, 330), 50, 6, cv2.LINE_AA)
    cv2.line(page, (260, 330), (420, 330), 150, 6, cv2.LINE_AA)
    assert ink_of(page)[330, 70:415].all()


# --- Whole pages -------------------------------------------------------------------------------

LINES = "HAT 32 LET TEE\nA 4 HEEL 77\nTALL 0 HALL 8\nEEL LATHE 24\nHAL 3 THE 07\nLET ALL 48"


def written_page(*, pen: int = 40, paper: int = 235, size: float = 40) -> np.ndarray:
    """uint8 (H, W): six lines with wide margins."""
    return on_sheet(written(LINES, size=size), pen=pen, paper=paper, margin=60)[..., 0].copy()


def written_ink() -> np.ndarray:
    return written_page() < 137


def kept_and_true(found: np.ndarray, true: np.ndarray) -> tuple[float, float]:
    """The share of the true ink that was found, and of the found that is true, to 2 pixels."""
    near = np.ones((5, 5), np.uint8)
    ink = (found > 0).astype(np.uint8)
    kept = (cv2.dilate(ink, near) > 0)[true].mean()
    return float(kept), float((cv2.dilate(true.astype(np.uint8), near) > 0)[ink > 0].mean())


def assert_found(grey: np.ndarray, *, least: float = 0.985) -> None:
    """All the ink of `written_page` is found in `grey`, and hardly any other."""
    found = clean_stages(as_rgb(grey)).raster
    assert found.warp is None
    kept, true = kept_and_true(found.pixels, written_ink())
    assert kept > least
    assert true > least


# --- Straightening -----------------------------------------------------------------------------


def table(height: int, width: int) -> np.ndarray:
    """Dark wood with its grain."""
    rng = np.random.default_rng(6)
    grain = cv2.GaussianBlur(rng.normal(0, 60, (height, width)), (0, 0), 20, sigmaY=1.5)
    return np.clip(70 + grain, 0, 255)


def photographed(page: np.ndarray, corners: list[tuple[int, int]], size: tuple[int, int]):
    """A photo of `page` on a table, its corners there, and the homography to it."""
    height, width = page.shape
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    warp = cv2.getPerspectiveTransform(flat, np.array(corners, np.float32))
    shot = cv2.warpPerspective(page, warp, size, flags=cv2.INTER_AREA)
    there = cv2.warpPerspective(np.ones_like(page), warp, size) > 0
    return np.where(there, shot, table(*size[::-1])).astype(np.uint8), warp


CORNERS = [(140, 90), (1010, 130), (1090, 830), (70, 790)]
SIZE = (1200, 900)


def test_a_sheet_on_a_table_is_found_with_its_corners():
    photo, _ = photographed(written_page(size=60), CORNERS, SIZE)
    sheet = find_sheet(as_rgb(photo))
    assert sheet is not None
    assert sheet.whole
    assert np.abs(sheet.corners - CORNERS).max() < 4


def test_a_sheet_is_found_under_a_shadow_that_falls_across_it():
    photo, _ = photographed(written_page(size=60), CORNERS, SIZE)
    photo[:, 500:] = photo[:, 500:] // 2
    sheet = find_sheet(as_rgb(photo))
    assert sheet is not None
    assert np.abs(sheet.corners - CORNERS).max() < 8


def test_of_a_sheet_that_is_cut_off_the_table_is_left_out_and_nothing_bent():
    photo, _ = photographed(written_page(size=60), CORNERS, SIZE)
    sheet = find_sheet(as_rgb(photo[:, 300:]))
    assert sheet is not None
    assert not sheet.whole
    found = clean_stages(as_rgb(photo[:, 300:]), Steps(specks=False)).raster
    assert ink_box(found.pixels) is not None
    beyond = found.from_source(Box(805, 300, 60, 200))
    assert found.cropped(beyond).is_blank


@pytest.mark.parametrize("name", ["page", "black", "noise", "box", "wood", "dark sheet"])
def test_where_there_is_no_sheet_none_is_found(name):
    page = written_page(size=60)
    pictures = {
        "page": page,
        "black": np.zeros((800, 600)),
        "noise": np.random.default_rng(7).integers(0, 256, (800, 600)),
        "box": cv2.rectangle(page.copy(), (30, 30), (page.shape[1] - 30, 600), 20, 5),
        "wood": table(700, 900),
        "dark sheet": 255 - photographed(page, CORNERS, SIZE)[0],
    }
    assert find_sheet(as_rgb(pictures[name])) is None


def test_boxes_find_back_to_the_photo_through_its_perspective():
    page = np.full((1000, 1400), 235, np.uint8)
    marks = [(x, y) for x in range(100, 1400, 200) for y in range(100, 1000, 150)]
    for x, y in marks:
        cv2.circle(page, (x, y), 12, 30, -1, cv2.LINE_AA)
    photo, warp = photographed(page, CORNERS, SIZE)
    raster = clean_stages(as_rgb(photo)).raster
    assert raster.warp is not None
    _, _, stats, _ = cv2.connectedComponentsWithStats(raster.pixels)
    found = [raster.to_source(Box(*map(float, one[:4]))).centre for one in stats[1:]]
    places = np.array([[mark] for mark in marks], np.float64) + 0.5
    there = cv2.perspectiveTransform(places, warp)[:, 0]
    assert len(found) == len(marks)
    apart = np.hypot(*(np.array(found)[:, None] - there[None]).transpose(2, 0, 1))
    assert apart.min(axis=0).max() < 2


def rotated(page: np.ndarray, angle: float) -> np.ndarray:
    """`page` turned clockwise by `angle` degrees, on more paper."""
    wide = cv2.copyMakeBorder(page, *[200] * 4, cv2.BORDER_CONSTANT, value=235)
    middle = wide.shape[1] / 2, wide.shape[0] / 2
    turn = cv2.getRotationMatrix2D(middle, -angle, 1)
    return cv2.warpAffine(wide, turn, wide.shape[::-1], borderValue=235)


@pytest.mark.parametrize("ruled", [False, True])
@pytest.mark.parametrize("angle", [-14.0, -6.3, -0.5, 0.0, 0.4, 3.2, 12.5])
def test_a_small_turn_is_taken_back(angle, ruled):
    page = written_page(size=60)
    if ruled:
        page[115::114] = 120
    turned = rotated(page, angle)
    flat = find_flat(as_rgb(turned), turned)
    back = 0.0 if flat is None else np.degrees(np.arctan2(flat.warp[1, 0], flat.warp[0, 0]))
    assert back == pytest.approx(angle, abs=0.2)


def test_turning_a_page_back_loses_none_of_it():
    turned = rotated(written_page(size=60), 9.0)
    flat = find_flat(as_rgb(turned), turned)
    assert flat is not None
    ink = np.count_nonzero(turned < 137)
    assert np.count_nonzero(lay_flat(turned, flat) < 137) == pytest.approx(ink, rel=0.02)


@pytest.mark.parametrize("kind", ["noise", "coarse noise", "one letter", "nothing"])
def test_what_shows_no_lines_is_not_turned(kind):
    rng = np.random.default_rng(8)
    pictures = {
        "noise": rng.normal(128, 40, (700, 900)),
        "coarse noise": cv2.GaussianBlur(rng.normal(128, 300, (700, 900)), (0, 0), 3),
        "one letter": rotated(on_sheet(written("H", size=300))[..., 0], 8.0),
        "nothing": np.full((700, 900), 200),
    }
    grey = np.clip(pictures[kind], 0, 255).astype(np.uint8)
    assert find_flat(as_rgb(grey), grey) is None


# --- Shadows with edges ------------------------------------------------------------------------


def hand_shadow(shape: tuple[int, int], *, edge: float) -> np.ndarray:
    """Half the light on a part with corners, `edge` pixels soft."""
    height, width = shape
    shade = np.zeros(shape, np.float32)
    share = np.array([[0.2, 1.1], [0.25, 0.5], [0.4, 0.35], [0.55, 0.6], [0.7, 0.4], [0.9, 1.1]])
    cv2.fillPoly(shade, [(share * [width, height]).astype(np.int32)], 1.0)
    return 1 - 0.5 * cv2.GaussianBlur(shade, (0, 0), edge)


@pytest.mark.parametrize("edge", [3.0, 12.0])
@pytest.mark.parametrize("negative", [False, True])
def test_the_shadow_of_a_hand_is_not_ink(edge, negative):
    lit = written_page() * hand_shadow(written_page().shape, edge=edge)
    assert_found(255 - lit if negative else lit, least=0.975)


def test_polarity_is_told_in_spite_of_a_dark_table():
    photo, _ = photographed(written_page(size=60), CORNERS, SIZE)
    assert not ink_is_light(photo)
    assert ink_is_light(255 - photo)


# --- What shows through ------------------------------------------------------------------------


def test_what_shows_through_from_the_other_side_is_no_ink():
    page = written_page().astype(float)
    behind = cv2.GaussianBlur(235 - page[:, ::-1], (0, 0), 1.5) * 0.25
    behind = np.roll(behind, 25, axis=0)
    assert_found(np.minimum(page, 235 - behind))


def test_the_grain_of_paper_is_no_ink():
    rng = np.random.default_rng(9)
    page = written_page(pen=70).astype(float)
    coarse = cv2.GaussianBlur(rng.normal(0, 30, page.shape), (0, 0), 2)
    assert_found(np.clip(page + coarse + rng.normal(0, 4, page.shape), 0, 255))


# --- Ruled lines -------------------------------------------------------------------------------


def ruled(page: np.ndarray, *, grey: int, thickness: int, bend: float = 0.0) -> np.ndarray:
    """`page` with lines under its lines of writing, that bend by so many pixels."""
    height, width = page.shape
    x = np.arange(width)
    lined = page.copy()
    for level in range(105, height, 76):
        way = level + bend * np.sin(np.pi * x / width)
        line = np.stack([x, way], axis=1) * 16
        cv2.polylines(lined, [np.rint(line).astype(np.int32)], False, grey, thickness, 8, 4)
    return np.minimum(lined, page)


@pytest.mark.parametrize("thickness", [1, 2, 4])
@pytest.mark.parametrize("grey", [40, 110, 170])
def test_ruled_lines_are_taken_out_and_letters_on_them_kept(grey, thickness):
    assert_found(ruled(written_page(), grey=grey, thickness=thickness), least=0.97)


def test_lines_of_a_bulging_page_are_taken_out():
    assert_found(ruled(written_page(), grey=90, thickness=2, bend=9.0), least=0.97)


def test_broken_lines_are_taken_out():
    page = written_page()
    lined = ruled(page, grey=90, thickness=2)
    for left in range(0, page.shape[1], 170):
        lined[:, left : left + 25] = page[:, left : left + 25]
    assert_found(lined, least=0.97)


@pytest.mark.parametrize("grey", [60, 150])
def test_squared_paper_is_taken_out(grey):
    page = written_page()
    squared = page.copy()
    squared[20::38] = grey
    squared[:, 17::38] = grey
    assert_found(np.minimum(squared, page), least=0.97)


def boxed_page(*, high: float, pen: int = 40) -> tuple[np.ndarray, np.ndarray]:
    """uint8 (H, W), a form whose boxes hold one character each, or whose ticks reach a share `high`
    of the way up; and bool (H, W), the characters' ink."""
    strokes = [
        stroke
        for row, line in enumerate(["HAT32LET", "4HEEL77T", "TALL0HAL", "EELATE24"])
        for column, sign in enumerate(line)
        for stroke in character(sign, size=36, x=60 * column, y=76 * row).strokes
    ]
    # a dot in the corner keeps the places
    sheet = on_sheet(Ink((*strokes, Stroke.through(np.zeros((1, 2), np.float32)))), pen=pen)
    page = cv2.copyMakeBorder(sheet[..., 0], 40, 40, 40, 140, cv2.BORDER_CONSTANT, value=235)
    true, form = page < (235 + pen) / 2, page.copy()
    left, top = 80 - 18, 80 - 15
    for row in range(4):
        level = top + 76 * row
        cv2.rectangle(form, (left, level), (left + 600, level + 64), 60, 2)
        for x in range(left, left + 600, 60):
            cv2.line(form, (x, level + 64), (x, level + 64 - round(64 * high)), 60, 2)
    return np.minimum(form, page), true


@pytest.mark.parametrize("pen", [40, 150])
@pytest.mark.parametrize("high", [1.0, 0.35])
def test_the_boxes_and_combs_of_forms_are_taken_out(high, pen):
    form, true = boxed_page(high=high, pen=pen)
    kept, right = kept_and_true(ink_of(form), true)
    assert kept > 0.98
    assert right > 0.97


def test_what_is_darker_than_a_pale_line_stays_though_it_lies_along_it():
    page = written_page(size=40)
    lined = ruled(page, grey=160, thickness=4)
    cv2.line(lined, (400, 181), (440, 181), 40, 4)
    found = ink_of(lined)
    assert found[181, 405:436].all()
    assert not found[181, :30].any()


@pytest.mark.parametrize("text", ["T", "E", "H", "=", "TE", "HET\nTEE", "E = T + H", "TTTTTTTT"])
@pytest.mark.parametrize("size", [40, 150])
def test_bars_of_letters_are_no_ruled_lines(text, size):
    page = on_sheet(written(text, size=size))
    with_rules = clean_stages(page).raster.pixels
    without = clean_stages(page, replace(ALL_STEPS, rules=False)).raster.pixels
    assert np.array_equal(with_rules, without)


def test_an_underlined_word_keeps_its_underline():
    page = written_page()
    cv2.line(page, (60, 112), (60 + 110, 114), 40, 4, cv2.LINE_AA)
    assert ink_of(page)[113, 70:160].all()


# --- Edges and specks --------------------------------------------------------------------------


def test_lone_dust_is_dropped_where_a_dot_beside_a_letter_is_kept():
    page = cv2.copyMakeBorder(written_page(), 0, 300, 0, 0, cv2.BORDER_CONSTANT, value=235)
    height = page.shape[0]
    cv2.circle(page, (300, height - 100), 3, 40, -1)
    cv2.circle(page, (54, 98), 3, 40, -1)
    found = ink_of(page)
    assert not found[height - 110 :, 280:320].any()
    assert found[98, 54]


def test_what_is_left_of_the_edge_of_a_page_is_dropped():
    binary = np.zeros((900, 900), np.uint8)
    for x in range(100, 800, 60):
        cv2.rectangle(binary, (x, 400), (x + 30, 440), 255, 4)
    letters = binary.copy()
    binary[:, :6] = 255
    binary[890:, 500:510] = 255
    binary[-30:, 700:725] = letters[-30:, 700:725] = 255
    assert np.array_equal(drop_specks(binary), letters)


# --- Healing -----------------------------------------------------------------------------------


def test_a_stroke_that_skipped_is_whole_again():
    ink, trace = np.zeros((2, 200, 200), np.uint8)
    cv2.line(ink, (20, 100), (180, 100), 255, 9)
    cv2.line(trace, (20, 100), (180, 100), 255, 9)
    ink[:, 97:103] = 0
    healed = heal_strokes(ink, trace)
    assert cv2.connectedComponents(healed)[0] == 2
    assert np.array_equal(heal_strokes(ink, ink), ink)


@pytest.mark.parametrize("one", [(88, 20, 88, 180), (20, 60, 93, 60)])
def test_neighbours_are_not_joined(one):
    """Two stems side by side, and a bar that ends at a stem."""
    ink = np.zeros((200, 200), np.uint8)
    cv2.line(ink, one[:2], one[2:], 255, 9)
    cv2.line(ink, (102, 20), (102, 180), 255, 9)
    assert np.array_equal(heal_strokes(ink, np.full_like(ink, 255)), ink)


# --- Any picture at all ------------------------------------------------------------------------


def strange_pictures() -> dict[str, np.ndarray]:
    rng = np.random.default_rng(10)
    rows, columns = np.indices((900, 1200))
    clouds = sum(
        cv2.resize(rng.normal(0, side, (900 // side + 2, 1200 // side + 2)), (1200, 900))
        for side in (3, 10, 40, 150)
    )
    return {
        "one pixel wide": rng.integers(0, 256, (30_000, 1)),
        "one pixel high": rng.integers(0, 256, (1, 30_000)),
        "wide": rng.integers(0, 256, (200, 30_000)),
        "noise": rng.integers(0, 256, (900, 1200)),
        "two greys": rng.integers(0, 2, (900, 1200)) * 255,
        "dots": (rng.random((900, 1200)) > 0.01) * 255,
        "clouds": (clouds - clouds.min()) / np.ptp(clouds) * 255,
        "stripes": (rows // 4 % 3 > 0) * 255,
        "grid": ((rows % 12 > 1) & (columns % 12 > 1)) * 255,
        "squares": ((rows // 30 + columns // 30) % 2) * 255,
    }


@pytest.mark.parametrize("name", strange_pictures())
def test_any_picture_becomes_a_raster(name):
    grey = strange_pictures()[name]
    stages = clean_stages(as_rgb(grey))
    raster = stages.raster
    assert max(raster.pixels.shape) <= 1.5 * LARGE_SIDE
    whole = raster.to_source(Box(0, 0, *map(float, raster.pixels.shape[::-1])))
    assert whole.width >= 0.9 * grey.shape[1]
    assert whole.height >= 0.9 * grey.shape[0]
    assert set(np.unique(raster.pixels)) <= {0, 255}
