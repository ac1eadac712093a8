"""Data: every official format, made here as its users have it; every damage named; one split."""

from __future__ import annotations

import dataclasses
import errno
import gzip
import hashlib
import io
import re
import struct
import tarfile
import threading
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from unittest import mock

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.cli import DONE, SOME_FAILED, main
from core.errors import (
    DamagedFileError,
    EmptyFileError,
    FileError,
    MissingFileError,
    UnreadableFileError,
    UnwritableFileError,
)
from core.training.data import (
    EMNIST_SETS,
    SPLITS,
    UJI_FILE,
    UNIPEN_FILE,
    UNIPEN_WORDS_FILE,
    InkSamples,
    Samples,
    data_folder,
    load_emnist,
    load_femnist_digits,
    load_kaggle,
    load_kaggle_sample,
    load_mnist,
    load_nist_capitals,
    load_pictures,
    load_semeion_digits,
    load_uji,
    load_uji_text,
    load_unipen,
    load_unipen_tree,
    load_unipen_tree_words,
    split_of,
    split_of_writer,
    splits,
)
from core.training.data.checking import NAMES, SOURCES, SplitCount, check, check_command
from core.training.data.errors import (
    BadRowError,
    DownloadError,
    IncompleteDataError,
    MissingInkError,
    NoSamplesError,
    UnknownClassError,
    UnknownDataError,
    WrongChecksumError,
)
from core.training.data.fetching import (
    OFFERS,
    Checksum,
    Download,
    Offer,
    fetch_command,
    fetch_file,
    unpack,
)
from core.training.data.fetching import fetch as fetch_data
from core.training.data.kaggle import KAGGLE_FILE
from core.training.data.matlab import read_mat
from core.training.data.pictures import SIDE
from core.training.data.samples import Written, gathered
from core.training.data.uji import UJI_1_FILES, UJI_2_FILE
from core.training.data.unipen import read_unipen
from tests.core.handwriting import character, on_sheet

# --- Official files, made here -----------------------------------------------------------------


def random_images(count: int, *, seed: int = 1, side: int = 28) -> NDArray[np.uint8]:
    return np.random.default_rng(seed).integers(0, 256, (count, side, side), np.uint8)


def idx(values: NDArray[np.uint8]) -> bytes:
    return (
        struct.pack(f">BBBB{values.ndim}i", 0, 0, 8, values.ndim, *values.shape) + values.tobytes()
    )


def write_mnist(home: Path, *, name: str = "{part}-{kind}-ubyte.gz", dot: bool = False) -> None:
    """50 training digits and 10 test digits."""
    home.mkdir(parents=True, exist_ok=True)
    for part, count in (("train", 50), ("t10k", 10)):
        labels = (np.arange(count) % 10).astype(np.uint8)
        for kind, values in (
            ("images-idx3", random_images(count, seed=count)),
            ("labels-idx1", labels),
        ):
            path = home / name.format(
                part=part, kind=kind.replace("-idx", ".idx" if dot else "-idx")
            )
            data = idx(values)
            path.write_bytes(gzip.compress(data, 1) if path.suffix == ".gz" else data)


MAPPINGS = {
    "letters": "1 65 97\n2 66 98\n3 67 99\n",
    "balanced": "0 48\n10 65\n36 97\n",
}


def emnist_files(part: str) -> dict[str, bytes]:
    """A set of EMNIST as NIST packs it: pictures stored transposed."""
    files = {f"emnist-{part}-mapping.txt": MAPPINGS.get(part, "0 48\n1 49\n").encode()}
    classes = [int(line.split()[0]) for line in MAPPINGS.get(part, "0 48\n1 49\n").splitlines()]
    for official, count in (("train", 60), ("test", 12)):
        stored = random_images(count, seed=count).transpose(0, 2, 1)
        labels = np.array(classes, np.uint8)[np.arange(count) % len(classes)]
        stem = f"emnist-{part}-{official}"
        files[f"{stem}-images-idx3-ubyte.gz"] = gzip.compress(idx(stored), 1)
        files[f"{stem}-labels-idx1-ubyte.gz"] = gzip.compress(idx(labels), 1)
    return files


def write_emnist(home: Path, part: str) -> None:
    home.mkdir(parents=True, exist_ok=True)
    for name, data in emnist_files(part).items():
        (home / name).write_bytes(data)


