"""Our packed files (`.npz`): pen ink as UNIPEN and UJI wrote it, and small sets of pictures.

Their layout is in `docs/training.md`. UNIPEN's split, by writer, is baked into its packed files;
pictures are split by their hashes (`splits.in_split`).
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from core.cleaning import clean_stages
from core.errors import DamagedFileError, MissingFileError
from core.training.data.pictures import CHARACTER_STEPS
from core.training.data.samples import ImageSamples, InkSamples, pad_sized
from core.training.data.splits import Split, believed, in_split

UNIPEN_FILE = "unipen_chars.npz"
UNIPEN_WORDS_FILE = "unipen_words.npz"
UJI_FILE = "uji_pen_v1.npz"


def data_folder() -> Path:
    """Where the data is: `GLYPHPAD_DATA`, else `../shared/data` beside the checkout."""
    beside = Path(__file__).resolve().parents[3].parent / "shared" / "data"
    return Path(os.environ.get("GLYPHPAD_DATA", beside))


# --- Pen ink -----------------------------------------------------------------------------------


def load_unipen(folder: Path, split: Split) -> InkSamples:
    """UNIPEN train_r01_v07 (Guyon et al. 1994), split by writer.

    What is known to be no character (`believed`) is left out, but not of a measurement.
    """
    samples = load_packed_ink(folder / UNIPEN_FILE, name="UNIPEN", split=split)
    return samples.taken(believed(samples.writers, samples.labels, split))


def load_unipen_words(folder: Path, split: Split) -> InkSamples:
    """Words and lines of UNIPEN, labelled with their text; the writers' split is that of
    `load_unipen`."""
    return load_packed_ink(folder / UNIPEN_WORDS_FILE, name="UNIPEN words", split=split)


def load_uji(folder: Path) -> InkSamples:
    """UJI Pen Characters (Llorens et al. 2008): all of it for tests."""
    return load_packed_ink(folder / UJI_FILE, name="UJI", split="test")


def load_packed_ink(path: Path, *, name: str, split: Split, sized: bool = True) -> InkSamples:
    """The samples of a packed ink file that are in `split`.

    Args:
        path: The file.
        name: Of the source.
        split: As the file says.
        sized: Whether they are brought to the size of the pad, else in the donors' units.

    Raises:
        MissingFileError: There is no such file.
        DamagedFileError: It is no such file, or cut short.
    """
    packed = _open_npz(path)
    try:
        writers = np.char.add(np.char.add(packed["donor"], "/"), packed["writer"])
        deltas, strokes, samples = (
            packed[key] for key in ("deltas", "stroke_offsets", "sample_offsets")
        )
        rows = np.flatnonzero(packed["split"] == split)
        labels = packed["label"][rows]
    except KeyError as error:
        raise DamagedFileError(path) from error
    points = _absolute(deltas, strokes[samples])
    if sized:
        points = pad_sized(points, strokes[samples], writers)
    return InkSamples(name, points, strokes, samples, labels, writers[rows], rows)


def _absolute(deltas: NDArray[np.int16], sample_starts: NDArray[np.int64]) -> NDArray[np.float32]:
    """Places from steps, beginning anew at each sample."""
    places = deltas.astype(np.int64).cumsum(axis=0)
    before = np.zeros((len(sample_starts) - 1, 2), np.int64)
    before[1:] = places[sample_starts[1:-1] - 1]
    return (places - np.repeat(before, np.diff(sample_starts), axis=0)).astype(np.float32)


def save_packed(samples: InkSamples, path: Path) -> None:
    """Keeps samples whose rows are all of their arrays; an interrupted save leaves no file."""
    beside = path.with_name(f"next-{path.name}")
    arrays = {field.name: getattr(samples, field.name) for field in fields(samples)}
    np.savez_compressed(beside, **arrays)
    beside.replace(path)


def load_packed(path: Path) -> InkSamples:
    """What `save_packed` kept.

    Raises:
        MissingFileError: There is no such file.
        DamagedFileError: It is no such file.
    """
    packed: dict[str, Any] = _open_npz(path)
    try:
        return InkSamples(**{**packed, "name": str(packed["name"])})
    except (KeyError, TypeError) as error:
        raise DamagedFileError(path) from error


# --- Pictures ----------------------------------------------------------------------------------


def _cleaned(pictures: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The program's own cleaning, for grey paper."""
    return np.stack(
        [
            clean_stages(np.repeat(picture[..., None], 3, axis=2), CHARACTER_STEPS).raster.pixels
            for picture in pictures
        ]
    )


