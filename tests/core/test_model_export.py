"""Exports of a model: proved against Keras, or refused with nothing kept."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import keras
import numpy as np
import onnxruntime
import pytest
from ai_edge_litert.interpreter import Interpreter
from keras import layers
from numpy.typing import NDArray

from core.alphabet import ASCII94, DIGITS
from core.cli import BROKEN, DONE, SOME_FAILED, WRONG_USAGE, main
from core.errors import DamagedFileError, MissingFileError
from core.glyph import PREPROCESSING_VERSION, TILE_SIZE
from core.models import DEFAULT_MODEL, MANIFEST, Manifest, manifest_text, models_folder, open_model
from core.training.data import UNIPEN_FILE, InkSamples
from core.training.exports import comparing, making, tiles
from core.training.exports.kinds import (
    KINDS,
    KindName,
    UnequalExportError,
    UnknownLayerError,
    UnusableExportError,
)
from core.training.exports.making import Original, make_export, open_original
from core.training.exports.onnx_graph import _WRITERS, onnx_bytes
from core.training.exports.tiles import calibration_tiles, made_tiles, proof_tiles
from core.training.networks import Stage, residual_network
from core.training.shipping import litert_twin, plain_network
from tests.core.handwriting import CHARACTERS, character

FILES: dict[KindName, str] = {
    "litert": "tiny-0.0.1.tflite",
    "litert-f16": "tiny-0.0.1-f16.tflite",
    "litert-int8": "tiny-0.0.1-int8.tflite",
    "onnx": "tiny-0.0.1.onnx",
}


pytestmark = pytest.mark.usefixtures("quiet_tensorflow")


@pytest.fixture(scope="module", autouse=True)
def small_and_without_data(tmp_path_factory):
    """As on a user's machine, and with few tiles; tests that want data make some."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GLYPHPAD_DATA", str(tmp_path_factory.mktemp("none")))
        patch.setattr(tiles, "MADE_TILES", 150)
        patch.setattr(tiles, "CALIBRATION_TILES", 60)
        patch.setattr(comparing, "TIMED_TILES", 3)
        patch.setattr(comparing, "TIMED_BATCHES", 2)
        # a network that never learnt is in doubt about every tile
        unsure = dataclasses.replace(KINDS["litert-int8"], least_equal=0.5)
        patch.setattr(making, "KINDS", {**KINDS, "litert-int8": unsure})
        yield


def tiny_network(*, seed: int = 1, spoilt: str = "") -> keras.Model:
    """A plain network of random weights; the layer `spoilt` has one that is no number."""
    stages = (Stage(6, 2), Stage(8, 2))
    network = plain_network(
        residual_network(stem=4, stages=stages, classes=len(ASCII94), dropout=0.1)
    )
    rng = np.random.default_rng(seed)
    for layer in network.layers:
        if layer.weights:
            kernel, bias = layer.get_weights()
            scale = 2.5 / np.sqrt(np.prod(kernel.shape[:-1]))
            layer.set_weights([rng.normal(0, scale, kernel.shape), rng.normal(0, 0.1, bias.shape)])
    head = network.get_layer("logits")
    head.set_weights([head.get_weights()[0] * 8, head.get_weights()[1]])
    if spoilt:
        kernel, bias = network.get_layer(spoilt).get_weights()
        kernel.flat[0] = np.nan
        network.get_layer(spoilt).set_weights([kernel, bias])
    return network


def keep_model(models: Path, network: keras.Model) -> Path:
    home = models / "tiny"
    home.mkdir(parents=True)
    network.save(home / "tiny.keras")
    manifest = Manifest(
        name="tiny",
        version="0.0.1",
        architecture="tiny",
        alphabet=ASCII94,
        input_shape=(TILE_SIZE, TILE_SIZE, 1),
        preprocessing=PREPROCESSING_VERSION,
        temperature=1.5,
        weights="tiny.keras",
        twin=None,
        sha256={"tiny.keras": hashlib.sha256((home / "tiny.keras").read_bytes()).hexdigest()},
        training={},
        metrics={},
    )
    (home / MANIFEST).write_text(manifest_text(manifest), encoding="utf-8")
    return models


