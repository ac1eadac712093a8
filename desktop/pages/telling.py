"""What goes on while pages are opened and read, and what went wrong, told in the window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from core.errors import GlyphpadError
from core.picture import Picture
from desktop.errors import sentence
from desktop.pages.documents import Documents, Progressed
from desktop.pages.page import Page
from desktop.pages.progress import Progress, Task
from desktop.reading.reader import Reader
from desktop.window import Window

_TOLD_FAULTS = 3
"""How many files that could not be opened are told of one by one."""


class Telling(QObject):
    """Between what goes on, the status line, the bar beside it, and the line for problems."""

    def __init__(
        self,
        window: Window,
        documents: Documents,
        reader: Reader,
        progress: Progress,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._documents = documents
        self._reader = reader
        self._progress = progress
        self._page_failed = False
        documents.gathering.connect(self._tell_gathering)
        documents.gathered.connect(self._end_gathering)
        documents.opening.connect(self._tell_opening)
        documents.opened.connect(self._end_opening)
        documents.failed.connect(self._tell_failed)
        documents.pageFailed.connect(self._tell_page_failed)
        reader.padShown.connect(self._tell_pad)
        reader.readingBegun.connect(self._tell_reading)
        reader.readingEnded.connect(self._end_reading)
        window.cancelRequested.connect(progress.cancel)
        progress.shown.connect(self._show_progress)

    @Slot(object)
    def _show_progress(self, task: Task | None) -> None:
        window = self._window
        if task is None:
            window.set_busy(busy=False)
            window.say(self._place_text())
            return
        window.set_busy(busy=True, done=task.done, total=task.total)
        window.say(task.text)

    @Slot()
    def _tell_pad(self) -> None:
        self._window.say("")

    @Slot(object)
    def _tell_gathering(self, progressed: Progressed) -> None:
        if not progressed.done:
            self._window.notice.hide()
        text = self.tr("Opening {name}…").format(name=progressed.name)
        several = progressed.total > 1
        self._progress.tell(
            "gathering",
            Task(text, self._give_up_opening, progressed.done, progressed.total * several),
        )

    @Slot()
    def _end_gathering(self) -> None:
        self._progress.end("gathering")

    @Slot(object)
    def _tell_opening(self, page: Page) -> None:
        if self._page_failed:
            self._page_failed = False
            self._window.notice.hide()
        text = self.tr("Opening {name}…").format(name=self._page_text(page))
        self._progress.tell("opening", Task(text, self._give_up_opening))

    @Slot()
    def _end_opening(self) -> None:
        self._progress.end("opening")

    def _give_up_opening(self) -> None:
        self._documents.cancel()
        self._window.say(self.tr("Cancelled"))

    @Slot(object)
    def _tell_reading(self, picture: Picture) -> None:
        text = self.tr("Reading {name}…").format(name=self._picture_text(picture))
        self._progress.tell("reading", Task(text, self._give_up_reading))

    @Slot()
    def _end_reading(self) -> None:
        self._progress.end("reading")

    def _give_up_reading(self) -> None:
        self._reader.cancel()
        self._window.say(self.tr("Cancelled"))

    @Slot(object)
    def _tell_failed(self, errors: Sequence[GlyphpadError]) -> None:
        told = [sentence(error) for error in errors[:_TOLD_FAULTS]]
        if len(errors) > _TOLD_FAULTS:
            more = len(errors) - _TOLD_FAULTS
            told.append(self.tr("Not opened either: {count} more.").format(count=more))
        self._tell_not_opened("\n".join(told))

    @Slot(object)
    def _tell_page_failed(self, error: GlyphpadError) -> None:
        self._page_failed = True
        self._tell_not_opened(sentence(error))

    def _tell_not_opened(self, text: str) -> None:
        if self._documents.shown is None:
            self._window.say(self.tr("Not opened"))
        self._window.notice.tell(text)

    def _place_text(self) -> str:
        page, picture = self._documents.shown, self._reader.picture
        if page is not None:
            return self._page_text(page)
        return "" if picture is None else self._picture_text(picture)

    def _page_text(self, page: Page) -> str:
        return self._called(page.name, page.number, page.count)

    def _picture_text(self, picture: Picture) -> str:
        return self._called(Path(picture.source).name, picture.page, picture.pages)

    def _called(self, name: str, page: int, pages: int) -> str:
        if pages == 1:
            return name
        return self.tr("{name}, page {page} of {pages}").format(name=name, page=page, pages=pages)
