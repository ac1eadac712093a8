"""Readings as JSON Lines: the contract that scripts rely on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from core.exporting.rounding import rounded_box, rounded_length, rounded_probability
from core.prediction import Candidate
from core.reading import ReadGlyph, Reading, ReadLine, ReadWord


def format_json(readings: Sequence[Reading]) -> str:
    """One JSON object a page, each on a line of its own.

    So one page alone is a JSON text, and several can be read one by one while more are coming
    (JSON Lines). A box is `[x, y, width, height]` in source pixels; a candidate is
    `[sign, probability]`. All of it is ASCII, so that it passes any terminal and any file name
    comes back as it was.
    """
    return "".join(f"{_line_of_json(reading)}\n" for reading in readings)


def _line_of_json(reading: Reading) -> str:
    # NaN and infinity are no JSON: a bug that brings one must not reach a file
    return json.dumps(_page(reading), allow_nan=False)


def _page(reading: Reading) -> dict[str, Any]:
    return {
        "source": reading.source,
        "page": reading.page,
        "width": rounded_length(reading.width),
        "height": rounded_length(reading.height),
        "text": reading.text,
        "model": reading.model,
        "alphabet": reading.alphabet,
        "lines": [_line(line) for line in reading.lines],
    }


def _line(line: ReadLine) -> dict[str, Any]:
    return {
        "text": line.text,
        "box": rounded_box(line.box),
        "words": [_word(word) for word in line.words],
    }


def _word(word: ReadWord) -> dict[str, Any]:
    return {
        "text": word.text,
        "box": rounded_box(word.box),
        "confidence": rounded_probability(word.confidence),
        "glyphs": [_glyph(glyph) for glyph in word.glyphs],
    }


def _glyph(glyph: ReadGlyph) -> dict[str, Any]:
    return {
        "text": glyph.text,
        "box": rounded_box(glyph.box),
        "confidence": rounded_probability(glyph.confidence),
        "stray": glyph.stray,
        "candidates": [_candidate(candidate) for candidate in glyph.candidates],
    }


def _candidate(candidate: Candidate) -> list[Any]:
    return [candidate.label, rounded_probability(candidate.probability)]
