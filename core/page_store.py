"""What was put right on the pages of files, kept in a folder: one small JSON file for each of them.

A file is known by the SHA-256 of its bytes, so that one that is moved or renamed keeps what was put
right, and one that was changed begins anew. One file for each, and not one for all: each is
replaced whole, and a damaged one costs no other's.

Two programs may have the same file open. They write one at a time, and each leaves there what it
has not put there itself.
"""

from __future__ import annotations

import hashlib
import json
import math
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from core.archive.desks import locked
from core.box import Box
from core.errors import (
    DamagedCorrectionsError,
    EmptyFileError,
    FileTooLargeError,
    MissingFileError,
    NewerCorrectionsError,
    UnreadableFileError,
    UnwritableCorrectionsError,
    UnwritableFileError,
)
from core.files import read_whole, replace_file
from core.page_corrections import PageCorrection

VERSION = 1
"""Of what is in the files."""

_KIND = "page corrections"

_MOST_BYTES = 64 << 20
"""Bytes of the largest such file that is read: some 600,000 corrections."""

_LOCK_WAIT = 5.0
"""Seconds to wait for another program that is writing; a write takes milliseconds."""

_NOT_OURS = (
    AttributeError,
    KeyError,
    OverflowError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What comes of JSON, or of what is none, that says something else than what we write."""

Pages = Mapping[int, tuple[PageCorrection, ...]]
"""What was put right on each page, from 1, of one file; the latest last."""


def file_key(path: Path) -> str:
    """What a file is known by: the SHA-256 of its bytes, in hexadecimal digits.

    Raises:
        UnreadableFileError: It is gone, or may not be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableFileError(path) from error


class PageStore:
    """The folder.

    Args:
        folder: Made, for its owner's eyes only, when there is something to keep.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        # what this program has read or written, by key and page, and the keys that it has read
        self._own: dict[tuple[str, int], tuple[PageCorrection, ...]] = {}
        self._read: set[str] = set()

    def path_of(self, key: str) -> Path:
        """Where what was put right on a file's pages is kept."""
        return self._folder / f"{key}.json"

    def read(self, key: str) -> Pages:
        """What was put right on the pages of the file that is known by `key`.

        Raises:
            DamagedCorrectionsError: It cannot be read, and now lies aside; it is as if there were
                none.
            NewerCorrectionsError: A later version kept it.
            UnwritableCorrectionsError: It may not be read, or is damaged and cannot be moved.
        """
        pages = self._on_disk(key)
        self._read.add(key)
        self._own.update({(key, page): kept for page, kept in pages.items()})
        return pages

    def _on_disk(self, key: str) -> Pages:
        path = self.path_of(key)
        try:
            data = read_whole(path, limit=_MOST_BYTES)
        except MissingFileError:
            return {}
        except UnreadableFileError as error:
            raise UnwritableCorrectionsError(path, reason=error.problem) from error
        except (EmptyFileError, FileTooLargeError) as error:
            raise DamagedCorrectionsError(_set_aside(path)) from error
        try:
            return _pages(json.loads(data), path)
        except _NOT_OURS as error:
            raise DamagedCorrectionsError(_set_aside(path)) from error

    def write(self, key: str, page: int, corrections: tuple[PageCorrection, ...]) -> None:
        """Keeps what was put right on one page, in the place of what was kept of it before; what
        is kept of the file's other pages stays, and so does what another program has put right on
        this one since it was read.

        Raises:
            DamagedCorrectionsError: What was there could not be read, and lies aside; `corrections`
                are kept all the same.
            NewerCorrectionsError: A later version kept what is there; nothing is written.
            UnwritableCorrectionsError: The folder or the file may not be written, or the disk is
                full.
        """
        damage: DamagedCorrectionsError | None = None
        with self._alone(key):
            try:
                pages = dict(self._on_disk(key))
            except DamagedCorrectionsError as error:
                pages, damage = {}, error
            pages[page] = (*self._of_others(key, page, pages.get(page, ())), *corrections)
            self._replace(self.path_of(key), {n: kept for n, kept in pages.items() if kept})
        self._own[key, page] = corrections
        if damage is not None:
            raise damage

    def _of_others(
        self, key: str, page: int, kept: tuple[PageCorrection, ...]
    ) -> tuple[PageCorrection, ...]:
        """What is kept of a page and is not ours to replace."""
        if key not in self._read:
            return ()
        own = self._own.get((key, page), ())
        return tuple(correction for correction in kept if correction not in own)

    @contextmanager
    def _alone(self, key: str) -> Iterator[None]:
        """No other program writes meanwhile."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = locked(self._folder.with_name(self._folder.name + ".lock"), wait=_LOCK_WAIT)
        except OSError as error:
            raise UnwritableCorrectionsError(
                self.path_of(key), reason=error.strerror or str(error)
            ) from error
        except sqlite3.Error as error:
            raise UnwritableCorrectionsError(self.path_of(key), reason=str(error)) from error
        if lock is None:
            raise UnwritableCorrectionsError(
                self.path_of(key), reason="another program is writing there"
            )
        try:
            yield
        finally:
            lock.release()

    def _replace(self, path: Path, pages: Pages) -> None:
        try:
            if not pages:
                path.unlink(missing_ok=True)
                return
            if not path.exists():
                path.touch(mode=0o600)
            replace_file(path, _packed(pages))
        except UnwritableFileError as error:
            raise UnwritableCorrectionsError(path, reason=error.reason) from error
        except OSError as error:
            raise UnwritableCorrectionsError(path, reason=error.strerror or str(error)) from error


def _packed(pages: Pages) -> bytes:
    content = {
        "kind": _KIND,
        "version": VERSION,
        "pages": {
            str(number): [
                {"box": [c.box.x, c.box.y, c.box.width, c.box.height], "text": c.text}
                for c in corrections
            ]
            for number, corrections in sorted(pages.items())
        },
    }
    return json.dumps(content, indent=1).encode()


def _pages(content: Any, path: Path) -> Pages:
    """What the file says.

    Raises:
        NewerCorrectionsError: A later version wrote it.
        _NOT_OURS: It is not what we write.
    """
    if content["kind"] != _KIND:
        raise ValueError("another kind of file")
    if content["version"] > VERSION:
        raise NewerCorrectionsError(path)
    return {
        _page_number(number): tuple(_correction(one) for one in rows)
        for number, rows in content["pages"].items()
    }


def _page_number(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError("pages count from 1")
    return number


def _correction(row: Any) -> PageCorrection:
    x, y, width, height = (float(value) for value in row["box"])
    if not all(map(math.isfinite, (x, y, width, height))) or not isinstance(row["text"], str):
        raise ValueError("no correction")
    return PageCorrection(Box(x, y, width, height), row["text"])


def _set_aside(path: Path) -> Path:
    """Renames a damaged file; where it lies now.

    Raises:
        UnwritableCorrectionsError: It cannot be moved.
    """
    names = (path.with_name(f"{path.name}.damaged-{number}") for number in count(1))
    aside = next(name for name in names if not name.exists())
    try:
        path.rename(aside)
    except OSError as error:
        raise UnwritableCorrectionsError(path, reason=error.strerror or str(error)) from error
    return aside
