"""Thumbnails of pages, made beside the window: those that are seen first, one after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QThread, QThreadPool, Signal, Slot
from PySide6.QtGui import QImage

from core.errors import GlyphpadError
from desktop.background import End, Job, Report
from desktop.imaging import to_image
from desktop.pages.page import Page


@dataclass(frozen=True, eq=False)
class Thumbnail:
    """A page's thumbnail.

    Attributes:
        page: Whose.
        image: None for a page that cannot be decoded.
    """

    page: Page
    image: QImage | None


class ThumbnailMaker(QObject):
    """Makes thumbnails on a thread of its own.

    Signals:
        made(Thumbnail): One is there.
        crashed(Exception): A bug.
    """

    made = Signal(object)
    crashed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: tuple[Page, ...] = ()
        self._side = 0
        self._busy = False
        self._report = Report(self)
        self._report.done.connect(self._tell)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._pool.setThreadPriority(QThread.Priority.LowPriority)

    @property
    def busy(self) -> bool:
        """Whether one is being made."""
        return self._busy

    def want(self, pages: Sequence[Page], side: int) -> None:
        """Has thumbnails made of `pages`, in this order, in the place of what still waits.

        Args:
            pages: Whose.
            side: Of the longer side of each, in display pixels.
        """
        self._waiting, self._side = tuple(pages), side
        self._make_next()

    def close(self) -> None:
        """Drops what waits, and waits for the one that is being made."""
        self._waiting = ()
        self._pool.clear()
        self._pool.waitForDone()

    def _make_next(self) -> None:
        if self._waiting and not self._busy:
            page, *rest = self._waiting
            self._waiting, self._busy = tuple(rest), True
            self._pool.start(Job(0, partial(_drawn, page, self._side), self._report))

    @Slot(object)
    def _tell(self, end: End) -> None:
        self._busy = False
        if isinstance(end.result, Thumbnail):
            self.made.emit(end.result)
        elif isinstance(end.result, Exception):
            self.crashed.emit(end.result)
        self._make_next()


def _drawn(page: Page, side: int) -> Thumbnail:
    try:
        return Thumbnail(page, to_image(page.draw(side)))
    except GlyphpadError:
        return Thumbnail(page, None)
