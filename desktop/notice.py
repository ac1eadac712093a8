"""A line across the window that tells of a problem without stopping anyone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class Notice(QFrame):
    """A sentence, and a button that sends it away; so does Escape there.

    Signals:
        dismissed: It was sent away.
    """

    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self._label = QLabel()
        self._label.setWordWrap(True)
        self._label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._button = QPushButton(self.tr("&Dismiss"))
        self._button.clicked.connect(self.dismiss)
        row = QHBoxLayout(self)
        row.addWidget(self._label)
        row.addWidget(self._button)
        self.hide()

    @property
    def text(self) -> str:
        return self._label.text()

    @Slot()
    def dismiss(self) -> None:
        """Sends it away."""
        self.hide()
        self.dismissed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def tell(self, text: str) -> None:
        """Shows a sentence in the place of the last one."""
        self._label.setText(text)
        self._label.setAccessibleName(text)
        self.setAccessibleName(self.tr("Notice: {text}").format(text=text))
        self.show()