def write_emnist_zip(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as packed:
        for part in EMNIST_SETS:
            for name, data in emnist_files(part).items():
                packed.writestr(f"gzip/{name}", data)


def mat_element(kind: int, body: bytes, *, order: str = "<") -> bytes:
    if 0 < len(body) <= 4:
        return struct.pack(f"{order}I", len(body) << 16 | kind) + body.ljust(4, b"\0")
    return struct.pack(f"{order}II", kind, len(body)) + body + b"\0" * (-len(body) % 8)


def mat_matrix(name: str, value: Any, *, order: str = "<") -> bytes:
    """A miMATRIX element, of numbers or of a struct."""
    element = partial(mat_element, order=order)
    if isinstance(value, dict):
        kind, shape = 2, (1, 1)
        names = b"".join(key.encode().ljust(8, b"\0") for key in value)
        body = element(5, struct.pack(f"{order}i", 8)) + element(1, names)
        body += b"".join(mat_matrix("", inner, order=order) for inner in value.values())
    else:
        kind, stored = {"uint8": (9, 2), "float64": (6, 9)}[value.dtype.name]
        shape = value.shape
        numbers = value.astype(value.dtype.newbyteorder(order)).tobytes(order="F")
        body = element(stored, numbers)
    head = element(6, struct.pack(f"{order}II", kind, 0))
    head += element(5, struct.pack(f"{order}{len(shape)}i", *shape))
    return element(14, head + element(1, name.encode()) + body)


def mat_file(name: str, value: Any, *, order: str = "<", compressed: bool = True) -> bytes:
    text = b"MATLAB 5.0 MAT-file, made by a test".ljust(124)
    head = text + struct.pack(f"{order}H", 0x0100) + (b"IM" if order == "<" else b"MI")
    matrix = mat_matrix(name, value, order=order)
    if compressed:
        packed = zlib.compress(matrix)
        return head + struct.pack(f"{order}II", 15, len(packed)) + packed
    return head + matrix


def emnist_mat(**how: Any) -> bytes:
    """Letters with 20 training writers of 3 letters and 4 test writers."""

    def part(count: int, first_writer: int) -> dict[str, Any]:
        stored = random_images(count, seed=count).transpose(0, 2, 1).reshape(count, -1)
        return {
            "images": np.ascontiguousarray(stored),
            "labels": (1 + np.arange(count) % 3).astype(np.uint8)[:, None],
            "writers": (first_writer + np.arange(count) // 3).astype(np.float64)[:, None],
        }

    mapping = np.array([[1, 65, 97], [2, 66, 98], [3, 67, 99]], np.float64)
    dataset = {"train": part(60, 100), "test": part(12, 900), "mapping": mapping}
    return mat_file("dataset", dataset, **how)


def kaggle_rows(count: int) -> list[str]:
    rows = random_images(count, seed=7).reshape(count, -1)
    return [
        ",".join(map(str, [index % 26, *row.tolist()])) + "\n" for index, row in enumerate(rows)
    ]


def write_kaggle(home: Path, rows: list[str]) -> Path:
    home.mkdir(parents=True, exist_ok=True)
    path = home / KAGGLE_FILE
    path.write_text("".join(rows), encoding="ascii", newline="")
    return path


INK = """\
.INCLUDE don/don.doc
.COMMENT previously: .WRITER_ID nobody
         and a second line
.WRITER_ID {writer}
.START_BOX
.PEN_DOWN
\t10\t100
\t10\t100
\t10\t80
.PEN_UP
.DT 100
.PEN_DOWN
 0 90
 20 90
.PEN_UP
 30 95
 35 95
.PEN_DOWN
 40 100
 40 90
 40 80
 50 80
.PEN_UP
.PEN_DOWN
0 0
.PEN_UP
"""
"""A plus of components 0 and 1, 2 in the air, an L that is 3, a dot that is 4; y up."""

SEGMENTS = """\
.VERSION 1.0
.INCLUDE don/data/{writer}.dat
.SEGMENT CHARACTER 0-1 OK "+"
.SEGMENT CHARACTER 3 ? "L"
.SEGMENT CHARACTER 3:0-3:2 GOOD "l"
"""

DOC = """\
.VERSION 1.0
.DATA_SOURCE a test
.DATA_INFO  Alphabet:   Latin
            Quality:    as it is
.COORD X Y
.HIERARCHY WORD CHARACTER
.ALPHABET "a" "\\"" ".PEN_DOWN"
.X_DIM 1000
.X_POINTS_PER_INCH 145
.Y_POINTS_PER_INCH 200
"""


def write_tree(root: Path, writers: list[str]) -> Path:
    """An official tree with the same characters of each writer."""
    tree = root / "train_r01_v07"
    (tree / "include" / "don" / "data").mkdir(parents=True)
    (tree / "include" / "don" / "don.doc").write_text(DOC)
    for writer in writers:
        ink = tree / "include" / "don" / "data" / f"{writer}.dat"
        ink.write_text(INK.format(writer=writer))
        for category in ("1d", "2"):
            home = tree / "data" / category / "don" / "box"
            home.mkdir(parents=True, exist_ok=True)
            (home / f"{writer}.dat").write_text(SEGMENTS.format(writer=writer))
    return tree


UJI_1 = """\
.LEXICON "a" "b" "Z" "9"
.HIERARCHY CHARACTER
.SEGMENT CHARACTER 0-1 ? "i"
.COMMENT  i 1 1
.PEN_DOWN
  100   200
  100   260
.PEN_UP
.DT 100
.PEN_DOWN
  100   180
.PEN_UP
.DT 100
.SEGMENT CHARACTER 2 ? "L"
.PEN_DOWN
  10   0
  10   50
  40   50
.PEN_UP
"""

UJI_2 = """\
//
// ASCII char: L
WORD L trn_UJI_W01-01
  NUMSTROKES 1
  POINTS 3 # 10 0 10 50 40 50
WORD L trn_UPV_W{writer:02}-02
  NUMSTROKES 2
  POINTS 2 # 10 0 10 50
  POINTS 2 # 10 50 40 50
WORD L tst_UPV_W03-01
  NUMSTROKES 1
  POINTS 2 # 10 0 10 50
WORD ntilde tst_UPV_W03-01
  NUMSTROKES 1
  POINTS 2 # 10 0 10 50
"""


def write_uji_1(home: Path) -> None:
    home.mkdir(parents=True, exist_ok=True)
    for name in UJI_1_FILES:
        (home / name).write_text(UJI_1)


def write_packed_ink(path: Path, split: str) -> None:
    """Two dots and a line by one writer, all in `split`."""
    np.savez_compressed(
        path,
        deltas=np.array([[0, 0], [0, 0], [0, 0], [30, 0]], np.int16),
        stroke_offsets=np.array([0, 1, 2, 4]),
        sample_offsets=np.array([0, 1, 2, 3]),
        label=np.array([".", ".", "-"]),
        donor=np.array(["don"] * 3),
        writer=np.array(["ann"] * 3),
        split=np.array([split] * 3),
    )


def places(samples: InkSamples, index: int) -> list[list[list[float]]]:
    """The points of a sample's strokes, rounded."""
    return [stroke.xy.round(1).tolist() for stroke in samples.ink(index).strokes]


# --- MNIST -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "dot"),
    [
        ("{part}-{kind}-ubyte.gz", False),
        ("{part}-{kind}-ubyte", False),
        ("{part}{kind}-ubyte", True),
    ],
)
def test_mnist_is_read_under_each_of_its_names(tmp_path, monkeypatch, name, dot):
    monkeypatch.setattr(splits, "MNIST_VAL", 20)
    if dot:
        name = "{part}-{kind}-ubyte"
    write_mnist(tmp_path / "mnist", name=name, dot=dot)
    for folder in (tmp_path, tmp_path / "mnist"):
        train, val, test = (load_mnist(folder, split) for split in SPLITS)
        assert [len(train), len(val), len(test)] == [30, 20, 10]
        assert np.array_equal(train.images, random_images(50, seed=50)[:30])
        assert np.array_equal(test.images, random_images(10, seed=10))
        assert list(test.labels) == [str(digit) for digit in range(10)]


def test_labels_that_do_not_match_the_pictures_are_named(tmp_path):
    write_mnist(tmp_path)
    labels = tmp_path / "t10k-labels-idx1-ubyte.gz"
    for wrong in (np.zeros(9, np.uint8), np.full(10, 10, np.uint8)):
        labels.write_bytes(gzip.compress(idx(wrong)))
        with pytest.raises(DamagedFileError) as caught:
            load_mnist(tmp_path, "test")
        assert caught.value.path == labels


def test_labels_in_the_place_of_pictures_are_named(tmp_path):
    write_mnist(tmp_path)
    images = tmp_path / "t10k-images-idx3-ubyte.gz"
    images.write_bytes((tmp_path / "t10k-labels-idx1-ubyte.gz").read_bytes())
    with pytest.raises(DamagedFileError) as caught:
        load_mnist(tmp_path, "test")
    assert caught.value.path == images


# --- EMNIST ------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", EMNIST_SETS)
def test_every_set_of_emnist_is_read_from_its_files_and_from_the_zip(tmp_path, part):
    write_emnist(tmp_path / "a" / "emnist", part)
    write_emnist_zip(tmp_path / "b" / "gzip.zip")
    for split in SPLITS:
        one, other = (load_emnist(tmp_path / form, part, split) for form in "ab")
        assert np.array_equal(one.images, other.images)
        assert np.array_equal(one.labels, other.labels)
    test = load_emnist(tmp_path / "b" / "gzip.zip", part, "test")
    assert np.array_equal(test.images, random_images(12, seed=12)), "not upright"


def test_emnists_classes_go_by_their_mapping_and_capitals_come_first(tmp_path):
    for part, signs in (("letters", "ABC"), ("balanced", "0Aa"), ("digits", "01")):
        write_emnist(tmp_path, part)
        assert "".join(load_emnist(tmp_path, part, "test").labels[: len(signs)]) == signs


def test_emnists_training_part_is_shared_by_hash(tmp_path):
    write_emnist(tmp_path, "letters")
    train, val = (load_emnist(tmp_path, "letters", split) for split in ("train", "val"))
    assert len(train) + len(val) == 60
    assert 0 < len(val) < 15
    assert not {image.tobytes() for image in train.images} & {i.tobytes() for i in val.images}


@pytest.mark.parametrize("how", [{}, {"compressed": False}, {"order": ">"}])
def test_emnist_is_read_from_a_mat_file_and_split_by_its_writers(tmp_path, how):
    (tmp_path / "emnist-letters.mat").write_bytes(emnist_mat(**how))
    train, val, test = (load_emnist(tmp_path, "letters", split) for split in SPLITS)
    assert np.array_equal(test.images, random_images(12, seed=12)), "not upright"
    assert "".join(test.labels[:3]) == "ABC"
    assert len(train) + len(val) == 60
    assert val.writers is not None
    assert train.writers is not None
    assert 0 < len(set(val.writers)) < 8
    assert not set(train.writers) & set(val.writers)
    assert test.writers is not None
    assert set(test.writers) == {"nist/900", "nist/901", "nist/902", "nist/903"}


@pytest.mark.parametrize("keep", [0, 100, 128, 140, 2000, -9, -1])
@pytest.mark.parametrize("compressed", [True, False])
def test_a_mat_file_cut_short_is_named(tmp_path, keep, compressed):
    path = tmp_path / "emnist-letters.mat"
    path.write_bytes(emnist_mat(compressed=compressed)[:keep])
    with pytest.raises(DamagedFileError) as caught:
        load_emnist(tmp_path, "letters", "train")
    assert caught.value.path == path


@pytest.mark.parametrize(
    "value",
    [
        np.zeros((2, 2)),
        {"train": np.zeros((2, 2))},
        {"test": {"images": np.zeros((2, 3)), "labels": np.ones((2, 1))}},
        {"train": {}},
    ],
)
def test_a_mat_file_of_something_else_is_named(tmp_path, value):
    (tmp_path / "emnist-letters.mat").write_bytes(mat_file("dataset", value))
    with pytest.raises(DamagedFileError, match=r"emnist-letters\.mat"):
        load_emnist(tmp_path, "letters", "test")


@settings(deadline=None)
@given(st.binary(max_size=80), st.integers(0, 400))
def test_a_damaged_mat_file_is_never_a_bug(tmp_path_factory, noise, place):
    path = tmp_path_factory.mktemp("mat") / "noise.mat"
    whole = bytearray(mat_file("numbers", {"one": np.arange(6.0)}, compressed=False))
    whole[place : place + len(noise)] = noise
    path.write_bytes(whole)
    try:
        read_mat(path)
    except DamagedFileError as error:
        assert error.path == path  # noqa: PT017  # it may as well be readable


def test_files_of_emnist_that_are_missing_are_named(tmp_path):
    with pytest.raises(MissingFileError, match="emnist-letters-train-images-idx3-ubyte"):
        load_emnist(tmp_path, "letters", "train")
    write_emnist(tmp_path, "letters")
    for missing in ("emnist-letters-mapping.txt", "emnist-letters-train-labels-idx1-ubyte.gz"):
        (tmp_path / missing).rename(tmp_path / "away")
        with pytest.raises(MissingFileError, match=missing):
            load_emnist(tmp_path, "letters", "train")
        (tmp_path / "away").rename(tmp_path / missing)


def test_a_class_without_a_mapping_is_named(tmp_path):
    write_emnist(tmp_path, "letters")
    mapping = tmp_path / "emnist-letters-mapping.txt"
    mapping.write_text("1 65 97\n")
    with pytest.raises(DamagedFileError, match="labels-idx1"):
        load_emnist(tmp_path, "letters", "test")
    for wrong in ("1\n", "one 65\n", "\xff"):
        mapping.write_text(wrong, encoding="latin-1")
        with pytest.raises(DamagedFileError, match="mapping"):
            load_emnist(tmp_path, "letters", "test")


def test_a_damaged_zip_is_named(tmp_path):
    path = tmp_path / "gzip.zip"
    write_emnist_zip(path)
    whole = path.read_bytes()
    path.write_bytes(whole[:-200])
    with pytest.raises(DamagedFileError, match=r"gzip\.zip"):
        load_emnist(tmp_path, "letters", "train")
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("gzip/readme.txt", "")
    with pytest.raises(MissingFileError, match="emnist-letters-train-images"):
        load_emnist(tmp_path, "letters", "train")


# --- Kaggle A-Z --------------------------------------------------------------------------------


def test_the_kaggle_csv_is_read_in_pieces(tmp_path, monkeypatch):
    monkeypatch.setattr("core.training.data.kaggle.ROWS_AT_ONCE", 16)
    path = write_kaggle(tmp_path / "kaggle", kaggle_rows(53))
    parts = [load_kaggle(tmp_path, split) for split in SPLITS]
    assert sum(map(len, parts)) == 53
    assert min(map(len, parts)) > 0
    truth = dict(
        zip(
            [image.tobytes() for image in random_images(53, seed=7)],
            [chr(ord("A") + index % 26) for index in range(53)],
            strict=True,
        )
    )
    for split, part in zip(SPLITS, parts, strict=True):
        assert part.images.shape[1:] == (28, 28)
        for image, label in zip(part.images, part.labels, strict=True):
            assert truth[image.tobytes()] == label
            assert split_of(image) == split
    assert len(load_kaggle(path, "train")) == len(parts[0])


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda row: row[: len(row) // 2] + "\n", "numbers, not 785"),
        (lambda row: row.replace("\n", ",0\n"), "786 numbers, not 785"),
        (lambda row: "x" + row, "'x"),
        (lambda row: row.replace("\n", "0000\n"), "0000'"),
        (lambda row: "26" + row[row.index(",") :], "class 26"),
        (lambda row: "-1" + row[row.index(",") :], "'-1'"),
        (lambda row: "1.5" + row[row.index(",") :], "'1.5'"),
        (lambda row: "²" + row[row.index(",") :], "'²'"),
        (lambda row: "\n" + row, "1 numbers"),
        (lambda row: "label" + ",pixel" * 784 + "\n" + row, "'label'"),
    ],
)
def test_a_wrong_row_of_the_csv_is_named(tmp_path, monkeypatch, wrong, says):
    monkeypatch.setattr("core.training.data.kaggle.ROWS_AT_ONCE", 4)
    rows = kaggle_rows(12)
    rows[9] = wrong(rows[9])
    path = tmp_path / KAGGLE_FILE
    path.write_text("".join(rows), encoding="latin-1")
    with pytest.raises(BadRowError, match=re.escape(says)) as caught:
        load_kaggle(tmp_path, "train")
    assert (caught.value.path, caught.value.row) == (path, 10)


