"""Documents of pages: opening many, their list, reading them, putting right, and taking away."""

from __future__ import annotations

import csv
import io
import json
import os
import threading
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from core import recognising
from core.inkml import write_inkml
from core.page_store import PageStore
from core.picture_file import PictureFile
from core.self_check import sample_ink
from desktop.imaging import to_image
from desktop.pages import page_files, page_list
from desktop.pages.page_files import SUFFIXES
from desktop.reading import recognition
from tests.desktop.conftest import ANSWER_TIMEOUT
from tests.desktop.hands import sheet_of

BARS = ((60, 40, 12, 100), (160, 40, 12, 100), (260, 40, 12, 100), (350, 40, 12, 100))


@pytest.fixture
def scan(tmp_path: Path):
    """Saves a picture with so many upright bars."""

    def save(name: str, bars: int) -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        _, data = cv2.imencode(path.suffix, sheet_of(*BARS[:bars]).pixels)
        path.write_bytes(data.tobytes())
        return path

    return save


@pytest.fixture
def tiff(tmp_path: Path):
    """Saves pages with so many bars each."""

    def save(name: str, *bars: int) -> Path:
        path = tmp_path / name
        cv2.imwritemulti(str(path), [sheet_of(*BARS[:count]).pixels for count in bars])
        return path

    return save


@pytest.fixture
def opened(program, qtbot):
    """Opens files, and waits until all were looked at and the first page is read."""

    def open_all(*paths: Path) -> None:
        with qtbot.waitSignal(program.documents.gathered, timeout=ANSWER_TIMEOUT):
            program.documents.open_files(paths)
        wait_for_reading(program, qtbot)

    return open_all


def wait_for_reading(program, qtbot) -> None:
    qtbot.waitUntil(
        lambda: program.reader.reading is not None and program.documents.shown is not None,
        timeout=ANSWER_TIMEOUT,
    )


def wait_for_glyphs(program, qtbot, count: int) -> None:
    qtbot.waitUntil(
        lambda: program.reader.reading is not None and len(program.reader.reading.glyphs) == count,
        timeout=ANSWER_TIMEOUT,
    )


def captions(program) -> list[str]:
    model = program.documents.model
    return [model.index(row).data() for row in range(model.rowCount())]


def drop(program, mime: QMimeData) -> None:
    window = program.window
    place, actions = QPoint(100, 100), Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place, actions, mime, buttons, keys)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(place), actions, mime, buttons, keys))


# --- opening ---


def test_many_files_come_into_one_list_and_the_first_is_shown(program, qtbot, scan, tiff, opened):
    opened(scan("a.png", 1), tiff("b.tif", 2, 3), scan("c.png", 4))
    assert captions(program) == ["a.png", "1 · b.tif", "2 · b.tif", "c.png"]
    assert len(program.reader.reading.glyphs) == 1
    assert program.window.page_list.isVisible()
    assert program.window.page_list.currentIndex().row() == 0


def test_one_page_needs_no_list(program, qtbot, scan, opened):
    opened(scan("a.png", 1))
    assert not program.window.page_list.isVisible()


def test_files_that_are_opened_later_come_after_those_that_are_open(program, qtbot, scan, opened):
    opened(scan("a.png", 1))
    opened(scan("b.png", 2))
    wait_for_glyphs(program, qtbot, 2)
    assert captions(program) == ["a.png", "b.png"]
    program.window.previous_action.trigger()
    wait_for_glyphs(program, qtbot, 1)


def test_a_dropped_folder_opens_in_natural_order(program, qtbot, scan, tmp_path):
    for name in ("page10.png", "page2.png"):
        scan(f"folder/{name}", 1)
    (tmp_path / "folder" / "notes.txt").write_text("no picture")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "folder"))])
    with qtbot.waitSignal(program.documents.gathered, timeout=ANSWER_TIMEOUT):
        drop(program, mime)
    assert captions(program) == ["page2.png", "page10.png"]
    wait_for_reading(program, qtbot)


def test_a_folder_is_chosen_in_a_dialog(program, qtbot, scan, tmp_path, monkeypatch):
    scan("folder/a.png", 1)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "folder"))
    with qtbot.waitSignal(program.documents.gathered, timeout=ANSWER_TIMEOUT):
        program.window.open_folder_action.trigger()
    assert captions(program) == ["a.png"]
    wait_for_reading(program, qtbot)


def test_a_folder_without_pictures_says_so(program, qtbot, tmp_path):
    (tmp_path / "empty").mkdir()
    with qtbot.waitSignal(program.documents.failed, timeout=ANSWER_TIMEOUT):
        program.documents.open_files([tmp_path / "empty"])
    assert "empty" in program.window.notice.text
    assert program.window.shows_pad


