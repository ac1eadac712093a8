"""Which width of a recognised line is best: accuracy on the val writers of UNIPEN by pen share.

python -m bench.pen_width
"""

from __future__ import annotations

import sys

import numpy as np

from core.alphabet import ALNUM62, CAPITALS, DIGITS, SMALL_LETTERS
from core.classifying import open_classifier
from core.glyph import make_tile
from core.models import FLAGSHIP, open_model
from core.rasterising import rasterise_character
from core.training.data import data_folder, load_unipen
from core.training.evaluation import rows_of

SHARES = (0.05, 0.07, 0.09, 0.11, 0.13)
VIEWS = (DIGITS, CAPITALS, SMALL_LETTERS, ALNUM62)


def main() -> int:
    """Prints a line a share."""
    classifier = open_classifier(open_model(FLAGSHIP))
    samples = load_unipen(data_folder(), "val")
    inks = [samples.ink(index) for index in range(len(samples))]
    print("share   " + "  ".join(f"{view.name:>10}" for view in VIEWS))
    for share in SHARES:
        rasters = (rasterise_character(ink, pen_share=share) for ink in inks)
        tiles = np.stack([make_tile(raster.pixels) for raster in rasters])
        rows = rows_of(samples, tiles, classifier.classify(tiles), VIEWS)
        print(f"{share:.2f}    " + "  ".join(f"{row.accuracy:10.4f}" for row in rows), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
