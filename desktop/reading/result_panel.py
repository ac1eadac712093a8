"""The right side of the window: what was read, and why it may be that."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QPalette, QTextCursor
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from core.reading import ReadGlyph, Reading
from desktop.reading.chart import CandidateChart, TileView, percent

_TEXT_LINES = 3

_TEXT_SIZE = 1.6
"""The text that was read is what people look for: its letters are this much larger."""


class ResultPanel(QWidget):
    """The text, the glyph as the model sees it, and its candidates.

    Signals:
        candidateChosen(str): One of the candidates was chosen, by a click or with Enter.
        placeChosen(int): The cursor was put into the text, before the sign of that number.
    """

    candidateChosen = Signal(str)
    placeChosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        flags = Qt.TextInteractionFlag
        self.text.setTextInteractionFlags(
            flags.TextSelectableByMouse | flags.TextSelectableByKeyboard
        )
        self.text.setTabChangesFocus(True)
        # the cursor is shown and moved by keys too: it selects the sign that it stands before
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.setAccessibleName(self.tr("Text"))
        self.text.setToolTip(self.tr("What was read"))
        font = self.text.font()
        font.setPointSizeF(font.pointSizeF() * _TEXT_SIZE)
        self.text.setFont(font)
        self.text.setFixedHeight(round(self.text.fontMetrics().lineSpacing() * (_TEXT_LINES + 0.7)))
        self.summary = QLabel()
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.summary.setWordWrap(True)
        self.tile = TileView()
        self.chart = CandidateChart()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.text)
        column.addWidget(self.summary)
        column.addWidget(self.tile)
        column.addWidget(self.chart, 1)
        self.setMinimumWidth(260)
        self.chart.clicked.connect(self._tell_candidate)
        self.chart.activated.connect(self._tell_candidate)
        self.text.cursorPositionChanged.connect(self._tell_place)

    def show_reading(self, reading: Reading | None) -> None:
        """Shows what was read; with nothing known yet, nothing."""
        text = "" if reading is None else reading.text
        if text != self.text.toPlainText():
            self.text.blockSignals(True)
            self.text.setPlainText(text)
            self.text.blockSignals(False)
        if reading is not None and reading.nothing_here:
            self._say(self.tr("Nothing here"))

    def show_glyph(self, glyph: ReadGlyph | None) -> None:
        """Shows one glyph's candidates."""
        self.tile.show_tile(None if glyph is None else glyph.glyph.tile)
        self.chart.show_candidates(() if glyph is None else glyph.candidates)
        if glyph is not None:
            self._say(self._summary(glyph))

    def mark(self, place: int | None) -> None:
        """Marks the sign at a place of the text, and brings it into view; None for no sign."""
        marks = []
        if place is not None:
            cursor = QTextCursor(self.text.document())
            cursor.setPosition(min(place, self.text.document().characterCount() - 1))
            moved = cursor.movePosition(
                QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor
            )
            if moved:
                marks.append(self._selection(cursor))
                self._show_place(place)
        self.text.setExtraSelections(marks)

    def _selection(self, cursor: QTextCursor) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        mark.cursor = cursor
        palette = self.text.palette()
        mark.format.setBackground(palette.color(QPalette.ColorRole.Highlight))
        mark.format.setForeground(palette.color(QPalette.ColorRole.HighlightedText))
        return mark

    def _show_place(self, place: int) -> None:
        """Moves the cursor there, unless someone has it in hand."""
        if self.text.hasFocus():
            return
        cursor = self.text.textCursor()
        cursor.setPosition(place)
        self.text.blockSignals(True)
        self.text.setTextCursor(cursor)
        self.text.blockSignals(False)

    @Slot(QModelIndex)
    def _tell_candidate(self, index: QModelIndex | QPersistentModelIndex) -> None:
        if index.isValid():
            self.candidateChosen.emit(str(index.data()))

    @Slot()
    def _tell_place(self) -> None:
        # signals are blocked while the program itself moves the cursor
        self.placeChosen.emit(self.text.textCursor().position())

    def say_nothing(self) -> None:
        """Leaves the summary empty: nothing is known."""
        self._say("")

    def _summary(self, glyph: ReadGlyph) -> str:
        if glyph.told:
            return self.tr("{sign}, as you said").format(sign=glyph.text)
        if glyph.stray:
            return self.tr("Perhaps no character")
        return self.tr("{sign}, {percent} sure").format(
            sign=glyph.text, percent=percent(glyph.confidence)
        )

    def _say(self, text: str) -> None:
        self.summary.setText(text)
        self.summary.setAccessibleName(self.tr("Result: {text}").format(text=text))