def test_a_csv_cut_short_is_named(tmp_path):
    rows = kaggle_rows(5)
    rows[-1] = rows[-1][:1000]
    write_kaggle(tmp_path, rows)
    with pytest.raises(BadRowError, match="row 5"):
        load_kaggle(tmp_path, "train")


def test_an_empty_or_missing_csv_is_named(tmp_path):
    with pytest.raises(MissingFileError, match=KAGGLE_FILE):
        load_kaggle(tmp_path, "train")
    write_kaggle(tmp_path, [])
    with pytest.raises(EmptyFileError, match=KAGGLE_FILE):
        load_kaggle(tmp_path, "train")


# --- UNIPEN ------------------------------------------------------------------------------------


def test_segments_of_the_tree_are_read_once_with_y_down(tmp_path):
    write_tree(tmp_path, ["Ann_Lee"])
    (split,) = {split_of_writer("don/Ann_Lee")}
    samples = load_unipen_tree(tmp_path, split)
    assert list(samples.labels) == ["+", "L", "l"]
    assert set(samples.writers) == {"don/Ann_Lee"}
    # the median longer side of the three is 20 units, which is 100 pixels on the pad
    plus, ell, stroke = (places(samples, index) for index in range(3))
    assert plus == [[[50, 0], [50, 100]], [[0, 50], [100, 50]]]
    assert ell == [[[0, 0], [0, 50], [0, 100], [50, 100]]]
    assert stroke == [[[0, 0], [0, 50], [0, 100]]]


