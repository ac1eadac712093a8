"""Whole files of every format and every decoder, small, for `scripts/fuzz.py` to damage."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import cv2
import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from PIL import Image, PngImagePlugin

from core.ink import Ink, Stroke
from core.inkml import format_inkml


def _picture(height: int = 40, width: int = 56) -> Image.Image:
    """Writing on paper with a gradient, so that every decoder has something to unpack."""
    down, across = np.mgrid[:height, :width]
    pixels = np.stack([200 + down % 56, 255 - across, 180 + (down * across) % 60], axis=2)
    pixels[8:12, 5:50] = 20
    pixels[8:30, 20:24] = 30
    return Image.fromarray(pixels.astype(np.uint8))


def _saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def _encoded(suffix: str, pixels: NDArray[Any], *parameters: int) -> bytes:
    return cv2.imencode(suffix, pixels, parameters)[1].tobytes()


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[274], exif[282], exif[296] = 6, 300, 2
    return exif


def _pngs() -> list[bytes]:
    image = _picture()
    deep = np.asarray(image).astype(np.uint16) * 257
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "a" * 200, zip=True)
    clear = image.convert("RGBA")
    clear.putalpha(image.convert("L"))
    return [
        _saved(image, "PNG", dpi=(300, 300), exif=_exif(), pnginfo=text),
        _saved(image.convert("1"), "PNG"),
        _saved(image.convert("P"), "PNG", transparency=3),
        _saved(image.convert("LA"), "PNG"),
        _saved(clear, "PNG", icc_profile=bytes(300)),
        _saved(image, "PNG", save_all=True, append_images=[image.rotate(90)]),
        _encoded(".png", deep),
    ]


def _jpegs() -> list[bytes]:
    image = _picture()
    return [
        _saved(image, "JPEG", quality=80, exif=_exif(), dpi=(300, 300)),
        _saved(image, "JPEG", quality=60, progressive=True, subsampling=2),
        _saved(image.convert("L"), "JPEG", restart_marker_blocks=2),
        _saved(image.convert("CMYK"), "JPEG", quality=90, icc_profile=bytes(500)),
        _saved(image.resize((300, 200)), "JPEG", subsampling=1, optimize=True),
    ]


def _webps() -> list[bytes]:
    image = _picture()
    clear = image.convert("RGBA")
    clear.putalpha(image.convert("L"))
    return [
        _saved(image, "WEBP", quality=70, exif=_exif()),
        _saved(image, "WEBP", lossless=True),
        _saved(clear, "WEBP", quality=70),
        _saved(image, "WEBP", save_all=True, append_images=[image.rotate(90)]),
    ]


def _bmps() -> list[bytes]:
    image = _picture()
    modes = ("RGB", "L", "P", "1", "RGBA")
    # a run of 40 pixels a row, and the end of the bitmap
    packed = b"".join(bytes([40, row % 7, 0, 0]) for row in range(20)) + b"\0\1"
    palette = b"".join(bytes([n, n, 255 - n, 0]) for n in range(256))
    head = _saved(Image.new("P", (40, 20)), "BMP")[:54]
    fields = bytearray(head)
    fields[2:6] = (1078 + len(packed)).to_bytes(4, "little")
    fields[10:14] = (1078).to_bytes(4, "little")
    fields[30:34] = (1).to_bytes(4, "little")
    fields[46:50] = (256).to_bytes(4, "little")
    whole = [_saved(image.convert(mode), "BMP") for mode in modes]
    return [*whole, bytes(fields) + palette + packed]


def _tiffs() -> list[bytes]:
    image = _picture()
    one = image.convert("1")
    deep = np.asarray(image).astype(np.uint16) * 257
    pages = [_picture(30 + step, 40) for step in range(3)]
    several = cv2.imencodemulti(".tif", [np.asarray(page) for page in pages])[1].tobytes()
    return [
        *(_saved(one, "TIFF", compression=name) for name in ("group3", "group4", "tiff_ccitt")),
        *(
            _saved(image.convert(mode), "TIFF", compression=name, dpi=(300, 300))
            for name in ("raw", "tiff_lzw", "packbits", "tiff_adobe_deflate")
            for mode in ("RGB", "CMYK", "P", "1")
        ),
        *(_saved(image.convert(mode), "TIFF", compression="jpeg") for mode in ("L", "YCbCr")),
        _saved(image.convert("LAB"), "TIFF"),
        _saved(image.convert("L").convert("F"), "TIFF"),
        _saved(image, "TIFF", big_tiff=True, exif=_exif()),
        _encoded(".tif", deep),
        several,
    ]


def pdf_of(*objects: bytes) -> bytes:
    """A PDF of these objects, the first of which is its root."""
    data, places = b"%PDF-1.5\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    count = len(objects) + 1
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\n"
    return data + head % (count, table, count) + b"startxref\n%d\n%%%%EOF" % len(data)


def stream(data: bytes, entries: bytes = b"", *, packed: bool = False) -> bytes:
    """An object of a PDF that holds a stream."""
    if packed:
        data, entries = zlib.compress(data), entries + b"/Filter/FlateDecode"
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


_DRAWING = (
    b"q 1 0 0 RG 3 w 5 5 m 60 90 20 20 60 60 c S 0 0 1 rg 10 10 20 30 re f* Q "
    b"BT /F 12 Tf 10 50 Td (Glyphs 123) Tj ET q 40 0 0 40 5 60 cm /I Do Q /X Do /P cs /Q scn "
    b"0 0 72 20 re f /S sh"
)


_PAGE = (
    b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Annots[11 0 R]/Resources<</Font<</F 5 0 R>>"
    b"/XObject<</I 6 0 R/X 7 0 R>>/ColorSpace<</P[/Pattern]>>/Pattern<</Q 8 0 R>>"
    b"/Shading<</S 9 0 R>>>>>>"
)


def _pdfs() -> list[bytes]:
    image = _picture()
    pages = [_picture(30 + step, 40) for step in range(3)]
    shapes = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 72 144]/Rotate 90>>",
        _PAGE,
        stream(_DRAWING, packed=False),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        stream(
            np.asarray(image.convert("L")).tobytes(),
            b"/Type/XObject/Subtype/Image/Width 56/Height 40/ColorSpace/DeviceGray"
            b"/BitsPerComponent 8",
            packed=True,
        ),
        stream(b"0 1 0 rg 0 0 9 9 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 72 72]"),
        stream(
            b"0 0 2 2 re f",
            b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 4 4]/XStep 4/YStep 4/Resources<<>>",
        ),
        b"<</ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 72 72]/Function 10 0 R>>",
        b"<</FunctionType 2/Domain[0 1]/N 1/C0[1 0 0]/C1[0 0 1]>>",
        b"<</Type/Annot/Subtype/Square/Rect[5 5 40 40]/C[1 0 0]>>",
    ]
    fax = _saved(image.convert("1"), "TIFF", compression="group4")
    at = int.from_bytes(fax[fax.index(b"\x11\x01\x04\0") + 8 :][:4], "little")
    length = int.from_bytes(fax[fax.index(b"\x17\x01\x04\0") + 8 :][:4], "little")
    scan = [
        *shapes[:2],
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>",
        stream(b"72 0 0 144 0 0 cm /I Do", packed=True),
        stream(
            fax[at : at + length],
            b"/Type/XObject/Subtype/Image/Width 56/Height 40/ColorSpace/DeviceGray"
            b"/BitsPerComponent 1/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 56/Rows 40>>",
        ),
    ]
    return [
        pdf_of(*shapes),
        pdf_of(*scan),
        _saved(pages[0], "PDF", save_all=True, append_images=pages[1:], resolution=150),
        _saved(image.convert("1"), "PDF"),
        _by_pdfium(),
    ]


def _by_pdfium() -> bytes:
    document = pdfium.PdfDocument.new()
    for size in ((72, 100), (50, 60)):
        document.new_page(*size)
    file = io.BytesIO()
    document.save(file)
    document.close()
    return file.getvalue()


_OTHERS = b"""<?xml version="1.0"?>
<ink xmlns="http://www.w3.org/2003/InkML"><definitions>
<brush xml:id="b"><brushProperty name="color" value="#FF0000"/>
<brushProperty name="width" value="0.5" units="mm"/></brush>
<context xml:id="c"><inkSource><traceFormat><channel name="X" type="decimal" units="cm"/>
<channel name="Y" type="decimal" units="cm"/><channel name="F" type="integer" max="255"/>
<channel name="T" type="integer" units="ms"/></traceFormat></inkSource></context></definitions>
<traceGroup contextRef="#c" brushRef="#b"><trace xml:id="t">1.5 2 100 0, 2 3 120 10,'1'1'0'5</trace>
<trace>3 4 50 90, "0.1"0.2"0"5, *1 1 1 1, ? ? 8 100</trace></traceGroup>
<traceView traceDataRef="#t" from="1" to="2"/>
<annotation type="truth">ab</annotation></ink>"""


def _inks() -> list[bytes]:
    points = np.array([[0, 0, 0.5, 0], [10, 20, 0.7, 0.1], [30, 5, 0.2, 0.2]], np.float32)
    ink = Ink((Stroke(points), Stroke(points + np.array([50, 0, 0.1, 1], np.float32))))
    ours = format_inkml(ink)
    wide = ours.decode().replace("UTF-8", "UTF-16").encode("utf-16")
    return [ours, _OTHERS, wide]


SEEDS: Mapping[str, Callable[[], list[bytes]]] = MappingProxyType(
    {
        "PNG": _pngs,
        "JPEG": _jpegs,
        "TIFF": _tiffs,
        "BMP": _bmps,
        "WebP": _webps,
        "PDF": _pdfs,
        "InkML": _inks,
    }
)
"""Makers of whole files, by format."""
