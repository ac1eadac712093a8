"""A PDF document, page by page: each with what is drawn on it, a picture, and text behind both.

Only what a page is made of is held while it is written, so that a document of any length fits into
memory. The standard is PDF 1.7 (PDF 32000-1:2008).
"""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from core import VERSION
from core.curves import MARKER_OPACITY
from core.exporting.blank_font import ADVANCE, UNITS, blank_font
from core.exporting.hidden_text import FONT, SignCodes, hidden_text
from core.exporting.pdf_numbers import pdf_numbers
from core.reading import ReadLine

PDF_SUFFIX = ".pdf"

LONGEST_SIDE = 14_400.0
"""Points of a page's longest side (PDF 32000-1, annex C.2)."""

SHORTEST_SIDE = 3.0
"""Points of its shortest one (there)."""

MARKER_STATE, PICTURE = "M", "I"
"""What a page calls the opacity of markers, and its picture."""

_MATRIX_DECIMALS = 9
"""Of the page's scale, which ink 90,000 pixels away is multiplied by."""

_DESCENT = -1
"""Units that signs hang below the line: none do, but Poppler takes 0 for unknown, and supposes a
third of a size."""

# numbers of the objects that are known before the first page, those from _PAGES on written last
_CATALOGUE, _TREE, _FONT, _SIGNS, _DESCRIPTOR, _FONT_FILE, _TO_UNICODE, _TO_SHAPE, _INFO = range(
    1, 10
)


@dataclass(frozen=True)
class PdfPicture:
    """A compressed picture.

    Attributes:
        width: In pixels.
        height: In pixels.
        entries: What its dictionary says of how it is stored.
        data: The picture, so stored.
    """

    width: int
    height: int
    entries: str
    data: bytes


@dataclass(frozen=True, eq=False)
class PdfPage:
    """A page as a document takes it.

    Attributes:
        width: In points.
        height: In points.
        matrix: From source pixels, y down, to points, y up.
        lines: What is read on it; not seen.
        drawing: What is drawn, in PDF's own words, in source pixels; the marker's state is M.
        picture: What lies under it, one source pixel a pixel; None for blank paper.
    """

    width: float
    height: float
    matrix: tuple[float, float, float, float, float, float]
    lines: tuple[ReadLine, ...]
    drawing: str = ""
    picture: PdfPicture | None = None


class PdfDocument:
    """A document that is being written.

    The same pages make the same bytes.

    Args:
        file: Where to; only written to, from where it stands.
        title: The document's, "" for none.
    """

    def __init__(self, file: BinaryIO, *, title: str = "") -> None:
        self._file = file
        self._title = title
        self._signs = SignCodes()
        self._signs.encoded(" ")
        self._pages: list[int] = []
        self._next = _INFO + 1
        self._places: dict[int, int] = {}
        self._at = 0
        self._digest = hashlib.sha256()
        # the second line tells programs that the file is no text
        self._write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def add(self, page: PdfPage) -> None:
        """Writes a page behind the others."""
        content = [f"{pdf_numbers(*page.matrix, decimals=_MATRIX_DECIMALS)} cm"]
        resources = f"/Font<</{FONT} {_FONT} 0 R>>"
        if page.picture is not None:
            picture = self._put(_picture(page.picture))
            resources += f"/XObject<</{PICTURE} {picture} 0 R>>"
            content.append(_shown(page.picture))
        if page.drawing:
            resources += f"/ExtGState<</{MARKER_STATE}<</ca {MARKER_OPACITY:g}>>>>"
            content.append(page.drawing)
        content.append(hidden_text(page.lines, self._signs))
        contents = self._put(_stream("\n".join(content).encode()))
        size = pdf_numbers(page.width, page.height)
        head = f"<</Type/Page/Parent {_TREE} 0 R/MediaBox[0 0 {size}]"
        body = f"{head}/Contents {contents} 0 R/Resources<<{resources}>>>>"
        self._pages.append(self._put(body.encode()))

    def close(self) -> None:
        """Writes what stands behind the pages; the file stays open.

        Raises:
            ValueError: There are no pages.
        """
        if not self._pages:
            raise ValueError("a document needs a page")
        kids = " ".join(f"{number} 0 R" for number in self._pages)
        tree = f"<</Type/Pages/Kids[{kids}]/Count {len(self._pages)}>>"
        shown = "/ViewerPreferences<</DisplayDocTitle true>>"
        self._put(f"<</Type/Catalog/Pages {_TREE} 0 R{shown}>>".encode(), _CATALOGUE)
        self._put(tree.encode(), _TREE)
        for number, part in _font_parts(self._signs.codes).items():
            self._put(part, number)
        self._put(_info(self._title), _INFO)
        self._write(self._end())

    def _put(self, body: bytes, number: int | None = None) -> int:
        """Writes an object, and returns its number: the next one where none is given."""
        if number is None:
            number, self._next = self._next, self._next + 1
        self._places[number] = self._at
        self._write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        return number

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._digest.update(data)
        self._at += len(data)

    def _end(self) -> bytes:
        """The table that says where each object stands, and where to begin."""
        table = "".join(f"{place:010d} 00000 n \n" for _, place in sorted(self._places.items()))
        identity = self._digest.hexdigest()[:32]
        return (
            f"xref\n0 {self._next}\n0000000000 65535 f \n{table}"
            f"trailer\n<</Size {self._next}/Root {_CATALOGUE} 0 R/Info {_INFO} 0 R"
            f"/ID[<{identity}><{identity}>]>>\nstartxref\n{self._at}\n%%EOF\n"
        ).encode()


