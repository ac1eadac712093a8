"""What was learnt of how characters stand together: their places on the line, their neighbours, the
gaps between words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.alphabet import ASCII94
from core.arrays import read_only
from core.lattice import GRAPHIC_FEATURES, JOINT_FEATURES
from core.models import assets_folder
from core.prediction import LOOK_ALIKES

CONTEXT_FILE = "context.json"


class Kind(IntEnum):
    """What sort of sign a label is: neighbours in a word are mostly of one."""

    SMALL = 0
    CAPITAL = 1
    DIGIT = 2
    MARK = 3


USUAL_GAP = 0.35
"""The share of a line's gaps below the one that is usual: of overlapping pieces, which have none,
some; between words, few."""

WIDE_GAP = 0.75
"""The share of a line's gaps below one that is wide."""

LEAST_WIDEST, LEAST_MIDDLE = 0.3, 0.1
"""In letter heights: what the widest gap of a line, and its middle one, are at least, and more by,
when others are measured by them."""

GAP_FEATURES = 5

CHARACTER_FEATURES = GRAPHIC_FEATURES + 4

CHARACTER_UNITS = 16

MOST_GAP = 3.0
"""In letter heights; wider ones say no more."""

START = len(ASCII94)
"""The row of `Context.neighbours` for what begins a word."""


@dataclass(frozen=True, eq=False)
class Context:
    """Learnt from the words of UNIPEN's train writers (`python -m core.training.context`).

    Attributes:
        places: float64 (94, 4), of each sign of ASCII94: how far its top and its bottom are above
            the baseline, in x-heights, and the standard deviations of both.
        neighbours: float64 (95, 94), the logarithm of how likely each sign is after each sign, and
            at the beginning of a word.
        cut: float64 (JOINT_FEATURES + 1,), the weights of a logistic regression of whether two
            neighbouring pieces are of two characters, the last its constant.
        hidden: float64 (CHARACTER_FEATURES + 1, CHARACTER_UNITS), the weights of a small network's
            hidden layer, the last row its constants: whether ink of a picture is one whole
            character (`python -m core.training.picture_context`).
        character: float64 (CHARACTER_UNITS + 1,), the weights of its end, the last its constant.
        gap: float64 (GAP_FEATURES + 1,), the same of whether a gap is between two words.
    """

    places: NDArray[np.float64]
    neighbours: NDArray[np.float64]
    cut: NDArray[np.float64]
    hidden: NDArray[np.float64]
    character: NDArray[np.float64]
    gap: NDArray[np.float64]

    def __post_init__(self) -> None:
        shapes = {
            "places": (len(ASCII94), 4),
            "neighbours": (START + 1, len(ASCII94)),
            "cut": (JOINT_FEATURES + 1,),
            "hidden": (CHARACTER_FEATURES + 1, CHARACTER_UNITS),
            "character": (CHARACTER_UNITS + 1,),
            "gap": (GAP_FEATURES + 1,),
        }
        for name, shape in shapes.items():
            array = read_only(getattr(self, name), name=name, dtype=np.float64, shape=shape)
            object.__setattr__(self, name, array)
        if not (self.places[:, 2:] > 0).all():
            raise ValueError("deviations must be above 0")

    def cuts(self, joints: NDArray[np.float64]) -> NDArray[np.float64]:
        """float64 (P, 2): the logarithm of how likely each piece of a line is of one character with
        the piece before it, and of another; by float64 (P, JOINT_FEATURES)."""
        return _log_odds(joints @ self.cut[:-1] + self.cut[-1])

    def characters(
        self, graphics: NDArray[np.float64], odds: NDArray[np.floating]
    ) -> NDArray[np.float64]:
        """float64 (H,): the logarithm of how much likelier than not each hypothesis of a picture's
        line is one whole character; by `character_features`."""
        features = character_features(graphics, odds)
        units = np.tanh(features @ self.hidden[:-1] + self.hidden[-1])
        return np.asarray(units @ self.character[:-1] + self.character[-1], np.float64)

    def breaks(self, gaps: NDArray[np.float64]) -> NDArray[np.float64]:
        """float64 (P, 2): the logarithm of how likely each gap of a line, in letter heights, is
        within a word, and between two."""
        return _log_odds(gap_features(gaps) @ self.gap[:-1] + self.gap[-1])