@pytest.fixture(scope="module")
def models(tmp_path_factory) -> Path:
    """A folder with one tiny model, which has no twin."""
    return keep_model(tmp_path_factory.mktemp("models"), tiny_network())


@pytest.fixture
def out(tmp_path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


@pytest.fixture(scope="module")
def original(models) -> Original:
    return open_original(open_model("tiny", models), limit=None)


@pytest.fixture(scope="module")
def exports(original) -> dict[KindName, bytes]:
    return {kind: make_export(original, kind).data for kind in KINDS}


def samples(split: str) -> InkSamples:
    """Every character that tests can draw, three times each."""
    signs = [sign for sign in sorted(CHARACTERS) for _ in range(3)]
    inks = [character(sign, size=60 + 20 * (place % 3)) for place, sign in enumerate(signs)]
    strokes = [stroke for ink in inks for stroke in ink.strokes]
    return InkSamples(
        name="UNIPEN",
        points=np.concatenate([stroke.xy for stroke in strokes]),
        stroke_offsets=np.cumsum([0, *(len(stroke.points) for stroke in strokes)]),
        sample_offsets=np.cumsum([0, *(len(ink.strokes) for ink in inks)]),
        labels=np.array(signs),
        writers=np.array([split] * len(signs)),
        rows=np.arange(len(signs)),
    )


@pytest.fixture
def data(monkeypatch) -> None:
    """As where the data is; the test writers' would be noticed."""
    splits = {split: samples(split) for split in ("train", "val")}
    monkeypatch.setattr(tiles, "load_unipen", lambda _, split: splits[split])


# --- Each kind ---------------------------------------------------------------------------------


def test_every_kind_can_be_made_and_has_a_name_of_its_own():
    assert set(get_args(KindName)) == set(KINDS) == set(making._MAKERS) == set(FILES)
    assert len({kind.suffix for kind in KINDS.values()}) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_an_export_is_kept_and_says_how_like_keras_it_is(kind, models, out, capsys):
    arguments = ["--models", str(models), "export", "tiny", "--to", kind, "--out", str(out)]
    assert main(arguments) == DONE
    printed, complaints = capsys.readouterr()
    assert complaints == ""
    assert [path.name for path in out.iterdir()] == [FILES[kind]]
    assert f"{out / FILES[kind]}: {kind}, " in printed
    assert "150 tiles made here: at most " in printed
    assert ("calibrated with 60 tiles made here" in printed) == (kind == "litert-int8")


def test_the_usual_place_is_the_current_folder(models, out, monkeypatch):
    monkeypatch.chdir(out)
    assert main(["--models", str(models), "export", "tiny", "--to", "litert"]) == DONE
    assert [path.name for path in out.iterdir()] == [FILES["litert"]]


def test_a_file_may_be_named(models, out):
    place = out / "mine № 1.tflite"
    arguments = ["--models", str(models), "export", "tiny", "--to", "litert", "--out", str(place)]
    assert main(arguments) == DONE
    assert list(out.iterdir()) == [place]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.startswith("litert")])
def test_the_programs_own_engine_finds_its_names_and_types(kind, exports):
    interpreter = Interpreter(model_content=exports[kind])
    runner = interpreter.get_signature_runner("serving_default")
    answers, asked = runner.get_output_details(), runner.get_input_details()
    assert set(answers) == {"logits", "features"}
    assert {details["dtype"] for details in (*answers.values(), *asked.values())} == {np.float32}


def test_int8_is_int8_throughout(exports):
    interpreter = Interpreter(model_content=exports["litert-int8"])
    runner = interpreter.get_signature_runner("serving_default")
    edges = {
        details["index"]
        for details in (
            *runner.get_output_details().values(),
            *runner.get_input_details().values(),
        )
    }
    floats = {
        details["index"]
        for details in interpreter.get_tensor_details()
        if details["dtype"] in {np.float32, np.float16}
    }
    assert floats == edges


def test_f16_keeps_its_weights_in_f16(exports):
    interpreter = Interpreter(model_content=exports["litert-f16"])
    halves = [d["shape"] for d in interpreter.get_tensor_details() if d["dtype"] == np.float16]
    assert len([shape for shape in halves if len(shape) > 1]) >= 6


