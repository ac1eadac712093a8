"""What was put right on a page: one sign for another, joined, split, taken away, added."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.box import Box, enclosing
from core.glyph import Glyph, make_tile
from core.page_corrections import PageCorrection, corrected
from core.prediction import Candidate
from core.reading import ReadGlyph, Reading, ReadLine, ReadWord

WIDTH, HEIGHT, STEP, GAP, LINE = 20, 30, 26, 24, 60
"""Of a sign; from one sign to the next; more between words; from line to line."""


def bar(width: int = 8, height: int = 30) -> np.ndarray:
    return make_tile(np.full((height, width), 255, np.uint8))


def page(*lines: str, left: float = 0.0, top: float = 0.0) -> Reading:
    """A page whose lines say this, each sign where `place` says."""
    return Reading("x.png", 1, 2000, 2000, "glyphnet", "ascii94", lines_of(lines, left, top))


def lines_of(lines: tuple[str, ...], left: float = 0.0, top: float = 0.0, first: int = 0):
    made = []
    for number, text in enumerate(lines):
        words, at = [], left
        for index, word in enumerate(text.split()):
            glyphs = []
            for sign in word:
                box = Box(at, top + number * LINE, WIDTH, HEIGHT)
                candidates = (Candidate(sign, 0.5), Candidate("?", 0.2))
                glyph = Glyph(bar(), box, first + number, index)
                glyphs.append(ReadGlyph(sign, 0.5, candidates, glyph))
                at += STEP
            words.append(ReadWord(tuple(glyphs)))
            at += GAP
        made.append(ReadLine(tuple(words)))
    return tuple(made)


def around(reading: Reading, *indices: int) -> Box:
    return enclosing(reading.glyphs[index].box for index in indices)


def put(reading: Reading, *told: tuple[Box, str]) -> Reading:
    return corrected(reading, [PageCorrection(box, text) for box, text in told])


# --- one for another ---


def test_a_sign_gives_way_to_another():
    before = page("HE11O", "YOU")
    after = put(before, (around(before, 2), "L"), (around(before, 3), "L"))
    assert after.text == "HELLO\nYOU"
    told = after.glyphs[2]
    assert (told.told, told.confidence, told.stray) == (True, 1.0, False)
    assert told.candidates == before.glyphs[2].candidates
    assert told.box == before.glyphs[2].box
    assert np.array_equal(told.glyph.tile, before.glyphs[2].glyph.tile)
    assert after.glyphs[0] is before.glyphs[0]


def test_what_was_accepted_is_as_it_was_read_and_sure():
    before = page("A")
    assert put(before, (around(before, 0), "A")).glyphs[0].told


def test_nothing_put_right_leaves_the_reading():
    before = page("AB")
    assert corrected(before, []) is before


def test_the_reading_itself_is_not_changed():
    before = page("AB CD")
    put(before, (around(before, 0), "X"), (around(before, 1, 2), ""))
    assert before.text == "AB CD"


def test_the_later_counts():
    before = page("A")
    box = around(before, 0)
    assert put(before, (box, "B"), (box, "C")).text == "C"
    assert put(before, (box, ""), (box, "D")).text == "D"


def test_the_same_signs_found_a_little_elsewhere_are_put_right_too():
    """As by another model, or after other steps of the cleaning."""
    told = around(page("AB"), 1)
    assert put(page("AB", left=3, top=-2), (told, "X")).text == "AX"


# --- several for one, one for several ---


def test_two_glyphs_are_joined():
    before = page("I3ELL")
    after = put(before, (around(before, 0, 1), "B"))
    assert after.text == "BELL"
    assert after.glyphs[0].box == around(before, 0, 1)
    assert after.glyphs[0].candidates == (Candidate("B", 1.0),)


def test_the_tile_of_joined_glyphs_shows_them_all():
    before = page("II")
    tile = put(before, (around(before, 0, 1), "H")).glyphs[0].glyph.tile
    columns = tile.max(0) > 0.5
    # a bar, nothing, a bar
    assert np.count_nonzero(np.diff(columns.astype(int)) == 1) == 2


def test_a_glyph_is_split_into_even_parts():
    before = page("BURM")
    after = put(before, (around(before, 3), "rn"))
    assert after.text == "BURrn"
    boxes = [glyph.box for glyph in after.glyphs[3:]]
    assert boxes == [
        Box(3 * STEP, 0, WIDTH / 2, HEIGHT),
        Box(3 * STEP + WIDTH / 2, 0, WIDTH / 2, HEIGHT),
    ]
    assert len(after.lines[0].words) == 1
    assert all(glyph.glyph.tile.max() > 0 for glyph in after.glyphs[3:])


def sides(tile: np.ndarray) -> tuple[int, int]:
    """Width and height of what a tile shows."""
    _, _, width, height = cv2.boundingRect((tile > 0.5).astype(np.uint8))
    return width, height


@pytest.fixture
def bar_with_arm() -> Reading:
    """One glyph, 20 x 30: a bar on the left, and an arm from it to the right."""
    ink = np.zeros((30, 20), np.uint8)
    ink[:, :6] = 255
    ink[12:18, :] = 255
    read = ReadGlyph("M", 0.5, (), Glyph(make_tile(ink), Box(0, 0, 20, 30)))
    return Reading("x", 1, 99, 99, "m", "a", (ReadLine((ReadWord((read,)),)),))


def test_the_parts_of_a_split_show_their_own_ink(bar_with_arm):
    left, right = put(bar_with_arm, (Box(0, 0, 20, 30), "|-")).glyphs
    width, height = sides(left.glyph.tile)
    assert height > width
    width, height = sides(right.glyph.tile)
    assert width > height


def test_a_box_within_a_glyph_shows_what_is_in_it(bar_with_arm):
    for told in put(bar_with_arm, (Box(9, 0, 9, 30), "--")).glyphs:
        width, height = sides(told.glyph.tile)
        assert height < 2 * width  # half of the arm, and nothing of the bar


def test_a_box_within_a_glyph_takes_its_place():
    before = page("M")
    box = Box(2, 0, 9, HEIGHT)
    after = put(before, (box, "r"), (Box(11, 0, 9, HEIGHT), "n"))
    assert after.text == "rn"


def test_of_glyphs_one_over_the_other_the_smaller_gives_way():
    wide = ReadGlyph("T", 0.5, (), Glyph(bar(), Box(0, 0, 60, 40)))
    small = ReadGlyph("o", 0.5, (), Glyph(bar(), Box(30, 15, 25, 25)))
    reading = Reading("x", 1, 99, 99, "m", "a", (ReadLine((ReadWord((wide, small)),)),))
    assert put(reading, (small.box, "e")).text == "Te"
    assert put(reading, (Box(32, 17, 8, 8), "e")).text == "Te"


def test_words_are_parted_by_a_blank_and_joined_without():
    before = page("ABCD EF")
    assert put(before, (around(before, 1, 2), "B C")).text == "AB CD EF"
    assert put(before, (around(before, 3, 4), "DE")).text == "ABCDEF"
    assert put(before, (around(before, 3, 4), "D E")).text == "ABCD EF"


def test_an_accent_is_part_of_its_letter():
    before = page("E")
    after = put(before, (around(before, 0), "E\N{COMBINING ACUTE ACCENT}"))
    assert after.text == "\N{LATIN CAPITAL LETTER E WITH ACUTE}"
    assert len(after.glyphs) == 1


# --- taken away ---


@pytest.mark.parametrize(
    ("gone", "text"),
    [
        ((0,), "B CD\nE"),
        ((1,), "A CD\nE"),
        ((2,), "AB D\nE"),
        ((1, 2), "A D\nE"),
        ((2, 3), "AB\nE"),
        ((4,), "AB CD"),
        ((0, 1, 2, 3), "E"),
    ],
)
@pytest.mark.parametrize("nothing", ["", "  "])
def test_glyphs_are_taken_away(gone, text, nothing):
    before = page("AB CD", "E")
    assert put(before, (around(before, *gone), nothing)).text == text


def test_all_of_a_page_may_be_taken_away():
    before = page("AB", "C")
    after = put(before, (Box(-9, -9, 900, 900), ""))
    assert after.nothing_here
    assert after.text == ""


def test_nothing_is_taken_from_empty_ground():
    before = page("AB")
    assert put(before, (Box(500, 500, 20, 20), "")).text == "AB"


# --- added ---


def test_a_sign_is_added_within_a_word():
    before = page("AB")
    assert put(before, (Box(WIDTH, 0, 5, HEIGHT), "i")).text == "AiB"


def test_a_sign_is_added_at_the_end_and_before_the_beginning():
    before = page("BC")
    assert put(before, (Box(2 * STEP, 0, WIDTH, HEIGHT), "D")).text == "BCD"
    assert put(before, (Box(-STEP, 0, WIDTH, HEIGHT), "A")).text == "ABC"


def test_between_words_it_joins_the_nearer_one():
    before = page("AB CD")
    gap = 2 * STEP - (STEP - WIDTH)  # where the first word ends
    assert put(before, (Box(gap + 2, 0, 8, HEIGHT), ".")).text == "AB. CD"
    assert put(before, (Box(gap + 12, 0, 8, HEIGHT), "(")).text == "AB (CD"
    assert put(before, (Box(gap + 20, 0, 8, HEIGHT), "(")).text == "AB (CD"


def test_far_from_all_words_it_is_a_word_of_its_own():
    before = page("AB CD")
    assert put(before, (Box(400, 0, WIDTH, HEIGHT), "E")).text == "AB CD E"
    assert put(before, (Box(-100, 0, WIDTH, HEIGHT), "Z")).text == "Z AB CD"


def test_between_lines_it_goes_to_the_one_it_stands_on():
    before = page("AB", "CD", "EF")
    assert put(before, (Box(2 * STEP, LINE + 4, WIDTH, HEIGHT), "X")).text == "AB\nCDX\nEF"


def test_below_and_above_all_lines_it_is_a_line_of_its_own():
    before = page("AB", "CD")
    assert put(before, (Box(0, 200, WIDTH, HEIGHT), "X Y")).text == "AB\nCD\nX Y"
    assert put(before, (Box(0, -200, WIDTH, HEIGHT), "X")).text == "X\nAB\nCD"


def test_a_line_of_its_own_comes_after_the_one_above_it_in_its_column():
    left, right = lines_of(("AB", "CD")), lines_of(("EF",), left=600, first=2)
    reading = Reading("x", 1, 999, 999, "m", "a", (*left, *right))
    assert put(reading, (Box(0, 200, WIDTH, HEIGHT), "X")).text == "AB\nCD\nX\nEF"
    assert put(reading, (Box(600, 200, WIDTH, HEIGHT), "X")).text == "AB\nCD\nEF\nX"


def test_a_line_that_slants_is_met_at_its_own_height():
    """Its upright box holds others' places; its nearest glyph does not."""
    glyphs = [
        ReadGlyph(sign, 0.5, (), Glyph(bar(), Box(n * STEP, n * 12, WIDTH, HEIGHT)))
        for n, sign in enumerate("ABCDEFGH")
    ]
    reading = Reading("x", 1, 999, 999, "m", "a", (ReadLine((ReadWord(tuple(glyphs)),)),))
    after = put(reading, (Box(8 * STEP, 8 * 12, WIDTH, HEIGHT), "X"))
    assert after.text == "ABCDEFGHX"
    assert put(reading, (Box(0, 7 * 12, WIDTH, HEIGHT), "Y")).text == "ABCDEFGH\nY"


