"""Whatever a file holds: ink, or the pages of a picture; told by its first bytes, not its name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from core.errors import UnknownFormatError
from core.files import read_head
from core.ink import Ink
from core.inkml import InkDocument, read_inkml, read_inkml_document
from core.picture import Picture, read_pictures

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
    for number, picture in enumerate(read_pictures(path), start=1):
        if number == page:
            return picture
    raise UnknownFormatError(path)


def _is_markup(head: bytes) -> bool:
    """Whether a file begins as XML does, in any of the encodings that XML files have."""
    plain = head.lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"").lstrip()
    return plain.startswith(b"<")