def pdf_of(pages: Iterable[PdfPage], *, title: str = "") -> bytes:
    """A whole document; each page is asked for when those before it are written.

    Raises:
        ValueError: There are no pages.
    """
    file = io.BytesIO()
    document = PdfDocument(file, title=title)
    for page in pages:
        document.add(page)
    document.close()
    return file.getvalue()


# --- Objects of a document ----------------------------------------------------------------------


def _picture(picture: PdfPicture) -> bytes:
    head = (
        f"<</Type/XObject/Subtype/Image/Width {picture.width}/Height {picture.height}"
        f"{picture.entries}/Length {len(picture.data)}>>\nstream\n"
    )
    return head.encode() + picture.data + b"\nendstream"


def _shown(picture: PdfPicture) -> str:
    """A picture is a square of side 1, and its y runs up."""
    matrix = pdf_numbers(picture.width, 0, 0, -picture.height, 0, picture.height)
    return f"q {matrix} cm /{PICTURE} Do Q"


def _font_parts(codes: dict[str, int]) -> dict[int, bytes]:
    """The font, and which sign each of its codes stands for."""
    font = "/BaseFont/GlyphpadBlank"
    return {
        _FONT: (
            f"<</Type/Font/Subtype/Type0{font}/Encoding/Identity-H"
            f"/DescendantFonts[{_SIGNS} 0 R]/ToUnicode {_TO_UNICODE} 0 R>>"
        ).encode(),
        _SIGNS: (
            f"<</Type/Font/Subtype/CIDFontType2{font}/FontDescriptor {_DESCRIPTOR} 0 R"
            f"/DW {ADVANCE}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            f"/CIDToGIDMap {_TO_SHAPE} 0 R>>"
        ).encode(),
        _DESCRIPTOR: (
            f"<</Type/FontDescriptor/FontName/GlyphpadBlank/Flags 4"
            f"/FontBBox[0 0 {ADVANCE} {UNITS}]/ItalicAngle 0/Ascent {UNITS}/Descent {_DESCENT}"
            f"/CapHeight {UNITS}/StemV 80/FontFile2 {_FONT_FILE} 0 R>>"
        ).encode(),
        _FONT_FILE: _stream(blank_font(), f"/Length1 {len(blank_font())}"),
        _TO_UNICODE: _stream(_to_unicode(codes)),
        # every code is the font's sign 1
        _TO_SHAPE: _stream(b"\0\0" + b"\0\1" * len(codes)),
    }


def _to_unicode(codes: dict[str, int]) -> bytes:
    """The map by which text is found and copied (PDF 32000-1, 9.10.3); at most 100 signs a list."""
    rows = [f"<{code:04X}> <{_utf16(sign)}>" for sign, code in codes.items()]
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
    named = f"/Title<FEFF{_utf16(title)}>" if title else ""
    return f"<<{named}/Creator(Glyphpad {VERSION})/Producer(Glyphpad {VERSION})>>".encode()


def _utf16(text: str) -> str:
    """In hexadecimal; lone surrogates, as of a file name that is no text, have no place in it."""
    return text.encode("utf-16-be", "replace").hex()


def _stream(data: bytes, entries: str = "") -> bytes:
    packed = zlib.compress(data)
    head = f"<</Length {len(packed)}/Filter/FlateDecode{entries}>>\nstream\n"
    return head.encode() + packed + b"\nendstream"
