"""Whatever a file holds: ink, or the pages of a picture; told by its first bytes, not its name."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from core.errors import (
    EmptyFolderError,
    MissingFileError,
    UnknownFormatError,
    UnreadableFolderError,
)
from core.files import read_head
from core.ink import Ink
from core.inkml import INK_SUFFIX, InkDocument, read_inkml, read_inkml_document
from core.picture import PICTURE_SUFFIXES, Picture, PictureFile, read_pictures

_SNIFFED = 64


def read_source(path: str | Path) -> Iterator[Ink | Picture]:
    """The one ink, or the pages of the picture, that a file holds.

    The file is read at once; pages are decoded when they are asked for.

    Raises:
        FileError: It cannot be read; also from the iterator.
    """
    if _is_markup(read_head(path, _SNIFFED)):
        return iter((read_inkml(path),))
    return iter(read_pictures(path))


def read_page(path: str | Path, page: int) -> InkDocument | Picture:
    """One page of a file; ink has only the first, and comes with what was put right about it.

    Args:
        path: The file.
        page: From 1.

    Raises:
        FileError: It cannot be read.
        UnknownFormatError: It has no such page.
    """
    if _is_markup(read_head(path, _SNIFFED)):
        if page == 1:
            return read_inkml_document(path)
        raise UnknownFormatError(path)
    with PictureFile(path) as file:
        if not 1 <= page <= file.pages:
            raise UnknownFormatError(path)
        return file.page(page)


def folder_files(path: str | Path) -> tuple[Path, ...]:
    """The pictures and ink files of a folder, in natural order: page 2 before page 10.

    They are told by the endings of their names; what each one holds shows when it is opened.
    Hidden files are left out, and folders within the folder are not looked into: a folder of scans
    is one document, and what else lies below it is not.

    Args:
        path: The folder.

    Returns:
        At least one, each beginning with `path`.

    Raises:
        MissingFileError: There is no such folder.
        UnreadableFolderError: It may not be read.
        EmptyFolderError: It holds no such file.
    """
    try:
        with os.scandir(path) as entries:
            names = [entry.name for entry in entries if _is_ours(entry)]
    except (FileNotFoundError, NotADirectoryError) as error:
        raise MissingFileError(path) from error
    except OSError as error:
        raise UnreadableFolderError(path) from error
    if not names:
        raise EmptyFolderError(path)
    return tuple(Path(path, name) for name in sorted(names, key=_natural))


_SUFFIXES = frozenset({*PICTURE_SUFFIXES, INK_SUFFIX})

_NUMBER = re.compile("([0-9]+)")


def _is_ours(entry: os.DirEntry[str]) -> bool:
    """Whether it is a file, told by its name to be one that opens, and not hidden."""
    if entry.name.startswith(".") or Path(entry.name).suffix.lower() not in _SUFFIXES:
        return False
    try:
        # Windows has a mark for what is hidden, and no other system has the attribute
        marks = getattr(entry.stat(), "st_file_attributes", 0)
        return entry.is_file() and not marks & stat.FILE_ATTRIBUTE_HIDDEN
    except OSError:
        # a link to nowhere, or a file that has just gone; where no file may be looked at, its
        # opening will say so
        return not entry.is_symlink()


def _natural(name: str) -> tuple[list[str | int], str]:
    """A name as it is sorted: its numbers by their value, big letters as small ones."""
    parts = _NUMBER.split(name.casefold())
    return [int(part) if index % 2 else part for index, part in enumerate(parts)], name


def _is_markup(head: bytes) -> bool:
    """Whether a file begins as XML does, in any of the encodings that XML files have."""
    plain = head.lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"").lstrip()
    return plain.startswith(b"<")
