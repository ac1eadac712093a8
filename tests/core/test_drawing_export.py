"""Ink as drawings for other programs: SVG, and PDF with its text behind the ink."""

from __future__ import annotations

import os
import re
import struct
from dataclasses import replace
from itertools import pairwise
from xml.etree.ElementTree import Element

import numpy as np
import pypdfium2 as pdfium
import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st

from core.box import Box
from core.curves import MARKER_WIDTH
from core.errors import UnwritableFileError
from core.exporting.blank_font import ADVANCE, UNITS, blank_font
from core.exporting.drawing import MARGIN, WHITE, drawn_box, format_svg, write_svg
from core.exporting.pdf_page import format_pdf, write_pdf
from core.glyph import TILE_SIZE, Glyph
from core.ink import PLAIN, Colour, Ink, Stroke, StrokeKind, StrokeStyle
from core.pdf import PDF_DPI, PdfPages
from core.pen_width import PEN_WIDTH
from core.prediction import Candidate
from core.rasterising import rasterise
from core.reading import ReadGlyph, Reading, ReadLine, ReadWord
from tests.core.handwriting import character, written

SVG = "{http://www.w3.org/2000/svg}"
RED = Colour(255, 0, 0)
WRITING = "HELL TnE3 4\nj1no; 77"

DOT = Ink((Stroke.through(np.array([[50, 60]], np.float32)),))
BAR = Ink((Stroke.through(np.array([[10, 20], [110, 20]], np.float32)),))


_ANGLES = np.linspace(0, 2 * np.pi, 120)
LOOP = Stroke(
    np.stack(
        [
            100 + 80 * np.cos(_ANGLES),
            400 + 60 * np.sin(2 * _ANGLES),
            0.5 + 0.5 * np.sin(3 * _ANGLES),
            _ANGLES,
        ],
        axis=1,
        dtype=np.float32,
    )
)
"""A lying eight, whose line swells and thins three times."""


def styled(ink: Ink, style: StrokeStyle) -> Ink:
    return Ink(tuple(replace(stroke, style=style) for stroke in ink.strokes))


def root_of(svg: str) -> Element:
    return fromstring(svg.encode())


def view_of(svg: str) -> Box:
    return Box(*map(float, root_of(svg).get("viewBox", "").split()))


def read_as(text: str, *, size: float = 80.0, leading: float = 1.9) -> Reading:
    """The reading of `written(text)`, had it been read without a mistake."""
    lines = []
    for number, line in enumerate(text.split("\n")):
        words: list[list[ReadGlyph]] = [[]]
        # every sign's place is that of the line as far as it
        for end in range(1, len(line) + 1):
            sign = line[end - 1]
            if sign == " ":
                words.append([])
                continue
            count = len(character(sign).strokes)
            strokes = written(line[:end], size=size).strokes[-count:]
            box = Ink(strokes).box.grown(PEN_WIDTH / 2)
            box = Box(box.x, box.y + number * leading * size, box.width, box.height)
            tile = np.zeros((TILE_SIZE, TILE_SIZE), np.float32)
            words[-1].append(ReadGlyph(sign, 0.9, (Candidate(sign, 0.9),), Glyph(tile, box)))
        lines.append(ReadLine(tuple(ReadWord(tuple(word)) for word in words)))
    return Reading("pad", 1, 800, 400, "glyphnet", "ascii94", tuple(lines))


# --- SVG --------------------------------------------------------------------------------------


def test_an_svg_has_a_path_a_stroke_in_their_order():
    ink = Ink((*styled(BAR, StrokeStyle(colour=RED)).strokes, *DOT.strokes))
    root = root_of(format_svg(ink))
    assert root.tag == f"{SVG}svg"
    assert [each.get("fill") for each in root.iter(f"{SVG}path")] == ["#ff0000", "#000000"]
    for path in root.iter(f"{SVG}path"):
        assert re.fullmatch(r"(M-?[\d.]+ -?[\d.]+( -?[\d.]+)+Z)+", path.get("d", ""))


