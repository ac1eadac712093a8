"""Ink as a page of PDF: shapes that stay sharp at any size, and text that is found and copied.

The page holds what the pad shows, as filled outlines, and each word that was read once more as
text that is not painted, on the ink of the word, as programs that read scans do it. The standard is
PDF 1.7 (PDF 32000-1:2008).
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core import VERSION
from core.box import Box
from core.curves import MARKER_OPACITY, stroke_outlines
from core.exporting.blank_font import ADVANCE, UNITS, blank_font
from core.exporting.drawing import MARGIN, drawn_box, printed_colour
from core.files import replace_file
from core.ink import Ink, Stroke, StrokeKind
from core.inkml.formats import DOTS_AN_INCH
from core.reading import Reading, ReadLine

PDF_SUFFIX = ".pdf"

PageSize = Literal["ink", "a4"]
"""Just large enough for the ink, or a sheet to print on."""

_POINTS_A_PIXEL = 72 / DOTS_AN_INCH
_LONGEST_PAGE = 14_400.0
"""Points of a page's longest side (PDF 32000-1, annex C.2)."""

_A4 = (595.276, 841.89)
"""Points: 210 mm by 297 mm."""

_A4_MARGIN = 36.0
"""Points that printers leave blank, and a little more: half an inch."""

_LEAST_SIDE = 1.0
"""Pixels that a word is wide and high at least, where its ink is a dot or a stroke by itself."""

_DECIMALS = 3
"""A thousandth of a point, or of an ink pixel."""

_MATRIX_DECIMALS = 9
"""Of the page's scale, which ink 90,000 pixels away is multiplied by."""


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
    lines = () if reading is None else reading.lines
    signs = sorted({sign for line in lines for sign in line.text} | {" "})
    codes = {sign: code for code, sign in enumerate(signs, 1)}
    sheet = _SHEETS[page](drawn_box(ink))
    content = [f"{_numbers(*sheet.matrix, decimals=_MATRIX_DECIMALS)} cm"]
    content += [_shape(stroke) for stroke in ink.strokes]
    content += ["BT /F 1 Tf 3 Tr", *(_text(line, codes) for line in lines), "ET"]
    parts = [
        b"<</Type/Catalog/Pages 2 0 R/ViewerPreferences<</DisplayDocTitle true>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {_numbers(sheet.width, sheet.height)}]"
            "/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/ExtGState"
            f"<</M<</ca {MARKER_OPACITY:g}>>>>>>>>"
        ).encode(),
        _stream("\n".join(content).encode()),
        *_font_parts(codes),
        _info(title),
    ]
    return _document(parts)


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
    def matrix(self) -> tuple[float, ...]:
        """From ink pixels, y down, to the page, y up."""
        return self.scale, 0.0, 0.0, -self.scale, self.left, self.height - self.top


def _fitted_sheet(box: Box) -> _Sheet:
    scale = min(_POINTS_A_PIXEL, _LONGEST_PAGE / max(box.width, box.height))
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


# --- What is seen, and what is found ------------------------------------------------------------


def _shape(stroke: Stroke) -> str:
    """A stroke's outline, filled: all of it at once, so that it is even."""
    colour = printed_colour(stroke.style)
    parts = _numbers(*(part / 255 for part in (colour.red, colour.green, colour.blue)))
    outlines = " ".join(_closed(outline) for outline in stroke_outlines(stroke))
    filled = f"{parts} rg {outlines} f"
    return f"q /M gs {filled} Q" if stroke.style.kind is StrokeKind.MARKER else filled


def _closed(outline: NDArray[np.float64]) -> str:
    first, *others = np.round(outline, _DECIMALS).tolist()
    # what is rounded so has no exponent, and Python's own text of it is quick
    return " ".join([f"{first[0]} {first[1]} m", *(f"{x} {y} l" for x, y in others), "h"])


def _text(line: ReadLine, codes: dict[str, int]) -> str:
    """The words of a line, each as wide as its ink and as high as the line, with spaces between.

    A space fills its gap: PDFium takes large letters that stand far apart for columns. One ends the
    line, too: a page that is narrower than two lines are high it reads downwards.
    """
    box = line.box
    height = max(box.height, _LEAST_SIDE)
    # turned over, because the y of the ink runs down
    shown = [f"{_numbers(height, 0, 0, -height, box.x, box.bottom)} Tm"]
    starts = [*(word.box.x for word in line.words), box.right + _LEAST_SIDE]
    at = box.x
    for word, following in zip(line.words, starts[1:], strict=True):
        width = max(word.box.right - at, _LEAST_SIDE)
        gap = max(following - at - width, _LEAST_SIDE)
        shown.append(_stretched(word.text, width / height, codes))
        shown.append(_stretched(" ", gap / height, codes))
        at += width + gap
    return " ".join(shown)


