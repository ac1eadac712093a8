"""Opening an archive whatever state it is in: a damaged one is set aside, and saved from."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from core.archive.archive import Archive
from core.archive.desks import alone
from core.archive.file import known_errors
from core.errors import DamagedArchiveError

_PARTS = ("", "-wal", "-shm")
"""SQLite's files: the archive, what was written last, and an index of that."""


@dataclass(frozen=True, eq=False)
class OpenedArchive:
    """An archive, ready to be written.

    Attributes:
        archive: The archive.
        damaged: Where the damaged one lies now in whose place it stands; None where none was.
    """

    archive: Archive
    damaged: Path | None = None


def open_archive(path: Path, *, now: Callable[[], float] = time.time) -> OpenedArchive:
    """The archive at `path`. One that is damaged is set aside, as "NAME.damaged-1" or with the next
    free number, and what can still be read in it is put into a new one.

    Args:
        path: The file; it and its folder are made where they are missing.
        now: The clock: UTC seconds since 1970.

    Raises:
        NewerArchiveError: A later version of the program made the file.
        UnwritableArchiveError: The folder or the file may not be written, or the disk is full.
    """
    with known_errors(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with alone(path):
            try:
                return OpenedArchive(Archive(path, now=now))
            except DamagedArchiveError:
                return _anew(path, now)


def renew_archive(archive: Archive, *, now: Callable[[], float] = time.time) -> OpenedArchive:
    """The archive that comes after one that was found damaged while it was in use.

    Raises:
        UnwritableArchiveError: The damaged one cannot be moved, or the disk is full.
    """
    path, in_place = archive.path, archive.in_place
    archive.close()
    if not in_place:
        return open_archive(path, now=now)  # another program was quicker
    with known_errors(path), alone(path):
        return _anew(path, now)


def _anew(path: Path, now: Callable[[], float]) -> OpenedArchive:
    damaged = _set_aside(path)
    archive = Archive(path, now=now)
    try:
        _save_from(damaged, archive)
    except BaseException:
        archive.close()
        raise
    return OpenedArchive(archive, damaged)


def _set_aside(path: Path) -> Path:
    """Renames the archive, with what belongs to it; where it lies now."""
    names = (path.with_name(f"{path.name}.damaged-{number}") for number in count(1))
    aside = next(name for name in names if not name.exists())
    for part in _PARTS:
        old = path.with_name(path.name + part)
        if old.exists():
            old.rename(aside.with_name(aside.name + part))
    return aside


def _save_from(damaged: Path, archive: Archive) -> None:
    """Copies what can be read: an entry, a stroke, a correction, each by itself, so that a page
    that is no page costs no more than what lay on it."""
    with closing(sqlite3.connect(damaged)) as source, archive.adding() as target:
        by_index = _readable(source, "SELECT number FROM pads ORDER BY changed")
        by_row = _readable(source, "SELECT number FROM pads ORDER BY number DESC")
        for (number,) in dict.fromkeys((*by_index, *by_row)):
            _save_pad(source, target, number)
        for desk, number in _readable(source, "SELECT desk, pad FROM desks"):
            target.execute(
                "INSERT OR REPLACE INTO desks (desk, pad) SELECT ?, number FROM pads"
                " WHERE number = ?",
                (desk, number),
            )


def _save_pad(source: sqlite3.Connection, target: sqlite3.Connection, number: object) -> None:
    entry = "SELECT number, id, began, changed, text, sought, strokes FROM pads WHERE number = ?"
    added = target.executemany(
        "INSERT OR IGNORE INTO pads (number, id, began, changed, text, sought, strokes)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        _readable(source, entry, number),
    )
    if added.rowcount < 1:
        return
    strokes = "SELECT number FROM strokes WHERE pad = ? ORDER BY place"
    for (stroke,) in _readable(source, strokes, number):
        target.executemany(
            "INSERT OR IGNORE INTO strokes (pad, place, points, kind, colour, width)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            _readable(
                source,
                "SELECT pad, place, points, kind, colour, width FROM strokes WHERE number = ?",
                stroke,
            ),
        )
    corrections = "SELECT number FROM corrections WHERE pad = ? ORDER BY number"
    for (correction,) in _readable(source, corrections, number):
        row = "SELECT pad, places, text FROM corrections WHERE number = ?"
        target.executemany(
            "INSERT OR IGNORE INTO corrections (pad, places, text) VALUES (?, ?, ?)",
            _readable(source, row, correction),
        )
    target.executemany(
        "INSERT OR IGNORE INTO live (pad, points, kind, colour, width) VALUES (?, ?, ?, ?, ?)",
        _readable(
            source, "SELECT pad, points, kind, colour, width FROM live WHERE pad = ?", number
        ),
    )


def _readable(
    source: sqlite3.Connection, query: str, *parameters: object
) -> Iterator[tuple[object, ...]]:
    """The rows of a query up to the first that cannot be read."""
    try:
        yield from source.execute(query, parameters)
    except sqlite3.DatabaseError:
        return
