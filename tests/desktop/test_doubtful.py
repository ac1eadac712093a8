"""The list of what was read in doubt: walked through, and put right, with the keyboard alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QIcon, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.box import Box
from core.glyph import TILE_SIZE, Glyph
from core.page_corrections import PageCorrection, corrected
from core.picture import Picture
from core.prediction import Candidate
from core.reading import ReadGlyph, Reading, ReadLine, ReadWord
from desktop.pages.doubtful import CROP, DoubtfulList, crop, doubts
from desktop.reading.confidence import DOUBTFUL, GRADES
from tests.desktop.desk import pixels_of_image

KEY = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


def read(*line: tuple[str, float], stray: tuple[int, ...] = ()) -> Reading:
    """A line of signs, each 40 x 60 pixels and 60 from the next, with how sure each is."""
    glyphs = []
    for at, (sign, sure) in enumerate(line):
        tile = np.zeros((TILE_SIZE, TILE_SIZE), np.float32)
        candidates = tuple(Candidate(each, 0.1) for each in (sign, "5", "S", "&", "b", "w"))
        place = Glyph(tile, Box(100 + 60 * at, 100, 40, 60))
        glyphs.append(ReadGlyph(sign, sure, candidates, place, stray=at in stray))
    lines = (ReadLine((ReadWord(tuple(glyphs)),)),)
    return Reading("page", 1, 1200, 400, "glyphnet", "ascii94", lines)


FIVE = (("A", 0.5), ("B", 0.99), ("C", 0.1), ("D", 0.3), ("E", DOUBTFUL))
"""In doubt: A, C and D, the worst of which is C."""


@pytest.fixture(scope="module")
def picture() -> Picture:
    pixels = np.full((400, 1200, 3), 255, np.uint8)
    for at in range(10):
        pixels[100:160, 100 + 60 * at : 140 + 60 * at] = 25 * at
    return Picture(pixels, "page")


class Walk:
    """The list with what the program does about it: each correction makes another reading."""

    def __init__(self, picture: Picture, reading: Reading) -> None:
        self.list = DoubtfulList()
        self.list.resize(300, 500)
        self.picture, self.first = picture, reading
        self.told: list[PageCorrection] = []
        self.selected: list[int] = []
        self.list.corrected.connect(self._take)
        self.list.glyphSelected.connect(self.selected.append)
        self.list.show_doubtful(picture, reading)

    def _take(self, correction: PageCorrection) -> None:
        self.told.append(correction)
        self.list.show_doubtful(self.picture, corrected(self.first, self.told))

    def press(self, key: Qt.Key, keys=Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.list.list, key, keys)

    def type(self, text: str) -> None:
        QTest.keyClicks(self.list.list, text)

    @property
    def now(self) -> str | None:
        return self.list.current and self.list.current.glyph.text

    @property
    def all(self) -> str:
        return "".join(one.glyph.text for one in self.list.model.doubts)

    @property
    def texts(self) -> list[str]:
        return [one.text for one in self.told]


@pytest.fixture
def walk(qtbot, qapp, picture):
    walk = Walk(picture, read(*FIVE))
    qtbot.addWidget(walk.list)
    walk.list.show()
    qtbot.waitExposed(walk.list)
    walk.list.activateWindow()
    walk.list.list.setFocus()
    return walk


# --- what is in it ---


def test_the_worst_is_first(walk):
    assert walk.all == "CDA"
    assert walk.now == "C"


def test_or_the_order_of_the_page(walk):
    QTest.keyClick(walk.list.order_box, KEY.Key_Down)
    assert walk.all == "ACD"
    assert walk.now == "C"  # it stays the current one


def test_what_is_perhaps_no_character_comes_first():
    reading = read(("A", 0.2), ("B", 0.9), stray=(1,))
    assert [one.index for one in doubts(reading, worst_first=True)] == [1, 0]


def test_what_someone_said_is_in_doubt_no_more():
    reading = read(("A", 0.2))
    told = [PageCorrection(reading.glyphs[0].box, "A")]
    assert doubts(corrected(reading, told), worst_first=True) == ()


def test_how_many_are_left_is_said(walk):
    counted = walk.list.count_label
    assert counted.text() == "In doubt: 3"
    walk.press(KEY.Key_Return)
    assert counted.text() == "In doubt: 2"
    walk.press(KEY.Key_Return)
    walk.press(KEY.Key_Return)
    assert counted.text() == "Nothing is in doubt"
    assert not walk.list.list.isEnabled()
    walk.list.show_doubtful(None, None)
    assert counted.text() == ""


# --- the keyboard alone ---


def test_enter_accepts_and_goes_on(walk):
    walk.press(KEY.Key_Return)
    walk.press(KEY.Key_Enter)
    assert walk.texts == ["C", "D"]
    assert walk.told[0].box == Box(220, 100, 40, 60)
    assert walk.now == "A"


def test_a_typed_sign_puts_right_and_goes_on(walk):
    walk.type("x5n")
    assert walk.texts == ["x", "5", "n"]
    assert walk.now is None


def test_letters_and_digits_are_signs_and_never_commands(walk):
    walk.type("1")
    assert walk.texts == ["1"]
    assert walk.now == "D"


def test_alt_and_a_digit_choose_a_candidate(walk):
    walk.press(KEY.Key_3, ALT)
    walk.press(KEY.Key_1, ALT)
    walk.press(KEY.Key_6, ALT)  # six there are, but five are offered
    assert walk.texts == ["S", "D"]


@pytest.mark.parametrize("key", [KEY.Key_Delete, KEY.Key_Backspace])
def test_delete_takes_the_character_away(walk, key):
    walk.press(key)
    assert walk.texts == [""]
    assert walk.all == "DA"


def test_the_arrow_keys_go_on_and_back(walk):
    visited = []
    for key in (KEY.Key_Down, KEY.Key_Down, KEY.Key_Down, KEY.Key_Up):
        walk.press(key)
        visited.append(walk.now)
    assert visited == ["D", "A", "A", "D"]
    assert walk.told == []
    assert walk.selected == [3, 0, 3]


def test_what_was_passed_over_stays_and_the_next_is_the_one_after_it(walk):
    walk.press(KEY.Key_Down)
    walk.type("x")
    assert walk.all == "CA"
    assert walk.now == "A"
    walk.type("y")
    assert walk.now == "C"


def test_the_field_takes_several_signs(walk):
    walk.list.field.setFocus()
    QTest.keyClicks(walk.list.field, "rn")
    QTest.keyClick(walk.list.field, KEY.Key_Return)
    assert walk.texts == ["rn"]
    assert walk.list.field.text() == ""
    QTest.keyClick(walk.list.field, KEY.Key_Return)
    assert walk.texts == ["rn"]


@pytest.mark.parametrize("key", [KEY.Key_Return, KEY.Key_Delete, KEY.Key_X])
def test_its_keys_come_before_actions_on_the_same_keys(walk, key):
    text = "x" if key == KEY.Key_X else ""
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier, text)
    event.ignore()
    QApplication.sendEvent(walk.list.list, event)
    assert event.isAccepted()
    assert walk.told == []


def test_keys_with_control_are_the_windows(walk):
    event = QKeyEvent(QEvent.Type.ShortcutOverride, KEY.Key_X, Qt.KeyboardModifier.ControlModifier)
    event.ignore()
    QApplication.sendEvent(walk.list.list, event)
    assert not event.isAccepted()


def test_tab_leads_out(walk):
    walk.press(KEY.Key_Tab)
    assert QApplication.focusWidget() is not walk.list.list
    assert walk.told == []


# --- each side follows the other ---


def test_beginning_tells_of_the_first(walk):
    walk.list.begin()
    assert walk.selected == [2]
    assert walk.list.list.hasFocus()


def test_what_is_selected_elsewhere_is_the_current_one_and_is_not_told_again(walk):
    walk.list.select(0)
    assert walk.now == "A"
    walk.list.select(1)  # it is in no doubt
    assert walk.now == "A"
    walk.list.select(None)
    assert walk.now == "A"
    assert walk.selected == []


def test_another_page_begins_with_its_first(walk, picture):
    walk.press(KEY.Key_Down)
    other = Picture(picture.pixels, "other")
    walk.list.show_doubtful(other, read(("Q", 0.3), ("R", 0.2)))
    assert walk.all == "RQ"
    assert walk.now == "R"


def test_the_current_one_stays_when_the_page_is_read_again(walk, picture):
    walk.press(KEY.Key_Down)
    again = read(*(("Z" if sign == "D" else sign, sure) for sign, sure in FIVE))
    walk.list.show_doubtful(picture, again)
    assert walk.now == "Z"


# --- what is seen and told ---


def test_each_shows_its_piece_of_the_picture(walk):
    icon = walk.list.model.index(0).data(Qt.ItemDataRole.DecorationRole)
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
        pixels = pixels_of_image(icon.pixmap(CROP, mode).toImage())
        height, width = pixels.shape[:2]
        assert (height, width) == (CROP.height(), CROP.width())
        assert np.abs(pixels[height // 2, width // 2] - 50).max() <= 1


def test_its_box_has_the_colour_of_its_confidence(picture):
    glyph = read(*FIVE).glyphs[2]
    pixels = pixels_of_image(crop(picture.pixels, glyph, CROP).toImage())
    colours = {tuple(colour) for colour in pixels.reshape(-1, 3).tolist()}
    wanted = GRADES[0].colour
    assert tuple(int(wanted[at : at + 2], 16) for at in (1, 3, 5)) in colours


@pytest.mark.parametrize(
    "box",
    [
        Box(0, 0, 3, 3),
        Box(1190, 390, 30, 30),
        Box(-50, -50, 10, 10),
        Box(5000, 5000, 10, 10),
        Box(10, 10, 0, 0),
        Box(0, 100, 1200, 3),
        Box(100, 0, 2, 400),
    ],
)
def test_a_piece_at_the_edge_or_beyond_is_shown_too(picture, box):
    glyph = read(("A", 0.2)).glyphs[0]
    glyph = replace(glyph, glyph=replace(glyph.glyph, box=box))
    assert crop(picture.pixels, glyph, CROP).size() == CROP


def test_a_screen_reader_is_told_what_it_is_and_how_many_are_left(walk):
    told = QAccessible.queryAccessibleInterface(walk.list.list)
    assert told.role() == QAccessible.Role.List
    assert told.text(QAccessible.Text.Name) == "Characters in doubt"
    assert told.text(QAccessible.Text.Description) == "In doubt: 3"
    assert told.child(0).text(QAccessible.Text.Name) == "C, 10 %"
    for control in (walk.list.field, walk.list.order_box):
        assert control.accessibleName()
        assert control.toolTip()


def test_the_keys_of_the_candidates_are_shown(walk):
    assert walk.list.choices_label.text().startswith("Alt+1: C   Alt+2: 5")
    walk.press(KEY.Key_Down)
    assert walk.list.choices_label.text().startswith("Alt+1: D")


def test_a_page_of_noise_is_no_burden(walk, picture):
    many = read(*((chr(65 + n % 26), 0.1) for n in range(5000)))
    walk.list.show_doubtful(picture, many)
    walk.press(KEY.Key_End)
    assert walk.list.current.index == 4999
    assert len(walk.list.model._crops) < 100  # only what was seen