def test_writers_of_the_tree_are_in_one_split_each(tmp_path):
    writers = [f"writer{number}" for number in range(30)]
    write_tree(tmp_path, writers)
    seen = [set(load_unipen_tree(tmp_path, split).writers) for split in SPLITS]
    assert sum(map(len, seen)) == 30
    assert set.union(*seen) == {f"don/{writer}" for writer in writers}
    assert min(map(len, seen)) > 0


def test_what_is_no_character_is_left_out_of_the_tree_but_not_of_its_tests(tmp_path, monkeypatch):
    """As of the packed file: one rule serves both."""
    writers = [f"writer{number}" for number in range(30)]
    write_tree(tmp_path, writers)
    monkeypatch.setattr("core.training.data.splits.CUT_OFF", ("don", "L"))
    signs = {split: set(load_unipen_tree(tmp_path, split).labels) for split in SPLITS}
    assert signs == {"train": {"+", "l"}, "val": {"+", "l"}, "test": {"+", "L", "l"}}


def test_words_of_the_tree_are_what_is_no_character(tmp_path):
    tree = write_tree(tmp_path, ["ann"])
    home = tree / "data" / "7" / "don"
    home.mkdir(parents=True)
    (home / "ann.dat").write_text(
        '.INCLUDE don/data/ann.dat\n.SEGMENT WORD 0-1,3 OK "two\nwords"\n'
        '.SEGMENT TEXT 3:1-4:0 ? "\\"q\\\\\\t"\n.SEGMENT CHARACTER 3 ? "L"\n.SEGMENT WORD 4 ? ""\n'
    )
    (split,) = {split_of_writer("don/ann")}
    words = load_unipen_tree_words(tmp_path, split)
    assert list(words.labels) == ["two words", '"q\\ ']
    assert [len(words.ink(index).strokes) for index in range(2)] == [3, 2]
    assert len(words.ink(1).strokes[0].points) == 3


@pytest.mark.parametrize(
    ("ink", "strokes"),
    [
        # three coordinates a point, in another order
        (".COORD T Y X\n.PEN_DOWN\n0 5 1\n10 3 2\n.PEN_UP", [[[1, -5], [2, -3]]]),
        # all on one line, and decimals with signs
        (".PEN_DOWN 1.5 -2 +3 4e0\n.PEN_UP", [[[1.5, 2], [3, -4]]]),
        # of another set: numbering begins anew
        (".PEN_DOWN\n9 9\n.START_SET b\n.PEN_DOWN\n1 2\n.PEN_UP", [[[1, -2]]]),
        # empty components are not counted, those in the air are
        (".PEN_UP\n.PEN_DOWN\n.PEN_UP\n.PEN_DOWN\n1 2\n", [[[1, -2]]]),
        (".PEN_DOWN\r\n1 2\r\n.PEN_UP\r\n", [[[1, -2]]]),
    ],
)
def test_ink_is_read_as_the_format_defines_it(tmp_path, ink, strokes):
    path = tmp_path / "ink.dat"
    path.write_text(f'{ink}\n.SEGMENT CHARACTER 0 OK "a"\n', newline="")
    document = read_unipen(path, tmp_path)
    (segment,) = document.segments
    assert [stroke.tolist() for stroke in document.strokes(segment)] == strokes


@pytest.mark.parametrize(
    "damage",
    [
        ".PEN_DOWN\n1 2\n3\n.PEN_UP",
        ".PEN_DOWN\n1 two\n.PEN_UP",
        ".PEN_DOWN\n1 nan\n.PEN_UP",
        ".COORD X Z\n.PEN_DOWN\n1 2",
        ".SEGMENT CHARACTER",
        ".INCLUDE don/data/ann.dat",
        ".INCLUDE",
        "no statements at all",
        "",
    ],
)
def test_a_damaged_file_of_the_tree_is_named(tmp_path, damage):
    tree = write_tree(tmp_path, ["ann"])
    ink = tree / "include" / "don" / "data" / "ann.dat"
    ink.write_text(damage)
    with pytest.raises(DamagedFileError) as caught:
        load_unipen_tree(tmp_path, "train")
    assert caught.value.path == ink


