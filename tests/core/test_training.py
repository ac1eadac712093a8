"""Training: samples, variations, networks, a whole small run, and what is shipped of it."""

from __future__ import annotations

import csv
import dataclasses
import gzip
import json
import logging
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.alphabet import ASCII94, DIGITS
from core.classifying import open_classifier, softmax
from core.errors import DamagedFileError, MissingFileError
from core.glyph import TILE_SIZE, ink_box, make_tile
from core.ink import Ink, Stroke
from core.models import broken_models, open_model
from core.rasterising import rasterise, rasterise_character
from core.training.augmenting import (
    BARELY,
    LIFT_GAP,
    broken,
    image_tile,
    ink_tile,
    on_paper,
    ruled,
    run_together,
    vary_image,
    vary_ink,
)
from core.training.balance import BalancedCrossentropy
from core.training.calibrating import calibrate
from core.training.course import (
    Course,
    VariedSamples,
    class_shares,
    classes_of,
    log_frequencies,
)
from core.training.data import (
    PAD_EXTENT,
    SPLITS,
    UNIPEN_FILE,
    ImageSamples,
    InkSamples,
    Samples,
    data_folder,
    load_mnist,
    load_paper_letters,
    load_uji,
    load_unipen,
    split_of,
)
from core.training.data import splits as data_module
from core.training.data.splits import CUT_OFF
from core.training.designs import digits_cnn
from core.training.evaluation import calibration_error, wilson
from core.training.fitting import TwoCosines
from core.training.forms import plain_tiles
from core.training.journal import BEST, CHECKPOINT, LOG, RECIPE, Journal, RecipeChangedError
from core.training.networks import Gate, Stage, StandardConv2D, residual_network
from core.training.recipe import Recipe
from core.training.run import Trained, train, view_accuracy
from core.training.shipping import (
    LEARNING_CURVE,
    UnequalTwinError,
    plain_network,
    prove_twin,
    ship,
)
from tests.core.handwriting import CHARACTERS, character

# --- Data in the documented formats, made here -------------------------------------------------


def pack_ink(path: Path, characters: list[tuple[str, str, str, float]]) -> None:
    """Writes pen ink in the packed format.

    Args:
        path: The `.npz` file.
        characters: Sign, writer, split and size in the donor's units of each.
    """
    deltas: list[NDArray[np.int16]] = []
    strokes, samples = [0], [0]
    for sign, _, _, size in characters:
        ink = character(sign, size=size)
        places = np.concatenate([stroke.xy for stroke in ink.strokes])
        places = np.rint(places - places.min(axis=0)).astype(np.int64)
        # a sample's points are the sum of its own deltas, its first place with them
        deltas.append(np.diff(places, axis=0, prepend=np.zeros((1, 2), np.int64)).astype(np.int16))
        for stroke in ink.strokes:
            strokes.append(strokes[-1] + len(stroke.points))
        samples.append(samples[-1] + len(ink.strokes))
    signs, writers, splits, _ = zip(*characters, strict=True)
    np.savez_compressed(
        path,
        deltas=np.concatenate(deltas),
        stroke_offsets=np.array(strokes, np.int64),
        sample_offsets=np.array(samples, np.int64),
        label=np.array(signs),
        donor=np.array(["don"] * len(signs)),
        writer=np.array(writers),
        quality=np.array(["OK"] * len(signs)),
        category=np.array(["2"] * len(signs)),
        split=np.array(splits),
    )


def idx(values: NDArray[np.uint8]) -> bytes:
    return (
        struct.pack(f">BBBB{values.ndim}i", 0, 0, 8, values.ndim, *values.shape) + values.tobytes()
    )


def pack_mnist(folder: Path, part: str, count: int) -> NDArray[np.uint8]:
    (folder / "mnist").mkdir(exist_ok=True)
    images = np.random.default_rng(count).integers(0, 256, (count, 28, 28), np.uint8)
    labels = (np.arange(count) % 10).astype(np.uint8)
    for kind, values in (("images-idx3", images), ("labels-idx1", labels)):
        path = folder / "mnist" / f"{part}-{kind}-ubyte.gz"
        path.write_bytes(gzip.compress(idx(values), 1))
    return images


@pytest.fixture(autouse=True)
def keras_as_it_was():
    """Number format and logger, which are one for the whole process."""
    logger = logging.getLogger("tensorflow")
    level = logger.level
    # a program trains one network; here are many, and TensorFlow warns that it traces each
    logger.setLevel(logging.ERROR)
    yield
    logger.setLevel(level)
    keras.mixed_precision.set_global_policy("float32")


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """A data folder with a little pen ink: two training writers, one for val, one for test."""
    folder = tmp_path / "data"
    folder.mkdir()
    signs = [sign for sign in CHARACTERS if sign in "012347AEHLTinjo=%"]
    rows = [(sign, "anna", "train", 400.0) for sign in signs]
    rows += [(sign, "ben", "train", 30.0) for sign in signs * 2]
    rows += [(sign, "cleo", "val", 90.0) for sign in signs]
    rows += [(sign, "dan", "test", 90.0) for sign in signs[:3]]
    pack_ink(folder / UNIPEN_FILE, rows)
    monkeypatch.setenv("GLYPHPAD_DATA", str(folder))
    return folder


# --- Loaders -----------------------------------------------------------------------------------


