"""One page that is open: where it comes from, and how it is had."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPalette

from core.errors import UnknownFormatError
from core.inkml import InkDocument
from core.picture import Picture
from core.picture_file import PictureFile
from core.sources import read_page
from desktop.canvas.thumbnail import thumbnail
from desktop.imaging import from_image


@dataclass(frozen=True, eq=False)
class Page:
    """A page of something that is open. Its functions may be called on any thread.

    Attributes:
        source: A file's path, or a word for what has no file.
        number: Which page of it, from 1.
        count: How many it has.
        read: Decodes it, which may take seconds; raises a `FileError`.
        draw: A thumbnail, uint8 (h, w, 3), its longer side what is asked for; raises a `FileError`.
        path: The file, if there is one.
        is_ink: Whether it is ink, for the pad, and no picture.
    """

    source: str
    number: int
    count: int
    read: Callable[[], Picture | InkDocument]
    draw: Callable[[int], NDArray[np.uint8]]
    path: Path | None = None
    is_ink: bool = False

    @property
    def name(self) -> str:
        """What it is called, without the folder."""
        return Path(self.source).name


def file_pages(path: Path) -> tuple[Page, ...]:
    """The pages of a file, none of them decoded yet; a file of ink is one page.

    Raises:
        FileError: It cannot be opened.
    """
    try:
        file = PictureFile(path)
    except UnknownFormatError:
        document = read_page(path, 1)
        if not isinstance(document, InkDocument):
            raise
        return (_ink_page(path),)
    return _picture_pages(file, path)


def held_pages(data: bytes, source: str) -> tuple[Page, ...]:
    """The pages of a picture file's bytes.

    Args:
        data: The whole file; kept as long as one of the pages is.
        source: A word for where they came from.

    Raises:
        FileError: It cannot be opened.
    """
    return _picture_pages(PictureFile.of_bytes(data, source), None)


def _picture_pages(file: PictureFile, path: Path | None) -> tuple[Page, ...]:
    # the file is never closed by hand: its last page lets go of it, when no thread uses it any more
    return tuple(
        Page(
            file.source,
            number,
            file.pages,
            partial(file.page, number),
            partial(file.thumbnail, number),
            path,
        )
        for number in range(1, file.pages + 1)
    )


def _ink_page(path: Path) -> Page:
    return Page(
        str(path), 1, 1, partial(read_page, path, 1), partial(_drawn_ink, path), path, is_ink=True
    )


def _drawn_ink(path: Path, side: int) -> NDArray[np.uint8]:
    document = read_page(path, 1)
    if not isinstance(document, InkDocument):
        raise UnknownFormatError(path)
    paper = QPalette(Qt.GlobalColor.white)
    image: QImage = thumbnail(document.ink, QSize(side, side * 3 // 4), 1.0, paper)
    return from_image(image)