def test_the_view_is_the_ink_its_width_and_a_margin():
    half = PEN_WIDTH / 2
    for ink, box in ((BAR, Box(10, 20, 100, 0)), (DOT, Box(50, 60, 0, 0))):
        view, expected = view_of(format_svg(ink)), box.grown(half + MARGIN)
        for side in ("x", "y", "width", "height"):
            assert getattr(view, side) == pytest.approx(getattr(expected, side), abs=0.05)
    root = root_of(format_svg(BAR))
    assert float(root.get("width", "")) == pytest.approx(100 + 2 * (half + MARGIN), abs=0.1)


def test_a_stroke_is_as_wide_as_its_pressure_and_its_style_say():
    hard = replace(BAR.strokes[0], points=np.array([[10, 20, 1, 0], [110, 20, 1, 0]], np.float32))
    marker = styled(BAR, StrokeStyle(StrokeKind.MARKER, None, 1.5)).strokes[0]
    for stroke, width in ((hard, 1.5 * PEN_WIDTH), (marker, 1.5 * MARKER_WIDTH)):
        height = drawn_box(Ink((stroke,)), margin=0).height
        assert height == pytest.approx(width, abs=0.1)


def test_a_marker_lets_through_what_lies_under_it():
    (pen,) = root_of(format_svg(BAR)).iter(f"{SVG}path")
    (marker,) = root_of(format_svg(styled(BAR, StrokeStyle(StrokeKind.MARKER)))).iter(f"{SVG}path")
    assert pen.get("fill-opacity") is None
    assert 0 < float(marker.get("fill-opacity", "")) < 1


def test_the_text_is_the_title_and_a_background_is_asked_for():
    root = root_of(format_svg(BAR, text="a < b\n& \x00\ud800c", background=WHITE))
    assert root.findtext(f"{SVG}title") == "a < b & c"
    assert "1 stroke," in (root.findtext(f"{SVG}desc") or "")
    (sheet,) = root.iter(f"{SVG}rect")
    assert sheet.get("fill") == "#ffffff"
    plain = root_of(format_svg(BAR))
    assert plain.find(f"{SVG}title") is None
    assert plain.find(f"{SVG}rect") is None


@settings(deadline=None)
@given(st.text())
def test_any_text_makes_proper_xml(text):
    assert root_of(format_svg(DOT, text=text)).tag == f"{SVG}svg"


def test_numbers_have_no_exponents_and_ink_stays_where_it_is():
    far = Ink((Stroke.through(np.array([[-90000.004, 1e-7], [-89999, 5]], np.float32)),))
    svg = format_svg(far)
    assert not re.search(r"\de[-+]?\d", svg)
    assert "-0 " not in svg
    assert view_of(svg).x == pytest.approx(-90000 - PEN_WIDTH / 2 - MARGIN, abs=0.1)


def test_no_ink_makes_a_blank_drawing():
    assert view_of(format_svg(Ink())) == Box(-MARGIN, -MARGIN, 2 * MARGIN, 2 * MARGIN)


# --- PDF --------------------------------------------------------------------------------------


def page_of(data: bytes) -> pdfium.PdfPage:
    return pdfium.PdfDocument(data)[0]


def text_of(data: bytes) -> str:
    return page_of(data).get_textpage().get_text_range()


def test_the_text_of_a_page_is_found():
    data = format_pdf(written(WRITING), reading=read_as(WRITING))
    assert [line.rstrip() for line in text_of(data).splitlines()] == WRITING.splitlines()


@pytest.mark.parametrize("leading", [1.4, 1.9, 3.0])
@pytest.mark.parametrize("page", ["ink", "a4"])
@pytest.mark.parametrize("text", ["7", "1 1", "7 4\n1 1", "%", "n n n n", "7\n7 7\n7"])
def test_words_are_told_apart_however_they_stand(text, page, leading):
    """PDFium takes large letters far apart for columns, unless the spaces between them are full."""
    reading = read_as(text, leading=leading)
    data = format_pdf(written(text, leading=leading), reading=reading, page=page)
    assert [line.rstrip() for line in text_of(data).splitlines()] == text.splitlines()


def test_words_that_stand_in_a_column_are_told_apart():
    """PDFium reads such a page downwards, and knows of no lines there."""
    data = format_pdf(written("T\nT\n7"), reading=read_as("T\nT\n7"))
    assert text_of(data).split() == ["T", "T", "7"]


