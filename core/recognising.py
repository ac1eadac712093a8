"""The whole way, for a pad and for a picture: find, classify, compose."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from core.alphabet import Alphabet
from core.box import Box
from core.classifying import Classifier
from core.cleaning import clean
from core.composing import decide, load_context, read_line
from core.corrections import Correction
from core.finding import Layout, find_glyphs, separate_lattice
from core.glyph import Glyph
from core.guides import Guides
from core.ink import Ink
from core.pen_reading import PenReader, pen_glyph
from core.picture import Picture
from core.reading import Reading, ReadLine


def recognise_ink(
    ink: Ink,
    classifier: Classifier,
    *,
    alphabet: Alphabet,
    layout: Layout = "character",
    source: str = "",
    reader: PenReader | None = None,
    corrections: Sequence[Correction] = (),
    guides: Guides | None = None,
) -> Reading:
    """What `ink` says; boxes are in ink pixels.

    Args:
        ink: Any ink, none too.
        classifier: Ready to run.
        alphabet: What may come out; a view of the model's.
        layout: What the ink is known to hold.
        source: Where it came from, for the reading.
        reader: Of the same classifier; what it remembers of the same ink is not looked at again.
        corrections: What someone put right.
        guides: The guide lines that it was written on, if any.

    Raises:
        ValueError: `alphabet` is no view of the model's.
    """
    if layout == "character":
        lines = _lines((ink_glyph(ink),) if ink else (), classifier, alphabet)
    else:
        lines = (reader or PenReader(classifier)).read(
            ink,
            alphabet=alphabet,
            one_line=layout == "line",
            corrections=corrections,
            guides=guides,
        )
    box = ink.box if ink else Box(0, 0, 0, 0)
    return Reading(
        source=source,
        page=1,
        width=max(box.right, 0.0),
        height=max(box.bottom, 0.0),
        model=classifier.model.name,
        alphabet=alphabet.name,
        lines=lines,
    )


def recognise_picture(
    picture: Picture, classifier: Classifier, *, alphabet: Alphabet, layout: Layout = "auto"
) -> Reading:
    """What `picture` says; boxes are in its own pixels.

    Args:
        picture: Any picture, an empty sheet too.
        classifier: Ready to run.
        alphabet: What may come out; a view of the model's.
        layout: What the picture is known to hold.

    Raises:
        ValueError: `alphabet` is no view of the model's.
    """
    return Reading(
        source=picture.source,
        page=picture.page,
        width=float(picture.width),
        height=float(picture.height),
        model=classifier.model.name,
        alphabet=alphabet.name,
        lines=_lines(find_glyphs(clean(picture), layout), classifier, alphabet),
    )


def ink_glyph(ink: Ink) -> Glyph:
    """All of `ink` as one character.

    Raises:
        ValueError: There are no strokes.
    """
    return pen_glyph(ink.strokes)


def _lines(
    glyphs: Sequence[Glyph], classifier: Classifier, alphabet: Alphabet
) -> tuple[ReadLine, ...]:
    """Characters that were found, each by its shape, its place on its line and its neighbours."""
    prediction = classifier.classify_glyphs(glyphs).restricted_to(alphabet)
    strays = prediction.sureness < classifier.model.manifest.least_sureness
    lines = []
    for number, line in groupby(range(len(glyphs)), key=lambda row: glyphs[row].line):
        rows = list(line)
        lattice = separate_lattice([glyphs[row] for row in rows])
        odds = prediction.probabilities[rows]
        decided = decide(lattice, odds, alphabet, load_context())
        told = [None] * len(rows)
        lines.append(read_line(decided, alphabet, number, strays=strays[rows].tolist(), told=told))
    return tuple(lines)
