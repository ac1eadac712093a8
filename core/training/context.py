"""Words of the train writers → what the program expects of characters beside one another.

python -m core.training.context

Characters are found in words by forced alignment, as in `letters`; where they stand, how they
follow each other and how their strokes stand together is counted, and written to
assets/context.json."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from core.alphabet import ASCII94
from core.box import Box
from core.classifying import Classifier, open_classifier
from core.composing.context import (
    CONTEXT_FILE,
    START,
    Context,
    Kind,
    context_text,
    gap_features,
    kind_of,
    load_context,
)
from core.composing.placing import Frame
from core.finding.strokes import MOST_STROKES, stroke_lattice, stroke_lines
from core.lattice import Lattice
from core.models import DEFAULT_MODEL, assets_folder, open_model
from core.pen_reading import pen_glyph, pen_width
from core.training.data import InkSamples, data_folder, load_unipen_words
from core.training.letters import agreement

SINGLE_WORDS, TEXTS = 8, 14
"""Most samples of a writer that are counted, of one word and of several."""

MOST_SAMPLES = 3_000

LEAST_AGREEMENT = 0.95
"""Share of the weight, over all ways to cut a sample, that must agree on a character."""

LEAST_AGREED = 0.85
"""Least share of a sample's characters that are agreed upon."""

LEAST_ODDS = 0.2
"""Least geometric mean of the probabilities of a sample's characters."""

EXPECTED_WEIGHT = 10
"""How many characters a sign's place by the rules of typography counts for."""

EXPECTED_SPREAD = 0.3
"""Standard deviation of such a place, in x-heights."""

LEAST_SPREAD = 0.08
"""Least standard deviation of a place, in x-heights."""

OUTLIER = 4.0
"""Places further from the median than so many robust deviations are mistakes of the alignment."""

SURPRISE = 0.1
"""How often a sign is any, whatever is before it."""

SIGN_WEIGHT, KIND_WEIGHT = 200.0, 50.0
"""How many pairs what is known of the kind of a sign counts for, and what is known of all."""

ROUNDS = 8

_FLOOR = 1e-5
_LEAST_CHARACTERS = 3
_X_HEIGHT_LETTERS = "acemnorsuvwxz"
_SLOPING = 5


@dataclass(frozen=True, eq=False)
class Spelt:
    """A sample whose characters were found.

    Attributes:
        text: What it says, with its spaces.
        lattice: Of its one line.
        spans: From which piece to which each character is, spaces left out.
        boxes: Of each character; None where the ways to cut do not agree.
    """

    text: str
    lattice: Lattice
    spans: tuple[tuple[int, int], ...]
    boxes: tuple[Box | None, ...]

    @property
    def signs(self) -> str:
        """The text without spaces."""
        return self.text.replace(" ", "")


def learnt_context(samples: Sequence[Spelt], texts: Iterable[str]) -> Context:
    """What is to be expected, by samples that were spelt, and texts of signs of ASCII94; what is
    known of pictures stays (`picture_context`)."""
    known = load_context()
    return Context(
        places=_places(samples),
        neighbours=_neighbours(texts),
        cut=_cut_weights(samples),
        hidden=known.hidden,
        character=known.character,
        gap=_gap_weights(samples),
    )


def spelt(samples: InkSamples, classifier: Classifier, seed: int) -> Iterator[Spelt]:
    """The samples of one line that can be told to be cut one way, some of each writer.

    Args:
        samples: Words and texts.
        classifier: Of all 94 signs.
        seed: Decides which samples of a writer are taken.
    """
    taken: Counter[tuple[str, bool]] = Counter()
    counts = np.diff(samples.sample_offsets)[samples.rows]
    for index in np.random.default_rng(seed).permutation(len(samples)):
        text, writer = str(samples.labels[index]), str(samples.writers[index])
        signs = text.replace(" ", "")
        several = " " in text
        fits = _LEAST_CHARACTERS <= len(signs) <= counts[index] <= MOST_STROKES * len(signs)
        if not fits or any(sign not in ASCII94.index for sign in signs):
            continue
        if taken[writer, several] == (TEXTS if several else SINGLE_WORDS):
            continue
        taken[writer, several] += 1
        ink = samples.ink(int(index))
        lines = stroke_lines(ink)
        if len(lines) == 1:
            glyph_of = partial(pen_glyph, width=pen_width(lines[0]))
            found = _spelt(text, stroke_lattice(ink, lines[0], glyph_of), classifier)
            if found is not None:
                yield found


