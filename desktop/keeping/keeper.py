"""Keeping the pad as it is written: one long-lived thread owns the archive, and its mailbox.

The window never waits for the disk. A newer state of a pad replaces one that waits, and a stroke
that is being drawn is written a few times a second, so that a crash costs no more than the last of
those moments.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot

from core.archive import (
    Archive,
    LaidPad,
    OpenedArchive,
    PadEntry,
    PadId,
    new_pad_id,
    open_archive,
    renew_archive,
)
from core.errors import DamagedArchiveError, GlyphpadError
from core.ink import Ink, Stroke

if TYPE_CHECKING:
    from core.corrections import Correction

LIVE_INTERVAL = 200
"""Milliseconds between two writings of a stroke that is being drawn: the most of it that a crash
can cost."""

RETRY_INTERVAL = 5000
"""Milliseconds until a write that failed is tried again, if nothing changes before."""


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A pad at one moment.

    Attributes:
        pad: Its name.
        ink: All of its strokes.
        live: The stroke that is being drawn on top of them.
        text: What it was read as; None where that is not known.
        corrections: What someone put right; those about strokes that are not there do not count.
    """

    pad: PadId
    ink: Ink
    live: Stroke | None = None
    text: str | None = None
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, eq=False)
class Found:
    """The past pads that a search came to.

    Attributes:
        search: What was looked for.
        entries: The newest first.
    """

    search: str
    entries: tuple[PadEntry, ...]


@dataclass(frozen=True, eq=False)
class PadInk:
    """What is on a past pad."""

    pad: PadId
    ink: Ink


@dataclass(frozen=True, eq=False)
class Restored:
    """What lay on the desk at the start, if anything."""

    laid: LaidPad | None


@dataclass(frozen=True, eq=False)
class Opened:
    """A past pad that was laid on the desk; None where it is no longer there."""

    laid: LaidPad | None


Answer = Found | PadInk | Restored | Opened | None

Task = Callable[[Archive], Answer]
"""Something else than keeping that is to be done with the archive, on the thread."""


