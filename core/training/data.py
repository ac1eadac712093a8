"""Handwriting to learn from and to measure with: every source, and its one split.

Pen ink comes as `Ink` in pad pixels, pictures as uint8 pixels in `Raster` polarity. The split is
by writer where writers are known, else by a hash of the picture, so that duplicates stay together.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import zlib
from dataclasses import dataclass, fields
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from core.cleaning import clean_stages
from core.errors import DamagedFileError, MissingFileError
from core.ink import Ink, Stroke

Split = Literal["train", "val", "test"]

PAD_EXTENT = 100.0
"""Median longer side of a writer's characters, in pad pixels, after loading: UNIPEN's units differ
from donor to donor, and only with a common size does a pen have a width."""

MNIST_VAL = 5_000
"""The last training digits of MNIST, kept apart to choose with."""

VAL_SHARE, TEST_SHARE = 0.1, 0.2
"""Shares of a source without an official split that go to val and test."""

UNIPEN_FILE = "unipen_chars.npz"
UNIPEN_WORDS_FILE = "unipen_words.npz"
UJI_FILE = "uji_pen_v1.npz"
PAPER_FILE = "paper_letters_tasnim.npz"
NIST_CAPITALS_FILE = "nist26_uppercase.npz"
MNIST_FOLDER = "mnist"


@dataclass(frozen=True, eq=False)
class InkSamples:
    """Isolated characters of pen ink.

    Attributes:
        name: Of the source.
        points: float32 (P, 2), x and y in pad pixels, all samples behind one another.
        stroke_offsets: int64 (S + 1,): stroke j has points [j, j + 1).
        sample_offsets: int64 (N + 1,): sample i has strokes [i, i + 1).
        labels: One sign a sample, unicode (N,).
        writers: Who wrote it, unicode (N,).
        rows: int64 (N,): which of the offsets' samples these are.
    """

    name: str
    points: NDArray[np.float32]
    stroke_offsets: NDArray[np.int64]
    sample_offsets: NDArray[np.int64]
    labels: NDArray[np.str_]
    writers: NDArray[np.str_]
    rows: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.rows)

    def ink(self, index: int) -> Ink:
        """The ink of one sample."""
        row = self.rows[index]
        first, last = self.sample_offsets[row : row + 2]
        edges = self.stroke_offsets[first : last + 1]
        return Ink(tuple(Stroke.through(self.points[start:end]) for start, end in pairwise(edges)))


@dataclass(frozen=True, eq=False)
class ImageSamples:
    """Pictures of isolated characters.

    Attributes:
        name: Of the source.
        images: uint8 (N, H, W), ink white on black.
        labels: One sign a sample, unicode (N,).
    """

    name: str
    images: NDArray[np.uint8]
    labels: NDArray[np.str_]

    def __len__(self) -> int:
        return len(self.labels)


Samples = InkSamples | ImageSamples


def data_folder() -> Path:
    """Where the data is: `GLYPHPAD_DATA`, else `../shared/data` beside the checkout."""
    beside = Path(__file__).resolve().parents[2].parent / "shared" / "data"
    return Path(os.environ.get("GLYPHPAD_DATA", beside))


def load_unipen(folder: Path, split: Split) -> InkSamples:
    """UNIPEN train_r01_v07 (Guyon et al. 1994), split by writer."""
    return _load_ink(folder / UNIPEN_FILE, name="UNIPEN", split=split)


def load_unipen_words(folder: Path, split: Split) -> InkSamples:
    """Words and lines of UNIPEN, labelled with their text; the writers' split is that of
    `load_unipen`."""
    return _load_ink(folder / UNIPEN_WORDS_FILE, name="UNIPEN words", split=split)


def load_uji(folder: Path) -> InkSamples:
    """UJI Pen Characters (Llorens et al. 2008): all of it for tests."""
    return _load_ink(folder / UJI_FILE, name="UJI", split="test")


def load_mnist(folder: Path, split: Split) -> ImageSamples:
    """MNIST (LeCun et al. 1998); val is the end of its training part."""
    part = "t10k" if split == "test" else "train"
    images = _read_idx(folder / MNIST_FOLDER / f"{part}-images-idx3-ubyte.gz")
    labels = _read_idx(folder / MNIST_FOLDER / f"{part}-labels-idx1-ubyte.gz")
    chosen = {
        "train": slice(None, -MNIST_VAL),
        "val": slice(-MNIST_VAL, None),
        "test": slice(None),
    }[split]
    return ImageSamples("MNIST", images[chosen], labels[chosen].astype("U1"))


def load_paper_letters(folder: Path, split: Split) -> ImageSamples:
    """Letters and digits on grey paper, cleaned as any picture is; split by a hash of each.

    A picture in which no ink was found is left out of the training, but not of a measurement.
    """
    packed = _open_npz(folder / PAPER_FILE)
    mine = np.array([split_of(photo) == split for photo in packed["images"]])
    samples = _cleaned("paper letters", packed["images"][mine], packed["label"][mine])
    if split != "train":
        return samples
    inked = samples.images.any(axis=(1, 2))
    return ImageSamples(samples.name, samples.images[inked], samples.labels[inked])


def load_nist_capitals(folder: Path) -> ImageSamples:
    """Capitals of NIST Special Database 19, never trained on: all of it for tests."""
    packed = _open_npz(folder / NIST_CAPITALS_FILE)
    return _cleaned("NIST capitals", packed["images"], packed["label"])


def split_of(image: NDArray[np.uint8]) -> Split:
    """The split of a picture, by its hash: the same for an exact duplicate."""
    digest = hashlib.sha256(np.ascontiguousarray(image).tobytes()).digest()
    place = int.from_bytes(digest[:4], "big") / 2**32
    if place < TEST_SHARE:
        return "test"
    return "val" if place < TEST_SHARE + VAL_SHARE else "train"


def _cleaned(name: str, photos: NDArray[Any], labels: NDArray[Any]) -> ImageSamples:
    """Grey pictures uint8 (N, H, W), on which the program's own cleaning was done."""
    images = [
        clean_stages(np.repeat(photo[..., None], 3, axis=2)).raster.pixels for photo in photos
    ]
    return ImageSamples(name, np.stack(images), labels)


