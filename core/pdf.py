"""The pages of a PDF as pixels, one at a time."""

from __future__ import annotations

import ctypes
import io
import math
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

from core.errors import DamagedFileError, ProtectedFileError, SlowPageError
from core.picture_pixels import MOST_PIXELS

PDF_DPI = 300
"""Pixels an inch of a rendered page: what scanners are set to for text, and the resolution that
the rest of the program is measured at. Of a page that is too large for it, less."""

MOST_SIDE = 30_000
"""Pixels of the longer side of a rendered page: two and a half metres at PDF_DPI. OpenCV's maps end
at 32,767."""

MOST_SECONDS = 30.0
"""How long drawing a page may take. A page of text takes some hundredths of a second, a map some
seconds; a page made to harm has no end."""

_POINTS_AN_INCH = 72

_HOW = pdfium_c.FPDF_ANNOT | pdfium_c.FPDF_REVERSE_BYTE_ORDER
"""With what is noted on the page, and red first."""

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

    def __init__(self, data: bytes | BinaryIO, source: str) -> None:
        """Opens a document.

        Args:
            data: The whole file: its bytes, or the file itself, open for reading; it is read from
                until the document is closed, and left open then.
            source: Where it came from, for the errors.

        Raises:
            ProtectedFileError: It opens only with a password.
            DamagedFileError: It is damaged, or has no pages.
        """
        self._source = source
        file = _SteadyFile(io.BytesIO(data) if isinstance(data, bytes) else data)
        if _END_MARK not in _last_bytes(file):
            raise DamagedFileError(source)
        with self._safely():
            self._document = pdfium.PdfDocument(file)
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

    def dpi(self, index: int) -> float:
        """Pixels an inch that a page is rendered with: PDF_DPI, or as many as keep it within
        MOST_PIXELS and MOST_SIDE.

        Raises:
            DamagedFileError: The page cannot be read, or has no size.
        """
        width, height = self._points(index)
        within = min(MOST_SIDE / max(width, height), math.sqrt(MOST_PIXELS / (width * height)))
        return min(float(PDF_DPI), within * _POINTS_AN_INCH)

    def size(self, index: int) -> tuple[int, int]:
        """Width and height of a page when it is rendered, in pixels, turned as it is shown.

        Raises:
            DamagedFileError: The page cannot be read, or has no size.
        """
        width, height = self._points(index)
        scale = self.dpi(index) / _POINTS_AN_INCH
        return math.ceil(width * scale), math.ceil(height * scale)

    def render(self, index: int, *, dpi: float | None = None) -> NDArray[np.uint8]:
        """A page on white paper, with what is filled into its forms.

        Args:
            index: From 0.
            dpi: Pixels an inch; as `dpi` says if None.

        Returns:
            uint8 (H, W, 3), RGB.

        Raises:
            DamagedFileError: The page cannot be read.
            SlowPageError: It takes more than MOST_SECONDS to draw.
        """
        scale = (self.dpi(index) if dpi is None else dpi) / _POINTS_AN_INCH
        with self._safely():
            page = self._document[index]
            try:
                return self._drawn(page, scale)
            finally:
                page.close()

    def _drawn(self, page: pdfium.PdfPage, scale: float) -> NDArray[np.uint8]:
        width, height = (math.ceil(points * scale) for points in page.get_size())
        pixels = np.full((height, width, 3), 255, np.uint8)
        row = pixels.strides[0]
        bitmap = pdfium_c.FPDFBitmap_CreateEx(
            width, height, pdfium_c.FPDFBitmap_BGR, pixels.ctypes.data_as(ctypes.c_void_p), row
        )
        if not bitmap:
            raise DamagedFileError(self._source)
        target = (bitmap, page, 0, 0, width, height, 0, _HOW)
        try:
            pause = _pause_after(MOST_SECONDS)
            status = pdfium_c.FPDF_RenderPageBitmap_Start(*target, ctypes.byref(pause))
            pdfium_c.FPDF_RenderPage_Close(page)
            if page.formenv and status == pdfium_c.FPDF_RENDER_DONE:
                pdfium_c.FPDF_FFLDraw(page.formenv, *target)
        finally:
            pdfium_c.FPDFBitmap_Destroy(bitmap)
        if status == pdfium_c.FPDF_RENDER_TOBECONTINUED:
            raise SlowPageError(self._source)
        if status != pdfium_c.FPDF_RENDER_DONE:
            raise DamagedFileError(self._source)
        return pixels

    def _points(self, index: int) -> tuple[float, float]:
        """Width and height of a page, turned as it is shown."""
        with self._safely():
            width, height = self._document.get_page_size(index)
        if not (0 < width < math.inf and 0 < height < math.inf):
            raise DamagedFileError(self._source)
        return width, height

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


def _pause_after(seconds: float) -> pdfium_c.IFSDK_PAUSE:
    """What PDFium asks between two parts of a page whether to go on with it."""
    end = time.monotonic() + seconds
    pause = pdfium_c.IFSDK_PAUSE(version=1)
    kind = type(pause.NeedToPauseNow)
    pause.NeedToPauseNow = kind(lambda _: int(time.monotonic() > end))
    return pause


class _SteadyFile:
    """A file as PDFium reads it: what cannot be read is none, as an exception would have nowhere
    to go from there."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def read(self, count: int = -1) -> bytes:
        return self._file.read(count)

    def readinto(self, buffer: Any) -> int:
        try:
            # readinto of a file without a buffer may stop before the end
            data = self._file.read(len(buffer))
        except OSError:
            return 0
        memoryview(buffer).cast("B")[: len(data)] = data
        return len(data)


def _last_bytes(file: _SteadyFile) -> bytes:
    """The last _END_WITHIN bytes that are neither zeros nor white space."""
    end = file.seek(0, os.SEEK_END)
    last = b""
    while end and not last:
        begin = max(end - _AT_ONCE, 0)
        file.seek(begin)
        last = file.read(end - begin).rstrip(b"\0\t\r\n ")
        end = begin + len(last)
    file.seek(max(end - _END_WITHIN, 0))
    return file.read(min(end, _END_WITHIN))


_AT_ONCE = 1 << 20
"""Bytes that are read at once when the end is looked for."""
