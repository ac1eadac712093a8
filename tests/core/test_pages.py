"""Made pages: their truth, and how their reading is measured."""

from __future__ import annotations

import functools
import shutil
from dataclasses import replace
from types import MappingProxyType

import cv2
import numpy as np
import pytest

from core.classifying import open_classifier
from core.cli import main
from core.models import DEFAULT_MODEL, open_model
from core.picture import Picture
from core.training.data import SPLITS, UNIPEN_FILE, data_folder, load_unipen
from core.training.evaluation import command
from core.training.evaluation.pages import made_pages, making, papers
from core.training.evaluation.pages.hands import SIGNS, InkHand, PictureHand, hands
from core.training.evaluation.pages.making import make_page
from core.training.evaluation.pages.measuring import SEED, PageAnswer, compared, measure_pages
from core.training.evaluation.pages.page import KINDS
from core.training.evaluation.pages.report import error_rate, pages_report
from core.training.evaluation.pages.surroundings import SURROUNDINGS
from core.training.evaluation.pages.tesseract import Tesseract, find_tesseract
from core.training.evaluation.pages.texts import items
from tests.core.handwriting import character, ink_samples

has_data = pytest.mark.skipif(
    not (data_folder() / UNIPEN_FILE).exists(), reason="the data is not there"
)
WRITTEN = "0123478AEHLT"


def anna() -> InkHand:
    """The hand of the tests."""
    samples = ink_samples(WRITTEN)
    rows = {sign: np.array([row]) for row, sign in enumerate(WRITTEN)}
    return InkHand("anna", samples, rows, {sign: character(sign).box.height for sign in WRITTEN})


@functools.cache
def page_in(surroundings, seed=3):
    """A page, made once for all tests that look at it."""
    return fresh_page(surroundings, seed)


def fresh_page(surroundings, seed=3):
    rng = np.random.default_rng(seed)
    surroundings = replace(surroundings, counts=(30, 60))
    return make_page(surroundings, anna(), rng, kind="blocks", name="made")


