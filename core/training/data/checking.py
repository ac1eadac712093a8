"""Counting what is there: samples, classes, writers and duplicates of every source and split.

Counting reads every byte, so that a file that is damaged, cut short or another is named.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

from core.cleaning import to_grey
from core.errors import MissingFileError
from core.training.data.emnist import EMNIST_SETS, EmnistSet, emnist_home, emnist_sets, load_emnist
from core.training.data.errors import IncompleteDataError, NoSamplesError, UnknownDataError
from core.training.data.fonts import font_places, load_print
from core.training.data.idx import idx_file
from core.training.data.kaggle import KAGGLE_ROWS, kaggle_pieces
from core.training.data.mnist import load_mnist
from core.training.data.packed import (
    PICTURE_SETS,
    UJI_FILE,
    UNIPEN_FILE,
    UNIPEN_WORDS_FILE,
    PictureSet,
    data_folder,
    load_packed_ink,
    stored_pictures,
)
from core.training.data.pictures import labelled_pictures
from core.training.data.samples import ImageSamples, InkSamples, Samples, Written, gathered
from core.training.data.splits import SPLITS, Split, split_of, split_of_writer
from core.training.data.uji import uji_samples
from core.training.data.unipen import unipen_characters, unipen_words


@dataclass(frozen=True)
class SplitCount:
    """What is in a split.

    Attributes:
        split: Which.
        samples: How many.
        classes: Different labels.
        writers: Different writers; None where the source does not say.
        duplicates: Samples that are exact copies of an earlier one in the split.
        elsewhere: Samples of which there is an exact copy in another split; 0 where splits are by
            hash.
    """

    split: Split
    samples: int
    classes: int
    writers: int | None
    duplicates: int
    elsewhere: int


@dataclass(frozen=True)
class Seen:
    """What counting needs to know of a sample.

    Attributes:
        split: The one that it is in.
        label: What it is.
        writer: Who wrote it; None where the source does not say.
        digest: The same for an exact copy: of the pixels as stored, or of the ink wherever on the
            pad and however labelled.
    """

    split: Split
    label: str
    writer: str | None
    digest: bytes


@dataclass(frozen=True)
class Source:
    """Data that has a name.

    Attributes:
        what: It is, in a few words.
        seen: Every sample of it in a folder.
        official: How many samples the official files have; None where that is not settled.
    """

    what: str
    seen: Callable[[Path], Iterator[Seen]]
    official: int | None = None


def check(name: str, folder: Path | None = None) -> tuple[SplitCount, ...]:
    """What is in each split of a source, empty splits left out.

    Args:
        name: One of SOURCES.
        folder: Where its files are; the data folder if None.

    Raises:
        UnknownDataError: There is no such source.
        FileError: A file is missing, damaged, cut short, or another.
    """
    source = _source(name)
    where = folder or data_folder()
    counts = count(source.seen(where))
    found = sum(split.samples for split in counts)
    if found == 0:
        raise NoSamplesError(where)
    if source.official is not None and found != source.official:
        raise IncompleteDataError(where, found=found, official=source.official)
    return counts


def _source(name: str) -> Source:
    if name not in SOURCES:
        raise UnknownDataError(name, known=NAMES)
    return SOURCES[name]


def count(samples: Iterable[Seen]) -> tuple[SplitCount, ...]:
    """The counts of each split that has samples."""
    labels: dict[Split, set[str]] = {split: set() for split in SPLITS}
    writers: dict[Split, set[str | None]] = {split: set() for split in SPLITS}
    digests: dict[Split, Counter[bytes]] = {split: Counter() for split in SPLITS}
    for sample in samples:
        labels[sample.split].add(sample.label)
        writers[sample.split].add(sample.writer)
        digests[sample.split][sample.digest] += 1
    return tuple(
        SplitCount(
            split,
            samples=mine.total(),
            classes=len(labels[split]),
            writers=None if None in writers[split] else len(writers[split]),
            duplicates=mine.total() - len(mine),
            elsewhere=sum(
                many
                for digest, many in mine.items()
                if any(digest in digests[other] for other in SPLITS if other != split)
            ),
        )
        for split, mine in digests.items()
        if mine
    )


def check_command(name: str, folder: Path | None) -> int:
    """Prints the counts of a source, or, for `emnist`, of each of its sets that is there.

    Raises:
        UnknownDataError: There is no such source.
        FileError: As `check`.
    """
    for part in _parts(name, folder or data_folder()):
        print(f"{part}: {_source(part).what}", flush=True)
        print(counts_table(check(part, folder)), flush=True)
    return 0


def counts_table(counts: Iterable[SplitCount]) -> str:
    """The counts as lines of text, one a split."""
    rows: list[tuple[str, ...]] = [_HEADINGS]
    for split in counts:
        figures = (split.samples, split.classes, split.writers, split.duplicates, split.elsewhere)
        rows.append((split.split, *("-" if n is None else f"{n:,}" for n in figures)))
    return "\n".join(f"  {row[0]:<6}" + "".join(f"{cell:>16}" for cell in row[1:]) for row in rows)


_HEADINGS = ("split", "samples", "classes", "writers", "duplicates", "in other splits")


def _parts(name: str, folder: Path) -> tuple[str, ...]:
    if name != _ALL_EMNIST:
        return (name,)
    parts = emnist_sets(folder)
    if not parts:
        raise MissingFileError(
            idx_file(emnist_home(folder), "emnist-balanced-train", "images-idx3")
        )
    return tuple(f"{_ALL_EMNIST}-{part}" for part in parts)


# --- What is seen of each source ---------------------------------------------------------------


def _of_samples(samples: Samples, split: Split) -> Iterator[Seen]:
    if isinstance(samples, InkSamples):
        return _of_ink(samples, split)
    return _of_pictures(samples, split)


def _of_ink(samples: InkSamples, split: Split) -> Iterator[Seen]:
    """Ink in the donor's units: brought to the size of the pad, copies would differ."""
    for row, label, writer in zip(samples.rows, samples.labels, samples.writers, strict=True):
        first, last = samples.sample_offsets[row : row + 2]
        edges = samples.stroke_offsets[first : last + 1]
        points = samples.points[edges[0] : edges[-1]]
        digest = hashlib.sha256((points - points.min(axis=0)).tobytes())
        digest.update(repr([end - start for start, end in pairwise(edges.tolist())]).encode())
        yield Seen(split, str(label), str(writer), digest.digest())


