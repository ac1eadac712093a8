"""Tiles → prediction: two engines with one answer, batches of any size, and what may be damaged."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from core.classifying import ENGINES, Classifier, open_classifier, softmax
from core.classifying import classifier as classifier_module
from core.classifying.batching import in_batches
from core.classifying.keras_engine import LARGEST_BATCH as KERAS_BATCH
from core.classifying.litert_engine import LARGEST_BATCH as LITERT_BATCH
from core.errors import ChangedModelFileError, EngineError, MissingModelFileError, ModelError
from core.glyph import TILE_SIZE
from core.models import DEFAULT_MODEL, MANIFEST, Model, models_folder, open_model
from core.recognising import ink_glyph
from core.training.augmenting import ink_tile
from core.training.shipping import _sha256
from tests.core.handwriting import CHARACTERS, character

TOLERANCE = 1e-4


@pytest.fixture(scope="module")
def litert() -> Classifier:
    return open_classifier(open_model(DEFAULT_MODEL), "litert")


@pytest.fixture(scope="module")
def keras() -> Classifier:
    return open_classifier(open_model(DEFAULT_MODEL), "keras")


@pytest.fixture
def copy(tmp_path) -> Path:
    """The folder of a copy of the model, to be damaged."""
    return Path(shutil.copytree(models_folder() / DEFAULT_MODEL, tmp_path / DEFAULT_MODEL))


def drawn_tiles() -> NDArray[np.float32]:
    """Characters as they are, and each as nine other hands might have written it."""
    rng = np.random.default_rng(9)
    tiles = []
    for sign in CHARACTERS:
        ink = character(sign)
        tiles.append(ink_glyph(ink).tile)
        tiles += [ink_tile(ink, rng) for _ in range(9)]
    return np.stack(tiles)


def random_tiles(count: int, seed: int = 10) -> NDArray[np.float32]:
    rng = np.random.default_rng(seed)
    tiles = rng.random((count, TILE_SIZE, TILE_SIZE), np.float32)
    return np.asarray(tiles * (rng.random((count, 1, 1)) < 0.5), np.float32)


def pin(folder: Path, file: str, data: bytes) -> Model:
    """A model one of whose files is `data`, as its manifest says."""
    old = _sha256(folder / file)
    (folder / file).write_bytes(data)
    text = (folder / MANIFEST).read_text(encoding="utf-8")
    (folder / MANIFEST).write_text(text.replace(old, _sha256(folder / file)), encoding="utf-8")
    return open_model(folder.name, folder.parent)


def twinless(folder: Path) -> Model:
    text = (folder / MANIFEST).read_text(encoding="utf-8")
    name = f'"twin": "{DEFAULT_MODEL}.tflite"'
    assert name in text
    (folder / MANIFEST).write_text(text.replace(name, '"twin": null'), encoding="utf-8")
    return open_model(folder.name, folder.parent)


# --- Two engines -------------------------------------------------------------------------------


@pytest.mark.parametrize("tiles", [drawn_tiles(), random_tiles(200)], ids=["drawn", "random"])
def test_both_engines_give_the_same_answers(litert, keras, tiles):
    apart = litert.classify(tiles).probabilities - keras.classify(tiles).probabilities
    assert np.abs(apart).max() <= TOLERANCE


def test_the_engines_say_who_they_are(litert, keras):
    assert (litert.engine, keras.engine) == ("litert", "keras")
    assert set(ENGINES) == {"auto", "litert", "keras"}


def test_the_answer_is_not_the_same_for_every_tile(litert):
    odds = litert.classify(drawn_tiles()).probabilities
    assert len(set(odds.argmax(axis=1))) > 10


# --- Batches -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["litert", "keras"])
def test_no_tiles_are_no_rows(name, request):
    classifier = request.getfixturevalue(name)
    prediction = classifier.classify(np.zeros((0, TILE_SIZE, TILE_SIZE), np.float32))
    assert prediction.nothing_here
    assert prediction.alphabet == classifier.model.manifest.alphabet


@pytest.mark.parametrize(("name", "largest"), [("litert", LITERT_BATCH), ("keras", KERAS_BATCH)])
@pytest.mark.parametrize("beyond", [-1, 0, 1])
def test_a_tile_has_one_answer_whatever_is_classified_with_it(name, largest, beyond, request):
    classifier = request.getfixturevalue(name)
    tiles = np.resize(drawn_tiles(), (largest + beyond, TILE_SIZE, TILE_SIZE))
    together = classifier.classify(tiles).probabilities
    assert together.shape == (largest + beyond, 94)
    for row in (0, 1, largest // 2, largest - 2, largest + beyond - 1):
        alone = classifier.classify(tiles[row : row + 1]).probabilities[0]
        assert np.abs(together[row] - alone).max() <= TOLERANCE


@pytest.mark.parametrize("name", ["litert", "keras"])
def test_rows_stay_in_order(name, request):
    classifier = request.getfixturevalue(name)
    tiles = drawn_tiles()
    order = np.random.default_rng(11).permutation(len(tiles))
    plain = classifier.classify(tiles).probabilities
    shuffled = classifier.classify(tiles[order]).probabilities
    assert np.abs(plain[order] - shuffled).max() <= TOLERANCE


def test_an_answer_stays_when_the_next_one_is_asked_for(litert):
    """The interpreter gives views of its own memory; an answer must be no such view."""
    tiles = drawn_tiles()
    first = litert.classify(tiles[:1])
    before = first.probabilities.copy()
    litert.classify(tiles[50:51])
    assert np.array_equal(first.probabilities, before)


@pytest.mark.parametrize("name", ["litert", "keras"])
def test_tiles_that_are_read_only_or_not_contiguous_pass(name, request):
    classifier = request.getfixturevalue(name)
    tiles = drawn_tiles()[:6]
    tiles.flags.writeable = False
    turned = np.swapaxes(np.ascontiguousarray(np.swapaxes(tiles, 1, 2)), 1, 2)
    apart = classifier.classify(tiles).probabilities - classifier.classify(turned).probabilities
    assert np.abs(apart).max() <= TOLERANCE


@given(count=st.integers(1, 40), size=st.integers(1, 15))
def test_batches_are_bounded_and_put_together_in_order(count, size):
    sizes: list[int] = []

    def run(tiles: NDArray[np.float32]) -> NDArray[np.float32]:
        sizes.append(len(tiles))
        return tiles.reshape(len(tiles), -1)

    tiles = np.arange(count, dtype=np.float32).reshape(count, 1, 1)
    assert np.array_equal(in_batches(run, [tiles], size)[:, 0], np.arange(count))
    assert max(sizes) <= size
    assert sum(sizes) == count


# --- Odds --------------------------------------------------------------------------------------


@given(arrays(np.float32, (3, 7), elements=st.floats(-1e4, 1e4, width=32)))
def test_softmax_is_odds_at_any_size_of_logits(logits):
    odds = softmax(logits)
    assert odds.dtype == np.float32
    assert odds.sum(axis=1) == pytest.approx(1, abs=1e-5)
    rows = np.arange(len(logits))
    assert (odds[rows, logits.argmax(axis=1)] == odds.max(axis=1)).all()


def test_softmax_of_known_logits():
    odds = softmax(np.log(np.float32([[1, 2, 5]])))
    assert odds[0] == pytest.approx([0.125, 0.25, 0.625], rel=1e-6)


class Fixed:
    name = "fixed"

    def logits(
        self, tiles: NDArray[np.float32], tracks: NDArray[np.float32] | None = None
    ) -> NDArray[np.float32]:
        return np.tile(np.log(np.arange(1, 95, dtype=np.float32)), (len(tiles), 1))


def test_the_temperature_divides_the_logits():
    model = open_model(DEFAULT_MODEL)
    temperature = model.manifest.temperature
    (odds,) = Classifier(model, Fixed()).classify(random_tiles(1)).probabilities
    ratio = odds[93] / odds[0]
    assert ratio == pytest.approx(94 ** (1 / temperature), rel=1e-3)


# --- Which engine, and what is damaged ---------------------------------------------------------


def test_auto_takes_the_twin():
    assert open_classifier(open_model(DEFAULT_MODEL)).engine == "litert"


@pytest.mark.parametrize("data", [None, b"changed"])
def test_auto_takes_keras_where_the_twin_is_not_whole(copy, data, keras):
    twin = copy / f"{DEFAULT_MODEL}.tflite"
    twin.unlink()
    if data is not None:
        twin.write_bytes(data)
    classifier = open_classifier(open_model(DEFAULT_MODEL, copy.parent))
    assert classifier.engine == "keras"
    tiles = drawn_tiles()[:5]
    apart = classifier.classify(tiles).probabilities - keras.classify(tiles).probabilities
    assert np.abs(apart).max() <= TOLERANCE


def test_auto_takes_keras_where_litert_cannot_load_the_twin(copy):
    model = pin(copy, f"{DEFAULT_MODEL}.tflite", b"no flatbuffer")
    with pytest.raises(EngineError) as caught:
        open_classifier(model, "litert")
    assert (caught.value.file, caught.value.engine) == (f"{DEFAULT_MODEL}.tflite", "litert")
    assert open_classifier(model).engine == "keras"


def test_auto_takes_keras_for_a_model_without_a_twin(copy):
    model = twinless(copy)
    assert open_classifier(model).engine == "keras"
    with pytest.raises(MissingModelFileError, match="twin"):
        open_classifier(model, "litert")


def test_auto_blames_the_twin_when_both_are_damaged(copy):
    for file in copy.glob(f"{DEFAULT_MODEL}.*"):
        file.write_bytes(b"changed")
    with pytest.raises(ChangedModelFileError) as caught:
        open_classifier(open_model(DEFAULT_MODEL, copy.parent))
    assert caught.value.file == f"{DEFAULT_MODEL}.tflite"


def test_auto_blames_the_twin_where_there_is_no_tensorflow(copy, monkeypatch):
    """As in a program that was frozen without it."""
    (copy / f"{DEFAULT_MODEL}.tflite").write_bytes(b"changed")
    monkeypatch.setitem(sys.modules, "keras", None)
    with pytest.raises(ChangedModelFileError) as caught:
        open_classifier(open_model(DEFAULT_MODEL, copy.parent))
    assert caught.value.file == f"{DEFAULT_MODEL}.tflite"


@pytest.mark.parametrize(
    ("engine", "file"), [("litert", f"{DEFAULT_MODEL}.tflite"), ("keras", f"{DEFAULT_MODEL}.keras")]
)
def test_a_changed_file_is_never_loaded(copy, engine, file, monkeypatch):
    data = bytearray((copy / file).read_bytes())
    data[len(data) // 2] ^= 1
    (copy / file).write_bytes(bytes(data))
    with pytest.raises(ChangedModelFileError) as caught:
        open_classifier(open_model(DEFAULT_MODEL, copy.parent), engine)
    assert caught.value.file == file


@pytest.mark.parametrize("kept", [0.0, 0.5, 0.99])
def test_weights_that_keras_does_not_take_are_a_known_error(copy, kept):
    file = f"{DEFAULT_MODEL}.keras"
    data = (copy / file).read_bytes()
    model = pin(copy, file, data[: int(len(data) * kept)])
    with pytest.raises(EngineError) as caught:
        open_classifier(model, "keras")
    assert (caught.value.file, caught.value.engine) == (file, "keras")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("kept", [0.0, 0.1, 0.5])
def test_a_twin_that_litert_does_not_take_is_a_known_error(copy, kept):
    file = f"{DEFAULT_MODEL}.tflite"
    data = (copy / file).read_bytes()
    model = pin(copy, file, data[: int(len(data) * kept)])
    with pytest.raises(EngineError) as caught:
        open_classifier(model, "litert")
    assert caught.value.reason


def test_models_may_be_opened_again_and_again(keras):
    """TensorFlow warns of a function that it has to trace often; the log would show it."""
    for _ in range(6):
        classifier = open_classifier(keras.model, "keras")
        for count in (1, 2, 3):
            classifier.classify(random_tiles(count))


def test_every_engine_name_opens(monkeypatch):
    monkeypatch.setattr(classifier_module, "_keras", lambda model: Fixed())
    monkeypatch.setattr(
        classifier_module, "_litert", lambda model, threads: Classifier(model, Fixed())
    )
    for engine in ENGINES:
        assert open_classifier(open_model(DEFAULT_MODEL), engine).engine == "fixed"


def test_a_damaged_model_is_a_model_error():
    for error in (ChangedModelFileError, MissingModelFileError, EngineError):
        assert issubclass(error, ModelError)
