"""Picture files made by hand, byte by byte where no encoder makes them."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
import pypdfium2 as pdfium

from core.picture_headers import BMP, PNG, TIFF, WEBP

LOSSLESS = ((PNG, ".png", []), (TIFF, ".tif", []), (BMP, ".bmp", []), (WEBP, ".webp", [64, 101]))
"""Format, OpenCV's name for it, and its parameters (WebP: quality above 100 is lossless)."""


def colours(height: int = 20, width: int = 30) -> np.ndarray:
    """RGB, in which every turn and every swap of channels shows."""
    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[..., 0] = np.linspace(10, 240, width)
    pixels[..., 1] = np.linspace(0, 200, height)[:, None]
    pixels[: height // 3, : width // 3, 2] = 255
    return pixels


def encoded(suffix: str, rgb: np.ndarray, parameters: tuple[int, ...] | list[int] = ()) -> bytes:
    bgr = rgb[..., ::-1] if rgb.ndim == 3 else rgb
    done, data = cv2.imencode(suffix, np.ascontiguousarray(bgr), list(parameters))
    assert done
    return data.tobytes()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(
    width: int, height: int, *, bits: int, colour: int, rows: bytes, extra: bytes = b""
) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + extra
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def tiff_directory(order: str, fields: dict[int, tuple[int, int]]) -> bytes:
    """A directory of short (3) and long (4) fields."""
    parts = [struct.pack(f"{order}H", len(fields))]
    for tag, (kind, value) in sorted(fields.items()):
        packed = struct.pack(f"{order}HH" if kind == 3 else f"{order}I", *((value, 0)[: 5 - kind]))
        parts.append(struct.pack(f"{order}HHI", tag, kind, 1) + packed)
    return b"".join(parts)


def exif(turn: int, order: str = "<") -> bytes:
    mark = {"<": b"II*\0", ">": b"MM\0*"}[order]
    directory = tiff_directory(order, {274: (3, turn)})
    return b"Exif\0\0" + mark + struct.pack(f"{order}I", 8) + directory + bytes(4)


def with_exif(jpeg: bytes, turn: int, order: str = "<") -> bytes:
    body = exif(turn, order)
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + jpeg[2:]


def tiff(width: int, height: int, data: bytes, fields: dict[int, tuple[int, int]]) -> bytes:
    """A TIFF of one strip; `fields` change what is grey, 8-bit and not compressed."""
    all_fields = {
        256: (4, width),
        257: (4, height),
        258: (3, 8),
        259: (3, 1),
        262: (3, 1),
        273: (4, 8),
        277: (3, 1),
        278: (4, height),
        279: (4, len(data)),
        **fields,
    }
    padded = data + bytes(len(data) % 2)
    directory = tiff_directory("<", all_fields)
    return b"II*\0" + struct.pack("<I", 8 + len(padded)) + padded + directory + bytes(4)


def pdf(*sizes: tuple[float, float]) -> bytes:
    document = pdfium.PdfDocument.new()
    for width, height in sizes:
        document.new_page(width, height)
    file = io.BytesIO()
    document.save(file)
    document.close()
    return file.getvalue()


def drawn_pdf(
    content: bytes, *, box: str = "0 0 72 144", trailer: bytes = b"", page: bytes = b""
) -> bytes:
    """A PDF of one page with a content stream, and more in the page's and the file's tables."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R%s>>" % (box.encode(), page),
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
    ]
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size 5/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (trailer, len(data))
    return data + b"xref\n0 5\n0000000000 65535 f \n" + table + end


def bomb(side: int) -> bytes:
    """A PNG of a few kilobytes that would decode to `side` squared pixels."""
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(side // 8 + 1)) for _ in range(side)) + packer.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


@dataclass(frozen=True)
class TiffPage:
    """One page of a TIFF that `made_tiff` writes.

    Attributes:
        fields: The values of each tag but the segments'; a number, or several.
        segments: The bytes of each strip, or tile where there is a tile's width.
    """

    fields: Mapping[int, int | Sequence[int]]
    segments: Sequence[bytes] = field(default=(b"",))


def page_fields(width: int, height: int, **changes: int | Sequence[int]) -> dict[int, object]:
    """What is grey, of a byte a pixel, in one strip, and not compressed; changed by name."""
    names = {
        "bits": 258,
        "compression": 259,
        "photometric": 262,
        "fill": 266,
        "turn": 274,
        "samples": 277,
        "rows": 278,
        "planar": 284,
        "predictor": 317,
        "palette": 320,
        "tile_width": 322,
        "tile_height": 323,
        "extra": 338,
        "numbers": 339,
        "kind": 254,
    }
    fields = {256: width, 257: height, 258: 8, 259: 1, 262: 1, 277: 1, 278: height}
    return {**fields, **{names[name]: value for name, value in changes.items()}}


def made_tiff(*pages: TiffPage, order: str = "<", big: bool = False) -> bytes:
    """A TIFF of `pages`, or a BigTIFF; small numbers are shorts, places the longest there are."""
    offset, count, room = ("Q", "Q", 8) if big else ("I", "H", 4)
    mark = {"<": b"II", ">": b"MM"}[order] + struct.pack(f"{order}H", 43 if big else 42)
    data = bytearray(mark + (struct.pack(f"{order}HH", 8, 0) if big else b"") + bytes(room))
    link = len(data) - room
    for page in pages:
        places = []
        for segment in page.segments:
            places.append(len(data))
            data += segment + bytes(len(segment) % 2)
        tags = (324, 325) if 322 in page.fields else (273, 279)
        lengths = [len(segment) for segment in page.segments]
        entries = []
        for tag, value in sorted({**page.fields, tags[0]: places, tags[1]: lengths}.items()):
            values = [value] if isinstance(value, int) else list(value)
            kind, code = (16 if big else 4, offset) if tag in tags else (3, "H")
            if tag not in tags and max(values) > 0xFFFF:
                kind, code = 4, "I"
            packed = struct.pack(f"{order}{len(values)}{code}", *values)
            if len(packed) > room:
                here, packed = packed, struct.pack(order + offset, len(data))
                data += here + bytes(len(here) % 2)
            head = struct.pack(f"{order}HH{offset}", tag, kind, len(values))
            entries.append(head + packed.ljust(room, b"\0"))
        data[link : link + room] = struct.pack(order + offset, len(data))
        data += struct.pack(order + count, len(entries)) + b"".join(entries) + bytes(room)
        link = len(data) - room
    return bytes(data)