def _of_pictures(samples: ImageSamples, split: Split) -> Iterator[Seen]:
    for index, (image, label) in enumerate(zip(samples.images, samples.labels, strict=True)):
        writer = None if samples.writers is None else str(samples.writers[index])
        yield Seen(split, str(label), writer, hashlib.sha256(image.tobytes()).digest())


def _of_written(name: str, samples: Iterable[Written]) -> Iterator[Seen]:
    """Samples of a text format, whose writers say the split."""
    for sample in samples:
        split = split_of_writer(sample.writer)
        yield from _of_ink(gathered(name, [sample], sized=False), split)


def _splits_of(load: Callable[[Split], Samples], splits: Iterable[Split]) -> Iterator[Seen]:
    for split in splits:
        yield from _of_samples(load(split), split)


def _packed_ink(path: Path) -> Iterator[Seen]:
    return _splits_of(
        lambda split: load_packed_ink(path, name=path.stem, split=split, sized=False), SPLITS
    )


def _unipen(folder: Path) -> Iterator[Seen]:
    packed = folder / UNIPEN_FILE
    if packed.exists():
        return _packed_ink(packed)
    return _of_written("UNIPEN", unipen_characters(folder))


def _unipen_words(folder: Path) -> Iterator[Seen]:
    packed = folder / UNIPEN_WORDS_FILE
    if packed.exists():
        return _packed_ink(packed)
    return _of_written("UNIPEN words", unipen_words(folder))


def _uji(folder: Path) -> Iterator[Seen]:
    packed = folder / UJI_FILE
    if packed.exists():
        return _packed_ink(packed)
    return _splits_of(
        lambda split: gathered("UJI", uji_samples(folder, split), sized=False), SPLITS
    )


def _mnist(folder: Path) -> Iterator[Seen]:
    return _splits_of(lambda split: load_mnist(folder, split), SPLITS)


def _emnist(part: EmnistSet, folder: Path) -> Iterator[Seen]:
    return _splits_of(lambda split: load_emnist(folder, part, split), SPLITS)


def _kaggle(folder: Path) -> Iterator[Seen]:
    for piece in kaggle_pieces(folder):
        for image, label in zip(piece.images, piece.labels, strict=True):
            digest = hashlib.sha256(image.tobytes()).digest()
            yield Seen(split_of(image), str(label), None, digest)


def _picture_set(pictures: PictureSet, folder: Path) -> Iterator[Seen]:
    return _splits_of(lambda split: stored_pictures(folder, pictures, split), SPLITS)


def _print(folder: Path) -> Iterator[Seen]:
    places = (folder, *font_places())
    return _splits_of(lambda split: load_print(split, places=places), SPLITS)


def _pictures(folder: Path) -> Iterator[Seen]:
    for picture in labelled_pictures(folder):
        grey = to_grey(picture.pixels)
        digest = hashlib.sha256(grey.tobytes()).digest()
        yield Seen(split_of(grey), picture.label, None, digest)


_ALL_EMNIST = "emnist"

_EMNIST_COUNTS: Mapping[EmnistSet, int | None] = MappingProxyType(
    {
        "balanced": 131_600,
        "byclass": 814_255,
        "bymerge": 814_255,
        "digits": 280_000,
        # the paper has 145,600, files have been handed out with 103,600
        "letters": None,
        "mnist": 70_000,
    }
)

SOURCES: Mapping[str, Source] = MappingProxyType(
    {
        "unipen": Source("characters of UNIPEN, packed or the official tree", _unipen),
        "unipen-words": Source("words and texts of UNIPEN, packed or the tree", _unipen_words),
        "uji": Source("UJI Pen Characters, packed or the official text", _uji),
        "mnist": Source("MNIST, official idx files", _mnist, 70_000),
        **{
            f"{_ALL_EMNIST}-{part}": Source(
                f"EMNIST {part}, official idx files, zip or MAT-file",
                partial(_emnist, part),
                _EMNIST_COUNTS[part],
            )
            for part in EMNIST_SETS
        },
        "kaggle": Source("Kaggle A-Z, the official CSV", _kaggle, KAGGLE_ROWS),
        **{
            name: Source(f"{pictures.name}, packed", partial(_picture_set, pictures))
            for name, pictures in PICTURE_SETS.items()
        },
        "print": Source("signs of free fonts, in the folder or installed", _print),
        "pictures": Source("a folder of pictures a class", _pictures),
    }
)

NAMES = (*SOURCES, _ALL_EMNIST)
