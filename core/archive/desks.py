"""Desks: each running program has one, and with it the pad that lies on it.

A desk is a number; whoever has it holds a lock on a file beside the archive. The lock ends with
the process, however it ends: after a crash the next start finds the desk free, and its pad on it.
The lock is one of SQLite's own on an empty database, which is the same on every system.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, count
from pathlib import Path

OPENING_WAIT = 20.0
"""Seconds to wait for another program that is opening the archive: it may be saving what it can out
of a damaged one."""


class Lock:
    """A lock on a file, held until it is let go or the process ends."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def release(self) -> None:
        self._connection.close()


def locked(path: Path, *, wait: float = 0.0) -> Lock | None:
    """A lock on the file `path`, which is made where there is none; None where another has it.

    Raises:
        sqlite3.OperationalError: The file cannot be made or opened.
    """
    connection = sqlite3.connect(path, timeout=wait, isolation_level=None)
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        connection.close()
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            return None
        raise
    return Lock(connection)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """One program at a time opens the archive at `path`; the others wait.

    Raises:
        sqlite3.OperationalError: The lock's file cannot be made.
    """
    lock = locked(path.with_name(path.name + ".opening"), wait=OPENING_WAIT)
    try:
        yield
    finally:
        if lock is not None:
            lock.release()


def free_desk(path: Path, preferred: Iterable[int]) -> tuple[int, Lock]:
    """The first desk that no running program has: one of `preferred`, else the lowest.

    Raises:
        sqlite3.OperationalError: The lock's file cannot be made.
    """
    for desk in chain(preferred, count(1)):
        lock = locked(lock_file(path, desk))
        if lock is not None:
            return desk, lock
    raise AssertionError("numbers do not end")


def has_owner(path: Path, desk: int) -> bool:
    """Whether a running program has this desk.

    Raises:
        sqlite3.OperationalError: The lock's file cannot be made.
    """
    lock = locked(lock_file(path, desk))
    if lock is None:
        return True
    lock.release()
    return False


def lock_file(path: Path, desk: int) -> Path:
    """The file whose lock says that a desk is taken; it stays when the program has ended."""
    return path.with_name(f"{path.name}.desk-{desk}")
