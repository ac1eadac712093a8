"""Print: the table of fonts, and what is drawn of one."""

from __future__ import annotations

import dataclasses
import shutil
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from PIL import ImageFont

from core.alphabet import ASCII94, Alphabet
from core.errors import DamagedFileError
from core.glyph import make_tile
from core.training.data import SPLITS, fonts
from core.training.data.font_families import FAMILIES, Family
from core.training.data.fonts import (
    PRINT_SIDE,
    MissingFontsError,
    MissingPillowError,
    drawn_signs,
    load_print,
)


@pytest.fixture
def place(tmp_path) -> Path:
    """A folder with one font in a folder of its own: the one that Pillow has built in."""
    font = ImageFont.load_default(20)
    assert isinstance(font, ImageFont.FreeTypeFont)
    (tmp_path / "fonts" / "deep").mkdir(parents=True)
    (tmp_path / "fonts" / "deep" / "Plain-Regular.otf").write_bytes(font.font_bytes)
    return tmp_path / "fonts"


def path_of(place: Path) -> Path:
    return place / "deep" / "Plain-Regular.otf"


PLAIN = Family("Plain", "fonts-plain", "CC0-1.0", "sans", "train", ("Plain-Regular",))


# --- The table ---------------------------------------------------------------------------------


def test_families_and_files_are_named_once():
    assert len({family.name for family in FAMILIES}) == len(FAMILIES)
    files = [file for family in FAMILIES for file in family.files]
    assert len(set(files)) == len(files)
    assert all(family.files and family.package.startswith("fonts-") for family in FAMILIES)


def test_every_split_has_every_style_and_its_families_to_itself():
    counts = Counter((family.split, family.style) for family in FAMILIES)
    for split in SPLITS:
        for style in ("serif", "sans", "mono", "hand"):
            assert counts[split, style] > 0
    assert sum(family.style == "hand" for family in FAMILIES) >= 8


def test_every_licence_is_free_and_lets_one_draw():
    """A GNU licence only with the exception for fonts; none that spreads to what is drawn."""
    for family in FAMILIES:
        licence = family.licence
        assert licence.startswith(("Apache-", "BSD-", "Bitstream-", "GPL-", "LicenseRef-", "OFL-"))
        assert ("GPL" in licence) == ("Font-exception-2.0" in licence)


# --- What is drawn -----------------------------------------------------------------------------


def test_every_sign_is_drawn_white_on_black(place):
    samples = load_print("train", families=[PLAIN], places=[place])
    assert tuple(samples.labels) == ASCII94.labels
    assert samples.images.dtype == np.uint8
    assert samples.images.shape == (94, PRINT_SIDE, PRINT_SIDE)
    assert samples.images.max(axis=(1, 2)).min() > 100
    assert (samples.images[:, 0, 0] == 0).all()
    assert samples.writers is not None
    assert set(samples.writers) == {"Plain"}
    assert len({image.tobytes() for image in samples.images}) == 94


def test_signs_are_drawn_at_one_size_and_upright(place):
    signs = dict(drawn_signs(path_of(place), ASCII94))
    height = {sign: np.ptp(np.flatnonzero(image.any(axis=1))) + 1 for sign, image in signs.items()}
    assert height["."] < height["x"] < height["X"] < height["|"] <= PRINT_SIDE
    assert height["X"] == pytest.approx(height["H"], abs=1)
    assert 30 < height["X"] < 50
    upper, lower = np.array_split(signs["L"], 2)
    assert lower.sum() > 1.5 * upper.sum()


def test_a_dot_becomes_a_tile_as_it_does_on_a_page(place):
    """The drawn picture has no scale of its own: the tile's is that of any crop."""
    dot = dict(drawn_signs(path_of(place), ASCII94))["."]
    page = np.zeros((200, 300), np.uint8)
    page[50 : 50 + PRINT_SIDE, 200 : 200 + PRINT_SIDE] = dot
    assert np.array_equal(make_tile(page), make_tile(dot))


def test_a_sign_too_long_for_the_picture_keeps_its_proportions(place):
    """The median is a dot here, so that the bar is drawn far too long."""
    bar = dict(drawn_signs(path_of(place), Alphabet("dots", (".", ",", ":", "|"))))["|"]
    rows, columns = np.flatnonzero(bar.any(axis=1)), np.flatnonzero(bar.any(axis=0))
    assert (rows[0], rows[-1]) == (0, PRINT_SIDE - 1)
    slim = dict(drawn_signs(path_of(place), ASCII94))["|"]
    wanted = slim.any(axis=0).sum() / slim.any(axis=1).sum()
    assert len(columns) / len(rows) == pytest.approx(wanted, abs=0.04)


def test_signs_that_a_font_lacks_are_left_out(place):
    foreign = Alphabet("foreign", ("A", "漢", "⠿", "B"))
    assert [sign for sign, _ in drawn_signs(path_of(place), foreign)] == ["A", "B"]
    few = Alphabet("few", ("a", "b", "\\"))
    lacking = dataclasses.replace(PLAIN, lacks="\\a")
    samples = load_print("train", alphabet=few, families=[lacking], places=[place])
    assert samples.labels.tolist() == ["b"]


def test_small_letters_drawn_as_capitals_are_left_out(place, monkeypatch):
    drawing = fonts._drawing
    monkeypatch.setattr(fonts, "_drawing", lambda font, sign: drawing(font, sign.upper()))
    letters = Alphabet("letters", ("a", "A", "z", "7"))
    assert [sign for sign, _ in drawn_signs(path_of(place), letters)] == ["A", "7"]


def test_families_of_other_splits_are_not_drawn(place):
    other = dataclasses.replace(PLAIN, name="Other", split="val", files=("Not-Here",))
    samples = load_print("train", families=[PLAIN, other], places=[place])
    assert samples.writers is not None
    assert set(samples.writers) == {"Plain"}
    assert len(load_print("test", families=[PLAIN, other], places=[place])) == 0


def test_the_first_place_that_has_a_font_is_taken(place, tmp_path):
    first = tmp_path / "first"
    first.mkdir()
    shutil.copy(path_of(place), first / "Plain-Regular.ttf")
    path_of(place).write_bytes(b"no font")
    assert len(load_print("train", families=[PLAIN], places=[first, place])) == 94


# --- What is missing ---------------------------------------------------------------------------


def test_missing_fonts_are_one_line_to_install(tmp_path):
    missing = [
        dataclasses.replace(PLAIN, name=name, package=package)
        for name, package in (("A", "fonts-z"), ("B", "fonts-b"), ("C", "fonts-z"))
    ]
    with pytest.raises(MissingFontsError) as caught:
        load_print("train", families=missing, places=[tmp_path, tmp_path / "nowhere"])
    assert caught.value.packages == ("fonts-b", "fonts-z")
    assert str(caught.value).endswith("sudo apt-get install fonts-b fonts-z")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("data", [b"", b"no font", b"OTTO\0\1"])
def test_a_damaged_font_is_named(place, data):
    path_of(place).write_bytes(data)
    with pytest.raises(DamagedFileError, match="Plain-Regular"):
        load_print("train", families=[PLAIN], places=[place])


def test_pillow_is_asked_for_by_the_name_of_its_extra(place, monkeypatch):
    monkeypatch.setitem(sys.modules, "PIL", None)
    with pytest.raises(MissingPillowError, match=r"glyphpad\[train\]"):
        load_print("train", families=[PLAIN], places=[place])