class Mailbox:
    """What waits for the thread: of each pad the newest state, and tasks in their order."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._snapshots: dict[PadId, Snapshot] = {}
        self._in_hand: PadId | None = None
        self._tasks: deque[tuple[str, Task]] = deque()

    def put(self, snapshot: Snapshot) -> None:
        """Has a pad kept. The pad that was put last is kept last, and so lies on the desk."""
        with self._lock:
            self._snapshots.pop(snapshot.pad, None)
            self._snapshots[snapshot.pad] = snapshot

    def put_back(self, snapshot: Snapshot) -> None:
        """Has a pad that could not be kept wait on, before the others, unless a newer state of it
        came meanwhile."""
        with self._lock:
            self._in_hand = None
            if snapshot.pad not in self._snapshots:
                self._snapshots = {snapshot.pad: snapshot, **self._snapshots}

    def put_task(self, task: Task, *, instead_of: str = "") -> None:
        """Has something done, in the place of all that wait under the same name."""
        with self._lock:
            if instead_of:
                self._tasks = deque(waiting for waiting in self._tasks if waiting[0] != instead_of)
            self._tasks.append((instead_of, task))

    def take(self) -> Snapshot | None:
        """What is to be kept next; `put_back` or `note_kept` tells what came of it."""
        with self._lock:
            self._in_hand = next(iter(self._snapshots), None)
            return None if self._in_hand is None else self._snapshots.pop(self._in_hand)

    def note_kept(self) -> None:
        """What was taken is done with."""
        with self._lock:
            self._in_hand = None

    def take_task(self) -> Task | None:
        with self._lock:
            return self._tasks.popleft()[1] if self._tasks else None

    def drop_tasks(self) -> None:
        with self._lock:
            self._tasks.clear()

    @property
    def pads(self) -> int:
        """Of how many pads the state waits, or is being written now."""
        with self._lock:
            return len({*self._snapshots, self._in_hand} - {None})


class Worker(QObject):
    """Lives on the keeping thread, and owns the archive.

    Signals:
        failed(GlyphpadError): The archive cannot be used; told once, until it can be written again.
        recovered: After a failure, the pad is kept again.
        damageFound(DamagedArchiveError): A damaged archive was set aside.
        answered(Answer): What a task came to.
        crashed(Exception): A bug; the worker goes on.
    """

    failed = Signal(object)
    recovered = Signal()
    damageFound = Signal(object)
    answered = Signal(object)
    crashed = Signal(object)

    def __init__(self, path: Path, mailbox: Mailbox) -> None:
        super().__init__()
        self._path = path
        self._mailbox = mailbox
        self._archive: Archive | None = None
        self._last: Snapshot | None = None
        self._failing = False

    @Slot()
    def work(self) -> None:
        """Empties the mailbox, but for what cannot be written now. Called once for each thing put
        in it, so it often finds none."""
        writes = True
        while True:
            while writes and (snapshot := self._mailbox.take()) is not None:
                writes = self._keep(snapshot)
            task = self._mailbox.take_task()
            if task is None:
                return
            self._attempt(task)

    @Slot()
    def end(self) -> None:
        """Keeps what waits, lets go of the archive, and ends the thread."""
        self._mailbox.drop_tasks()
        self.work()
        self._let_go()
        QThread.currentThread().quit()

    def _keep(self, snapshot: Snapshot) -> bool:
        """Whether the pad was kept; if not, it waits for the next call."""

        def keep(archive: Archive) -> None:
            _write(archive, snapshot)

        if not self._attempt(keep):
            self._mailbox.put_back(snapshot)
            return False
        self._mailbox.note_kept()
        self._last = snapshot
        if self._failing:
            self._failing = False
            self.recovered.emit()
        return True

    def _attempt(self, task: Task) -> bool:
        """Whether the archive let a task be done; a bug in it is told, and done with."""
        try:
            answer = self._done(task)
            if answer is not None:
                self.answered.emit(answer)
        except GlyphpadError as error:
            if not self._failing:
                self._failing = True
                self.failed.emit(error)
            return False
        except Exception as error:  # noqa: BLE001  # a bug must reach the log, not end the thread
            self.crashed.emit(error)
        return True

    def _done(self, task: Task) -> Answer:
        try:
            return task(self._opened())
        except DamagedArchiveError:
            return task(self._renewed())

    def _opened(self) -> Archive:
        """The archive, opened again where its file is gone or another."""
        if self._archive is not None and self._archive.in_place:
            return self._archive
        self._let_go()
        return self._begin(open_archive(self._path))

    def _renewed(self) -> Archive:
        """The archive that comes after a damaged one."""
        damaged, self._archive = self._archive, None
        if damaged is None:
            return self._begin(open_archive(self._path))
        return self._begin(renew_archive(damaged))

    def _begin(self, opened: OpenedArchive) -> Archive:
        archive, last = opened.archive, self._last
        if opened.damaged is not None:
            self.damageFound.emit(DamagedArchiveError(opened.damaged))
        try:
            if last is not None:  # an archive in the place of one that held this pad
                _write(archive, last)
        except GlyphpadError:
            archive.close()
            raise
        self._archive = archive
        return archive

    def _let_go(self) -> None:
        if self._archive is not None:
            self._archive.close()
            self._archive = None


def _write(archive: Archive, snapshot: Snapshot) -> None:
    archive.keep(
        snapshot.pad,
        snapshot.ink,
        live=snapshot.live,
        text=snapshot.text,
        corrections=snapshot.corrections,
    )


class Keeper(QObject):
    """The window's end of the keeping thread: knows which pad the ink belongs to.

    A pad that is cleared is past, and what is written next is another one; if its ink comes back
    by undoing, it is the same pad again.

    Args:
        path: The archive's file.
        live: Gives the stroke that is being drawn now, or None; called on the window's thread.

    Signals:
        restored(LaidPad | None): What was on the pad at the last end, to be put on the pad; None
            if nothing was. Not told where there is ink already.
        opened(LaidPad): A past pad, to be put in the place of what is on the pad: first what was
            put right, then the ink, or the ink would be kept without it for a moment.
        found(Found): What a search came to.
        inkRead(PadInk): What is on a past pad.
        failed(GlyphpadError): The pad cannot be kept at present. Told once until it can; it is
            tried again at each change, and now and then.
        recovered: After a failure, the pad is kept again.
        damageFound(DamagedArchiveError): A damaged archive was set aside.
        crashed(Exception): A bug; the thread goes on.
    """

    restored = Signal(object)
    opened = Signal(object)
    found = Signal(object)
    inkRead = Signal(object)
    failed = Signal(object)
    recovered = Signal()
    damageFound = Signal(object)
    crashed = Signal(object)

    _wake = Signal()
    _ending = Signal()

    def __init__(
        self, path: Path, live: Callable[[], Stroke | None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._live = live
        self._pad = new_pad_id()
        self._ink = Ink()
        self._text: str | None = None
        self._corrections: tuple[Correction, ...] = ()
        self._was_past = False
        self._touched = False
        self._shelf: dict[Stroke, PadInk] = {}
        self._mailbox = Mailbox()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(LIVE_INTERVAL)
        self._soon.timeout.connect(self._put)
        self._again = QTimer(self)
        self._again.setInterval(RETRY_INTERVAL)
        self._again.timeout.connect(self._wake)
        self._thread = QThread(self)
        self._thread.setObjectName("keeping")
        self._worker = Worker(path, self._mailbox)
        self._worker.moveToThread(self._thread)
        self._connect_worker()
        self._thread.start()

    # --- the pad ---

    @property
    def unkept(self) -> int:
        """How many pads would be lost if the program ended now: they could not be kept when that
        was last tried."""
        return self._mailbox.pads if self._again.isActive() else 0

    def restore(self) -> None:
        """Asks for what was on the pad at the last end; see `restored`."""
        self._do(lambda archive: Restored(archive.restore()))

    def keep(self, ink: Ink) -> None:
        """Has the pad's ink kept, at once; to be called at each of its changes."""
        if self._ink and not ink:
            self._empty()
        elif ink:
            self._return_to_past(ink)
        self._ink = ink
        self._put()

    def keep_corrections(self, corrections: tuple[Correction, ...]) -> None:
        """Has what was put right kept, soon; to be called at each change of it. Not at once: where
        it follows ink that is moved, it is told just before the ink.

        Args:
            corrections: All of it, the latest last; what is about strokes that are not on the pad
                now is kept with the pad that they come back to.
        """
        self._corrections = corrections
        if self._ink:
            self._put_soon()

    @Slot()
    def follow(self) -> None:
        """Has the stroke that is being drawn kept, soon; may be called at each of its points."""
        self._put_soon()

    def set_text(self, text: str) -> None:
        """What the pad was read as. Without ink there is nothing that it could be of."""
        if self._ink and text != self._text:
            self._text = text
            self._put_soon()

    def shelve(self) -> None:
        """Makes what is on the pad a past pad, however little it is; to be called before the pad
        is cleared, or something else is put on it."""
        if not self._ink:
            return
        self._mailbox.put(Snapshot(self._pad, self._ink, None, self._text, self._corrections))
        self._wake.emit()
        self._shelf[self._ink.strokes[0]] = PadInk(self._pad, self._ink)
        self._begin_pad()

    # --- the past ---

    def search(self, text: str) -> None:
        """Looks for past pads whose text holds each word of `text`; see `found`."""
        self._do(lambda archive: Found(text, archive.pads(text)), instead_of="search")

    def read_ink(self, pad: PadId) -> None:
        """Reads what is on a past pad; see `inkRead`."""
        self._do(lambda archive: PadInk(pad, archive.ink(pad)))

    def open_pad(self, pad: PadId) -> None:
        """Puts a past pad before the person again; see `opened`. One that another running program
        has open comes as a copy."""
        self._do(lambda archive: Opened(archive.lay(pad)), instead_of="open")

    def delete(self, pad: PadId) -> None:
        """Deletes a past pad for good, unless another running program has it open."""

        def delete(archive: Archive) -> None:
            archive.delete(pad)

        self._do(delete)

    def close(self) -> bool:
        """Whether all ink is kept, once what waits was written and the thread has ended. Safe to
        call again."""
        if self._thread.isRunning():
            if self._touched or self._soon.isActive():
                self._put()
            self._soon.stop()
            self._again.stop()
            self._ending.emit()
            self._thread.wait()
        return not self._mailbox.pads

    # --- steps ---

    def _connect_worker(self) -> None:
        worker = self._worker
        self._thread.finished.connect(worker.deleteLater)
        self._wake.connect(worker.work)
        self._ending.connect(worker.end)
        worker.failed.connect(self._fail)
        worker.recovered.connect(self._recover)
        worker.damageFound.connect(self.damageFound)
        worker.crashed.connect(self.crashed)
        worker.answered.connect(self._take)

    def _do(self, task: Task, *, instead_of: str = "") -> None:
        self._mailbox.put_task(task, instead_of=instead_of)
        self._wake.emit()

    def _empty(self) -> None:
        """The pad was emptied. A single stroke that went was a slip, taken back; more than that is
        a past pad, and so is one that was past before."""
        if len(self._ink.strokes) > 1 or self._was_past:
            self.shelve()

    def _return_to_past(self, ink: Ink) -> None:
        """Goes on with a past pad where it has come back whole, by undoing or by being opened."""
        past = self._shelf.get(ink.strokes[0])
        if past is not None and past.pad != self._pad and past.ink.strokes == ink.strokes:
            self.shelve()
            self._pad, self._was_past = past.pad, True

    def _begin_pad(self) -> None:
        self._pad, self._ink, self._text = new_pad_id(), Ink(), None
        self._was_past = False

    def _put_soon(self) -> None:
        if self._thread.isRunning() and not self._soon.isActive():
            self._soon.start()

    @Slot()
    def _put(self) -> None:
        if not self._thread.isRunning():
            return
        self._touched = True
        self._soon.stop()
        live = self._live()
        self._mailbox.put(Snapshot(self._pad, self._ink, live, self._text, self._corrections))
        self._wake.emit()

    @Slot(object)
    def _take(self, answer: Answer) -> None:
        if isinstance(answer, Found):
            self.found.emit(answer)
        elif isinstance(answer, PadInk):
            self.inkRead.emit(answer)
        elif isinstance(answer, Restored):
            self._show_restored(answer.laid)
        elif isinstance(answer, Opened):
            self._show_opened(answer.laid)

    def _show_restored(self, laid: LaidPad | None) -> None:
        if self._touched or self._live() is not None:
            return  # someone was quicker; what was there is in the history
        if laid is not None and laid.ink:
            self._touched = self._was_past = True
            self._pad, self._ink, self._corrections = laid.id, laid.ink, laid.corrections
        self.restored.emit(laid)

    def _show_opened(self, laid: LaidPad | None) -> None:
        if laid is None or not laid.ink:
            return
        self.shelve()
        self._shelf[laid.ink.strokes[0]] = PadInk(laid.id, laid.ink)
        self.opened.emit(laid)

    @Slot(object)
    def _fail(self, error: GlyphpadError) -> None:
        if self._thread.isRunning():
            self._again.start()
        self.failed.emit(error)

    @Slot()
    def _recover(self) -> None:
        self._again.stop()
        self.recovered.emit()