def _as_it_is(pictures: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return pictures


def _inverted(pictures: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return np.uint8(255) - pictures


@dataclass(frozen=True)
class PictureSet:
    """A packed set of pictures of single characters.

    Attributes:
        name: Of the source.
        file: In the data folder.
        to_raster: What brings its pictures uint8 (N, H, W), N >= 1, to the polarity of `Raster`.
    """

    name: str
    file: str
    to_raster: Callable[[NDArray[np.uint8]], NDArray[np.uint8]]


PAPER_LETTERS = PictureSet("paper letters", "paper_letters_tasnim.npz", _cleaned)
NIST_CAPITALS = PictureSet("NIST capitals", "nist26_uppercase.npz", _cleaned)
KAGGLE_SAMPLE = PictureSet("Kaggle A-Z sample", "kaggle_az_sample.npz", _as_it_is)
FEMNIST_DIGITS = PictureSet("FEMNIST digits", "femnist_digits.npz", _inverted)
SEMEION_DIGITS = PictureSet("Semeion digits", "semeion_digits.npz", _as_it_is)

PICTURE_SETS: Mapping[str, PictureSet] = MappingProxyType(
    {
        "paper-letters": PAPER_LETTERS,
        "nist-capitals": NIST_CAPITALS,
        "kaggle-sample": KAGGLE_SAMPLE,
        "femnist-digits": FEMNIST_DIGITS,
        "semeion-digits": SEMEION_DIGITS,
    }
)


def load_paper_letters(folder: Path, split: Split) -> ImageSamples:
    """Letters and digits on grey paper, cleaned as any picture is; split by a hash of each.

    A picture in which no ink was found is left out of the training, but not of a measurement.
    """
    return _load_pictures(folder, PAPER_LETTERS, split)


def load_nist_capitals(folder: Path, split: Split | None = None) -> ImageSamples:
    """Capitals of NIST Special Database 19, cleaned; all of them if `split` is None.

    A model that learnt from `train` is to be measured with `test`, not with all.
    """
    return _load_pictures(folder, NIST_CAPITALS, split)


def load_kaggle_sample(folder: Path, split: Split) -> ImageSamples:
    """Capitals of the Kaggle A-Z set, a sample of it; split by a hash of each."""
    return _load_pictures(folder, KAGGLE_SAMPLE, split)


def load_femnist_digits(folder: Path, split: Split) -> ImageSamples:
    """Digits of NIST Special Database 19 by 12 writers, who are not named in the file: split by
    a hash of each."""
    return _load_pictures(folder, FEMNIST_DIGITS, split)


def load_semeion_digits(folder: Path, split: Split) -> ImageSamples:
    """Digits of some 80 people (Semeion, UCI), black and white; split by a hash of each."""
    return _load_pictures(folder, SEMEION_DIGITS, split)


def stored_pictures(folder: Path, pictures: PictureSet, split: Split | None) -> ImageSamples:
    """A set's pictures as the file has them, in its own polarity.

    Raises:
        MissingFileError: There is no such file.
        DamagedFileError: It is no such file, or cut short.
    """
    path = folder / pictures.file
    packed = _open_npz(path)
    try:
        stored = ImageSamples(pictures.name, packed["images"], packed["label"])
    except KeyError as error:
        raise DamagedFileError(path) from error
    if len(stored.images) != len(stored.labels):
        raise DamagedFileError(path)
    return stored if split is None else stored.taken(in_split(stored.images, split))


def _load_pictures(folder: Path, pictures: PictureSet, split: Split | None) -> ImageSamples:
    stored = stored_pictures(folder, pictures, split)
    if len(stored) == 0:
        return stored
    samples = ImageSamples(stored.name, pictures.to_raster(stored.images), stored.labels)
    if split != "train":
        return samples
    inked: NDArray[np.bool_] = np.any(samples.images, axis=(1, 2))
    return samples.taken(inked)


def _open_npz(path: Path) -> dict[str, NDArray[Any]]:
    if not path.exists():
        raise MissingFileError(path)
    try:
        # opened here: np.load leaves a file open that is no archive
        with path.open("rb") as file, np.load(file) as packed:
            return dict(packed)
    except (OSError, ValueError, EOFError, BadZipFile, zlib.error) as error:
        raise DamagedFileError(path) from error