def test_a_word_is_found_where_its_ink_is():
    reading = read_as(WRITING)
    page = page_of(format_pdf(written(WRITING), reading=reading))
    found = page.get_textpage()
    first, count = found.search("77").get_next()
    boxes = [found.get_charbox(index, loose=True) for index in range(first, first + count)]
    word = reading.lines[1].words[1].box
    view, scale = drawn_box(written(WRITING)), 72 / 96
    assert boxes[0][0] / scale + view.x == pytest.approx(word.x, abs=1)
    assert boxes[-1][2] / scale + view.x == pytest.approx(word.right, abs=1)
    for _, bottom, _, top in boxes:
        assert view.bottom - top / scale == pytest.approx(reading.lines[1].box.y, abs=3)
        assert view.bottom - bottom / scale == pytest.approx(reading.lines[1].box.bottom, abs=3)


def test_the_text_is_not_seen():
    ink = written(WRITING)
    with_text, without = format_pdf(ink, reading=read_as(WRITING)), format_pdf(ink)
    assert text_of(without) == ""
    seen = [page_of(data).render(scale=2).to_numpy() for data in (with_text, without)]
    np.testing.assert_array_equal(*seen)


def test_a_page_shows_what_the_raster_shows():
    """All that is drawn is inked there, and most of what is inked is drawn: OpenCV's lines come out
    a seventh wider than they are asked for."""
    ink = Ink((*written(WRITING).strokes, LOOP))
    pages = PdfPages(format_pdf(ink), "x")
    pixels = pages.render(0)[..., 0] < 128
    pages.close()
    scale = PDF_DPI / 96
    raster = rasterise(ink, scale=scale)
    view = drawn_box(ink)
    left, top = (
        round((raster.origin[0] - view.x) * scale),
        round((raster.origin[1] - view.y) * scale),
    )
    height, width = raster.pixels.shape
    inked = np.zeros_like(pixels)
    inked[top : top + height, left : left + width] = raster.pixels >= 128
    assert (pixels & inked).sum() > 0.99 * pixels.sum()
    assert (pixels & inked).sum() > 0.83 * inked.sum()


def test_pages_are_as_large_as_the_ink_or_as_a_sheet():
    view = drawn_box(BAR)
    width, height = page_of(format_pdf(BAR)).get_size()
    assert (width, height) == pytest.approx((view.width * 0.75, view.height * 0.75), abs=0.01)
    assert page_of(format_pdf(BAR, page="a4")).get_size() == pytest.approx(
        (841.89, 595.28), abs=0.1
    )
    upright = Ink((BAR.strokes[0].with_points(BAR.strokes[0].points[:, [1, 0, 2, 3]]),))
    assert page_of(format_pdf(upright, page="a4")).get_size() == pytest.approx(
        (595.28, 841.89), abs=0.1
    )


@pytest.mark.parametrize("page", ["ink", "a4"])
@pytest.mark.parametrize("size", [100.0, 3000.0, 90_000.0])
def test_ink_of_any_size_lies_whole_on_its_page(page, size):
    points = np.array([[0, 0], [1, 0.2]], np.float32) * np.float32(size)
    shown = page_of(format_pdf(Ink((Stroke.through(points),)), page=page))
    assert max(shown.get_size()) <= 14_401
    left, bottom, right, top = next(shown.get_objects()).get_bounds()
    width, height = shown.get_size()
    assert 0 < left < right < width
    assert 0 < bottom < top < height
    if size == 100.0:
        # ink keeps its size where it has room
        assert right - left == pytest.approx((100 + PEN_WIDTH) * 0.75, abs=0.5)
    else:
        assert right - left > 0.7 * width


def test_colours_and_markers_are_seen():
    bar, across = BAR.strokes[0], BAR.strokes[0].points + np.array([0, 20, 0, 0], np.float32)
    marker = replace(bar, points=across, style=StrokeStyle(StrokeKind.MARKER, Colour(255, 255, 0)))
    ink = Ink((replace(bar, style=StrokeStyle(colour=RED)), marker))
    pixels = page_of(format_pdf(ink)).render(scale=96 / 72, rev_byteorder=True).to_numpy()
    view = drawn_box(ink)
    row, column = round(20 - view.y), round(60 - view.x)
    assert pixels[row, column, :3].tolist() == [255, 0, 0]
    red, green, blue = pixels[row + 20, column, :3].tolist()
    assert (red, green) == (255, 255)
    assert 100 < blue < 220


