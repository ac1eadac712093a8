"""The characters that were read in doubt, one after another, put right with the keyboard alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from core.box import Box
from core.page_corrections import PageCorrection
from core.picture import Picture
from core.reading import ReadGlyph, Reading
from desktop.imaging import to_image
from desktop.reading.chart import percent
from desktop.reading.confidence import grade, is_doubtful, line_colour, shows_high_contrast
from desktop.reading.sign_keys import CHOICES, candidate_number, deletes, typed_sign

CROP = QSize(96, 56)
"""Size in pixels of what is seen of the picture: the character and its neighbours."""

_AROUND = 0.6
"""How much of the picture is seen around a box, as a share of the box's height."""

_SIGN_SIZE = 1.3
"""How much larger than others the letters of the list are."""

_KEPT_CROPS = 500
"""Pictures that are kept, some 20 kB each."""

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, eq=False)
class Doubt:
    """A character that was read in doubt.

    Attributes:
        index: Which of the reading's glyphs it is.
        glyph: What was read.
    """

    index: int
    glyph: ReadGlyph


def doubts(reading: Reading, *, worst_first: bool) -> tuple[Doubt, ...]:
    """What was read in doubt, and nobody has looked at.

    Args:
        reading: Any.
        worst_first: The least sure first; else in reading order.
    """
    found = [Doubt(at, glyph) for at, glyph in enumerate(reading.glyphs) if is_doubtful(glyph)]
    if worst_first:
        found.sort(key=lambda one: (not one.glyph.stray, one.glyph.confidence))
    return tuple(found)