def test_where_nothing_was_read_there_is_a_first_line():
    empty = page()
    after = put(empty, (Box(5, 5, 40, 20), "hi you"))
    assert after.text == "hi you"
    assert after.glyphs[0].glyph.tile.max() == 0


# --- what holds always ---

boxes = st.builds(
    Box,
    st.floats(-50, 400),
    st.floats(-50, 250),
    st.floats(0, 200),
    st.floats(0, 120),
)
texts = st.text("ab ?\u0301", max_size=5)
several = st.lists(st.builds(PageCorrection, boxes, texts), max_size=6)


@given(several)
def test_glyphs_know_their_lines_and_words_whatever_is_told(told):
    after = corrected(page("AB CDE", "F G", "HIJ"), told)
    for number, line in enumerate(after.lines):
        for at, word in enumerate(line.words):
            for glyph in word.glyphs:
                assert (glyph.glyph.line, glyph.glyph.word) == (number, at)
    assert all(glyph.confidence == 1 for glyph in after.glyphs if glyph.told)
    assert after.text.split() == [w.text for line in after.lines for w in line.words]


@given(several, boxes.filter(lambda box: box.width > 1 and box.height > 1))
def test_what_was_told_last_of_a_place_is_there(told, box):
    after = corrected(page("AB CDE", "F G"), [*told, PageCorrection(box, "Zz")])
    mine = [glyph for glyph in after.glyphs if glyph.told and glyph.text in "Zz"]
    assert [glyph.text for glyph in mine] == ["Z", "z"]
    whole = enclosing(glyph.box for glyph in mine)
    assert whole.x == pytest.approx(box.x)
    assert whole.right == pytest.approx(box.right)


@given(several)
def test_told_twice_is_told_once(told):
    """Of places where something stands: what is added to empty ground is then found there."""
    once = corrected(page("AB CDE", "F G"), told)
    box = once.glyphs[0].box if once.glyphs else Box(0, 0, 9, 9)
    again = PageCorrection(box, "X")
    one = corrected(once, [again])
    assert corrected(one, [again]).text == one.text
