"""The pad kept while it grows, brought back at the next start, and past pads found again."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.keeping.keeper import Found, Keeper, PadInk

if TYPE_CHECKING:
    from core.archive import LaidPad
    from core.corrections import Correction
    from core.ink import Ink, Stroke
    from core.reading import Reading
    from desktop.keeping.history_window import HistoryWindow
    from desktop.pad.corrections import Corrections
    from desktop.pad.pad import Pad


class PastPads(QObject):
    """Between the pad, what keeps it on the disk, and the window of past pads.

    Signals:
        opened: A past pad is on the pad now.
        failed(GlyphpadError): The pad cannot be kept, or a past one cannot be read.
        recovered: The pad is kept again.
        crashed(Exception): A bug.
    """

    opened = Signal()
    failed = Signal(object)
    recovered = Signal()
    crashed = Signal(object)

    def __init__(
        self,
        pad: Pad,
        corrections: Corrections,
        path: Path,
        live: Callable[[], Stroke | None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._pad = pad
        self._corrections = corrections
        self._keeper = Keeper(path, live, self)
        self._window = window
        pad.inkChanged.connect(self._keep)
        corrections.changed.connect(self._keep_corrections)
        self._connect_keeper()

    @property
    def unkept(self) -> int:
        """How many pads would be lost if the program ended now."""
        return self._keeper.unkept

    def restore(self) -> None:
        """Brings back what was on the pad at the last end, a crash or not."""
        self._keeper.restore()

    @Slot()
    def follow(self) -> None:
        """The stroke under the pen has grown."""
        self._keeper.follow()

    def shelve(self) -> None:
        """Ends with the pad as it is: what comes onto it next is another one."""
        self._keeper.shelve()

    def put(self, ink: Ink, corrections: tuple[Correction, ...]) -> None:
        """Puts ink in the place of what is on the pad, with what was put right about it, as one
        step; and in this order, or the ink would be kept without it for a moment."""
        with self._pad.opening():
            if corrections:
                self._corrections.put(corrections, "")  # a part of a step has no name
            self._pad.replace_ink(ink)

    @Slot(object)
    def note(self, reading: Reading | None) -> None:
        """What the pad says, for those who search."""
        if reading is not None:
            self._keeper.set_text(reading.text)

    @Slot()
    def show(self) -> None:
        """Shows the window of past pads."""
        self._history.open()

    def close(self) -> bool:
        """Writes what is not written yet; whether all of it could be."""
        return self._keeper.close()

    @cached_property
    def _history(self) -> HistoryWindow:
        """Loaded and built when it is first wanted."""
        from desktop.keeping.history_window import HistoryWindow

        history, keeper = HistoryWindow(self._window), self._keeper
        history.searchRequested.connect(keeper.search)
        history.inkRequested.connect(keeper.read_ink)
        history.openRequested.connect(keeper.open_pad)
        history.deleteRequested.connect(keeper.delete)
        return history

    def _connect_keeper(self) -> None:
        keeper = self._keeper
        keeper.restored.connect(self._put_back)
        keeper.opened.connect(self._open)
        keeper.found.connect(self._show_found)
        keeper.inkRead.connect(self._show_ink)
        keeper.failed.connect(self.failed)
        keeper.damageFound.connect(self.failed)
        keeper.recovered.connect(self.recovered)
        keeper.crashed.connect(self.crashed)

    @Slot()
    def _keep(self) -> None:
        self._keeper.keep(self._pad.ink)

    @Slot()
    def _keep_corrections(self) -> None:
        self._keeper.keep_corrections(self._corrections.all)

    @Slot(object)
    def _put_back(self, laid: LaidPad | None) -> None:
        if laid is not None and laid.ink:
            self._corrections.replace(laid.corrections)
            self._pad.replace_ink(laid.ink)
            self._pad.history.clear()

    @Slot(object)
    def _open(self, laid: LaidPad) -> None:
        # the same strokes, not moved to fit: others would be written as new ones
        self.put(laid.ink, laid.corrections)
        self.opened.emit()

    @Slot(object)
    def _show_found(self, found: Found) -> None:
        self._history.show_pads(found.search, found.entries)

    @Slot(object)
    def _show_ink(self, read: PadInk) -> None:
        self._history.show_ink(read.pad, read.ink)
