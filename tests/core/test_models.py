"""Model folders: what a manifest says, and how a folder that is not whole is told."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.alphabet import ALPHABETS, ASCII94, DIGITS
from core.errors import (
    BadManifestError,
    ChangedModelFileError,
    MissingModelFileError,
    ModelError,
)
from core.glyph import PREPROCESSING_VERSION, TILE_SIZE
from core.models import (
    DEFAULT_MODEL,
    MANIFEST,
    Manifest,
    assets_folder,
    broken_models,
    manifest_text,
    model_names,
    models_folder,
    open_model,
)

WEIGHTS, TWIN = b"weights", b"twin"


def manifest(**changes: Any) -> Manifest:
    plain = Manifest(
        name="small",
        version="1.2.3",
        architecture="none",
        alphabet=DIGITS,
        input_shape=(TILE_SIZE, TILE_SIZE, 1),
        preprocessing=PREPROCESSING_VERSION,
        temperature=1.25,
        weights="small.keras",
        twin="small.tflite",
        sha256={
            "small.keras": hashlib.sha256(WEIGHTS).hexdigest(),
            "small.tflite": hashlib.sha256(TWIN).hexdigest(),
        },
        training={"seed": 3, "samples": {"MNIST": 60_000}},
        metrics={"MNIST, digits": {"accuracy": 0.99, "n": 10_000}},
    )
    return dataclasses.replace(plain, **changes)


def make_model(folder: Path, name: str = "small", **changes: Any) -> Path:
    home = folder / name
    home.mkdir(parents=True)
    (home / "small.keras").write_bytes(WEIGHTS)
    (home / "small.tflite").write_bytes(TWIN)
    (home / MANIFEST).write_text(manifest_text(manifest(name=name, **changes)), encoding="utf-8")
    return home


def change_manifest(home: Path, change: Callable[[dict[str, Any]], object]) -> None:
    fields = json.loads((home / MANIFEST).read_text(encoding="utf-8"))
    change(fields)
    (home / MANIFEST).write_text(json.dumps(fields), encoding="utf-8")


# --- The manifest ------------------------------------------------------------------------------


@pytest.mark.parametrize("twin", ["small.tflite", None])
@pytest.mark.parametrize("alphabet", ALPHABETS.values(), ids=ALPHABETS)
def test_a_manifest_comes_back_as_it_was_written(tmp_path, twin, alphabet):
    make_model(tmp_path, twin=twin, alphabet=alphabet)
    assert open_model("small", tmp_path).manifest == manifest(twin=twin, alphabet=alphabet)


def test_a_manifest_is_text_that_people_can_read():
    text = manifest_text(manifest())
    assert text.endswith("}\n")
    assert text.count("\n") > 12
    assert json.loads(text)["alphabet"] == "digits"


def test_a_manifest_cannot_be_changed_by_the_way(tmp_path):
    make_model(tmp_path)
    mine = open_model("small", tmp_path).manifest
    with pytest.raises(TypeError):
        mine.sha256["small.keras"] = "0"  # type: ignore[index]


BAD_FIELDS: dict[str, Callable[[dict[str, Any]], object]] = {
    "no name": lambda fields: fields.pop("name"),
    "no twin": lambda fields: fields.pop("twin"),
    "no hashes": lambda fields: fields.pop("sha256"),
    "hashes in a list": lambda fields: fields.update(sha256=["0"]),
    "alphabet unknown": lambda fields: fields.update(alphabet="runes"),
    "older preprocessing": lambda fields: fields.update(preprocessing=PREPROCESSING_VERSION - 1),
    "newer preprocessing": lambda fields: fields.update(preprocessing=PREPROCESSING_VERSION + 1),
    "preprocessing no number": lambda fields: fields.update(preprocessing="new"),
    "other tiles": lambda fields: fields.update(input_shape=[28, 28, 1]),
    "no tiles": lambda fields: fields.update(input_shape=None),
    "temperature 0": lambda fields: fields.update(temperature=0),
    "temperature NaN": lambda fields: fields.update(temperature=float("nan")),
    "temperature none": lambda fields: fields.update(temperature=None),
}


@pytest.mark.parametrize("change", BAD_FIELDS.values(), ids=BAD_FIELDS)
def test_a_manifest_that_does_not_say_what_it_must_is_named(tmp_path, change):
    home = make_model(tmp_path)
    change_manifest(home, change)
    with pytest.raises(BadManifestError) as caught:
        open_model("small", tmp_path)
    assert (caught.value.folder, caught.value.file) == (home, MANIFEST)
    assert str(home / MANIFEST) in str(caught.value)
    assert caught.value.reason
    assert "\n" not in str(caught.value)


def test_another_preprocessing_is_said_with_both_versions(tmp_path):
    change_manifest(make_model(tmp_path), lambda fields: fields.update(preprocessing=99))
    with pytest.raises(BadManifestError, match=f"preprocessing 99, not {PREPROCESSING_VERSION}"):
        open_model("small", tmp_path)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"text"', "7", '{"name": "small"}'])
def test_a_manifest_that_is_no_json_object_is_named(tmp_path, text):
    home = make_model(tmp_path)
    (home / MANIFEST).write_text(text, encoding="utf-8")
    with pytest.raises(BadManifestError, match=MANIFEST):
        open_model("small", tmp_path)


def test_a_manifest_that_is_no_text_is_named(tmp_path):
    home = make_model(tmp_path)
    (home / MANIFEST).write_bytes(b"\xff\xfe\x00\xd8")
    with pytest.raises(ModelError, match=MANIFEST):
        open_model("small", tmp_path)


def test_a_model_that_is_not_there_is_named(tmp_path):
    with pytest.raises(MissingModelFileError) as caught:
        open_model("nowhere", tmp_path)
    assert (caught.value.folder, caught.value.file) == (tmp_path / "nowhere", MANIFEST)
    assert "nowhere" in str(caught.value)


def test_a_folder_without_a_manifest_is_named(tmp_path):
    home = make_model(tmp_path)
    (home / MANIFEST).unlink()
    with pytest.raises(MissingModelFileError, match=MANIFEST):
        open_model("small", tmp_path)


# --- Its files ---------------------------------------------------------------------------------


def test_a_whole_model_passes(tmp_path):
    make_model(tmp_path)
    model = open_model("small", tmp_path)
    model.check()
    assert (model.name, model.read("small.keras"), model.read("small.tflite")) == (
        "small",
        WEIGHTS,
        TWIN,
    )


@pytest.mark.parametrize("file", ["small.keras", "small.tflite"])
@pytest.mark.parametrize(
    ("data", "error"),
    [
        (None, MissingModelFileError),
        (b"", ChangedModelFileError),
        (b"weight", ChangedModelFileError),
        (b"Weights", ChangedModelFileError),
    ],
)
def test_a_missing_or_changed_file_is_named(tmp_path, file, data, error):
    home = make_model(tmp_path)
    if data is None:
        (home / file).unlink()
    else:
        (home / file).write_bytes(data)
    model = open_model("small", tmp_path)
    for step in (model.check, lambda: model.read(file)):
        with pytest.raises(error) as caught:
            step()
        assert (caught.value.folder, caught.value.file) == (home, file)
        assert str(home / file) in str(caught.value)


def test_a_folder_in_the_place_of_a_file_is_named(tmp_path):
    home = make_model(tmp_path)
    (home / "small.keras").unlink()
    (home / "small.keras").mkdir()
    with pytest.raises(MissingModelFileError, match=r"small\.keras"):
        open_model("small", tmp_path).check()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="a permission that binds no one")
def test_a_file_that_may_not_be_read_is_named(tmp_path):
    home = make_model(tmp_path)
    (home / "small.keras").chmod(0)
    with pytest.raises(MissingModelFileError, match=r"small\.keras"):
        open_model("small", tmp_path).check()


def test_a_file_that_the_manifest_does_not_vouch_for_is_not_read(tmp_path):
    home = make_model(tmp_path)
    (home / "other.keras").write_bytes(WEIGHTS)
    with pytest.raises(ChangedModelFileError, match=r"other\.keras"):
        open_model("small", tmp_path).read("other.keras")


# --- All of them -------------------------------------------------------------------------------


def test_models_are_listed_the_default_first(tmp_path):
    for name in ("zebra", DEFAULT_MODEL, "ant"):
        make_model(tmp_path, name)
    for name in (".next-1", "__pycache__"):
        (tmp_path / name).mkdir()
    (tmp_path / "note.txt").write_text("no model", encoding="utf-8")
    assert model_names(tmp_path) == (DEFAULT_MODEL, "ant", "zebra")


def test_no_folder_has_no_models(tmp_path):
    assert model_names(tmp_path / "none") == ()
    assert broken_models(tmp_path / "none") == ()


def test_every_broken_model_is_told_once(tmp_path):
    for name in ("changed", "missing", "nameless", "whole"):
        make_model(tmp_path, name)
    (tmp_path / "changed" / "small.keras").write_bytes(b"?")
    (tmp_path / "changed" / "small.tflite").write_bytes(b"?")
    (tmp_path / "missing" / "small.tflite").unlink()
    (tmp_path / "nameless" / MANIFEST).unlink()
    errors = {error.folder.name: error for error in broken_models(tmp_path)}
    assert {name: type(error) for name, error in errors.items()} == {
        "changed": ChangedModelFileError,
        "missing": MissingModelFileError,
        "nameless": MissingModelFileError,
    }
    assert errors["missing"].file == "small.tflite"


def test_the_models_that_ship_are_whole():
    assert DEFAULT_MODEL in model_names()
    assert broken_models() == ()
    model = open_model(DEFAULT_MODEL)
    assert model.manifest.alphabet == ASCII94
    assert model.manifest.twin in model.manifest.sha256
    assert model.manifest.weights in model.manifest.sha256
    assert (models_folder() / DEFAULT_MODEL).samefile(model.folder)


def test_a_copy_of_a_model_is_as_good(tmp_path):
    shutil.copytree(models_folder() / DEFAULT_MODEL, tmp_path / "copies" / DEFAULT_MODEL)
    open_model(DEFAULT_MODEL, tmp_path / "copies").check()


def test_the_assets_are_where_they_are_looked_for():
    assert (assets_folder() / "glyphpad.svg").is_file()