def test_an_include_that_is_missing_is_named(tmp_path):
    tree = write_tree(tmp_path, ["ann"])
    (tree / "include" / "don" / "don.doc").unlink()
    with pytest.raises(MissingFileError, match=r"don\.doc"):
        load_unipen_tree(tmp_path, "train")
    with pytest.raises(MissingFileError, match="train_r01_v07"):
        load_unipen_tree(tmp_path / "elsewhere", "train")


@pytest.mark.parametrize("segment", ["3-9", "7", "3:2-3:9", "3:3-3:1", "x", "3:9"])
def test_a_segment_without_its_ink_is_named(tmp_path, segment):
    tree = write_tree(tmp_path, ["ann"])
    path = tree / "data" / "1d" / "don" / "box" / "ann.dat"
    path.write_text(f'.INCLUDE don/data/ann.dat\n.SEGMENT CHARACTER {segment} OK "a"\n')
    with pytest.raises(MissingInkError, match=re.escape(segment)) as caught:
        load_unipen_tree(tmp_path, "train")
    assert caught.value.path == path


@pytest.mark.skipif(
    not (data_folder() / UNIPEN_FILE).exists(),
    reason=f"there is no {UNIPEN_FILE} in ../shared/data, nor where GLYPHPAD_DATA says",
)
def test_the_tree_and_the_packed_files_have_one_split():
    for file in (UNIPEN_FILE, UNIPEN_WORDS_FILE):
        with np.load(data_folder() / file) as packed:
            who = np.char.add(np.char.add(packed["donor"], "/"), packed["writer"])
            names, rows = np.unique(who, return_index=True)
            wanted = packed["split"][rows].tolist()
        assert [split_of_writer(name) for name in names.tolist()] == wanted


# --- UJI ---------------------------------------------------------------------------------------


def test_uji_1_is_read_and_all_for_tests(tmp_path):
    write_uji_1(tmp_path / "uji")
    samples = load_uji_text(tmp_path)
    assert list(samples.labels[:2]) == ["i", "L"]
    assert sorted(set(samples.writers)) == [f"uji/{number:02}" for number in range(1, 12)]
    assert len(samples) == 22
    # the dot of the i is above its stem: y is down in the file and here
    assert samples.ink(0).strokes[1].box.y < samples.ink(0).strokes[0].box.y
    assert [len(load_uji_text(tmp_path, split)) for split in ("train", "val")] == [0, 0]


def test_uji_2_keeps_the_writers_of_uji_1_for_tests(tmp_path):
    for writer in range(1, 30):
        (tmp_path / UJI_2_FILE).write_text(UJI_2.format(writer=writer))
        parts = {split: load_uji_text(tmp_path, split) for split in SPLITS}
        assert set(parts["test"].writers) == {"trn_UJI_W01", "tst_UPV_W03"}
        assert len(parts["train"]) + len(parts["val"]) == 1
        assert set(parts["test"].labels) == {"L"}
    assert places(parts["test"], 0) == [[[0, 0], [0, 100], [60, 100]]]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("POINTS 3 # 10 0 10 50 40 50", "POINTS 3 # 10 0 10 50 40"),
        ("POINTS 3 # 10 0 10 50 40 50", "POINTS 4 # 10 0 10 50 40 50"),
        ("NUMSTROKES 1", "NUMSTROKES 0"),
        ("NUMSTROKES 1", "NUMSTROKES 2"),
        ("NUMSTROKES", "STROKES"),
        ("WORD L trn_UJI_W01-01", "WORD L"),
        ("WORD", "LINE"),
    ],
)
def test_a_damaged_uji_2_file_is_named(tmp_path, old, new):
    path = tmp_path / UJI_2_FILE
    path.write_text(UJI_2.format(writer=1).replace(old, new))
    with pytest.raises(DamagedFileError) as caught:
        load_uji_text(tmp_path, "train")
    assert caught.value.path == path


def test_a_uji_2_file_cut_within_a_character_is_named(tmp_path):
    path = tmp_path / UJI_2_FILE
    path.write_text(UJI_2.format(writer=1).partition("  POINTS 2 # 10 50")[0])
    with pytest.raises(DamagedFileError, match=UJI_2_FILE):
        load_uji_text(tmp_path, "test")


def test_a_uji_1_file_that_is_missing_or_cut_is_named(tmp_path):
    write_uji_1(tmp_path)
    (tmp_path / UJI_1_FILES[4]).unlink()
    with pytest.raises(MissingFileError, match=UJI_1_FILES[4]):
        load_uji_text(tmp_path)
    (tmp_path / UJI_1_FILES[4]).write_text(UJI_1.partition('"L"')[0] + '"L"\n')
    with pytest.raises(MissingInkError, match=UJI_1_FILES[4]):
        load_uji_text(tmp_path)


# --- A folder of pictures a class --------------------------------------------------------------


