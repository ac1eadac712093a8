"""Words on a pad: cut into characters, read by shape, place and neighbours, and remembered."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.alphabet import ALNUM36, ALNUM62, ASCII94, DIGITS
from core.classifying import Classifier, open_classifier
from core.corrections import Correction
from core.guides import Guides
from core.ink import Ink, Stroke
from core.models import DEFAULT_MODEL, open_model
from core.pen_reading import PenReader, parted
from core.reading import ReadLine
from core.recognising import recognise_ink
from tests.core.handwriting import arc, character, written


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return open_classifier(open_model(DEFAULT_MODEL), "litert")


@pytest.fixture
def reader(classifier) -> PenReader:
    return PenReader(classifier)


def text_of(lines: tuple[ReadLine, ...]) -> str:
    return "\n".join(line.text for line in lines)


def ring(x: float, height: float, baseline: float = 100) -> Stroke:
    """An o, O or 0 on a baseline."""
    places = arc(x, baseline - height / 2, height * 0.4, height / 2, -90, 265)
    return Stroke.through(np.array(places, np.float32))


def after(ink: Ink, stroke: Stroke) -> Ink:
    return Ink((*ink.strokes, stroke))


def moved(ink: Ink, x: float, y: float, scale: float = 1) -> Ink:
    by = np.float32([x, y])
    return Ink(tuple(Stroke.through(s.xy * np.float32(scale) + by) for s in ink.strokes))


# --- Lines, words, characters ------------------------------------------------------------------


@pytest.mark.parametrize("text", ["HAT 324\nEEL 477", "THE HEAT", "HALE + 47 A", "in HALL 7"])
def test_words_and_lines_are_read(reader, text):
    found = text_of(reader.read(written(text), alphabet=ASCII94))
    assert found.replace("l", "L").lower() == text.lower()


def test_nothing_is_read_where_there_is_no_ink(reader):
    assert reader.read(Ink(), alphabet=ASCII94) == ()


def test_a_line_that_slopes_is_one(reader):
    assert len(reader.read(written("HAT TALE HAT", slope=0.25), alphabet=ASCII94)) == 1


def test_all_of_it_may_be_known_to_be_one_line(reader):
    ink = Ink((*character("A").strokes, *character("T", x=300, y=160).strokes))
    assert len(reader.read(ink, alphabet=ASCII94)) == 2
    (line,) = reader.read(ink, alphabet=ASCII94, one_line=True)
    assert line.text.replace(" ", "") == "AT"


@given(x=st.floats(-500, 500), y=st.floats(-500, 500), scale=st.floats(0.3, 4))
@settings(max_examples=15, deadline=None)
def test_words_are_read_at_any_place_and_size(classifier, x, y, scale):
    ink = moved(written("HAT 47"), x, y, scale)
    assert text_of(PenReader(classifier).read(ink, alphabet=ASCII94)) == "HAT 47"


def test_letters_may_be_written_in_any_order(reader):
    ink = written("HEAT")
    there = text_of(reader.read(ink, alphabet=ASCII94))
    back = text_of(reader.read(Ink(ink.strokes[::-1]), alphabet=ASCII94))
    assert there == back == "HEAT"


def test_every_stroke_is_in_one_glyph(reader):
    ink = written("HE ATE 24\nPLEA 47".replace("P", "H"))
    lines = reader.read(ink, alphabet=ASCII94)
    strokes = [s for line in lines for w in line.words for g in w.glyphs for s in g.glyph.strokes]
    assert len(strokes) == len(ink.strokes)
    assert set(strokes) == set(ink.strokes)


@pytest.mark.parametrize(
    "ink",
    [
        Ink((Stroke.through(np.zeros((1, 2), np.float32)),)),
        Ink((Stroke.through(np.zeros((1000, 2), np.float32)),)),
        Ink((Stroke.through(np.array([[-1e6, 1e6], [1e6, -1e6]], np.float32)),)),
        Ink(tuple(Stroke.through(np.full((1, 2), 40, np.float32)) for _ in range(60))),
    ],
    ids=["a point", "a thousand points in one place", "far outside", "dots on each other"],
)
def test_odd_ink_is_read_as_something(reader, ink):
    lines = reader.read(ink, alphabet=ASCII94)
    assert sum(len(word.glyphs) for line in lines for word in line.words) >= 1


# --- Place and neighbours ----------------------------------------------------------------------


def test_a_ring_is_what_its_height_on_the_line_says(reader):
    small = after(written("nin"), ring(190, 46, baseline=80))
    large = after(written("nin"), ring(190, 88, baseline=80))
    assert text_of(reader.read(small, alphabet=ALNUM62))[-1] == "o"
    assert text_of(reader.read(large, alphabet=ALNUM62))[-1] in "O0"


def test_a_ring_among_digits_is_a_digit(reader):
    ink = written("247")
    ink = after(ink, ring(ink.box.right + 50, 80, baseline=80))
    assert text_of(reader.read(ink, alphabet=ALNUM62)) == "2470"


def test_guide_lines_tell_the_case_of_a_letter_by_itself(reader):
    guides = Guides()
    base = guides.baseline(1)
    for height, sign in ((guides.x_height, "o"), (guides.capital_height, "O")):
        ink = Ink((ring(100, height, baseline=base),))
        (line,) = reader.read(ink, alphabet=ALNUM62, guides=guides)
        assert line.text in {sign, "0" if sign == "O" else sign}


def test_a_character_by_itself_has_the_odds_of_its_shape(classifier, reader):
    ink = character("o")
    (line,) = reader.read(ink, alphabet=ASCII94)
    (glyph,) = line.words[0].glyphs
    shape = classifier.classify_glyphs([glyph.glyph])
    assert [c.label for c in glyph.candidates] == [c.label for c in shape.top(10)]
    assert glyph.confidence == pytest.approx(shape.top(1)[0].probability, abs=1e-3)


@pytest.mark.parametrize("alphabet", [DIGITS, ALNUM36, ALNUM62])
def test_only_signs_of_the_alphabet_come_out(reader, alphabet):
    lines = reader.read(written("HA 47"), alphabet=alphabet)
    glyphs = [glyph for line in lines for word in line.words for glyph in word.glyphs]
    assert {c.label for g in glyphs for c in g.candidates} <= set(alphabet.labels)


def test_odds_of_a_glyph_come_to_one_and_its_text_is_the_likeliest(reader):
    for line in reader.read(written("HAT 324\nEEL 477"), alphabet=DIGITS):
        for word in line.words:
            for glyph in word.glyphs:
                odds = [candidate.probability for candidate in glyph.candidates]
                assert sum(odds) == pytest.approx(1, abs=1e-3)
                assert (glyph.text, glyph.confidence) == (glyph.candidates[0].label, max(odds))


# --- Corrections -------------------------------------------------------------------------------


def test_what_someone_said_a_character_is_it_is(reader):
    ink = written("HAT")
    cross = character("A").strokes
    middle = ink.strokes[3 : 3 + len(cross)]
    (line,) = reader.read(ink, alphabet=ASCII94, corrections=[Correction(middle, "R")])
    assert line.text == "HRT"
    told = line.words[0].glyphs[1]
    assert (told.told, told.confidence) == (True, 1.0)


def test_strokes_that_were_joined_are_one_glyph_and_those_split_are_two(reader):
    ink = written("HAT")
    joined = Correction(ink.strokes[:5])
    (line,) = reader.read(ink, alphabet=ASCII94, corrections=[joined])
    assert line.words[0].glyphs[0].glyph.strokes == ink.strokes[:5]
    parts = [Correction((ink.strokes[0],)), Correction(ink.strokes[1:3])]
    (line,) = reader.read(ink, alphabet=ASCII94, corrections=parts)
    glyphs = [glyph for word in line.words for glyph in word.glyphs]
    assert {g.glyph.strokes for g in glyphs} >= {(ink.strokes[0],), ink.strokes[1:3]}


def test_of_two_corrections_about_a_stroke_the_later_counts(reader):
    ink = character("A")
    said = [Correction(ink.strokes, "R"), Correction(ink.strokes, "4")]
    assert text_of(reader.read(ink, alphabet=ASCII94, corrections=said)) == "4"


def test_a_correction_of_ink_that_is_gone_does_nothing(reader):
    ink = character("A")
    gone = Correction(character("T").strokes, "X")
    assert text_of(reader.read(ink, alphabet=ASCII94, corrections=[gone])) == "A"


def test_strokes_are_parted_where_they_are_furthest_apart():
    strokes = [ring(x, 20) for x in (0, 12, 80, 95)]
    left, right = parted(strokes)
    assert (left, right) == (tuple(strokes[:2]), tuple(strokes[2:]))
    with pytest.raises(ValueError, match="not cut"):
        parted(strokes[:1])


# --- Looking again -----------------------------------------------------------------------------


class Counting:
    """An engine that counts what it is asked."""

    name = "counting"

    def __init__(self, engine) -> None:
        self._engine, self.tiles = engine, 0

    def logits(
        self, tiles: NDArray[np.float32], tracks: NDArray[np.float32] | None = None
    ) -> NDArray[np.float32]:
        self.tiles += len(tiles)
        return self._engine.logits(tiles, tracks)


def test_only_new_ink_is_looked_at(classifier):
    counting = Counting(classifier._engine)
    reader = PenReader(Classifier(classifier.model, counting))
    page = written("\n".join(["HAT 324 EEL"] * 12))
    first = text_of(reader.read(page, alphabet=ASCII94))
    asked = counting.tiles
    assert text_of(reader.read(page, alphabet=ASCII94)) == first
    assert counting.tiles == asked
    more = Ink((*page.strokes, *character("7", x=page.box.right + 20, y=0).strokes))
    reader.read(more, alphabet=ASCII94)
    assert 0 < counting.tiles - asked < 30 < asked / 10
    reader.read(more, alphabet=DIGITS)
    assert counting.tiles - asked < 30


def test_what_is_remembered_changes_no_answer(classifier):
    """A pad that grew stroke by stroke is read as one that was there at once."""
    ink = written("HAT 324\nEEL")
    growing = PenReader(classifier)
    for count in range(1, len(ink.strokes) + 1):
        grown = growing.read(Ink(ink.strokes[:count]), alphabet=ASCII94)
    fresh = PenReader(classifier).read(ink, alphabet=ASCII94)
    assert text_of(grown) == text_of(fresh)
    for one, other in zip(grown, fresh, strict=True):
        ours = [g.confidence for w in one.words for g in w.glyphs]
        assert ours == pytest.approx([g.confidence for w in other.words for g in w.glyphs])


def test_what_is_gone_is_forgotten(reader):
    reader.read(written("HAT 324"), alphabet=ASCII94)
    reader.read(character("A"), alphabet=ASCII94)
    assert len(reader._lines) == len(reader._decided) == len(reader._read) == 1
    assert len(reader._looks) <= 3


def test_a_reading_of_ink_goes_the_same_way(classifier):
    ink = written("HAT 47")
    reading = recognise_ink(ink, classifier, alphabet=ASCII94, layout="auto")
    assert reading.text == "HAT 47"
    assert [reading.text[place] for place in reading.places] == list("HAT47")
