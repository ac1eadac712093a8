"""Ink on the clipboard: as InkML, and as a picture for programs that know no ink."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData

from core.exporting.drawing import WHITE
from core.inkml import INK_MIME, format_inkml, parse_inkml
from desktop.keeping.ink_files import ink_image

if TYPE_CHECKING:
    from core.ink import Ink

_SOURCE = "clipboard"
"""What errors call the clipboard."""


def ink_mime(ink: Ink) -> QMimeData:
    """`ink` for the clipboard."""
    mime = QMimeData()
    mime.setData(INK_MIME, format_inkml(ink))
    mime.setImageData(ink_image(ink, background=WHITE))
    return mime


def mime_ink(mime: QMimeData) -> Ink | None:
    """The ink on the clipboard; None where there is none.

    Raises:
        FileError: It is damaged, or too much.
    """
    if not mime.hasFormat(INK_MIME):
        return None
    return parse_inkml(bytes(mime.data(INK_MIME).data()), _SOURCE)