def test_many_bad_files_are_named_and_counted(program, qtbot, scan, tmp_path):
    bad = [tmp_path / f"bad{number}.png" for number in range(5)]
    for path in bad:
        path.write_bytes(b"nothing")
    with qtbot.waitSignal(program.documents.failed, timeout=ANSWER_TIMEOUT):
        program.documents.open_files([*bad[:3], scan("good.png", 2), *bad[3:]])
    wait_for_glyphs(program, qtbot, 2)
    text = program.window.notice.text
    assert all(path.name in text for path in bad[:3])
    assert "2 more" in text
    assert captions(program) == ["good.png"]


@pytest.mark.parametrize("kind", ["image/png", "image/tiff", "image/bmp", "application/x-qt-image"])
def test_a_picture_is_pasted_as_any_program_puts_it_on_the_clipboard(program, qtbot, kind):
    sheet = sheet_of(*BARS[:3])
    mime = QMimeData()
    if kind == "application/x-qt-image":
        mime.setImageData(to_image(sheet.pixels))
    else:
        _, data = cv2.imencode("." + kind.split("/")[1][:4], sheet.pixels)
        mime.setData(kind, data.tobytes())
    QGuiApplication.clipboard().setMimeData(mime)
    program.window.paste_action.trigger()
    wait_for_glyphs(program, qtbot, 3)
    assert captions(program) == ["clipboard-1"]


def test_pasted_pictures_gather_in_the_list(program, qtbot):
    for count in (1, 2):
        QGuiApplication.clipboard().setImage(to_image(sheet_of(*BARS[:count]).pixels))
        program.window.paste_action.trigger()
        wait_for_glyphs(program, qtbot, count)
    assert captions(program) == ["clipboard-1", "clipboard-2"]
    program.window.previous_action.trigger()
    wait_for_glyphs(program, qtbot, 1)


def test_copied_files_are_pasted(program, qtbot, scan):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(scan(name, 1))) for name in ("a.png", "b.png")])
    QGuiApplication.clipboard().setMimeData(mime)
    with qtbot.waitSignal(program.documents.gathered, timeout=ANSWER_TIMEOUT):
        program.window.paste_action.trigger()
    assert captions(program) == ["a.png", "b.png"]
    wait_for_reading(program, qtbot)


def test_a_file_that_is_opened_again_is_looked_at_anew_at_its_place(
    program, qtbot, scan, tiff, opened
):
    path = tiff("b.tif", 1, 2)
    opened(scan("a.png", 1), path, scan("c.png", 4))
    tiff("b.tif", 3)
    opened(path)
    wait_for_glyphs(program, qtbot, 3)
    assert captions(program) == ["a.png", "b.tif", "c.png"]


def test_ink_among_pictures_goes_onto_the_pad(program, qtbot, scan, tmp_path, opened, answered):
    write_inkml(sample_ink(), tmp_path / "seven.inkml")
    opened(scan("a.png", 1), tmp_path / "seven.inkml", scan("c.png", 4))
    program.window.next_action.trigger()
    qtbot.waitUntil(lambda: program.window.shows_pad, timeout=ANSWER_TIMEOUT)
    assert answered().reading.text == "7"
    program.window.next_action.trigger()
    wait_for_glyphs(program, qtbot, 4)
    program.window.previous_action.trigger()
    qtbot.waitUntil(lambda: program.window.shows_pad, timeout=ANSWER_TIMEOUT)


def test_opening_many_can_be_given_up_and_what_was_found_stays(program, qtbot, scan, monkeypatch):
    gate, begun = threading.Event(), threading.Event()
    begin = PictureFile.__init__

    def slowly(self, path):
        if path.name == "b.png":
            begun.set()
            gate.wait(20)
        begin(self, path)

    monkeypatch.setattr(PictureFile, "__init__", slowly)
    program.documents.open_files([scan(name, 1) for name in ("a.png", "b.png", "c.png")])
    wait_for_reading(program, qtbot)
    assert begun.wait(20)
    assert program.window.busy_bar.isVisible()
    assert program.window.busy_bar.maximum() == 3
    QTest.keyClick(program.window.page_view, Qt.Key.Key_Escape)
    gate.set()
    assert not program.window.busy_bar.isVisible()
    program.documents.close()
    QApplication.processEvents()
    assert captions(program) == ["a.png"]


# --- files that change ---


