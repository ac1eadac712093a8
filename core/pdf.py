"""The pages of a PDF as pixels, one at a time."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

from core.errors import DamagedFileError, ProtectedFileError

PDF_DPI = 300
"""Pixels an inch of a rendered page: what scanners are set to for text, and the resolution that
the rest of the program is measured at."""

_POINTS_AN_INCH = 72

_END_MARK, _END_WITHIN = b"%%EOF", 1024
"""What a whole PDF ends with, and in how many last bytes (PDF Reference 1.7, appendix H.3, note
18). PDFium repairs a file that is cut short, and leaves out what it lacks without a word."""

_LOCK = threading.RLock()
"""PDFium may be used by one thread at a time (pypdfium2's README). The lock is re-entrant because
the garbage collector may close one document while the same thread reads another."""


class PdfPages:
    """A PDF that is open, and its pages as pixels.

    Attributes:
        count: How many pages it has, at least one.
    """

    def __init__(self, data: bytes, source: str) -> None:
        """Opens a document.

        Args:
            data: The whole file.
            source: Where it came from, for the errors.

        Raises:
            ProtectedFileError: It opens only with a password.
            DamagedFileError: It is damaged, or has no pages.
        """
        self._source = source
        if _END_MARK not in data.rstrip(b"\0\t\r\n ")[-_END_WITHIN:]:
            raise DamagedFileError(source)
        with self._safely():
            self._document = pdfium.PdfDocument(data)
            if self._document.get_formtype() == pdfium_c.FORMTYPE_ACRO_FORM:
                # without it, what was typed into a form is not drawn
                self._document.init_forms()
            self.count = len(self._document)
        if not self.count:
            self.close()
            raise DamagedFileError(source)

    def close(self) -> None:
        with _LOCK:
            self._document.close()

    def size(self, index: int) -> tuple[int, int]:
        """Width and height of a page when it is rendered, in pixels, turned as it is shown.

        Raises:
            DamagedFileError: The page cannot be read, or has no size.
        """
        with self._safely():
            width, height = self._document.get_page_size(index)
        if not (0 < width < math.inf and 0 < height < math.inf):
            raise DamagedFileError(self._source)
        return _pixels(width), _pixels(height)

    def render(self, index: int) -> NDArray[np.uint8]:
        """A page on white paper, with what is filled into its forms.

        Returns:
            uint8 (H, W, 3), RGB, PDF_DPI pixels an inch.

        Raises:
            DamagedFileError: The page cannot be read.
        """
        with self._safely():
            page = self._document[index]
            bitmap = page.render(scale=PDF_DPI / _POINTS_AN_INCH, rev_byteorder=True)
            # a copy, because the bitmap's memory goes when it is closed
            pixels = np.array(bitmap.to_numpy(), np.uint8)
            bitmap.close()
            page.close()
        return pixels

    @contextmanager
    def _safely(self) -> Iterator[None]:
        """PDFium for this thread alone, and its errors as ours."""
        with _LOCK:
            try:
                yield
            except pdfium.PdfiumError as error:
                protected = pdfium_c.FPDF_GetLastError() == pdfium_c.FPDF_ERR_PASSWORD
                kind = ProtectedFileError if protected else DamagedFileError
                raise kind(self._source) from error


def _pixels(points: float) -> int:
    return math.ceil(points * (PDF_DPI / _POINTS_AN_INCH))
