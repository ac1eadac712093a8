"""The system's wish that the program end (a logout, a shutdown, Ctrl+C), taken as that of a person:
what is not written yet is written first."""

from __future__ import annotations

import signal
from types import FrameType
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier, Slot

_ENDS = ("SIGINT", "SIGTERM", "SIGHUP")


class EndSignals(QObject):
    """Ends the event loop when one of those signals comes.

    Python's own handlers run between two of its instructions, and while Qt waits for events there
    are none: so the signal's number goes through a socket that Qt waits for, too.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._before: dict[int, Any] = {}

    @Slot()
    def begin(self) -> None:
        """Takes them from now on. Before, there is nothing to write, and they end the program."""
        import socket

        self._mine, self._other = socket.socketpair()
        self._mine.setblocking(False)
        self._other.setblocking(False)
        self._notifier = QSocketNotifier(self._mine.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._end)
        signal.set_wakeup_fd(self._other.fileno(), warn_on_full_buffer=False)
        # Windows has no SIGHUP
        numbers = [getattr(signal, name) for name in _ENDS if hasattr(signal, name)]
        self._before = {number: signal.signal(number, _nothing) for number in numbers}

    def close(self) -> None:
        """Has signals do what they did; safe to call again."""
        if not self._before:
            return
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before = {}
        signal.set_wakeup_fd(-1)
        self._notifier.setEnabled(False)
        self._mine.close()
        self._other.close()

    @Slot()
    def _end(self) -> None:
        self._mine.recv(64)
        # not quit(), which asks the window first: there is nobody to answer
        QCoreApplication.exit(0)


def _nothing(number: int, frame: FrameType | None) -> None:
    """Python writes to the socket only for signals that it has a handler for."""
