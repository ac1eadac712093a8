"""Opening, dropping and pasting pictures and ink; boxes, and what a bad file does not do."""

from __future__ import annotations

import dataclasses
import threading
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFileOpenEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from core.inkml import INK_MIME, read_inkml, write_inkml
from core.picture_file import PictureFile
from core.reading import Reading
from core.self_check import sample_ink
from desktop.imaging import to_image
from desktop.reading.recognition import Answer
from tests.desktop.conftest import ANSWER_TIMEOUT
from tests.desktop.hands import Hand, sheet_of

TWO_BARS = ((60, 40, 12, 100), (240, 40, 12, 100))


@pytest.fixture
def saved(tmp_path: Path):
    def save(name: str, *boxes: tuple[int, int, int, int]) -> Path:
        path = tmp_path / name
        _, data = cv2.imencode(path.suffix, sheet_of(*boxes).pixels)
        path.write_bytes(data.tobytes())
        return path

    return save


def read_glyphs(program, qtbot, count: int):
    qtbot.waitUntil(
        lambda: program.reader.reading is not None and len(program.reader.reading.glyphs) == count,
        timeout=ANSWER_TIMEOUT,
    )
    return program.reader.reading.glyphs


def drop(program, mime: QMimeData) -> None:
    window = program.window
    place, actions = QPoint(100, 100), Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place, actions, mime, buttons, keys)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(place), actions, mime, buttons, keys))


def test_a_picture_shows_a_box_on_each_character(program, qtbot, saved):
    program.documents.open_files([saved("zwei.png", *TWO_BARS)])
    glyphs = read_glyphs(program, qtbot, 2)
    assert not program.window.shows_pad
    for glyph, (x, y, width, height) in zip(glyphs, TWO_BARS, strict=True):
        assert abs(glyph.box.x - x) <= 2
        assert abs(glyph.box.y - y) <= 2
        assert abs(glyph.box.width - width) <= 4
        assert abs(glyph.box.height - height) <= 4
    assert len(program.window.panel.text.toPlainText().replace(" ", "")) == 2


def test_a_click_on_a_box_shows_its_chart(program, qtbot, saved):
    bar_and_dash = ((60, 40, 12, 100), (200, 84, 90, 12))
    program.documents.open_files([saved("two.png", *bar_and_dash)])
    glyphs = read_glyphs(program, qtbot, 2)
    view, chart = program.window.page_view, program.window.panel.chart
    for index in (1, 0):
        place = view.glyph_rect(index).center().toPoint()
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=place)
        assert program.reader.selected == index
        assert chart.model().index(0).data() == glyphs[index].candidates[0].label
    assert glyphs[0].text != glyphs[1].text


def test_the_arrow_keys_walk_through_the_boxes(program, qtbot, saved):
    program.documents.open_files([saved("three.png", *TWO_BARS, (330, 40, 12, 100))])
    read_glyphs(program, qtbot, 3)
    view = program.window.page_view
    visited = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        QTest.keyClick(view, key)
        visited.append(program.reader.selected)
    assert visited == [1, 2, 2, 1]


def test_a_file_can_be_dropped(program, qtbot, saved):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(saved("ein Bild äöü €.png", *TWO_BARS)))])
    drop(program, mime)
    read_glyphs(program, qtbot, 2)


def test_a_file_that_the_system_hands_over_is_opened(program, qtbot, saved):
    """As macOS does for one that is opened with the program; by a double click."""
    path = saved("zwei.png", *TWO_BARS)
    QApplication.sendEvent(QApplication.instance(), QFileOpenEvent(str(path)))
    read_glyphs(program, qtbot, 2)
    assert not program.window.shows_pad


def test_a_picture_without_a_file_can_be_dropped(program, qtbot):
    mime = QMimeData()
    mime.setImageData(to_image(sheet_of(*TWO_BARS).pixels))
    drop(program, mime)
    read_glyphs(program, qtbot, 2)


def test_a_picture_can_be_pasted(program, qtbot):
    QGuiApplication.clipboard().setImage(to_image(sheet_of(*TWO_BARS).pixels))
    program.window.paste_action.trigger()
    read_glyphs(program, qtbot, 2)


def test_pasting_what_is_no_picture_says_so(program):
    QGuiApplication.clipboard().setText("words")
    program.window.paste_action.trigger()
    assert program.window.notice.isVisible()
    assert program.window.shows_pad


def test_the_dialog_offers_every_kind_that_is_read(program, monkeypatch):
    asked = []

    def ask(_parent, _title, _folder, kinds):
        asked.append(kinds)
        return [], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", ask)
    program.window.open_action.trigger()
    for ending in ("png", "jpg", "tif", "bmp", "webp", "pdf", "inkml"):
        assert f"*.{ending}" in asked[0]


