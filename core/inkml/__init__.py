"""Ink files: InkML (W3C), read as other programs write it, and written so that they can read it."""

from core.inkml.document import (
    FITTED_EXTENT,
    INK_MIME,
    INK_SUFFIX,
    InkDocument,
    format_inkml,
    parse_inkml,
    parse_inkml_document,
    read_inkml,
    read_inkml_document,
    write_inkml,
)

__all__ = [
    "FITTED_EXTENT",
    "INK_MIME",
    "INK_SUFFIX",
    "InkDocument",
    "format_inkml",
    "parse_inkml",
    "parse_inkml_document",
    "read_inkml",
    "read_inkml_document",
    "write_inkml",
]
