"""The whole way, for a pad and for a picture: find, classify, compose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from core.alphabet import Alphabet
from core.box import Box
from core.classifying import Classifier
from core.cleaning_steps import ALL_STEPS, Steps
from core.composing import decide, load_context, read_line
from core.corrections import Correction
from core.finding import Layout, lone_lattice
from core.glyph import Glyph
from core.guides import Guides
from core.ink import Ink
from core.pen_reading import PenReader, pen_glyph
from core.reading import Reading, ReadLine

if TYPE_CHECKING:
    from core.picture import Picture


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
        lines = _lone_character(ink_glyph(ink), classifier, alphabet) if ink else ()
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
    picture: Picture,
    classifier: Classifier,
    *,
    alphabet: Alphabet,
    layout: Layout = "auto",
    steps: Steps = ALL_STEPS,
    region: Box | None = None,
    stopped: Callable[[], bool] | None = None,
) -> Reading:
    """What `picture` says; boxes are in its own pixels.

    Args:
        picture: Any picture, an empty sheet too.
        classifier: Ready to run.
        alphabet: What may come out; a view of the model's.
        layout: What the picture is known to hold.
        steps: Which steps of the cleaning are taken.
        region: What is to be read, in the picture's pixels; None for all of it.
        stopped: Asked now and then; the reading ends soon after it says True.

    Raises:
        ValueError: `alphabet` is no view of the model's.
        ReadingStoppedError: The reading was stopped.
    """
    # here, as nobody who only writes waits for them
    from core.cleaning import clean
    from core.page_reading import PageReader

    raster = clean(picture, steps)
    if region is not None:
        raster = raster.cropped(raster.from_source(region))
    reader = PageReader(classifier, stopped=stopped)
    return Reading(
        source=picture.source,
        page=picture.page,
        width=float(picture.width),
        height=float(picture.height),
        model=classifier.model.name,
        alphabet=alphabet.name,
        lines=reader.read(raster, alphabet=alphabet, layout=layout),
    )


def ink_glyph(ink: Ink) -> Glyph:
    """All of `ink` as one character.

    Raises:
        ValueError: There are no strokes.
    """
    return pen_glyph(ink.strokes)


def _lone_character(
    glyph: Glyph, classifier: Classifier, alphabet: Alphabet
) -> tuple[ReadLine, ...]:
    """Ink that is known to be one character: read by its shape."""
    prediction = classifier.classify_glyphs([glyph])
    odds = prediction.restricted_to(alphabet).probabilities
    decided = decide(lone_lattice(glyph), odds, alphabet, load_context())
    stray = bool(prediction.sureness[0] < classifier.model.manifest.least_sureness)
    return (read_line(decided, alphabet, 0, strays=[stray], told=[None]),)