def test_what_is_perhaps_no_character_is_said_to_be(program, qtbot, saved):
    program.documents.open_files([saved("zwei.png", *TWO_BARS)])
    glyph, _ = read_glyphs(program, qtbot, 2)
    panel = program.window.panel
    panel.show_glyph(dataclasses.replace(glyph, stray=True))
    assert panel.summary.text() == "Perhaps no character"
    assert panel.chart.model().rowCount() == len(glyph.candidates)
    panel.show_glyph(dataclasses.replace(glyph, stray=False))
    assert panel.summary.text().startswith(f"{glyph.text}, ")


def test_a_blank_sheet_is_nothing(program, qtbot, saved):
    program.documents.open_files([saved("blank.png")])
    read_glyphs(program, qtbot, 0)
    assert program.window.panel.summary.text() == "Nothing here"
    assert program.window.panel.chart.model().rowCount() == 0


BAD_FILES = {
    "text.png": b"this is no picture",
    "empty.png": b"",
    "cut.png": None,
    "broken.inkml": b"<ink><trace>1 2",
    "no-ink.inkml": b'<ink xmlns="http://www.w3.org/2003/InkML"></ink>',
}


@pytest.mark.parametrize("name", [*BAD_FILES, "missing.png"])
def test_a_bad_file_is_named_and_the_ink_stays(program, qtbot, hand, saved, tmp_path, name):
    hand.seven()
    ink = program.pad.ink.strokes
    path = tmp_path / name
    if name == "cut.png":
        path.write_bytes(saved("whole.png", *TWO_BARS).read_bytes()[:60])
    elif name in BAD_FILES:
        path.write_bytes(BAD_FILES[name])
    with qtbot.waitSignal(program.documents.failed, timeout=ANSWER_TIMEOUT):
        program.documents.open_files([path])
    assert program.window.notice.isVisible()
    assert name in program.window.notice.text
    assert program.pad.ink.strokes == ink
    assert program.window.shows_pad


def test_a_bad_file_among_many_is_named_and_the_others_open(program, qtbot, saved, tmp_path):
    bad = tmp_path / "bad.png"
    bad.write_bytes(b"nothing")
    with qtbot.waitSignal(program.documents.failed, timeout=ANSWER_TIMEOUT):
        program.documents.open_files([bad, saved("good.png", *TWO_BARS)])
    read_glyphs(program, qtbot, 2)
    assert program.window.notice.isVisible()
    assert "bad.png" in program.window.notice.text
    assert not program.window.next_action.isEnabled()


def test_pages_of_one_file_are_walked_through(program, qtbot, tmp_path):
    pages = [sheet_of(TWO_BARS[0]).pixels, sheet_of(*TWO_BARS).pixels]
    path = tmp_path / "pages.tif"
    cv2.imwritemulti(str(path), pages)
    program.documents.open_files([path])
    read_glyphs(program, qtbot, 1)
    program.window.next_action.trigger()
    read_glyphs(program, qtbot, 2)
    assert not program.window.next_action.isEnabled()
    program.window.previous_action.trigger()
    read_glyphs(program, qtbot, 1)


def test_ink_is_opened_onto_the_pad_and_can_be_undone(program, qtbot, hand, tmp_path, answered):
    path = tmp_path / "seven.inkml"
    write_inkml(sample_ink(), path)
    hand.plus()
    before = program.pad.ink.strokes
    with qtbot.waitSignal(program.documents.inkOpened, timeout=ANSWER_TIMEOUT):
        program.documents.open_files([path])
    assert program.pad.count() == 1
    assert answered().reading.text == "7"
    program.window.undo_action.trigger()
    assert program.pad.ink.strokes == before


def test_saved_ink_is_the_ink_of_the_pad(program, qtbot, hand, tmp_path, monkeypatch):
    hand.plus()
    path = tmp_path / "plus.inkml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    with qtbot.waitSignal(program.rooms.outgoing.saver.saved, timeout=ANSWER_TIMEOUT):
        program.window.save_action.trigger()
    for saved_stroke, stroke in zip(read_inkml(path).strokes, program.pad.ink.strokes, strict=True):
        assert np.allclose(saved_stroke.xy, stroke.xy, atol=0.01)