def test_the_title_is_set_and_the_font_is_inside():
    data = format_pdf(DOT, title="Größe 名 🖋")
    assert pdfium.PdfDocument(data).get_metadata_dict()["Title"] == "Größe 名 🖋"
    assert pdfium.PdfDocument(format_pdf(DOT)).get_metadata_dict()["Title"] == ""
    document = pdfium.PdfDocument(format_pdf(written("7"), reading=read_as("7")))
    text, *_ = [
        each for each in document[0].get_objects() if each.type == pdfium.raw.FPDF_PAGEOBJ_TEXT
    ]
    font = pdfium.raw.FPDFTextObj_GetFont(text)
    assert pdfium.raw.FPDFFont_GetIsEmbedded(font) == 1


def test_every_object_stands_where_the_table_says():
    data = format_pdf(written(WRITING), reading=read_as(WRITING), title="x")
    start = int(data.rsplit(b"startxref\n", 1)[1].split()[0])
    rows = data[start:].splitlines()
    assert rows[0] == b"xref"
    count = int(rows[1].split()[1])
    for number, row in enumerate(rows[3 : 2 + count], 1):
        assert data[int(row.split()[0]) :].startswith(b"%d 0 obj\n" % number)
    assert f"/Size {count}".encode() in data[start:]


def test_the_same_ink_makes_the_same_file():
    made = [format_pdf(written(WRITING), reading=read_as(WRITING)) for _ in range(2)]
    assert made[0] == made[1]
    assert made[0] != format_pdf(written("7"))


def test_no_ink_makes_a_blank_page():
    pixels = page_of(format_pdf(Ink())).render().to_numpy()
    assert (pixels == 255).all()


def test_the_font_is_whole():
    """Its own checksums, by which a program tells a damaged one."""
    font = blank_font()
    assert (sum(struct.unpack(f">{len(font) // 4}L", font)) & 0xFFFFFFFF) == 0xB1B0AFBA
    count = struct.unpack(">H", font[4:6])[0]
    tables = [struct.unpack(">4sLLL", font[12 + 16 * n : 28 + 16 * n]) for n in range(count)]
    assert [name for name, *_ in tables] == sorted(name for name, *_ in tables)
    for one, other in pairwise(tables):
        assert one[2] + one[3] <= other[2]
    assert tables[-1][2] + tables[-1][3] <= len(font)
    (advance,) = {
        struct.unpack(">HH", font[at : at + 4])[0] for n, _, at, _ in tables if n == b"hmtx"
    }
    assert (advance, UNITS) == (ADVANCE, 1000)


# --- Files ------------------------------------------------------------------------------------

WRITERS = (write_svg, write_pdf)


@pytest.mark.parametrize("write", WRITERS)
def test_a_file_is_written_whole_or_not_at_all(write, tmp_path, monkeypatch):
    path = tmp_path / "Größe 名前 🖋"
    write(BAR, path)
    old = path.read_bytes()
    assert len(old) > 300

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UnwritableFileError, match="No space left"):
        write(DOT, path)
    assert path.read_bytes() == old
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("write", WRITERS)
def test_a_folder_in_the_way_or_none_at_all_is_a_known_error(write, tmp_path):
    for path in (tmp_path, tmp_path / "nowhere" / "x", tmp_path / ("n" * 300)):
        with pytest.raises(UnwritableFileError):
            write(BAR, path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="modes of POSIX; root may all")
@pytest.mark.parametrize("write", WRITERS)
def test_a_folder_that_may_not_be_written_is_a_known_error(write, tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(UnwritableFileError):
            write(BAR, tmp_path / "x")
    finally:
        tmp_path.chmod(0o700)


def test_plain_is_what_these_drawings_were_made_with():
    assert {stroke.style for stroke in (*BAR.strokes, *DOT.strokes)} == {PLAIN}
