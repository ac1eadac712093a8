"""Made pages of the train writers → what tells ink that is one whole character from parts of one
and from several.

python -m core.training.picture_context

Where each character of a made page is, is known; so of each part of its ink it is known which
character it is of. The weights go to assets/context.json, beside what pen strokes taught
(`context`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace

import cv2
import keras
import numpy as np
from numpy.typing import NDArray

from core.box import Box
from core.classifying import open_classifier
from core.cleaning import clean
from core.composing.context import (
    CHARACTER_FEATURES,
    CHARACTER_UNITS,
    CONTEXT_FILE,
    character_features,
    context_text,
    load_context,
)
from core.lattice import Lattice
from core.models import DEFAULT_MODEL, assets_folder, open_model
from core.page_reading import PageReader
from core.raster import Raster
from core.training.evaluation.pages import MadePage, made_pages
from core.training.evaluation.pages.page import KINDS

PAGES = 100
"""How many pages of each kind are read."""

SEED = 5

EPOCHS, BATCH, RATE = 60, 256, 3e-3
"""How the small network is trained: by Adam, its rate falling by a cosine to 0."""

LEAST_SPREAD = 0.05
"""Added to the deviations that features are measured by: some hardly vary."""

BROKEN = 0.1
"""The share of characters that are broken for trial..."""

SCRATCH = 0.02, 0.09
"""... by a line so thick, in heights of theirs."""

REACH = 0.25
"""A part is of a character whose box, grown by this share of its height, its middle lies in."""

Examples = tuple[NDArray[np.float64], NDArray[np.bool_]]


def page_examples(
    page: MadePage, reader: PageReader, rng: np.random.Generator
) -> Iterator[Examples]:
    """For each line that is found on a page, float64 (H, CHARACTER_FEATURES) and bool (H,): how ink
    lies and looks, and whether it is one whole character. Some characters are broken first."""
    raster = clean(page.picture)
    boxes = [raster.from_source(glyph.box) for glyph in page.glyphs]
    looked = reader.look(_scratched(raster, boxes, rng))
    truth = [looked.raster.from_source(glyph.box) for glyph in page.glyphs]
    for line in looked.lines:
        graphics = line.lattice.graphics
        if graphics is not None:
            features = character_features(graphics, line.look.probabilities)
            yield features, is_whole(line.lattice, part_owners(line.lattice, truth))


def _scratched(raster: Raster, boxes: Sequence[Box], rng: np.random.Generator) -> Raster:
    """`raster` with a blank line through some of its characters, as a poor pen or a rule that was
    taken out leaves one."""
    pixels = raster.pixels.copy()
    for box in boxes:
        if rng.random() < BROKEN:
            thickness = max(round(rng.uniform(*SCRATCH) * box.height), 1)
            ends = rng.uniform(0.1, 0.9, 2) * box.height + box.y
            left, right = (round(box.x) - 2, round(ends[0])), (round(box.right) + 2, round(ends[1]))
            cv2.line(pixels, left, right, 0, thickness)
    return replace(raster, pixels=pixels)


def part_owners(lattice: Lattice, truth: Sequence[Box]) -> list[int | None]:
    """For each piece of a line, which of the true characters it is of; None for none.

    Args:
        lattice: Of a line of a picture.
        truth: Boxes of the characters, in raster pixels.
    """
    alone = {one.start: one.glyph.box for one in lattice.hypotheses if one.end == one.start + 1}
    return [_owner(alone[place], truth) for place in range(lattice.pieces)]


def is_whole(lattice: Lattice, owners: Sequence[int | None]) -> NDArray[np.bool_]:
    """Whether each hypothesis has all the pieces of one character, and no other: bool (H,)."""
    counts = {owner: owners.count(owner) for owner in set(owners)}
    whole = []
    for one in lattice.hypotheses:
        first, *others = owners[one.start : one.end]
        same = first is not None and all(other == first for other in others)
        whole.append(same and counts[first] == one.end - one.start)
    return np.array(whole, np.bool_)


def _owner(box: Box, truth: Sequence[Box]) -> int | None:
    """Which character ink is of: the one whose middle is nearest across, of those that it is in."""
    x, y = box.centre
    near = [
        (abs(x - one.centre[0]) / max(one.width, 1.0), index)
        for index, one in enumerate(truth)
        if one.grown(REACH * one.height).contains(x, y)
    ]
    return min(near)[1] if near else None


def learnt(
    features: NDArray[np.float64], whole: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The weights `hidden` and `character` of a `Context`.

    Args:
        features: float64 (N, CHARACTER_FEATURES).
        whole: bool (N,), whether each is one whole character.
    """
    keras.utils.set_random_seed(SEED)
    middle, spread = features.mean(axis=0), features.std(axis=0) + LEAST_SPREAD
    network = keras.Sequential(
        [
            keras.Input((CHARACTER_FEATURES,)),
            keras.layers.Dense(
                CHARACTER_UNITS, "tanh", kernel_regularizer=keras.regularizers.L2(1e-4)
            ),
            keras.layers.Dense(1),
        ]
    )
    steps = EPOCHS * (len(features) // BATCH + 1)
    rate = keras.optimizers.schedules.CosineDecay(RATE, steps)
    network.compile(keras.optimizers.Adam(rate), keras.losses.BinaryCrossentropy(from_logits=True))
    standing = ((features - middle) / spread).astype(np.float32)
    network.fit(
        standing, whole.astype(np.float32)[:, None], batch_size=BATCH, epochs=EPOCHS, verbose=0
    )
    kernel, bias, end, constant = (np.asarray(one, np.float64) for one in network.get_weights())
    hidden = np.concatenate([kernel / spread[:, None], (bias - (middle / spread) @ kernel)[None]])
    return hidden, np.append(end[:, 0], constant)


def main() -> int:
    """Learns and writes the weights."""
    reader = PageReader(open_classifier(open_model(DEFAULT_MODEL)))
    rng = np.random.default_rng(SEED)
    rows, whole = [], []
    for kind in KINDS:
        for page in made_pages("train", PAGES, seed=SEED, kind=kind):
            for features, truth in page_examples(page, reader, rng):
                rows.append(features)
                whole.append(truth)
    design, truth = np.concatenate(rows), np.concatenate(whole)
    hidden, character = learnt(design, truth)
    context = replace(load_context(), hidden=hidden, character=character)
    path = assets_folder() / CONTEXT_FILE
    path.write_text(context_text(context), encoding="utf-8")
    units = np.tanh(design @ hidden[:-1] + hidden[-1])
    share = ((units @ character[:-1] + character[-1] > 0) == truth).mean()
    print(
        f"{PAGES * len(KINDS)} pages, {len(truth)} pieces of ink, {truth.mean():.2f} of them whole "
        f"characters; told in {share:.3f}: {path}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
