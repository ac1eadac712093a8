"""Reading a user's files whole, and replacing them whole, with the errors a person can act on."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from core.errors import (
    EmptyFileError,
    FileError,
    FileTooLargeError,
    MissingFileError,
    UnreadableFileError,
    UnwritableFileError,
)


class ExistingFileError(FileError):
    """A file that the command line would have replaced."""

    fault = "there is such a file already"
    advice = "Choose another place with --out, or let it be replaced with --replace."


def read_head(path: str | Path, count: int) -> bytes:
    """The first `count` bytes of a file, or all of them where there are fewer.

    Raises:
        MissingFileError: There is no such file.
        UnreadableFileError: It is no regular file, or may not be read.
        EmptyFileError: It has no bytes.
    """
    _regular_size(path)
    return _read(path, count)


def read_whole(path: str | Path, *, limit: int) -> bytes:
    """All bytes of a file.

    Args:
        path: The file; its name may hold any characters.
        limit: The most bytes that are read.

    Raises:
        MissingFileError: There is no such file.
        UnreadableFileError: It is no regular file, or may not be read.
        EmptyFileError: It has no bytes.
        FileTooLargeError: It has more than `limit` bytes.
    """
    if _regular_size(path) > limit:
        raise FileTooLargeError(path, limit=limit)
    return _read(path, -1)


def replace_file(path: str | Path, data: bytes) -> None:
    """Writes `data` beside `path`, then renames it: what was there stays until all is written.

    A link is followed, so that it goes on pointing at the file.

    Raises:
        UnwritableFileError: The folder is missing or may not be written, or the disk is full.
    """
    target = Path(path).resolve()
    beside = target.with_name(f".{os.urandom(16).hex()}.part")
    try:
        try:
            _write_through(beside, data)
            _keep_mode(target, beside)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise UnwritableFileError(path, reason=error.strerror or str(error)) from error


def write_new(target: Path, data: bytes, *, replace: bool) -> None:
    """Writes a file, whole or not at all.

    Raises:
        ExistingFileError: There is one, and it may not be replaced.
        UnwritableFileError: It cannot be written.
    """
    if not replace and target.exists():
        raise ExistingFileError(target)
    replace_file(target, data)


def _regular_size(path: str | Path) -> int:
    """Its bytes, asked before it is opened: opening a named pipe would wait for a writer."""
    try:
        status = Path(path).stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise MissingFileError(path) from error
    except OSError as error:
        raise UnreadableFileError(path) from error
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableFileError(path)
    return status.st_size


def _read(path: str | Path, count: int) -> bytes:
    try:
        with Path(path).open("rb") as file:
            data = file.read(count)
    except OSError as error:
        raise UnreadableFileError(path) from error
    if not data:
        raise EmptyFileError(path)
    return data


def _write_through(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        # without it, a power cut could leave the new name with nothing behind it
        os.fsync(file.fileno())


def _keep_mode(old: Path, new: Path) -> None:
    if old.exists():
        new.chmod(stat.S_IMODE(old.stat().st_mode))