def test_packed_ink_is_unpacked_by_split(folder):
    assert data_folder() == folder
    train_set, val, test = (load_unipen(folder, split) for split in ("train", "val", "test"))
    assert (len(train_set), len(val), len(test)) == (3 * 17, 17, 3)
    assert set(train_set.writers) == {"don/anna", "don/ben"}
    assert set(val.writers) == {"don/cleo"}
    assert sorted(val.labels) == sorted("012347AEHLTinjo=%")


def test_packed_ink_is_the_ink_that_was_written(folder):
    for split in ("train", "val", "test"):
        samples = load_unipen(folder, split)
        for index, sign in enumerate(samples.labels):
            ink = samples.ink(index)
            drawn = character(str(sign))
            scale = ink.box.height / drawn.box.height
            assert len(ink.strokes) == len(drawn.strokes)
            assert (ink.box.x, ink.box.y) == (0, 0)
            for mine, true in zip(ink.strokes, drawn.strokes, strict=True):
                wanted = (true.xy - [drawn.box.x, drawn.box.y]) * scale
                assert mine.xy == pytest.approx(wanted, abs=5)


def test_every_writer_writes_at_the_size_of_the_pad(folder):
    """Whatever units the donor had."""
    samples = load_unipen(folder, "train")
    for writer in ("don/anna", "don/ben"):
        extents = [
            max(samples.ink(index).box.width, samples.ink(index).box.height)
            for index in np.flatnonzero(samples.writers == writer)
        ]
        assert np.median(extents) == pytest.approx(PAD_EXTENT, rel=0.01)


def test_uji_is_all_for_tests(tmp_path):
    pack_ink(tmp_path / "uji_pen_v1.npz", [("A", "x", "test", 80.0), ("7", "x", "test", 80.0)])
    assert list(load_uji(tmp_path).labels) == ["A", "7"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 cut", b"no archive"])
def test_a_damaged_archive_is_named(tmp_path, data):
    (tmp_path / UNIPEN_FILE).write_bytes(data)
    with pytest.raises(DamagedFileError, match=UNIPEN_FILE):
        load_unipen(tmp_path, "train")


def test_an_archive_cut_short_is_named(folder):
    path = folder / UNIPEN_FILE
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(DamagedFileError, match=UNIPEN_FILE):
        load_unipen(folder, "train")


@pytest.mark.parametrize(
    "load", [load_uji, lambda f: load_unipen(f, "val"), lambda f: load_mnist(f, "val")]
)
def test_missing_data_is_named(tmp_path, load):
    with pytest.raises(MissingFileError) as caught:
        load(tmp_path)
    assert tmp_path in caught.value.path.parents


def test_mnist_is_split_as_it_says(tmp_path, monkeypatch):
    monkeypatch.setattr(data_module, "MNIST_VAL", 30)
    images = pack_mnist(tmp_path, "train", 100)
    test_images = pack_mnist(tmp_path, "t10k", 20)
    train_set, val, test = (load_mnist(tmp_path, split) for split in ("train", "val", "test"))
    assert np.array_equal(train_set.images, images[:70])
    assert np.array_equal(val.images, images[70:])
    assert np.array_equal(test.images, test_images)
    assert list(val.labels[:3]) == ["0", "1", "2"]
    assert len(train_set) == len(train_set.labels) == 70


GOOD_IDX = idx(np.zeros((20, 28, 28), np.uint8))

BAD_IDX: dict[str, bytes] = {
    "empty": b"",
    "no gzip": b"not gzipped",
    "gzip cut short": gzip.compress(GOOD_IDX)[:-9],
    "gzip of nothing": gzip.compress(b""),
    "values cut short": gzip.compress(GOOD_IDX[:-1]),
    "values too many": gzip.compress(GOOD_IDX + b"\0"),
    "header cut short": gzip.compress(GOOD_IDX[:9]),
    "another type": gzip.compress(b"\0\0\x0d" + GOOD_IDX[3:]),
    "no dimensions": gzip.compress(b"\0\0\x08\0" + GOOD_IDX[4:]),
    "gzip's deflate damaged": gzip.compress(GOOD_IDX)[:12] + b"\xff" * 30,
}


@pytest.mark.parametrize("data", BAD_IDX.values(), ids=BAD_IDX)
def test_a_damaged_idx_file_is_named(tmp_path, data):
    pack_mnist(tmp_path, "t10k", 20)
    path = tmp_path / "mnist" / "t10k-images-idx3-ubyte.gz"
    path.write_bytes(data)
    with pytest.raises(DamagedFileError) as caught:
        load_mnist(tmp_path, "test")
    assert caught.value.path == path


# --- Splits ------------------------------------------------------------------------------------


def test_the_split_of_a_picture_never_changes():
    """Figures of another split would not compare with those that were published."""
    splits = [split_of(np.full((3, 4), grey, np.uint8)) for grey in range(12)]
    assert splits == ["test", "val", *["train"] * 10]


def test_shares_of_the_split_are_as_said():
    rng = np.random.default_rng(12)
    splits = [split_of(rng.integers(0, 256, (6, 6), np.uint8)) for _ in range(3000)]
    assert splits.count("test") / 3000 == pytest.approx(data_module.TEST_SHARE, abs=0.03)
    assert splits.count("val") / 3000 == pytest.approx(data_module.VAL_SHARE, abs=0.03)


def test_duplicates_stay_together_however_they_lie_in_memory():
    image = np.random.default_rng(13).integers(0, 256, (9, 8), np.uint8)
    assert split_of(image) == split_of(image.copy()) == split_of(np.asfortranarray(image))


def test_duplicates_among_the_paper_letters_are_in_one_split(tmp_path):
    rng = np.random.default_rng(14)
    images = np.full((120, 48, 48), 200, np.uint8)
    for image in images:
        row, column = rng.integers(5, 30, 2)
        image[row : row + 12, column : column + 4] = 30
    images = np.concatenate([images, images])
    labels = np.array([f"{number:03}" for number in range(120)] * 2)
    np.savez(tmp_path / "paper_letters_tasnim.npz", images=images, label=labels)
    seen = [set(load_paper_letters(tmp_path, split).labels) for split in ("train", "val", "test")]
    counts = [len(load_paper_letters(tmp_path, split)) for split in ("train", "val", "test")]
    assert sum(counts) == 240
    assert min(counts) > 0
    assert set.union(*seen) == set(labels)
    assert sum(map(len, seen)) == len(set(labels))


def test_paper_without_ink_is_measured_but_not_learnt_from(tmp_path):
    blanks = [np.full((48, 48), grey, np.uint8) for grey in range(60, 200)]
    labels = np.array(["o"] * len(blanks))
    np.savez(tmp_path / "paper_letters_tasnim.npz", images=np.stack(blanks), label=labels)
    splits = [split_of(blank) for blank in blanks]
    assert len(load_paper_letters(tmp_path, "train")) == 0
    assert len(load_paper_letters(tmp_path, "test")) == splits.count("test") > 0


# --- Variations --------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(
    sign=st.sampled_from(sorted(CHARACTERS)), seed=st.integers(0, 2**32 - 1), size=st.floats(3, 900)
)
def test_varied_ink_is_a_tile_that_follows_from_the_seed(sign, seed, size):
    ink = character(sign, size=size)
    before = [stroke.points.copy() for stroke in ink.strokes]
    one, same = (ink_tile(ink, np.random.default_rng(seed)) for _ in range(2))
    assert np.array_equal(one, same)
    assert (one.dtype, one.shape, one.max()) == (np.float32, (TILE_SIZE, TILE_SIZE), 1)
    assert one.min() >= 0
    for stroke, points in zip(ink.strokes, before, strict=True):
        assert np.array_equal(stroke.points, points)


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    height=st.integers(1, 60),
    width=st.integers(1, 60),
    level=st.integers(1, 255),
)
def test_a_varied_picture_is_never_blank(seed, height, width, level):
    image = np.zeros((70, 70), np.uint8)
    image[3 : 3 + height, 5 : 5 + width] = level
    one, same = (image_tile(image, np.random.default_rng(seed)) for _ in range(2))
    assert np.array_equal(one, same)
    assert one.max() == 1


