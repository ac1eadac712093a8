"""The pages that are open, as a list of thumbnails at the side of the window."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPalette,
    QPixmap,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.pages.page import Page

THUMBNAIL = QSize(96, 96)
"""The room of a thumbnail, in device-independent pixels: the layout of a page can be told."""

KEPT_THUMBNAILS = 400
"""The most thumbnails that are kept, some 40 kB each at the usual scale: more than any screen
shows at once, with room to scroll back."""

AHEAD = 6
"""Pages beyond those that are seen whose thumbnails are made too."""

_MARGIN = 6
"""Pixels around a thumbnail and its caption."""

_PROBE = 16
"""Pixels between two places at which the list is asked for its row: less than a row is high."""

_Index = QModelIndex | QPersistentModelIndex

PAGE_ROLE = Qt.ItemDataRole.UserRole
"""The `Page` of a row."""

DAMAGED_ROLE = PAGE_ROLE + 1
"""Whether a row's page could not be decoded."""

THUMBNAIL_ROLE = PAGE_ROLE + 2
"""A row's thumbnail, a `QPixmap`, or None while there is none. It is no decoration, of which Qt
would make an icon, and a tinted copy where it is selected."""


class PageModel(QAbstractListModel):
    """The pages that are open, in their order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pages: list[Page] = []
        self._thumbnails: OrderedDict[Page, QPixmap] = OrderedDict()
        self._damaged: set[Page] = set()
        self._told: Mapping[int, Callable[[Page], Any]] = {
            Qt.ItemDataRole.DisplayRole: self._caption,
            Qt.ItemDataRole.ToolTipRole: lambda page: page.source,
            Qt.ItemDataRole.AccessibleTextRole: self._spoken,
            PAGE_ROLE: lambda page: page,
            DAMAGED_ROLE: self._damaged.__contains__,
            THUMBNAIL_ROLE: self._thumbnails.get,
        }

    @property
    def pages(self) -> tuple[Page, ...]:
        return tuple(self._pages)

    def page(self, row: int) -> Page:
        return self._pages[row]

    def row_of(self, page: Page | None) -> int | None:
        rows = (row for row, each in enumerate(self._pages) if each is page)
        return next(rows, None)

    def insert(self, row: int, pages: Sequence[Page]) -> None:
        """Puts pages before a row, or at the end."""
        if pages:
            self.beginInsertRows(QModelIndex(), row, row + len(pages) - 1)
            self._pages[row:row] = pages
            self.endInsertRows()

    def remove(self, first: int, count: int) -> None:
        """Takes `count` pages away, from a row on."""
        if count:
            self.beginRemoveRows(QModelIndex(), first, first + count - 1)
            for page in self._pages[first : first + count]:
                self._thumbnails.pop(page, None)
                self._damaged.discard(page)
            del self._pages[first : first + count]
            self.endRemoveRows()

    def needs_thumbnail(self, row: int) -> bool:
        page = self._pages[row]
        return page not in self._thumbnails and page not in self._damaged

    def put_thumbnail(self, page: Page, thumbnail: QPixmap | None) -> None:
        """Takes a page's thumbnail, or that it cannot be decoded; nothing if it is gone."""
        row = self.row_of(page)
        if row is None:
            return
        if thumbnail is None:
            self._damaged.add(page)
        else:
            self._thumbnails[page] = thumbnail
            self._thumbnails.move_to_end(page)
            if len(self._thumbnails) > KEPT_THUMBNAILS:
                self._thumbnails.popitem(last=False)
        self._tell(row, row)

    def forget_thumbnails(self) -> None:
        """The display has other pixels now: they are to be made anew."""
        self._thumbnails.clear()
        if self._pages:
            self._tell(0, len(self._pages) - 1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self._pages)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._pages):
            return None
        told = self._told.get(role)
        return None if told is None else told(self._pages[index.row()])

    def _caption(self, page: Page) -> str:
        if page.count == 1:
            return page.name
        return self.tr("{page} · {name}").format(page=page.number, name=page.name)

    def _spoken(self, page: Page) -> str:
        if page in self._damaged:
            return self.tr("{name}, page {page}, damaged").format(name=page.name, page=page.number)
        return self.tr("{name}, page {page} of {pages}").format(
            name=page.name, page=page.number, pages=page.count
        )

    def _tell(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first), self.index(last))


