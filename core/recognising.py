"""The whole way, for a pad and for a picture: find, classify, compose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from core.alphabet import Alphabet
from core.box import Box
from core.classifying import Classifier
from core.cleaning import clean
from core.composing import compose_lines
from core.finding import Layout, find_glyphs
from core.glyph import TILE_SIZE, Glyph, whole_glyph
from core.ink import Ink
from core.picture import Picture
from core.prediction import Prediction
from core.rasterising import CHARACTER_PEN_SHARE, PEN_WIDTH, rasterise, rasterise_character
from core.reading import Reading
from core.track import TRACK_CHANNELS, TRACK_POINTS, make_track, tracks_in

INK_EXTENT = 2_000
"""Most longer side, in pixels, of the raster that the characters of a pad are found on."""


def recognise_ink(
    ink: Ink,
    classifier: Classifier,
    *,
    alphabet: Alphabet,
    layout: Layout = "character",
    source: str = "",
) -> Reading:
    """What `ink` says; boxes are in ink pixels.

    Args:
        ink: Any ink, none too.
        classifier: Ready to run.
        alphabet: What may come out; a view of the model's.
        layout: What the ink is known to hold.
        source: Where it came from, for the reading.

    Raises:
        ValueError: `alphabet` is no view of the model's.
    """
    box = ink.box if ink else Box(0, 0, 0, 0)
    return _read(
        glyphs_of_ink(ink, layout),
        classifier,
        alphabet,
        source=source,
        page=1,
        size=(max(box.right, 0.0), max(box.bottom, 0.0)),
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
    return _read(
        find_glyphs(clean(picture), layout),
        classifier,
        alphabet,
        source=picture.source,
        page=picture.page,
        size=(float(picture.width), float(picture.height)),
    )


def glyphs_of_ink(ink: Ink, layout: Layout) -> tuple[Glyph, ...]:
    """The characters of `ink`, in reading order."""
    if not ink:
        return ()
    if layout == "character":
        glyph = whole_glyph(rasterise_character(ink))
        return () if glyph is None else (replace(glyph, track=make_track(ink)),)
    longer_side = max(ink.box.width, ink.box.height) + 2 * PEN_WIDTH
    scale = min(1.0, INK_EXTENT / longer_side)
    pen_width = max(PEN_WIDTH, 1 / scale, CHARACTER_PEN_SHARE * _usual_extent(ink))
    glyphs = find_glyphs(rasterise(ink, pen_width=pen_width, scale=scale), layout)
    tracks = tracks_in(ink, [glyph.box for glyph in glyphs])
    # the wider line is for the model; people see the pad's own
    excess = (pen_width - PEN_WIDTH) / 2
    return tuple(
        replace(glyph, box=glyph.box.grown(-excess), track=track)
        for glyph, track in zip(glyphs, tracks, strict=True)
    )


def predict(glyphs: Sequence[Glyph], classifier: Classifier, alphabet: Alphabet) -> Prediction:
    """What `glyphs` may be, over `alphabet`: a row a glyph."""
    tiles = np.zeros((len(glyphs), TILE_SIZE, TILE_SIZE), np.float32)
    tracks = np.zeros((len(glyphs), TRACK_POINTS, TRACK_CHANNELS), np.float32)
    for row, glyph in enumerate(glyphs):
        tiles[row] = glyph.tile
        if glyph.track is not None:
            tracks[row] = glyph.track
    return classifier.classify(tiles, tracks).restricted_to(alphabet)


def _usual_extent(ink: Ink) -> float:
    """The median longer side of the strokes, in ink pixels: about the size of the letters."""
    return float(np.median([max(stroke.box.width, stroke.box.height) for stroke in ink.strokes]))


def _read(
    glyphs: Sequence[Glyph],
    classifier: Classifier,
    alphabet: Alphabet,
    *,
    source: str,
    page: int,
    size: tuple[float, float],
) -> Reading:
    prediction = predict(glyphs, classifier, alphabet)
    least_sureness = classifier.model.manifest.least_sureness
    return Reading(
        source=source,
        page=page,
        width=size[0],
        height=size[1],
        model=classifier.model.name,
        alphabet=alphabet.name,
        lines=compose_lines(glyphs, prediction, least_sureness=least_sureness),
    )