def write_picture(path: Path, sign: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    done, data = cv2.imencode(path.suffix, on_sheet(character(sign)))
    assert done
    path.write_bytes(data.tobytes())


def test_pictures_are_labelled_by_their_folder_and_cleaned(tmp_path):
    folders = {"4": "4", "U+0041": "A", "U+002f": "7", "7": "7", "H": "H", "L": "L"}
    for folder, sign in folders.items():
        write_picture(tmp_path / "pictures" / folder / "one.png", sign)
    (tmp_path / "pictures" / "H" / "Thumbs.db").write_bytes(b"not a picture")
    parts = [load_pictures(tmp_path, split) for split in SPLITS]
    assert sorted(label for part in parts for label in part.labels) == sorted("4A/7HL")
    for part in parts:
        assert part.images.shape[1:] == (SIDE, SIDE)
        for image in part.images:
            assert image.dtype == np.uint8
            assert 0 < np.count_nonzero(image) < image.size / 2, "ink is white on black"
            rows, columns = image.any(axis=1).sum(), image.any(axis=0).sum()
            assert max(rows, columns) == SIDE


def test_duplicates_are_in_one_split_whatever_their_file(tmp_path):
    for sign in "47AHLT":
        for name in ("one.png", "two.bmp", "three.tif"):
            write_picture(tmp_path / sign / name, sign)
    for part in (load_pictures(tmp_path, split) for split in SPLITS):
        _, counts = np.unique(part.labels, return_counts=True)
        assert set(counts.tolist()) <= {3}


@pytest.mark.parametrize("name", ["AB", "U+110000", "U+0020", "U+41", "U+000A", " "])
def test_a_folder_that_is_named_by_no_sign_is_named(tmp_path, name):
    write_picture(tmp_path / name / "one.png", "A")
    with pytest.raises(UnknownClassError) as caught:
        load_pictures(tmp_path, "train")
    assert caught.value.path == tmp_path / name


def test_an_unreadable_picture_is_named(tmp_path):
    write_picture(tmp_path / "A" / "good.png", "A")
    bad = tmp_path / "A" / "bad.png"
    bad.write_bytes((tmp_path / "A" / "good.png").read_bytes()[:60])
    with pytest.raises(FileError) as caught:
        load_pictures(tmp_path, "train")
    assert caught.value.path == bad


def test_a_folder_without_classes_is_named(tmp_path):
    with pytest.raises(MissingFileError):
        load_pictures(tmp_path, "train")


# --- Packed pictures ---------------------------------------------------------------------------

PACKED = {
    "kaggle_az_sample.npz": (load_kaggle_sample, 28, False),
    "semeion_digits.npz": (load_semeion_digits, 16, False),
    "femnist_digits.npz": (load_femnist_digits, 28, True),
}


@pytest.mark.parametrize("file", PACKED)
def test_packed_pictures_have_white_ink_and_a_split_by_hash(tmp_path, file):
    load, side, dark_ink = PACKED[file]
    images = random_images(90, side=side)
    images = np.concatenate([images, images[:30]])
    labels = np.array([str(index % 90) for index in range(120)])
    np.savez(tmp_path / file, images=images, label=labels)
    parts = [load(tmp_path, split) for split in SPLITS]
    assert sum(map(len, parts)) == 120
    seen = [set(part.labels) for part in parts]
    assert sum(map(len, seen)) == 90
    for split, part in zip(SPLITS, parts, strict=True):
        mine = np.array([split_of(image) == split for image in images])
        assert np.array_equal(part.images, 255 - images[mine] if dark_ink else images[mine])


def test_capitals_are_all_there_or_one_split(tmp_path):
    images = np.full((40, 32, 32), 255, np.uint8)
    for index, image in enumerate(images):
        image[4:28, 4 + index % 20 : 9 + index % 20] = index // 20
    np.savez(tmp_path / "nist26_uppercase.npz", images=images, label=np.array(["I"] * 40))
    assert len(load_nist_capitals(tmp_path)) == 40
    parts = [load_nist_capitals(tmp_path, split) for split in SPLITS]
    assert sum(map(len, parts)) == 40
    assert min(map(len, parts)) > 0
    assert parts[0].images.any(axis=(1, 2)).all()


def test_another_archive_is_named(tmp_path):
    for file in ("unipen_chars.npz", "semeion_digits.npz"):
        np.savez(tmp_path / file, something=np.zeros(3))
    np.savez(tmp_path / "femnist_digits.npz", images=random_images(3), label=np.array(["1", "2"]))
    for load in (load_unipen, load_semeion_digits, load_femnist_digits):
        with pytest.raises(DamagedFileError):
            load(tmp_path, "train")


# --- Splits ------------------------------------------------------------------------------------


def test_the_split_of_a_writer_never_changes():
    writers = [f"someone/{number}" for number in range(12)]
    wanted = [
        "train",
        "test",
        "train",
        "test",
        "test",
        "train",
        "train",
        "train",
        "train",
        "train",
        "train",
        "test",
    ]
    assert [split_of_writer(writer) for writer in writers] == wanted


def test_writers_are_shared_out_as_said():
    found = [split_of_writer(f"someone/{number}") for number in range(3000)]
    assert found.count("test") / 3000 == pytest.approx(splits.TEST_SHARE, abs=0.03)
    assert found.count("val") / 3000 == pytest.approx(splits.VAL_SHARE, abs=0.03)


@settings(deadline=None)
@given(
    st.lists(
        st.lists(
            st.lists(st.tuples(st.integers(-999, 999), st.integers(-999, 999)), min_size=1),
            min_size=1,
            max_size=3,
        ),
        max_size=4,
    )
)
def test_gathered_ink_is_the_same_ink_in_its_own_corner(characters):
    written = [
        Written(tuple(np.array(stroke, np.float32) for stroke in strokes), "a", f"don/{index}")
        for index, strokes in enumerate(characters)
    ]
    samples = gathered("test", written, sized=False)
    assert len(samples) == len(characters)
    for index, strokes in enumerate(characters):
        ink = samples.ink(index)
        assert (ink.box.x, ink.box.y) == (0, 0)
        assert len(ink.strokes) == len(strokes)
        corner = np.min([np.min(stroke, axis=0) for stroke in strokes], axis=0)
        for mine, stroke in zip(ink.strokes, strokes, strict=True):
            kept = [
                place
                for before, place in zip([None, *stroke], stroke, strict=False)
                if place != before
            ]
            assert np.array_equal(mine.xy + corner, kept)


# --- Counting ----------------------------------------------------------------------------------


@pytest.fixture
def small(monkeypatch) -> None:
    """Official counts are not asked of small files."""
    sources = {name: dataclasses.replace(source, official=None) for name, source in SOURCES.items()}
    monkeypatch.setattr("core.training.data.checking.SOURCES", sources)


def write_all(folder: Path) -> None:
    """Every source, small, in its place in a data folder."""
    write_mnist(folder / "mnist")
    write_emnist_zip(folder / "emnist" / "gzip.zip")
    write_kaggle(folder / "kaggle", kaggle_rows(30))
    for sign in "47AHLT":
        write_picture(folder / "pictures" / sign / "one.png", sign)
    for file in ("paper_letters_tasnim", "nist26_uppercase", *(Path(name).stem for name in PACKED)):
        images = random_images(40, side=16)
        np.savez(folder / f"{file}.npz", images=images, label=np.array(["1", "2"] * 20))
    write_packed_ink(folder / UNIPEN_FILE, "train")
    write_packed_ink(folder / UNIPEN_WORDS_FILE, "val")
    write_packed_ink(folder / UJI_FILE, "test")


@pytest.mark.usefixtures("small")
def test_every_source_can_be_counted(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("GLYPHPAD_DATA", str(tmp_path))
    write_all(tmp_path)
    for name in NAMES:
        assert check_command(name, None) == 0
        assert f"{name}" in capsys.readouterr().out


@pytest.mark.usefixtures("small")
def test_counts_are_those_of_the_files(tmp_path):
    write_mnist(tmp_path)
    with mock.patch.object(splits, "MNIST_VAL", 20):
        train, val, test = check("mnist", tmp_path)
    assert train == SplitCount("train", 30, 10, None, duplicates=0, elsewhere=0)
    assert (val.samples, test.samples) == (20, 10)


def test_ink_is_counted_with_its_writers_and_copies(tmp_path):
    write_packed_ink(tmp_path / UNIPEN_FILE, "train")
    (train,) = check("unipen", tmp_path)
    assert train == SplitCount("train", 3, 2, 1, duplicates=1, elsewhere=0)


def test_ink_of_the_official_files_is_counted(tmp_path):
    write_tree(tmp_path, ["ann", "bob"])
    counts = check("unipen", tmp_path)
    assert sum(count.samples for count in counts) == 6
    assert sum(count.writers or 0 for count in counts) == 2
    write_uji_1(tmp_path / "uji")
    (test,) = check("uji", tmp_path)
    assert (test.samples, test.writers, test.duplicates) == (22, 11, 20)


def test_copies_in_other_splits_are_counted(tmp_path, monkeypatch):
    """MNIST's parts are official: copies would be there, and must be seen."""
    monkeypatch.setattr(splits, "MNIST_VAL", 20)
    write_mnist(tmp_path)
    images = random_images(50, seed=50)
    images[40] = images[41] = images[3]
    (tmp_path / "train-images-idx3-ubyte.gz").write_bytes(gzip.compress(idx(images)))
    source = dataclasses.replace(SOURCES["mnist"], official=None)
    monkeypatch.setattr("core.training.data.checking.SOURCES", {"mnist": source})
    train, val, test = check("mnist", tmp_path)
    assert [train.duplicates, val.duplicates, test.duplicates] == [0, 1, 0]
    assert [train.elsewhere, val.elsewhere, test.elsewhere] == [1, 2, 0]


@pytest.mark.usefixtures("small")
def test_copies_of_a_picture_are_never_in_two_splits(tmp_path):
    rows = kaggle_rows(40)
    write_kaggle(tmp_path, rows + rows[:25])
    counts = check("kaggle", tmp_path)
    assert sum(count.duplicates for count in counts) == 25
    assert [count.elsewhere for count in counts] == [0, 0, 0]


@pytest.mark.usefixtures("small")
def test_counting_names_the_writers_of_a_mat_file(tmp_path):
    (tmp_path / "emnist-letters.mat").write_bytes(emnist_mat())
    counts = check("emnist-letters", tmp_path)
    assert sum(count.writers or 0 for count in counts) == 24


def test_official_files_with_samples_missing_are_named(tmp_path):
    write_kaggle(tmp_path, kaggle_rows(30))
    with pytest.raises(IncompleteDataError, match="372,450") as caught:
        check("kaggle", tmp_path)
    assert (caught.value.path, caught.value.found) == (tmp_path, 30)


def test_no_samples_at_all_are_an_error(tmp_path):
    (tmp_path / "A").mkdir()
    with pytest.raises(NoSamplesError, match="no samples"):
        check("pictures", tmp_path)


def test_the_command_says_in_a_sentence_what_is_wrong(tmp_path, capsys):
    assert main(["data", "check", "nothing"]) == SOME_FAILED
    assert "There is unipen" in capsys.readouterr().err
    assert main(["data", "check", "emnist", "--folder", str(tmp_path)]) == SOME_FAILED
    (tmp_path / UJI_FILE).write_bytes(b"PK\x03\x04 cut")
    assert main(["data", "check", "uji", "--folder", str(tmp_path)]) == SOME_FAILED
    complaint = capsys.readouterr().err.splitlines()[-1]
    assert UJI_FILE in complaint
    write_packed_ink(tmp_path / UJI_FILE, "test")
    assert main(["data", "check", "uji", "--folder", str(tmp_path)]) == DONE
    assert re.search(r"test +3 +2 +1 +1 +0", capsys.readouterr().out)


# --- Fetching ----------------------------------------------------------------------------------


class Files(BaseHTTPRequestHandler):
    """A server of `files`, with Range; `cut` ends an answer after so many bytes."""

    files: dict[str, bytes]
    cut: int | None
    ranges: bool
    asked: list[str | None]

    def do_GET(self) -> None:
        wanted = self.headers.get("Range")
        self.asked.append(wanted)
        data = self.files.get(self.path)
        if data is None:
            self.send_error(404)
            return
        start = int(wanted[6:-1]) if wanted and self.ranges else 0
        if start >= len(data) > 0:
            self.send_response(416)
            self.send_header("Content-Range", f"bytes */{len(data)}")
            self.end_headers()
            return
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(data) - start))
        self.end_headers()
        self.wfile.write(data[start:][: self.cut])

    def log_message(self, *arguments: Any) -> None:
        """Nothing: the output is that of the tests."""


