"""What a glyph may be, beside its box on the picture, to choose from or to type over."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from core.reading import ReadGlyph
from desktop.reading.chart import percent
from desktop.reading.sign_keys import CHOICES, candidate_number

_GAP = 6
"""View pixels between the box and what is shown beside it."""

_FIELD_SIGNS = 6
"""Room in the field, in signs."""


class CandidatePopup(QFrame):
    """Lies on a view, and takes the keyboard only when asked to.

    Signals:
        chosen(str): A candidate was chosen, or typed and ended with Enter.
        closed: It was closed by its own keys.
    """

    chosen = Signal(str)
    closed = Signal()

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._view = view
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.setAccessibleName(self.tr("Candidates"))
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.buttons: list[QPushButton] = []
        self.field = QLineEdit()
        self.field.setAccessibleName(self.tr("What stands here"))
        self.field.setPlaceholderText(self.tr("Type"))
        self.field.setToolTip(
            self.tr("Type what stands here, one sign or several, and press Enter")
        )
        self.field.setFixedWidth(self.fontMetrics().averageCharWidth() * 2 * _FIELD_SIGNS)
        self._row = QHBoxLayout()
        self._row.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addLayout(self._row)
        self._row.addWidget(self.field)
        self.field.returnPressed.connect(self._tell_typed)
        self.field.installEventFilter(self)
        self.hide()

    def show_glyph(self, glyph: ReadGlyph, place: QRectF) -> None:
        """Shows a glyph's candidates beside a place of the view, below it where there is room."""
        for button in self.buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self.buttons = [
            self._button(number, candidate.label, candidate.probability)
            for number, candidate in enumerate(glyph.candidates[:CHOICES], 1)
        ]
        for at, button in enumerate(self.buttons):
            self._row.insertWidget(at, button)
        self.field.clear()
        self.adjustSize()
        self.place_at(place)
        self.show()
        self.raise_()

    def place_at(self, place: QRectF) -> None:
        """Moves it beside a place of the view, but never over it nor out of the view."""
        view = self._view.rect()
        x = min(max(round(place.left()), 0), max(view.width() - self.width(), 0))
        below, above = place.bottom() + _GAP, place.top() - _GAP - self.height()
        y = above if below + self.height() > view.height() and above >= 0 else below
        self.move(x, min(max(round(y), 0), max(view.height() - self.height(), 0)))

    def choose(self, number: int) -> bool:
        """Chooses the candidate of a number, from 1; whether there is one."""
        if not self.isVisible() or not 1 <= number <= len(self.buttons):
            return False
        self.buttons[number - 1].click()
        return True

    def take_keys(self) -> None:
        """Has the keyboard type into the field."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Takes what its field and buttons leave: the view below has a meaning for Enter too."""
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Of the field and the buttons."""
        if not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        pressed, number = event.type() == QEvent.Type.KeyPress, candidate_number(event)
        if pressed and number is not None:
            return self.choose(number)
        if self._closes(event):
            event.accept()
            if pressed:
                self.hide()
                self.closed.emit()
            return True
        return super().eventFilter(watched, event)

    def _closes(self, event: QKeyEvent) -> bool:
        """Escape, before any shortcut of the window's that is on the same key."""
        kinds = (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
        return event.key() == Qt.Key.Key_Escape and event.type() in kinds

    def _button(self, number: int, label: str, probability: float) -> QPushButton:
        button = QPushButton(label.replace("&", "&&"), self)
        button.setFlat(number > 1)
        button.setFixedWidth(max(self.fontMetrics().height() * 2, button.sizeHint().width() // 2))
        button.setAccessibleName(
            self.tr("{sign}, {percent}").format(sign=label, percent=percent(probability))
        )
        button.setToolTip(
            self.tr("{sign}, {percent} (Alt+{number})").format(
                sign=label, percent=percent(probability), number=number
            )
        )
        button.clicked.connect(partial(self._choose, label))
        button.installEventFilter(self)
        return button

    def _choose(self, label: str) -> None:
        self.hide()
        self.chosen.emit(label)

    @Slot()
    def _tell_typed(self) -> None:
        text = self.field.text().strip()
        if text:
            self._choose(text)
