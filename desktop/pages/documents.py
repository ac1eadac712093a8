"""What is open: the pages in the list, and which of them is shown."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot

from core.errors import FileError, GlyphpadError
from core.inkml import InkDocument
from core.picture import Picture
from core.sources import folder_files
from desktop.background import End, Job, Report
from desktop.pages.page import Page, file_pages
from desktop.pages.page_list import PageModel
from desktop.reading.opening import Opener

Source = Callable[[], "Found"]
"""Looks at something that is to be opened, on a thread of its own."""


@dataclass(frozen=True, eq=False)
class Found:
    """What something that was to be opened holds.

    Attributes:
        pages: Those of a file.
        paths: The files of a folder.
    """

    pages: tuple[Page, ...] = ()
    paths: tuple[Path, ...] = ()


@dataclass(frozen=True, eq=False)
class Progressed:
    """How far an opening of many has come.

    Attributes:
        name: What is being opened now.
        done: How much was looked at.
        total: Of how much.
    """

    name: str
    done: int
    total: int


class Documents(QObject):
    """Opens files, and goes from page to page.

    Signals:
        gathering(Progressed): One of several files is being looked at.
        gathered: All of them were, or the rest was given up.
        opening(Page): A page is being decoded.
        opened: It is there, or could not be had, or was given up.
        pageShown(Page, Picture): A page is there, to be shown.
        inkOpened(InkDocument): A file of ink is there, for the pad.
        placeChanged: Another page is the one that is shown, or there are other pages now.
        failed(tuple[GlyphpadError, ...]): These could not be opened.
        pageFailed(GlyphpadError): A page could not be decoded; what was shown stays.
        closed(tuple[Page, ...]): Pages are not open any more.
        crashed(Exception): A bug.
    """

    gathering = Signal(object)
    gathered = Signal()
    opening = Signal(object)
    opened = Signal()
    pageShown = Signal(object, object)
    inkOpened = Signal(object)
    placeChanged = Signal()
    failed = Signal(object)
    pageFailed = Signal(object)
    closed = Signal(object)
    crashed = Signal(object)

    def __init__(self, opener: Opener, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model = PageModel(self)
        self._opener = opener
        self._shown: Page | None = None
        self._asked: Page | None = None
        self._opening = False
        self._waiting: deque[tuple[str, Source]] = deque()
        self._done = self._number = 0
        self._first: Page | None = None
        self._failures: list[GlyphpadError] = []
        self._report = Report(self)
        self._report.done.connect(self._take)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        opener.opened.connect(self._show)
        opener.failed.connect(self._fail)

    @property
    def shown(self) -> Page | None:
        """The page that is shown; None while the pad is."""
        return self._shown

    @property
    def marked(self) -> Page | None:
        """The page that is shown, or will be once it is decoded."""
        return self._asked if self._opening else self._shown

    @property
    def has_next(self) -> bool:
        return self._place + 1 < self.model.rowCount()

    @property
    def has_previous(self) -> bool:
        return self._place > 0

    # --- opening ---

    def open_files(self, paths: Sequence[Path]) -> None:
        """Puts the pages of files, and of the files in folders, into the list, and shows the first
        of them. A file that is open already is looked at anew, at its old place."""
        self._gather([(path.name, partial(_found, path)) for path in paths])

    def open_pages(self, name: str, pages: Callable[[], tuple[Page, ...]]) -> None:
        """The same of something that is no file.

        Args:
            name: What it is called meanwhile.
            pages: Looks at it, on a thread of its own; raises a `FileError`.
        """
        self._gather([(name, partial(_held, pages))])

    def cancel(self) -> None:
        """Gives up what is being opened; what was shown stays, and what was found is kept."""
        self._number += 1
        self._waiting.clear()
        self._end_gathering()
        self._opener.cancel()
        self._end_opening()

    def close(self) -> None:
        """Ends the threads."""
        self._number += 1
        self._waiting.clear()
        self._pool.clear()
        self._pool.waitForDone()

    # --- going from page to page ---

    def go(self, page: Page) -> None:
        """Shows a page of the list."""
        self._asked, self._opening = page, True
        self.opening.emit(page)
        self.placeChanged.emit()
        self._opener.open(page.read)

    def go_next(self) -> None:
        if self.has_next:
            self.go(self.model.page(self._place + 1))

    def go_previous(self) -> None:
        if self.has_previous:
            self.go(self.model.page(self._place - 1))

    @Slot()
    def leave(self) -> None:
        """The pad is shown now; the next page is the one after the page that was shown last."""
        self._shown = None
        self._opener.cancel()
        self._end_opening()

    def close_page(self, page: Page) -> None:
        """Takes a page off the list; if it is shown, the one in its place is shown next."""
        row = self.model.row_of(page)
        if row is None:
            return
        self._remove(row, 1)
        count = self.model.rowCount()
        if page is self._asked:
            self._asked = None
        if page is self._shown:
            self._shown = None
            if count:
                self.go(self.model.page(min(row, count - 1)))
        self.placeChanged.emit()

    def close_all(self) -> None:
        self.cancel()
        self._shown = self._asked = None
        self._remove(0, self.model.rowCount())
        self.placeChanged.emit()

    @property
    def _place(self) -> int:
        """The row of the page that was asked for last, whether it could be had or not."""
        row = self.model.row_of(self._asked)
        return -1 if row is None else row

    def _remove(self, first: int, count: int) -> None:
        gone = self.model.pages[first : first + count]
        self.model.remove(first, count)
        if gone:
            self.closed.emit(gone)

    # --- looking at files, one after another ---

    def _gather(self, sources: Sequence[tuple[str, Source]]) -> None:
        if not sources:
            return
        idle = not self._waiting
        self._waiting.extend(sources)
        if idle:
            self._done, self._first, self._failures = 0, None, []
            self._look_at_next()

    def _look_at_next(self) -> None:
        name, source = self._waiting[0]
        self.gathering.emit(Progressed(name, self._done, self._done + len(self._waiting)))
        self._pool.start(Job(self._number, source, self._report))

    @Slot(object)
    def _take(self, end: End) -> None:
        if end.number != self._number:
            return
        self._waiting.popleft()
        self._done += 1
        if isinstance(end.result, GlyphpadError):
            self._failures.append(end.result)
        elif isinstance(end.result, Exception):
            self.crashed.emit(end.result)
        elif isinstance(end.result, Found):
            self._add(end.result)
        if self._waiting:
            self._look_at_next()
        else:
            self._end_gathering()

    def _add(self, found: Found) -> None:
        inside = [(path.name, partial(_found, path)) for path in reversed(found.paths)]
        self._waiting.extendleft(inside)
        if not found.pages:
            return
        row = self._make_room(found.pages[0].path)
        self.model.insert(row, found.pages)
        if self._first is None:
            self._first = found.pages[0]
            self.go(self._first)
        self.placeChanged.emit()

    def _make_room(self, path: Path | None) -> int:
        """Where the pages of a file belong: in the place of its old ones, or at the end."""
        rows = [row for row, page in enumerate(self.model.pages) if path and page.path == path]
        if not rows:
            return self.model.rowCount()
        self._remove(rows[0], len(rows))
        return rows[0]

    def _end_gathering(self) -> None:
        self.gathered.emit()
        if self._failures:
            failures, self._failures = tuple(self._failures), []
            self.failed.emit(failures)

    # --- a page that was decoded ---

    @Slot(object)
    def _show(self, source: object) -> None:
        self._opening = False
        if isinstance(source, Picture) and self._asked is not None:
            self._shown = self._asked
            self.pageShown.emit(self._shown, source)
        elif isinstance(source, InkDocument):
            self._shown = None
            self.inkOpened.emit(source)
        self._end_opening()

    @Slot(object)
    def _fail(self, error: FileError) -> None:
        self._end_opening()
        self.pageFailed.emit(error)

    def _end_opening(self) -> None:
        self._opening = False
        self.opened.emit()
        self.placeChanged.emit()


def _found(path: Path) -> Found:
    if path.is_dir():
        return Found(paths=folder_files(path))
    return Found(pages=file_pages(path))


def _held(pages: Callable[[], tuple[Page, ...]]) -> Found:
    return Found(pages=pages())
