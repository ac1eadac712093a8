"""Readings as files and texts for other programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from core.exporting.alto import format_alto
from core.exporting.hocr import format_hocr
from core.exporting.structured import format_json
from core.exporting.table import format_csv
from core.exporting.text import format_text
from core.reading import Reading

__all__ = ["FORMATS", "format_alto", "format_csv", "format_hocr", "format_json", "format_text"]

FORMATS: Mapping[str, Callable[[Sequence[Reading]], str]] = MappingProxyType(
    {
        "text": format_text,
        "json": format_json,
        "csv": format_csv,
        "hocr": format_hocr,
        "alto": format_alto,
    }
)
"""The formats that are texts of readings alone. Each function takes the readings of any number of
pages, in order, and returns the whole text, its last line ended."""
