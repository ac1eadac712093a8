"""Raster → lines → characters: each found, in reading order, with its place on the page."""

from __future__ import annotations

import time
from functools import cache
from itertools import pairwise

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.alphabet import ASCII94
from core.box import Box
from core.classifying import open_classifier
from core.cleaning import clean, clean_stages
from core.finding import LAYOUTS, Layout, find_lines
from core.finding.layout import MOST_COMPONENTS
from core.finding.lines import letter_height
from core.finding.parts import label_components
from core.glyph import Glyph
from core.ink import Ink
from core.models import DEFAULT_MODEL, open_model
from core.page_reading import PageReader
from core.pen_width import PEN_WIDTH
from core.raster import Raster
from core.rasterising import rasterise
from tests.core.handwriting import CHARACTERS, character, on_sheet, photo, written

SEVERAL_PIECES = 'ij=:;%"!?'


def grid(glyphs: tuple[Glyph, ...]) -> list[list[int]]:
    """How many glyphs each word of each line has."""
    lines: dict[int, dict[int, int]] = {}
    for glyph in glyphs:
        words = lines.setdefault(glyph.line, {})
        words[glyph.word] = words.get(glyph.word, 0) + 1
    return [list(words.values()) for words in lines.values()]


@cache
def reader() -> PageReader:
    return PageReader(open_classifier(open_model(DEFAULT_MODEL), "litert"))


def found(raster: Raster, layout: Layout = "auto") -> tuple[Glyph, ...]:
    """The characters that are found: by what reads best."""
    lines = reader().read(raster, alphabet=ASCII94, layout=layout)
    return tuple(one.glyph for line in lines for word in line.words for one in word.glyphs)


def glyphs_of(ink: Ink, layout: Layout) -> tuple[Glyph, ...]:
    return found(rasterise(ink), layout)


def printed(text: str, *, scale: float = 2.5, thickness: int = 5) -> np.ndarray:
    """uint8 (H, W, 3): `text` in OpenCV's Hershey letters, a line of the sheet each."""
    lines = text.split("\n")
    sheet = np.full((60 + 110 * len(lines), 60 + 55 * max(map(len, lines))), 240, np.uint8)
    for number, line in enumerate(lines):
        place = (30, 90 + 110 * number)
        font = cv2.FONT_HERSHEY_SIMPLEX
        cv2.putText(sheet, line, place, font, scale, 30, thickness, cv2.LINE_AA)
    return np.repeat(sheet[..., None], 3, axis=2)


def in_picture(pixels: np.ndarray) -> tuple[Glyph, ...]:
    return found(clean_stages(pixels).raster)


# --- One glyph for each character --------------------------------------------------------------


@pytest.mark.parametrize("sign", SEVERAL_PIECES)
def test_a_sign_of_several_pieces_is_one_glyph(sign):
    for glyphs in (
        glyphs_of(written(f"A{sign}A{sign}"), "auto"),
        found(clean(photo(written(f"A{sign}A{sign}")))),
        in_picture(printed(f"A{sign}A{sign}")),
    ):
        assert grid(glyphs) == [[4]]


@pytest.mark.parametrize("sign", [":", ";", "=", "i", "!", "?"])
def test_a_sign_of_two_pieces_that_is_alone_is_one_glyph(sign):
    assert grid(glyphs_of(written(sign), "auto")) == [[1]]
    assert grid(in_picture(printed(sign))) == [[1]]


@pytest.mark.parametrize("text", ["A\nE", "o\no", "7\nn"])
def test_one_letter_above_another_is_two_lines(text):
    assert grid(in_picture(printed(text))) == [[1], [1]]


@pytest.mark.parametrize("sign", CHARACTERS)
def test_a_glyph_has_the_box_of_its_ink(sign):
    ink = written(f"A{sign}A")
    _, middle, _ = glyphs_of(ink, "auto")
    count = len(CHARACTERS[sign])
    first = len(CHARACTERS["A"])
    own = Ink(ink.strokes[first : first + count]).box.grown(PEN_WIDTH / 2)
    assert (middle.box.x, middle.box.y) == pytest.approx((own.x, own.y), abs=2)
    assert (middle.box.right, middle.box.bottom) == pytest.approx((own.right, own.bottom), abs=2)


