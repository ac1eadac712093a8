"""Ink as a page of PDF: shapes that stay sharp at any size, and text that is found and copied.

The page holds what the pad shows, as filled outlines, and each word that was read once more as
text that is not painted, on the ink of the word, as programs that read scans do it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.box import Box
from core.curves import stroke_outlines
from core.exporting.drawing import MARGIN, drawn_box, printed_colour
from core.exporting.pdf_document import LONGEST_SIDE, MARKER_STATE, PDF_SUFFIX, PdfPage, pdf_of
from core.exporting.pdf_numbers import PDF_DECIMALS, pdf_numbers
from core.files import replace_file
from core.ink import Ink, Stroke, StrokeKind
from core.inkml.formats import DOTS_AN_INCH
from core.reading import Reading

__all__ = ["PDF_SUFFIX", "PageSize", "format_pdf", "ink_page", "write_pdf"]

PageSize = Literal["ink", "a4"]
"""Just large enough for the ink, or a sheet to print on."""

_POINTS_A_PIXEL = 72 / DOTS_AN_INCH

_A4 = (595.276, 841.89)
"""Points: 210 mm by 297 mm."""

_A4_MARGIN = 36.0
"""Points that printers leave blank, and a little more: half an inch."""


def write_pdf(
    ink: Ink,
    path: str | Path,
    *,
    reading: Reading | None = None,
    title: str = "",
    page: PageSize = "ink",
) -> None:
    """Writes `ink` as a PDF file; what was there stays until all is written.

    Args:
        ink: As in `format_pdf`.
        path: The file.
        reading: As in `format_pdf`.
        title: As in `format_pdf`.
        page: As in `format_pdf`.

    Raises:
        UnwritableFileError: The folder is missing or may not be written, or the disk is full.
    """
    replace_file(path, format_pdf(ink, reading=reading, title=title, page=page))


def format_pdf(
    ink: Ink, *, reading: Reading | None = None, title: str = "", page: PageSize = "ink"
) -> bytes:
    """A PDF document of one page. The same ink gives the same bytes.

    Args:
        ink: Any strokes; of none, the page is blank.
        reading: What `ink` reads as; its boxes are in ink pixels.
        title: The document's title, "" for none.
        page: Ink that is larger than the page is made smaller.
    """
    return pdf_of([ink_page(ink, reading=reading, page=page)], title=title)


def ink_page(ink: Ink, *, reading: Reading | None = None, page: PageSize = "ink") -> PdfPage:
    """The page of `format_pdf`, for a document of several."""
    sheet = _SHEETS[page](drawn_box(ink))
    return PdfPage(
        width=sheet.width,
        height=sheet.height,
        matrix=sheet.matrix,
        lines=() if reading is None else reading.lines,
        drawing="\n".join(_shape(stroke) for stroke in ink.strokes),
    )


# --- Pages ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Sheet:
    """A page, and where the ink lies on it.

    Attributes:
        width: In points.
        height: In points.
        scale: Points an ink pixel.
        left: Where the ink's x = 0 is, from the left, in points.
        top: Where its y = 0 is, from the top, in points.
    """

    width: float
    height: float
    scale: float
    left: float
    top: float

    @property
    def matrix(self) -> tuple[float, float, float, float, float, float]:
        """From ink pixels, y down, to the page, y up."""
        return self.scale, 0.0, 0.0, -self.scale, self.left, self.height - self.top


def _fitted_sheet(box: Box) -> _Sheet:
    scale = min(_POINTS_A_PIXEL, LONGEST_SIDE / max(box.width, box.height))
    return _Sheet(box.width * scale, box.height * scale, scale, -box.x * scale, -box.y * scale)


def _a4_sheet(box: Box) -> _Sheet:
    """A4, turned as the ink needs it, with the ink in the middle of its top."""
    width, height = _A4 if box.width <= box.height else _A4[::-1]
    # the ink's own margin may lie in the sheet's
    margin = _A4_MARGIN - MARGIN * _POINTS_A_PIXEL
    room_x, room_y = width - 2 * margin, height - 2 * margin
    scale = min(_POINTS_A_PIXEL, room_x / box.width, room_y / box.height)
    left = (width - box.width * scale) / 2
    return _Sheet(width, height, scale, left - box.x * scale, margin - box.y * scale)


_SHEETS = {"ink": _fitted_sheet, "a4": _a4_sheet}


# --- What is seen -----------------------------------------------------------------------------


def _shape(stroke: Stroke) -> str:
    """A stroke's outline, filled: all of it at once, so that it is even."""
    colour = printed_colour(stroke.style)
    parts = pdf_numbers(*(part / 255 for part in (colour.red, colour.green, colour.blue)))
    outlines = " ".join(_closed(outline) for outline in stroke_outlines(stroke))
    filled = f"{parts} rg {outlines} f"
    return f"q /{MARKER_STATE} gs {filled} Q" if stroke.style.kind is StrokeKind.MARKER else filled


def _closed(outline: NDArray[np.float64]) -> str:
    first, *others = np.round(outline, PDF_DECIMALS).tolist()
    # what is rounded so has no exponent, and Python's own text of it is quick
    return " ".join([f"{first[0]} {first[1]} m", *(f"{x} {y} l" for x, y in others), "h"])
