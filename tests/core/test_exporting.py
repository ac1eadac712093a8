"""The exports: what scripts read, to the letter."""

from __future__ import annotations

import csv
import io
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.alphabet import ASCII94
from core.box import Box
from core.exporting import FORMATS
from core.glyph import TILE_SIZE, Glyph
from core.prediction import Candidate
from core.reading import ReadGlyph, Reading, ReadLine, ReadWord
from core.recognise_command import SUFFIXES

TILE = np.zeros((TILE_SIZE, TILE_SIZE), np.float32)


def glyph(text: str, box: Box, *candidates: tuple[str, float]) -> ReadGlyph:
    odds = tuple(Candidate(*each) for each in candidates)
    return ReadGlyph(text, odds[0].probability if odds else 1.0, odds, Glyph(TILE, box))


A = glyph("A", Box(10, 20.123456, 30.5, 40), ("A", 0.9712345), ("4", 0.01))
COMMA = glyph(",", Box(np.float32(50.1), 60, 5, 9.999), (",", np.float32(0.5)))
QUOTE = glyph('"', Box(0, 0, 1, 1), ('"', 1.0))


def page(*lines: tuple[tuple[ReadGlyph, ...], ...], source: str = "scan.png", number: int = 1):
    return Reading(
        source=source,
        page=number,
        width=640.0,
        height=480.5,
        model="glyphnet",
        alphabet="ascii94",
        lines=tuple(ReadLine(tuple(ReadWord(word) for word in line)) for line in lines),
    )


SHEET = page(((A, COMMA), (QUOTE,)), ((A,),))
BLANK = page(number=2)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_the_table_has_the_formats_of_the_command_line():
    assert set(FORMATS) == {"text", "json", "csv", "hocr", "alto"}
    assert set(SUFFIXES) == {*FORMATS, "pdf"}


# --- Text -------------------------------------------------------------------------------------


def test_text_is_the_lines_and_nothing_else():
    assert FORMATS["text"]([SHEET]) == 'A, "\nA\n'
    assert FORMATS["text"]([SHEET, SHEET]) == 'A, "\nA\nA, "\nA\n'
    assert FORMATS["text"]([BLANK]) == "\n"
    assert FORMATS["text"]([]) == ""


# --- JSON -------------------------------------------------------------------------------------


def test_json_is_the_contract():
    (line,) = FORMATS["json"]([SHEET]).splitlines()
    made = json.loads(line)
    assert list(made) == [
        "source",
        "page",
        "width",
        "height",
        "text",
        "model",
        "alphabet",
        "lines",
    ]
    assert made | {"lines": None} == {
        "source": "scan.png",
        "page": 1,
        "width": 640,
        "height": 480.5,
        "text": 'A, "\nA',
        "model": "glyphnet",
        "alphabet": "ascii94",
        "lines": None,
    }
    assert made["lines"][1] == {
        "text": "A",
        "box": [10, 20.12, 30.5, 40],
        "words": [
            {
                "text": "A",
                "box": [10, 20.12, 30.5, 40],
                "confidence": 0.9712,
                "glyphs": [
                    {
                        "text": "A",
                        "box": [10, 20.12, 30.5, 40],
                        "confidence": 0.9712,
                        "stray": False,
                        "candidates": [["A", 0.9712], ["4", 0.01]],
                    }
                ],
            }
        ],
    }
    first = made["lines"][0]
    assert [each["text"] for each in first["words"]] == ["A,", '"']
    assert first["words"][0]["glyphs"][1]["box"] == [50.1, 60, 5, 10]


def test_whole_numbers_have_no_decimals():
    line = FORMATS["json"]([SHEET])
    assert '"width": 640,' in line
    assert "[10, 20.12, 30.5, 40]" in line
    assert "50.1," in line


def test_json_is_an_object_a_page_a_line_a_page():
    text = FORMATS["json"]([SHEET, BLANK])
    assert text.endswith("}\n")
    first, second = (json.loads(line) for line in text.splitlines())
    assert (first["page"], second["page"]) == (1, 2)
    assert second["lines"] == []
    assert second["text"] == ""
    assert FORMATS["json"]([]) == ""


@pytest.mark.parametrize(
    "source", ["Größe 名前.png", "line\nbreak\u2028.png", "lost \udcff byte", '"\\']
)
def test_any_file_name_passes_through_json(source):
    text = FORMATS["json"]([page(source=source)])
    assert text.isascii()
    assert len(text.splitlines()) == 1
    assert json.loads(text)["source"] == source


def test_what_is_no_number_never_reaches_a_file():
    broken = page(((glyph("A", Box(float("nan"), 0, 1, 1)),),))
    with pytest.raises(ValueError, match=r"NaN|JSON|nan"):
        FORMATS["json"]([broken])


# --- CSV --------------------------------------------------------------------------------------


def test_csv_is_a_header_and_a_row_a_glyph():
    text = FORMATS["csv"]([SHEET, BLANK])
    assert text.startswith("source,page,line,word,glyph,text,confidence,x,y,width,height,")
    assert text.count("\r\n") == text.count("\n") == 5
    table = rows(text)
    places = [(row["line"], row["word"], row["glyph"], row["text"]) for row in table]
    assert places == [
        ("1", "1", "1", "A"),
        ("1", "1", "2", ","),
        ("1", "2", "1", '"'),
        ("2", "1", "1", "A"),
    ]
    assert table[0] == {
        "source": "scan.png",
        "page": "1",
        "line": "1",
        "word": "1",
        "glyph": "1",
        "text": "A",
        "confidence": "0.9712",
        "x": "10",
        "y": "20.12",
        "width": "30.5",
        "height": "40",
        "candidate_1": "A",
        "probability_1": "0.9712",
        "candidate_2": "4",
        "probability_2": "0.01",
    }
    assert (table[1]["candidate_2"], table[1]["probability_2"]) == ("", "")


def test_csv_without_glyphs_is_a_header():
    for readings in ([], [BLANK]):
        text = FORMATS["csv"](readings)
        assert text == "source,page,line,word,glyph,text,confidence,x,y,width,height\r\n"


@given(
    st.sampled_from(ASCII94.labels),
    st.text(st.characters(codec="utf-8", exclude_characters="\r\0")),
)
def test_any_sign_and_any_name_pass_through_csv(sign, source):
    reading = page(((glyph(sign, Box(0, 0, 1, 1), (sign, 0.5)),),), source=source)
    (row,) = rows(FORMATS["csv"]([reading]))
    assert (row["text"], row["candidate_1"], row["source"]) == (sign, sign, source)


# --- All of them ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*FORMATS])
def test_the_last_line_is_ended_and_nothing_is_changed(name):
    assert FORMATS[name]([SHEET]).endswith("\n")
    assert FORMATS[name]([SHEET]) == FORMATS[name]([SHEET])
