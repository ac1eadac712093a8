"""The pages that are open, in the window: their list, and the way from one to the next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QPixmap

from core.picture import Picture
from desktop.pages.documents import Documents
from desktop.pages.kept_corrections import KeptCorrections
from desktop.pages.page import Page
from desktop.pages.page_corrections import PageCorrections
from desktop.pages.thumbnails import Thumbnail, ThumbnailMaker
from desktop.reading.reader import Reader
from desktop.window import Window


class Paging(QObject):
    """Between the documents, the reader and the window."""

    def __init__(
        self,
        window: Window,
        documents: Documents,
        reader: Reader,
        corrections: PageCorrections,
        kept: KeptCorrections,
        *,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._documents = documents
        self._reader = reader
        self._corrections = corrections
        self._kept = kept
        self.thumbnails = ThumbnailMaker(self)
        window.page_list.show_model(documents.model)
        self._connect_documents()
        self._connect_window()
        reader.padShown.connect(documents.leave)
        reader.pictureShown.connect(self._show_picture)

    def close(self) -> None:
        """Ends the threads."""
        self.thumbnails.close()
        self._documents.close()

    def _connect_documents(self) -> None:
        documents = self._documents
        documents.pageShown.connect(self._show_page)
        documents.placeChanged.connect(self._tell_place)
        documents.closed.connect(self._forget)

    def _connect_window(self) -> None:
        window, documents, pages = self._window, self._documents, self._window.page_list
        window.nextRequested.connect(documents.go_next)
        window.previousRequested.connect(documents.go_previous)
        window.page_actions.close_page_action.triggered.connect(self._close_page)
        window.page_actions.close_all_action.triggered.connect(self._close_all)
        window.page_actions.list_action.toggled.connect(self._tell_place)
        pages.pageChosen.connect(documents.go)
        pages.closeRequested.connect(self._close)
        pages.thumbnailsWanted.connect(self.thumbnails.want)
        self.thumbnails.made.connect(self._show_thumbnail)

    # --- what is shown ---

    @Slot(object, object)
    def _show_page(self, page: Page, picture: Picture) -> None:
        self._corrections.show(page)
        self._kept.ask(page, picture)
        self._reader.show_picture(picture, page)

    @Slot(object)
    def _show_picture(self, picture: Picture) -> None:
        self._window.page_view.show_picture(picture)
        self._window.page_view.show_region(self._reader.region)
        self._window.show_page_view()

    @Slot()
    def _tell_place(self) -> None:
        documents, window = self._documents, self._window
        window.set_steps(previous=documents.has_previous, following=documents.has_next)
        window.offer_pages(pages=documents.model.rowCount(), shown=documents.shown is not None)
        window.page_list.mark(documents.model.row_of(documents.marked))
        if documents.shown is None:
            self._corrections.show(None)

    @Slot(object)
    def _show_thumbnail(self, thumbnail: Thumbnail) -> None:
        pixmap = None
        if thumbnail.image is not None:
            pixmap = QPixmap.fromImage(thumbnail.image)
            pixmap.setDevicePixelRatio(self._window.page_list.devicePixelRatioF())
        self._documents.model.put_thumbnail(thumbnail.page, pixmap)

    @Slot()
    def _close_page(self) -> None:
        page = self._documents.shown
        if page is not None:
            self._close(page)

    @Slot(object)
    def _close(self, page: Page) -> None:
        self._documents.close_page(page)
        self._back_if_none()

    @Slot()
    def _close_all(self) -> None:
        self._documents.close_all()
        self._back_if_none()

    def _back_if_none(self) -> None:
        if not self._documents.model.rowCount():
            self._reader.show_pad()

    @Slot(object)
    def _forget(self, pages: Sequence[Page]) -> None:
        self._reader.forget(pages)
        self._corrections.close(pages)