def character_features(
    graphics: NDArray[np.float64], odds: NDArray[np.floating]
) -> NDArray[np.float64]:
    """float64 (H, CHARACTER_FEATURES): how ink lies on its line, and how much it looks like any
    sign: the logarithms of its largest probability, and of the odds of its three largest.

    Args:
        graphics: float64 (H, GRAPHIC_FEATURES), of a `Lattice`.
        odds: float (H, K), what each may be by its shape.
    """
    best = np.sort(odds, axis=1)[:, -LOOK_ALIKES:]
    sure = np.clip(best.sum(axis=1), 1e-3, 1 - 1e-3)
    looks = np.stack([np.log(np.maximum(best[:, -1], 1e-3)), np.log(sure / (1 - sure))], axis=1)
    squares = (graphics[:, :2] - 1) ** 2
    return np.concatenate([graphics, squares, looks], axis=1)


def gap_features(gaps: NDArray[np.float64]) -> NDArray[np.float64]:
    """float64 (P, GAP_FEATURES): each gap of a line, in letter heights, and how it compares with
    the others there, as some write their letters wide apart: how much more it is than is usual;
    its share of the widest; how many times the middle one of those that are open it is; how much
    more it is than three in four."""
    clipped = np.clip(gaps, -1, MOST_GAP)
    inner = np.sort(clipped[1:])
    if not len(inner):
        return np.zeros((len(gaps), GAP_FEATURES))
    usual = max(float(inner[int(len(inner) * USUAL_GAP)]), 0.0)
    wide = float(inner[int(len(inner) * WIDE_GAP)])
    open_gaps = inner[inner > 0]
    middle = float(open_gaps[(len(open_gaps) - 1) // 2]) if len(open_gaps) else 0.0
    return np.stack(
        [
            clipped,
            clipped - usual,
            clipped / max(float(inner[-1]), LEAST_WIDEST),
            clipped / (middle + LEAST_MIDDLE),
            clipped - wide,
        ],
        axis=1,
    )


_WEIGHTS = ("cut", "hidden", "character", "gap")


def _log_odds(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.stack([-np.logaddexp(0, odds), -np.logaddexp(0, -odds)], axis=-1)


def kind_of(label: str) -> Kind:
    """The kind of a label."""
    if label.isdigit():
        return Kind.DIGIT
    if label.isalpha():
        return Kind.CAPITAL if label.isupper() else Kind.SMALL
    return Kind.MARK


@cache
def load_context() -> Context:
    """What ships with the program."""
    return read_context(assets_folder() / CONTEXT_FILE)


def read_context(path: Path) -> Context:
    """The context in a file as `context_text` writes it."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    places = np.array([kept["places"][sign] for sign in ASCII94.labels], np.float64)
    neighbours = np.array(kept["neighbours"], np.float64)
    weights = {name: np.array(kept[name], np.float64) for name in _WEIGHTS}
    return Context(places=places, neighbours=neighbours, **weights)


def context_text(context: Context) -> str:
    """`context` as JSON, a line a sign."""
    places = ",\n".join(
        f"  {json.dumps(sign)}: {[round(value, 3) for value in row]}"
        for sign, row in zip(ASCII94.labels, context.places.tolist(), strict=True)
    )
    rest = ",\n".join(
        f' "{name}": {np.round(getattr(context, name), 3).tolist()}' for name in _WEIGHTS
    )
    rows = ",\n".join(f"  {np.round(row, 1).tolist()}" for row in context.neighbours)
    return f'{{"places": {{\n{places}\n }},\n{rest},\n "neighbours": [\n{rows}\n ]}}\n'