def test_one_pixel_is_never_lost():
    image = np.zeros((28, 28), np.uint8)
    image[14, 14] = 1
    for seed in range(50):
        rng = np.random.default_rng(seed)
        assert vary_image(image, rng).any()
        assert on_paper(image, rng).any()


def test_seeds_differ():
    ink = character("A")
    tiles = [ink_tile(ink, np.random.default_rng(seed)) for seed in range(20)]
    assert len({tile.tobytes() for tile in tiles}) == 20
    pictures = [
        image_tile(rasterise(ink).pixels, np.random.default_rng(seed)) for seed in range(20)
    ]
    assert len({tile.tobytes() for tile in pictures}) == 20


def test_varied_ink_keeps_most_of_its_strokes_and_about_its_size():
    ink = character("E")
    kept = 0
    for seed in range(100):
        varied = vary_ink(ink, np.random.default_rng(seed))
        kept += [len(s.points) for s in varied.strokes] == [len(s.points) for s in ink.strokes]
        assert varied.box.height == pytest.approx(ink.box.height, rel=0.6)
    assert 0.7 * 100 < kept < 100


def way(ink: Ink) -> float:
    return sum(float(np.hypot(*np.diff(s.xy, axis=0).T).sum()) for s in ink.strokes)


@pytest.mark.parametrize("sign", "AELo4i")
def test_a_broken_line_has_a_gap_of_the_size_that_is_said(sign):
    ink = character(sign, size=200)
    longer_side = max(ink.box.width, ink.box.height)
    for seed in range(20):
        lifted = broken(ink, np.random.default_rng(seed))
        assert len(lifted.strokes) == len(ink.strokes) + 1
        least, most = LIFT_GAP
        assert least <= (way(ink) - way(lifted)) / longer_side + 1e-3
        assert (way(ink) - way(lifted)) / longer_side <= most + 1e-3


def test_a_dot_is_not_broken():
    dot = Ink((Stroke.through(np.array([[3, 4]], np.float32)),))
    rng = np.random.default_rng(0)
    assert broken(dot, rng) is dot
    assert run_together(dot, rng) is dot


def test_strokes_run_together_only_where_the_pen_was_barely_lifted():
    down = np.array([[0, 0], [0, 100]], np.float32)
    near, far = (
        Ink((Stroke.through(down), Stroke.through(down[::-1] + np.float32([gap, 0]))))
        for gap in (100 * BARELY - 1, 100 * BARELY + 5)
    )
    rng = np.random.default_rng(0)
    (joined,) = run_together(near, rng).strokes
    assert len(joined.points) == 4
    assert run_together(far, rng) is far