def test_a_file_that_disappears_while_it_is_open_is_named(program, qtbot, scan, opened):
    path = scan("b.png", 2)
    opened(scan("a.png", 1), path)
    path.unlink()
    with qtbot.waitSignal(program.documents.pageFailed, timeout=ANSWER_TIMEOUT):
        program.window.next_action.trigger()
    assert "b.png" in program.window.notice.text
    assert program.documents.shown is program.documents.model.page(0)
    assert program.window.page_list.currentIndex().row() == 0
    assert len(program.reader.reading.glyphs) == 1


def test_a_file_that_changes_while_it_is_open_says_so(program, qtbot, scan, opened):
    path = scan("b.png", 2)
    opened(scan("a.png", 1), path)
    scan("b.png", 4)
    os.utime(path, ns=(1, 1))
    with qtbot.waitSignal(program.documents.pageFailed, timeout=ANSWER_TIMEOUT):
        program.window.next_action.trigger()
    assert "has changed since it was opened" in program.window.notice.text


def test_the_pages_after_a_damaged_one_are_a_step_away(program, qtbot, scan, opened):
    middle = scan("b.png", 2)
    opened(scan("a.png", 1), middle, scan("c.png", 3))
    middle.unlink()
    with qtbot.waitSignal(program.documents.pageFailed, timeout=ANSWER_TIMEOUT):
        program.window.next_action.trigger()
    program.window.next_action.trigger()
    wait_for_glyphs(program, qtbot, 3)
    assert not program.window.notice.isVisible()


# --- the list ---


def test_a_click_in_the_list_shows_the_page(program, qtbot, tiff, opened):
    opened(tiff("a.tif", 1, 2, 3))
    pages = program.window.page_list
    place = pages.visualRect(program.documents.model.index(2)).center()
    QTest.mouseClick(pages.viewport(), Qt.MouseButton.LeftButton, pos=place)
    wait_for_glyphs(program, qtbot, 3)


def test_the_list_is_walked_with_the_keyboard(program, qtbot, tiff, opened):
    opened(tiff("a.tif", 1, 2, 3))
    pages = program.window.page_list
    QTest.keyClick(pages, Qt.Key.Key_End)
    wait_for_glyphs(program, qtbot, 3)
    QTest.keyClick(pages, Qt.Key.Key_Up)
    wait_for_glyphs(program, qtbot, 2)


def test_page_down_goes_to_the_next_page(program, qtbot, tiff, opened):
    opened(tiff("a.tif", 1, 2))
    QTest.keyClick(program.window.page_view, Qt.Key.Key_PageDown)
    wait_for_glyphs(program, qtbot, 2)
    assert program.window.page_list.currentIndex().row() == 1
    QTest.keyClick(program.window.page_view, Qt.Key.Key_PageUp)
    wait_for_glyphs(program, qtbot, 1)


def test_the_pad_is_a_click_away_and_so_is_the_page(program, qtbot, tiff, hand, answered, opened):
    hand.seven()
    opened(tiff("a.tif", 1, 2))
    program.window.pad_action.trigger()
    assert program.window.shows_pad
    assert answered().reading.text == "7"
    assert not program.window.page_list.currentIndex().isValid()
    assert not program.window.statusBar().currentMessage()
    pages = program.window.page_list
    place = pages.visualRect(program.documents.model.index(0)).center()
    QTest.mouseClick(pages.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: not program.window.shows_pad, timeout=ANSWER_TIMEOUT)
    wait_for_glyphs(program, qtbot, 1)


def thumbnails(program) -> list[int]:
    """The rows that have one."""
    model = program.documents.model
    return [row for row in range(model.rowCount()) if not model.needs_thumbnail(row)]


def test_thumbnails_are_made_of_the_pages_that_are_seen(program, qtbot, tiff, opened):
    opened(tiff("a.tif", *([1, 2] * 100)))
    model, pages = program.documents.model, program.window.page_list
    qtbot.waitUntil(lambda: 0 in thumbnails(program), timeout=ANSWER_TIMEOUT)
    seen = pages.height() // pages.visualRect(model.index(0)).height() + 1
    qtbot.waitUntil(lambda: len(thumbnails(program)) >= seen, timeout=ANSWER_TIMEOUT)
    assert max(thumbnails(program)) <= seen + page_list.AHEAD
    pages.scrollToBottom()
    qtbot.waitUntil(lambda: 199 in thumbnails(program), timeout=ANSWER_TIMEOUT)
    qtbot.waitUntil(lambda: not program.rooms.paging.thumbnails.busy, timeout=ANSWER_TIMEOUT)
    assert 100 not in thumbnails(program)
    pixmap = model.index(199).data(page_list.THUMBNAIL_ROLE)
    assert max(pixmap.width(), pixmap.height()) == round(96 * pages.devicePixelRatioF())