def test_the_maps_are_those_of_keras(original, exports):
    """What an explanation is drawn from."""
    pixels = original.proofs[0].pixels[:5, ..., None]
    wanted = np.asarray(original.network(pixels)["features"])
    session = onnxruntime.InferenceSession(exports["onnx"])
    assert {answer.name for answer in session.get_outputs()} == {"logits", "features"}
    (found,) = session.run(["features"], {"tiles": pixels})
    assert found == pytest.approx(wanted, abs=1e-4)
    assert np.ptp(wanted) > 0.1
    assert session.get_inputs()[0].shape == ["batch", TILE_SIZE, TILE_SIZE, 1]
    interpreter = Interpreter(model_content=exports["litert"])
    runner = interpreter.get_signature_runner("serving_default")
    assert runner(tiles=pixels[:1])["features"] == pytest.approx(wanted[:1], abs=1e-4)


def test_the_shipped_model_becomes_int8(out, capsys):
    assert main(["export", DEFAULT_MODEL, "--to", "litert-int8", "--out", str(out)]) == DONE
    version = open_model(DEFAULT_MODEL).manifest.version
    (file,) = out.iterdir()
    assert file.name == f"{DEFAULT_MODEL}-{version}-int8.tflite"
    weights = models_folder() / DEFAULT_MODEL / open_model(DEFAULT_MODEL).manifest.weights
    assert file.stat().st_size < 0.4 * weights.stat().st_size


# --- The tiles ---------------------------------------------------------------------------------


def test_made_tiles_are_tiles_and_the_same_each_time():
    one, same, other = (
        made_tiles(DIGITS, 40, np.random.default_rng(seed)).pixels for seed in (5, 5, 6)
    )
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)
    assert (one.shape, one.dtype) == ((40, TILE_SIZE, TILE_SIZE), np.float32)
    assert (one.reshape(40, -1).max(axis=1) == 1).all()
    assert one.min() == 0


def test_without_data_all_tiles_are_made_and_none_is_in_both():
    (proof,) = proof_tiles(ASCII94, limit=None)
    calibration = calibration_tiles(ASCII94)
    assert (proof.origin, proof.classes, calibration.origin) == ("made here", None, "made here")
    shared = {tile.tobytes() for tile in proof.pixels} & {
        tile.tobytes() for tile in calibration.pixels
    }
    # the self-check's 7 is drawn, not varied
    assert len(shared) == 1


def test_with_data_val_proves_and_train_calibrates(data):
    made, written = proof_tiles(ASCII94, limit=None)
    assert (made.origin, written.origin) == ("made here", "of UNIPEN's val writers")
    assert [ASCII94.labels[column] for column in written.classes] == [
        sign for sign in sorted(CHARACTERS) for _ in range(3)
    ]
    assert calibration_tiles(ASCII94).origin == "of UNIPEN's train writers"
    assert len(proof_tiles(ASCII94, limit=7)[1]) == 7


def test_a_narrow_model_is_proved_on_its_own_signs(data):
    _, written = proof_tiles(DIGITS, limit=None)
    assert set(written.classes) == {0, 1, 2, 3, 4, 7, 8}


def test_damaged_data_is_named(tmp_path, monkeypatch):
    (tmp_path / UNIPEN_FILE).write_bytes(b"no archive")
    monkeypatch.setenv("GLYPHPAD_DATA", str(tmp_path))
    with pytest.raises(DamagedFileError, match=UNIPEN_FILE):
        proof_tiles(ASCII94, limit=None)


# --- Refused -----------------------------------------------------------------------------------


def convert_instead(monkeypatch, kind: KindName, data: bytes) -> None:
    maker = dataclasses.replace(making._MAKERS[kind], convert=lambda _: data)
    monkeypatch.setattr(making, "_MAKERS", {**making._MAKERS, kind: maker})


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("change", [{"seed": 2}, {"spoilt": "logits"}], ids=str)
def test_what_does_not_answer_as_keras_is_refused(kind, change, original, monkeypatch):
    other = tiny_network(**change)
    convert_instead(monkeypatch, kind, onnx_bytes(other) if kind == "onnx" else litert_twin(other))
    with pytest.raises(UnequalExportError) as caught:
        make_export(original, kind)
    assert caught.value.tiles == "made here"
    if change == {"spoilt": "logits"}:
        assert np.isnan(caught.value.apart)


