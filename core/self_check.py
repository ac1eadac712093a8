"""Proof that an installation works: files whole, engines running and agreeing, ink read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import cv2
import numpy as np

from core.alphabet import ALPHABETS
from core.classifying import Classifier, EngineName, open_classifier
from core.edition import has_keras
from core.errors import GlyphpadError, OldProcessorError
from core.ink import Ink, Stroke
from core.inkml import format_inkml, parse_inkml
from core.models import Model, model_names, models_folder, open_model
from core.picture import decode_picture
from core.rasterising import rasterise
from core.recognising import ink_glyph, recognise_ink, recognise_picture
from core.track import make_track

ENGINE_TOLERANCE = 1e-3
"""Most that the two engines' probabilities may differ: float32 sums taken in another order."""


@dataclass(frozen=True)
class Finding:
    """One thing that was checked.

    Attributes:
        what: In a few words, with the reason where it failed.
        passed: Whether it is as it must be.
    """

    what: str
    passed: bool


def self_check(folder: Path | None = None) -> Iterator[Finding]:
    """What is found, check by check.

    Args:
        folder: Where the models are; None for ours.
    """
    names = model_names(folder)
    yield Finding(
        f"models in {folder or models_folder()}: {', '.join(names) or 'none'}", bool(names)
    )
    for name in names:
        try:
            model = open_model(name, folder)
            model.check()
        except GlyphpadError as error:
            yield Finding(str(error), passed=False)
            continue
        yield Finding(f"{name}: every file has its SHA-256", passed=True)
        yield from _check_engines(model)
    yield _guarded("ink survives InkML", _inkml_returns)


def sample_ink() -> Ink:
    """A 7 as most people write it: ink that is drawn here, not taken from anyone."""
    bar = np.stack([np.linspace(40, 140, 20), np.full(20, 40)], axis=1)
    leg = np.stack([np.linspace(140, 80, 25), np.linspace(40, 190, 25)], axis=1)
    return Ink((Stroke.through(np.concatenate([bar, leg[1:]]).astype(np.float32)),))


def _check_engines(model: Model) -> Iterator[Finding]:
    ready: dict[str, Classifier] = {}
    engines: list[EngineName] = ["litert"] if model.manifest.twin else []
    if has_keras() or not engines:
        engines.append("keras")
    for engine in engines:
        try:
            ready[engine] = open_classifier(model, engine)
        except OldProcessorError:
            what = f"{model.name}: {engine} is left out, as this processor has no AVX"
            yield Finding(what, passed=bool(ready))
            continue
        except GlyphpadError as error:
            yield Finding(f"{model.name}: {engine}: {error}", passed=False)
            continue
        name = f"{model.name}: {engine}"
        yield _guarded(f"{name} reads ink", partial(_reads_ink, ready[engine]))
        yield _guarded(f"{name} reads a picture", partial(_reads_picture, ready[engine]))
    if len(ready) > 1:
        yield _guarded(f"{model.name}: the engines agree", partial(_agree, *ready.values()))


def _guarded(what: str, check: Callable[[], bool]) -> Finding:
    try:
        return Finding(what, check())
    except (GlyphpadError, ValueError, RuntimeError) as error:
        return Finding(f"{what}: {error}", passed=False)


def _reads_ink(classifier: Classifier) -> bool:
    reading = recognise_ink(sample_ink(), classifier, alphabet=ALPHABETS["digits"])
    return reading.text == "7"


def _reads_picture(classifier: Classifier) -> bool:
    """A 7 in the middle of a sheet, through a PNG file's bytes."""
    ink = 255 - rasterise(sample_ink()).pixels
    sheet = cv2.copyMakeBorder(ink, 30, 30, 30, 30, cv2.BORDER_CONSTANT, value=255)
    _, data = cv2.imencode(".png", sheet)
    picture = decode_picture(data.tobytes(), "self-check.png")
    return recognise_picture(picture, classifier, alphabet=ALPHABETS["digits"]).text == "7"


def _agree(first: Classifier, second: Classifier) -> bool:
    glyph = ink_glyph(sample_ink())
    tiles = np.stack([glyph.tile, glyph.tile[::-1], glyph.tile.T])
    tracks = np.stack([make_track(sample_ink())] * len(tiles))
    tracks[1:] = 0
    one, other = (who.classify(tiles, tracks).probabilities for who in (first, second))
    return bool(np.abs(one - other).max() <= ENGINE_TOLERANCE)


def _inkml_returns() -> bool:
    ink = sample_ink()
    (stroke,) = parse_inkml(format_inkml(ink), "self-check.inkml").strokes
    return bool(np.allclose(stroke.xy, ink.strokes[0].xy, atol=0.01))
