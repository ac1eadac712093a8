"""The right side of the window: what was read, and why it may be that."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QPalette, QTextCursor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSplitter,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.reading.chart import CandidateChart, TileView, percent
from desktop.reading.doubt_marks import DoubtMarks
from desktop.reading.sign_keys import candidate_number, deletes, typed_sign

if TYPE_CHECKING:
    from core.reading import ReadGlyph, Reading

_PAD_LINES = 3
_LEAST_PAGE_LINES = 5
"""Lines of text that are seen: all that a pad has, and the least of a page."""

_PAD_SIZE = 1.6
_PAGE_SIZE = 1.15
"""The text that was read is what people look for: its letters are this much larger. Those of a
page's text less so, or it would not fit in."""

_PAGE_SHARES = (3, 2)
"""How a page's text and what is below it share the height."""

_NO_LIMIT = 16_777_215
"""Qt's largest height of a widget (QWIDGETSIZE_MAX)."""


class ResultPanel(QWidget):
    """The text, the glyph as the model sees it, and its candidates.

    Signals:
        candidateChosen(str): One of the candidates was chosen, by a click or with Enter.
        placeChosen(int): The cursor was put into the text, before the sign of that number.
        signTyped(str): Of a page: someone typed what stands at the selected glyph's place, a sign
            on the text, or several in the field; empty for nothing at all.
    """

    candidateChosen = Signal(str)
    placeChosen = Signal(int)
    signTyped = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._glyph: ReadGlyph | None = None
        self._reading: Reading | None = None
        self._of_page = False
        self.text = self._make_text()
        self._letter_size = self.text.font().pointSizeF()
        self._doubts = DoubtMarks(self.text.document())
        self._doubts.set_palette(self.text.palette())
        self.text.installEventFilter(self)
        self.summary = QLabel()
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.summary.setWordWrap(True)
        self.field = self._make_field()
        self.tile = TileView()
        self.chart = CandidateChart()
        self._parts = QSplitter(Qt.Orientation.Vertical)
        self._parts.setChildrenCollapsible(False)
        self._parts.addWidget(self.text)
        self._parts.addWidget(self._below())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._parts)
        self.setMinimumWidth(260)
        self.chart.clicked.connect(self._tell_candidate)
        self.chart.activated.connect(self._tell_candidate)
        self.text.cursorPositionChanged.connect(self._tell_place)
        self.show_for(page=False)

    def show_for(self, *, page: bool) -> None:
        """Makes room for the text of a page, with its doubtful signs marked and a field to put
        right what was read; or for the few words of a pad."""
        self._of_page = page
        font = self.text.font()
        font.setPointSizeF(self._letter_size * (_PAGE_SIZE if page else _PAD_SIZE))
        self.text.setFont(font)
        spacing = self.text.fontMetrics().lineSpacing()
        lines = _LEAST_PAGE_LINES if page else _PAD_LINES
        self.text.setMinimumHeight(round(spacing * (lines + 0.7)))
        self.text.setMaximumHeight(_NO_LIMIT if page else self.text.minimumHeight())
        if page:
            shares = sum(_PAGE_SHARES)
            self._parts.setSizes([self.height() * share // shares for share in _PAGE_SHARES])
        self._field_row.setVisible(page)

    def show_reading(self, reading: Reading | None) -> None:
        """Shows what was read; with nothing known yet, nothing."""
        text = "" if reading is None else reading.text
        self._reading = reading
        self._doubts.show(reading if self._of_page else None)
        if text != self.text.toPlainText():
            self.text.blockSignals(True)
            self.text.setPlainText(text)
            self.text.blockSignals(False)
        else:
            self._doubts.rehighlight()
        if reading is not None and reading.nothing_here:
            self._say(self.tr("Nothing here"))

    def show_glyph(self, glyph: ReadGlyph | None) -> None:
        """Shows one glyph's candidates."""
        self._glyph = glyph
        self.field.setEnabled(glyph is not None)
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
                QTextCursor.MoveOperation.NextCharacter,
                QTextCursor.MoveMode.KeepAnchor,
                self._length_at(place),
            )
            if moved:
                marks.append(self._selection(cursor))
                self._show_place(place)
        self.text.setExtraSelections(marks)

    def _length_at(self, place: int) -> int:
        """How many characters the sign at a place of the text has."""
        if self._reading is None or not self._reading.places:
            return 1
        index = max(bisect_right(self._reading.places, place) - 1, 0)
        return len(self._reading.glyphs[index].text)

    # --- what people do ---

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """On the text of a page a sign that is typed puts right the one that is selected."""
        if watched is self.text and isinstance(event, QKeyEvent) and self._puts_right(event):
            return True
        if watched is self.text and event.type() == QEvent.Type.PaletteChange:
            self._doubts.set_palette(self.text.palette())
        return super().eventFilter(watched, event)

    def _puts_right(self, event: QKeyEvent) -> bool:
        """Whether a key was one that puts the selected glyph right."""
        glyph = self._glyph if self._of_page else None
        if event.type() != QEvent.Type.KeyPress or glyph is None:
            return False
        sign, number = typed_sign(event), candidate_number(event)
        if sign is not None:
            self.signTyped.emit(sign)
        elif deletes(event):
            self.signTyped.emit("")
        elif number is not None and number <= len(glyph.candidates):
            self.candidateChosen.emit(glyph.candidates[number - 1].label)
        else:
            return False
        return True

    @Slot()
    def _tell_typed(self) -> None:
        text = self.field.text().strip()
        if text:
            self.field.clear()
            self.signTyped.emit(text)

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

    # --- how it is built ---

    def _make_text(self) -> QPlainTextEdit:
        text = QPlainTextEdit()
        text.setReadOnly(True)
        # the cursor is shown and moved by keys too: it selects the sign that it stands before
        text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        text.setTabChangesFocus(True)
        text.setAccessibleName(self.tr("Text"))
        text.setToolTip(self.tr("What was read"))
        return text

    def _make_field(self) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(self.tr("Put right"))
        field.setToolTip(
            self.tr("What stands at the selected place: a sign, or several; Enter puts it right")
        )
        field.setEnabled(False)
        field.returnPressed.connect(self._tell_typed)
        return field

    def _below(self) -> QWidget:
        """All but the text."""
        self._field_row = QWidget()
        row = QHBoxLayout(self._field_row)
        row.setContentsMargins(0, 0, 0, 0)
        label = QLabel(self.tr("Put &right"))
        label.setBuddy(self.field)
        row.addWidget(label)
        row.addWidget(self.field, 1)
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.summary)
        column.addWidget(self._field_row)
        column.addWidget(self.tile)
        column.addWidget(self.chart, 1)
        return below
