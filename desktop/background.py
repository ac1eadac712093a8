"""Work beside the window, on the threads of a pool, and its end told on the window's own thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRunnable, Signal


@dataclass(frozen=True, eq=False)
class End:
    """The end of some work.

    Attributes:
        number: Of the work.
        result: What it gave, or the known error, or the bug, that came instead.
    """

    number: int
    result: object


class Report(QObject):
    """Where ends are told.

    Signals:
        done(End): Some work has ended.
    """

    done = Signal(object)


class Job(QRunnable):
    """Some work for a pool.

    Args:
        number: Of the work.
        work: What is done; touches nothing that another thread may change.
        report: Told of its end.
    """

    def __init__(self, number: int, work: Callable[[], object], report: Report) -> None:
        super().__init__()
        self._number, self._work, self._report = number, work, report

    def run(self) -> None:
        try:
            result = self._work()
        except Exception as error:  # noqa: BLE001  # a bug goes to the window's thread, and its log
            result = error
        self._report.done.emit(End(self._number, result))
