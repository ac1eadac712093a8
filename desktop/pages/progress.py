"""What is going on beside the window: a sentence, a bar, and a way to give it up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot


@dataclass(frozen=True, eq=False)
class Task:
    """Something that goes on.

    Attributes:
        text: What, as a sentence for the status line.
        cancel: Gives it up.
        done: How much of it is done.
        total: Of how much; 0 where nobody knows.
    """

    text: str
    cancel: Callable[[], None]
    done: int = 0
    total: int = 0


class Progress(QObject):
    """Holds what goes on, each thing under a name; the latest that began is the one that is shown.

    Signals:
        shown(Task | None): What is to be seen now; None when nothing goes on.
    """

    shown = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks: dict[str, Task] = {}

    def tell(self, name: str, task: Task) -> None:
        """Something has begun, or has come further."""
        self._tasks[name] = task
        self._show()

    def end(self, name: str) -> None:
        """Something is over, or was given up; nothing happens if it never began."""
        if self._tasks.pop(name, None) is not None:
            self._show()

    @Slot()
    def cancel(self) -> None:
        """Gives up what is shown."""
        if self._tasks:
            self._newest.cancel()

    @property
    def _newest(self) -> Task:
        return list(self._tasks.values())[-1]

    def _show(self) -> None:
        self.shown.emit(self._newest if self._tasks else None)
