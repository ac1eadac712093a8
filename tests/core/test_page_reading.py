"""Pictures: touching characters cut, broken ones joined, columns in order, turned pages, parts."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from core.alphabet import ALNUM36, DIGITS
from core.box import Box
from core.classifying import Classifier, open_classifier
from core.cleaning import clean
from core.finding import find_lines
from core.finding.columns import in_columns
from core.finding.cutting import MOST_CUTS, cut
from core.finding.lines import letter_height
from core.finding.parts import label_components, pen_thickness, whole_part
from core.models import DEFAULT_MODEL, open_model
from core.pen_reading import ReadingStoppedError
from core.picture import Picture, picture_from_pixels
from core.raster import Raster
from core.recognising import recognise_picture
from tests.core.handwriting import on_sheet, photo, written

LINES = "HAT 324\nEEL 477\nA4 LATHE"


@cache
def classifier() -> Classifier:
    return open_classifier(open_model(DEFAULT_MODEL), "litert")


def text_of(picture: Picture, **options: object) -> str:
    return recognise_picture(picture, classifier(), alphabet=ALNUM36, **options).text  # type: ignore[arg-type]


def picture(pixels: NDArray[np.uint8]) -> Picture:
    return picture_from_pixels(pixels, source="sheet")


# --- Characters --------------------------------------------------------------------------------


def touching() -> NDArray[np.uint8]:
    """A raster of an E whose middle arm runs into an H, and that into another E."""
    raster = np.zeros((120, 280), np.uint8)
    strokes = [
        [(90, 20), (30, 20), (30, 100), (90, 100)],
        [(30, 60), (110, 60)],
        [(110, 20), (110, 100)],
        [(165, 20), (165, 100)],
        [(110, 60), (190, 60)],
        [(245, 20), (190, 20), (190, 100), (245, 100)],
        [(190, 60), (240, 60)],
    ]
    for stroke in strokes:
        cv2.polylines(raster, [np.array(stroke)], False, 255, 8, cv2.LINE_AA)
    return raster


def test_touching_characters_are_cut_apart():
    labels, (component,) = label_components(touching())
    part = whole_part(touching(), labels, component)
    parts = cut(part, height=80, pen=pen_thickness(touching()))
    assert len(parts) > 1
    assert [one.number for one in parts] == list(range(len(parts)))
    together = np.zeros_like(touching())
    for one in parts:
        rows = slice(int(one.box.y), int(one.box.bottom))
        columns = slice(int(one.box.x), int(one.box.right))
        assert not (together[rows, columns] & one.pixels).any()  # no pixel is in two parts
        together[rows, columns] |= one.pixels
    assert np.array_equal(together > 64, np.where(labels == 1, touching(), 0) > 64)


def test_letters_that_touch_twice_are_cut_too():
    ladder = np.zeros((120, 180), np.uint8)
    for x in (20, 90, 160):
        cv2.line(ladder, (x, 20), (x, 100), 255, 8)
    for y in (20, 100):  # no seam crosses fewer than two bars
        cv2.line(ladder, (20, y), (160, y), 255, 8)
    labels, (component,) = label_components(ladder)
    parts = cut(whole_part(ladder, labels, component), height=80, pen=8)
    assert 2 <= len(parts) <= 4
    assert min(one.box.width for one in parts) >= 0.25 * 80


def test_a_scribble_is_cut_into_few_pieces():
    ladder = np.zeros((60, 6000), np.uint8)
    for x in range(10, 5990, 40):
        cv2.line(ladder, (x, 10), (x, 50), 255, 4)
    for y in (10, 50):
        cv2.line(ladder, (10, y), (5990, y), 255, 4)
    labels, (component,) = label_components(ladder)
    parts = cut(whole_part(ladder, labels, component), height=40, pen=4)
    assert len(parts) == MOST_CUTS + 1


@pytest.mark.parametrize("text", ["TEA", "247", "24"])
@pytest.mark.parametrize("gap", [0.02, -0.02])
def test_touching_characters_are_read(text, gap):
    assert text_of(photo(written(text, gap=gap))) == text


def test_a_broken_character_is_joined():
    sheet = on_sheet(written("HAT"))
    whole = recognise_picture(picture(sheet), classifier(), alphabet=ALNUM36)
    assert whole.text == "HAT"
    box = whole.glyphs[0].box
    above = round(box.y + box.height / 4)
    sheet[above : above + 3, : round(box.right) + 1] = 235  # through both stems of the H
    assert text_of(picture(sheet)) == "HAT"


def test_an_alphabet_limits_what_comes_out():
    sheet = photo(written("HAT 324"))
    digits = recognise_picture(sheet, classifier(), alphabet=DIGITS)
    assert all(glyph.text.isdigit() for glyph in digits.glyphs)
    assert digits.text.endswith("324")


def test_a_zero_among_letters_is_an_o_and_an_o_among_digits_a_zero():
    """The test hand writes both alike."""
    assert text_of(photo(written("704 80 40827"))) == "704 80 40827"
    assert text_of(photo(written("L0T H0TEL"))) == "LOT HOTEL"


def test_a_page_says_itself_how_many_of_its_words_are_numbers():
    """The test hand writes both alike."""
    assert text_of(photo(written("247 0 32\n0 477 24"))) == "247 0 32\n0 477 24"
    assert text_of(photo(written("HAT 0 TEA\n0 LATHE 0"))) == "HAT O TEA\nO LATHE O"


# --- Pages -------------------------------------------------------------------------------------


@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_a_page_on_its_side_or_head_is_read(turn):
    upright = on_sheet(written(LINES))
    turned = np.ascontiguousarray(np.rot90(upright, turn))
    reading = recognise_picture(picture(turned), classifier(), alphabet=ALNUM36)
    assert reading.text == LINES
    whole = recognise_picture(picture(upright), classifier(), alphabet=ALNUM36)
    mask = np.zeros(upright.shape[:2], np.uint8)
    for glyph, there in zip(reading.glyphs, whole.glyphs, strict=True):
        mask[:] = 0
        box = there.box
        mask[round(box.y) : round(box.bottom), round(box.x) : round(box.right)] = 1
        x, y, width, height = cv2.boundingRect(np.ascontiguousarray(np.rot90(mask, turn)))
        found = (glyph.box.x, glyph.box.y, glyph.box.width, glyph.box.height)
        assert found == pytest.approx((x, y, width, height), abs=3)


def test_a_part_of_a_picture_is_read():
    whole = recognise_picture(photo(written(LINES)), classifier(), alphabet=ALNUM36)
    second = whole.lines[1]
    part = recognise_picture(
        photo(written(LINES)), classifier(), alphabet=ALNUM36, region=second.box.grown(4)
    )
    assert part.text == second.text
    assert (part.width, part.height) == (whole.width, whole.height)
    assert part.lines[0].box.x == pytest.approx(second.box.x, abs=2)
    assert part.lines[0].box.y == pytest.approx(second.box.y, abs=2)


@pytest.mark.parametrize("region", [Box(-50, -50, 10, 10), Box(3, 3, 0, 0)])
def test_a_part_without_ink_says_nothing(region):
    sheet = photo(written(LINES))
    reading = recognise_picture(sheet, classifier(), alphabet=ALNUM36, region=region)
    assert reading.nothing_here


def side_by_side(left: str, right: str, gap: int) -> NDArray[np.uint8]:
    sheets = [on_sheet(written(text)) for text in (left, right)]
    height = max(len(sheet) for sheet in sheets)
    padded = [
        cv2.copyMakeBorder(
            sheet, 0, height - len(sheet), 0, gap, cv2.BORDER_CONSTANT, value=(235, 235, 235)
        )
        for sheet in sheets
    ]
    return np.hstack(padded)


def test_columns_are_read_one_after_another():
    left, right = "HAT 3\nTEE 4\nEEL 7\nLATHE", "1 27\n32\n4 23\n72 4"
    assert text_of(picture(side_by_side(left, right, 100))) == f"{left}\n{right}"


def test_what_stands_beside_its_label_is_on_its_line():
    assert text_of(picture(side_by_side("HAT\nTEE", "327\n42", 100))) == "HAT 327\nTEE 42"


@pytest.mark.parametrize("count", [1, 40])
def test_columns_hold_every_piece_once(count):
    rng = np.random.default_rng(count)
    pixels = np.zeros((400, 400), np.uint8)
    for x, y in rng.integers(0, 390, (count, 2)):
        pixels[y : y + 8, x : x + 6] = 255
    _, components = label_components(pixels)
    columns = in_columns(components, letter_height(components))
    labels = sorted(one.label for column in columns for one in column)
    assert labels == sorted(one.label for one in components)


# --- Stopping ----------------------------------------------------------------------------------


def after(count: int) -> Callable[[], bool]:
    """Says True from the `count`th question on."""
    asked = iter(range(10_000))
    return lambda: next(asked) >= count


@pytest.mark.parametrize("count", [0, 1, 3])
def test_reading_stops_when_nobody_waits(count):
    with pytest.raises(ReadingStoppedError):
        recognise_picture(
            photo(written(LINES)), classifier(), alphabet=ALNUM36, stopped=after(count)
        )


def test_lines_are_found_in_a_raster_of_any_size():
    for side in (1, 2, 9):
        assert len(find_lines(Raster(np.full((side, side), 255, np.uint8)))) == 1
    assert clean(picture(np.zeros((1, 1, 3), np.uint8))).is_blank
