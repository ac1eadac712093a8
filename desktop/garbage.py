"""Python's garbage, collected while nobody waits: a full collection holds up every thread."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

IDLE_INTERVAL = 3_000
"""Milliseconds without work after which garbage is collected: longer than the pauses in writing."""

_SELDOM = 1_000
"""Collections of the middle generation before a full one comes by itself: one is due after some
seven million objects more, should there never be a pause."""


class Garbage(QObject):
    """Takes full collections out of the work of the threads, and makes them when there is none.

    A full collection looks at every object that may be part of a ring, the program's own modules
    too. It took 180 ms with a thousand characters on the pad, on whichever thread was at work, and
    no other thread ran meanwhile. What has survived one here is never looked at again.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._usual = gc.get_threshold()
        young, middle, _ = self._usual
        gc.set_threshold(young, middle, _SELDOM)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_INTERVAL)
        self._idle.timeout.connect(self._collect)

    def put_off(self) -> None:
        """There is work to do, and no time."""
        self._idle.stop()

    def collect_soon(self) -> None:
        """The work is done; if no more comes, there is time."""
        self._idle.start()

    def close(self) -> None:
        """Has garbage collected as Python does; safe to call again."""
        self._idle.stop()
        gc.set_threshold(*self._usual)

    @Slot()
    def _collect(self) -> None:
        gc.collect()
        gc.freeze()
