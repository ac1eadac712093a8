"""Opening files without making the window wait: decoding on a thread of its own pool."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot

from core.errors import GlyphpadError
from desktop.background import End, Job, Report


class Opener(QObject):
    """Runs one opening after another; the newest counts, those before it are forgotten.

    Signals:
        opened(object): What the newest opening came to.
        failed(GlyphpadError): Its file could not be used.
        crashed(Exception): A bug.
    """

    opened = Signal(object)
    failed = Signal(object)
    crashed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._number = 0
        self._report = Report(self)
        self._report.done.connect(self._tell)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)

    @property
    def busy(self) -> bool:
        return self._pool.activeThreadCount() > 0

    def open(self, work: Callable[[], object]) -> None:
        """Runs `work` beside the window."""
        self._number += 1
        self._pool.clear()
        self._pool.start(Job(self._number, work, self._report))

    def cancel(self) -> None:
        """Forgets the opening that runs: its result will not be told."""
        self._number += 1
        self._pool.clear()

    def close(self) -> None:
        self.cancel()
        self._pool.waitForDone()

    @Slot(object)
    def _tell(self, end: End) -> None:
        if end.number != self._number:
            return
        if isinstance(end.result, GlyphpadError):
            self.failed.emit(end.result)
        elif isinstance(end.result, Exception):
            self.crashed.emit(end.result)
        else:
            self.opened.emit(end.result)