def _stretched(text: str, width: float, codes: dict[str, int]) -> str:
    """Text that is `width` wide, in sizes of the font."""
    stretch = 100 * width / (len(text) * ADVANCE / UNITS)
    signs = "".join(f"{codes[sign]:04X}" for sign in text)
    return f"{_numbers(stretch)} Tz <{signs}> Tj"


# --- Objects of a document ----------------------------------------------------------------------


def _font_parts(codes: dict[str, int]) -> list[bytes]:
    """Objects 5 to 10: the font, and which sign each of its codes stands for."""
    font = "/BaseFont/GlyphpadBlank"
    return [
        (
            f"<</Type/Font/Subtype/Type0{font}/Encoding/Identity-H"
            "/DescendantFonts[6 0 R]/ToUnicode 9 0 R>>"
        ).encode(),
        (
            f"<</Type/Font/Subtype/CIDFontType2{font}/FontDescriptor 7 0 R/DW {ADVANCE}"
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            "/CIDToGIDMap 10 0 R>>"
        ).encode(),
        (
            f"<</Type/FontDescriptor/FontName/GlyphpadBlank/Flags 4"
            f"/FontBBox[0 0 {ADVANCE} {UNITS}]/ItalicAngle 0/Ascent {UNITS}/Descent 0"
            f"/CapHeight {UNITS}/StemV 80/FontFile2 8 0 R>>"
        ).encode(),
        _stream(blank_font(), f"/Length1 {len(blank_font())}"),
        _stream(_to_unicode(codes)),
        # every code is the font's sign 1
        _stream(b"\0\0" + b"\0\1" * len(codes)),
    ]


def _to_unicode(codes: dict[str, int]) -> bytes:
    """The map by which text is found and copied (PDF 32000-1, 9.10.3); at most 100 signs a list."""
    rows = [f"<{code:04X}> <{sign.encode('utf-16-be').hex()}>" for sign, code in codes.items()]
    blocks = [rows[start : start + 100] for start in range(0, len(rows), 100)]
    lists = "\n".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{lists}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode()


def _info(title: str) -> bytes:
    # lone surrogates, as of a file name that is no text, have no place in UTF-16
    encoded = title.encode("utf-16-be", "replace").hex()
    named = f"/Title<FEFF{encoded}>" if title else ""
    return f"<<{named}/Creator(Glyphpad {VERSION})/Producer(Glyphpad {VERSION})>>".encode()


def _stream(data: bytes, entries: str = "") -> bytes:
    packed = zlib.compress(data)
    head = f"<</Length {len(packed)}/Filter/FlateDecode{entries}>>\nstream\n"
    return head.encode() + packed + b"\nendstream"


def _document(parts: Sequence[bytes]) -> bytes:
    """The objects, numbered from 1, with the table that says where each of them stands; the first
    is the catalogue, the last says what the document is."""
    # the second line tells programs that the file is no text
    bodies = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"]
    bodies += [b"%d 0 obj\n%s\nendobj\n" % (number, part) for number, part in enumerate(parts, 1)]
    places = np.cumsum([len(body) for body in bodies]).tolist()
    table = "".join(f"{place:010d} 00000 n \n" for place, _ in pairwise(places))
    count = len(parts) + 1
    identity = hashlib.sha256(b"".join(bodies)).hexdigest()[:32]
    end = (
        f"xref\n0 {count}\n0000000000 65535 f \n{table}"
        f"trailer\n<</Size {count}/Root 1 0 R/Info {len(parts)} 0 R"
        f"/ID[<{identity}><{identity}>]>>\nstartxref\n{places[-1]}\n%%EOF\n"
    )
    return b"".join(bodies) + end.encode()


def _numbers(*values: float, decimals: int = _DECIMALS) -> str:
    """Numbers as PDF reads them: rounded, and never with an exponent."""
    rounded = (f"{round(value, decimals) + 0.0:.{decimals}f}" for value in values)
    return " ".join(number.rstrip("0").rstrip(".") for number in rounded)