def test_a_ruled_line_goes_through_the_ink_and_not_beyond_its_box():
    pixels = rasterise_character(character("o")).pixels
    lengths = []
    for seed in range(30):
        lined = ruled(pixels, np.random.default_rng(seed))
        lined_box, box = ink_box(lined), ink_box(pixels)
        # a soft edge is up to two pixels wide
        assert lined_box.width <= box.width + 4
        assert lined_box.height <= box.height + 4
        added = lined > pixels
        lengths.append(added.any(axis=0).mean())
        assert added.any(axis=1).mean() < 0.2
    assert np.median(lengths) > 0.4  # where it does not lie on the ink


def test_light_falls_from_one_side():
    """Ink over the whole of a sheet keeps only the lit side, where the threshold lies between."""
    sheet = np.full((60, 60), 140, np.uint8)
    shares = [on_paper(sheet, np.random.default_rng(seed)).mean() / 255 for seed in range(60)]
    assert any(0.1 < share < 0.9 for share in shares)


def test_a_sample_that_is_not_varied_is_as_the_program_sees_it():
    rng = np.random.default_rng(21)
    for sign in "AEo4":
        ink = character(sign, size=300)
        still = ink_tile(ink, rng, strength=0)
        assert np.abs(still - make_tile(rasterise_character(ink).pixels)).max() < 0.02
    picture = rasterise(character("A"), pen_width=12).pixels
    still, plain = image_tile(picture, rng, strength=0), make_tile(picture)
    # the centre of mass is rounded to a pixel
    nearest = min(np.abs(np.roll(still, by, axis=1) - plain).mean() for by in (-1, 0, 1))
    assert nearest < 0.03
    assert still.mean() == pytest.approx(plain.mean(), rel=0.05)


def test_less_strength_is_less_variation():
    ink = character("E")
    plain = make_tile(rasterise_character(ink).pixels)

    def apart(strength: float) -> float:
        tiles = [ink_tile(ink, np.random.default_rng(s), strength=strength) for s in range(40)]
        return float(np.mean([np.abs(tile - plain).mean() for tile in tiles]))

    assert apart(0.2) < 0.6 * apart(0.6) < 0.6 * apart(1.0)


def test_what_is_no_character_is_left_out_of_training_and_not_of_a_measurement(tmp_path):
    """The donor of the packed file is changed to the one that calls dots an @."""
    rows = [(sign, "anna", split, 50.0) for sign in "A4" for split in ("train", "val", "test")]
    pack_ink(tmp_path / UNIPEN_FILE, rows)
    with np.load(tmp_path / UNIPEN_FILE) as packed:
        arrays = dict(packed)
    donor, sign = CUT_OFF
    arrays["label"] = np.array([sign, sign, sign, "4", "4", "4"])
    arrays["donor"] = np.array([donor] * 6)
    np.savez(tmp_path / UNIPEN_FILE, **arrays)
    labels = {split: load_unipen(tmp_path, split).labels.tolist() for split in SPLITS}
    assert labels == {"train": ["4"], "val": ["4"], "test": [sign, "4"]}
    arrays["donor"] = np.array(["don"] * 6)
    np.savez(tmp_path / UNIPEN_FILE, **arrays)
    assert load_unipen(tmp_path, "train").labels.tolist() == [sign, "4"]
    (ink,) = [load_unipen(tmp_path, "train").ink(1)]
    assert len(ink.strokes) == len(CHARACTERS["4"])


# --- Epochs ------------------------------------------------------------------------------------


def tiny_course(least: int = 4) -> Course:
    train_set = load_unipen(data_folder(), "train")
    bars = np.zeros((6, 28, 28), np.uint8)
    bars[:, 4:24, 12:16] = 255
    return Course((train_set, ImageSamples("bars", bars, np.array(["1"] * 6))), (None, 10), least)


def test_an_epoch_follows_from_seed_epoch_and_batch_alone(folder):
    course = tiny_course()
    first, again = (VariedSamples(course, ASCII94, batch=8, seed=5, epoch=2) for _ in range(2))
    assert len(first) == (51 + 17 + 10) // 8
    for index in (3, 0):
        for one, other in zip(first[index], again[index], strict=True):
            assert np.array_equal(one, other)
    later = VariedSamples(course, ASCII94, batch=8, seed=5, epoch=3)
    other_seed = VariedSamples(course, ASCII94, batch=8, seed=6, epoch=2)
    assert not np.array_equal(first[0][0], later[0][0])
    assert not np.array_equal(first[0][0], other_seed[0][0])
    assert not np.array_equal(first[0][0], first[1][0])


def test_batches_are_tiles_and_one_hot_labels(folder):
    tiles, labels = VariedSamples(tiny_course(), ASCII94, batch=16, seed=1, epoch=0)[0]
    assert (tiles.shape, labels.shape) == ((16, TILE_SIZE, TILE_SIZE, 1), (16, 2, 94))
    assert (tiles.dtype, labels.dtype) == (np.float32, np.float32)
    assert (tiles.reshape(16, -1).max(axis=1) == 1).all()
    assert labels.sum(axis=2) == pytest.approx(np.ones((16, 2)), abs=1e-5)
    assert (labels[:, 0].max(axis=1) == 1).all()


