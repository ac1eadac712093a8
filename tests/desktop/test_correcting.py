"""Words on the pad: read as they grow, walked through, and put right."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from core.corrections import Correction
from core.ink import Ink, Stroke
from core.inkml import read_inkml_document, write_inkml
from core.pen_reading import PenReader
from desktop.hand.pen import Tool
from desktop.keeping.keeper import Mailbox, Snapshot
from desktop.pad.tool_actions import choose
from tests.core.handwriting import written
from tests.desktop.conftest import ANSWER_TIMEOUT

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def write(program, answered) -> Callable[..., None]:
    """Writes text with the mouse, every stroke with real events, and waits for the answer."""

    def draw(text: str, *, x: float = 30, y: float = 40, size: float = 60) -> None:
        draw_ink(program.window.canvas, written(text, size=size), x, y)
        answered()

    return draw


def draw_ink(canvas, ink: Ink, x: float = 0, y: float = 0) -> None:
    for stroke in ink.strokes:
        places = [QPoint(round(x + u), round(y + v)) for u, v in stroke.xy.tolist()]
        QTest.mousePress(canvas, LEFT, pos=places[0])
        for start, end in pairwise(places):
            QTest.mouseMove(canvas, (start + end) / 2)
            QTest.mouseMove(canvas, end)
        QTest.mouseRelease(canvas, LEFT, pos=places[-1])


def text_of(program) -> str:
    return program.window.panel.text.toPlainText()


def marked(program) -> str:
    (mark,) = program.window.panel.text.extraSelections()
    return mark.cursor.selectedText()


def test_text_grows_with_the_ink(program, write):
    write("HA")
    assert text_of(program) == "HA"
    write("T", x=150)
    assert text_of(program) == "HAT"
    write("47", y=170)
    assert text_of(program) == "HAT\n47"
    assert marked(program) == "7"


def test_the_newest_character_is_shown_wherever_it_stands(program, write):
    write("A T")
    write("H", x=85)
    assert text_of(program).replace(" ", "") == "AHT"
    assert marked(program) == "H"


def test_a_candidate_that_is_chosen_changes_the_text(program, write, answered):
    write("HAT")
    program.window.previous_glyph_action.trigger()
    assert marked(program) == "A"
    chart = program.window.panel.chart
    other = chart.model().index(1)
    label = other.data()
    QTest.mouseClick(chart.viewport(), LEFT, pos=chart.visualRect(other).center())
    answered()
    assert text_of(program) == f"H{label}T"
    assert "as you said" in program.window.panel.summary.text()
    assert marked(program) == label
    program.window.undo_action.trigger()
    answered()
    assert text_of(program) == "HAT"
    program.window.redo_action.trigger()
    answered()
    assert text_of(program) == f"H{label}T"
    program.window.read_again_action.trigger()
    answered()
    assert text_of(program) == "HAT"


def start_another(program, build, qtbot):
    """Ends a program, and starts another on the same files; its model is ready, its pad read."""
    program.window.close()
    program.close()
    another = build()
    with qtbot.waitSignal(another.recogniser.ready, timeout=ANSWER_TIMEOUT):
        another.start()
    return another


def say(program, answered, text: str) -> None:
    """Chooses what the selected character is, among its candidates."""
    chart = program.window.panel.chart
    labels = [chart.model().index(row).data() for row in range(chart.model().rowCount())]
    place = chart.visualRect(chart.model().index(labels.index(text))).center()
    QTest.mouseClick(chart.viewport(), LEFT, pos=place)
    answered()


def test_what_was_put_right_is_still_right_at_the_next_start(
    program, build, write, answered, qtbot
):
    write("HAT")
    program.window.previous_glyph_action.trigger()
    say(program, answered, "R")
    assert text_of(program) == "HRT"
    again = start_another(program, build, qtbot)
    qtbot.waitUntil(lambda: text_of(again) == "HRT", timeout=ANSWER_TIMEOUT)
    assert not again.pad.history.canUndo()
    again.reader.select(1)
    assert "as you said" in again.window.panel.summary.text()
    draw_ink(again.window.canvas, written("47", size=60), x=30, y=170)
    qtbot.waitUntil(lambda: text_of(again) == "HRT\n47", timeout=ANSWER_TIMEOUT)
    while again.pad.history.canUndo():
        again.window.undo_action.trigger()
    qtbot.waitUntil(lambda: text_of(again) == "HRT", timeout=ANSWER_TIMEOUT)
    again.reader.select(1)
    again.window.read_again_action.trigger()
    qtbot.waitUntil(lambda: text_of(again) == "HAT", timeout=ANSWER_TIMEOUT)
    again.window.undo_action.trigger()
    qtbot.waitUntil(lambda: text_of(again) == "HRT", timeout=ANSWER_TIMEOUT)
    again.window.redo_action.trigger()
    last = start_another(again, build, qtbot)
    qtbot.waitUntil(lambda: text_of(last) == "HAT", timeout=ANSWER_TIMEOUT)


def test_what_was_put_right_about_ink_that_was_moved_is_kept_with_it(
    program, build, write, answered, qtbot
):
    write("HAT")
    program.window.previous_glyph_action.trigger()
    say(program, answered, "R")
    shift = np.array([40, 60, 0, 0], np.float32)
    moved = {each: each.with_points(each.points + shift) for each in program.pad.ink.strokes}
    program.pad.move(moved, "move")
    again = start_another(program, build, qtbot)
    qtbot.waitUntil(lambda: text_of(again) == "HRT", timeout=ANSWER_TIMEOUT)


def test_a_past_pad_comes_with_what_was_put_right(program, write, answered, qtbot, monkeypatch):
    write("HAT")
    program.window.previous_glyph_action.trigger()
    say(program, answered, "R")
    program.window.clear_action.trigger()
    write("47")
    keeper = program.past_pads._keeper
    with qtbot.waitSignal(keeper.found, timeout=ANSWER_TIMEOUT) as found:
        keeper.search("hrt")
    (entry,) = found.args[0].entries
    kept: list[Snapshot] = []
    put = Mailbox.put

    def noting(self, snapshot: Snapshot) -> None:
        kept.append(snapshot)
        put(self, snapshot)

    monkeypatch.setattr(Mailbox, "put", noting)
    with qtbot.waitSignal(program.past_pads.opened, timeout=ANSWER_TIMEOUT):
        keeper.open_pad(entry.id)
    answered()
    assert text_of(program) == "HRT"
    program.window.undo_action.trigger()
    answered()
    assert text_of(program) == "47"
    program.window.redo_action.trigger()
    answered()
    assert text_of(program) == "HRT"
    # at no moment was that pad kept without it
    with_it = [
        any(set(each.ink.strokes).issuperset(said.strokes) for said in each.corrections)
        for each in kept
        if each.pad == entry.id
    ]
    assert len(with_it) >= 2
    assert all(with_it)


def save(program, path, qtbot) -> None:
    with qtbot.waitSignal(program.rooms.outgoing.saver.saved, timeout=ANSWER_TIMEOUT):
        program.rooms.outgoing.save_ink(path)


def test_a_file_of_ink_takes_along_what_was_put_right(program, write, answered, qtbot, tmp_path):
    write("HAT")
    program.window.previous_glyph_action.trigger()
    say(program, answered, "R")
    path = tmp_path / "hat.inkml"
    save(program, path, qtbot)
    program.window.clear_action.trigger()
    write("47")
    with qtbot.waitSignal(program.documents.inkOpened, timeout=ANSWER_TIMEOUT):
        program.documents.open_files([path])
    answered()
    assert text_of(program) == "HRT"
    program.window.undo_action.trigger()
    answered()
    assert text_of(program) == "47"
    program.window.redo_action.trigger()
    answered()
    assert text_of(program) == "HRT"


def test_what_was_put_right_follows_ink_that_is_moved_onto_the_pad(
    program, answered, qtbot, tmp_path
):
    ink = Ink(tuple(Stroke.through(s.xy - np.float32(900)) for s in written("HAT").strokes))
    path = tmp_path / "far.inkml"
    write_inkml(ink, path, (Correction(ink.strokes[3:5], "R"),))
    with qtbot.waitSignal(program.documents.inkOpened, timeout=ANSWER_TIMEOUT):
        program.documents.open_files([path])
    answered()
    assert program.pad.ink.box.x >= 0
    assert text_of(program) == "HRT"
    save(program, path, qtbot)
    (correction,) = read_inkml_document(path).corrections
    assert correction.text == "R"


def test_candidates_are_chosen_with_the_keyboard(program, write, answered):
    write("HAT")
    chart = program.window.panel.chart
    chart.setFocus()
    chart.setCurrentIndex(chart.model().index(0))
    QTest.keyClick(chart, Qt.Key.Key_Down)
    label = chart.currentIndex().data()
    QTest.keyClick(chart, Qt.Key.Key_Return)
    answered()
    assert text_of(program) == f"HA{label}"


def test_a_click_on_a_character_shows_it(program, write):
    write("HAT")
    choose(program.window.tools.tool_group, Tool.SELECT)
    program.window.tools.toolChosen.emit(Tool.SELECT)
    box = program.reader.boxes[0]
    place = QPoint(round(box.centre[0]), round(box.centre[1]))
    QTest.mouseClick(program.window.canvas, LEFT, pos=place)
    assert marked(program) == "H"
    assert program.pad.count() == len(written("HAT").strokes)


def test_a_place_in_the_text_shows_its_character(program, write):
    write("HAT 47")
    text = program.window.panel.text
    text.setFocus()
    QTest.keyClick(text, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(text, Qt.Key.Key_Right)
    assert program.reader.glyph.text == "A"


def test_characters_are_joined_and_split(program, write, answered):
    write("HAT")
    program.window.next_glyph_action.trigger()
    for _ in range(2):
        program.window.previous_glyph_action.trigger()
    count = len(program.reader.reading.glyphs)
    program.window.join_action.trigger()
    answered()
    assert len(program.reader.reading.glyphs) == count - 1
    assert len(program.reader.glyph.glyph.strokes) == 5
    program.window.split_action.trigger()
    answered()
    assert len(program.reader.reading.glyphs) == count
    for _ in range(2):
        program.window.undo_action.trigger()
    answered()
    assert text_of(program) == "HAT"


def test_only_what_can_be_done_is_offered(program, write):
    window = program.window
    assert not any(
        action.isEnabled()
        for action in (window.join_action, window.split_action, window.delete_glyph_action)
    )
    write("HL")
    assert text_of(program) == "HL"
    assert window.delete_glyph_action.isEnabled()
    assert not window.join_action.isEnabled()
    assert not window.split_action.isEnabled()
    window.previous_glyph_action.trigger()
    assert window.join_action.isEnabled()
    assert window.split_action.isEnabled()


def test_a_character_is_deleted_and_comes_back(program, write, answered):
    write("HAT")
    program.window.delete_glyph_action.trigger()
    answered()
    assert text_of(program) == "HA"
    program.window.undo_action.trigger()
    answered()
    assert text_of(program) == "HAT"


def test_striking_characters_through_deletes_them(program, write, answered):
    write("HAT 47")
    box = program.reader.boxes[3]
    other = program.reader.boxes[4]
    count = program.pad.count()
    canvas = program.window.canvas
    y = round(box.centre[1])
    places = [QPoint(round(x), y) for x in (box.x - 20, other.right + 25)]
    QTest.mousePress(canvas, LEFT, pos=places[0])
    for step in range(1, 10):
        QTest.mouseMove(canvas, places[0] + (places[1] - places[0]) * step / 10)
    QTest.mouseRelease(canvas, LEFT, pos=places[1])
    answered()
    assert text_of(program) == "HAT"
    program.window.undo_action.trigger()
    assert program.pad.count() == count + 1
    program.window.undo_action.trigger()
    answered()
    assert text_of(program) == "HAT 47"


def test_guide_lines_reach_the_reading(program, write, answered):
    program.window.tools.guides_action.setChecked(True)
    assert program.tools.guides is not None
    guides = program.tools.guides
    for height in (guides.x_height, guides.capital_height):
        program.window.clear_action.trigger()
        base = guides.baseline(1)
        # the o of the tests is 0.58 of a capital high, from 0.43 to 1.01
        write("o", x=60, y=base - 1.01 * height / 0.58, size=height / 0.58)
        expected = "o" if height == guides.x_height else "O"
        assert text_of(program) in {expected, "0" if expected == "O" else expected}


def test_each_new_word_goes_to_the_clipboard_when_it_is_wanted(program, write, qtbot):
    QGuiApplication.clipboard().setText("before")
    program.window.copy_words_action.setChecked(True)
    with qtbot.waitSignal(program.rooms.outgoing.word_copier.wordFinished, timeout=ANSWER_TIMEOUT):
        write("HAT")
    assert QGuiApplication.clipboard().text() == "HAT"
    with qtbot.waitSignal(program.rooms.outgoing.word_copier.wordFinished, timeout=ANSWER_TIMEOUT):
        write("47", y=170)
    assert QGuiApplication.clipboard().text() == "47"
    program.window.copy_words_action.setChecked(False)
    write("A", x=250)
    assert QGuiApplication.clipboard().text() == "47"


def test_only_what_is_new_is_looked_at(program, write, monkeypatch):
    looked: list[int] = []
    read = PenReader.read

    def counting(self, *args, **options):
        lines = read(self, *args, **options)
        looked.append(self.looked_at)
        return lines

    write("HAT 324 EEL")
    monkeypatch.setattr(PenReader, "read", counting)
    write("7", y=170)
    # a stroke that grows is another one each time it is looked at
    assert max(looked) < 12
