"""Scanned pages for other programs: hOCR, ALTO XML, and PDF with its text behind the picture."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from itertools import pairwise
from xml.etree.ElementTree import Element

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st

from core.box import Box
from core.exporting import FORMATS
from core.exporting.baselines import line_frame
from core.exporting.blocks import blocks_of
from core.exporting.page_pdf import MOST_JPEG_SIDE, compressed, pages_pdf
from core.glyph import TILE_SIZE, Glyph
from core.picture import Picture
from core.prediction import Candidate
from core.reading import ReadGlyph, Reading, ReadLine, ReadWord

TILE = np.zeros((TILE_SIZE, TILE_SIZE), np.float32)
XHTML = "{http://www.w3.org/1999/xhtml}"
ALTO = "{http://www.loc.gov/standards/alto/ns-v4#}"

WIDE, HIGH = 30, 60
"""Of each character of `page_of`, in pixels."""


def glyph(sign: str, x: float, y: float, *, told: bool = False) -> ReadGlyph:
    odds = (Candidate(sign, 0.9125), Candidate("&", 0.05))
    return ReadGlyph(sign, 0.9125, odds, Glyph(TILE, Box(x, y, WIDE, HIGH)), told=told)


def line_of(text: str, x: float, y: float, *, slope: float = 0) -> ReadLine:
    """Capitals on a line that begins at (x, y), a character every 40 pixels."""
    words: list[list[ReadGlyph]] = [[]]
    for place, sign in enumerate(text):
        left = x + 40 * place
        if sign == " ":
            words.append([])
        else:
            words[-1].append(glyph(sign, left, y + slope * (left + WIDE / 2 - x)))
    return ReadLine(tuple(ReadWord(tuple(word)) for word in words))


def page_of(*lines: ReadLine, source: str = "scan.png", number: int = 1) -> Reading:
    return Reading(source, number, 2480, 3508, "glyphnet", "ascii94", lines)


LINES = (line_of("HALT 324", 200, 300), line_of("EEL A", 200, 440))
PAGE = page_of(*LINES)
BLANK = page_of(number=2)
BOTH_COLUMNS = (*LINES, line_of("TEN", 1400, 300), line_of("HEN", 1400, 440))


def words_of(reading: Reading) -> list[ReadWord]:
    return [word for line in reading.lines for word in line.words]


# --- What both formats say of a page ----------------------------------------------------------


def test_lines_below_each_other_are_a_block_and_a_column_begins_another():
    assert [len(block.lines) for block in blocks_of(LINES)] == [2]
    blocks = blocks_of(BOTH_COLUMNS)
    assert [[line.text for line in block.lines] for block in blocks] == [
        ["HALT 324", "EEL A"],
        ["TEN", "HEN"],
    ]
    assert blocks[1].box == Box(1400, 300, 110, 200)
    assert blocks_of(()) == ()


@pytest.mark.parametrize("slope", [0.0, 0.08, -0.05])
def test_the_baseline_is_where_capitals_end(slope):
    frame = line_frame(line_of("HALT 324 EEL", 200, 300, slope=slope))
    assert frame is not None
    assert frame.slope == pytest.approx(slope, abs=0.01)
    for x in (215, 655):
        foot = 300 + HIGH + slope * (x - 215)
        assert frame.baseline + frame.slope * x == pytest.approx(foot, abs=4)


def test_there_is_no_baseline_of_signs_that_nobody_knows():
    assert line_frame(line_of("ж名", 0, 0)) is None
    reading = page_of(line_of("ж名", 0, 0))
    assert "baseline" not in FORMATS["hocr"]([reading])
    assert "BASELINE" not in FORMATS["alto"]([reading])


# --- hOCR -------------------------------------------------------------------------------------


def hocr_of(*readings: Reading) -> Element:
    return fromstring(FORMATS["hocr"](readings).encode())


def of_class(root: Element, name: str) -> list[Element]:
    return [each for each in root.iter() if each.get("class") == name]


def titles(element: Element) -> dict[str, str]:
    """The properties of an element by their names; values with a semicolon are not looked at."""
    parts = (element.get("title") or "").split("; ")
    return {part.split(" ", 1)[0]: part.split(" ", 1)[1] for part in parts}


NESTED = ["ocr_page", "ocr_carea", "ocr_par", "ocr_line", "ocrx_word", "ocrx_cinfo"]


def test_hocr_says_what_it_is_and_who_made_it():
    text = FORMATS["hocr"]([PAGE, BLANK])
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html PUBLIC')
    root = hocr_of(PAGE, BLANK)
    assert root.tag == f"{XHTML}html"
    meta = {each.get("name"): each.get("content") for each in root.iter(f"{XHTML}meta")}
    assert meta["ocr-system"].startswith("Glyphpad ")
    assert meta["ocr-capabilities"].split() == NESTED
    assert meta["ocr-number-of-pages"] == "2"


def test_every_element_of_hocr_stands_in_the_one_that_holds_it():
    root = hocr_of(page_of(*BOTH_COLUMNS), BLANK)
    for outer, inner in pairwise(NESTED):
        inside = [each for one in of_class(root, outer) for each in one if each.get("class")]
        assert {each.get("class") for each in inside} == {inner}
        assert inside == of_class(root, inner)
    names = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(names) == len(set(names))


def test_hocr_has_a_page_a_reading_with_its_source_and_size():
    first, second = of_class(hocr_of(PAGE, BLANK), "ocr_page")
    assert titles(first) == {
        "image": '"scan.png"',
        "bbox": "0 0 2480 3508",
        "ppageno": "0",
        "x_source": '"scan.png" "1"',
    }
    assert (titles(second)["ppageno"], titles(second)["x_source"]) == ("1", '"scan.png" "2"')
    assert len(second) == 0


def test_hocr_has_the_words_where_they_stand_and_how_sure_they_are():
    words = of_class(hocr_of(PAGE), "ocrx_word")
    assert ["".join(word.itertext()) for word in words] == ["HALT", "324", "EEL", "A"]
    assert titles(words[1]) == {"bbox": "400 300 510 360", "x_wconf": "91.25"}
    signs = of_class(words[1], "ocrx_cinfo")
    assert titles(signs[2]) == {"x_bboxes": "480 300 510 360", "x_confs": "91.25"}


def test_the_text_of_hocr_is_read_by_whoever_ignores_its_classes():
    assert " ".join("".join(hocr_of(PAGE).itertext()).split()) == "HALT 324 EEL A"


def test_the_baseline_of_hocr_begins_at_the_left_lower_corner():
    (line,) = of_class(hocr_of(page_of(line_of("HALT 324 EEL", 200, 300, slope=0.08))), "ocr_line")
    slope, below = map(float, titles(line)["baseline"].split())
    left, _, _, bottom = map(int, titles(line)["bbox"].split())
    assert slope == pytest.approx(0.08, abs=0.01)
    assert bottom + below + slope * (215 - left) == pytest.approx(360, abs=5)
    assert re.fullmatch(r"-?\d+\.\d+ -?\d+", titles(line)["baseline"])


def test_boxes_of_hocr_are_whole_pixels_of_the_page():
    ink = Box(-3.5, 20.2, 2600.1, 9.1)
    reading = page_of(ReadLine((ReadWord((replace(glyph("A", 0, 0), glyph=Glyph(TILE, ink)),)),)))
    (word,) = of_class(hocr_of(reading), "ocrx_word")
    assert titles(word)["bbox"] == "0 20 2480 30"


def test_a_windows_path_and_a_quote_are_an_image_of_hocr():
    (page,) = of_class(hocr_of(page_of(source='C:\\my scans\\a "b".png')), "ocr_page")
    assert page.get("title", "").startswith('image "C:/my scans/a %22b%22.png"; bbox')


# --- ALTO -------------------------------------------------------------------------------------

PLACED = {"HPOS", "VPOS", "WIDTH", "HEIGHT"}

ALTO_RULES: dict[str, tuple[str, set[str], set[str]]] = {
    "alto": ("Description Layout ", {"SCHEMAVERSION"}, set()),
    "Description": ("MeasurementUnit sourceImageInformation Processing ", set(), set()),
    "MeasurementUnit": ("", set(), set()),
    "sourceImageInformation": ("(fileName )?(fileIdentifier )*", set(), set()),
    "fileName": ("", set(), set()),
    "fileIdentifier": ("", set(), set()),
    "Processing": ("processingCategory processingStepSettings processingSoftware ", {"ID"}, set()),
    "processingCategory": ("", set(), set()),
    "processingStepSettings": ("", set(), set()),
    "processingSoftware": ("softwareName softwareVersion ", set(), set()),
    "softwareName": ("", set(), set()),
    "softwareVersion": ("", set(), set()),
    "Layout": ("(Page )+", set(), set()),
    "Page": ("PrintSpace ", {"ID", "PHYSICAL_IMG_NR", "WIDTH", "HEIGHT"}, {"PROCESSINGREFS"}),
    "PrintSpace": ("(TextBlock )*", PLACED, set()),
    "TextBlock": ("(TextLine )+", PLACED | {"ID"}, set()),
    "TextLine": ("String (SP String )*", PLACED | {"ID"}, {"BASELINE"}),
    "SP": ("", PLACED, set()),
    "String": ("(Glyph )+", PLACED | {"ID", "CONTENT", "WC"}, {"CS"}),
    "Glyph": ("(Variant )*", PLACED | {"ID", "CONTENT", "GC"}, set()),
    "Variant": ("", {"CONTENT", "VC"}, set()),
}
"""Of each element that we write, by the schema of ALTO 4.4: what stands in it, in which order, and
the attributes that it always has and may have."""


def check_alto(root: Element) -> None:
    """The parts of the schema that concern us."""
    names = []
    for element in root.iter():
        name = element.tag.removeprefix(ALTO)
        inside, always, perhaps = ALTO_RULES[name]
        children = "".join(f"{child.tag.removeprefix(ALTO)} " for child in element)
        assert re.fullmatch(inside, children), (name, children)
        had = {key for key in element.keys() if not key.startswith("{")}  # noqa: SIM118
        assert always <= had <= always | perhaps, (name, had)
        for key, value in element.items():
            if key in PLACED | {"PHYSICAL_IMG_NR"}:
                float(value)
            if key in {"WC", "GC", "VC"}:
                assert 0 <= float(value) <= 1
        if name == "Glyph":
            assert len(element.get("CONTENT", "")) == 1
        if name == "Variant":
            assert len(element.get("CONTENT", "")) <= 3
        names += [element.get("ID")] if element.get("ID") else []
    assert len(names) == len(set(names))


def alto_of(*readings: Reading) -> Element:
    root = fromstring(FORMATS["alto"](readings).encode())
    check_alto(root)
    return root


def test_alto_keeps_to_its_schema():
    assert alto_of(PAGE, BLANK, page_of(*BOTH_COLUMNS, number=3)).tag == f"{ALTO}alto"
    broken = alto_of(PAGE)
    broken.find(f".//{ALTO}String").set("WC", "91.25")
    with pytest.raises(AssertionError):
        check_alto(broken)


def test_alto_says_what_was_read_and_by_whom():
    root = alto_of(PAGE)
    assert root.findtext(f".//{ALTO}MeasurementUnit") == "pixel"
    assert root.findtext(f".//{ALTO}fileName") == "scan.png"
    assert root.findtext(f".//{ALTO}softwareName") == "Glyphpad"
    settings_text = root.findtext(f".//{ALTO}processingStepSettings")
    assert settings_text == "model glyphnet, alphabet ascii94"


def test_pages_of_one_file_have_its_numbers_and_of_several_a_name_each():
    third, seventh = page_of(number=3), page_of(*LINES, number=7)
    numbers = [page.get("PHYSICAL_IMG_NR") for page in alto_of(third, seventh).iter(f"{ALTO}Page")]
    assert numbers == ["3", "7"]
    root = alto_of(third, page_of(source="other.png"), seventh)
    assert [page.get("PHYSICAL_IMG_NR") for page in root.iter(f"{ALTO}Page")] == ["1", "2", "3"]
    names = [each.text for each in root.iter(f"{ALTO}fileIdentifier")]
    assert names == ["scan.png", "other.png", "scan.png"]
    assert root.find(f".//{ALTO}fileName") is None


def test_alto_has_words_spaces_and_characters_where_they_stand():
    line = alto_of(PAGE).find(f".//{ALTO}TextLine")
    first, space, second = line
    assert [each.get("CONTENT") for each in (first, second)] == ["HALT", "324"]
    assert dict(space.items()) == {"HPOS": "350", "VPOS": "300", "WIDTH": "50", "HEIGHT": "60"}
    assert (second.get("HPOS"), second.get("WIDTH"), second.get("WC")) == ("400", "110", "0.9125")
    signs = list(first)
    assert "".join(sign.get("CONTENT", "") for sign in signs) == "HALT"
    assert (signs[1].get("HPOS"), signs[1].get("GC")) == ("240", "0.9125")
    (other,) = signs[1]
    assert dict(other.items()) == {"VC": "0.05", "CONTENT": "&"}
    ends = [tuple(map(float, each.split(","))) for each in line.get("BASELINE", "").split()]
    assert [x for x, _ in ends] == [200, 510]
    assert all(y == pytest.approx(360, abs=4) for _, y in ends)


def test_what_someone_put_right_is_marked_and_each_sign_is_a_glyph():
    told = ReadGlyph("rn", 1.0, (Candidate("m", 0.6),), Glyph(TILE, Box(10, 0, 50, 9)), told=True)
    (word,) = alto_of(page_of(ReadLine((ReadWord((told,)),)))).iter(f"{ALTO}String")
    assert (word.get("CS"), word.get("CONTENT")) == ("true", "rn")
    places = [(each.get("CONTENT"), each.get("HPOS"), each.get("WIDTH")) for each in word]
    assert places == [("r", "10", "25"), ("n", "35", "25")]
    assert alto_of(PAGE).find(f".//{ALTO}String").get("CS") is None


# --- Both of them -----------------------------------------------------------------------------


@settings(deadline=None)
@given(st.text(min_size=1), st.text())
def test_any_sign_and_any_name_make_proper_xml(sign, source):
    reading = page_of(ReadLine((ReadWord((glyph(sign, 0, 0, told=True),)),)), source=source)
    alto_of(reading)
    hocr_of(reading)


@pytest.mark.parametrize("name", ["hocr", "alto"])
def test_what_xml_cannot_hold_is_replaced_and_the_rest_is_kept(name):
    reading = page_of(line_of("<&>'", 0, 0), source="a\x01 lost\udcff <b> & 'c'.png")
    root = fromstring(FORMATS[name]([reading]).encode())
    values = [value for each in root.iter() for value in each.attrib.values()]
    told = "".join([*root.itertext(), *values])
    assert "a\ufffd lost\ufffd <b> & 'c'.png" in told
    assert "<&>'" in told


@pytest.mark.parametrize("name", ["hocr", "alto"])
def test_no_reading_makes_no_document(name):
    assert FORMATS[name]([]) == ""


# --- PDF --------------------------------------------------------------------------------------

SHEET = np.full((3508, 2480, 3), 250, np.uint8)
SCALE = 72 / 300


def picture(pixels: np.ndarray = SHEET, *, dpi: float | None = 300.0) -> Picture:
    return Picture(pixels, "scan.png", dpi=dpi)


def document(data: bytes) -> pdfium.PdfDocument:
    return pdfium.PdfDocument(data)


def words_found(page: pdfium.PdfPage) -> list[tuple[str, Box]]:
    """The words that PDFium finds, with their boxes in pixels of the picture."""
    text = page.get_textpage()
    words, signs, boxes = [], "", []
    for index in range(text.count_chars() + 1):
        sign = text.get_text_range(index, 1) if index < text.count_chars() else " "
        if sign.strip():
            signs += sign
            boxes.append(text.get_charbox(index, loose=True))
        elif signs:
            left, right = boxes[0][0] / SCALE, boxes[-1][2] / SCALE
            top = (page.get_height() - max(box[3] for box in boxes)) / SCALE
            bottom = (page.get_height() - min(box[1] for box in boxes)) / SCALE
            words.append((signs, Box(left, top, right - left, bottom - top)))
            signs, boxes = "", []
    return words


@pytest.mark.parametrize("slope", [0.0, 0.05, -0.09])
def test_words_are_found_where_they_stand(slope):
    lines = [line_of("HALT 324 EEL TEN", 200, 400 + 160 * row, slope=slope) for row in range(5)]
    reading = page_of(*lines)
    found = words_found(document(pages_pdf([(picture(), reading)]))[0])
    wanted = words_of(reading)
    assert sorted(text for text, _ in found) == sorted(word.text for word in wanted)
    for word in wanted:
        box = min(
            (box for text, box in found if text == word.text),
            key=lambda box: abs(box.y - word.box.y),
        )
        assert (box.x, box.right) == pytest.approx((word.box.x, word.box.right), abs=1)
        # on a slanted line a word is found as high as its line, level, in the middle of its ink
        assert box.centre[1] == pytest.approx(word.box.centre[1], abs=3 + 40 * abs(slope))
        assert box.height == pytest.approx(HIGH, abs=4 + 20 * abs(slope))


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
def test_another_program_finds_the_words_there_too(tmp_path):
    path = tmp_path / "pages.pdf"
    path.write_bytes(pages_pdf([(picture(), PAGE), (picture(), BLANK)]))
    done = subprocess.run(
        ["pdftotext", "-bbox", path, "-"], capture_output=True, text=True, check=True
    )
    found = re.findall(
        r'<word xMin="(.+)" yMin="(.+)" xMax="(.+)" yMax="(.+)">(.+)</word>', done.stdout
    )
    assert [word[4] for word in found] == ["HALT", "324", "EEL", "A"]
    for (left, top, right, bottom, _), word in zip(found, words_of(PAGE), strict=True):
        places = [float(side) / SCALE for side in (left, top, right, bottom)]
        box = word.box
        assert places[::2] == pytest.approx([box.x, box.right], abs=1)
        # the slope of so few characters is not known to the pixel
        assert places[1::2] == pytest.approx([box.y, box.bottom], abs=5)


def test_columns_are_read_one_after_the_other():
    page = document(pages_pdf([(picture(), page_of(*BOTH_COLUMNS))]))[0]
    assert page.get_textpage().get_text_range().split() == [
        *("HALT", "324", "EEL", "A"),
        *("TEN", "HEN"),
    ]


def test_a_document_has_a_page_a_picture_and_is_made_while_they_come():
    asked = []

    def pages():
        for number in range(3):
            asked.append(number)
            small = np.full((60, 80 + number, 3), 40 * number, np.uint8)
            yield picture(small), page_of(line_of("A", 1, 1))

    made = document(pages_pdf(pages(), title="Größe 名"))
    assert asked == [0, 1, 2]
    assert [round(page.get_width() / SCALE) for page in made] == [80, 81, 82]
    assert made.get_metadata_dict()["Title"] == "Größe 名"
    with pytest.raises(ValueError, match="needs a page"):
        pages_pdf([])


def shown(pixels: np.ndarray) -> np.ndarray:
    """What PDFium shows of the picture's page, at the picture's size."""
    page = document(pages_pdf([(picture(pixels), page_of(line_of("A", 0, 0)))]))[0]
    seen = page.render(scale=1 / SCALE, rev_byteorder=True).to_numpy()[..., :3]
    return seen[: pixels.shape[0], : pixels.shape[1]]


def test_the_picture_is_seen_as_it_is_and_the_text_is_not():
    ramp = np.tile(np.linspace(0, 255, 96).astype(np.uint8), (64, 1))
    colours = np.dstack([ramp, ramp[:, ::-1], np.full_like(ramp, 90)])
    grey = np.repeat(ramp[..., None], 3, axis=2)
    for pixels in (colours, grey):
        apart = np.abs(shown(pixels).astype(int) - pixels)
        assert np.percentile(apart, 99) <= 12


def test_black_and_white_is_kept_bit_by_bit():
    rng = np.random.default_rng(3)
    bits = cv2.resize(rng.integers(0, 2, (20, 33), np.uint8) * 255, (330, 200), interpolation=0)
    pixels = np.repeat(bits[..., None], 3, axis=2)
    stored = compressed(pixels)
    assert "/BitsPerComponent 1" in stored.entries
    assert len(stored.data) < 2000
    np.testing.assert_array_equal(shown(pixels)[..., 0] > 127, bits > 127)


def test_each_kind_of_picture_is_stored_as_suits_it():
    grey = np.full((40, 40, 3), 200, np.uint8)
    grey[3] = 10
    assert "/DeviceGray" in compressed(grey).entries
    assert "/DCTDecode" in compressed(grey).entries
    colour = grey.copy()
    colour[0, 0] = (255, 0, 0)
    assert "/DeviceRGB" in compressed(colour).entries
    long = np.zeros((2, MOST_JPEG_SIDE + 1, 3), np.uint8)
    long[0] = (255, 0, 0)
    assert "/FlateDecode/" in compressed(long).entries + "/"
    assert document(pages_pdf([(picture(long), BLANK)]))[0].get_width() == pytest.approx(14_400)


@pytest.mark.parametrize(
    ("size", "dpi", "inches"),
    [
        ((2480, 3508), 300.0, (8.27, 11.69)),
        ((2480, 3508), None, (8.27, 11.69)),
        ((1654, 2339), 200.0, (8.27, 11.69)),
        # a camera that says 72 and means nothing by it
        ((4000, 3000), 72.0, (13.33, 10.0)),
        # a drawing program that says 96 of a sheet, and may well mean it
        ((794, 1123), 96.0, (8.27, 11.69)),
        # no page is longer than PDF allows, or smaller
        ((30_000, 100), 100.0, (200.0, 0.67)),
        ((1, 1), None, (3 / 72, 3 / 72)),
    ],
)
def test_a_page_is_as_large_as_the_paper_was(size, dpi, inches):
    width, height = size
    blank = np.full((height, width, 3), 255, np.uint8)
    page = document(pages_pdf([(picture(blank, dpi=dpi), BLANK)]))[0]
    assert [side / 72 for side in page.get_size()] == pytest.approx(list(inches), abs=0.01)


def test_the_same_pages_make_the_same_bytes_and_every_object_is_where_the_table_says():
    data = pages_pdf([(picture(), PAGE), (picture(), BLANK)])
    assert data == pages_pdf([(picture(), PAGE), (picture(), BLANK)])
    start = int(data.rsplit(b"startxref\n", 1)[1].split()[0])
    rows = data[start:].splitlines()
    count = int(rows[1].split()[1])
    assert count > 15
    for number, row in enumerate(rows[3 : 2 + count], 1):
        assert data[int(row.split()[0]) :].startswith(b"%d 0 obj\n" % number)


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_another_program_finds_no_fault_in_the_document(tmp_path):
    path = tmp_path / "pages.pdf"
    path.write_bytes(pages_pdf([(picture(), PAGE), (picture(), BLANK)], title="a\udcff"))
    done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