@pytest.mark.parametrize("text", ["i j = : ;", '% " ! ?', '"no"', "a=b", "is it? no!"])
def test_signs_of_several_pieces_beside_each_other(text):
    glyphs = in_picture(printed(text))
    assert len(glyphs) == len(text.replace(" ", ""))
    assert {glyph.line for glyph in glyphs} == {0}


def test_a_glyph_has_no_ink_of_its_neighbours():
    """An o within the arms of a hook: their boxes overlap, their tiles do not."""
    hook = np.zeros((120, 160), np.uint8)
    cv2.polylines(hook, [np.array([[80, 20], [80, 100], [30, 100]])], False, 255, 5)
    both = hook.copy()
    cv2.circle(both, (30, 60), 12, 255, 5)
    ring, round_it = sorted(found(Raster(both)), key=lambda glyph: glyph.box.height)
    assert ring.box.right > round_it.box.x + 5
    (alone,) = found(Raster(hook))
    assert np.array_equal(round_it.tile, alone.tile)


# --- Reading order, words, lines ---------------------------------------------------------------


def test_lines_and_words_are_in_reading_order():
    glyphs = glyphs_of(written("HAT 32 A\nLET 47"), "auto")
    assert grid(glyphs) == [[3, 2, 1], [3, 2]]
    places = [(glyph.line, glyph.word) for glyph in glyphs]
    assert places == sorted(places)
    for left, right in pairwise(glyphs):
        if left.line == right.line:
            assert left.box.x < right.box.x
        else:
            assert left.box.bottom < right.box.y


def test_printed_lines_and_words():
    glyphs = in_picture(printed("THE  CAT  SAT\non  3  mats\nat  9.30"))
    assert grid(glyphs) == [[3, 3, 3], [2, 1, 4], [2, 4]]


@pytest.mark.parametrize("slope", [-0.12, -0.06, 0.06, 0.12])
def test_lines_may_slope(slope):
    ink = written("HAT 32 A47L\nLET 47 H23E", slope=slope)
    for glyphs in (glyphs_of(ink, "auto"), found(clean(photo(ink)))):
        assert grid(glyphs) == [[3, 2, 4], [3, 2, 4]]


@pytest.mark.parametrize("text", ["HAT 3", "3 HAT", "A7 3", "7 + 3 = 4 2"])
def test_words_of_one_or_two_characters_are_words(text):
    words = [len(word) for word in text.split()]
    if text[1] == " " and words.count(1) == len(words):
        words = [sum(words)]  # alike gaps alone may as well be letters set wide apart
    assert grid(glyphs_of(written(text), "auto")) == [words]


def test_letters_set_wide_apart_are_one_word():
    assert grid(glyphs_of(written("HATLET", gap=0.7), "auto")) == [[6]]


def test_the_order_of_the_strokes_does_not_matter():
    ink = written("HAT i3\nLET 47")
    backwards = Ink(ink.strokes[::-1])
    for one, other in zip(glyphs_of(ink, "auto"), glyphs_of(backwards, "auto"), strict=True):
        assert (one.box, one.line, one.word) == (other.box, other.line, other.word)
        assert np.array_equal(one.tile, other.tile)


@settings(max_examples=30, deadline=None)
@given(
    text=st.lists(
        st.text(st.sampled_from("023478AEHLT+"), min_size=1, max_size=5), min_size=1, max_size=3
    ),
    size=st.floats(60, 200),
    x=st.floats(-500, 500),
    y=st.floats(-500, 500),
)
def test_any_line_of_words_is_found_at_any_place_and_size(text, size, x, y):
    ink = written(" ".join(text), size=size, gap=0.3)
    moved = Ink(tuple(type(s)(s.points + np.float32([x, y, 0, 0])) for s in ink.strokes))
    glyphs = glyphs_of(moved, "auto")
    assert sum(map(sum, grid(glyphs))) == sum(map(len, text))
    assert {glyph.line for glyph in glyphs} == {0}
    assert [g.box.x for g in glyphs] == sorted(g.box.x for g in glyphs)
    if max(map(len, text)) > 2:  # else most gaps are between words, and nothing tells
        assert grid(glyphs)[0] == [len(word) for word in text]


