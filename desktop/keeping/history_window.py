"""The history: past pads in a list that can be searched, each to be opened or deleted."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QDateTime,
    QEvent,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QPixmap,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListView,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.archive import PadEntry, PadId
from core.ink import Ink
from desktop.canvas.thumbnail import thumbnail

THUMBNAIL = QSize(112, 72)
"""The size of a thumbnail, in device-independent pixels: a line of a few words can be told by its
shape."""

KEPT_THUMBNAILS = 200
"""The most thumbnails that are kept, some 32 kB each: more than a screen shows at once."""

_WORDS_LENGTH = 80
"""The most characters of a text that its row shows."""

_PROBE = 16
"""Pixels between two places at which the list is asked for its row: less than a row is high."""

_WALKING = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)

_Index = QModelIndex | QPersistentModelIndex


class PadModel(QAbstractListModel):
    """Past pads, in the order that they are given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[PadEntry, ...] = ()
        self._thumbnails: OrderedDict[PadEntry, QPixmap] = OrderedDict()
        self._blank = QPixmap()

    @property
    def entries(self) -> tuple[PadEntry, ...]:
        return self._entries

    def show(self, entries: tuple[PadEntry, ...]) -> None:
        """Shows other pads; the thumbnails of those that are as they were stay."""
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def row_of(self, pad: PadId | None) -> int | None:
        rows = (row for row, entry in enumerate(self._entries) if entry.id == pad)
        return next(rows, None)

    def has_thumbnail(self, row: int) -> bool:
        return self._entries[row] in self._thumbnails

    def put_thumbnail(self, row: int, thumbnail: QPixmap) -> None:
        self._thumbnails[self._entries[row]] = thumbnail
        if len(self._thumbnails) > KEPT_THUMBNAILS:
            self._thumbnails.popitem(last=False)
        self.dataChanged.emit(self.index(row), self.index(row), [Qt.ItemDataRole.DecorationRole])

    def forget_thumbnails(self, blank: QPixmap) -> None:
        """Shows `blank` for every pad until its thumbnail is put."""
        self._thumbnails.clear()
        self._blank = blank
        if self._entries:
            self.dataChanged.emit(self.index(0), self.index(len(self._entries) - 1))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._entries):
            return None
        entry = self._entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{_date(entry)}\n{self._words(entry)}"
        if role == Qt.ItemDataRole.DecorationRole:
            return self._thumbnails.get(entry, self._blank)
        if role == Qt.ItemDataRole.ToolTipRole:
            return entry.text or self.tr("No text was read")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.tr("{text}, written {date}, strokes: {count}").format(
                text=self._words(entry), date=_date(entry), count=entry.strokes
            )
        return None

    def _words(self, entry: PadEntry) -> str:
        """The beginning of the text, on one line."""
        words = " ".join(entry.text.split())
        if len(words) > _WORDS_LENGTH:
            return words[: _WORDS_LENGTH - 1] + "…"
        return words or self.tr("No text")