def test_a_page_that_cannot_be_decoded_is_marked_in_the_list(program, qtbot, tiff, opened):
    path = tiff("a.tif", *([1] * 50))
    opened(path)
    path.unlink()
    program.window.page_list.scrollToBottom()
    last = program.documents.model.index(49)
    qtbot.waitUntil(lambda: last.data(page_list.DAMAGED_ROLE), timeout=ANSWER_TIMEOUT)


def test_a_closed_page_gives_way_to_the_next(program, qtbot, tiff, opened):
    opened(tiff("a.tif", 1, 2, 3))
    program.window.page_actions.close_page_action.trigger()
    wait_for_glyphs(program, qtbot, 2)
    assert captions(program) == ["2 · a.tif", "3 · a.tif"]
    program.window.page_actions.close_all_action.trigger()
    assert program.window.shows_pad
    assert not program.window.page_list.isVisible()
    assert not program.window.next_action.isEnabled()


def test_the_list_can_be_hidden(program, tiff, opened):
    opened(tiff("a.tif", 1, 2))
    program.window.page_actions.list_action.trigger()
    assert not program.window.page_list.isVisible()
    program.window.page_actions.list_action.trigger()
    assert program.window.page_list.isVisible()


# --- reading ---


@pytest.fixture
def slow(monkeypatch):
    """Makes each reading of a picture wait for a permit, or until it is stopped."""
    permits, begun = threading.Semaphore(0), threading.Semaphore(0)
    read = recognising.recognise_picture

    def wait(picture, classifier, *, stopped, **how):
        begun.release()
        while not permits.acquire(timeout=0.02):
            if stopped():
                raise recognition.ReadingStoppedError
        return read(picture, classifier, stopped=stopped, **how)

    monkeypatch.setattr(recognising, "recognise_picture", wait)
    yield permits, begun
    permits.release(100)


def test_reading_shows_that_it_goes_on_and_can_be_given_up(program, qtbot, scan, slow):
    permits, begun = slow
    program.documents.open_files([scan("a.png", 2)])
    qtbot.waitUntil(lambda: begun.acquire(blocking=False), timeout=ANSWER_TIMEOUT)
    assert program.window.busy_bar.isVisible()
    assert program.window.statusBar().currentMessage() == "Reading a.png…"
    QTest.keyClick(program.window.page_view, Qt.Key.Key_Escape)
    assert not program.window.busy_bar.isVisible()
    assert program.reader.reading is None
    program.window.read_again_action.trigger()
    permits.release(10)
    wait_for_glyphs(program, qtbot, 2)


def test_another_page_stops_the_reading_of_the_one_before(program, qtbot, tiff, slow):
    permits, begun = slow
    program.documents.open_files([tiff("a.tif", 1, 2)])
    qtbot.waitUntil(lambda: begun.acquire(blocking=False), timeout=ANSWER_TIMEOUT)
    program.window.next_action.trigger()
    # the first is stopped, without a permit, or the second would never begin
    qtbot.waitUntil(lambda: begun.acquire(blocking=False), timeout=ANSWER_TIMEOUT)
    permits.release()
    wait_for_glyphs(program, qtbot, 2)


def test_going_back_to_a_page_is_at_once(program, qtbot, tiff, opened, monkeypatch):
    opened(tiff("a.tif", 1, 2))
    program.window.next_action.trigger()
    wait_for_glyphs(program, qtbot, 2)
    asked = program.recogniser.asked
    program.window.previous_action.trigger()
    wait_for_glyphs(program, qtbot, 1)
    assert program.recogniser.asked == asked


def test_another_alphabet_reads_a_page_again_and_the_first_is_remembered(
    program, qtbot, scan, opened
):
    opened(scan("a.png", 2))
    box = program.window.alphabet_box
    for name in ("digits", "ascii94"):
        box.setCurrentIndex(box.findData(name))
        box.activated.emit(box.currentIndex())
        qtbot.waitUntil(
            lambda name=name: program.reader.reading.alphabet == name, timeout=ANSWER_TIMEOUT
        )
    asked = program.recogniser.asked
    box.setCurrentIndex(box.findData("digits"))
    box.activated.emit(box.currentIndex())
    assert program.reader.reading.alphabet == "digits"
    assert program.recogniser.asked == asked