@dataclasses.dataclass
class Server:
    """A web server on this machine.

    Attributes:
        home: The address of its root.
        handler: Its settings.
    """

    home: str
    handler: type[Files]

    def offer(self, name: str, data: bytes, checksum: Checksum | None = None) -> Download:
        self.handler.files[f"/{name}"] = data
        return Download(name, (f"{self.home}/{name}",), checksum)


@pytest.fixture
def server() -> Iterator[Server]:
    class Handler(Files):
        cut = None
        ranges = True

    Handler.files, Handler.asked = {}, []
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        thread = threading.Thread(target=listening.serve_forever, args=(0.01,))
        thread.start()
        yield Server(f"http://127.0.0.1:{listening.server_port}", Handler)
        listening.shutdown()
        thread.join()


DATA = random_images(30, seed=3).tobytes()
MD5 = Checksum("md5", hashlib.md5(DATA, usedforsecurity=False).hexdigest())


def quiet(_: str) -> None:
    pass


def test_a_file_is_fetched_and_proved(tmp_path, server):
    lines: list[str] = []
    path = tmp_path / "new" / "data.bin"
    fetch_file(server.offer("data.bin", DATA, MD5), path, lines.append)
    assert path.read_bytes() == DATA
    assert list(path.parent.iterdir()) == [path]
    assert any("100%" in line for line in lines)
    fetch_file(server.offer("data.bin", DATA, MD5), path, lines.append)
    assert len(server.handler.asked) == 1
    assert "there already" in lines[-1]


def test_a_download_that_was_cut_goes_on(tmp_path, server):
    path = tmp_path / "data.bin"
    download = server.offer("data.bin", DATA, MD5)
    server.handler.cut = 10_000
    with pytest.raises(DownloadError, match="10,000 of 23,520 bytes"):
        fetch_file(download, path, quiet)
    assert not path.exists()
    assert (tmp_path / "data.bin.part").read_bytes() == DATA[:10_000]
    server.handler.cut = None
    fetch_file(download, path, quiet)
    assert path.read_bytes() == DATA
    assert server.handler.asked == [None, "bytes=10000-"]


def test_a_server_that_cannot_go_on_begins_anew(tmp_path, server):
    (tmp_path / "data.bin.part").write_bytes(b"x" * 30_000)
    server.handler.ranges = False
    fetch_file(server.offer("data.bin", DATA, MD5), tmp_path / "data.bin", quiet)
    assert (tmp_path / "data.bin").read_bytes() == DATA


