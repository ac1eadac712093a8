"""MNIST (LeCun, Cortes and Burges 1998) in its official idx files, gzipped or not."""

from __future__ import annotations

from pathlib import Path

from core.errors import DamagedFileError
from core.training.data.idx import idx_file, read_idx
from core.training.data.samples import ImageSamples
from core.training.data.splits import Split, mnist_rows

MNIST_FOLDER = "mnist"


def load_mnist(folder: Path, split: Split) -> ImageSamples:
    """MNIST (LeCun et al. 1998); val is the end of its training part.

    Args:
        folder: Holds the four files, or a folder `mnist` with them.
        split: The last `splits.MNIST_VAL` training digits are val.

    Raises:
        MissingFileError: A file is not there.
        DamagedFileError: It is no such file, or cut short, or does not match the other.
    """
    home = folder / MNIST_FOLDER if (folder / MNIST_FOLDER).is_dir() else folder
    part = "t10k" if split == "test" else "train"
    of_labels = idx_file(home, part, "labels-idx1")
    images = read_idx(idx_file(home, part, "images-idx3"), dimensions=3)
    labels = read_idx(of_labels, dimensions=1)
    if len(images) != len(labels) or (labels > 9).any():  # noqa: PLR2004  # the last digit
        raise DamagedFileError(of_labels)
    chosen = mnist_rows(split)
    return ImageSamples("MNIST", images[chosen], labels[chosen].astype("U1"))