def test_what_is_refused_is_not_kept(models, out, monkeypatch, capsys):
    convert_instead(monkeypatch, "litert-int8", litert_twin(tiny_network(seed=2)))
    arguments = ["--models", str(models), "export", "tiny", "--to", "litert-int8"]
    assert main([*arguments, "--out", str(out)]) == SOME_FAILED
    assert list(out.iterdir()) == []
    assert "litert-int8: the export does not answer as Keras does" in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["litert-int8", "onnx"])
def test_what_its_runtime_does_not_take_is_not_kept(kind, original, monkeypatch):
    convert_instead(monkeypatch, kind, b"no model at all")
    with pytest.raises(UnusableExportError) as caught:
        make_export(original, kind)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("spoilt", ["stem", "logits"])
def test_a_network_of_no_numbers_is_refused(spoilt, tmp_path, out, capsys):
    """The ReLU behind the stem hides it from the answers, on some processors."""
    models = keep_model(tmp_path / "models", tiny_network(spoilt=spoilt))
    arguments = ["--models", str(models), "export", "tiny", "--out", str(out)]
    assert main([*arguments, *(f"--to={kind}" for kind in KINDS)]) == SOME_FAILED
    assert list(out.iterdir()) == []
    complaint = capsys.readouterr().err
    assert "not numbers" in complaint
    assert complaint.count("\n") == 1


def test_missing_packages_are_said_and_the_other_kinds_done(models, out, monkeypatch, capsys):
    monkeypatch.setattr(making.importlib.util, "find_spec", lambda name: None)
    arguments = ["--models", str(models), "export", "tiny", "--out", str(out)]
    assert main([*arguments, "--to", "onnx", "--to", "litert"]) == SOME_FAILED
    assert [path.name for path in out.iterdir()] == [FILES["litert"]]
    complaint = capsys.readouterr().err
    assert "pip install onnx onnxruntime" in complaint
    assert complaint.count("\n") == 1


# --- Files -------------------------------------------------------------------------------------


def test_a_file_that_is_there_is_kept(models, out, capsys):
    old = out / FILES["litert"]
    old.write_bytes(b"mine")
    arguments = ["--models", str(models), "export", "tiny", "--to", "litert", "--out", str(out)]
    assert main(arguments) == SOME_FAILED
    assert old.read_bytes() == b"mine"
    assert f"{old}: there is such a file already" in capsys.readouterr().err
    assert main([*arguments, "--replace"]) == DONE
    assert old.read_bytes() != b"mine"
    assert "in the place of the file before" in capsys.readouterr().out
    assert list(out.iterdir()) == [old]


@pytest.mark.parametrize("place", ["missing", "missing/x.tflite", "file/x.tflite", "file"])
def test_a_folder_that_cannot_be_written_is_named(place, models, out, capsys):
    (out / "file").write_bytes(b"")
    arguments = ["--models", str(models), "export", "tiny", "--to", "litert"]
    assert main([*arguments, "--out", str(out / place)]) == SOME_FAILED
    assert [path.name for path in out.iterdir()] == ["file"]
    assert str(out / place) in capsys.readouterr().err


def test_a_disk_that_is_full_leaves_the_file_before(models, out, monkeypatch, capsys):
    old = out / FILES["litert"]
    old.write_bytes(b"mine")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("core.files.os.fsync", full)
    arguments = ["--models", str(models), "export", "tiny", "--to", "litert", "--out", str(out)]
    assert main([*arguments, "--replace"]) == SOME_FAILED
    assert old.read_bytes() == b"mine"
    assert list(out.iterdir()) == [old]
    assert "No space left" in capsys.readouterr().err


