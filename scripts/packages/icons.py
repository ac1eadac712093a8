"""The icons of the program and of its ink, in every size that desktops look for."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from scripts.packages.release import ROOT

SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
"""Widths and heights of the pictures, in pixels; those of hicolor, the theme that all others fall
back on."""

DRAWINGS = {
    "apps/glyphpad": ROOT / "assets/glyphpad.svg",
    "mimetypes/glyphpad-ink": ROOT / "packaging/linux/ink.svg",
}
"""Kind and name of an icon in a theme, and what it is drawn from."""


def draw_icons(theme: Path) -> None:
    """Puts every icon into the folder of a theme, as pictures and as a drawing."""
    for name, drawing in DRAWINGS.items():
        for size in SIZES:
            path = theme / f"{size}x{size}" / f"{name}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            if not drawn(drawing, size).save(str(path)):
                raise OSError(f"{path} could not be written")
        path = theme / "scalable" / f"{name}.svg"
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(drawing, path)


def drawn(drawing: Path, size: int) -> QImage:
    """The drawing as a picture on nothing, `size` pixels wide and high."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(drawing)).render(painter)
    painter.end()
    return image
