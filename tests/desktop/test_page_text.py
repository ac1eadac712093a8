"""The text beside a page: as high as there is room, its doubtful signs marked, put right on it."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.box import Box
from core.glyph import TILE_SIZE, Glyph
from core.prediction import Candidate
from core.reading import ReadGlyph, Reading, ReadLine, ReadWord
from desktop.look.theme import SHAPE_CONTRAST, apply_theme, contrast
from desktop.reading.result_panel import ResultPanel

KEY = Qt.Key


def read(*lines: str, doubtful: str = "") -> Reading:
    """A page that says this, with signs that were read in doubt."""

    def glyph(sign: str) -> ReadGlyph:
        tile = np.zeros((TILE_SIZE, TILE_SIZE), np.float32)
        candidates = tuple(Candidate(each, 0.1) for each in (sign, "5", "S"))
        sure = 0.4 if sign in doubtful else 0.99
        return ReadGlyph(sign, sure, candidates, Glyph(tile, Box(0, 0, 9, 9)))

    made = [
        ReadLine(tuple(ReadWord(tuple(map(glyph, word))) for word in line.split()))
        for line in lines
    ]
    return Reading("page", 1, 99, 99, "glyphnet", "ascii94", tuple(made))


@pytest.fixture
def panel(qtbot, qapp):
    panel = ResultPanel()
    panel.resize(320, 800)
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitExposed(panel)
    panel.activateWindow()
    panel.show_for(page=True)
    return panel


def marked(panel: ResultPanel) -> str:
    """The signs that are marked as doubtful, line after line."""
    found = ""
    block = panel.text.document().firstBlock()
    while block.isValid():
        for part in block.layout().formats():
            if part.format.underlineStyle() != QTextCharFormat.UnderlineStyle.NoUnderline:
                found += block.text()[part.start : part.start + part.length]
        block = block.next()
    return found


def shown(panel: ResultPanel, reading: Reading, index: int) -> None:
    """As the program shows a selected glyph."""
    panel.show_reading(reading)
    panel.show_glyph(reading.glyphs[index])
    panel.mark(reading.places[index])


@pytest.fixture
def typed(panel):
    told: list[str] = []
    panel.signTyped.connect(told.append)
    return told


def test_the_text_of_a_page_has_room_and_that_of_a_pad_three_lines(panel):
    spacing = panel.text.fontMetrics().lineSpacing()
    assert panel.text.height() > 15 * spacing
    panel.show_for(page=False)
    lines = panel.text.height() / panel.text.fontMetrics().lineSpacing()
    assert 3 <= lines < 4.5
    panel.show_for(page=True)
    assert panel.text.height() > 15 * spacing


def test_the_letters_of_a_pad_are_larger(panel):
    small = panel.text.font().pointSizeF()
    panel.show_for(page=False)
    large = panel.text.font().pointSizeF()
    assert large > small * 1.3
    panel.show_for(page=True)
    assert panel.text.font().pointSizeF() == pytest.approx(small)


def test_doubtful_signs_are_marked(panel):
    panel.show_reading(read("HELLO YOU", "TOO", doubtful="EU"))
    assert marked(panel) == "EU"


def test_marks_follow_a_reading_of_the_same_text(panel):
    panel.show_reading(read("HELLO", doubtful="E"))
    panel.show_reading(read("HELLO", doubtful="O"))
    assert marked(panel) == "O"
    panel.show_reading(read("HELLO"))
    assert marked(panel) == ""


def test_marks_follow_another_text(panel):
    panel.show_reading(read("HELLO", "EE", doubtful="E"))
    panel.show_reading(read("JELLY", doubtful="J"))
    assert marked(panel) == "J"
    panel.show_reading(None)
    assert marked(panel) == ""


def test_on_the_pad_nothing_is_marked(panel):
    panel.show_for(page=False)
    panel.show_reading(read("HELLO", doubtful="E"))
    assert marked(panel) == ""


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_marks_are_seen_in_every_theme(panel, theme):
    try:
        apply_theme(theme)
        QApplication.processEvents()  # widgets get a palette late
        panel.show_reading(read("HELLO", doubtful="E"))
        (part,) = panel.text.document().firstBlock().layout().formats()
        paper = panel.text.palette().base().color()
        assert (paper.lightness() < 100) is (theme != "light")
        assert contrast(part.format.underlineColor(), paper) >= SHAPE_CONTRAST
    finally:
        apply_theme("system")


def test_a_mark_changes_with_the_theme(panel):
    try:
        apply_theme("light")
        panel.show_reading(read("HELLO", doubtful="E"))
        (before,) = panel.text.document().firstBlock().layout().formats()
        light = QColor(before.format.underlineColor())
        apply_theme("contrast")
        QApplication.processEvents()
        (after,) = panel.text.document().firstBlock().layout().formats()
        assert after.format.underlineColor() != light
    finally:
        apply_theme("system")


def test_a_sign_typed_on_the_text_puts_the_selected_one_right(panel, typed):
    shown(panel, read("HE11O"), 2)
    panel.text.setFocus()
    QTest.keyClicks(panel.text, "L5")
    QTest.keyClick(panel.text, KEY.Key_Delete)
    assert typed == ["L", "5", ""]
    assert panel.text.toPlainText() == "HE11O"  # the reading says what stands there


def test_alt_and_a_digit_choose_a_candidate(panel, qtbot):
    shown(panel, read("HELLO"), 2)
    with qtbot.waitSignal(panel.candidateChosen) as told:
        QTest.keyClick(panel.text, KEY.Key_2, Qt.KeyboardModifier.AltModifier)
    assert told.args == ["5"]


def test_the_cursor_still_goes_through_the_text(panel, typed, qtbot):
    shown(panel, read("HELLO"), 0)
    panel.text.setFocus()
    with qtbot.waitSignal(panel.placeChosen) as told:
        QTest.keyClick(panel.text, KEY.Key_Right)
    assert told.args == [1]
    assert typed == []


def test_the_field_takes_several_signs(panel, typed):
    shown(panel, read("BURM"), 3)
    panel.field.setFocus()
    QTest.keyClicks(panel.field, "rn")
    QTest.keyClick(panel.field, KEY.Key_Return)
    QTest.keyClick(panel.field, KEY.Key_Return)
    assert typed == ["rn"]
    assert panel.field.text() == ""


def test_without_a_glyph_nothing_is_told(panel, typed):
    panel.show_reading(read("HELLO"))
    panel.show_glyph(None)
    QTest.keyClicks(panel.text, "x")
    assert not panel.field.isEnabled()
    assert typed == []


def test_on_the_pad_typing_tells_nothing_and_there_is_no_field(panel, typed):
    panel.show_for(page=False)
    shown(panel, read("HELLO"), 0)
    QTest.keyClicks(panel.text, "x")
    assert typed == []
    assert not panel.field.isVisible()


def test_a_sign_of_several_characters_is_marked_whole(panel):
    reading = read("abc")
    wide = ReadGlyph("rn", 0.9, (), reading.glyphs[1].glyph)
    word = ReadWord((reading.glyphs[0], wide, reading.glyphs[2]))
    reading = Reading("x", 1, 9, 9, "m", "a", (ReadLine((word,)),))
    shown(panel, reading, 1)
    (mark,) = panel.text.extraSelections()
    assert mark.cursor.selectedText() == "rn"


def test_a_page_of_text_is_shown_at_once(panel):
    many = read(*("ABCDEFGH IJKLMNOP" for _ in range(200)), doubtful="AEIO")
    panel.show_reading(many)
    assert len(marked(panel)) == 200 * 4


def test_all_that_takes_keys_has_a_name(panel):
    for control in (panel.text, panel.field, panel.chart):
        assert control.accessibleName()
        assert control.toolTip()
