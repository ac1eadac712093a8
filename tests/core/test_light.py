"""The light Glyphpad: everything works without Keras, and what needs it says so in a sentence."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from core.classifying import open_classifier
from core.edition import has_keras
from core.errors import ChangedModelFileError, MissingModelFileError, NoKerasError
from core.exit_status import BROKEN, DONE, WRONG_USAGE
from core.inkml import write_inkml
from core.models import DEFAULT_MODEL, MANIFEST, models_folder, open_model
from tests.core.handwriting import character

ROOT = Path(__file__).resolve().parents[2]

ABSENT = ("keras", "tensorflow", "h5py", "optree", "absl")

WITHOUT = f"""
import sys
sys.modules.update(dict.fromkeys({ABSENT!r}))
from core.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def models(tmp_path) -> Path:
    """Models as the light program has them: no weights beside the twins."""
    return Path(
        shutil.copytree(
            models_folder(), tmp_path / "models", ignore=shutil.ignore_patterns("*.keras", "*.png")
        )
    )


@pytest.fixture
def seven(tmp_path) -> str:
    write_inkml(character("7"), tmp_path / "seven.inkml")
    return str(tmp_path / "seven.inkml")


def command_line(*arguments: str) -> subprocess.CompletedProcess[str]:
    """What the command line says in a fresh interpreter that has no Keras."""
    return subprocess.run(
        [sys.executable, "-c", WITHOUT, *arguments],
        cwd=ROOT,
        env={**os.environ},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def twinless(models: Path) -> None:
    manifest = models / DEFAULT_MODEL / MANIFEST
    text = manifest.read_text(encoding="utf-8")
    name = f'"twin": "{DEFAULT_MODEL}.tflite"'
    assert name in text
    manifest.write_text(text.replace(name, '"twin": null'), encoding="utf-8")


def assert_asks_for_the_complete_one(done: subprocess.CompletedProcess[str], what: str) -> None:
    assert done.returncode == WRONG_USAGE
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert what in line
    assert "Install the complete Glyphpad" in line


def test_it_reads_lists_and_finds_itself_whole(models, seven):
    done = command_line("--models", str(models), "recognize", "--quiet", seven)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (DONE, "7", "")
    done = command_line("--models", str(models), "models")
    assert (done.returncode, done.stderr) == (DONE, "")
    assert "  litert\n" in done.stdout
    assert "keras" not in done.stdout
    done = command_line("--models", str(models), "self-check")
    assert (done.returncode, done.stderr) == (DONE, "")
    assert "litert reads ink" in done.stdout
    assert "FAILED" not in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("train", "digits-cnn"),
        ("evaluate", "digits-cnn"),
        ("evaluate", "words"),
        ("evaluate", "pages"),
        ("export", "digits-cnn", "--to", "litert"),
        ("export", "digits-cnn", "--compare"),
    ],
)
def test_what_needs_keras_says_so_in_a_sentence(arguments):
    assert_asks_for_the_complete_one(command_line(*arguments), arguments[0])


def test_the_engine_keras_says_so(seven):
    done = command_line("recognize", "--engine", "keras", seven)
    assert_asks_for_the_complete_one(done, "--engine keras")


def test_a_model_without_a_twin_says_so(models, seven):
    twinless(models)
    done = command_line("--models", str(models), "recognize", seven)
    assert_asks_for_the_complete_one(done, DEFAULT_MODEL)
    done = command_line("--models", str(models), "self-check")
    assert done.returncode == BROKEN


def test_a_damaged_twin_is_what_is_told_of(models, seven):
    """Not that Keras, which might have read it instead, is not here."""
    (models / DEFAULT_MODEL / f"{DEFAULT_MODEL}.tflite").write_bytes(b"changed")
    done = command_line("--models", str(models), "recognize", "--quiet", seven)
    assert done.returncode == BROKEN
    assert "SHA-256" in done.stderr
    assert "Traceback" not in done.stderr


def test_keras_is_looked_for_each_time(monkeypatch):
    assert has_keras()
    monkeypatch.setitem(sys.modules, "keras", None)
    assert not has_keras()
    with pytest.raises(NoKerasError, match="complete"):
        open_classifier(open_model(DEFAULT_MODEL), "keras")


def test_weights_may_be_left_out_only_where_nothing_runs_them(models, monkeypatch):
    model = open_model(DEFAULT_MODEL, models)
    with pytest.raises(MissingModelFileError):
        model.check()
    monkeypatch.setitem(sys.modules, "keras", None)
    model.check()
    weights = models / DEFAULT_MODEL / model.manifest.weights
    weights.write_bytes(b"changed")
    with pytest.raises(ChangedModelFileError):
        model.check()
    weights.unlink()
    twinless(models)
    with pytest.raises(MissingModelFileError):
        open_model(DEFAULT_MODEL, models).check()
