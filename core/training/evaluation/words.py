"""How words are read, as they are on the pad: printed letters, and several lines too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import numpy as np

from core.alphabet import ASCII94
from core.classifying import Classifier
from core.composing import Weights
from core.finding.lines import letter_height
from core.finding.strokes import stroke_lines
from core.ink import Ink
from core.pen_reading import PenReader
from core.training.data import InkSamples, Split, load_unipen_words
from core.training.evaluation.intervals import by_writers

SAMPLES_A_WRITER = 12
"""Most samples of one writer: some gave hundreds."""

WIDEST = 1.6
"""Of a letter by itself, in the heights of its line's letters: a stroke that is wider joins two.
What people write with a pen that they do not lift is not asked of a reader of printed letters."""

LEAST_LETTERS = 2

SEED = 1
"""Decides which samples of a writer with many are taken."""


@dataclass(frozen=True)
class ReadSample:
    """A sample that was read.

    Attributes:
        written: What its label says, its lines with a space between them.
        read: What was read, likewise.
        writer: Who wrote it.
    """

    written: str
    read: str
    writer: str


def measure_words(
    classifier: Classifier,
    folder: Path,
    split: Split,
    weights: Weights = Weights(),  # noqa: B008  # frozen
) -> tuple[ReadSample, ...]:
    """The words and texts in printed letters of the writers of a split, read one by one.

    Args:
        classifier: Ready to run.
        folder: Where the data is.
        split: Whose; `val` to choose by.
        weights: How much each piece of evidence counts.

    Raises:
        MissingFileError: Data is not there.
    """
    alphabet = classifier.model.manifest.alphabet
    read = []
    for ink, text, writer in printed_samples(load_unipen_words(folder, split)):
        lines = PenReader(classifier, weights).read(ink, alphabet=alphabet)
        read.append(ReadSample(text, " ".join(line.text for line in lines), writer))
    return tuple(read)


def printed_samples(samples: InkSamples) -> Iterator[tuple[Ink, str, str]]:
    """Ink, text and writer of samples whose letters are not joined, as far as can be told without
    reading them: a stroke or more for each letter, and none wider than a letter."""
    taken: Counter[str] = Counter()
    counts = np.diff(samples.sample_offsets)[samples.rows]
    for index in np.random.default_rng(SEED).permutation(len(samples)):
        text, writer = str(samples.labels[index]), str(samples.writers[index])
        letters = text.replace(" ", "")
        known = all(sign in ASCII94.index for sign in letters)
        if not known or not LEAST_LETTERS <= len(letters) <= counts[index]:
            continue
        if taken[writer] == SAMPLES_A_WRITER:
            continue
        ink = samples.ink(int(index))
        if _is_printed(ink):
            taken[writer] += 1
            yield ink, text, writer


def words_report(samples: Sequence[ReadSample], model: str) -> str:
    """The character error rates, with an interval over writers, as lines of Markdown."""
    signs, writers = sum(len(s.written) for s in samples), len({s.writer for s in samples})
    rows = [
        f"Printed words and texts of UNIPEN's writers, read by {model}:",
        f"n = {len(samples)} samples, {signs:,} characters, {writers} writers.",
        "",
        "| | character error rate % | 95 % interval, by writers |",
        "|---|---:|---|",
    ]
    for title, changed in _VIEWS.items():
        errors = np.array([edits(changed(s.written), changed(s.read)) for s in samples], np.float64)
        sizes = np.array([len(changed(s.written)) for s in samples], np.float64)
        low, high = by_writers(errors, np.array([s.writer for s in samples]), sizes)
        rate = errors.sum() / sizes.sum()
        rows.append(f"| {title} | {rate * 100:.1f} | {low * 100:.1f} to {high * 100:.1f} |")
    whole = np.mean([s.written == s.read for s in samples])
    rows += ["", f"Read without any mistake: {whole * 100:.1f} % of the samples."]
    return "\n".join(rows)


def edits(one: str, other: str) -> int:
    """How many signs must be put in, taken out or changed to make one text of the other
    (Levenshtein 1966)."""
    row = list(range(len(other) + 1))
    for above, mine in enumerate(one, start=1):
        diagonal, row[0] = row[0], above
        for place, theirs in enumerate(other, start=1):
            changed = diagonal + (mine != theirs)
            diagonal = row[place]
            row[place] = min(row[place] + 1, row[place - 1] + 1, changed)
    return row[-1]


def _is_printed(ink: Ink) -> bool:
    for line in stroke_lines(ink):
        height = letter_height(line)
        if any(piece.box.width > WIDEST * height for piece in line if piece.box.height > 0):
            return False
    return True


_VIEWS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "as written": lambda text: text,
        "case-blind": lambda text: text.lower(),
        "case-blind, without spaces": lambda text: text.lower().replace(" ", ""),
    }
)
