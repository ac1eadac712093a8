"""What was put right on pages, kept with their files: read and written beside the window."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import platformdirs
from PySide6.QtCore import QObject, QThreadPool, Signal, Slot

from core.errors import (
    CorrectionsError,
    FileError,
    GlyphpadError,
    UnwritableCorrectionsError,
)
from core.page_corrections import PageCorrection
from core.page_store import PageStore, file_key
from core.picture import Picture
from desktop.background import End, Job, Report
from desktop.surroundings import APPLICATION


def pages_path() -> Path:
    """The folder of what was put right on pages, where the platform keeps such files."""
    return platformdirs.user_data_path(APPLICATION, appauthor=False) / "pages"


@dataclass(frozen=True, eq=False)
class KeptPages:
    """What is kept of a file, or of a picture without one.

    Attributes:
        source: What was asked for.
        key: What it is known by; None where it could not be read, so that nothing can be kept.
        pages: What was put right, by page, from 1; the latest last.
    """

    source: Path | Picture
    key: str | None
    pages: Mapping[int, tuple[PageCorrection, ...]] = field(default_factory=dict)


class PageKeeper(QObject):
    """Reads and writes on a thread of its own, one after another.

    To be wired: `open` when the first page of a file is shown (or a picture that has no file),
    `opened` gives what is to be put right at once; `keep` at each change, with the key that
    `opened` told.

    Args:
        folder: Where it is kept.

    Signals:
        opened(KeptPages): What is kept of something that was asked for, in the order of asking.
        failed(GlyphpadError): What was put right cannot be kept at present: told once, until it
            can; or was damaged and lies aside, or is of a later version: told once for a file.
        recovered: After a failure, all is kept again.
        crashed(Exception): A bug.
    """

    opened = Signal(object)
    failed = Signal(object)
    recovered = Signal()
    crashed = Signal(object)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = _Desk(PageStore(folder))
        self._failing = False
        self._told: set[Path] = set()
        self._report = Report(self)
        self._report.done.connect(self._take)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)

    def open(self, source: Path | Picture) -> None:
        """Asks for what is kept of a file, or of a picture that has none; see `opened`."""
        self._start(partial(self._desk.open, source))

    def keep(self, key: str, page: int, corrections: tuple[PageCorrection, ...]) -> None:
        """Has what was put right on a page kept.

        Args:
            key: What its file is known by.
            page: From 1.
            corrections: All of it, the latest last; none to forget it.
        """
        self._desk.put(key, page, corrections)
        self._start(self._desk.write)

    def close(self) -> bool:
        """Whether all is kept, once what waits was written. Safe to call again."""
        self._pool.waitForDone()
        if self._desk.waits:
            self._start(self._desk.write)
            self._pool.waitForDone()
        return not self._desk.waits

    def _start(self, work: Callable[[], object]) -> None:
        self._pool.start(Job(0, work, self._report))

    @Slot(object)
    def _take(self, end: End) -> None:
        result = end.result
        if isinstance(result, Exception):
            self.crashed.emit(result)
        elif isinstance(result, _Outcome):
            self._tell(result.errors)
            if result.kept is not None:
                self.opened.emit(result.kept)

    def _tell(self, errors: tuple[GlyphpadError, ...] | None) -> None:
        """Says what went wrong, once."""
        for error in errors or ():
            if isinstance(error, UnwritableCorrectionsError):
                if not self._failing:
                    self._failing = True
                    self.failed.emit(error)
            elif isinstance(error, CorrectionsError) and error.path not in self._told:
                self._told.add(error.path)
                self.failed.emit(error)
        if errors == () and self._failing and not self._desk.waits:
            self._failing = False
            self.recovered.emit()


@dataclass(frozen=True, eq=False)
class _Outcome:
    """What some work came to.

    Attributes:
        errors: What went wrong; empty where something was written, None where nothing was to be.
        kept: What was read.
    """

    errors: tuple[GlyphpadError, ...] | None = None
    kept: KeptPages | None = None


class _Desk:
    """What the thread does; what waits for it is behind a lock."""

    def __init__(self, store: PageStore) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._waiting: dict[tuple[str, int], tuple[PageCorrection, ...]] = {}
        self._keys: dict[Path, tuple[tuple[int, int, int], str]] = {}

    @property
    def waits(self) -> bool:
        with self._lock:
            return bool(self._waiting)

    def put(self, key: str, page: int, corrections: tuple[PageCorrection, ...]) -> None:
        """Takes note of what is to be written, in the place of what waits of the same page."""
        with self._lock:
            self._waiting[key, page] = corrections

    def open(self, source: Path | Picture) -> _Outcome:
        """What is kept of a file or a picture, with what could not be written yet."""
        try:
            key = self._key(source)
        except FileError:
            return _Outcome(kept=KeptPages(source, None))  # whoever opens it says what is wrong
        pages: dict[int, tuple[PageCorrection, ...]] = {}
        errors: tuple[GlyphpadError, ...] | None = None
        try:
            pages.update(self._store.read(key))
        except GlyphpadError as error:
            errors = (error,)
        with self._lock:
            mine = {page: kept for (of, page), kept in self._waiting.items() if of == key}
        return _Outcome(errors, KeptPages(source, key, {**pages, **mine}))

    def write(self) -> _Outcome:
        """Writes what waits; what cannot be written waits on."""
        with self._lock:
            waiting = dict(self._waiting)
        if not waiting:
            return _Outcome()
        errors: list[GlyphpadError] = []
        for (key, page), corrections in waiting.items():
            try:
                self._store.write(key, page, corrections)
            except UnwritableCorrectionsError as error:
                errors.append(error)
                continue
            except GlyphpadError as error:
                errors.append(error)
            with self._lock:
                if self._waiting.get((key, page)) is corrections:
                    del self._waiting[key, page]
        return _Outcome(tuple(errors))

    def _key(self, source: Path | Picture) -> str:
        if isinstance(source, Picture):
            shape = repr(source.pixels.shape).encode()
            return hashlib.sha256(shape + source.pixels.tobytes()).hexdigest()
        path = source.absolute()
        try:
            status = path.stat()
        except OSError:
            return file_key(path)
        now = (status.st_mtime_ns, status.st_size, status.st_ino)
        known = self._keys.get(path)
        if known is None or known[0] != now:
            known = self._keys[path] = (now, file_key(path))
        return known[1]
