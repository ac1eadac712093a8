"""Readings as plain text."""

from __future__ import annotations

from collections.abc import Sequence

from core.reading import Reading


def format_text(readings: Sequence[Reading]) -> str:
    """The lines of all readings, each ended by a line feed, with nothing between pages.

    A page where nothing is gives one empty line, so that the lines of single characters stay in
    step with the files they came from.
    """
    return "".join(f"{reading.text}\n" for reading in readings)