def test_a_model_that_is_not_there_is_a_broken_installation(models, out, capsys):
    arguments = ["--models", str(models), "export", "none", "--to", "litert", "--out", str(out)]
    assert main(arguments) == BROKEN
    assert "none" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--to", "litert", "--to", "onnx", "--out", "x.onnx"],
        ["--to", "litert", "--out", "x.onnx"],
        ["--compare", "--out", "x.onnx"],
    ],
)
def test_wrong_usage(arguments, models, capsys):
    assert main(["--models", str(models), "export", "tiny", *arguments]) == WRONG_USAGE
    assert capsys.readouterr().err.startswith("glyphpad-cli: export: ")


def test_a_kind_that_is_not_there_is_wrong_usage(capsys):
    with pytest.raises(SystemExit) as caught:
        main(["export", "tiny", "--to", "coreml"])
    assert caught.value.code == WRONG_USAGE
    assert "litert-int8" in capsys.readouterr().err


# --- The table ---------------------------------------------------------------------------------


def rows_of(printed: str) -> dict[str, list[str]]:
    lines = [line for line in printed.splitlines() if line.startswith("|")]
    assert len({line.count("|") for line in lines}) == 1
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]
    return {row[0]: row[1:] for row in rows}


def test_a_comparison_is_a_table_and_keeps_nothing(models, out, monkeypatch, capsys):
    monkeypatch.chdir(out)
    assert main(["--models", str(models), "export", "tiny", "--compare"]) == DONE
    printed = capsys.readouterr().out
    rows = rows_of(printed)
    assert list(rows) == ["keras", *KINDS]
    assert rows["keras"][1:4] == ["0.0e+00", "100.00", "-"]
    assert all(float(row[1]) > 0 for kind, row in rows.items() if kind != "keras")
    assert {row[3] for row in rows.values()} == {"-"}
    assert "n = 150 tiles made here" in printed
    assert list(out.iterdir()) == []


def test_with_data_the_table_has_the_accuracy_on_val(models, data, capsys):
    assert main(["--models", str(models), "export", "tiny", "--compare"]) == DONE
    printed = capsys.readouterr().out
    assert f"n = {3 * len(CHARACTERS)} tiles of UNIPEN's val writers" in printed
    known = open_original(open_model("tiny", models), limit=None)
    right = known.odds[-1].argmax(axis=1) == known.proofs[-1].classes
    assert rows_of(printed)["keras"][3] == f"{right.mean() * 100:.2f}"


def test_a_kind_that_failed_is_not_in_the_table(models, monkeypatch, capsys):
    convert_instead(monkeypatch, "litert-f16", b"no model")
    assert main(["--models", str(models), "export", "tiny", "--compare"]) == SOME_FAILED
    printed, complaint = capsys.readouterr()
    assert list(rows_of(printed)) == ["keras", "litert", "litert-int8", "onnx"]
    assert "litert-f16" in complaint


# --- ONNX, layer by layer ----------------------------------------------------------------------


def net(*chain: layers.Layer) -> Callable[[keras.KerasTensor], keras.KerasTensor]:
    def through(tensor: keras.KerasTensor) -> keras.KerasTensor:
        for layer in chain:
            tensor = layer(tensor)
        return tensor

    return through


