"""Closing the window while its ink cannot be kept: asked first, as it would be gone."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from core.errors import GlyphpadError
from core.ink import Ink
from desktop.keeping.past_pads import PastPads
from desktop.keeping.saving import Saver
from desktop.pad.pad import Pad


class Parting(QObject):
    """Stands between the cross in the window's corner and the end.

    Args:
        window: Is asked about when it is closed.
        pad: Has the ink that can be saved.
        past_pads: Knows what is not kept.
        saver: Tells that ink was saved by itself.

    Signals:
        saveRequested: The person wants to choose where to save the ink.

    Attributes:
        question: What is asked; None while nothing is.
    """

    saveRequested = Signal()

    def __init__(self, window: QWidget, pad: Pad, past_pads: PastPads, saver: Saver) -> None:
        super().__init__(window)
        self._window = window
        self._pad = pad
        self._past_pads = past_pads
        self._saving: Ink | None = None
        self._given_up = False
        self.question: QMessageBox | None = None
        window.installEventFilter(self)
        saver.saved.connect(self._close_when_saved)
        saver.failed.connect(self._stay)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keeps the window open where closing it would lose ink."""
        if not isinstance(event, QCloseEvent) or watched is not self._window:
            return False
        # at the end of a session there is no time for an answer
        application = QGuiApplication.instance()
        hurried = isinstance(application, QGuiApplication) and application.isSavingSession()
        if self._given_up or hurried or not self._past_pads.unkept:
            return False
        event.ignore()
        self._ask()
        return True

    def _ask(self) -> None:
        if self.question is not None:
            self.question.activateWindow()
            return
        box = QMessageBox(
            QMessageBox.Icon.Warning,
            self.tr("Close without the ink?"),
            self.tr(
                "What you wrote cannot be kept at present, and closing the window now would lose "
                "it. Save the ink in another folder, or on another disk."
            ),
            QMessageBox.StandardButton.Cancel,
            self._window,
        )
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        if self._pad.ink:
            save = box.addButton(self.tr("&Save ink…"), QMessageBox.ButtonRole.AcceptRole)
            save.clicked.connect(self._save)
            box.setDefaultButton(save)
        leave = box.addButton(self.tr("&Close anyway"), QMessageBox.ButtonRole.DestructiveRole)
        leave.clicked.connect(self._give_up)
        box.setEscapeButton(QMessageBox.StandardButton.Cancel)
        box.finished.connect(self._forget)
        self.question = box
        box.open()

    @Slot()
    def _save(self) -> None:
        self._saving = self._pad.ink
        self.saveRequested.emit()

    @Slot()
    def _give_up(self) -> None:
        self._given_up = True
        self._window.close()

    @Slot()
    def _forget(self) -> None:
        if self.question is not None:
            self.question.deleteLater()
            self.question = None

    @Slot(object)
    def _close_when_saved(self, path: Path) -> None:
        # ink that came meanwhile, or a pad that was cleared before, is not in the file
        saved = self._saving is not None and self._saving.strokes == self._pad.ink.strokes
        if saved and self._past_pads.unkept <= 1:
            self._give_up()
        self._saving = None

    @Slot(object)
    def _stay(self, error: GlyphpadError) -> None:
        self._saving = None
