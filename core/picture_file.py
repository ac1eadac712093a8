"""A picture file that is open: how many pages it has, and each of them when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from core.errors import FileError, UnknownFormatError
from core.picture_bytes import FileBytes, HeldBytes, StoredBytes, looking
from core.picture_decoding import ImagePages
from core.picture_headers import (
    BMP,
    JPEG,
    PDF,
    PNG,
    SNIFFED_BYTES,
    TIFF,
    WEBP,
    PictureFormat,
    picture_format,
)
from core.picture_pixels import Decoded, Picture, shrunk
from core.picture_tiff import TiffPages


class PictureFile:
    """A picture file that is open.

    Pages come in any order, and none is decoded for the sake of another. Nothing of the file is
    kept but what its headers say; of a PDF, its tables and a handle to it, until it is closed. A
    file that is written to, or goes, while it is open gives an error and never a wrong page: what
    is read later is what is on the disk, and it is proved to be what was opened.

    Any thread may use it, and several may at once.

    Attributes:
        source: Where it is, as it was given.
        kind: Its format, whatever its name ends in.
        pages: How many pages it has, at least one.
    """

    def __init__(self, path: str | Path) -> None:
        """Opens a file of any of PICTURE_FORMATS.

        What is wrong with one page of several is told when that page is asked for; what is wrong
        with all of them, or with the file, is told here.

        Raises:
            MissingFileError: There is no such file.
            UnreadableFileError: It is no regular file, or may not be read.
            EmptyFileError: It has no bytes.
            UnknownFormatError: It is no picture.
            FileTooLargeError: It has more bytes than are read.
            PictureTooLargeError: It has more than MOST_PIXELS.
            ProtectedFileError: It opens only with a password.
            DamagedFileError: It is damaged or cut short.
        """
        self._open(FileBytes(path))

    @classmethod
    def of_bytes(cls, data: bytes, source: str) -> Self:
        """The same of a file's bytes that are in memory.

        Args:
            data: The whole file; kept.
            source: Where it came from, for the pictures and the errors.

        Raises:
            FileError: As when a file is opened.
        """
        self = cls.__new__(cls)
        self._open(HeldBytes(data, source))
        return self

    def _open(self, stored: StoredBytes) -> None:
        with looking(stored) as file:
            kind = picture_format(file.read(SNIFFED_BYTES))
        if kind is None:
            raise UnknownFormatError(stored.source)
        self.source = stored.source
        self.kind = kind
        self._pages = _OPENERS[kind](stored)
        self.pages = self._pages.count
        try:
            _check_some_page(self._pages)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Gives back what it holds; no page can be asked for after that."""
        self._pages.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def size(self, number: int) -> tuple[int, int]:
        """Width and height of a page in pixels, as `page` would give it; nothing is decoded.

        Args:
            number: From 1.

        Raises:
            FileError: As `page`.
        """
        return self._pages.size(self._index(number))

    def page(self, number: int) -> Picture:
        """A page, whole.

        Args:
            number: From 1.

        Raises:
            MissingFileError: The file is gone.
            FileChangedError: It was written to since it was opened.
            DamagedFileError: The page is damaged.
            UnsupportedPictureError: It is stored in a way that we do not read.
            PictureTooLargeError: It has more than MOST_PIXELS.
            SlowPageError: It is drawn, and that takes too long.
        """
        index = self._index(number)
        decoded = self._pages.page(index)
        return Picture(decoded.pixels, self.source, number, self.pages, decoded.dpi)

    def thumbnail(self, number: int, side: int) -> NDArray[np.uint8]:
        """A page made small, as cheaply as its format allows.

        Args:
            number: From 1.
            side: Pixels of the longer side, at least 1; fewer where the page has fewer.

        Returns:
            uint8 (h, w, 3), RGB, upright.

        Raises:
            FileError: As `page`.
        """
        if side < 1:
            raise ValueError(f"a thumbnail cannot be {side} pixels large")
        return shrunk(self._pages.thumbnail(self._index(number), side), side)

    def _index(self, number: int) -> int:
        if not 1 <= number <= self.pages:
            raise ValueError(f"there is no page {number} of {self.pages}")
        return number - 1


class _Pages(Protocol):
    """The pages of one format of files, counted from 0; errors as PictureFile says."""

    @property
    def count(self) -> int: ...

    def size(self, index: int) -> tuple[int, int]:
        """Width and height of a page, upright."""

    def page(self, index: int) -> Decoded:
        """A page, upright."""

    def thumbnail(self, index: int, side: int) -> NDArray[np.uint8]:
        """uint8 (H, W, 3), RGB, upright: the page with at least `side` pixels on its longer side,
        where it has so many."""

    def close(self) -> None: ...


def _check_some_page(pages: _Pages) -> None:
    """Nothing where the header of any page is in order.

    Raises:
        FileError: What is wrong with the first.
    """
    faults = []
    for index in range(pages.count):
        try:
            pages.size(index)
        except FileError as error:
            faults.append(error)
        else:
            return
    raise faults[0]


def _images(kind: PictureFormat) -> Callable[[StoredBytes], _Pages]:
    def opened(stored: StoredBytes) -> _Pages:
        return ImagePages(kind, stored)

    return opened


def _pdf(stored: StoredBytes) -> _Pages:
    # here, as PDFium takes 6 MB, and most people never open one
    from core.picture_pdf import PdfPicturePages

    return PdfPicturePages(stored)


_OPENERS: Mapping[PictureFormat, Callable[[StoredBytes], _Pages]] = MappingProxyType(
    {
        **{kind: _images(kind) for kind in (PNG, JPEG, BMP, WEBP)},
        TIFF: TiffPages,
        PDF: _pdf,
    }
)