def test_a_box_that_is_drawn_reads_just_what_is_in_it(program, qtbot, scan, opened):
    opened(scan("a.png", 3))
    view = program.window.page_view
    first, second = (view.glyph_rect(index) for index in (0, 1))
    middle = (first.right() + second.left()) / 2
    corners = [
        QPointF(first.left() - 20, first.top() - 20).toPoint(),
        QPointF(middle, first.bottom() + 20).toPoint(),
    ]
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=corners[0])
    QTest.mouseMove(view, (corners[0] + corners[1]) / 2)
    QTest.mouseMove(view, corners[1])
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=corners[1])
    wait_for_glyphs(program, qtbot, 1)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    wait_for_glyphs(program, qtbot, 3)


def test_a_step_of_the_cleaning_that_is_switched_off_reads_the_page_without_it(
    program, qtbot, tmp_path, opened
):
    """A lone dot is dropped as a speck, unless specks stay."""
    sheet = sheet_of(*BARS[:2]).pixels.copy()
    sheet[150:152, 360:362] = 20
    path = tmp_path / "a.png"
    cv2.imwrite(str(path), sheet)
    opened(path)
    manners = [program.reader.manner_of(program.reader.page)]
    program.window.page_actions.steps_action.trigger()
    assert program.window.filmstrip.isVisible()
    with qtbot.waitSignal(program.recogniser.answered, timeout=ANSWER_TIMEOUT):
        program.window.filmstrip.switch("specks").click()
    manners.append(program.reader.manner_of(program.reader.page))
    assert [manner.steps.specks for manner in manners] == [True, False]
    asked = program.recogniser.asked
    program.window.filmstrip.switch("specks").click()
    assert program.recogniser.asked == asked


def test_a_stage_of_the_cleaning_is_shown_in_the_place_of_the_picture(program, qtbot, scan, opened):
    opened(scan("a.png", 2))
    strip, view = program.window.filmstrip, program.window.page_view
    program.window.page_actions.steps_action.trigger()
    qtbot.waitUntil(strip.button("ink").isEnabled, timeout=ANSWER_TIMEOUT)
    strip.button("ink").click()
    assert view.shows_stage
    program.window.page_actions.steps_action.trigger()
    assert not view.shows_stage


# --- putting right ---


def text_of(program) -> str:
    return program.window.panel.text.toPlainText().replace(" ", "").replace("\n", "")


def test_a_typed_sign_puts_a_glyph_right_and_is_undone_on_its_page(
    program, qtbot, tiff, opened, hand
):
    hand.seven()
    opened(tiff("a.tif", 2, 3))
    before = text_of(program)
    view = program.window.page_view
    program.reader.select(1)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_K)
    assert text_of(program) == before[0] + "k"
    assert program.reader.selected == 1
    program.window.next_action.trigger()
    wait_for_glyphs(program, qtbot, 3)
    assert not program.window.undo_action.isEnabled()
    program.window.previous_action.trigger()
    wait_for_glyphs(program, qtbot, 2)
    assert text_of(program) == before[0] + "k"
    QTest.keyClick(view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert text_of(program) == before
    assert program.pad.count() == 1
    program.window.pad_action.trigger()
    QTest.keyClick(program.window.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert program.pad.count() == 0


def test_a_candidate_puts_a_glyph_right(program, qtbot, scan, opened):
    opened(scan("a.png", 2))
    other = program.reader.glyph.candidates[2].label
    chart = program.window.panel.chart
    chart.clicked.emit(chart.model().index(2))
    assert text_of(program)[0] == other
    program.window.read_again_action.trigger()
    assert text_of(program)[0] != other


def test_a_glyph_of_a_page_is_deleted(program, qtbot, scan, opened):
    opened(scan("a.png", 3))
    program.window.delete_glyph_action.trigger()
    assert len(program.reader.reading.glyphs) == 2
    program.window.undo_action.trigger()
    assert len(program.reader.reading.glyphs) == 3


def test_two_glyphs_of_a_page_are_joined(program, qtbot, scan, opened):
    opened(scan("a.png", 3))
    program.window.join_action.trigger()
    qtbot.waitUntil(lambda: len(program.reader.reading.glyphs) == 2, timeout=ANSWER_TIMEOUT)
    first = program.reader.reading.glyphs[0]
    assert first.box.width == pytest.approx(112, abs=4)
    program.window.undo_action.trigger()
    assert len(program.reader.reading.glyphs) == 3


def draw_box(view, corners: tuple[tuple[float, float], tuple[float, float]]) -> None:
    """Draws a box on the picture, through two corners in its pixels."""
    sight = view.sight
    first, last = (
        QPointF(sight.x + x * sight.zoom, sight.y + y * sight.zoom).toPoint() for x, y in corners
    )
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=first)
    QTest.mouseMove(view, (first + last) / 2)
    QTest.mouseMove(view, last)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=last)


