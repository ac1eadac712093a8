"""The whole way: ink or picture in, reading out; and one tile for training and use."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from core.alphabet import ALNUM36, ALNUM62, ALPHABETS, ASCII94, BALANCED47, DIGITS, Alphabet
from core.classifying import Classifier, open_classifier
from core.cleaning import clean
from core.finding import LAYOUTS, find_lines, joined_glyph
from core.glyph import Glyph, make_tile, whole_glyph
from core.ink import Ink, Stroke
from core.models import DEFAULT_MODEL, open_model
from core.picture import picture_from_pixels
from core.raster import Raster
from core.rasterising import rasterise_character
from core.recognising import ink_glyph, recognise_ink, recognise_picture
from core.training.data import ImageSamples, InkSamples
from core.training.forms import plain_tile, plain_tiles
from tests.core.handwriting import CHARACTERS, character, photo, written

CLEAR = "2347AEHT+="
"""Characters that any model worth the name reads."""


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return open_classifier(open_model(DEFAULT_MODEL), "litert")


class Marks:
    """A stand-in for an engine: the logits of a tile follow from its brightness alone."""

    name = "marks"

    def logits(
        self, tiles: NDArray[np.float32], tracks: NDArray[np.float32] | None = None
    ) -> NDArray[np.float32]:
        grey = tiles.mean(axis=(1, 2), keepdims=True)[:, :, 0]
        return np.sin(np.arange(94, dtype=np.float32) * 100 * grey) * np.float32(4)


# --- Readings ----------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", CLEAR)
def test_a_clear_character_is_read_from_ink_and_from_a_picture(classifier, sign):
    ink = character(sign)
    assert recognise_ink(ink, classifier, alphabet=ASCII94).text == sign
    for layout in ("auto", "character"):
        if sign == "=" and layout == "auto":
            continue  # two bars and nothing else may as well be two lines
        reading = recognise_picture(photo(ink), classifier, alphabet=ASCII94, layout=layout)
        assert reading.text == sign


def test_lines_and_words_are_read(classifier):
    text = "HAT 324\nEEL 477"
    ink = recognise_ink(written(text), classifier, alphabet=ASCII94, layout="auto")
    picture = recognise_picture(photo(written(text)), classifier, alphabet=ALNUM36)
    for reading in (ink, picture):
        assert reading.text == text
        assert [[len(w.glyphs) for w in line.words] for line in reading.lines] == [[3, 3], [3, 3]]


def test_a_negative_is_read_as_the_picture_is(classifier):
    page = photo(written("HAT 324"))
    negative = picture_from_pixels(255 - page.pixels, source="negative")
    assert recognise_picture(negative, classifier, alphabet=ALNUM36).text == "HAT 324"


def test_a_reading_says_what_it_is_of(classifier):
    page = photo(character("A"))
    reading = recognise_picture(page, classifier, alphabet=ALNUM62)
    assert (reading.source, reading.page) == ("sheet", 1)
    assert (reading.height, reading.width) == page.pixels.shape[:2]
    assert (reading.model, reading.alphabet) == (DEFAULT_MODEL, "alnum62")
    (glyph,) = reading.glyphs
    assert 0 <= glyph.box.x < glyph.box.right <= reading.width
    pad = recognise_ink(character("A", x=30), classifier, alphabet=DIGITS, source="a.inkml")
    assert (pad.source, pad.alphabet) == ("a.inkml", "digits")
    assert pad.width == pytest.approx(30 + 0.76 * 80)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("alphabet", ALPHABETS.values(), ids=ALPHABETS)
def test_blank_input_is_nothing_here(classifier, layout, alphabet):
    white = picture_from_pixels(np.full((60, 90, 3), 255, np.uint8), source="white")
    noise = np.random.default_rng(8).integers(0, 256, (60, 90, 3), np.uint8)
    readings = [
        recognise_ink(Ink(), classifier, alphabet=alphabet, layout=layout),
        recognise_picture(white, classifier, alphabet=alphabet, layout=layout),
        recognise_picture(
            picture_from_pixels(noise, source="noise"),
            classifier,
            alphabet=alphabet,
            layout=layout,
        ),
    ]
    for reading in readings:
        assert reading.nothing_here
        assert (reading.text, reading.glyphs) == ("", ())


def test_one_dot_is_read(classifier):
    dot = Ink((Stroke.through(np.float32([[50, 50]])),))
    for layout in LAYOUTS:
        assert len(recognise_ink(dot, classifier, alphabet=ASCII94, layout=layout).glyphs) == 1


def test_ink_left_of_the_pad_has_a_reading_all_the_same(classifier):
    reading = recognise_ink(character("A", x=-500, y=-500), classifier, alphabet=ASCII94)
    assert (reading.text, reading.width, reading.height) == ("A", 0, 0)


# --- Alphabets ---------------------------------------------------------------------------------


@pytest.mark.parametrize("alphabet", ALPHABETS.values(), ids=ALPHABETS)
def test_only_signs_of_the_alphabet_come_out(alphabet):
    classifier = Classifier(open_model("glyphnet"), Marks())
    glyphs = [ink_glyph(character(sign)) for sign in CHARACTERS]
    prediction = classifier.classify_glyphs(glyphs).restricted_to(alphabet)
    assert prediction.alphabet == alphabet
    assert prediction.probabilities.sum(axis=1) == pytest.approx(1, abs=1e-5)
    for sign in "AEi%":
        reading = recognise_ink(character(sign), classifier, alphabet=alphabet)
        (glyph,) = reading.glyphs
        assert {candidate.label for candidate in glyph.candidates} <= set(alphabet.labels)


def test_a_narrower_alphabet_merges_what_it_does_not_tell_apart():
    classifier = Classifier(open_model("glyphnet"), Marks())
    glyph = ink_glyph(character("A"))
    wide = classifier.classify_glyphs([glyph]).restricted_to(ASCII94).probabilities[0]
    narrow = classifier.classify_glyphs([glyph]).restricted_to(BALANCED47).probabilities[0]
    c = BALANCED47.labels.index("C")
    a = BALANCED47.labels.index("a")
    both = wide[ASCII94.labels.index("C")] + wide[ASCII94.labels.index("c")]
    known = sum(wide[ASCII94.labels.index(sign)] for sign in ALNUM62.labels)
    assert narrow[c] == pytest.approx(both / known, rel=1e-4)
    assert narrow[a] == pytest.approx(wide[ASCII94.labels.index("a")] / known, rel=1e-4)


def test_an_alphabet_that_the_model_has_not_is_refused(classifier):
    greek = Alphabet("greek", ("α", "β"))  # noqa: RUF001  # the alphabet is Greek
    with pytest.raises(ValueError, match="ascii94 has no α β"):  # noqa: RUF001
        recognise_ink(character("A"), classifier, alphabet=greek)


# --- One tile ----------------------------------------------------------------------------------


def as_samples(inks: list[Ink]) -> InkSamples:
    """`inks` as the loaders of the training hand them over."""
    strokes = [stroke for ink in inks for stroke in ink.strokes]
    lengths = [len(stroke.points) for stroke in strokes]
    counts = [len(ink.strokes) for ink in inks]
    return InkSamples(
        name="test",
        points=np.concatenate([stroke.xy for stroke in strokes]),
        stroke_offsets=np.array([0, *np.cumsum(lengths)]),
        sample_offsets=np.array([0, *np.cumsum(counts)]),
        labels=np.array(["?"] * len(inks)),
        writers=np.array(["w"] * len(inks)),
        rows=np.arange(len(inks)),
    )


@pytest.mark.parametrize("size", [12, 80, 700])
def test_training_and_the_pad_see_the_same_tile_of_ink(size):
    inks = [character(sign, size=size, x=5, y=9) for sign in CHARACTERS]
    tiles = plain_tiles(as_samples(inks))
    for ink, tile in zip(inks, tiles, strict=True):
        glyph = ink_glyph(ink)
        assert np.array_equal(glyph.tile, tile)


@pytest.mark.parametrize("layout", ["character", "auto"])
def test_training_and_use_see_the_same_tile_of_a_picture(layout):
    """A picture in use is cleaned and cut; one to learn from is cleaned when it is loaded."""
    for sign in CLEAR.replace("=", ""):
        raster = clean(photo(character(sign)))
        samples = ImageSamples("test", raster.pixels[None], np.array([sign]))
        glyph = whole_glyph(raster) if layout == "character" else widest(raster)
        assert glyph is not None
        assert np.array_equal(plain_tile(samples, 0), glyph.tile)


def widest(raster: Raster) -> Glyph:
    """The glyph of all the ink of a raster of one line."""
    (line,) = find_lines(raster)
    return joined_glyph(line.parts)


def alikeness(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """The cosine between two tiles, the best of those with one a pixel to a side: where the centre
    of mass is rounded to is chance."""
    one = cv2.GaussianBlur(one, (0, 0), 0.8)
    other = cv2.GaussianBlur(other, (0, 0), 0.8)
    whole = np.linalg.norm(one) * np.linalg.norm(other)
    sides = [(down, across) for down in (-1, 0, 1) for across in (-1, 0, 1)]
    return max(float((one * np.roll(other, side, (0, 1))).sum() / whole) for side in sides)


def test_different_characters_have_different_tiles():
    """So that the next test could fail."""
    tiles = [ink_glyph(character(sign)).tile for sign in "247AET+%"]
    for index, tile in enumerate(tiles):
        assert max(alikeness(tile, other) for other in tiles[:index] + tiles[index + 1 :]) < 0.9


@pytest.mark.parametrize("sign", CHARACTERS)
def test_ink_and_a_picture_of_it_give_nearly_the_same_tile(sign):
    """The picture's pen is that of the recognised raster, so that only the cleaning differs."""
    raster = rasterise_character(character(sign))
    page = np.full((160, 160), 240.0)
    height, width = raster.pixels.shape
    page[20 : 20 + height, 20 : 20 + width] -= raster.pixels * (200 / 255)
    pixels = np.repeat(np.rint(page).astype(np.uint8)[..., None], 3, axis=2)
    picture = picture_from_pixels(pixels, source="drawn")
    glyph = whole_glyph(clean(picture))
    assert alikeness(glyph.tile, make_tile(raster.pixels)) > 0.95


def test_a_tile_is_the_same_wherever_the_ink_lies():
    here = ink_glyph(character("A"))
    there = ink_glyph(character("A", x=1024, y=-512))
    assert np.abs(here.tile - there.tile).max() <= 2 / 255
    assert there.box.x - here.box.x == pytest.approx(1024, abs=0.1)


# --- predict -----------------------------------------------------------------------------------


def test_predict_has_a_row_a_glyph_in_order(classifier):
    glyphs = [ink_glyph(character(sign)) for sign in CLEAR]
    prediction = classifier.classify_glyphs(glyphs).restricted_to(ASCII94)
    assert "".join(prediction.top(1, row)[0].label for row in range(len(CLEAR))) == CLEAR
    assert all(math.isfinite(value) for value in prediction.probabilities.ravel())


def test_predict_of_nothing_is_nothing(classifier):
    prediction = classifier.classify_glyphs([]).restricted_to(DIGITS)
    assert prediction.nothing_here
    assert prediction.probabilities.shape == (0, 10)
