"""Modules loaded on a thread of a pool: the window goes on meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot

from desktop.background import End, Job, Report


class Loading(QObject):
    """Loads them once.

    Signals:
        done: They are there.
        crashed(Exception): A bug came instead.

    Args:
        modules: Their names.
    """

    done = Signal()
    crashed = Signal(object)

    def __init__(self, modules: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._modules = tuple(modules)
        self._begun = False
        self._pool = QThreadPool(self)
        self._report = Report(self)
        self._report.done.connect(self._end)

    @Slot()
    def begin(self) -> None:
        """Begins, unless it has begun."""
        if not self._begun:
            self._begun = True
            self._pool.start(Job(0, self._load, self._report))

    def close(self) -> None:
        """Waits for the thread; safe to call again."""
        self._begun = True
        self._pool.waitForDone()

    def _load(self) -> None:
        for name in self._modules:
            import_module(name)

    @Slot(object)
    def _end(self, end: End) -> None:
        if isinstance(end.result, Exception):
            self.crashed.emit(end.result)
        else:
            self.done.emit()
