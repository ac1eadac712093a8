"""Ink as pictures: what is copied to the clipboard, and what is written as PNG."""

from __future__ import annotations

import math
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter

from core import VERSION
from core.exporting.drawing import BLACK, drawn_box
from core.files import replace_file
from core.ink import Colour, Ink
from core.inkml.formats import DOTS_AN_INCH
from desktop.canvas.painting import StrokeShape, stroke_colour, to_rect

PNG_SUFFIX = ".png"

COPY_SCALE = 2.0
"""Picture pixels an ink pixel: sharp on a display of 200 %, at 192 an inch."""

MOST_PIXELS = 64_000_000
"""Pixels of the largest picture: 256 MB while it is made. Larger ink gets a smaller scale."""

LONGEST_SIDE = 30_000
"""Pixels of a picture's longest side: Qt's painter does not count beyond 32,767."""

_INCHES_A_METRE = 1 / 0.0254


def ink_image(ink: Ink, *, scale: float = COPY_SCALE, background: Colour | None = None) -> QImage:
    """A picture of `ink`, just large enough for it, with its resolution.

    Args:
        ink: Any strokes; of none, the picture is blank.
        scale: Picture pixels an ink pixel, 96 of which make an inch; less where the picture would
            have more than MOST_PIXELS.
        background: None for a transparent one.
    """
    box = drawn_box(ink)
    scale = min(
        scale,
        math.sqrt(MOST_PIXELS / (box.width * box.height)),
        LONGEST_SIDE / max(box.width, box.height),
    )
    size = QSize(math.ceil(box.width * scale), math.ceil(box.height * scale))
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent if background is None else _colour(background))
    dots = round(DOTS_AN_INCH * scale * _INCHES_A_METRE)
    image.setDotsPerMeterX(dots)
    image.setDotsPerMeterY(dots)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    painter.translate(-box.x, -box.y)
    for stroke in ink.strokes:
        colour = stroke_colour(stroke.style, _colour(BLACK))
        StrokeShape.of(stroke).fill(painter, colour, to_rect(box))
    painter.end()
    return image


def format_png(image: QImage, *, title: str = "") -> bytes:
    """A PNG file of `image` with its resolution and, where it is known, its text as the title."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, b"png")
    writer.setText("Software", f"Glyphpad {VERSION}")
    if title:
        writer.setText("Title", title)
    if not writer.write(image):
        raise RuntimeError(f"Qt made no PNG: {writer.errorString()}")
    return bytes(buffer.data().data())


def write_png(
    ink: Ink,
    path: str | Path,
    *,
    scale: float = COPY_SCALE,
    background: Colour | None = None,
    title: str = "",
) -> None:
    """Writes `ink` as a PNG file; what was there stays until all is written.

    Args:
        ink: As in `ink_image`.
        path: The file.
        scale: As in `ink_image`.
        background: As in `ink_image`.
        title: What it reads as, "" where that is not known.

    Raises:
        UnwritableFileError: The folder is missing or may not be written, or the disk is full.
    """
    image = ink_image(ink, scale=scale, background=background)
    replace_file(path, format_png(image, title=title))


def _colour(colour: Colour) -> QColor:
    return QColor(colour.red, colour.green, colour.blue)