def test_an_epoch_has_every_sample_rare_classes_more_often_and_the_draws_asked_for(folder):
    epoch = VariedSamples(tiny_course(least=4), ASCII94, batch=1, seed=1, epoch=0)
    pairs = [tuple(pair) for pair in epoch._order]
    assert {sample for source, sample in pairs if source == 0} == set(range(51))
    assert sum(source == 0 for source, _ in pairs) == 4 * 17
    drawn = [sample for source, sample in pairs if source == 1]
    assert len(drawn) == 10
    assert {drawn.count(sample) for sample in range(6)} == {1, 2}


def test_shares_are_those_of_the_epochs_samples_of_a_kind(folder):
    """Ten pictures of a 1 beside inks of every sign: among pictures nothing but a 1 is common."""
    course = tiny_course(least=4)
    of_ink = class_shares(course, ASCII94, InkSamples)
    of_pictures = class_shares(course, ASCII94, ImageSamples)
    one, letter, absent = (ASCII94.index[sign] for sign in "1Az")
    for shares in (of_ink, of_pictures):
        assert shares.sum() == pytest.approx(1)
        assert shares.min() > 0
    assert of_ink[one] == of_ink[letter] == pytest.approx(5 * of_ink[absent])
    assert of_pictures[one] == pytest.approx(11 * of_pictures[letter])


def test_a_sample_brings_the_shares_of_its_kind(folder):
    course = tiny_course(least=4)
    epoch = VariedSamples(course, ASCII94, batch=78, seed=1, epoch=0)
    _, answers = epoch[0]
    for (source, _), (_, shares) in zip(epoch._order, answers, strict=True):
        kind = type(course.sources[source])
        assert shares == pytest.approx(class_shares(course, ASCII94, kind))


def test_labels_become_columns():
    assert classes_of(np.array(["!", "~"]), ASCII94).tolist() == [0, 93]
    with pytest.raises(KeyError):
        classes_of(np.array(["ä"]), ASCII94)


# --- Loss, networks ----------------------------------------------------------------------------


def test_the_loss_takes_the_shares_out_of_the_logits():
    """With even logits the adjusted odds are the shares themselves (Menon et al. 2021)."""
    loss = BalancedCrossentropy(smoothing=0)
    shares = np.array([0.7, 0.2, 0.1], np.float32)
    for row, share in zip(np.eye(3, dtype=np.float32), shares, strict=True):
        value = float(loss(np.stack([row, shares])[None], np.zeros((1, 3), np.float32)))
        assert value == pytest.approx(-np.log(share), rel=1e-4)
    clone = BalancedCrossentropy.from_config(loss.get_config())
    assert clone.smoothing == 0


def test_smoothing_lifts_no_class_for_being_rare():
    """Best are logits that have the wrong classes even, whatever their shares."""
    loss = BalancedCrossentropy(smoothing=0.1)
    answer = np.array([[[1, 0, 0, 0], [0.9, 0.09, 0.009, 0.001]]], np.float32)
    best = np.log(np.array([[1.1, 0.1, 0.1, 0.1]], np.float32))
    rng = np.random.default_rng(21)
    for _ in range(50):
        others = best + rng.normal(0, 0.5, (1, 4)).astype(np.float32)
        assert float(loss(answer, best)) < float(loss(answer, others))


def tiny_network(classes: int = 94) -> keras.Model:
    return residual_network(stem=4, stages=(Stage(6, 2), Stage(6, 2)), classes=classes, dropout=0.1)


def shaken(network: keras.Model, seed: int = 15) -> keras.Model:
    """`network` with every weight, gains and gates too, away from where it begins."""
    rng = np.random.default_rng(seed)
    for variable in network.trainable_variables:
        value = np.asarray(variable)
        variable.assign(value + rng.normal(0, 0.3, value.shape).astype(np.float32))
    return network


def some_tiles(count: int = 12) -> NDArray[np.float32]:
    rng = np.random.default_rng(16)
    return np.stack([ink_tile(character(sign), rng) for sign in list(CHARACTERS)[:count]])[
        ..., None
    ]


def test_a_plain_network_is_the_trained_one_without_code_of_ours(tmp_path):
    trained = shaken(tiny_network())
    plain = plain_network(trained)
    wanted = np.asarray(trained(some_tiles(), training=False))
    found = plain(some_tiles(), training=False)
    assert np.asarray(found["logits"]) == pytest.approx(wanted, abs=1e-4)
    assert np.abs(wanted).max() > 0.1
    features = keras.Model(trained.input, trained.get_layer("features").output)
    assert np.asarray(found["features"]) == pytest.approx(
        np.asarray(features(some_tiles(), training=False)), abs=1e-4
    )
    modules = {type(layer).__module__.split(".")[0] for layer in plain.layers}
    assert modules == {"keras"}


