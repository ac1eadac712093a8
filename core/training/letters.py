"""Words → their letters: more hands to learn from than those that wrote single characters.

A word's label says which letters it has and in what order; a network that can read a little says
which strokes look like which of them. Both together cut the word (forced alignment, as it is
called in speech recognition): every way to share the strokes out among the letters is weighed by
forward and backward sums (Rabiner 1989), and a letter is kept when nearly all the weight agrees on
its strokes. What the network thinks of that letter alone hardly matters: letters that it would
have misread, found between neighbours that it knew, are the ones worth having.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.alphabet import Alphabet
from core.glyph import make_tile
from core.ink import Ink, Stroke
from core.rasterising import rasterise_character
from core.training.data import InkSamples
from core.training.data.samples import Written, gathered

MOST_STROKES = 4
"""Most strokes of one letter: those of an E."""

WORDS_A_WRITER = 400
"""Most words of one writer that are cut."""

MOST_ALIKE = 15
"""Most letters of one sign by one writer: it is other hands that are wanted, and other letters
than e."""

LEAST_AGREEMENT = 0.95
"""Least share of the weight, over all ways to cut a word, that must agree on a letter's strokes."""

LEAST_ODDS = 0.01
"""Least probability of a letter, for the network: below it, the word's label is as likely wrong."""

LEAST_WORD_ODDS = 0.2
"""Least geometric mean of a word's letters' probabilities."""

_WORDS_AT_ONCE = 500
_FLOOR = 1e-5
_PEN_SHARE = 0.05

Odds = Callable[[NDArray[np.float32]], NDArray[np.float32]]
"""Tiles float32 (N, S, S) to probabilities float32 (N, K)."""


class _Piece(NamedTuple):
    """Strokes `start` to `end` of a word in reading order, which may be one letter."""

    start: int
    end: int


@dataclass(frozen=True, eq=False)
class _Word:
    strokes: tuple[Stroke, ...]
    text: str
    writer: str
    pieces: tuple[_Piece, ...]


def cut_words(words: InkSamples, odds: Odds, alphabet: Alphabet, seed: int) -> InkSamples:
    """The letters of words whose strokes belong to one letter each.

    Args:
        words: Labelled with their text.
        odds: What a network makes of tiles, over `alphabet`.
        alphabet: What the letters are taken from.
        seed: Decides which words of a writer with many are taken.

    Returns:
        Isolated letters, at the size that `load_unipen` gives characters; by no writer that
        `words` does not have.
    """
    letters: list[Written] = []
    kept: Counter[tuple[str, str]] = Counter()
    several = _cuttable(words, alphabet, kept, np.random.default_rng(seed))
    while batch := list(islice(several, _WORDS_AT_ONCE)):
        tiles = np.stack([tile for word in batch for tile in _tiles(word)])
        rows = np.split(odds(tiles), np.cumsum([len(word.pieces) for word in batch])[:-1])
        for word, piece_odds in zip(batch, rows, strict=True):
            for ink, sign in _letters(word, piece_odds, alphabet):
                if kept[word.writer, sign] < MOST_ALIKE:
                    kept[word.writer, sign] += 1
                    strokes = tuple(stroke.xy for stroke in ink.strokes)
                    letters.append(Written(strokes, sign, word.writer))
    return gathered("letters of UNIPEN words", letters)


def agreement(
    pieces: Sequence[tuple[int, int]], odds: NDArray[np.float64], strokes: int
) -> NDArray[np.float64]:
    """How much of the weight of all ways to cut a word gives each piece to each letter.

    Args:
        pieces: Start and end of each run of strokes that may be a letter.
        odds: float64 (P, L), the probability of each letter of the word for each piece.
        strokes: How many the word has.

    Returns:
        float64 (P, L), 0 to 1; all 0 when no way to cut it uses every stroke.
    """
    letters = odds.shape[1]
    before = np.zeros((strokes + 1, letters + 1))
    after = np.zeros((strokes + 1, letters + 1))
    before[0, 0] = after[strokes, letters] = 1
    order = sorted(range(len(pieces)), key=lambda index: pieces[index][1])
    for index in order:
        start, end = pieces[index]
        before[end, 1:] += before[start, :-1] * odds[index]
    for index in sorted(order, key=lambda index: -pieces[index][0]):
        start, end = pieces[index]
        after[start, :-1] += after[end, 1:] * odds[index]
    whole = before[strokes, letters]
    if whole == 0:
        return np.zeros_like(odds)
    starts, ends = np.array(pieces).T
    return np.asarray(before[starts, :-1] * odds * after[ends, 1:] / whole)


def _cuttable(
    words: InkSamples, alphabet: Alphabet, kept: Counter[tuple[str, str]], rng: np.random.Generator
) -> Iterator[_Word]:
    """Words of several letters with at least a stroke for each, while some of those are wanted."""
    taken: Counter[str] = Counter()
    counts = np.diff(words.sample_offsets)[words.rows]
    for index in rng.permutation(len(words)):
        text, writer = str(words.labels[index]), str(words.writers[index])
        if len(text) == 1 or any(sign not in alphabet.index for sign in text):
            continue
        if not len(text) <= counts[index] <= MOST_STROKES * len(text):
            continue
        wanted = any(kept[writer, sign] < MOST_ALIKE for sign in text)
        if not wanted or taken[writer] == WORDS_A_WRITER:
            continue
        taken[writer] += 1
        strokes = sorted(words.ink(int(index)).strokes, key=_middle)
        yield _Word(tuple(strokes), text, writer, tuple(_pieces(Ink(tuple(strokes)), len(text))))


def _middle(stroke: Stroke) -> float:
    return stroke.box.x + stroke.box.width / 2


def _pieces(ink: Ink, letters: int) -> Iterator[_Piece]:
    """Runs of strokes that are not too wide for a letter."""
    count = len(ink.strokes)
    widest = max(1.5 * ink.box.height, 2 * ink.box.width / letters)
    for start in range(count):
        for end in range(start + 1, min(start + MOST_STROKES, count) + 1):
            if end == start + 1 or Ink(ink.strokes[start:end]).box.width <= widest:
                yield _Piece(start, end)


def _tiles(word: _Word) -> Iterator[NDArray[np.float32]]:
    box = Ink(word.strokes).box
    pen_width = max(_PEN_SHARE * box.height, 1.0)  # a dot stays a dot, and is never nothing
    for piece in word.pieces:
        ink = Ink(word.strokes[piece.start : piece.end])
        yield make_tile(rasterise_character(ink, pen_width=pen_width).pixels)


def _letters(
    word: _Word, odds: NDArray[np.float32], alphabet: Alphabet
) -> Iterator[tuple[Ink, str]]:
    """The letters of a word of whose strokes one can be sure."""
    columns = [alphabet.index[sign] for sign in word.text]
    mine = np.maximum(odds[:, columns].astype(np.float64), _FLOOR)
    agreed = agreement(word.pieces, mine, len(word.strokes))
    best = agreed.argmax(axis=0)
    of_letters = mine[best, np.arange(len(columns))]
    if np.exp(np.log(of_letters).mean()) < LEAST_WORD_ODDS:
        return
    for letter, piece in enumerate(best):
        if agreed[piece, letter] >= LEAST_AGREEMENT and of_letters[letter] >= LEAST_ODDS:
            start, end = word.pieces[piece]
            yield Ink(word.strokes[start:end]), word.text[letter]
