"""A line across the window that tells of a problem without stopping anyone."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget


class Notice(QFrame):
    """A sentence, and a button that sends it away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self._label = QLabel()
        self._label.setWordWrap(True)
        self._label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._button = QPushButton(self.tr("&Dismiss"))
        self._button.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.addWidget(self._label)
        row.addWidget(self._button)
        self.hide()

    @property
    def text(self) -> str:
        return self._label.text()

    def tell(self, text: str) -> None:
        """Shows a sentence in the place of the last one."""
        self._label.setText(text)
        self._label.setAccessibleName(text)
        self.setAccessibleName(self.tr("Notice: {text}").format(text=text))
        self.show()