def test_what_was_not_found_is_boxed_and_typed(program, qtbot, scan, opened):
    opened(scan("a.png", 2))
    before = text_of(program)
    view = program.window.page_view
    draw_box(view, ((240, 40), (280, 140)))
    wait_for_glyphs(program, qtbot, 0)
    QTest.keyClick(view, Qt.Key.Key_K)
    wait_for_glyphs(program, qtbot, 3)
    assert text_of(program) == before + "k"


def test_in_a_part_only_what_was_put_right_there_is_shown(program, qtbot, scan, opened):
    opened(scan("a.png", 2))
    view = program.window.page_view
    program.reader.select(1)
    QTest.keyClick(view, Qt.Key.Key_K)
    draw_box(view, ((40, 20), (100, 160)))
    wait_for_glyphs(program, qtbot, 1)
    assert "k" not in text_of(program)


def test_what_is_in_doubt_is_gone_through_with_the_keyboard(program, qtbot, tmp_path, opened):
    sheet = sheet_of(BARS[0]).pixels.copy()
    for x in (160, 270):
        for corner in ((x, 40), (x, 90), (x + 50, 140)):
            cv2.line(sheet, (x + 30, 60), corner, (20, 20, 20), 8)
    path = tmp_path / "a.png"
    cv2.imwrite(str(path), sheet)
    opened(path)
    program.window.page_actions.doubts_action.trigger()
    doubtful = program.window.doubtful
    found = [doubt.index for doubt in doubtful.model.doubts]
    assert doubtful.isVisible()
    assert found
    assert program.reader.selected == doubtful.current.index
    for _ in found:
        QTest.keyClick(doubtful.list, Qt.Key.Key_K)
    assert doubtful.model.rowCount() == 0
    assert [text_of(program)[index] for index in found] == ["k"] * len(found)


def test_delete_in_the_list_closes_a_page(program, qtbot, tiff, opened):
    opened(tiff("a.tif", 1, 2))
    for left in (1, 0):
        QTest.keyClick(program.window.page_list, Qt.Key.Key_Delete)
        assert program.documents.model.rowCount() == left
        qtbot.waitUntil(
            lambda left=left: (program.documents.shown is not None) == bool(left),
            timeout=ANSWER_TIMEOUT,
        )
    assert program.window.shows_pad


def test_what_was_put_right_comes_back_with_the_file(build, program, qtbot, tiff, opened):
    path = tiff("a.tif", 1, 2)
    opened(path)
    program.window.next_action.trigger()
    wait_for_glyphs(program, qtbot, 2)
    QTest.keyClick(program.window.page_view, Qt.Key.Key_K)
    assert text_of(program)[0] == "k"
    program.window.close()
    again = build()
    again.start([path])
    qtbot.waitUntil(lambda: again.documents.shown is not None, timeout=ANSWER_TIMEOUT)
    again.window.next_action.trigger()
    wait_for_glyphs(again, qtbot, 2)
    qtbot.waitUntil(lambda: text_of(again)[:1] == "k", timeout=ANSWER_TIMEOUT)


# --- taking away ---


@pytest.fixture
def export(program, qtbot, tmp_path, monkeypatch):
    """Exports by an action, as a kind of file; what was written."""

    def run(action, name: str) -> Path:
        path = tmp_path / "out" / name
        path.parent.mkdir(exist_ok=True)
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
        with qtbot.waitSignal(program.page_exports.saved, timeout=ANSWER_TIMEOUT):
            action.trigger()
        return path

    return run


def test_the_page_that_is_shown_is_exported(program, tiff, opened, export):
    opened(tiff("a.tif", 2, 3))
    path = export(program.window.export_action, "page.txt")
    assert path.read_text("utf-8") == program.reader.reading.text + "\n"
    assert "page.txt" in program.window.statusBar().currentMessage()


def test_all_pages_are_read_and_exported_with_what_was_put_right(program, tiff, opened, export):
    opened(tiff("a.tif", 2, 3, 1))
    QTest.keyClick(program.window.page_view, Qt.Key.Key_K)
    pages = [
        json.loads(line)
        for line in export(program.window.page_actions.export_all_action, "all.json")
        .read_text()
        .splitlines()
    ]
    assert [page["page"] for page in pages] == [1, 2, 3]
    assert [len(page["text"].replace(" ", "")) for page in pages] == [2, 3, 1]
    assert pages[0]["text"].startswith("k")
    assert not program.window.busy_bar.isVisible()


