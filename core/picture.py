"""Pictures, from files or from elsewhere: decoded, upright, on white, and nothing else done."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from core.picture_file import PictureFile
from core.picture_headers import (
    PICTURE_FORMATS,
    PICTURE_SUFFIXES,
    PictureFormat,
    picture_format,
)
from core.picture_pixels import MOST_PIXELS, Picture, picture_from_pixels

__all__ = [
    "MOST_PIXELS",
    "PICTURE_FORMATS",
    "PICTURE_SUFFIXES",
    "Picture",
    "PictureFile",
    "PictureFormat",
    "decode_picture",
    "decode_pictures",
    "picture_format",
    "picture_from_pixels",
    "read_picture",
    "read_pictures",
]


def read_pictures(path: str | Path) -> Iterator[Picture]:
    """The pages of a picture file, in order, each decoded when it is asked for.

    The file is opened and its headers are checked at once, so that a file that cannot be opened is
    known before the first page is asked for.

    Args:
        path: A file of any of PICTURE_FORMATS, whatever its name.

    Raises:
        FileError: As `PictureFile`; also from the iterator.
    """
    return _pages(PictureFile(path))


def read_picture(path: str | Path) -> Picture:
    """The first page of a picture file.

    Raises:
        FileError: As `PictureFile`.
    """
    with PictureFile(path) as file:
        return file.page(1)


def decode_pictures(data: bytes, source: str) -> Iterator[Picture]:
    """The pages of a picture file's bytes; as `read_pictures`.

    Args:
        data: The whole file.
        source: Where it came from, for the pictures and the errors.

    Raises:
        FileError: As `PictureFile`; also from the iterator.
    """
    return _pages(PictureFile.of_bytes(data, source))


def decode_picture(data: bytes, source: str) -> Picture:
    """The first page of a picture file's bytes.

    Raises:
        FileError: As `PictureFile`.
    """
    with PictureFile.of_bytes(data, source) as file:
        return file.page(1)


def _pages(opened: PictureFile) -> Iterator[Picture]:
    with opened as file:
        for number in range(1, file.pages + 1):
            yield file.page(number)
