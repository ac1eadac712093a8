"""Readings as CSV: a row a glyph, for spreadsheets and data frames."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from core.exporting.rounding import rounded_box, rounded_probability
from core.reading import ReadGlyph, Reading

_PLACE = ("source", "page", "line", "word", "glyph", "text", "confidence")
_BOX = ("x", "y", "width", "height")


def format_csv(readings: Sequence[Reading]) -> str:
    """A header and a row a glyph, as in RFC 4180.

    Rows end with CR LF, so a file or stream for them must be opened with `newline=""`. Lines,
    words and glyphs count from 1 within the page, the line and the word; the box is in source
    pixels. Each candidate takes two columns, `candidate_1` and `probability_1` and on; a glyph
    with fewer than the most there are leaves the last ones empty.
    """
    most = max((len(glyph.candidates) for page in readings for glyph in page.glyphs), default=0)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_header(most))
    writer.writerows(_padded(row, most) for reading in readings for row in _rows(reading))
    return text.getvalue()


def _header(most_candidates: int) -> list[str]:
    pairs = [(f"candidate_{n}", f"probability_{n}") for n in range(1, most_candidates + 1)]
    return [*_PLACE, *_BOX, *(name for pair in pairs for name in pair)]


def _rows(reading: Reading) -> Iterator[list[object]]:
    for line_number, line in enumerate(reading.lines, start=1):
        for word_number, word in enumerate(line.words, start=1):
            for glyph_number, glyph in enumerate(word.glyphs, start=1):
                place = [reading.source, reading.page, line_number, word_number, glyph_number]
                yield [*place, *_fields(glyph)]


def _fields(glyph: ReadGlyph) -> list[object]:
    odds = [(each.label, rounded_probability(each.probability)) for each in glyph.candidates]
    confidence = rounded_probability(glyph.confidence)
    return [
        glyph.text,
        confidence,
        *rounded_box(glyph.box),
        *(cell for pair in odds for cell in pair),
    ]


def _padded(row: list[object], most_candidates: int) -> list[object]:
    width = len(_PLACE) + len(_BOX) + 2 * most_candidates
    return row + [""] * (width - len(row))