def _spelt(text: str, lattice: Lattice, classifier: Classifier) -> Spelt | None:
    signs = text.replace(" ", "")
    glyphs = [one.glyph for one in lattice.hypotheses]
    odds = classifier.classify_glyphs(glyphs).probabilities
    columns = [ASCII94.index[sign] for sign in signs]
    mine = np.maximum(odds[:, columns].astype(np.float64), _FLOOR)
    spans = [(one.start, one.end) for one in lattice.hypotheses]
    agreed = agreement(spans, mine, lattice.pieces)
    best, every = agreed.argmax(axis=0), np.arange(len(signs))
    sure = agreed[best, every] >= LEAST_AGREEMENT
    if sure.mean() < LEAST_AGREED or np.exp(np.log(mine[best, every]).mean()) < LEAST_ODDS:
        return None
    return Spelt(
        text,
        lattice,
        tuple(spans[index] for index in best),
        tuple(
            lattice.hypotheses[index].glyph.box if known else None
            for index, known in zip(best, sure, strict=True)
        ),
    )


def _places(samples: Sequence[Spelt]) -> NDArray[np.float64]:
    """Signs' places and lines' frames from each other, in turns (a Procrustes analysis)."""
    places = np.array([_expected_place(sign) for sign in ASCII94.labels])
    for _ in range(ROUNDS):
        seen: dict[str, list[NDArray[np.float64]]] = defaultdict(list)
        for sample in samples:
            known = [
                (sign, box)
                for sign, box in zip(sample.signs, sample.boxes, strict=True)
                if box is not None
            ]
            frame = _frame(known, places) if len(known) >= _LEAST_CHARACTERS else None
            if frame is not None:
                extents = frame.extents([box for _, box in known])
                for (sign, _), extent in zip(known, extents, strict=True):
                    seen[sign].append(extent)
        places = _normalised(
            np.array([_place(sign, seen[sign]) for sign in ASCII94.labels]),
            {sign: len(seen[sign]) for sign in _X_HEIGHT_LETTERS},
        )
    return places


def _frame(known: Sequence[tuple[str, Box]], places: NDArray[np.float64]) -> Frame | None:
    """The frame of a line whose signs are known, by least squares; None where it is upside down."""
    rows, wanted = [], []
    middle = float(np.mean([box.centre[0] for _, box in known]))
    for sign, box in known:
        place = places[ASCII94.index[sign]]
        across = box.centre[0] - middle if len(known) >= _SLOPING else 0.0
        for edge, above, spread in zip((box.y, box.bottom), place[:2], place[2:], strict=True):
            rows.append([1 / spread, -above / spread, across / spread])
            wanted.append(edge / spread)
    base, x_height, slope = np.linalg.lstsq(np.array(rows), np.array(wanted), rcond=None)[0]
    return Frame(base - slope * middle, slope, x_height) if x_height > 0 else None


