"""The pages of a PDF file as pages of a picture."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

from core.pdf import PdfPages
from core.picture_bytes import StoredBytes
from core.picture_pixels import Decoded


class PdfPicturePages:
    """The pages of a PDF, which stays open until it is closed.

    Attributes:
        count: How many there are, at least one.
    """

    def __init__(self, stored: StoredBytes) -> None:
        """Opens the document; its pages are looked at when they are asked for.

        Raises:
            ProtectedFileError: It opens only with a password.
            DamagedFileError: It is damaged, or has no pages.
        """
        self._stored = stored
        self._file = stored.opened()
        try:
            with self._unchanged():
                self._document = PdfPages(self._file, stored.source)
        except BaseException:
            self._file.close()
            raise
        self.count = self._document.count

    def close(self) -> None:
        self._document.close()
        self._file.close()

    def size(self, index: int) -> tuple[int, int]:
        with self._unchanged():
            return self._document.size(index)

    def page(self, index: int) -> Decoded:
        with self._unchanged():
            dpi = self._document.dpi(index)
            return Decoded(self._document.render(index, dpi=dpi), dpi)

    def thumbnail(self, index: int, side: int) -> NDArray[np.uint8]:
        with self._unchanged():
            smaller = min(1, side / max(self._document.size(index)))
            return self._document.render(index, dpi=self._document.dpi(index) * smaller)

    @contextmanager
    def _unchanged(self) -> Iterator[None]:
        """Proof, before and after, that the file is the one that was opened: what PDFium makes of
        another is neither shown nor called its damage."""
        self._stored.check()
        try:
            yield
        finally:
            self._stored.check()
