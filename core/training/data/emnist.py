"""EMNIST (Cohen et al. 2017) as NIST hands it out: idx files, `gzip.zip`, or MATLAB's `.mat`.

Its pictures are stored transposed in every one of them, and set upright here. A class of more than
one sign (letters, and the merged classes) goes by the first that its mapping names, the capital.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args
from zipfile import BadZipFile, ZipFile

import numpy as np
from numpy.typing import NDArray

from core.errors import DamagedFileError, MissingFileError
from core.training.data.idx import idx_file, parse_idx, read_idx
from core.training.data.matlab import read_mat
from core.training.data.samples import ImageSamples
from core.training.data.splits import Split, val_of_training_images, val_of_training_writers

EMNIST_FOLDER = "emnist"
EMNIST_ZIP = "gzip.zip"

EmnistSet = Literal["balanced", "byclass", "bymerge", "digits", "letters", "mnist"]
EMNIST_SETS: tuple[EmnistSet, ...] = get_args(EmnistSet)

_SIDE = 28


def load_emnist(folder: Path, part: EmnistSet, split: Split) -> ImageSamples:
    """One of EMNIST's six sets.

    The official test part is test. Of the training part, val is a share of the writers where they
    are known, which is in the `.mat` files, else a share by hash.

    Args:
        folder: Holds, itself or in a folder `emnist`: the idx files, gzipped or not, and the
            mapping; or `gzip.zip`, which is not unpacked; or `emnist-PART.mat`. In this order.
        part: Which set.
        split: See above.

    Raises:
        MissingFileError: There is none of them.
        DamagedFileError: A file is no such file, or cut short, or does not match another.
    """
    stored = _read(emnist_home(folder), part, "test" if split == "test" else "train")
    upright = np.ascontiguousarray(stored.images.transpose(0, 2, 1))
    samples = ImageSamples(f"EMNIST {part}", upright, stored.signs(), stored.writers)
    if split == "test":
        return samples
    if samples.writers is None:
        val = val_of_training_images(samples.images)
    else:
        val = val_of_training_writers(samples.writers)
    return samples.taken(val if split == "val" else ~val)


def emnist_home(folder: Path) -> Path:
    """Where the files of EMNIST are: the folder `emnist` in `folder`, or else `folder`."""
    return folder / EMNIST_FOLDER if (folder / EMNIST_FOLDER).is_dir() else folder


def emnist_sets(folder: Path) -> tuple[EmnistSet, ...]:
    """The sets that are there; a zip holds all six."""
    home = emnist_home(folder)
    return tuple(part for part in EMNIST_SETS if _form(home, part) is not None)


@dataclass(frozen=True, eq=False)
class _Stored:
    """Pictures uint8 (N, 28, 28) as they are stored, transposed, with their classes.

    Attributes:
        images: uint8 (N, 28, 28).
        classes: int64 (N,).
        codes: The first code point of each class.
        writers: unicode (N,), where they are known.
        of_classes: The file of the classes, for the errors.
    """

    images: NDArray[np.uint8]
    classes: NDArray[np.int64]
    codes: dict[int, int]
    writers: NDArray[np.str_] | None
    of_classes: Path

    def __post_init__(self) -> None:
        fits = self.images.shape == (len(self.classes), _SIDE, _SIDE)
        if not fits or not set(np.unique(self.classes).tolist()) <= set(self.codes):
            raise DamagedFileError(self.of_classes)

    def signs(self) -> NDArray[np.str_]:
        """The sign of each picture, unicode (N,)."""
        known, rows = np.unique(self.classes, return_inverse=True)
        return np.array([chr(self.codes[name]) for name in known.tolist()], np.str_)[rows]


def _read(home: Path, part: EmnistSet, official: str) -> _Stored:
    """`official`: `train` or `test`."""
    form = _form(home, part)
    if form is None:
        raise MissingFileError(idx_file(home, f"emnist-{part}-{official}", "images-idx3"))
    if form.suffix == ".mat":
        return _read_mat(form, official)
    return (
        _read_zip(form, part, official)
        if form.suffix == ".zip"
        else _read_idx(form, part, official)
    )


def _form(home: Path, part: EmnistSet) -> Path | None:
    """The folder of idx files, the zip, or the `.mat` that `part` is read from."""
    if home.is_file():
        return home
    for folder in (home, home / "gzip"):
        if idx_file(folder, f"emnist-{part}-train", "images-idx3").is_file():
            return folder
    whole = (home / EMNIST_ZIP, home / f"emnist-{part}.mat", home / "matlab" / f"emnist-{part}.mat")
    return next((path for path in whole if path.is_file()), None)


def _read_idx(folder: Path, part: str, official: str) -> _Stored:
    stem = f"emnist-{part}-{official}"
    of_classes = idx_file(folder, stem, "labels-idx1")
    mapping = folder / f"emnist-{part}-mapping.txt"
    if not mapping.is_file():
        raise MissingFileError(mapping)
    return _Stored(
        read_idx(idx_file(folder, stem, "images-idx3"), dimensions=3),
        read_idx(of_classes, dimensions=1).astype(np.int64),
        _codes(mapping.read_bytes(), mapping),
        None,
        of_classes,
    )


def _read_zip(path: Path, part: str, official: str) -> _Stored:
    stem = f"emnist-{part}-{official}"
    of_images, of_classes, mapping = (
        Path("gzip") / name
        for name in (
            f"{stem}-images-idx3-ubyte.gz",
            f"{stem}-labels-idx1-ubyte.gz",
            f"emnist-{part}-mapping.txt",
        )
    )
    try:
        with ZipFile(path) as packed:
            data = {name: packed.read(name.as_posix()) for name in (of_images, of_classes, mapping)}
    except KeyError as error:
        raise MissingFileError(path / of_images) from error
    except (OSError, BadZipFile, EOFError) as error:
        raise DamagedFileError(path) from error
    return _Stored(
        parse_idx(data[of_images], path / of_images, dimensions=3),
        parse_idx(data[of_classes], path / of_classes, dimensions=1).astype(np.int64),
        _codes(data[mapping], path / mapping),
        None,
        path / of_classes,
    )


def _read_mat(path: Path, official: str) -> _Stored:
    try:
        dataset: Any = read_mat(path)["dataset"]
        part = dataset[official]
        writers = part["writers"].ravel()
        return _Stored(
            part["images"].astype(np.uint8).reshape(-1, _SIDE, _SIDE),
            part["labels"].ravel().astype(np.int64),
            {int(row[0]): int(row[1]) for row in dataset["mapping"]},
            np.char.add("nist/", writers.astype(np.int64).astype(np.str_)),
            path,
        )
    except (KeyError, ValueError, IndexError, TypeError) as error:
        raise DamagedFileError(path) from error


def _codes(data: bytes, path: Path) -> dict[int, int]:
    """The first code point of each class, of a mapping file's lines such as `1 65 97`."""
    try:
        rows = [[int(number) for number in line.split()] for line in data.decode().splitlines()]
        return {row[0]: row[1] for row in rows if row}
    except (ValueError, IndexError) as error:
        raise DamagedFileError(path) from error
