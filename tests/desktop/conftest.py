"""The real program with its real model, each test with settings and a log of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QApplication, QDialog
from shiboken6 import Shiboken

from desktop.app import Application, Program
from desktop.faults import Faults
from desktop.look.theme import apply_theme
from desktop.reading.recognition import Answer
from desktop.settings import Settings
from tests.desktop.hands import Hand, Stylus

ANSWER_TIMEOUT = 20_000
"""Milliseconds: a busy machine may load a model slowly; nothing here is about speed."""


@pytest.fixture(scope="session", autouse=True)
def _empty_clipboard(qapp: QApplication) -> Iterator[None]:
    """The offscreen platform, unlike those with a screen, keeps what is on the clipboard until the
    process ends, when PySide can no longer let go of it and crashes."""
    yield
    qapp.clipboard().clear()


@pytest.fixture(autouse=True)
def _empty_histories(qapp: QApplication) -> Iterator[None]:
    """As `Program.close` does it, for pads without a program: a command that is deleted before its
    history would crash whatever test runs while Python collects its garbage."""
    yield
    for wrapper in Shiboken.getAllValidWrappers():
        if isinstance(wrapper, QUndoStack):
            wrapper.clear()


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    """What pytest-qt makes the application object of."""
    return Application


@pytest.fixture
def build(qapp: QApplication, tmp_path: Path) -> Iterator[Callable[..., Program]]:
    """Builds programs, and ends each of them after the test."""
    built: list[Program] = []

    def make(models: Path | None = None) -> Program:
        settings = Settings(tmp_path / "settings.ini")
        program = Program(
            settings, Faults(tmp_path / "log" / "glyphpad.log"), tmp_path / "pads.sqlite3", models
        )
        program.furnish()
        built.append(program)
        return program

    yield make
    for program in built:
        # a modal window that a test leaves open would keep the mouse from all tests after it
        for dialog in program.window.findChildren(QDialog):
            dialog.close()
        if program._faults.box is not None:
            program._faults.box.close()
        program.window.close()
        program.close()
    apply_theme("system")


@pytest.fixture
def program(build: Callable[..., Program], qtbot) -> Program:
    """A program whose window is shown and whose model is ready."""
    program = build()
    with qtbot.waitSignal(program.recogniser.ready, timeout=ANSWER_TIMEOUT):
        program.start()
    qtbot.waitExposed(program.window)
    return program


@pytest.fixture
def hand(program: Program) -> Hand:
    return Hand(program.window.canvas)


@pytest.fixture
def stylus(program: Program) -> Stylus:
    return Stylus(program.window.canvas)


@pytest.fixture
def answered(program: Program, qtbot) -> Callable[[], Answer]:
    """Waits until what is on the pad now is read: the answer to the newest request."""

    answers: list[Answer] = []
    program.recogniser.answered.connect(answers.append)

    def wait() -> Answer:
        qtbot.waitUntil(
            lambda: bool(answers) and answers[-1].number == program.recogniser.asked,
            timeout=ANSWER_TIMEOUT,
        )
        return answers[-1]

    return wait