def _place(sign: str, seen: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Top, bottom and their deviations, in the frames that the sign was seen in."""
    expected = _expected_place(sign)
    if not seen:
        return expected
    extents = np.array(seen)
    median = np.median(extents, axis=0)
    robust = 1.4826 * np.median(np.abs(extents - median), axis=0)
    usual = (np.abs(extents - median) < OUTLIER * np.maximum(robust, LEAST_SPREAD)).all(axis=1)
    mean, variance, count = extents[usual].mean(0), extents[usual].var(0), usual.sum()
    whole = count + EXPECTED_WEIGHT
    place = (count * mean + EXPECTED_WEIGHT * expected[:2]) / whole
    spread = (
        count * (variance + (mean - place) ** 2)
        + EXPECTED_WEIGHT * (expected[2:] ** 2 + (expected[:2] - place) ** 2)
    ) / whole
    return np.concatenate([place, np.maximum(np.sqrt(spread), LEAST_SPREAD)])


def _normalised(places: NDArray[np.float64], counts: dict[str, int]) -> NDArray[np.float64]:
    """Places in a measure in which letters as high as an x go from 0 to 1."""
    rows = [ASCII94.index[sign] for sign in counts]
    top, bottom = np.average(places[rows, :2], axis=0, weights=[n + 1 for n in counts.values()])
    moved = np.concatenate([places[:, :2] - bottom, places[:, 2:]], axis=1)
    return np.asarray(moved / (top - bottom), np.float64)


def _expected_place(sign: str) -> NDArray[np.float64]:
    """Where a sign stands by the rules of typography: what few samples are weighed against."""
    top, bottom = _MARKS.get(sign, (1.7, 0.0) if sign.isalnum() else (1.8, -0.3))
    return np.array([top, bottom, EXPECTED_SPREAD, EXPECTED_SPREAD])


_MARKS = {
    **dict.fromkeys(_X_HEIGHT_LETTERS, (1.0, 0.0)),
    **dict.fromkeys("gpqy", (1.0, -0.7)),
    **dict.fromkeys("it", (1.5, 0.0)),
    **dict.fromkeys("'\"`^", (1.8, 1.2)),
    **dict.fromkeys("!?#%", (1.7, 0.0)),
    **dict.fromkeys("<>", (1.3, 0.1)),
    "j": (1.4, -0.7),
    ".": (0.15, 0.0),
    ",": (0.15, -0.35),
    "-": (0.65, 0.55),
    "_": (-0.05, -0.15),
    "~": (0.9, 0.5),
    "=": (0.95, 0.4),
    "+": (1.2, 0.2),
    "*": (1.5, 0.6),
    ":": (1.0, 0.0),
    ";": (1.0, -0.35),
    "@": (1.6, -0.2),
    "$": (1.85, -0.15),
    "&": (1.7, 0.0),
}


def _neighbours(texts: Iterable[str]) -> NDArray[np.float64]:
    """How likely each sign is after each; a part of it as likely as anywhere: nobody's codes and
    names are to be ruled out by other people's prose. What is not known of a sign is known of its
    kind, and else of all (Chen and Goodman 1999 compare such smoothing)."""
    signs = np.zeros((START + 1, len(ASCII94)))
    for text in dict.fromkeys(texts):  # the same words were asked of many
        for word in text.split():
            row = [START, *(ASCII94.index[sign] for sign in word)]
            np.add.at(signs, (row[:-1], row[1:]), 1)
    kinds = np.array([kind_of(sign) for sign in ASCII94.labels])
    by_kind = np.eye(len(Kind))[kinds].T @ signs[:START]
    rows = np.concatenate([by_kind[kinds], signs[START:]])
    anywhere = (signs.sum(axis=0) + 1) / (signs.sum() + len(ASCII94))
    of_kind = (rows + KIND_WEIGHT * anywhere) / (rows.sum(axis=1, keepdims=True) + KIND_WEIGHT)
    after = (signs + SIGN_WEIGHT * of_kind) / (signs.sum(axis=1, keepdims=True) + SIGN_WEIGHT)
    return np.asarray(np.log((1 - SURPRISE) * after + SURPRISE * anywhere), np.float64)


def _cut_weights(samples: Sequence[Spelt]) -> NDArray[np.float64]:
    rows, cut = [], []
    for sample in samples:
        starts = {start for start, _ in sample.spans}
        for piece in range(1, sample.lattice.pieces):
            rows.append(sample.lattice.joints[piece])
            cut.append(piece in starts)
    return logistic(np.array(rows), np.array(cut))


def _gap_weights(samples: Sequence[Spelt]) -> NDArray[np.float64]:
    rows, between = [], []
    for sample in samples:
        features = gap_features(sample.lattice.gaps)
        ends = np.cumsum([len(word) for word in sample.text.split()])[:-1]
        for index, (start, _) in enumerate(sample.spans[1:], start=1):
            rows.append(features[start])
            between.append(index in ends)
    return logistic(np.array(rows), np.array(between))


def logistic(rows: NDArray[np.float64], truth: NDArray[np.bool_]) -> NDArray[np.float64]:
    """float64 (F + 1,): the weights of a logistic regression, the constant last, by Newton's method
    with a little ridge."""
    design = np.concatenate([rows, np.ones((len(rows), 1))], axis=1)
    weights = np.zeros(design.shape[1])
    for _ in range(30):
        odds = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (odds - truth) + weights
        curve = (design * (odds * (1 - odds))[:, None]).T @ design + np.eye(len(weights))
        weights = weights - np.linalg.solve(curve, slope)
    return weights


def main() -> int:
    """Learns and writes the context."""
    classifier = open_classifier(open_model(DEFAULT_MODEL))
    words = load_unipen_words(data_folder(), "train")
    samples = []
    for sample in spelt(words, classifier, seed=0):
        samples.append(sample)
        if len(samples) % 500 == 0:
            print(f"{len(samples)} samples", flush=True)
        if len(samples) == MOST_SAMPLES:
            break
    known = frozenset((*ASCII94.labels, " "))
    texts = [text for text in map(str, words.labels) if known.issuperset(text)]
    context = learnt_context(samples, texts)
    path = assets_folder() / CONTEXT_FILE
    path.write_text(context_text(context), encoding="utf-8")
    print(f"{len(samples)} samples, {sum(len(s.signs) for s in samples)} characters: {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