@pytest.mark.parametrize("policy", ["float32", "mixed_bfloat16"])
def test_saving_keeps_the_gain_and_the_gate(tmp_path, policy):
    keras.mixed_precision.set_global_policy(policy)
    try:
        network = shaken(tiny_network())
        network.save(tmp_path / "tiny.keras")
        loaded = keras.models.load_model(tmp_path / "tiny.keras")
    finally:
        keras.mixed_precision.set_global_policy("float32")
    names = [variable.path for variable in network.variables]
    assert any("gain" in name for name in names)
    for mine, theirs in zip(network.weights, loaded.weights, strict=True):
        assert np.array_equal(np.asarray(mine), np.asarray(theirs))
    gains = [layer.gain for layer in loaded.layers if isinstance(layer, StandardConv2D)]
    assert all(np.ptp(np.asarray(gain)) > 0 for gain in gains)
    assert all(float(layer.openness) for layer in loaded.layers if isinstance(layer, Gate))


def test_a_residual_block_begins_as_its_shortcut():
    """The gate is shut: what a branch would add does not change the answer."""
    network = tiny_network()
    before = np.asarray(network(some_tiles(), training=False))
    for layer in network.layers:
        if isinstance(layer, StandardConv2D) and layer.strides == (2, 2) and layer.name != "stem":
            layer.kernel.assign(layer.kernel * -3)
    assert np.asarray(network(some_tiles(), training=False)) == pytest.approx(before, abs=1e-6)


def test_a_standard_kernel_has_mean_0_and_one_variance():
    layer = StandardConv2D(5, 3)
    layer.build((None, 8, 8, 4))
    layer.kernel.assign(np.random.default_rng(17).normal(3, 9, (3, 3, 4, 5)))
    kernel = np.asarray(layer.standard_kernel())
    assert kernel.mean(axis=(0, 1, 2)) == pytest.approx(np.zeros(5), abs=1e-5)
    assert kernel.var(axis=(0, 1, 2)) * 36 == pytest.approx(np.full(5, 1.71396**2), rel=1e-3)


# --- Calibration, figures ----------------------------------------------------------------------


def drawn_logits(temperature: float, count: int = 6000) -> tuple[NDArray, NDArray]:
    """Logits that are `temperature` times too large, and classes drawn from the true odds."""
    rng = np.random.default_rng(18)
    true = rng.normal(0, 2, (count, 10)).astype(np.float32)
    odds = softmax(true).astype(np.float64)
    classes = (odds.cumsum(axis=1) > rng.random((count, 1))).argmax(axis=1)
    return true * np.float32(temperature), classes


@pytest.mark.parametrize("temperature", [0.6, 1.0, 2.0])
def test_calibration_finds_how_sure_the_network_may_be(temperature):
    logits, classes = drawn_logits(temperature)
    found = calibrate(logits, classes, np.zeros(10, np.float32))
    assert found.temperature == pytest.approx(temperature, rel=0.1)


def test_calibration_puts_the_prior_back_where_the_writers_have_one():
    rng = np.random.default_rng(19)
    prior = np.array([0.6, 0.3, 0.08, 0.02])
    flat = rng.normal(0, 1, (6000, 4)).astype(np.float32)
    odds = softmax(flat + np.log(prior).astype(np.float32)).astype(np.float64)
    classes = (odds.cumsum(axis=1) > rng.random((6000, 1))).argmax(axis=1)
    found = calibrate(flat, classes, np.log(prior).astype(np.float32))
    assert found.prior_share == 1
    assert found.temperature == pytest.approx(1, rel=0.1)
    rows = np.arange(6000)
    loss = -np.log(softmax((flat + np.log(prior)) / found.temperature)[rows, classes]).mean()
    assert found.loss == pytest.approx(loss, rel=1e-4)


def test_what_is_to_be_expected_is_what_the_first_source_has(folder):
    frequencies = np.exp(log_frequencies(tiny_course(least=0), ASCII94))
    one, two, absent = (ASCII94.index[sign] for sign in "12z")
    assert frequencies.sum() == pytest.approx(1)
    assert frequencies[one] == frequencies[two] == pytest.approx(4 * frequencies[absent])