def _load_ink(path: Path, *, name: str, split: Split) -> InkSamples:
    packed = _open_npz(path)
    writers = np.char.add(np.char.add(packed["donor"], "/"), packed["writer"])
    deltas, strokes, samples = (
        packed[key] for key in ("deltas", "stroke_offsets", "sample_offsets")
    )
    points = pad_sized(_absolute(deltas, strokes[samples]), strokes[samples], writers)
    rows = np.flatnonzero(packed["split"] == split)
    return InkSamples(name, points, strokes, samples, packed["label"][rows], writers[rows], rows)


def _absolute(deltas: NDArray[np.int16], sample_starts: NDArray[np.int64]) -> NDArray[np.float32]:
    """Places from steps, beginning anew at each sample."""
    places = deltas.astype(np.int64).cumsum(axis=0)
    before = np.zeros((len(sample_starts) - 1, 2), np.int64)
    before[1:] = places[sample_starts[1:-1] - 1]
    return (places - np.repeat(before, np.diff(sample_starts), axis=0)).astype(np.float32)


def pad_sized(
    points: NDArray[np.float32], starts: NDArray[np.int64], writers: NDArray[np.str_]
) -> NDArray[np.float32]:
    """`points` in pad pixels: the median longer side of each writer's samples is `PAD_EXTENT`.

    Args:
        points: float32 (P, 2), in units of each writer's own.
        starts: int64 (N + 1,): sample i has points [i, i + 1).
        writers: unicode (N,).
    """
    if len(writers) == 0:
        return points
    low = np.minimum.reduceat(points, starts[:-1])
    extents = (np.maximum.reduceat(points, starts[:-1]) - low).max(axis=1)
    _, writer = np.unique(writers, return_inverse=True)
    factors = np.array(
        [PAD_EXTENT / max(np.median(extents[writer == who]), 1) for who in range(writer.max() + 1)]
    )
    return points * np.repeat(factors[writer], np.diff(starts)).astype(np.float32)[:, None]


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


def _open_npz(path: Path) -> dict[str, NDArray[Any]]:
    if not path.exists():
        raise MissingFileError(path)
    try:
        # opened here: np.load leaves a file open that is no archive
        with path.open("rb") as file, np.load(file) as packed:
            return dict(packed)
    except (OSError, ValueError, EOFError, BadZipFile, zlib.error) as error:
        raise DamagedFileError(path) from error


def _read_idx(path: Path) -> NDArray[np.uint8]:
    """An idx file of unsigned bytes (the format's page is MNIST's own), gzipped."""
    if not path.exists():
        raise MissingFileError(path)
    try:
        data = gzip.decompress(path.read_bytes())
    except (OSError, EOFError, zlib.error) as error:
        raise DamagedFileError(path) from error
    dimensions = data[3] if data.startswith(b"\x00\x00\x08") and data[3:] else 0
    header = 4 + 4 * dimensions
    if dimensions == 0 or len(data) < header:
        raise DamagedFileError(path)
    shape = np.frombuffer(data[4:header], ">i4")
    if len(data) != header + int(np.prod(shape, dtype=np.int64)):
        raise DamagedFileError(path)
    return np.frombuffer(data, np.uint8, offset=header).reshape(shape)
