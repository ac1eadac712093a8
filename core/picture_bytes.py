"""The bytes of a picture file that is open: read when they are needed, and known to be the same.

A file is not held open and its bytes are not kept, so that a folder of a thousand scans takes
neither memory nor the system's few handles; a mapping into memory would bring the process down
where the file is cut short meanwhile. Instead, each look at it proves by its size, time and number
on the disk that it is the file that was opened.
"""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from core.errors import (
    EmptyFileError,
    FileChangedError,
    FileTooLargeError,
    MissingFileError,
    UnreadableFileError,
)

HEAD_BYTES = 1024
"""How much of a file is read to tell its format."""


class StoredBytes(Protocol):
    """Bytes that can be looked at again and again, and are the same each time."""

    @property
    def source(self) -> str:
        """Where they are: a file's path, or a word for what has no file."""

    @property
    def size(self) -> int:
        """How many there are, at least one."""

    def opened(self) -> BinaryIO:
        """A file over them, for its caller to close.

        Raises:
            FileError: They are not there any more, or are others now.
        """

    def check(self) -> None:
        """Nothing where they are as they were.

        Raises:
            FileError: They are not there any more, or are others now.
        """


@contextmanager
def looking(stored: StoredBytes) -> Iterator[BinaryIO]:
    """A file over the bytes, and proof at the end that they were the same all along.

    Raises:
        FileError: They are not there any more, or have changed; whatever went wrong in the block
            then has its cause in that.
        UnreadableFileError: The disk gave them no more.
    """
    with stored.opened() as file:
        try:
            yield file
        except OSError as error:
            stored.check()
            raise UnreadableFileError(stored.source) from error
        except BaseException:
            stored.check()
            raise
    stored.check()


def whole(stored: StoredBytes, *, limit: int) -> bytes:
    """All of the bytes.

    Raises:
        FileTooLargeError: There are more than `limit`.
        FileError: As `looking`.
    """
    if stored.size > limit:
        raise FileTooLargeError(stored.source, limit=limit)
    with looking(stored) as file:
        return file.read(stored.size)


class HeldBytes:
    """Bytes that are in memory."""

    def __init__(self, data: bytes, source: str) -> None:
        """Takes them.

        Raises:
            EmptyFileError: There are none.
        """
        if not data:
            raise EmptyFileError(source)
        self._data = data
        self.source = source
        self.size = len(data)

    def opened(self) -> BinaryIO:
        return io.BytesIO(self._data)

    def check(self) -> None:
        pass


@dataclass(frozen=True, slots=True)
class _Mark:
    """What tells a file from another, and from itself when it has been written."""

    device: int
    number: int
    size: int
    nanoseconds: int


class FileBytes:
    """The bytes of a file as it is now."""

    def __init__(self, path: str | Path) -> None:
        """Looks at the file; nothing of it is read.

        Raises:
            MissingFileError: There is no such file.
            UnreadableFileError: It is no regular file, or may not be read.
            EmptyFileError: It has no bytes.
        """
        self.source = str(path)
        self._path = Path(path)
        self._mark = self._current()
        self.size = self._mark.size
        if not self.size:
            raise EmptyFileError(path)

    def opened(self) -> BinaryIO:
        # looked at before it is opened: opening a named pipe would wait for a writer
        self.check()
        try:
            return self._path.open("rb")
        except FileNotFoundError as error:
            raise MissingFileError(self.source) from error
        except OSError as error:
            raise UnreadableFileError(self.source) from error

    def check(self) -> None:
        if self._current() != self._mark:
            raise FileChangedError(self.source)

    def _current(self) -> _Mark:
        try:
            status = self._path.stat()
        except (FileNotFoundError, NotADirectoryError) as error:
            raise MissingFileError(self.source) from error
        except OSError as error:
            raise UnreadableFileError(self.source) from error
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableFileError(self.source)
        return _mark(status)


def _mark(status: os.stat_result) -> _Mark:
    return _Mark(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)
