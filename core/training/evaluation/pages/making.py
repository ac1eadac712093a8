"""Made pages, one after another: from a split, a seed and the table of surroundings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from core.box import Box
from core.picture import Picture
from core.training.data import SPLITS, Split, data_folder
from core.training.evaluation.pages.cameras import Shot, take
from core.training.evaluation.pages.hands import Hand, hands
from core.training.evaluation.pages.layouts import Mark, Plan, Task, lay_out, make_script
from core.training.evaluation.pages.page import KINDS, Kind, MadeGlyph, MadePage
from core.training.evaluation.pages.papers import LIGHT_PENS, PENS, paint
from core.training.evaluation.pages.surroundings import SURROUNDINGS, Surroundings
from core.training.evaluation.pages.texts import items

A4_HEIGHT = 297.0
"""Of the longest sheet, in millimetres."""

MARGIN, LINE, CHARACTER = 12.0, 10.0, 5.5
"""About how many millimetres an edge, a line and a character take."""

INKED = 128
"""Coverage from which a pixel counts as a character's ink."""


def made_pages(
    split: Split,
    count: int,
    *,
    seed: int,
    kind: Kind = "blocks",
    folder: Path | None = None,
) -> Iterator[MadePage]:
    """Pages by the writers of a split, each with its truth, in every surroundings in turn.

    The same split, seed and kind give the same pages, and a larger count the same first ones.

    Args:
        split: Whose handwriting; `val` to choose by, `test` to report.
        count: How many pages.
        seed: Decides everything else.
        kind: What is written.
        folder: Where the data is, if not in `data_folder()`.

    Raises:
        MissingFileError: Data is not there.
    """
    writers = hands(data_folder() if folder is None else folder, split, kind)
    number = SPLITS.index(split), KINDS.index(kind)
    turns = np.random.default_rng([seed, *number]).permutation(len(writers))
    for index in range(count):
        rng = np.random.default_rng([seed, *number, index])
        surroundings = SURROUNDINGS[index % len(SURROUNDINGS)]
        # each time round the table begins with another writer, so that no writer keeps to a place
        turn = index + index // len(SURROUNDINGS)
        hand = writers[turns[turn % len(turns)]]
        yield make_page(surroundings, hand, rng, kind=kind, name=f"made {split} page {index + 1}")


def make_page(
    surroundings: Surroundings, hand: Hand, rng: np.random.Generator, *, kind: Kind, name: str
) -> MadePage:
    """One page.

    Args:
        surroundings: What it is written on and how it is taken.
        hand: Who writes.
        rng: Decides the rest.
        kind: What is written.
        name: Of the picture's source.
    """
    count = int(rng.integers(surroundings.counts[0], surroundings.counts[1] + 1))
    pens = LIGHT_PENS if surroundings.paper.dark else PENS
    pen = pens[rng.integers(len(pens))]
    pitch = float(rng.choice(surroundings.pitches)) if surroundings.pitches else None
    width, height = _sheet(surroundings, rng, count)
    density = surroundings.density or rng.uniform(*surroundings.sides) / max(width, height)
    close = bool(rng.random() < surroundings.close)
    script = make_script(rng, density, pen=rng.uniform(*pen.width), pitch=pitch, close=close)
    task = Task(
        hand=hand,
        script=script,
        items=items(rng, hand.signs, kind),
        rng=rng,
        width=round(width * density),
        count=count,
        most=round(height * density),
        whole=surroundings.density is not None,
    )
    layout = surroundings.layouts[rng.integers(len(surroundings.layouts))]
    plan = lay_out(layout, task)
    back = lay_out("lines", task) if surroundings.paper.bleed[1] else None
    sheet = paint(plan, script, surroundings.paper, pen, rng, back=back)
    shot = take(sheet, surroundings.camera, rng)
    return _with_truth(shot, plan, surroundings, hand, name)


def _sheet(surroundings: Surroundings, rng: np.random.Generator, count: int) -> tuple[float, float]:
    """Width and most height of a sheet for so many characters, in millimetres."""
    width = rng.uniform(*surroundings.widths)
    if surroundings.density is not None:
        return width, A4_HEIGHT
    needed = 2 * MARGIN + LINE * (1 + count / max((width - 2 * MARGIN) / CHARACTER, 4))
    return width, float(np.clip(needed * rng.uniform(1.0, 1.4), width * 0.45, width * 1.45))


def _with_truth(
    shot: Shot, plan: Plan, surroundings: Surroundings, hand: Hand, name: str
) -> MadePage:
    dpi = None if surroundings.density is None else surroundings.density * 25.4
    return MadePage(
        picture=Picture(shot.pixels, name, dpi=dpi),
        text=plan.text,
        glyphs=tuple(
            MadeGlyph(mark.sign, _box(mark, shot), mark.line, mark.word) for mark in plan.marks
        ),
        surroundings=surroundings.name,
        hand=hand.name,
    )


def _box(mark: Mark, shot: Shot) -> Box:
    """The upright box of a character's ink in the picture."""
    rows, columns = np.nonzero(mark.coverage >= min(INKED, int(mark.coverage.max())))
    places = np.stack([columns, rows], axis=1).astype(np.int32)
    hull = cv2.convexHull(places)[:, 0].astype(np.float64)
    # the four corners of each pixel of the hull
    corner = np.array([mark.left, mark.top], np.float64)
    seen = shot.outline((hull[:, None] + _CORNERS).reshape(-1, 2) + corner)
    (left, top), (right, bottom) = seen.min(axis=0).tolist(), seen.max(axis=0).tolist()
    return Box(left, top, right - left, bottom - top)


_CORNERS: NDArray[np.float64] = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], np.float64)