@pytest.mark.parametrize(
    ("right", "n", "low", "high"),
    [
        # Newcombe 1998, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_is_as_published(right, n, low, high):
    assert wilson(right, n) == pytest.approx((low, high), abs=5e-5)


def test_wilson_stays_within_0_and_1():
    for right, n in ((0, 1), (1, 1), (50, 50)):
        low, high = wilson(right, n)
        assert -1e-12 <= low <= right / n <= high + 1e-12 <= 1 + 2e-12


def test_calibration_error_of_known_answers():
    sure = np.full(10, 0.9, np.float32)
    assert calibration_error(sure, np.arange(10) < 9) == pytest.approx(0, abs=1e-6)
    assert calibration_error(sure, np.arange(10) < 4) == pytest.approx(0.5, abs=1e-6)
    assert calibration_error(np.ones(4, np.float32), np.zeros(4, bool)) == pytest.approx(1)
    mixed = np.float32([0.95, 0.95, 0.45, 0.45])
    right = np.array([True, True, True, True])
    assert calibration_error(mixed, right) == pytest.approx((0.05 + 0.55) / 2, abs=1e-6)


def test_accuracy_among_the_signs_of_a_view():
    scores = np.zeros((3, 94), np.float32)
    scores[0, ASCII94.index["o"]], scores[0, ASCII94.index["0"]] = 9, 5
    scores[1, ASCII94.index["7"]] = 9
    scores[2, ASCII94.index["A"]] = 9
    labels = np.array(["0", "1", "A"])
    assert view_accuracy(scores, labels, ASCII94, ASCII94) == pytest.approx(1 / 3)
    assert view_accuracy(scores, labels, ASCII94, DIGITS) == pytest.approx(1 / 2)
    assert np.isnan(view_accuracy(scores[2:], labels[2:], ASCII94, DIGITS))


def test_the_rate_rises_falls_and_falls_once_more():
    rate = TwoCosines(1e-2, rise=10, fall=20, calm=10, restart=0.1)
    rates = [float(rate(step)) for step in range(41)]
    assert rates[0] == pytest.approx(5e-4)
    assert rates[10] == pytest.approx(1e-2)
    assert rates[29] < 1e-4
    assert rates[30] == pytest.approx(1e-3)
    assert rates[40] == pytest.approx(0, abs=1e-9)
    assert np.argmax(rates) == 10
    assert (np.diff(rates[10:30]) < 0).all()
    assert (np.diff(rates[30:]) < 0).all()
    again = TwoCosines(**rate.get_config())
    assert float(again(17)) == float(rate(17))


# --- A whole run -------------------------------------------------------------------------------


class StoppedError(Exception):
    """As a run that is killed between two epochs."""


def tiny_val() -> Samples:
    return load_unipen(data_folder(), "val")


def tiny_recipe(**changes: Any) -> Recipe:
    plain = Recipe(
        name="tiny",
        version="0.0.1",
        architecture="tiny",
        alphabet=ASCII94,
        course=tiny_course,
        val=tiny_val,
        network=tiny_network,
        seed=3,
        epochs=2,
        batch=16,
        learning_rate=5e-3,
        weight_decay=0.01,
        label_smoothing=0.05,
    )
    return dataclasses.replace(plain, **changes)


def silent(text: str) -> None:
    pass


def stop_after(epoch: int) -> Callable[[str], None]:
    def report(text: str) -> None:
        if text.startswith(f"epoch {epoch}/"):
            raise StoppedError

    return report


@pytest.mark.parametrize(
    ("network", "stop"), [("tiny", 1), ("tiny", 2), ("varying", 1), ("varying", 2)]
)
def test_a_run_that_was_stopped_goes_on_as_if_it_had_not_been(folder, tmp_path, network, stop):
    networks = {"tiny": tiny_network, "varying": lambda: digits_cnn(94)}
    recipe = tiny_recipe(network=networks[network], calm_epochs=1)
    whole = train(recipe, tmp_path / "whole", silent)
    with pytest.raises(StoppedError):
        train(recipe, tmp_path / "stopped", stop_after(stop))
    lines: list[str] = []
    resumed = train(recipe, tmp_path / "stopped", lines.append)
    assert any(line.startswith(f"epochs {stop + 1} to 3") for line in lines)
    for mine, theirs in zip(whole.network.weights, resumed.network.weights, strict=True):
        assert np.asarray(resumed.network.weights[0]).any()
        assert np.array_equal(np.asarray(mine), np.asarray(theirs)), mine.path
    logs = []
    for name in ("whole", "stopped"):
        with (tmp_path / name / LOG).open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        logs.append([{key: row[key] for key in row if key != "seconds"} for row in rows])
    assert [row["epoch"] for row in logs[0]] == ["1", "2", "3"]
    assert logs[0] == logs[1]


def test_a_run_changes_the_network_and_a_finished_one_is_not_run_again(folder, tmp_path):
    recipe = tiny_recipe(epochs=2)
    trained = train(recipe, tmp_path / "run", silent).network
    keras.utils.set_random_seed(recipe.seed)
    begun = tiny_network()
    assert not np.array_equal(np.asarray(trained.weights[0]), np.asarray(begun.weights[0]))
    before = (tmp_path / "run" / CHECKPOINT).read_bytes()
    again = train(recipe, tmp_path / "run", silent).network
    assert (tmp_path / "run" / CHECKPOINT).read_bytes() == before
    for mine, theirs in zip(trained.weights, again.weights, strict=True):
        assert np.array_equal(np.asarray(mine), np.asarray(theirs))


def test_a_run_ends_when_val_has_not_become_better_for_as_long_as_it_waits(folder, tmp_path):
    # a rate of nothing: val stays as it was
    recipe = tiny_recipe(epochs=6, learning_rate=1e-12, weight_decay=0.0, patience=2)
    lines: list[str] = []
    train(recipe, tmp_path / "run", lines.append)
    assert sum(line.startswith("epoch ") for line in lines) < 6
    assert "for 2 epochs: done" in lines[-1]
    lines.clear()
    train(recipe, tmp_path / "run", lines.append)
    assert not any(line.startswith("epoch ") for line in lines)


def test_the_network_of_the_best_epoch_is_kept_beside_the_last(tmp_path):
    journal = Journal(tmp_path / "run", tiny_recipe())
    assert journal.checkpoint() is None
    assert journal.best() is None
    assert journal.epochs_without_gain() == 0
    network = tiny_network()
    kernel = network.weights[0]
    for epoch, loss in enumerate((0.5, 0.3, float("nan"), 0.4), 1):
        kernel.assign(np.full(kernel.shape, epoch, np.float32))
        journal.keep(network, epoch=epoch, seconds=1.0, loss=loss, accuracies={"digits": 0.9})
    assert float(np.asarray(journal.best().weights[0]).max()) == 2
    assert float(np.asarray(journal.checkpoint().weights[0]).max()) == 4
    assert journal.epochs_without_gain() == 2
    assert {path.name for path in journal.folder.iterdir()} == {CHECKPOINT, BEST, LOG, RECIPE}


def test_what_ships_is_the_best_epoch(folder, tmp_path):
    recipe = tiny_recipe(epochs=3)
    trained = train(recipe, tmp_path / "run", silent).network
    best = keras.models.load_model(tmp_path / "run" / BEST)
    for mine, theirs in zip(trained.weights, best.weights, strict=True):
        assert np.array_equal(np.asarray(mine), np.asarray(theirs))


def test_a_folder_of_another_recipe_is_refused_untouched(folder, tmp_path):
    with pytest.raises(StoppedError):
        train(tiny_recipe(), tmp_path / "run", stop_after(1))
    before = {path.name: path.read_bytes() for path in (tmp_path / "run").iterdir()}
    with pytest.raises(RecipeChangedError) as caught:
        train(tiny_recipe(learning_rate=1e-3), tmp_path / "run", silent)
    assert str(tmp_path / "run") in str(caught.value)
    assert "--run" in str(caught.value)
    assert {path.name: path.read_bytes() for path in (tmp_path / "run").iterdir()} == before


def test_everything_that_decides_a_run_is_in_its_fingerprint():
    fields = {field.name for field in dataclasses.fields(Recipe)}
    # the functions are named by the architecture and the version
    assert set(tiny_recipe().fingerprint) == fields - {"course", "val", "network"}


# --- Shipping ----------------------------------------------------------------------------------


@pytest.fixture
def shipped(folder, tmp_path) -> Path:
    """The models folder, with one tiny model in it."""
    run = tmp_path / "run"
    run.mkdir()
    (run / LOG).write_text("epoch\n1\n", encoding="utf-8")
    models = tmp_path / "models"
    home = ship(
        tiny_recipe(),
        Trained(shaken(tiny_network()), tiny_course()),
        run=run,
        models=models,
        val=load_unipen(folder, "val"),
    )
    assert home == models / "tiny"
    return models


def test_what_is_shipped_is_whole_and_both_engines_agree(shipped):
    model = open_model("tiny", shipped)
    model.check()
    assert broken_models(shipped) == ()
    manifest = model.manifest
    assert (manifest.alphabet, manifest.version) == (ASCII94, "0.0.1")
    assert manifest.training["samples"] == {"UNIPEN": 51, "bars": 6}
    assert manifest.training["seed"] == 3
    assert set(manifest.sha256) == {"tiny.keras", "tiny.tflite"}
    assert not manifest.tracks
    val = open_classifier(model).classify(plain_tiles(load_unipen(data_folder(), "val")))
    assert val.sureness.min() - 1e-4 <= manifest.least_sureness < np.median(val.sureness)
    tiles = plain_tiles(load_unipen(data_folder(), "train"))
    ours = open_classifier(model, "keras").classify(tiles).probabilities
    theirs = open_classifier(model, "litert").classify(tiles).probabilities
    assert np.abs(ours - theirs).max() <= 1e-4
    assert ours.std() > 0
    names = {path.name for path in (shipped / "tiny").iterdir()}
    assert {"manifest.json", "tiny.keras", "tiny.tflite", LEARNING_CURVE} <= names
    assert [path.name for path in shipped.iterdir()] == ["tiny"]


def test_shipping_again_replaces_the_model_and_keeps_its_card(shipped, folder, tmp_path):
    (shipped / "tiny" / "CARD.md").write_text("What it is for.", encoding="utf-8")
    (shipped / "tiny" / "audit").mkdir()
    (shipped / "tiny" / "audit" / "audit.csv").write_text("verdicts", encoding="utf-8")
    before = open_model("tiny", shipped).manifest
    ship(
        tiny_recipe(version="0.0.2"),
        Trained(shaken(tiny_network(), seed=20), tiny_course()),
        run=tmp_path / "run",
        models=shipped,
        val=load_unipen(folder, "val"),
    )
    after = open_model("tiny", shipped)
    after.check()
    assert (before.version, after.manifest.version) == ("0.0.1", "0.0.2")
    assert before.sha256 != after.manifest.sha256
    assert (shipped / "tiny" / "CARD.md").read_text(encoding="utf-8") == "What it is for."
    assert (shipped / "tiny" / "audit" / "audit.csv").read_text(encoding="utf-8") == "verdicts"


def test_a_twin_of_another_network_is_not_shipped(shipped, folder):
    """What ship() proves before it puts a folder in place."""
    home = shipped / "tiny"
    other = plain_network(shaken(tiny_network(), seed=21))
    old = open_model("tiny", shipped).manifest.sha256["tiny.keras"]
    other.save(home / "tiny.keras")
    text = (home / "manifest.json").read_text(encoding="utf-8")
    import hashlib

    new = hashlib.sha256((home / "tiny.keras").read_bytes()).hexdigest()
    (home / "manifest.json").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(UnequalTwinError) as caught:
        prove_twin(home, plain_tiles(load_unipen(folder, "val")))
    assert caught.value.difference > 1e-4
    assert json.loads((home / "manifest.json").read_text(encoding="utf-8"))["name"] == "tiny"