class HistoryWindow(QDialog):
    """Shows past pads, and passes on what a person wants of them.

    Signals:
        searchRequested(str): The pads whose text holds these words are to be shown
            (`show_pads`); told when the window opens, too.
        inkRequested(str): The ink of a pad is to be shown (`show_ink`), by its id.
        openRequested(str): A pad is to be opened, by its id.
        deleteRequested(str): A pad is to be deleted for good; the person was asked.
    """

    searchRequested = Signal(str)
    inkRequested = Signal(str)
    openRequested = Signal(str)
    deleteRequested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Past pads"))
        self.resize(520, 560)
        self._asked: set[PadId] = set()
        self.model = PadModel(self)
        self.search_field = self._make_search_field()
        self.list = self._make_list()
        self.count_label = QLabel()
        self.open_button = QPushButton(self.tr("&Open"))
        self.open_button.setToolTip(self.tr("Put this pad before you again (Enter)"))
        self.delete_button = QPushButton(self.tr("&Delete…"))
        self.delete_button.setToolTip(self.tr("Delete this pad for good (Delete)"))
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.timeout.connect(self._ask_for_visible)
        self._lay_out()
        self._connect()
        self._forget_thumbnails()
        self.show_pads("", ())

    @property
    def chosen(self) -> PadEntry | None:
        """The pad that is the current one of the list."""
        index = self.list.currentIndex()
        return self.model.entries[index.row()] if index.isValid() else None

    def show_pads(self, search: str, entries: tuple[PadEntry, ...]) -> None:
        """Shows what a search came to, unless another one was made meanwhile; the chosen pad stays
        so if it is there, else the one that has come to its place."""
        if search != self.search_field.text():
            return
        before, row = self.chosen, self.list.currentIndex().row()
        self.model.show(entries)
        kept = None if before is None else self.model.row_of(before.id)
        if entries:
            place = min(max(row, 0), len(entries) - 1) if kept is None else kept
            self.list.setCurrentIndex(self.model.index(place))
        self._tell_count(len(entries))
        self._tell_choice()
        self._look.start()

    def show_ink(self, pad: PadId, ink: Ink) -> None:
        """Shows what is on a pad, if it is still in the list."""
        row = self.model.row_of(pad)
        if pad in self._asked and row is not None:
            self._asked.discard(pad)
            self.model.put_thumbnail(row, self._thumbnail(ink))

    # --- what people do ---

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search field, the arrow keys go to the list."""
        if watched is self.search_field and event.type() == QEvent.Type.KeyPress:
            key = event.key() if isinstance(event, QKeyEvent) else None
            if key in _WALKING:
                self.list.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.search_field.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
        self.search_field.selectAll()
        self.searchRequested.emit(self.search_field.text())

    def hideEvent(self, event: QHideEvent) -> None:
        self._look.stop()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._look.start()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.DevicePixelRatioChange):
            self._forget_thumbnails()
        super().changeEvent(event)

    @Slot()
    def _open(self) -> None:
        chosen = self.chosen
        if chosen is not None:
            self.accept()
            self.openRequested.emit(chosen.id)

    @Slot()
    def _ask_to_delete(self) -> None:
        chosen = self.chosen
        if chosen is None:
            return
        box = QMessageBox(
            QMessageBox.Icon.Warning,
            self.tr("Delete a pad"),
            self.tr("Delete this pad for good? It cannot be brought back."),
            QMessageBox.StandardButton.Cancel,
            self,
        )
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        box.setInformativeText(str(self.list.currentIndex().data()))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        delete = box.addButton(self.tr("&Delete"), QMessageBox.ButtonRole.DestructiveRole)
        delete.clicked.connect(lambda: self._delete(chosen.id))
        box.open()

    def _delete(self, pad: PadId) -> None:
        self.deleteRequested.emit(pad)
        self.searchRequested.emit(self.search_field.text())

    @Slot()
    def _look_soon(self) -> None:
        # not the timer itself: it would take what the scroll bar tells for milliseconds
        self._look.start()

    @Slot()
    def _ask_for_visible(self) -> None:
        """Asks for the ink of the pads that are seen, once for each."""
        for row in self._visible_rows():
            pad = self.model.entries[row].id
            if pad not in self._asked and not self.model.has_thumbnail(row):
                self._asked.add(pad)
                self.inkRequested.emit(pad)

    # --- what is seen ---

    def _visible_rows(self) -> range:
        view = self.list.viewport()
        places = (QPoint(view.width() // 2, y) for y in range(0, view.height(), _PROBE))
        rows = [index.row() for index in map(self.list.indexAt, places) if index.isValid()]
        return range(rows[0], rows[-1] + 1) if rows else range(0)

    def _tell_count(self, count: int) -> None:
        if count:
            text = self.tr("Pads: {count}").format(count=QLocale().toString(count))
        elif self.search_field.text().strip():
            text = self.tr("No past pad holds these words")
        else:
            text = self.tr("There are no past pads yet")
        self.count_label.setText(text)

    @Slot()
    def _tell_choice(self) -> None:
        for button in (self.open_button, self.delete_button):
            button.setEnabled(self.chosen is not None)

    def _forget_thumbnails(self) -> None:
        self._asked.clear()
        self.model.forget_thumbnails(self._thumbnail(Ink()))
        self._look.start()

    def _thumbnail(self, ink: Ink) -> QPixmap:
        return QPixmap.fromImage(
            thumbnail(ink, THUMBNAIL, self.devicePixelRatioF(), self.palette())
        )

    # --- how it is built ---

    def _make_search_field(self) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(self.tr("Search"))
        field.setAccessibleName(self.tr("Search past pads"))
        field.setToolTip(self.tr("Words, or parts of words, that a pad's text holds"))
        field.setClearButtonEnabled(True)
        field.installEventFilter(self)
        return field

    def _make_list(self) -> QListView:
        pads = QListView()
        pads.setModel(self.model)
        pads.setIconSize(THUMBNAIL)
        pads.setUniformItemSizes(True)
        pads.setSpacing(2)
        pads.setTextElideMode(Qt.TextElideMode.ElideRight)
        pads.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        pads.setAccessibleName(self.tr("Past pads, the newest first"))
        pads.setToolTip(self.tr("Past pads, the newest first"))
        return pads

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self.open_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.delete_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.search_field)
        column.addWidget(self.list, 1)
        column.addWidget(self.count_label)
        column.addWidget(buttons)
        # after it has come into the dialog, which would choose another one
        self.open_button.setDefault(True)

    def _connect(self) -> None:
        self.search_field.textChanged.connect(self.searchRequested)
        self.list.activated.connect(self._open)
        self.list.selectionModel().currentChanged.connect(self._tell_choice)
        self.list.verticalScrollBar().valueChanged.connect(self._look_soon)
        self.open_button.clicked.connect(self._open)
        self.delete_button.clicked.connect(self._ask_to_delete)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.list)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(self._ask_to_delete)


def _date(entry: PadEntry) -> str:
    """When the pad changed last, as the person's language and place write it."""
    when = QDateTime.fromSecsSinceEpoch(round(entry.changed))
    return QLocale().toString(when, QLocale.FormatType.ShortFormat)