def test_what_was_put_right_earlier_is_in_the_export_of_pages_that_were_not_shown(
    program, qtbot, tiff, opened, export
):
    path = tiff("a.tif", 1, 2)
    opened(path)
    program.window.next_action.trigger()
    wait_for_glyphs(program, qtbot, 2)
    QTest.keyClick(program.window.page_view, Qt.Key.Key_K)
    program.window.page_actions.close_all_action.trigger()
    program.rooms.page_keeper.close()
    opened(path)
    pages = [
        json.loads(line)
        for line in export(program.window.page_actions.export_all_action, "all.json")
        .read_text()
        .splitlines()
    ]
    assert pages[1]["text"].startswith("k")


def test_an_export_waits_until_it_is_known_what_was_put_right(
    program, qtbot, tiff, opened, tmp_path, monkeypatch
):
    path = tiff("a.tif", 1)
    opened(path)
    QTest.keyClick(program.window.page_view, Qt.Key.Key_K)
    program.rooms.page_keeper.close()
    program.window.page_actions.close_all_action.trigger()
    gate, read = threading.Event(), PageStore.read

    def slowly(self, key):
        gate.wait(20)
        return read(self, key)

    monkeypatch.setattr(PageStore, "read", slowly)
    opened(path)
    out = tmp_path / "all.txt"
    program.page_exports.export(program.documents.model.pages, out)
    qtbot.waitUntil(lambda: bool(program.page_exports._all_pages._read), timeout=ANSWER_TIMEOUT)
    with qtbot.waitSignal(program.page_exports.saved, timeout=ANSWER_TIMEOUT):
        gate.set()
    assert out.read_text("utf-8") == "k\n"


BEGINNINGS = {
    ".txt": b"",
    ".csv": b"source,",
    ".json": b"{",
    ".hocr": b"<?xml",
    ".xml": b"<?xml",
    ".pdf": b"%PDF-",
}


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_pages_are_exported_as_every_kind(program, tiff, opened, export, suffix):
    opened(tiff("a.tif", 2, 3))
    data = export(program.window.page_actions.export_all_action, "all" + suffix).read_bytes()
    assert data.startswith(BEGINNINGS[suffix])
    assert len(data) > 2


def test_a_row_a_glyph_is_in_the_table(program, tiff, opened, export):
    opened(tiff("a.tif", 2, 3))
    text = export(program.window.page_actions.export_all_action, "all.csv").read_text("utf-8")
    assert len(list(csv.reader(io.StringIO(text)))) == 1 + 2 + 3


def test_the_pdf_has_the_pages_and_their_text(program, tiff, opened, export):
    opened(tiff("a.tif", 2, 3))
    text = program.reader.reading.text
    document = pdfium.PdfDocument(export(program.window.page_actions.export_all_action, "all.pdf"))
    assert len(document) == 2
    found = document[0].get_textpage().get_text_range()
    assert found.split() == text.split()
    document.close()


def test_a_bad_page_is_named_and_the_others_are_exported(program, scan, opened, export):
    bad = scan("b.png", 2)
    opened(scan("a.png", 1), bad, scan("c.png", 3))
    bad.unlink()
    text = export(program.window.page_actions.export_all_action, "all.txt").read_text("utf-8")
    assert len(text.splitlines()) == 2
    assert "b.png" in program.window.notice.text
    assert "all.txt" in program.window.notice.text


def test_an_export_can_be_given_up_and_leaves_nothing(
    program, qtbot, tiff, opened, tmp_path, monkeypatch, slow
):
    permits, begun = slow
    permits.release()
    opened(tiff("a.tif", 1, 2, 3))
    while begun.acquire(blocking=False):
        pass
    path = tmp_path / "all.txt"
    path.write_text("before")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    program.window.page_actions.export_all_action.trigger()
    qtbot.waitUntil(lambda: begun.acquire(blocking=False), timeout=ANSWER_TIMEOUT)
    assert program.window.busy_bar.isVisible()
    assert "page 2 of 3" in program.window.statusBar().currentMessage()
    QTest.keyClick(program.window.page_view, Qt.Key.Key_Escape)
    assert not program.window.busy_bar.isVisible()
    permits.release(100)
    program.page_exports.close()
    QApplication.processEvents()
    assert path.read_text() == "before"


