"""Ink as pictures: copied, and written as PNG; and SVG, as Qt's own reader of it shows it."""

from __future__ import annotations

import os
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QGuiApplication, QImage, QImageReader, QPainter
from PySide6.QtSvg import QSvgRenderer

from core.errors import UnwritableFileError
from core.exporting.drawing import MARGIN, WHITE, drawn_box, format_svg
from core.ink import Colour, Ink, Stroke, StrokeKind, StrokeStyle
from core.pen_width import PEN_WIDTH
from core.picture import read_picture
from core.rasterising import rasterise
from desktop.imaging import from_image
from desktop.keeping.ink_files import (
    COPY_SCALE,
    LONGEST_SIDE,
    MOST_PIXELS,
    format_png,
    ink_image,
    write_png,
)
from tests.core.handwriting import written

pytestmark = pytest.mark.usefixtures("qapp")

RED = Colour(255, 0, 0)
BAR = Ink((Stroke.through(np.array([[10, 20], [110, 20]], np.float32)),))
_ANGLES = np.linspace(0, 2 * np.pi, 120)
_SWELLING = np.stack(
    [
        100 + 80 * np.cos(_ANGLES),
        400 + 60 * np.sin(2 * _ANGLES),
        0.5 + 0.5 * np.sin(3 * _ANGLES),
        _ANGLES,
    ],
    axis=1,
    dtype=np.float32,
)
PAGE = Ink((*written("A2% j\n3!E").strokes, Stroke(_SWELLING)))


def inked(ink: Ink, image: QImage, scale: float) -> np.ndarray:
    """bool: where our own raster has ink, in the pixels of a picture of all that is drawn."""
    raster, view = rasterise(ink, scale=scale), drawn_box(ink)
    left, top = (
        round((raster.origin[0] - view.x) * scale),
        round((raster.origin[1] - view.y) * scale),
    )
    height, width = raster.pixels.shape
    found = np.zeros((image.height(), image.width()), bool)
    found[top : top + height, left : left + width] = raster.pixels >= 128
    return found


def assert_covers(drawn: np.ndarray, raster: np.ndarray) -> None:
    """All that is drawn is inked in the raster, and most of what is inked there is drawn: OpenCV's
    lines come out a seventh wider than they are asked for."""
    both = (drawn & raster).sum()
    assert both > 0.99 * drawn.sum()
    assert both > 0.83 * raster.sum()


def opened(data: bytes) -> QImage:
    return QImage.fromData(QByteArray(data), "PNG")


# --- Pictures ---------------------------------------------------------------------------------


@pytest.mark.parametrize("scale", [3.0, 5.0])
def test_a_picture_shows_what_the_raster_shows(scale):
    image = ink_image(PAGE, scale=scale, background=WHITE)
    assert_covers(from_image(image)[..., 0] < 128, inked(PAGE, image, scale))


def test_a_picture_is_as_large_as_the_ink_and_says_its_resolution():
    half = PEN_WIDTH / 2
    for scale in (1.0, 2.0, 300 / 96):
        image = opened(format_png(ink_image(BAR, scale=scale)))
        assert image.width() == pytest.approx((100 + 2 * (half + MARGIN)) * scale, abs=1.1)
        assert image.height() == pytest.approx(2 * (half + MARGIN) * scale, abs=1.1)
        assert image.dotsPerMeterX() * 0.0254 == pytest.approx(96 * scale, abs=0.02)
        assert image.dotsPerMeterY() == image.dotsPerMeterX()


def test_the_background_is_transparent_or_as_it_is_chosen():
    clear, white = ink_image(BAR), ink_image(BAR, background=WHITE)
    assert opened(format_png(clear)).pixelColor(0, 0).alpha() == 0
    assert opened(format_png(white)).pixelColor(0, 0) == QColor(255, 255, 255)
    middle = clear.rect().center()
    assert clear.pixelColor(middle) == white.pixelColor(middle) == QColor(0, 0, 0)


