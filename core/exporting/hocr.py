"""Readings as hOCR: a web page whose titles say where each word stands, and how sure it is.

The standard is hOCR 1.2 (http://kba.github.io/hocr-spec/1.2/), in XHTML 1.0.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from core import VERSION
from core.box import Box
from core.exporting.baselines import line_frame
from core.exporting.blocks import Block, blocks_of
from core.exporting.markup import xml_text, xml_value
from core.exporting.rounding import rounded_percent
from core.reading import ReadGlyph, Reading, ReadLine, ReadWord

_CAPABILITIES = "ocr_page ocr_carea ocr_par ocr_line ocrx_word ocrx_cinfo"

_SLOPE_DECIMALS = 4
"""A pixel in the length of the longest line that is read."""


def format_hocr(readings: Sequence[Reading]) -> str:
    """One document of all pages; an empty text of no reading.

    A word and a character say how sure they are in percent. Boxes are whole source pixels, grown to
    hold all of the ink and cut where the page ends, as the standard has them. A character that is
    several signs, as someone put it right, stays one. Signs that no XML holds become U+FFFD.
    """
    if not readings:
        return ""
    pages = (line for number, each in enumerate(readings, 1) for line in _page(number, each))
    return "\n".join([*_head(len(readings)), *pages, " </body>", "</html>"]) + "\n"


def _head(count: int) -> list[str]:
    return [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"',
        '    "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">',
        '<html xmlns="http://www.w3.org/1999/xhtml">',
        " <head>",
        "  <title></title>",
        '  <meta http-equiv="Content-Type" content="text/html;charset=utf-8" />',
        f'  <meta name="ocr-system" content="Glyphpad {VERSION}" />',
        f'  <meta name="ocr-capabilities" content="{_CAPABILITIES}" />',
        f'  <meta name="ocr-number-of-pages" content="{count}" />',
        " </head>",
        " <body>",
    ]


def _page(number: int, reading: Reading) -> Iterator[str]:
    """A page, the `number`th of the document."""
    sheet = Box(0, 0, math.ceil(reading.width), math.ceil(reading.height))
    source = _quoted(reading.source)
    properties = [
        f"image {source}",
        _bbox(sheet, sheet),
        f"ppageno {number - 1}",
        f'x_source {source} "{reading.page}"',
    ]
    yield f'  <div class="ocr_page" id="page_{number}" title={xml_value("; ".join(properties))}>'
    for count, block in enumerate(blocks_of(reading.lines), 1):
        yield from _block(f"{number}_{count}", block, sheet)
    yield "  </div>"


def _block(name: str, block: Block, sheet: Box) -> Iterator[str]:
    place = _bbox(block.box, sheet)
    yield f'   <div class="ocr_carea" id="block_{name}" title="{place}">'
    yield f'    <p class="ocr_par" id="par_{name}" title="{place}">'
    for number, line in enumerate(block.lines, 1):
        yield from _line(f"{name}_{number}", line, sheet)
    yield "    </p>"
    yield "   </div>"


def _line(name: str, line: ReadLine, sheet: Box) -> Iterator[str]:
    title = "; ".join([_bbox(line.box, sheet), *_baseline(line, sheet)])
    yield f'     <span class="ocr_line" id="line_{name}" title="{title}">'
    for number, word in enumerate(line.words, 1):
        yield _word(f"{name}_{number}", word, sheet)
    yield "     </span>"


def _baseline(line: ReadLine, sheet: Box) -> Iterator[str]:
    """How the line slopes, and how far it is below the left lower corner of its box, where it is
    known."""
    frame = line_frame(line)
    if frame is not None:
        left, _, _, bottom = _corners(line.box, sheet)
        below = round(frame.baseline + frame.slope * left - bottom)
        yield f"baseline {round(frame.slope, _SLOPE_DECIMALS) + 0.0:.{_SLOPE_DECIMALS}f} {below}"


def _word(name: str, word: ReadWord, sheet: Box) -> str:
    title = f"{_bbox(word.box, sheet)}; x_wconf {rounded_percent(word.confidence)}"
    glyphs = "".join(_glyph(glyph, sheet) for glyph in word.glyphs)
    return f'      <span class="ocrx_word" id="word_{name}" title="{title}">{glyphs}</span>'


def _glyph(glyph: ReadGlyph, sheet: Box) -> str:
    place = " ".join(map(str, _corners(glyph.box, sheet)))
    title = f"x_bboxes {place}; x_confs {rounded_percent(glyph.confidence)}"
    return f'<span class="ocrx_cinfo" title="{title}">{xml_text(glyph.text)}</span>'


def _bbox(box: Box, sheet: Box) -> str:
    return f"bbox {' '.join(map(str, _corners(box, sheet)))}"


def _corners(box: Box, sheet: Box) -> tuple[int, int, int, int]:
    """Left, top, right and bottom in whole pixels of the sheet."""

    def within(value: float, most: float) -> int:
        return round(min(max(value, 0), most))

    return (
        within(math.floor(box.x), sheet.right),
        within(math.floor(box.y), sheet.bottom),
        within(math.ceil(box.right), sheet.right),
        within(math.ceil(box.bottom), sheet.bottom),
    )


def _quoted(name: str) -> str:
    """A file's name as a value of hOCR, which has slashes, and knows no way to hold a quote."""
    return f'"{name.replace(chr(92), "/").replace(chr(34), "%22")}"'
