"""Closing the window while its ink cannot be kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from core.inkml import read_inkml
from desktop.app import Program
from tests.desktop.conftest import ANSWER_TIMEOUT
from tests.desktop.hands import Hand


@pytest.fixture
def homeless(build: Callable[..., Program], tmp_path: Path, qtbot) -> Iterator[Program]:
    """A program that finds a folder where its file of pads should be, with ink on its pad."""
    (tmp_path / "pads.sqlite3").mkdir()
    program = build()
    with qtbot.waitSignal(program.recogniser.ready, timeout=ANSWER_TIMEOUT):
        program.start()
    qtbot.waitExposed(program.window)
    Hand(program.window.canvas).draw((100, 100), (100, 200))
    qtbot.waitUntil(lambda: program.past_pads.unkept == 1, timeout=ANSWER_TIMEOUT)
    yield program
    program.rooms.parting._given_up = True


def button(box: QMessageBox, text: str):
    (found,) = (each for each in box.buttons() if text in each.text().replace("&", ""))
    return found


def click(box: QMessageBox, text: str) -> None:
    QTest.mouseClick(button(box, text), Qt.MouseButton.LeftButton)


def test_a_pad_that_is_kept_closes_without_a_question(program, hand, qtbot):
    hand.draw((100, 100), (100, 200))
    assert program.window.close()
    assert program.rooms.parting.question is None


def test_a_pad_that_is_not_kept_is_asked_about(homeless):
    assert not homeless.window.close()
    assert homeless.window.isVisible()
    assert "cannot be kept" in homeless.rooms.parting.question.text()
    first = homeless.rooms.parting.question
    assert not homeless.window.close()  # again: one question, not two
    assert homeless.rooms.parting.question is first


def test_who_cancels_goes_on_writing(homeless, qtbot):
    homeless.window.close()
    click(homeless.rooms.parting.question, "Cancel")
    assert homeless.rooms.parting.question is None
    assert homeless.window.isVisible()
    Hand(homeless.window.canvas).draw((150, 100), (150, 200))
    assert len(homeless.pad.ink.strokes) == 2
    assert not homeless.window.close()


def test_who_closes_anyway_closes(homeless):
    homeless.window.close()
    click(homeless.rooms.parting.question, "Close anyway")
    assert not homeless.window.isVisible()


def test_who_saves_first_loses_nothing(homeless, qtbot, tmp_path, monkeypatch):
    target = tmp_path / "saved.inkml"
    monkeypatch.setattr(
        "desktop.outgoing.QFileDialog.getSaveFileName", lambda *_: (str(target), "")
    )
    homeless.window.close()
    click(homeless.rooms.parting.question, "Save ink")
    qtbot.waitUntil(lambda: not homeless.window.isVisible(), timeout=ANSWER_TIMEOUT)
    assert len(read_inkml(target).strokes) == 1


def test_a_file_that_cannot_be_saved_keeps_the_window(homeless, qtbot, tmp_path, monkeypatch):
    target = tmp_path / "nowhere" / "saved.inkml"
    monkeypatch.setattr(
        "desktop.outgoing.QFileDialog.getSaveFileName", lambda *_: (str(target), "")
    )
    homeless.window.close()
    with qtbot.waitSignal(homeless.rooms.outgoing.saver.failed, timeout=ANSWER_TIMEOUT):
        click(homeless.rooms.parting.question, "Save ink")
    assert homeless.window.isVisible()
    assert "could not be written" in homeless.window.notice.text
    assert not homeless.window.close()


def test_a_cleared_pad_that_is_not_kept_is_asked_about_too(homeless, qtbot):
    homeless.window.clear_action.trigger()
    qtbot.waitUntil(lambda: not homeless.pad.ink, timeout=ANSWER_TIMEOUT)
    assert not homeless.window.close()
    texts = [each.text() for each in homeless.rooms.parting.question.buttons()]
    assert not any("Save" in text for text in texts)


def test_a_pad_that_is_kept_again_closes_without_a_question(homeless, qtbot, tmp_path):
    with qtbot.waitSignal(homeless.past_pads.recovered, timeout=ANSWER_TIMEOUT):
        (tmp_path / "pads.sqlite3").rmdir()
    assert homeless.window.close()
    assert homeless.rooms.parting.question is None
