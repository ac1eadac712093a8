"""Reading one page after another beside the window, for an export."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot

from core.errors import GlyphpadError
from core.picture import Picture
from core.reading import Reading
from desktop.background import End, Job, Report
from desktop.pages.kept_corrections import KeptCorrections
from desktop.pages.page import Page
from desktop.pages.page_files import Missed, ReadPage, slim
from desktop.pages.page_readings import Manner
from desktop.reading.reader import PICTURE_LAYOUT, Reader
from desktop.reading.recognition import Answer, Failure, Recogniser


@dataclass(frozen=True, eq=False)
class _Slim:
    """What the page of a row says, without what no file has."""

    row: int
    reading: Reading


class AllPages(QObject):
    """Reads pages that are not read yet, and goes on past those that cannot be.

    Signals:
        reached(Page, int): A page is next; so many were done before it.
        finished: All were read, or missed, and it is known what was put right about them.
        crashed(Exception): A bug; its page is missed.
    """

    reached = Signal(object, int)
    finished = Signal()
    crashed = Signal(object)

    def __init__(
        self,
        reader: Reader,
        recogniser: Recogniser,
        kept: KeptCorrections,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._reader = reader
        self._recogniser = recogniser
        self._kept = kept
        self._pages: tuple[Page, ...] = ()
        self._row = 0
        self._manner: Manner | None = None
        self._number = self._asked = 0
        self._running = False
        self._read: dict[int, Reading] = {}
        self.missed: list[Missed] = []
        self._report = Report(self)
        self._report.done.connect(self._take)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        kept.settled.connect(self._end)
        recogniser.answeredAside.connect(self._take_answer)
        recogniser.failedAside.connect(self._take_failure)

    @property
    def can_read(self) -> bool:
        """Whether there is a model."""
        return self._reader.manner_of(None) is not None

    def begin(self, pages: Sequence[Page]) -> None:
        """Reads `pages`, in the place of those that it may be at."""
        self.cancel()
        self._pages, self._row, self._running = tuple(pages), 0, True
        self._read, self.missed = {}, []
        self._go_on()

    @property
    def read(self) -> tuple[ReadPage, ...]:
        """What the pages say, in their order, and what was put right about them."""
        read = ((self._pages[row], reading) for row, reading in sorted(self._read.items()))
        return tuple(
            ReadPage(page, reading, self._reader.put_right(page)) for page, reading in read
        )

    def cancel(self) -> None:
        """Gives up; nothing more is told."""
        self._number += 1
        self._recogniser.revoke_aside(self._asked)
        self._asked = 0
        self._running = False
        self._pool.clear()

    def close(self) -> None:
        self.cancel()
        self._pool.waitForDone()

    @property
    def _page(self) -> Page:
        return self._pages[self._row]

    def _go_on(self) -> None:
        """Takes pages that were read already; has the first that was not decoded."""
        while self._row < len(self._pages):
            self._kept.ask(self._page)
            known = self._reader.remembered(self._page)
            if known is None:
                self.reached.emit(self._page, self._row)
                self._pool.start(Job(self._number, self._page.read, self._report))
                return
            self._note(known)
        self._end()

    @Slot()
    def _end(self) -> None:
        done = len(self._read) + len(self.missed)
        if self._running and done == len(self._pages) and self._kept.is_settled:
            self._running = False
            self.finished.emit()

    def _note(self, reading: Reading) -> None:
        # of a full page it takes longer than a frame
        self._pool.start(Job(self._number, partial(_slimmed, self._row, reading), self._report))
        self._row += 1

    @Slot(object)
    def _take(self, end: End) -> None:
        if end.number != self._number:
            return
        if isinstance(end.result, _Slim):
            self._read[end.result.row] = end.result.reading
            self._end()
        elif isinstance(end.result, Picture):
            self._kept.ask(self._page, end.result)
            self._manner = self._reader.manner_of(self._page)
            self._asked = self._recogniser.ask_aside(
                end.result,
                alphabet=self._reader.alphabet,
                layout=PICTURE_LAYOUT,
                steps=self._reader.steps,
                region=None if self._manner is None else self._manner.region,
            )
        elif isinstance(end.result, GlyphpadError):
            self._miss(end.result)
        elif isinstance(end.result, Exception):
            self.crashed.emit(end.result)
            self._miss(None)

    @Slot(object)
    def _take_answer(self, answer: Answer) -> None:
        if answer.number != self._asked or not self._running:
            return
        if self._manner is not None:
            self._reader.remember(self._page, self._manner, answer.reading)
        self._note(answer.reading)
        self._go_on()

    @Slot(object)
    def _take_failure(self, failure: Failure) -> None:
        self.crashed.emit(failure.error)
        if failure.number == self._asked and self._running:
            self._miss(None)

    def _miss(self, error: GlyphpadError | None) -> None:
        self.missed.append(Missed(self._page, error))
        self._row += 1
        self._go_on()


def _slimmed(row: int, reading: Reading) -> _Slim:
    return _Slim(row, slim(reading))