def test_what_was_fetched_whole_is_only_renamed(tmp_path, server):
    (tmp_path / "data.bin.part").write_bytes(DATA)
    fetch_file(server.offer("data.bin", DATA, MD5), tmp_path / "data.bin", quiet)
    assert (tmp_path / "data.bin").read_bytes() == DATA


def test_a_part_of_another_file_goes(tmp_path, server):
    part = tmp_path / "data.bin.part"
    part.write_bytes(DATA + b"more")
    with pytest.raises(DownloadError, match="another file"):
        fetch_file(server.offer("data.bin", DATA), tmp_path / "data.bin", quiet)
    assert not part.exists()


def test_a_wrong_checksum_is_named_and_nothing_kept(tmp_path, server):
    path = tmp_path / "data.bin"
    with pytest.raises(WrongChecksumError, match=MD5.digest) as caught:
        fetch_file(server.offer("data.bin", DATA[::-1], MD5), path, quiet)
    assert caught.value.path == path
    assert list(tmp_path.iterdir()) == []
    path.write_bytes(b"something else")
    with pytest.raises(WrongChecksumError):
        fetch_file(server.offer("data.bin", DATA, MD5), path, quiet)
    assert path.read_bytes() == b"something else"


def test_a_checksum_may_be_that_of_the_content(tmp_path, server):
    sha = Checksum("sha256", hashlib.sha256(DATA).hexdigest(), unpacked=True)
    fetch_file(server.offer("a.gz", gzip.compress(DATA), sha), tmp_path / "a.gz", quiet)
    with pytest.raises(DamagedFileError, match=r"b\.gz"):
        fetch_file(server.offer("b.gz", b"<html>", sha), tmp_path / "b.gz", quiet)
    assert [path.name for path in tmp_path.iterdir()] == ["a.gz"]


def test_another_address_is_tried(tmp_path, server):
    good = server.offer("data.bin", DATA, MD5)
    page = server.offer("page.html", b"moved", MD5)
    addresses = (f"{server.home}/none", *page.addresses, *good.addresses)
    lines: list[str] = []
    path = tmp_path / "data.bin"
    fetch_file(dataclasses.replace(good, addresses=addresses), path, lines.append)
    assert path.read_bytes() == DATA
    assert sum("next address" in line for line in lines) == 2


def test_a_server_that_refuses_or_is_not_there_is_named(tmp_path, server):
    missing = Download("x", (f"{server.home}/missing",))
    with pytest.raises(DownloadError, match="the server said 404"):
        fetch_file(missing, tmp_path / "x", quiet)
    nowhere = Download("x", ("http://127.0.0.1:9/x",))
    with pytest.raises(DownloadError, match=r"127\.0\.0\.1:9/x could not be fetched") as caught:
        fetch_file(nowhere, tmp_path / "x", quiet)
    assert "Check the network" in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_said_to_be_full(tmp_path, server):
    full = OSError(errno.ENOSPC, "No space left on device")
    with (
        mock.patch.object(Path, "open", side_effect=full),
        pytest.raises(UnwritableFileError, match="No space left on device"),
    ):
        fetch_file(server.offer("data.bin", DATA), tmp_path / "data.bin", quiet)


def zipped(names: list[str]) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as packed:
        for name in names:
            packed.writestr(name, UJI_1)
    return memory.getvalue()


def test_a_source_is_fetched_unpacked_and_read(tmp_path, server, monkeypatch, capsys):
    server.offer("uji.zip", zipped(list(UJI_1_FILES)))
    download = Download("uji.zip", (f"{server.home}/uji.zip",), unpack=True)
    offer = Offer("uji", (download,), "free", checks="uji")
    monkeypatch.setattr("core.training.data.fetching.OFFERS", {"uji": offer})
    monkeypatch.setenv("GLYPHPAD_DATA", str(tmp_path / "data"))
    assert fetch_command("uji", None) == 0
    assert len(load_uji_text(tmp_path / "data")) == 22
    shown = capsys.readouterr().out
    assert "no official checksum is known" in shown
    assert re.search(r"test +22 +2 +11", shown)
    assert main(["data", "fetch", "uji", "--to", str(tmp_path / "there")]) == DONE
    assert (tmp_path / "there" / UJI_1_FILES[0]).is_file()
    with pytest.raises(UnknownDataError, match="There is uji"):
        fetch_data("kaggle", tmp_path, quiet)


def test_a_tar_file_is_unpacked_whole_or_not_at_all(tmp_path):
    tree = write_tree(tmp_path / "made", ["ann"])
    archive = tmp_path / "tree.tgz"
    with tarfile.open(archive, "w:gz") as packed:
        packed.add(tree, tree.name)
    unpack(archive, quiet)
    unpack(archive, quiet)
    assert sum(len(load_unipen_tree(tmp_path, split)) for split in SPLITS) == 3
    cut = tmp_path / "cut" / "tree.tgz"
    cut.parent.mkdir()
    cut.write_bytes(archive.read_bytes()[:-40])
    with pytest.raises(DamagedFileError, match=r"tree\.tgz"):
        unpack(cut, quiet)
    assert list(cut.parent.iterdir()) == [cut]


def test_an_archive_cannot_write_elsewhere(tmp_path):
    archive = tmp_path / "in" / "evil.tar"
    archive.parent.mkdir()
    with tarfile.open(archive, "w") as packed:
        packed.addfile(tarfile.TarInfo("../../outside"), io.BytesIO())
    with pytest.raises(DamagedFileError):
        unpack(archive, quiet)
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_a_damaged_zip_is_not_unpacked(tmp_path):
    archive = tmp_path / "uji.zip"
    archive.write_bytes(zipped(["a", "b"])[:-30])
    with pytest.raises(DamagedFileError):
        unpack(archive, quiet)
    assert list(tmp_path.iterdir()) == [archive]


def test_what_is_offered_is_what_the_loaders_look_for():
    assert set(OFFERS) == {"mnist", "emnist", "unipen", "uji"}
    for name, offer in OFFERS.items():
        assert offer.folder == name
        proved = all(download.checksum for download in offer.downloads)
        assert proved == (offer.checks is None), "what no checksum proves is read"
        for download in offer.downloads:
            assert download.addresses
            official = download.addresses[0]
            assert official.startswith("https://") or download.checksum


def test_a_file_that_may_not_be_read_is_named(tmp_path):
    (tmp_path / KAGGLE_FILE).mkdir()
    with pytest.raises(UnreadableFileError):
        load_kaggle(tmp_path, "train")


def test_packed_uji_is_all_for_tests(tmp_path):
    write_packed_ink(tmp_path / UJI_FILE, "test")
    samples: Samples = load_uji(tmp_path)
    assert len(samples) == 3
