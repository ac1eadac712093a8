"""What the track of the pen adds to the picture of a character: `glyphnet-ink` beside `glyphnet`.

python -m bench.tracks

Both read the val writers of UNIPEN. The gain's interval draws whole writers, as they are what is
sampled; it is of the differences, character by character, so that what is hard for both is no
noise.
"""

from __future__ import annotations

import sys

import numpy as np

from core.classifying import open_classifier
from core.models import FLAGSHIP, open_model
from core.training.data import data_folder, load_unipen
from core.training.evaluation.answers import answers_of
from core.training.evaluation.intervals import by_writers
from core.training.evaluation.sources import UNIPEN
from core.training.forms import plain_tiles, plain_tracks

INK_MODEL = "glyphnet-ink"


def main() -> int:
    """Prints a line a view."""
    val = load_unipen(data_folder(), "val")
    tiles, tracks = plain_tiles(val), plain_tracks(val)
    picture = open_classifier(open_model(FLAGSHIP)).classify(tiles)
    both = open_classifier(open_model(INK_MODEL)).classify(tiles, tracks)
    print(f"{len(np.unique(val.writers))} val writers, right % ({FLAGSHIP}, {INK_MODEL})")
    print("among            n   before    after     gain   by writers")
    for view in UNIPEN.views:
        before, after = (
            answers_of(val, tiles, prediction, view).right.astype(np.float64)
            for prediction in (picture, both)
        )
        gain = after - before
        known = np.array([sign in view.index for sign in val.labels])
        low, high = by_writers(gain, val.writers[known])
        shown = "  ".join(f"{part.mean() * 100:7.2f}" for part in (before, after, gain))
        print(f"{view.name:10}  {len(gain):6,}  {shown}  {low * 100:5.2f} to {high * 100:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
