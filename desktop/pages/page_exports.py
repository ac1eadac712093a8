"""Taking away what pages say: which pages, as what kind of file, where to, and how it went."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from core.errors import GlyphpadError
from desktop.background import End, Job, Report
from desktop.errors import sentence
from desktop.pages.all_pages import AllPages
from desktop.pages.documents import Documents
from desktop.pages.page import Page
from desktop.pages.page_files import SUFFIXES, Missed, Written, write_pages
from desktop.pages.progress import Progress, Task
from desktop.window import Window

_TOLD_PAGES = 5
"""How many pages that are not in a file are told of one by one."""


class PageExports(QObject):
    """Between the window and the files that pages are exported to.

    Signals:
        saved(Path): A file is there.
        failed(GlyphpadError): It could not be written.
        crashed(Exception): A bug.
    """

    saved = Signal(object)
    failed = Signal(object)
    crashed = Signal(object)

    def __init__(
        self,
        window: Window,
        documents: Documents,
        all_pages: AllPages,
        progress: Progress,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._documents = documents
        self._all_pages = all_pages
        self._progress = progress
        self._path = Path()
        self._total = self._number = 0
        self._stopped = threading.Event()
        self._report = Report(self)
        self._report.done.connect(self._end)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        window.page_actions.export_all_action.triggered.connect(self._choose_for_all)
        all_pages.reached.connect(self._tell_page)
        all_pages.finished.connect(self._write)
        all_pages.crashed.connect(self.crashed)

    def export_shown(self) -> None:
        """Asks where to, and has the page that is shown written there."""
        page = self._documents.shown
        if page is not None:
            self._choose((page,), Path(page.name).stem)

    def export(self, pages: Sequence[Page], path: Path) -> None:
        """Has pages read, where they are not yet, and written to `path`.

        Args:
            pages: In their order.
            path: Its suffix, one of SUFFIXES, says as what.
        """
        if not self._all_pages.can_read:
            self._window.notice.tell(
                self.tr("No model is ready to read with. Choose one, or wait until it is loaded.")
            )
            return
        self._path, self._total = path, len(pages)
        self._stop()
        self._stopped = threading.Event()
        self._all_pages.begin(pages)

    def close(self) -> None:
        """Gives up what is being read or written, and ends the threads."""
        self._stop()
        self._all_pages.close()
        self._pool.waitForDone()

    @Slot()
    def _choose_for_all(self) -> None:
        pages = tuple(page for page in self._documents.model.pages if not page.is_ink)
        if pages:
            names = {Path(page.name).stem for page in pages}
            self._choose(pages, names.pop() if len(names) == 1 else self.tr("pages"))

    def _choose(self, pages: Sequence[Page], name: str) -> None:
        texts = {
            ".txt": self.tr("Text"),
            ".csv": self.tr("Table, a row a character"),
            ".json": self.tr("JSON"),
            ".hocr": self.tr("hOCR"),
            ".xml": self.tr("ALTO"),
            ".pdf": self.tr("PDF with the text"),
        }
        filters = {f"{texts[suffix]} (*{suffix})": suffix for suffix in SUFFIXES}
        chosen_name, chosen = QFileDialog.getSaveFileName(
            self._window, self.tr("Export pages"), name + ".txt", ";;".join(filters)
        )
        if chosen_name:
            path = Path(chosen_name)
            known = path.suffix.lower() in SUFFIXES
            self.export(pages, path if known else path.with_name(path.name + filters[chosen]))

    @Slot(object, int)
    def _tell_page(self, page: Page, done: int) -> None:
        text = self.tr("Reading page {number} of {total}, {name}…").format(
            number=done + 1, total=self._total, name=page.name
        )
        self._progress.tell("exporting", Task(text, self._give_up, done, self._total))

    @Slot()
    def _write(self) -> None:
        text = self.tr("Writing {name}…").format(name=self._path.name)
        self._progress.tell("exporting", Task(text, self._give_up))
        pages, stopped = self._all_pages.read, self._stopped.is_set
        work = partial(write_pages, pages, self._path, stopped)
        self._pool.start(Job(self._number, work, self._report))

    def _stop(self) -> None:
        self._number += 1
        self._stopped.set()
        self._all_pages.cancel()

    def _give_up(self) -> None:
        self._stop()
        self._progress.end("exporting")
        self._window.say(self.tr("Cancelled"))

    @Slot(object)
    def _end(self, end: End) -> None:
        if end.number != self._number:
            return
        self._progress.end("exporting")
        if isinstance(end.result, Written):
            self._window.say(self.tr("Saved {name}").format(name=end.result.path.name))
            self._tell_missed((*self._all_pages.missed, *end.result.missed))
            self.saved.emit(end.result.path)
        elif isinstance(end.result, GlyphpadError):
            self._window.notice.tell(sentence(end.result))
            self.failed.emit(end.result)
        elif isinstance(end.result, Exception):
            self.crashed.emit(end.result)

    def _tell_missed(self, missed: Sequence[Missed]) -> None:
        if not missed:
            return
        told = [self.tr("These pages are not in “{name}”:").format(name=self._path.name)]
        told += [self._missed_text(each) for each in missed[:_TOLD_PAGES]]
        if len(missed) > _TOLD_PAGES:
            more = len(missed) - _TOLD_PAGES
            told.append(self.tr("{count} more.").format(count=more))
        self._window.notice.tell("\n".join(told))

    def _missed_text(self, missed: Missed) -> str:
        page = missed.page
        if missed.error is None:
            why = self.tr("A fault in Glyphpad stopped its reading.")
        else:
            why = sentence(missed.error)
        return self.tr("Page {page} of {pages}: {why}").format(
            page=page.number, pages=page.count, why=why
        )