class PageDelegate(QStyledItemDelegate):
    """Paints a page: its thumbnail on the middle, its caption below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        line = option.fontMetrics.height()
        return THUMBNAIL + QSize(2 * _MARGIN, 3 * _MARGIN + line)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        caption = shown.text
        shown.text = ""
        style = shown.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, shown, painter, shown.widget)
        self._paint_thumbnail(painter, shown, index)
        self._paint_caption(painter, shown, caption)

    def _paint_thumbnail(
        self, painter: QPainter, shown: QStyleOptionViewItem, index: _Index
    ) -> None:
        room = _room(shown.rect)
        pixmap = index.data(THUMBNAIL_ROLE)
        size = THUMBNAIL if pixmap is None else pixmap.deviceIndependentSize().toSize()
        place = QRect(QPoint(0, 0), size)
        place.moveCenter(room.center())
        if pixmap is None:
            painter.fillRect(place.adjusted(14, 2, -14, -2), shown.palette.brush(_Role.Base))
        else:
            painter.drawPixmap(place.topLeft(), pixmap)
        if index.data(DAMAGED_ROLE):
            icon = shown.widget.style().standardIcon(QStyle.StandardPixmap.SP_MessageBoxWarning)
            icon.paint(painter, place.adjusted(32, 32, -32, -32))
        painter.save()
        painter.setPen(shown.palette.color(_Role.Mid))
        painter.drawRect(place if pixmap is not None else place.adjusted(14, 2, -15, -3))
        painter.restore()

    def _paint_caption(self, painter: QPainter, shown: QStyleOptionViewItem, caption: str) -> None:
        line = QRect(shown.rect)
        line.setTop(_room(shown.rect).bottom() + _MARGIN)
        line.adjust(_MARGIN, 0, -_MARGIN, 0)
        selected = bool(shown.state & QStyle.StateFlag.State_Selected)
        role = _Role.HighlightedText if selected else _Role.Text
        metrics = QFontMetrics(shown.font)
        painter.save()
        painter.setFont(shown.font)
        painter.setPen(shown.palette.color(role))
        text = metrics.elidedText(caption, Qt.TextElideMode.ElideMiddle, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, text)
        painter.restore()


class PageList(QListView):
    """Shows the pages that are open.

    Signals:
        pageChosen(Page): A page was clicked, or reached with the keyboard.
        thumbnailsWanted(tuple[Page, ...], int): These pages are seen without a thumbnail, and its
            side is to be so many display pixels.
        closeRequested(Page): A page is to be closed.
    """

    pageChosen = Signal(object)
    thumbnailsWanted = Signal(object, int)
    closeRequested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._telling = True
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.timeout.connect(self._ask_for_visible)
        self.setItemDelegate(PageDelegate(self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Pages"))
        self.setToolTip(self.tr("The pages that are open"))
        self.setFixedWidth(THUMBNAIL.width() + 2 * _MARGIN + self._bar_width())
        self.verticalScrollBar().valueChanged.connect(self._look_soon)

    def show_model(self, model: PageModel) -> None:
        """Shows the pages of a model."""
        self.setModel(model)
        self.selectionModel().currentChanged.connect(self._tell_choice)
        for changed in (model.rowsInserted, model.rowsRemoved):
            changed.connect(self._look_soon)

    def mark(self, row: int | None) -> None:
        """Shows a row as the one whose page is shown; None for none. It is told of to nobody."""
        self._telling = False
        if row is None:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        else:
            index = self.model().index(row, 0)
            self.setCurrentIndex(index)
            self.scrollTo(index)
        self._telling = True

    def put_thumbnail(self, page: Page, thumbnail: QPixmap | None) -> None:
        """Shows a page's thumbnail, or that it is damaged."""
        model = self.model()
        if isinstance(model, PageModel):
            model.put_thumbnail(page, thumbnail)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._look.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        page = self.currentIndex().data(PAGE_ROLE)
        if event.key() == Qt.Key.Key_Delete and isinstance(page, Page):
            self.closeRequested.emit(page)
        else:
            super().keyPressEvent(event)

    @Slot(QModelIndex, QModelIndex)
    def _tell_choice(self, current: QModelIndex, _before: QModelIndex) -> None:
        page = current.data(PAGE_ROLE)
        if self._telling and isinstance(page, Page):
            self.pageChosen.emit(page)

    @Slot()
    def _look_soon(self) -> None:
        # not the timer's own slot, which would take a scroll bar's value for milliseconds
        self._look.start()

    @Slot()
    def _ask_for_visible(self) -> None:
        model = self.model()
        if not isinstance(model, PageModel) or not self.isVisible():
            return
        rows = self._visible_rows()
        ahead = range(rows.stop, min(rows.stop + AHEAD, model.rowCount()))
        pages = tuple(model.page(row) for row in (*rows, *ahead) if model.needs_thumbnail(row))
        side = round(THUMBNAIL.width() * self.devicePixelRatioF())
        self.thumbnailsWanted.emit(pages, side)

    def _visible_rows(self) -> range:
        view = self.viewport()
        places = (QPoint(view.width() // 2, y) for y in range(0, view.height(), _PROBE))
        rows = [index.row() for index in map(self.indexAt, places) if index.isValid()]
        return range(rows[0], rows[-1] + 1) if rows else range(0)

    def _bar_width(self) -> int:
        extent = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        return extent + 2 * self.frameWidth()


def _room(row: QRect) -> QRect:
    """Where the thumbnail of a row is."""
    return QRect(
        row.left() + (row.width() - THUMBNAIL.width()) // 2,
        row.top() + _MARGIN,
        THUMBNAIL.width(),
        THUMBNAIL.height(),
    )


_Role = QPalette.ColorRole