NETWORKS: dict[str, Callable[[keras.KerasTensor], keras.KerasTensor]] = {
    "conv, odd steps": net(layers.Conv2D(3, (3, 5), strides=(2, 3), padding="same")),
    "conv, valid, relu": net(layers.Conv2D(3, 4, activation="relu", use_bias=False)),
    "conv, wide": net(layers.Conv2D(3, 3, padding="same", dilation_rate=2)),
    "conv, groups": net(layers.Conv2D(4, 3), layers.Conv2D(6, 3, groups=2)),
    "pools": net(
        layers.AveragePooling2D(3, strides=2, padding="same"),
        layers.MaxPooling2D(3, strides=2, padding="same"),
        layers.MaxPooling2D(2),
        layers.AveragePooling2D(2),
    ),
    "dense": net(
        layers.Conv2D(3, 5),
        layers.GlobalAveragePooling2D(),
        layers.Dense(4, activation="relu"),
        layers.Dense(3, use_bias=False),
    ),
    "product": lambda tensor: layers.Multiply()(
        [
            layers.Dense(4)(layers.GlobalMaxPooling2D()(tensor)),
            layers.Dense(1)(layers.GlobalAveragePooling2D()(tensor)),
        ]
    ),
    "flat": net(
        layers.Conv2D(2, 9, strides=4), layers.Flatten(), layers.Dense(5), layers.Flatten()
    ),
    "global": net(layers.Conv2D(3, 5), layers.GlobalMaxPooling2D(), layers.Dropout(0.5)),
    "global, as a map": net(layers.Conv2D(3, 5), layers.GlobalAveragePooling2D(keepdims=True)),
    "scaled": net(layers.Rescaling(-2.0, offset=0.75), layers.ReLU(), layers.Identity()),
    "clipped": net(layers.Rescaling(3.0), layers.ReLU(max_value=1.0)),
    "smaller": net(layers.Resizing(27, 19)),
    # 30 * float32(63 / 30) is under 63
    "larger": net(layers.Conv2D(2, 3), layers.Resizing(63, 45)),
    "joined": lambda tiles: layers.Concatenate()([tiles, layers.Conv2D(2, 1)(tiles), tiles]),
    "joined, flat": lambda tiles: layers.Concatenate()(
        [layers.Flatten()(tiles), layers.GlobalMaxPooling2D()(tiles)]
    ),
    "sum of three": lambda tiles: layers.Add()(
        [layers.Conv2D(2, 1)(tiles), layers.Conv2D(2, 1)(tiles), layers.Conv2D(2, 1)(tiles)]
    ),
}


def network_of(build: Callable[[keras.KerasTensor], keras.KerasTensor]) -> keras.Model:
    entry = keras.Input((TILE_SIZE, TILE_SIZE, 1), name="tiles")
    return keras.Model(entry, {"logits": build(entry)})


def random_tiles(count: int) -> NDArray[np.float32]:
    return np.random.default_rng(3).random((count, TILE_SIZE, TILE_SIZE, 1), np.float32)


@pytest.mark.parametrize("name", NETWORKS)
def test_layers_are_written_as_keras_computes_them(name):
    keras.utils.set_random_seed(2)
    network = network_of(NETWORKS[name])
    for layer in network.layers:
        # biases begin at 0, where they would not be missed
        layer.set_weights([value + 0.1 for value in layer.get_weights()])
    session = onnxruntime.InferenceSession(onnx_bytes(network))
    for count in (1, 3):
        (found,) = session.run(None, {"tiles": random_tiles(count)})
        wanted = np.asarray(network(random_tiles(count), training=False)["logits"])
        assert found.shape == wanted.shape
        assert found == pytest.approx(wanted, abs=1e-5)


def test_every_layer_that_can_be_written_is_in_a_network_above():
    used = {type(layer) for build in NETWORKS.values() for layer in network_of(build).layers}
    assert used - {layers.InputLayer} == set(_WRITERS)


@pytest.mark.parametrize(
    "layer",
    [
        layers.BatchNormalization(name="odd"),
        layers.ReLU(negative_slope=0.1, name="odd"),
        layers.Conv2D(2, 3, activation="tanh", name="odd"),
        layers.Dense(3, name="odd"),
        layers.Rescaling([1.0], name="odd"),
        layers.Concatenate(axis=1, name="odd"),
        layers.Resizing(9, 9, interpolation="nearest", name="odd"),
    ],
    ids=lambda layer: type(layer).__name__,
)
def test_other_layers_are_named(layer):
    joining = isinstance(layer, layers.Concatenate)
    network = network_of(lambda tiles: layer([tiles, tiles] if joining else tiles))
    with pytest.raises(UnknownLayerError, match="odd"):
        onnx_bytes(network)


def test_no_data_means_no_data():
    """So that the tests above say what they seem to."""
    with pytest.raises(MissingFileError):
        tiles.load_unipen(tiles.data_folder(), "val")


def test_the_manifest_is_not_touched(models):
    fields = json.loads((models / "tiny" / MANIFEST).read_text(encoding="utf-8"))
    assert fields["twin"] is None
    assert {path.name for path in (models / "tiny").iterdir()} == {MANIFEST, "tiny.keras"}
