"""Ink of a pad → the lines of its reading, looking again only at what has changed."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from core.alphabet import Alphabet
from core.arrays import median
from core.classifying import Classifier
from core.composing import Decided, Frame, Weights, decide, load_context, read_line
from core.corrections import Correction
from core.errors import ReadingStoppedError
from core.finding.lines import letter_height
from core.finding.strokes import LEAST_HEIGHT, Piece, stroke_lattice, stroke_lines
from core.glyph import Glyph, make_tile
from core.guides import Guides
from core.ink import Ink, Stroke, StrokeKind
from core.ink_index import seen_box
from core.lattice import Lattice
from core.pen_width import PEN_WIDTH
from core.prediction import Prediction
from core.rasterising import rasterise_character
from core.reading import ReadLine
from core.track import make_track

PEN_SHARE = 0.06
"""Width of the pen that characters are rasterised with, as a share of the height of the letters
beside them, so that a dot is a dot: however wide people see it."""

STEP = 1.25
"""Heights are rounded to its powers, or every new letter would change what all others of its line
look like, a little."""


_AT_ONCE = 256
"""Glyphs that the model is asked about at once: a tenth of a second or two, between which a reading
can be stopped."""


@dataclass(frozen=True, eq=False)
class _Line:
    """A line that was found.

    Attributes:
        key: Equal for the same strokes, cut up in the same way.
        pieces: Of it.
        lattice: How it may be cut.
        glyphs: Those of the lattice, by their strokes and the width of their pen.
    """

    key: tuple[object, ...]
    pieces: tuple[Piece, ...]
    lattice: Lattice
    glyphs: Mapping[tuple[object, ...], Glyph]


class PenReader:
    """Reads a pad again and again, and remembers what it found out about ink that is still there.

    Used from one thread at a time.

    Args:
        classifier: Ready to run.
        weights: How much each piece of evidence counts.
        stopped: Asked now and then whether nobody waits for the reading any more.

    Attributes:
        looked_at: How many glyphs the model was asked about for the last reading.
    """

    def __init__(
        self,
        classifier: Classifier,
        weights: Weights = Weights(),  # noqa: B008  # frozen
        *,
        stopped: Callable[[], bool] | None = None,
    ) -> None:
        self.looked_at = 0
        self._stopped = stopped
        self._classifier = classifier
        self._weights = weights
        self._looks: dict[Glyph, Prediction] = {}
        self._lines: dict[tuple[object, ...], _Line] = {}
        self._decided: dict[object, Decided] = {}
        self._read: dict[object, ReadLine] = {}

    def read(
        self,
        ink: Ink,
        *,
        alphabet: Alphabet,
        one_line: bool = False,
        corrections: Sequence[Correction] = (),
        guides: Guides | None = None,
    ) -> tuple[ReadLine, ...]:
        """The lines of `ink`, from top to bottom; boxes are in ink pixels.

        Args:
            ink: Any ink, none too.
            alphabet: What may come out; a view of the model's.
            one_line: Whether all ink is known to be one line.
            corrections: What someone put right; those with strokes that are gone have no effect.
            guides: The guide lines that it was written on, if any.

        Raises:
            ValueError: `alphabet` is no view of the model's.
            ReadingStoppedError: The reading was stopped.
        """
        ink = without_marks(ink)
        kept = _still_there(corrections, ink)
        told = {correction.strokes: correction.text for correction in kept if correction.text}
        found = stroke_lines(ink, [one.strokes for one in kept], one_line=one_line)
        lines = self._lines_of(ink, found)
        self._look_at([one.glyph for line in lines for one in line.lattice.hypotheses])
        decided = self._decide(lines, alphabet, guides)
        return self._compose(decided, alphabet, told)

    def _go_on(self) -> None:
        if self._stopped is not None and self._stopped():
            raise ReadingStoppedError

    def _lines_of(self, ink: Ink, found: Sequence[tuple[Piece, ...]]) -> list[_Line]:
        """The lines with their lattices; only those that are new are made."""
        before = self._lines
        glyphs = {name: glyph for line in before.values() for name, glyph in line.glyphs.items()}
        self._lines = {}
        for pieces in found:
            self._go_on()
            key = tuple(piece.key for piece in pieces)
            self._lines[key] = before.get(key) or _new_line(key, ink, pieces, glyphs)
        return list(self._lines.values())

    def _look_at(self, glyphs: Sequence[Glyph]) -> None:
        """Asks the model about those that it has not seen; forgets those that are gone."""
        new = [glyph for glyph in dict.fromkeys(glyphs) if glyph not in self._looks]
        self._looks = {glyph: self._looks[glyph] for glyph in glyphs if glyph in self._looks}
        self.looked_at = len(new)
        for start in range(0, len(new), _AT_ONCE):
            self._go_on()
            some = new[start : start + _AT_ONCE]
            seen = self._classifier.classify_glyphs(some)
            for row, glyph in enumerate(some):
                self._looks[glyph] = seen.row(row)

    def _decide(
        self, lines: Sequence[_Line], alphabet: Alphabet, guides: Guides | None
    ) -> list[Decided]:
        """Each line by itself; and where there are several, once more by how high letters are on
        the others."""
        before, self._decided = self._decided, {}

        def decided(line: _Line, expected: float | None) -> Decided:
            key = (line.key, alphabet.name, guides, expected)
            if key not in self._decided:
                self._go_on()
                self._decided[key] = before.get(key) or self._cut(line, alphabet, guides, expected)
            return self._decided[key]

        first = [decided(line, None) for line in lines]
        if len(lines) <= 1 or guides is not None:
            return first
        usual = _rounded(median([one.frame.x_height for one in first]))
        return [decided(line, usual) for line in lines]

    def _cut(
        self, line: _Line, alphabet: Alphabet, guides: Guides | None, expected: float | None
    ) -> Decided:
        shapes = [self._looks[one.glyph].probabilities for one in line.lattice.hypotheses]
        own = self._classifier.model.manifest.alphabet
        return decide(
            line.lattice,
            Prediction(own, np.concatenate(shapes)).restricted_to(alphabet).probabilities,
            alphabet,
            load_context(),
            weights=self._weights,
            frame=None if guides is None else _guided(line.pieces, guides),
            expected=expected,
        )

    def _compose(
        self,
        decided: Sequence[Decided],
        alphabet: Alphabet,
        told: Mapping[tuple[Stroke, ...], str],
    ) -> tuple[ReadLine, ...]:
        before, self._read = self._read, {}
        least = self._classifier.model.manifest.least_sureness
        for number, decision in enumerate(decided):
            chosen = [one.hypothesis for one in decision.characters]
            texts = tuple(told.get(one.glyph.strokes) for one in chosen)
            key = (decision, number, texts)
            if key not in before:
                strays = [bool(self._looks[one.glyph].sureness[0] < least) for one in chosen]
                before[key] = read_line(decision, alphabet, number, strays=strays, told=texts)
            self._read[key] = before[key]
        return tuple(self._read.values())


def without_marks(ink: Ink) -> Ink:
    """The ink that was written: all but what the marker drew over the pen's ink. Beside it, a
    marker writes as a pen does."""
    markers = [stroke for stroke in ink.strokes if stroke.style.kind is StrokeKind.MARKER]
    if not markers or len(markers) == len(ink.strokes):
        return ink
    pens = [stroke.box for stroke in ink.strokes if stroke.style.kind is StrokeKind.PEN]
    left, top, right, bottom = np.array([(b.x, b.y, b.right, b.bottom) for b in pens]).T

    def marks(stroke: Stroke) -> bool:
        box = seen_box(stroke)
        across = (left <= box.right) & (right >= box.x)
        return bool((across & (top <= box.bottom) & (bottom >= box.y)).any())

    marking = {stroke for stroke in markers if marks(stroke)}
    return Ink(tuple(stroke for stroke in ink.strokes if stroke not in marking))


def parted(strokes: Sequence[Stroke]) -> tuple[tuple[Stroke, ...], tuple[Stroke, ...]]:
    """Strokes in two, cut where they are furthest apart, across.

    Args:
        strokes: At least two.

    Raises:
        ValueError: There are fewer.
    """
    if len(strokes) < 2:  # noqa: PLR2004  # there is nothing to cut
        raise ValueError("one stroke is not cut")
    ordered = sorted(strokes, key=lambda stroke: stroke.box.centre[0])
    steps = [other.box.centre[0] - one.box.centre[0] for one, other in pairwise(ordered)]
    cut = int(np.argmax(steps)) + 1
    return tuple(ordered[:cut]), tuple(ordered[cut:])


def pen_glyph(strokes: tuple[Stroke, ...], width: float = PEN_WIDTH) -> Glyph:
    """The glyph of some strokes.

    Args:
        strokes: At least one, all of one character.
        width: Of the pen in ink pixels: on a line as `pen_width` gives it.

    Raises:
        ValueError: There are no strokes.
    """
    ink = Ink(strokes)
    tile = make_tile(rasterise_character(ink, pen_width=width).pixels)
    return Glyph(tile, ink.box, track=make_track(ink), strokes=strokes)


def pen_width(pieces: Sequence[Piece]) -> float:
    """Width of the pen, in ink pixels, that the characters of a line are rasterised with."""
    return PEN_SHARE * _rounded(max(letter_height(pieces), LEAST_HEIGHT))


def _new_line(
    key: tuple[object, ...],
    ink: Ink,
    pieces: tuple[Piece, ...],
    known: Mapping[tuple[object, ...], Glyph],
) -> _Line:
    """A line whose glyphs are taken from those `known`, where they are among them."""
    width = pen_width(pieces)
    glyphs: dict[tuple[object, ...], Glyph] = {}

    def glyph_of(strokes: tuple[Stroke, ...]) -> Glyph:
        name = (*strokes, width)
        glyphs[name] = known.get(name) or pen_glyph(strokes, width)
        return glyphs[name]

    return _Line(key, pieces, stroke_lattice(ink, pieces, glyph_of), glyphs)


def _still_there(corrections: Sequence[Correction], ink: Ink) -> list[Correction]:
    """Those whose strokes are all on the pad; of two about one stroke, the later."""
    there, kept = set(ink.strokes), []
    for correction in reversed(corrections):
        if there.issuperset(correction.strokes):
            kept.append(correction)
            there.difference_update(correction.strokes)
    return kept


def _rounded(height: float) -> float:
    return float(STEP ** round(math.log(height, STEP)))


def _guided(pieces: Sequence[Piece], guides: Guides) -> Frame:
    """Where a line of writing stands on the guide lines: on the one that most of it is at."""
    middles = [piece.box.centre[1] for piece in pieces]
    line = guides.line_at(median(middles))
    return Frame(guides.baseline(line), 0.0, guides.x_height)