@pytest.mark.parametrize(
    ("chosen", "name", "begins"),
    [
        ("ink.pdf", "ink.pdf", b"%PDF-"),
        ("ink.PNG", "ink.PNG", b"\x89PNG"),
        ("ink.svg", "ink.svg", b"<?xml"),
        ("ink", "ink.svg", b"<?xml"),
        ("v1.2", "v1.2.svg", b"<?xml"),
    ],
)
def test_a_pad_is_exported_in_the_kind_that_is_chosen(  # fixtures
    program, qtbot, hand, tmp_path, monkeypatch, chosen, name, begins
):
    hand.plus()
    folder = tmp_path / "out"
    folder.mkdir()

    def choose(_parent, _title, _name, filters):
        return str(folder / chosen), filters.split(";;")[-1]

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    with qtbot.waitSignal(program.rooms.outgoing.saver.saved, timeout=ANSWER_TIMEOUT):
        program.window.export_action.trigger()
    assert [path.name for path in folder.iterdir()] == [name]
    assert (folder / name).read_bytes().startswith(begins)


def test_all_ink_is_copied_as_ink_and_as_a_picture(program, hand):
    hand.plus()
    program.window.copy_picture_action.trigger()
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.hasImage()
    assert b"<ink" in bytes(mime.data(INK_MIME).data())


def test_ink_that_cannot_be_saved_says_so_and_stays(program, qtbot, hand, tmp_path):
    hand.plus()
    with qtbot.waitSignal(program.rooms.outgoing.saver.failed, timeout=ANSWER_TIMEOUT):
        program.rooms.outgoing.save_ink(tmp_path / "no such folder" / "plus.inkml")
    assert program.window.notice.isVisible()
    assert program.pad.count() == 2


def test_the_pad_is_as_it_was_after_a_picture(program, qtbot, hand, saved, answered):
    hand.seven()
    program.documents.open_files([saved("two.png", *TWO_BARS)])
    read_glyphs(program, qtbot, 2)
    program.window.pad_action.trigger()
    assert program.window.shows_pad
    assert answered().reading.text == "7"


def test_drawing_goes_on_after_a_picture(program, qtbot, saved, answered):
    program.documents.open_files([saved("two.png", *TWO_BARS)])
    read_glyphs(program, qtbot, 2)
    program.window.pad_action.trigger()
    Hand(program.window.canvas).seven()
    assert answered().reading.text == "7"


def test_the_text_can_be_copied(program, hand, answered):
    hand.seven()
    answered()
    program.window.copy_action.trigger()
    assert QGuiApplication.clipboard().text() == "7"


def test_a_picture_with_one_character_fills_the_tile(program, qtbot):
    image = QImage(200, 200, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    for y in range(40, 160):
        for x in range(95, 107):
            image.setPixelColor(x, y, Qt.GlobalColor.black)
    QGuiApplication.clipboard().setImage(image)
    program.window.paste_action.trigger()
    (glyph,) = read_glyphs(program, qtbot, 1)
    assert abs(glyph.box.height - 120) <= 3


def test_opening_can_be_given_up(program, qtbot, hand, saved, monkeypatch):
    hand.seven()
    gate = threading.Event()
    page = PictureFile.page

    def slowly(self, number):
        gate.wait(20)
        return page(self, number)

    monkeypatch.setattr(PictureFile, "page", slowly)
    with qtbot.waitSignal(program.documents.opening, timeout=ANSWER_TIMEOUT):
        program.documents.open_files([saved("two.png", *TWO_BARS)])
    assert program.window.busy_bar.isVisible()
    QTest.keyClick(program.window.canvas, Qt.Key.Key_Escape)
    assert not program.window.busy_bar.isVisible()
    gate.set()
    program.rooms.opener.close()
    QApplication.processEvents()
    assert program.window.shows_pad
    assert program.pad.count() == 1


def test_a_late_answer_to_the_page_before_is_not_shown_on_the_next(program, qtbot):
    program.reader.show_picture(sheet_of(TWO_BARS[0]))
    program.reader.show_picture(sheet_of(*TWO_BARS))
    program.reader._take(Answer(program.recogniser.asked - 1, blank_reading(), 0.0, "litert"))
    assert program.reader.reading is None
    read_glyphs(program, qtbot, 2)


def test_a_stroke_ends_when_a_picture_takes_the_place_of_the_pad(program, qtbot, saved):
    canvas = program.window.canvas
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    QTest.mouseMove(canvas, QPoint(200, 100))
    program.documents.open_files([saved("two.png", *TWO_BARS)])
    read_glyphs(program, qtbot, 2)
    assert program.pad.count() == 1
    assert canvas.live_stroke is None


def blank_reading() -> Reading:
    return Reading("sheet", 1, 10, 10, "glyphnet", "ascii94", ())