# --- Layouts -----------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_finds_nothing_in_nothing(layout):
    assert found(Raster(np.zeros((30, 40), np.uint8)), layout) == ()


@pytest.mark.parametrize(
    ("layout", "expected"),
    [("character", [[1]]), ("line", [[2]]), ("page", [[1], [1]]), ("auto", [[1], [1]])],
)
def test_a_layout_says_what_the_ink_is(layout, expected):
    """An A, and below it, well to the right, a T."""
    ink = Ink(character("A").strokes + character("T", x=300, y=160).strokes)
    assert grid(found(rasterise(ink), layout)) == expected


def test_as_a_character_all_ink_is_in_the_tile():
    raster = rasterise(written("HAT"))
    (glyph,) = found(raster, "character")
    assert glyph.box.width == pytest.approx(written("HAT").box.width + PEN_WIDTH, abs=4)


# --- Source pixels -----------------------------------------------------------------------------


def test_boxes_are_in_ink_pixels_when_the_raster_was_reduced():
    ink = written("HAT 32", size=1500)
    glyphs = found(rasterise(ink, pen_width=90, scale=0.2), "auto")
    assert grid(glyphs) == [[3, 2]]
    first = Ink(ink.strokes[: len(CHARACTERS["H"])]).box.grown(45)
    assert (glyphs[0].box.x, glyphs[0].box.y) == pytest.approx((first.x, first.y), abs=15)
    assert glyphs[0].box.height == pytest.approx(first.height, rel=0.03)


@pytest.mark.parametrize("factor", [0.25, 1.0, 3.0])
def test_boxes_are_in_the_pictures_own_pixels(factor):
    sheet = on_sheet(written("HA\nT7"))
    pixels = cv2.resize(sheet, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    glyphs = in_picture(pixels)
    assert grid(glyphs) == [[2], [2]]
    for glyph, whole in zip(glyphs, in_picture(sheet), strict=True):
        found = glyph.box
        scaled = [side / factor for side in (found.x, found.y, found.width, found.height)]
        box = whole.box
        assert scaled == pytest.approx(
            [box.x, box.y, box.width, box.height], abs=3 / min(factor, 1)
        )


def test_a_raster_with_scale_and_origin_gives_boxes_of_its_source():
    pixels = np.zeros((60, 60), np.uint8)
    pixels[10:40, 20:30] = 255
    (glyph,) = found(Raster(pixels, scale=2.0, origin=(100, -50)))
    assert glyph.box == Box(110, -45, 5, 15)


# --- Noise -------------------------------------------------------------------------------------


def seconds_to_find(pixels: np.ndarray) -> float:
    """Of processor time, so that what else runs on the machine does not count."""
    began = time.process_time()
    find_lines(Raster(pixels))
    return time.process_time() - began


def test_thousands_of_specks_are_told_in_bounded_time():
    noise = np.random.default_rng(6).random((2000, 2000)) < 0.002
    assert seconds_to_find(noise.astype(np.uint8) * 255) < 12


def test_thousands_of_specks_on_one_line_are_told_in_bounded_time():
    noise = np.random.default_rng(7).random((120, 4000)) < 0.02
    assert seconds_to_find(noise.astype(np.uint8) * 255) < 12


def test_more_pieces_than_a_page_has_are_no_writing():
    pixels = np.zeros((4 * 101, 4 * 101), np.uint8)
    pixels[::4, ::4] = 255
    assert (pixels > 0).sum() > MOST_COMPONENTS
    assert found(Raster(pixels)) == ()


def test_letter_height_is_that_of_letters_not_of_marks():
    assert letter_height(()) == 0
    ink = rasterise(written('A:i=A:i=":')).pixels
    glyphs = found(Raster(ink))
    assert max(glyph.box.height for glyph in glyphs) < 110
    _, parts = label_components(ink)
    assert 40 < letter_height(parts) < 100