class DoubtModel(QAbstractListModel):
    """Doubtful characters, each with a piece of the picture."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._doubts: tuple[Doubt, ...] = ()
        self._picture: Picture | None = None
        self._crops: dict[Box, QIcon] = {}

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        return self._doubts

    def show(self, picture: Picture | None, found: Sequence[Doubt]) -> None:
        """Shows others."""
        self.beginResetModel()
        if picture is not self._picture:
            self._crops.clear()
        self._picture, self._doubts = picture, tuple(found)
        self.endResetModel()

    def forget_crops(self) -> None:
        """Has the pieces of the picture painted anew: the theme is another one."""
        self._crops.clear()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self._doubts)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._doubts):
            return None
        glyph = self._doubts[index.row()].glyph
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._words(glyph)
        if role == Qt.ItemDataRole.DecorationRole:
            return self._crop(glyph)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._choices(glyph)
        return None

    def _words(self, glyph: ReadGlyph) -> str:
        if glyph.stray:
            return self.tr("{sign}, no character?").format(sign=glyph.text)
        return self.tr("{sign}, {percent}").format(
            sign=glyph.text, percent=percent(glyph.confidence)
        )

    def _choices(self, glyph: ReadGlyph) -> str:
        """What else it may be, with the keys that say so."""
        return "   ".join(
            self.tr("Alt+{number}: {sign}").format(number=number, sign=candidate.label)
            for number, candidate in enumerate(glyph.candidates[:CHOICES], 1)
        )

    def _crop(self, glyph: ReadGlyph) -> QIcon | None:
        if self._picture is None:
            return None
        if glyph.box not in self._crops:
            if len(self._crops) >= _KEPT_CROPS:
                self._crops.clear()
            icon, shown = QIcon(), crop(self._picture.pixels, glyph, CROP)
            for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
                icon.addPixmap(shown, mode)  # the current one is not tinted
            self._crops[glyph.box] = icon
        return self._crops[glyph.box]


def crop(pixels: NDArray[np.uint8], glyph: ReadGlyph, size: QSize) -> QPixmap:
    """A piece of a picture around a glyph, with its box.

    Args:
        pixels: uint8 (H, W, 3), RGB.
        glyph: Where, and in how much doubt.
        size: Of what comes back, in pixels.
    """
    box = glyph.box
    height = max(box.height * (1 + 2 * _AROUND), box.width * size.height() / size.width() * 1.2, 8)
    width = height * size.width() / size.height()
    x, y = box.centre[0] - width / 2, box.centre[1] - height / 2
    scale = size.height() / height
    left, top = max(int(x), 0), max(int(y), 0)
    part = pixels[top : max(int(y + height) + 1, 0), left : max(int(x + width) + 1, 0)]
    shown = QPixmap(size)
    shown.fill(QColor("white"))
    painter = QPainter(shown)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    if part.size:
        place = _on_crop(Box(left, top, part.shape[1], part.shape[0]), x, y, scale)
        painter.drawImage(place, to_image(part))
    painter.setPen(QPen(_line(glyph), 2))
    painter.drawRect(_on_crop(box.grown(1 / scale), x, y, scale))
    painter.end()
    return shown


class DoubtfulList(QWidget):
    """Shows the doubtful characters of a page, and passes on what stands there.

    On the list a plain sign that is typed is what stands there; Enter says that it is what was
    read; Alt with 1 to 5 chooses a candidate; Delete says that there is no character; the arrow
    keys go on and back. The field takes several signs.

    To be wired: `show_doubtful` after each change of the reading (what was told is in doubt no
    more, so the list gets shorter and the next one is the current one); `corrected` to the page's
    corrections; `glyphSelected` to the reader's selection; `select` on the reader's.

    Signals:
        glyphSelected(int): Another one is the current one: its index among the reading's glyphs.
        corrected(PageCorrection): Someone said what stands at a place.
    """

    glyphSelected = Signal(int)
    corrected = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: Picture | None = None
        self._reading: Reading | None = None
        self.model = DoubtModel(self)
        self.count_label = QLabel()
        self.order_box = self._make_order_box()
        self.list = self._make_list()
        self.choices_label = QLabel()
        self.choices_label.setTextFormat(Qt.TextFormat.PlainText)
        self.choices_label.setWordWrap(True)
        self.field = self._make_field()
        self._lay_out()
        self.list.selectionModel().currentChanged.connect(self._tell_current)
        self.order_box.currentIndexChanged.connect(self._reorder)
        self.field.returnPressed.connect(self._tell_field)
        self._tell_count()

    @property
    def current(self) -> Doubt | None:
        """The one that is the current one of the list."""
        row = self.list.currentIndex().row()
        return self.model.doubts[row] if 0 <= row < len(self.model.doubts) else None

    def show_doubtful(self, picture: Picture | None, reading: Reading | None) -> None:
        """Shows what of a page was read in doubt. The current one stays so where it is still there,
        else the one that has come to its place is it; nothing is told of that."""
        before, row = self.current, max(self.list.currentIndex().row(), 0)
        fresh = picture is not self._picture
        self._picture, self._reading = picture, reading
        worst = self.order_box.currentData() == _WORST
        found = () if reading is None else doubts(reading, worst_first=worst)
        selection = self.list.selectionModel()
        selection.blockSignals(True)
        self.model.show(picture, found)
        if found:
            at = 0 if fresh else min(row, len(found) - 1)
            same = None if fresh or before is None else self._row_of(before.glyph.box)
            self._go(at if same is None else same)
        selection.blockSignals(False)
        self.list.viewport().update()
        self._tell_count()
        self._show_choices()

    def select(self, index: int | None) -> None:
        """Makes the one that is the reading's glyph of that index the current one, if it is here;
        tells nothing."""
        rows = (row for row, one in enumerate(self.model.doubts) if one.index == index)
        row = next(rows, None)
        if row is not None and row != self.list.currentIndex().row():
            selection = self.list.selectionModel()
            selection.blockSignals(True)
            self._go(row)
            selection.blockSignals(False)
            self.list.viewport().update()
            self._show_choices()

    def begin(self) -> None:
        """Gives the list the keyboard, and tells of its current one."""
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._tell_current()

    # --- what people do ---

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.list and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and self._means(event) is not None:
                event.accept()  # before any action that is on the same key
                return True
            if event.type() == QEvent.Type.KeyPress:
                text = self._means(event)
                if text is not None:
                    self._tell(text)
                    return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self.model.forget_crops()
        super().changeEvent(event)

    def _means(self, event: QKeyEvent) -> str | None:
        """What a key says stands at the current one's place; None where it says nothing of it."""
        current = self.current
        if current is None:
            return None
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return current.glyph.text
        if deletes(event):
            return ""
        number = candidate_number(event)
        if number is not None and number <= len(current.glyph.candidates):
            return current.glyph.candidates[number - 1].label
        return typed_sign(event)

    def _tell(self, text: str) -> None:
        current = self.current
        if current is not None:
            self.corrected.emit(PageCorrection(current.glyph.box, text))

    @Slot()
    def _tell_field(self) -> None:
        text = self.field.text().strip()
        self.field.clear()
        if text:
            self._tell(text)

    @Slot()
    def _tell_current(self) -> None:
        self._show_choices()
        current = self.current
        if current is not None:
            self.glyphSelected.emit(current.index)

    @Slot()
    def _reorder(self) -> None:
        self.show_doubtful(self._picture, self._reading)

    # --- what is seen ---

    def _row_of(self, box: Box) -> int | None:
        rows = (row for row, one in enumerate(self.model.doubts) if one.glyph.box == box)
        return next(rows, None)

    def _go(self, row: int) -> None:
        self.list.setCurrentIndex(self.model.index(row))
        self.list.scrollTo(self.model.index(row))

    def _tell_count(self) -> None:
        count = len(self.model.doubts)
        if self._reading is None:
            text = ""
        elif count:
            text = self.tr("In doubt: {count}").format(count=QLocale().toString(count))
        else:
            text = self.tr("Nothing is in doubt")
        self.count_label.setText(text)
        self.list.setAccessibleDescription(text)
        for control in (self.field, self.list):
            control.setEnabled(count > 0)

    def _show_choices(self) -> None:
        index = self.list.currentIndex()
        text = str(index.data(Qt.ItemDataRole.ToolTipRole)) if index.isValid() else ""
        self.choices_label.setText(text)

    # --- how it is built ---

    def _make_order_box(self) -> QComboBox:
        box = QComboBox()
        box.addItem(self.tr("Worst first"), _WORST)
        box.addItem(self.tr("As they stand on the page"), _PLACE)
        box.setAccessibleName(self.tr("Order"))
        box.setToolTip(self.tr("In which order to go through what is in doubt"))
        return box

    def _make_list(self) -> QListView:
        found = QListView()
        found.setModel(self.model)
        found.setIconSize(CROP)
        font = found.font()
        font.setPointSizeF(font.pointSizeF() * _SIGN_SIZE)
        found.setFont(font)
        found.setUniformItemSizes(True)
        found.setSpacing(1)
        found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        found.setAccessibleName(self.tr("Characters in doubt"))
        found.setToolTip(
            self.tr(
                "Type what stands there. Enter: as it was read. Alt+1 to Alt+5: a candidate. "
                "Delete: no character. Arrow keys: go on, and back."
            )
        )
        found.installEventFilter(self)
        return found

    def _make_field(self) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(self.tr("What stands there"))
        field.setPlaceholderText(self.tr("Several signs"))
        field.setToolTip(self.tr("Where several signs were taken for one: type them, then Enter"))
        return field

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.count_label, 1)
        head.addWidget(self.order_box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addWidget(self.choices_label)
        column.addWidget(self.field)


_WORST, _PLACE = "worst", "place"


def _on_crop(box: Box, x: float, y: float, scale: float) -> QRect:
    """Where a part of the picture is on a piece of it that begins at x, y."""
    left, top = round((box.x - x) * scale), round((box.y - y) * scale)
    right, bottom = round((box.right - x) * scale), round((box.bottom - y) * scale)
    return QRect(left, top, right - left, bottom - top)


def _line(glyph: ReadGlyph) -> QColor:
    return line_colour(grade(glyph), strong=False) if not shows_high_contrast() else QColor("black")