def test_an_export_that_is_being_written_can_be_given_up(
    program, qtbot, tiff, opened, tmp_path, monkeypatch
):
    opened(tiff("a.tif", 1))
    gate, begun = threading.Event(), threading.Event()

    def slowly(reading, corrections):
        begun.set()
        gate.wait(20)
        return reading

    monkeypatch.setattr(page_files, "corrected", slowly)
    path = tmp_path / "all.txt"
    path.write_text("before")
    program.page_exports.export(program.documents.model.pages, path)
    qtbot.waitUntil(begun.is_set, timeout=ANSWER_TIMEOUT)
    assert "Writing all.txt" in program.window.statusBar().currentMessage()
    QTest.keyClick(program.window.page_view, Qt.Key.Key_Escape)
    gate.set()
    program.page_exports.close()
    QApplication.processEvents()
    assert program.window.statusBar().currentMessage() == "Cancelled"
    assert path.read_text() == "before"


def test_a_page_that_is_gone_when_the_pdf_is_written_is_named(program, qtbot, scan, opened, export):
    bad = scan("b.png", 2)
    opened(scan("a.png", 1), bad)
    program.window.next_action.trigger()
    wait_for_glyphs(program, qtbot, 2)
    bad.unlink()
    document = pdfium.PdfDocument(export(program.window.page_actions.export_all_action, "all.pdf"))
    assert len(document) == 1
    document.close()
    assert "b.png" in program.window.notice.text


def test_what_is_shown_is_read_before_what_is_exported(
    program, qtbot, tiff, opened, tmp_path, monkeypatch, slow
):
    permits, begun = slow
    permits.release()
    opened(tiff("a.tif", 1, 2, 3))
    while begun.acquire(blocking=False):
        pass
    path = tmp_path / "all.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    program.window.page_actions.export_all_action.trigger()
    qtbot.waitUntil(lambda: begun.acquire(blocking=False), timeout=ANSWER_TIMEOUT)
    program.documents.go(program.documents.model.page(2))
    qtbot.waitUntil(lambda: begun.acquire(blocking=False), timeout=ANSWER_TIMEOUT)
    permits.release()
    wait_for_glyphs(program, qtbot, 3)
    with qtbot.waitSignal(program.page_exports.saved, timeout=ANSWER_TIMEOUT):
        permits.release(100)
    assert len(path.read_text().splitlines()) == 3


def test_a_bug_in_one_page_costs_only_that_page(
    program, qtbot, tiff, opened, export, monkeypatch, caplog
):
    opened(tiff("a.tif", 1, 2, 3))
    read = recognising.recognise_picture

    def broken(picture, *args, **how):
        if picture.page == 2:
            raise ZeroDivisionError("a bug")
        return read(picture, *args, **how)

    monkeypatch.setattr(recognising, "recognise_picture", broken)
    text = export(program.window.page_actions.export_all_action, "all.txt").read_text("utf-8")
    assert len(text.splitlines()) == 2
    assert "Page 2 of 3" in program.window.notice.text
    caplog.clear()
    for box in QApplication.topLevelWidgets():
        if box.inherits("QMessageBox"):
            box.close()


def test_an_export_that_cannot_be_written_says_so(program, qtbot, tiff, opened, tmp_path):
    opened(tiff("a.tif", 1))
    with qtbot.waitSignal(program.page_exports.failed, timeout=ANSWER_TIMEOUT):
        program.page_exports.export(
            program.documents.model.pages, tmp_path / "no such folder" / "all.txt"
        )
    assert "all.txt" in program.window.notice.text


def test_without_a_model_an_export_says_so(build, qtbot, tiff, tmp_path):
    program = build(tmp_path / "none")
    with qtbot.waitSignal(program.recogniser.modelFailed, timeout=ANSWER_TIMEOUT):
        program.start()
    with qtbot.waitSignal(program.documents.pageShown, timeout=ANSWER_TIMEOUT):
        program.documents.open_files([tiff("a.tif", 1)])
    program.page_exports.export(program.documents.model.pages, tmp_path / "all.txt")
    assert "No model" in program.window.notice.text
    assert not (tmp_path / "all.txt").exists()


def test_the_text_of_a_page_is_copied(program, scan, opened):
    opened(scan("a.png", 3))
    program.window.copy_action.trigger()
    assert QGuiApplication.clipboard().text() == program.reader.reading.text


# --- the window never waits ---


def test_the_window_goes_on_while_a_large_scan_is_opened(program, qtbot, tmp_path):
    pixels = np.full((7000, 5000, 3), 250, np.uint8)
    pixels[3000:3400, 2000:2040] = 20
    path = tmp_path / "large.png"
    cv2.imwrite(str(path), pixels)
    program.documents.open_files([path])
    wait_for_reading(program, qtbot)
    assert len(program.reader.reading.glyphs) == 1
