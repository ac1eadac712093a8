"""The characters of a picture: its lines cut, classified and decided, as those of the pad are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.alphabet import Alphabet
from core.arrays import median
from core.classifying import Classifier
from core.composing import (
    EVEN,
    Decided,
    Decision,
    Frame,
    LineDecider,
    Weights,
    load_context,
    number_share,
    read_line,
)
from core.errors import ReadingStoppedError
from core.finding import (
    MARK_HEIGHT,
    Layout,
    Line,
    Part,
    find_lines,
    joined_glyph,
    key_of,
    line_lattice,
    uncut_lattice,
)
from core.glyph import Glyph
from core.lattice import Lattice
from core.prediction import Prediction
from core.raster import Raster
from core.reading import ReadLine

PAGE_WEIGHTS = Weights(place=0.5, neighbours=0.7, agreement=2.5, gap=4.0, parting=3.0)
"""How much each piece of evidence counts in pictures; chosen on made pages of the val writers
(`python -m bench.pages`)."""

SURE = 0.85
"""A piece of ink whose look is at least so sure (`Prediction.sureness`) is a character by itself,
neither a part of one nor several."""

WIDE, WHOLE = 1.05, 4.0
"""Of ink that is at least so many letter heights wide, two letters may look like one: it is sure
only if it is a whole character with such log-odds (`LineLook.wholeness`)."""

WIDEST = 2.0
"""Ink at least so many letter heights wide is tried in parts, whatever it looks like."""

TURNING: frozenset[Layout] = frozenset({"auto", "page"})
"""Layouts of pictures that may lie on their side."""

LEAST_LETTERS, MOST_LETTERS = 8, 32
"""Of fewer letters nobody can say how they lie; and so many are enough to."""

STANDING = 1.8
"""Letters that are at least so clear, in the mean, stand upright."""

TURN_GAIN = 0.08
"""They must be so much clearer in another position to be turned to it."""

_AT_ONCE = 128
"""Glyphs that are classified between two questions whether to stop."""


@dataclass(frozen=True, eq=False)
class LineLook:
    """A line of a picture, before anything is decided.

    Attributes:
        lattice: The ways to cut it, in raster pixels.
        look: What each hypothesis may be by its shape, over the model's own alphabet.
    """

    lattice: Lattice
    look: Prediction

    @property
    def wholeness(self) -> NDArray[np.float64]:
        """float64 (H,): the logarithm of how much likelier than not each hypothesis is one
        character, by how its ink lies and by its look, whatever the alphabet is narrowed to."""
        if self.lattice.graphics is None:
            return np.zeros(len(self.lattice.hypotheses))
        return load_context().characters(self.lattice.graphics, self.look.probabilities)


@dataclass(frozen=True, eq=False)
class PageLook:
    """A picture, before anything is decided.

    Attributes:
        raster: Its ink, so that the letters stand.
        lines: In reading order.
    """

    raster: Raster
    lines: tuple[LineLook, ...]


class PageReader:
    """Reads pictures with one classifier.

    Args:
        classifier: Ready to run.
        stopped: Asked now and then; the reading ends soon after it says True.
    """

    def __init__(
        self, classifier: Classifier, *, stopped: Callable[[], bool] | None = None
    ) -> None:
        self._classifier = classifier
        self._stopped = stopped

    def read(
        self, raster: Raster, *, alphabet: Alphabet, layout: Layout = "auto"
    ) -> tuple[ReadLine, ...]:
        """The lines of `raster`, in reading order; boxes are in the pixels of its source.

        Args:
            raster: Any ink, none too.
            alphabet: What may come out; a view of the model's.
            layout: What the raster is known to hold.

        Raises:
            ValueError: `alphabet` is no view of the model's.
            ReadingStoppedError: The reading was stopped.
        """
        return self.decide(self.look(raster, layout), alphabet)

    def look(self, raster: Raster, layout: Layout = "auto") -> PageLook:
        """The ways to cut each line, and what all the pieces may be: at first each connected piece
        by itself, and then what they may be together and apart, where they leave doubts.

        Args:
            raster: Any ink, none too.
            layout: What the raster is known to hold.

        Raises:
            ReadingStoppedError: The reading was stopped.
        """
        self._go_on()
        lines = find_lines(raster, layout)
        turn = self._turn(lines) if layout in TURNING else 0
        if turn:
            raster = raster.turned(turn)
            lines = find_lines(raster, layout)
        glyphs = _Glyphs()
        seen = _Seen(self._classifier.model.manifest.alphabet)
        uncut = [uncut_lattice(line, glyphs.of) for line in lines]
        self._look_at([one.glyph for lattice in uncut for one in lattice.hypotheses], seen)
        sure = {
            part
            for line, lattice in zip(lines, uncut, strict=True)
            for part in _sure_parts(line, LineLook(lattice, seen.of(lattice)))
        }
        lattices = [line_lattice(line, sure.__contains__, glyphs.of) for line in lines]
        self._look_at([one.glyph for lattice in lattices for one in lattice.hypotheses], seen)
        return PageLook(raster, tuple(LineLook(one, seen.of(one)) for one in lattices))

    def decide(
        self, page: PageLook, alphabet: Alphabet, *, weights: Weights = PAGE_WEIGHTS
    ) -> tuple[ReadLine, ...]:
        """What a page says.

        Where there are several lines, each is decided by how high letters are on the others too.
        Then all are decided again, by how many of the page's words are numbers.

        Args:
            page: As `look` has it.
            alphabet: What may come out; a view of the model's.
            weights: How much each piece of evidence counts.

        Raises:
            ValueError: `alphabet` is no view of the model's.
            ReadingStoppedError: The reading was stopped.
        """
        # an O and an o stand in different places: they are one label when that has been decided
        apart = alphabet.apart(self._classifier.model.manifest.alphabet)
        deciders = [_decider(line, apart, weights) for line in page.lines]
        usual = None
        if len(deciders) > 1:
            usual = median([frame.x_height for frame in self._frames(deciders)])
        first = self._decided(deciders, usual, EVEN)
        decided = self._decided(deciders, usual, number_share(first, apart))
        least = self._classifier.model.manifest.least_sureness
        lines = zip(page.lines, decided, strict=True)
        return tuple(
            _composed(number, page.raster, line, _merged(one, apart, alphabet), alphabet, least)
            for number, (line, one) in enumerate(lines)
        )

    def _frames(self, deciders: Sequence[LineDecider]) -> Iterator[Frame]:
        for one in deciders:
            self._go_on()
            yield one.frame()

    def _decided(
        self, deciders: Sequence[LineDecider], expected: float | None, numbers: float
    ) -> list[Decided]:
        decided = []
        for one in deciders:
            self._go_on()
            decided.append(one.decide(expected=expected, numbers=numbers))
        return decided

    def _go_on(self) -> None:
        if self._stopped is not None and self._stopped():
            raise ReadingStoppedError

    def _turn(self, lines: Sequence[Line]) -> int:
        """How many quarters a page is to be turned so that its letters stand: where they look like
        few, seen as they are, they are tried sideways and upside down."""
        parts = [part for line in lines for part in _letters(line)]
        if len(parts) < LEAST_LETTERS:
            return 0
        chosen = parts[:: -(-len(parts) // MOST_LETTERS)]
        tiles = np.stack([joined_glyph([part]).tile for part in chosen])
        upright = self._clearness(tiles)
        if upright >= STANDING:
            return 0
        turned = [self._clearness(np.rot90(tiles, turn, axes=(1, 2))) for turn in (1, 2, 3)]
        best = int(np.argmax(turned))
        return best + 1 if turned[best] > upright + TURN_GAIN else 0

    def _clearness(self, tiles: NDArray[np.float32]) -> float:
        """How much tiles look like signs, in the mean, 0 to 2: their likeliest sign's probability,
        and that of look-alikes with it, since upside down a 6 is as sure as a 9."""
        self._go_on()
        seen = self._classifier.classify(np.ascontiguousarray(tiles))
        return float((seen.probabilities.max(axis=1) + seen.sureness).mean())

    def _look_at(self, glyphs: Sequence[Glyph], seen: _Seen) -> None:
        """Asks the model about those that it has not seen."""
        new = [glyph for glyph in dict.fromkeys(glyphs) if glyph not in seen]
        for start in range(0, len(new), _AT_ONCE):
            self._go_on()
            some = new[start : start + _AT_ONCE]
            seen.add(some, self._classifier.classify_glyphs(some))


class _Glyphs:
    """The glyphs of runs of parts; those of the same ink are made once."""

    def __init__(self) -> None:
        self._made: dict[tuple[object, ...], Glyph] = {}

    def of(self, run: Sequence[Part]) -> Glyph:
        key = key_of(run)
        if key not in self._made:
            self._made[key] = joined_glyph(run)
        return self._made[key]


class _Seen:
    """What glyphs may be by their shape."""

    def __init__(self, alphabet: Alphabet) -> None:
        self._alphabet = alphabet
        self._odds: dict[Glyph, NDArray[np.float32]] = {}

    def __contains__(self, glyph: Glyph) -> bool:
        return glyph in self._odds

    def add(self, glyphs: Sequence[Glyph], prediction: Prediction) -> None:
        self._odds.update(zip(glyphs, prediction.probabilities, strict=True))

    def of(self, lattice: Lattice) -> Prediction:
        """What each hypothesis of a line may be."""
        odds = np.stack([self._odds[one.glyph] for one in lattice.hypotheses])
        return Prediction(self._alphabet, odds)


def _decider(line: LineLook, apart: Alphabet, weights: Weights) -> LineDecider:
    return LineDecider(
        line.lattice,
        line.look.restricted_to(apart).probabilities,
        apart,
        load_context(),
        weights=weights,
        wholeness=line.wholeness,
    )


def _sure_parts(line: Line, looked: LineLook) -> Iterator[Part]:
    """The pieces of a line, uncut, that surely are a character by themselves."""
    if looked.lattice.graphics is None:
        return
    rows = zip(looked.lattice.hypotheses, looked.look.sureness, looked.wholeness, strict=True)
    for one, sureness, wholeness in rows:
        part = line.parts[one.start]
        if sureness >= SURE:
            wide = part.box.width / line.height
            if wide < WIDE or (wide < WIDEST and wholeness >= WHOLE):
                yield part


def _letters(line: Line) -> list[Part]:
    """The pieces of a line that are as high or as wide as letters, in whatever way they lie."""
    sides = [max(part.box.width, part.box.height) for part in line.parts]
    least = MARK_HEIGHT * median(sides)
    return [part for part, side in zip(line.parts, sides, strict=True) if side >= least]


def _merged(decided: Decided, apart: Alphabet, alphabet: Alphabet) -> Decided:
    """A line that was decided in the alphabet `apart`, in the one that may come out."""
    odds = Prediction(apart, np.stack([one.odds for one in decided.characters]))
    merged = odds.restricted_to(alphabet).probabilities
    rows = zip(decided.characters, merged, strict=True)
    return replace(decided, characters=tuple(replace(one, odds=row) for one, row in rows))


def _composed(  # noqa: PLR0917  # all that is known of a line
    number: int,
    raster: Raster,
    line: LineLook,
    decided: Decided,
    alphabet: Alphabet,
    least_sureness: float,
) -> ReadLine:
    places = {id(one): place for place, one in enumerate(line.lattice.hypotheses)}
    rows = [places[id(one.hypothesis)] for one in decided.characters]
    strays = (line.look.sureness[rows] < least_sureness).tolist()
    characters = tuple(_in_source(one, raster) for one in decided.characters)
    told = [None] * len(rows)
    return read_line(Decided(characters, decided.frame), alphabet, number, strays=strays, told=told)


def _in_source(decision: Decision, raster: Raster) -> Decision:
    """A character with its box in the pixels of the picture."""
    one = decision.hypothesis
    glyph = replace(one.glyph, box=raster.to_source(one.glyph.box))
    return replace(decision, hypothesis=replace(one, glyph=glyph))