@pytest.mark.parametrize("surroundings", SURROUNDINGS, ids=lambda each: each.name)
def test_boxes_are_where_the_ink_is(surroundings, monkeypatch):
    page = page_in(surroundings)
    whole = papers.coverage_of
    calls = iter(["back", "front"] if surroundings.paper.bleed[1] else ["front"])

    def without_front(marks, shape):
        ink = whole(marks, shape)
        return ink if next(calls) == "back" else np.zeros_like(ink)

    monkeypatch.setattr(papers, "coverage_of", without_front)
    empty = fresh_page(surroundings)
    apart = cv2.absdiff(page.picture.pixels, empty.picture.pixels).max(axis=2)
    inked = cv2.GaussianBlur(apart, (0, 0), 1) > max(apart.max() // 3, 20)
    outside = inked.copy()
    for glyph in page.glyphs:
        box = glyph.box
        left, top, right, bottom = (round(edge) for edge in (box.x, box.y, box.right, box.bottom))
        outside[max(top - 3, 0) : bottom + 3, max(left - 3, 0) : right + 3] = False
        rows, columns = np.nonzero(inked[top:bottom, left:right])
        assert len(rows), glyph
        assert rows.min() <= 4, glyph
        assert columns.min() <= 4, glyph
        assert rows.max() >= bottom - top - 5, glyph
        assert columns.max() >= right - left - 5, glyph
    assert outside.sum() <= 0.002 * inked.sum()


@pytest.mark.parametrize("surroundings", SURROUNDINGS, ids=lambda each: each.name)
def test_the_text_is_what_the_glyphs_say(surroundings):
    page = page_in(surroundings)
    lines = [line.split(" ") for line in page.text.split("\n")]
    said = [(g.line, g.word, g.sign) for g in page.glyphs]
    assert said == [
        (line, word, sign)
        for line, words in enumerate(lines)
        for word, signs in enumerate(words)
        for sign in signs
    ]
    assert page.surroundings == surroundings.name
    assert page.hand == "anna"
    assert len(page.glyphs) >= 8


@pytest.mark.parametrize("surroundings", SURROUNDINGS, ids=lambda each: each.name)
def test_the_same_seed_gives_the_same_page(surroundings):
    one, same = page_in(surroundings), fresh_page(surroundings)
    assert np.array_equal(one.picture.pixels, same.picture.pixels)
    assert (one.text, one.glyphs) == (same.text, same.glyphs)


def test_every_surroundings_comes_in_turn_and_more_pages_begin_alike(monkeypatch):
    monkeypatch.setattr(making, "hands", lambda *_: (anna(),))
    monkeypatch.setattr(making, "SURROUNDINGS", SURROUNDINGS[:3])
    pages = list(made_pages("val", 5, seed=1))
    names = [each.name for each in SURROUNDINGS[:3]]
    assert [page.surroundings for page in pages] == [*names, *names[:2]]
    assert len({page.text for page in pages}) == 5
    for fewer, page in zip(made_pages("val", 2, seed=1), pages, strict=False):
        assert np.array_equal(fewer.picture.pixels, page.picture.pixels)
    assert next(made_pages("test", 1, seed=1)).text != pages[0].text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("signs", [frozenset("0123456789"), frozenset("EXIT47"), None])
def test_only_what_a_writer_wrote_is_asked_for(kind, signs):
    signs = SIGNS[kind] if signs is None else signs
    several = items(np.random.default_rng(0), signs, kind)
    said = [word for _ in range(300) for word in next(several)]
    assert all(said)
    assert set("".join(said)) <= signs
    assert len(set(said)) > 100


def test_another_seed_gives_another_page():
    one, other = (page_in(SURROUNDINGS[0], seed) for seed in (3, 4))
    assert one.text != other.text


# --- Splits ------------------------------------------------------------------------------------


@has_data
@pytest.mark.parametrize("kind", KINDS)
def test_nobody_is_in_two_splits(kind):
    folder = data_folder()
    known = {
        split: {f"UNIPEN {name}" for name in load_unipen(folder, split).writers} for split in SPLITS
    }
    for split, other in (("val", "test"), ("test", "val")):
        several = hands(folder, split, kind)
        writers = {hand.name for hand in several if hand.name.startswith("UNIPEN")}
        assert writers
        assert writers <= known[split]
        assert not writers & (known["train"] | known[other])
        assert any(hand.name.startswith("UJI") for hand in several) == (split == "test")


@has_data
def test_no_picture_is_in_two_splits():
    images = [
        {
            (image.shape, image.tobytes())
            for hand in hands(data_folder(), split, "blocks")
            if isinstance(hand, PictureHand)
            for of_sign in hand.images.values()
            for image in of_sign
        }
        for split in ("val", "test")
    ]
    assert min(map(len, images)) > 500
    assert not images[0] & images[1]


@has_data
def test_pieces_of_characters_are_left_out():
    for hand in hands(data_folder(), "val", "blocks"):
        if not isinstance(hand, InkHand):
            continue
        for sign, rows in hand.rows.items():
            assert len(rows) >= 2
            boxes = [hand.samples.ink(int(row)).box for row in rows]
            assert all(box.height > box.width / 3 for box in boxes) or sign in "1I"


# --- Measuring ---------------------------------------------------------------------------------


def answer(surroundings, written, read, others=MappingProxyType({})):
    return PageAnswer(surroundings, "anna", written, read, 0.5, others)


def test_texts_are_compared_in_one_case_with_one_space():
    assert compared("An  A\n 47\r\n\x0c") == "an a 47"


def test_a_report_adds_up_by_surroundings():
    answers = [
        answer("plain scan", "hat 47", "hat 47"),
        answer("plain scan", "late", "lote"),
        answer("dim photo", "hall", ""),
    ]
    report = pages_report(answers, kind="blocks", split="val", model="m", tesseract=None)
    cells = {
        row.split("|")[1].strip(): [cell.strip() for cell in row.split("|")[2:-1]]
        for row in report.splitlines()
        if row.startswith("| ")
    }
    assert cells["plain scan"][:3] == ["2", "10", "10.0"]
    assert cells["dim photo"][:4] == ["1", "4", "100.0", "100.0 to 100.0"]
    assert cells["**all pages**"][:3] == ["3", "14", "35.7"]
    assert "3 pages, 14 characters" in report
    assert "its column is left out" in report
    assert "Tesseract 5" not in report


def test_a_report_has_the_best_of_tesseract_and_each_of_its_modes():
    answers = [
        answer("plain scan", "abcd", "abcd", {3: "abxx", 6: "abcx"}),
        answer("plain scan", "abcd", "abcd", {3: "abcd", 6: ""}),
    ]
    tesseract = Tesseract("/nowhere/tesseract", "5.3.0")
    report = pages_report(answers, kind="blocks", split="val", model="m", tesseract=tesseract)
    row = next(row for row in report.splitlines() if row.startswith("| plain scan"))
    assert row.endswith("| 12.5 |")
    assert "25.0 with --psm 3, 62.5 with --psm 6" in report


def test_without_tesseract_there_is_none(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_tesseract() is None


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_tesseract_reads_print():
    tesseract = find_tesseract()
    assert tesseract is not None
    assert tesseract.version[0].isdigit()
    sheet = np.full((200, 900, 3), 255, np.uint8)
    cv2.putText(sheet, "HELLO 4711", (60, 120), cv2.FONT_HERSHEY_DUPLEX, 3, (0, 0, 0), 6)
    read = tesseract.read(Picture(sheet, "print"), mode=6, signs=None)
    assert compared(read) == "hello 4711"
    only = tesseract.read(Picture(sheet, "print"), mode=6, signs="0123456789")
    assert not set(only) & set("HELO")


def test_plain_pages_are_read_one_by_one(monkeypatch):
    monkeypatch.setattr(making, "hands", lambda *_: (anna(),))
    classifier = open_classifier(open_model(DEFAULT_MODEL), "litert")
    answers = tuple(measure_pages(classifier, "val", 2, kind="blocks", tesseract=None))
    pages = tuple(made_pages("val", 2, seed=SEED))
    assert [answer.written for answer in answers] == [compared(page.text) for page in pages]
    assert [answer.surroundings for answer in answers] == ["plain scan", "black-and-white scan"]
    assert all(answer.seconds > 0 for answer in answers)
    # a hand of straight lines and arcs: next to nothing is misread
    assert error_rate(answers) <= 0.12


def test_the_command_prints_a_table_a_kind(monkeypatch, capsys):
    monkeypatch.setattr(making, "hands", lambda *_: (anna(),))
    monkeypatch.setattr(command, "PAGE_COUNTS", {"blocks": 2, "mixed": 1})
    monkeypatch.setattr(command, "find_tesseract", lambda: None)
    assert main(["evaluate", "pages", "--split", "val", "--engine", "litert"]) == 0
    said = capsys.readouterr().out
    assert "block capitals and digits, made of handwriting of val" in said
    assert "small letters and signs" in said
    assert said.count("| **all pages** |") == 2
    assert said.count("| black-and-white scan |") == 1