def test_colours_are_those_of_the_pad_on_paper():
    pen = ink_image(Ink((replace(BAR.strokes[0], style=StrokeStyle(colour=RED)),)))
    assert pen.pixelColor(pen.rect().center()) == QColor(255, 0, 0)
    marker = ink_image(Ink((replace(BAR.strokes[0], style=StrokeStyle(StrokeKind.MARKER)),)))
    assert 0 < marker.pixelColor(marker.rect().center()).alpha() < 255


@pytest.mark.parametrize("extent", [(20_000.0, 20_000.0), (90_000.0, 1.0), (1.0, 90_000.0)])
def test_large_ink_gets_a_picture_that_programs_open(extent):
    ink = Ink((Stroke.through(np.array([[0, 0], extent], np.float32)),))
    image = ink_image(ink, scale=1.0 if extent[0] == extent[1] else 2.0)
    assert image.width() * image.height() <= MOST_PIXELS * 1.01
    assert max(image.width(), image.height()) <= LONGEST_SIDE + 1
    assert from_image(image.scaled(200, 200)).min() < 255


def test_no_ink_makes_a_blank_picture():
    image = ink_image(Ink(), background=WHITE)
    assert (from_image(image) == 255).all()
    assert image.width() == 2 * MARGIN * COPY_SCALE


def test_a_picture_of_ink_passes_the_clipboard():
    clipboard = QGuiApplication.clipboard()
    clipboard.setImage(ink_image(PAGE, background=WHITE))
    np.testing.assert_array_equal(
        from_image(clipboard.image()), from_image(ink_image(PAGE, background=WHITE))
    )


# --- PNG --------------------------------------------------------------------------------------


def test_a_png_carries_its_text_and_opens_here(tmp_path):
    path = tmp_path / "Größe 名前 🖋.png"
    write_png(PAGE, path, background=WHITE, title="Größe 名")
    reader = QImageReader(str(path))
    assert reader.text("Title") == "Größe 名"
    assert reader.text("Software").startswith("Glyphpad ")
    expected = from_image(ink_image(PAGE, background=WHITE))
    np.testing.assert_array_equal(read_picture(path).pixels, expected)
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_a_png_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "x.png"
    write_png(BAR, path)
    old = path.read_bytes()

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UnwritableFileError, match="No space left"):
        write_png(PAGE, path)
    assert path.read_bytes() == old
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_in_the_way_or_none_at_all_is_a_known_error(tmp_path):
    for path in (tmp_path, tmp_path / "nowhere" / "x.png"):
        with pytest.raises(UnwritableFileError):
            write_png(BAR, path)
    assert list(tmp_path.iterdir()) == []


# --- SVG, by another reader -------------------------------------------------------------------


def drawn(svg: str, scale: float) -> QImage:
    """An SVG as Qt's reader shows it, on white."""
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    assert renderer.isValid()
    view = renderer.viewBoxF()
    size = (view.size() * scale).toSize()
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(255, 255, 255))
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, view.width() * scale, view.height() * scale))
    painter.end()
    return image


@pytest.mark.parametrize("scale", [3.0, 5.0])
def test_an_svg_shows_what_the_raster_shows(scale):
    image = drawn(format_svg(PAGE, text="A2%"), scale)
    assert_covers(from_image(image)[..., 0] < 128, inked(PAGE, image, scale))


def test_an_svg_and_a_picture_show_the_same():
    styles = (
        StrokeStyle(colour=RED),
        StrokeStyle(StrokeKind.MARKER, width=0.7),
        StrokeStyle(StrokeKind.MARKER, Colour(0, 90, 200)),
        StrokeStyle(colour=Colour(0, 128, 0), width=2.5),
    )
    strokes = [
        replace(stroke, style=styles[number % len(styles)])
        for number, stroke in enumerate(PAGE.strokes)
    ]
    ink = Ink(tuple(strokes))
    svg = from_image(drawn(format_svg(ink), 2.0)).astype(int)
    picture = from_image(ink_image(ink, scale=2.0, background=WHITE)).astype(int)
    height, width = min(svg.shape[0], picture.shape[0]), min(svg.shape[1], picture.shape[1])
    difference = np.abs(svg[:height, :width] - picture[:height, :width])
    # one rounds corners to a hundredth of a pixel, which edges show
    assert difference.mean() < 0.2
    assert (difference > 64).mean() < 1e-3
