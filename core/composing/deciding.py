"""Which way to cut a line is best, and which sign each of its characters is: one search over both.

Every hypothesis says what it may be by its shape, its place on the line says more, and so do its
neighbours and the gaps between them. The best path through all of them is found by
dynamic programming (Viterbi 1967), twice: where the line stands is known only after the first time.
More often changed nothing on val.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from core.alphabet import ASCII94, Alphabet
from core.composing.context import Context
from core.composing.placing import Frame, fit_frame, place_odds
from core.lattice import Hypothesis, Lattice


@dataclass(frozen=True)
class Weights:
    """How much each piece of evidence counts, against one character's shape; chosen on the val
    writers (`python -m bench.words`).

    Attributes:
        place: Of the place on the line.
        neighbours: Of the signs beside it.
        agreement: What a digit beside a letter costs, in nats: where the evidence is even, a 0
            among letters is an O, and an O among digits a 0.
        gap: Of the gaps, for where words end.
        parting: What is in favour of that besides, in nats: those of whom gaps were learnt wrote
            their words far apart.
        cut: Of how pieces stand to one another, for where characters end.
        whole: Of whether ink is one whole character, where that is known instead.
        pieces: Of the shape, for each piece of a character after the first: a path of few
            characters has few shapes to answer for, and would win by that alone.
    """

    place: float = 0.75
    neighbours: float = 0.5
    agreement: float = 0.0
    gap: float = 2.5
    parting: float = 0.0
    cut: float = 1.25
    whole: float = 1.0
    pieces: float = 1.5


@dataclass(frozen=True, eq=False)
class Decision:
    """One character of the best path.

    Attributes:
        hypothesis: Which pieces it is.
        odds: float32 (K,), what it may be by its shape, place and neighbours; they come to 1.
        begins_word: Whether a gap between words is before it.
    """

    hypothesis: Hypothesis
    odds: NDArray[np.float32]
    begins_word: bool


@dataclass(frozen=True, eq=False)
class Decided:
    """A line as it was cut and read.

    Attributes:
        characters: From left to right.
        frame: Where the line stands.
    """

    characters: tuple[Decision, ...]
    frame: Frame


_FLOOR = 1e-7
"""Least probability of a sign: no evidence rules one out."""


def decide(
    lattice: Lattice,
    odds: NDArray[np.float32],
    alphabet: Alphabet,
    context: Context,
    *,
    weights: Weights = Weights(),  # frozen
    frame: Frame | None = None,
    expected: float | None = None,
    wholeness: NDArray[np.float64] | None = None,
) -> Decided:
    """The best way to cut and to read a line.

    A character that is alone on a line that nothing is known of is read by its shape.

    Args:
        lattice: The ways to cut it.
        odds: float32 (H, K), what each hypothesis may be by its shape.
        alphabet: What the columns stand for.
        context: What was learnt of places, neighbours and gaps.
        weights: How much each counts.
        frame: Where the line stands, if that is known: on guide lines it is.
        expected: The x-height of other lines, in source pixels, if there are any.
        wholeness: float64 (H,), the logarithm of how much likelier than not each hypothesis is one
            whole character, where something else tells than how pieces stand to one another.
    """
    decider = LineDecider(lattice, odds, alphabet, context, weights=weights, wholeness=wholeness)
    return decider.decide(frame=frame, expected=expected)


class LineDecider:
    """What `decide` does, for a line that is asked first where it stands, and then what it says.

    Args:
        lattice, odds, alphabet, context, weights, wholeness: As `decide` has them.
    """

    def __init__(
        self,
        lattice: Lattice,
        odds: NDArray[np.float32],
        alphabet: Alphabet,
        context: Context,
        *,
        weights: Weights = Weights(),  # frozen
        wholeness: NDArray[np.float64] | None = None,
    ) -> None:
        shapes = np.log(np.maximum(odds, _FLOOR)).astype(np.float64)
        self._evidence = _Evidence(lattice, shapes, _signs(alphabet), context, weights, wholeness)
        self._frames: dict[float | None, Frame] = {}

    def frame(self, expected: float | None = None) -> Frame:
        """Where the line stands, by what its characters look like.

        Args:
            expected: The x-height of other lines, in source pixels, if there are any.
        """
        if expected not in self._frames:
            evidence, chosen = self._evidence, self._by_looks
            seen = np.exp(evidence.shapes[chosen])
            self._frames[expected] = fit_frame(
                [evidence.lattice.hypotheses[index].glyph.box for index in chosen],
                evidence.signs.spread(seen / seen.sum(axis=1, keepdims=True)),
                evidence.context,
                expected=expected,
            )
        return self._frames[expected]

    def decide(
        self,
        *,
        frame: Frame | None = None,
        expected: float | None = None,
        numbers: float | None = None,
    ) -> Decided:
        """The best way to cut and to read the line; as `decide`.

        Args:
            frame: As `decide` has it.
            expected: As `decide` has it.
            numbers: The share of words that begin with a digit, above 0 and below 1, where it is
                known to be other than that of the context's words.
        """
        evidence = self._evidence
        if frame is None:
            frame = self.frame(expected)
            if len(self._by_looks) == 1 and expected is None:
                bare = replace(evidence.weights, place=0, neighbours=0)
                evidence = replace(evidence, weights=bare)
        following = evidence.following(numbers)
        path = _Search(evidence, following, frame).best()
        return Decided(_decisions(evidence, following, path, frame), frame)

    @cached_property
    def _by_looks(self) -> list[int]:
        """The hypotheses of the best path while nobody knows where the line stands."""
        evidence = self._evidence
        return [index for index, _ in _Search(evidence, evidence.neighbours, None).best()]


@dataclass(frozen=True, eq=False)
class _Evidence:
    """All that a line is decided by, but for where it stands.

    Attributes:
        lattice: The ways to cut it.
        shapes: float64 (H, K), the logarithm of what each hypothesis may be by its shape.
        signs: What the columns stand for.
        context: What was learnt of places, neighbours and gaps.
        weights: How much each counts.
        wholeness: As `decide` has it.
    """

    lattice: Lattice
    shapes: NDArray[np.float64]
    signs: _Signs
    context: Context
    weights: Weights
    wholeness: NDArray[np.float64] | None

    def placed(self, indices: Sequence[int], frame: Frame) -> NDArray[np.float64]:
        """float64 (N, K): what the places of some hypotheses say of each label, weighed."""
        boxes = [self.lattice.hypotheses[index].glyph.box for index in indices]
        return self.weights.place * self.signs.gathered(place_odds(frame, boxes, self.context))

    @cached_property
    def looks(self) -> NDArray[np.float64]:
        """float64 (H, K): what the shapes say, with what is known of each hypothesis as a whole."""
        if self.wholeness is not None:
            return self.shapes + self.weights.whole * self.wholeness[:, None]
        hypotheses = self.lattice.hypotheses
        more = np.array([one.end - one.start - 1 for one in hypotheses])
        joined = np.concatenate([[0.0], np.cumsum(self.cuts[:, 0])])
        within = [joined[one.end] - joined[one.start + 1] for one in hypotheses]
        shapes = self.shapes * (1 + self.weights.pieces * more)[:, None]
        return np.asarray(shapes + np.array(within)[:, None])

    @cached_property
    def breaks(self) -> NDArray[np.float64]:
        """float64 (P, 2): what is known of a cut before each piece, within a word and between
        two."""
        gaps = self.weights.gap * self.context.breaks(self.lattice.gaps)
        gaps[:, 1] += self.weights.parting
        return gaps if self.wholeness is not None else np.asarray(gaps + self.cuts[:, 1:])

    @cached_property
    def cuts(self) -> NDArray[np.float64]:
        """float64 (P, 2): what is said by how each piece stands to the one before it, weighed."""
        return self.weights.cut * self.context.cuts(self.lattice.joints)

    @cached_property
    def neighbours(self) -> NDArray[np.float64]:
        """float64 (K + 1, K): what each label says of the one after it, weighed; the last row is of
        what begins a word."""
        learnt = self.weights.neighbours * self.signs.paired(self.context.neighbours)
        return learnt - self.weights.agreement * self.signs.mixed

    def following(self, numbers: float | None) -> NDArray[np.float64]:
        """`neighbours`, where so large a share of words is known to begin with a digit."""
        if numbers is None:
            return self.neighbours
        following = self.neighbours.copy()
        following[-1] += self.signs.numbers_begin(following[-1], numbers)
        return following


class _Signs:
    """An alphabet beside the 94 signs that places are known of."""

    def __init__(self, alphabet: Alphabet) -> None:
        self._of = alphabet.view_of(ASCII94).astype(np.float64)
        self._share = self._of / self._of.sum(axis=0)
        self._digit = digit = np.array([label.isdigit() for label in alphabet.labels])
        letter = np.array([label.isalpha() for label in alphabet.labels])
        self.mixed = np.zeros((len(digit) + 1, len(digit)))
        self.mixed[:-1] = np.outer(digit, letter) | np.outer(letter, digit)
        """float64 (K + 1, K): 1 where a digit is beside a letter, else 0."""

    def numbers_begin(self, begun: NDArray[np.float64], share: float) -> NDArray[np.float64]:
        """float64 (K,): what is to be added to the logarithms of how likely labels begin a word,
        (K,), so that digits come to `share` of them; nothing where all or none are digits."""
        if self._digit.all() or not self._digit.any():
            return np.zeros(len(begun))
        odds = np.exp(begun)
        digits = np.log(share / odds[self._digit].sum())
        others = np.log((1 - share) / odds[~self._digit].sum())
        return np.asarray(np.where(self._digit, digits, others), np.float64)

    def spread(self, odds: NDArray[np.float64]) -> NDArray[np.float64]:
        """float64 (N, 94) from (N, K): a label that stands for several signs is any of them."""
        return np.asarray(odds @ self._share.T)

    def gathered(self, log_odds: NDArray[np.float64]) -> NDArray[np.float64]:
        """float64 (N, K) from logarithms (N, 94): the mean over the signs of each label."""
        if self._of.sum() == len(self._of.T):  # one sign a label
            return log_odds[:, self._of.argmax(axis=0)]
        with np.errstate(divide="ignore"):
            return np.asarray(np.log(np.exp(log_odds) @ self._share))

    def paired(self, log_odds: NDArray[np.float64]) -> NDArray[np.float64]:
        """float64 (K + 1, K) from logarithms (95, 94) of how likely signs are after signs."""
        odds = np.exp(log_odds) @ self._of
        after = np.concatenate([self._share.T @ odds[:-1], odds[-1:]])
        return np.asarray(np.log(after), np.float64)


@cache
def _signs(alphabet: Alphabet) -> _Signs:
    return _Signs(alphabet)


class _Search:
    """Dynamic programming over the pieces of a line and its last sign."""

    def __init__(
        self, evidence: _Evidence, following: NDArray[np.float64], frame: Frame | None
    ) -> None:
        scores = evidence.looks
        if frame is not None:
            scores = scores + evidence.placed(range(len(scores)), frame)
        self._lattice = evidence.lattice
        self._scores = scores
        self._breaks = evidence.breaks
        self._neighbours = following

    def best(self) -> list[tuple[int, bool]]:
        """The indices of the hypotheses of the best path, and whether each begins a word."""
        count, labels = self._lattice.pieces, self._scores.shape[1]
        reached = np.full((count + 1, labels), -np.inf)
        came = np.zeros((count + 1, labels, 3), np.int64)
        starts: list[list[int]] = [[] for _ in range(count)]
        for index, one in enumerate(self._lattice.hypotheses):
            starts[one.start].append(index)
        for start in range(count):
            entering, before, broken = self._entering(start, reached[start])
            for index in starts[start]:
                end = self._lattice.hypotheses[index].end
                total = entering + self._scores[index]
                better = total > reached[end]
                reached[end][better] = total[better]
                came[end, better, 0] = index
                came[end, better, 1] = before[better]
                came[end, better, 2] = broken[better]
        return self._walked_back(reached, came)

    def _entering(
        self, start: int, reached: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]:
        """For each next sign: the best score before it, after which sign, and whether a word begins
        with it."""
        begun = self._neighbours[-1]
        if start == 0:
            return begun, np.zeros(len(begun), np.int64), np.ones(len(begun), np.int64)
        within = reached[:, None] + self._neighbours[:-1]
        best = within.argmax(axis=0)
        inside = within[best, np.arange(len(best))] + self._breaks[start, 0]
        across = reached.max() + begun + self._breaks[start, 1]
        broken = across > inside
        before = np.where(broken, reached.argmax(), best)
        return np.maximum(inside, across), before, broken.astype(np.int64)

    def _walked_back(
        self, reached: NDArray[np.float64], came: NDArray[np.int64]
    ) -> list[tuple[int, bool]]:
        path: list[tuple[int, bool]] = []
        end, label = self._lattice.pieces, int(reached[-1].argmax())
        while end > 0:
            index, before, broken = came[end, label].tolist()
            path.append((index, bool(broken)))
            end, label = self._lattice.hypotheses[index].start, before
        return path[::-1]


def _decisions(
    evidence: _Evidence,
    following: NDArray[np.float64],
    path: Sequence[tuple[int, bool]],
    frame: Frame,
) -> tuple[Decision, ...]:
    """What each character of the path may be: forward and backward sums over its
    neighbours (Rabiner 1989)."""
    chosen = [index for index, _ in path]
    own = evidence.shapes[chosen] + evidence.placed(chosen, frame)
    joint = own + _from_neighbours(following, own, [begins for _, begins in path])
    odds = np.exp(joint - joint.max(axis=1, keepdims=True))
    odds /= odds.sum(axis=1, keepdims=True)
    return tuple(
        Decision(evidence.lattice.hypotheses[index], row.astype(np.float32), begins)
        for (index, begins), row in zip(path, odds, strict=True)
    )


def _from_neighbours(
    following: NDArray[np.float64], own: NDArray[np.float64], begins: Sequence[bool]
) -> NDArray[np.float64]:
    """float64 (N, K): what the characters before and after say of each label, as logarithms."""
    steps, first = np.exp(following[:-1]), following[-1]
    before, after = np.zeros_like(own), np.zeros_like(own)
    for index in range(len(own)):
        if begins[index]:
            before[index] = first
        else:
            before[index] = _log(_odds_of(before[index - 1] + own[index - 1]) @ steps)
        before[index] -= before[index].max()
    for index in range(len(own) - 2, -1, -1):
        if not begins[index + 1]:
            after[index] = _log(steps @ _odds_of(after[index + 1] + own[index + 1]))
            after[index] -= after[index].max()
    return before + after


def _odds_of(logarithms: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.exp(logarithms - logarithms.max()))


def _log(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.log(np.maximum(odds, np.finfo(np.float64).tiny)))
