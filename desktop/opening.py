"""Opening files without making the window wait: decoding on a thread of its own pool."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

from core.errors import GlyphpadError


@dataclass(frozen=True, eq=False)
class Opened:
    """The end of an opening.

    Attributes:
        number: Of the opening.
        result: What was opened, or the known error, or the bug, that came instead.
    """

    number: int
    result: object


class _Report(QObject):
    done = Signal(object)


class _Job(QRunnable):
    def __init__(self, number: int, work: Callable[[], object], report: _Report) -> None:
        super().__init__()
        self._number, self._work, self._report = number, work, report

    def run(self) -> None:
        try:
            result = self._work()
        except Exception as error:  # noqa: BLE001  # a bug goes to the window's thread, and its log
            result = error
        self._report.done.emit(Opened(self._number, result))


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
        self._report = _Report(self)
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
        self._pool.start(_Job(self._number, work, self._report))

    def cancel(self) -> None:
        """Forgets the opening that runs: its result will not be told."""
        self._number += 1
        self._pool.clear()

    def close(self) -> None:
        self.cancel()
        self._pool.waitForDone()

    @Slot(object)
    def _tell(self, end: Opened) -> None:
        if end.number != self._number:
            return
        if isinstance(end.result, GlyphpadError):
            self.failed.emit(end.result)
        elif isinstance(end.result, Exception):
            self.crashed.emit(end.result)
        else:
            self.opened.emit(end.result)
