"""The archive's file: its tables, how it is opened, and what SQLite says as our known errors."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np

from core.errors import DamagedArchiveError, NewerArchiveError, UnwritableArchiveError
from core.ink import PLAIN, Colour, Stroke, StrokeKind, StrokeStyle

VERSION = 1
"""Of the tables; in the file as `user_version`."""

APPLICATION_ID = 0x476C7970
"""The ASCII letters "Glyp", in the file's header, so that no other program's file is taken for
an archive."""

BUSY_WAIT = 5.0
"""Seconds to wait for another running program that is writing; a write takes milliseconds."""

_POINT = np.dtype("<f4")
_COLUMNS = 4

_TABLES = """
CREATE TABLE pads (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    began REAL NOT NULL,             -- UTC seconds since 1970
    changed REAL NOT NULL,           -- UTC seconds since 1970: of the ink, not of the text
    text TEXT NOT NULL,              -- as it was read
    sought TEXT NOT NULL,            -- the same as the search sees it
    strokes INTEGER NOT NULL         -- how many
);
CREATE INDEX pads_by_change ON pads (changed);
CREATE TABLE strokes (
    number INTEGER PRIMARY KEY,
    pad INTEGER NOT NULL REFERENCES pads (number) ON DELETE CASCADE,
    place INTEGER NOT NULL,          -- rising in the order of the strokes
    points BLOB NOT NULL,            -- x, y, pressure, time of each: float32, little end first
    kind TEXT NOT NULL,              -- pen or marker
    colour INTEGER,                  -- 0xRRGGBB; NULL for that of text
    width REAL NOT NULL,             -- over the nominal width of the kind
    UNIQUE (pad, place)
);
CREATE TABLE live (                  -- the stroke that is being drawn
    pad INTEGER PRIMARY KEY REFERENCES pads (number) ON DELETE CASCADE,
    points BLOB NOT NULL,
    kind TEXT NOT NULL,
    colour INTEGER,
    width REAL NOT NULL
);
CREATE TABLE corrections (           -- what someone put right about the reading
    number INTEGER PRIMARY KEY,      -- the latest has the highest
    pad INTEGER NOT NULL REFERENCES pads (number) ON DELETE CASCADE,
    places TEXT NOT NULL,            -- of the strokes that are one character, blanks between
    text TEXT                        -- which character; NULL if it is to be read
);
CREATE INDEX corrections_by_pad ON corrections (pad);
CREATE TABLE desks (                 -- the pad that lies before each running program
    desk INTEGER PRIMARY KEY,
    pad INTEGER REFERENCES pads (number) ON DELETE SET NULL
);
CREATE INDEX desks_by_pad ON desks (pad);
"""

_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})

_OUTSIDE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOLFS,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_READONLY,
    }
)
"""What comes from the disk, the folder's permissions, or another program."""

_PRIMARY_CODE = 0xFF
"""An extended result code has the primary one in its lowest byte."""


def connect(path: Path) -> sqlite3.Connection:
    """The archive at `path`, opened; made where there is none, for its owner's eyes only.

    Raises:
        DamagedArchiveError: The file is no archive, or no whole one.
        NewerArchiveError: A later version of the program made it.
        UnwritableArchiveError: The folder or the file may not be written, or the disk is full.
    """
    with known_errors(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            path.touch(mode=0o600)
        # autocommit: transactions are begun and ended in the open, by `writing`
        connection = sqlite3.connect(path, timeout=BUSY_WAIT, isolation_level=None)
        try:
            _prepare(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """A transaction: all that is written in it comes to stay, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # SQLite has rolled back by itself where the disk was full
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def known_errors(path: Path) -> Iterator[None]:
    """Raises what SQLite and the system say about the file as our known errors; a mistake of ours
    in the SQL stays what it is."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE
        if code in _DAMAGE:
            raise DamagedArchiveError(path) from error
        if code in _OUTSIDE:
            raise UnwritableArchiveError(path, reason=str(error)) from error
        raise
    except OSError as error:
        raise UnwritableArchiveError(path, reason=error.strerror or str(error)) from error


class StrokeRow(NamedTuple):
    """A stroke as it lies in the file.

    Attributes:
        points: x, y, pressure and time of each point in turn, float32 with the little end first.
        kind: The value of a `StrokeKind`.
        colour: 0xRRGGBB, None for that of text.
        width: Over the nominal width of the kind.
    """

    points: bytes
    kind: str
    colour: int | None
    width: float


def packed(stroke: Stroke) -> StrokeRow:
    """A stroke as it lies in the file."""
    style, colour = stroke.style, stroke.style.colour
    number = None if colour is None else int.from_bytes((colour.red, colour.green, colour.blue))
    points = stroke.points.astype(_POINT).tobytes()
    return StrokeRow(points, style.kind.value, number, style.width)


def unpacked(row: StrokeRow) -> Stroke | None:
    """The stroke of such a row, plain where its style is none; None where its points make none.
    Either is what a damaged disk may leave."""
    data: object = row.points
    if not isinstance(data, bytes) or len(data) % (_COLUMNS * _POINT.itemsize):
        return None
    points = np.frombuffer(data, _POINT).reshape(-1, _COLUMNS).astype(np.float32)
    try:
        return Stroke(points, _style(row))
    except ValueError:
        return None


def _style(row: StrokeRow) -> StrokeStyle:
    try:
        colour = None if row.colour is None else Colour(*row.colour.to_bytes(3))
        return StrokeStyle(StrokeKind(row.kind), colour, row.width)
    except (ValueError, TypeError, AttributeError, OverflowError):
        return PLAIN


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    # a letter that a damaged disk made unreadable is no reason to lose a list
    connection.text_factory = _decoded
    connection.execute("PRAGMA foreign_keys = ON")
    # what a person deletes is to be gone
    connection.execute("PRAGMA secure_delete = ON")
    # a reader never waits for the writer; where the file system cannot do it, SQLite goes without
    connection.execute("PRAGMA journal_mode = WAL")
    # NORMAL would lose the last strokes in a power cut, though nothing older
    connection.execute("PRAGMA synchronous = FULL")
    with writing(connection):
        _check(connection, path)


def _decoded(data: bytes) -> str:
    return data.decode(errors="replace")


def _check(connection: sqlite3.Connection, path: Path) -> None:
    """Makes the tables in an empty file, and sees that they are there in another."""
    tables = _tables(connection)
    if not tables:
        for statement in _TABLES.split(";\n"):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
        return
    if _pragma(connection, "application_id") != APPLICATION_ID:
        raise DamagedArchiveError(path)
    if _pragma(connection, "user_version") > VERSION:
        raise NewerArchiveError(path)
    if not _own_tables() <= tables:
        raise DamagedArchiveError(path)


def _tables(connection: sqlite3.Connection) -> set[str]:
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {str(name) for (name,) in rows}


def _own_tables() -> set[str]:
    with closing(sqlite3.connect(":memory:")) as empty:
        empty.executescript(_TABLES)
        return _tables(empty)


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
