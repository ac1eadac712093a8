"""What is expected of characters beside one another, and the line that they stand on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.alphabet import ALNUM36, ASCII94, DIGITS
from core.box import Box
from core.classifying import open_classifier
from core.composing.context import (
    START,
    Kind,
    context_text,
    gap_features,
    kind_of,
    load_context,
    read_context,
)
from core.composing.deciding import LineDecider, Weights, decide
from core.composing.placing import Frame, fit_frame, place_odds
from core.glyph import TILE_SIZE, Glyph
from core.lattice import JOINT_FEATURES, Hypothesis, Lattice
from core.models import DEFAULT_MODEL, open_model
from core.training.context import learnt_context, spelt
from tests.core.handwriting import written
from tests.core.test_letters import packed

TILE = np.ones((TILE_SIZE, TILE_SIZE), np.float32)
CONTEXT = load_context()


def place(sign: str) -> np.ndarray:
    return CONTEXT.places[ASCII94.index[sign]]


def box_of(sign: str, x: float, *, baseline: float, x_height: float) -> Box:
    top, bottom = place(sign)[:2]
    return Box(x, baseline - top * x_height, 0.7 * x_height, (top - bottom) * x_height)


def certain(text: str) -> np.ndarray:
    odds = np.full((len(text), 94), 1e-4)
    odds[range(len(text)), [ASCII94.index[sign] for sign in text]] = 1
    return odds / odds.sum(axis=1, keepdims=True)


# --- What ships --------------------------------------------------------------------------------


def test_letters_stand_where_people_put_them():
    for sign in "acemnorsuvwxz":
        assert place(sign)[0] == pytest.approx(1, abs=0.15)
        assert place(sign)[1] == pytest.approx(0, abs=0.15)
    for sign in "bdhklABEHTX0123456789":
        assert place(sign)[0] > 1.4
        assert place(sign)[1] == pytest.approx(0, abs=0.2)
    for sign in "gpqy":
        assert place(sign)[1] < -0.6
    assert place(",")[1] < -0.2 < place(".")[1]
    assert place("'")[1] > 1 > place(",")[0]


def test_neighbours_and_gaps_make_sense():
    odds = np.exp(CONTEXT.neighbours)
    assert odds.sum(axis=1) == pytest.approx(np.ones(START + 1), abs=0.06)
    kinds = np.array([kind_of(sign) for sign in ASCII94.labels])
    for sign, kind in (("e", Kind.SMALL), ("E", Kind.CAPITAL), ("4", Kind.DIGIT)):
        after = [odds[ASCII94.index[sign], kinds == other].sum() for other in Kind]
        assert int(np.argmax(after)) == kind
    assert (
        odds[START, kinds == Kind.CAPITAL].sum()
        > 3 * odds[ASCII94.index["e"], kinds == Kind.CAPITAL].sum()
    )
    assert odds[ASCII94.index["q"]].argmax() == ASCII94.index["u"]
    assert odds.min() > 1e-6
    within, between = CONTEXT.breaks(np.array([0.0, 0.1, 0.1, 1.5, 0.1])).T
    assert (between > within).tolist() == [False, False, False, True, False]


def test_kinds_of_all_signs():
    kinds = [kind_of(sign) for sign in ASCII94.labels]
    assert [kinds.count(kind) for kind in Kind] == [26, 26, 10, 32]


def test_a_context_is_written_and_read(tmp_path):
    path = tmp_path / "context.json"
    path.write_text(context_text(CONTEXT), encoding="utf-8")
    again = read_context(path)
    for name in ("places", "neighbours", "cut", "gap"):
        assert getattr(again, name) == pytest.approx(getattr(CONTEXT, name), abs=0.05)


def test_a_gap_is_measured_against_those_of_its_line():
    wide = gap_features(np.array([0, 0.8, 0.8, 0.8, 2.0]))
    assert wide[3].tolist() == pytest.approx([0.8, 0, 0.4, 0.8 / 0.9, -1.2])
    assert wide[4].tolist() == pytest.approx([2.0, 1.2, 1, 2 / 0.9, 0])
    assert not gap_features(np.zeros(1)).any()


# --- The line ----------------------------------------------------------------------------------


@given(
    baseline=st.floats(-500, 2000),
    x_height=st.floats(6, 300),
    slope=st.floats(-0.15, 0.15),
)
@settings(max_examples=40, deadline=None)
def test_a_line_is_found_where_it_stands(baseline, x_height, slope):
    text = "Typing 4 xylophones"
    signs = text.replace(" ", "")
    boxes = []
    for index, sign in enumerate(signs):
        x = index * x_height
        level = baseline + slope * (x + 0.35 * x_height)
        boxes.append(box_of(sign, x, baseline=level, x_height=x_height))
    frame = fit_frame(boxes, certain(signs), CONTEXT)
    assert frame.x_height == pytest.approx(x_height, rel=0.03)
    assert frame.slope == pytest.approx(slope, abs=0.01)
    middle = len(signs) / 2 * x_height
    found = frame.baseline + frame.slope * middle
    assert found == pytest.approx(baseline + slope * middle, abs=0.05 * x_height)


def test_what_other_lines_have_is_expected_of_one_that_says_nothing():
    """A ring may be an o or an O; beside lines of a known height it is one of them."""
    either = np.zeros((1, 94))
    either[0, [ASCII94.index["o"], ASCII94.index["O"]]] = 0.5
    ring = [Box(0, 0, 40, 50)]
    small = fit_frame(ring, either, CONTEXT, expected=52)
    large = fit_frame(ring, either, CONTEXT, expected=30)
    for frame, sign, other in ((small, "o", "O"), (large, "O", "o")):
        odds = place_odds(frame, ring, CONTEXT)[0]
        assert odds[ASCII94.index[sign]] > odds[ASCII94.index[other]]


def test_places_tell_what_shapes_do_not():
    frame = Frame(100, 0, 40)
    comma, quote = Box(0, 95, 8, 25), Box(0, 26, 8, 25)
    for box, sign, other in ((comma, ",", "'"), (quote, "'", ",")):
        odds = place_odds(frame, [box], CONTEXT)[0]
        assert odds[ASCII94.index[sign]] > odds[ASCII94.index[other]] + 2


# --- The choice --------------------------------------------------------------------------------


def lattice_of(boxes: list[Box]) -> Lattice:
    """One where each piece can only be a character by itself."""
    hypotheses = tuple(
        Hypothesis(index, index + 1, Glyph(TILE, box)) for index, box in enumerate(boxes)
    )
    gaps = np.zeros(len(boxes))
    return Lattice(50, gaps, np.zeros((len(boxes), JOINT_FEATURES)), hypotheses)


def ambiguous(text: str, choices: str) -> np.ndarray:
    """The signs of `text`, but that those of `choices` look alike."""
    odds = certain(text)
    columns = [ASCII94.index[sign] for sign in choices]
    for row, sign in enumerate(text):
        if sign in choices:
            odds[row] = 1e-4
            odds[row, columns] = 1 / len(choices)
    return (odds / odds.sum(axis=1, keepdims=True)).astype(np.float32)


@pytest.mark.parametrize(("text", "wanted"), [("2470", "0"), ("x0x", "o"), ("T0T", "O")])
def test_a_ring_is_what_its_neighbours_and_its_height_say(text, wanted):
    boxes = [
        box_of(wanted if sign == "0" else sign, 60 * index, baseline=100, x_height=40)
        for index, sign in enumerate(text)
    ]
    decided = decide(lattice_of(boxes), ambiguous(text, "0oO"), ASCII94, CONTEXT)
    signs = [ASCII94.labels[int(one.odds.argmax())] for one in decided.characters]
    assert signs[text.index("0")] == wanted
    for one in decided.characters:
        assert one.odds.sum() == pytest.approx(1, abs=1e-5)


def test_an_alphabet_without_case_is_placed_by_either():
    boxes = [box_of(sign, 60 * i, baseline=100, x_height=40) for i, sign in enumerate("xAx4")]
    odds = np.full((4, 36), 0.01, np.float32)
    for row, sign in enumerate("XAX4"):
        odds[row, ALNUM36.index[sign]] = 1
    odds /= odds.sum(axis=1, keepdims=True)
    decided = decide(lattice_of(boxes), odds, ALNUM36, CONTEXT)
    found = [ALNUM36.labels[int(one.odds.argmax())] for one in decided.characters]
    assert "".join(found) == "XAX4"


def test_a_lattice_without_a_way_through_is_refused():
    glyph = Glyph(TILE, Box(0, 0, 10, 10))
    with pytest.raises(ValueError, match="by itself"):
        Lattice(50, np.zeros(2), np.zeros((2, JOINT_FEATURES)), (Hypothesis(0, 2, glyph),))
    with pytest.raises(ValueError, match="no pieces"):
        Hypothesis(1, 1, glyph)


def test_weights_of_nothing_leave_the_shapes():
    boxes = [box_of("O", 60 * index, baseline=100, x_height=40) for index in range(3)]
    odds = ambiguous("xOx", "oO")
    odds[1, ASCII94.index["o"]] += 0.01
    bare = Weights(place=0, neighbours=0, gap=0, cut=0)
    decided = decide(lattice_of(boxes), odds, ASCII94, CONTEXT, weights=bare)
    assert decided.characters[1].odds == pytest.approx(odds[1] / odds[1].sum(), abs=1e-4)


# --- Learning ----------------------------------------------------------------------------------


def test_a_context_is_learnt_from_words():
    texts = ["HAT 247", "THE LATE 2", "HALE", "EEL 47 A", "TALL HAT", "nnin", "oinon", "ninn oo"]
    samples = packed([(text, "anna", written(text)) for text in texts])
    found = list(spelt(samples, open_classifier(open_model(DEFAULT_MODEL)), seed=0))
    assert len(found) >= 5
    for sample in found:
        assert len(sample.spans) == len(sample.signs)
    context = learnt_context(found, texts)
    heights = {sign: context.places[ASCII94.index[sign], 0] for sign in "HTEn"}
    assert heights["H"] > 1.2 * heights["n"]
    within, between = context.breaks(np.array([0.0, 0.25, 0.25, 0.95, 0.25])).T
    assert (between > within).tolist() == [False, False, False, True, False]
    after = np.exp(context.neighbours)
    assert after.sum(axis=1) == pytest.approx(np.ones(START + 1), abs=1e-6)
    kinds = np.array([kind_of(sign) for sign in ASCII94.labels])
    capitals, digits = (
        {sign: after[ASCII94.index[sign], kinds == kind].sum() for sign in "HL4"}
        for kind in (Kind.CAPITAL, Kind.DIGIT)
    )
    assert min(capitals["H"], capitals["L"]) > capitals["4"]
    assert digits["4"] > max(digits["H"], digits["L"])


@pytest.mark.parametrize(("numbers", "text"), [(None, "o"), (0.05, "o"), (0.95, "0")])
def test_what_begins_a_word_goes_by_how_many_are_numbers(numbers, text):
    boxes = [box_of("o", 60, baseline=50, x_height=20)]
    decider = LineDecider(lattice_of(boxes), ambiguous("o", "0o"), ASCII94, CONTEXT)
    halfway = Frame(50, 0, 16)  # as high as neither
    (said,) = decider.decide(frame=halfway, numbers=numbers).characters
    assert ASCII94.labels[int(said.odds.argmax())] == text


def test_digits_alone_begin_words_as_they_do():
    boxes = [box_of("1", 10, baseline=50, x_height=20), box_of("7", 60, baseline=50, x_height=20)]
    odds = np.full((2, 10), 0.1)
    decider = LineDecider(lattice_of(boxes), odds, DIGITS, CONTEXT)
    plain, most = decider.decide(), decider.decide(numbers=0.95)
    for one, other in zip(plain.characters, most.characters, strict=True):
        assert one.odds == pytest.approx(other.odds)


def test_what_speaks_for_the_end_of_a_word_parts_what_is_even():
    boxes = [box_of(sign, x, baseline=50, x_height=20) for sign, x in (("n", 10), ("o", 40))]
    lattice = replace(lattice_of(boxes), gaps=np.array([0.0, 0.3]))
    words = [
        sum(
            one.begins_word
            for one in decide(lattice, certain("no"), ASCII94, CONTEXT, weights=w).characters
        )
        for w in (Weights(parting=-20), Weights(parting=20))
    ]
    assert words == [1, 2]
