"""The window of the light Glyphpad: it reads as ever, and says in a sentence what needs Keras."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from core.classifying import ENGINES
from core.errors import NoKerasError
from core.models import DEFAULT_MODEL, MANIFEST, models_folder
from desktop.errors import sentence
from desktop.settings import Settings
from tests.desktop.conftest import ANSWER_TIMEOUT

SENTENCE = "This needs Keras, and this light Glyphpad comes without it."


@pytest.fixture(autouse=True)
def _no_keras(monkeypatch):
    monkeypatch.setitem(sys.modules, "keras", None)


def ticked(program) -> list[str]:
    return [one.data() for one in program.window.engine_group.actions() if one.isChecked()]


def test_choosing_keras_tells_of_the_complete_one_and_changes_nothing(program, hand, qtbot):
    keras = program.window.engine_group.actions()[ENGINES.index("keras")]
    keras.trigger()
    assert program.window.notice.isVisible()
    assert SENTENCE in program.window.notice.text
    assert "complete Glyphpad" in program.window.notice.text
    assert ticked(program) == ["auto"]
    assert program._settings.engine == "auto"
    hand.seven()
    qtbot.waitUntil(
        lambda: program.reader.reading is not None and program.reader.reading.text == "7",
        timeout=ANSWER_TIMEOUT,
    )


def test_settings_of_the_complete_one_are_no_hindrance(build, qtbot, tmp_path):
    Settings(tmp_path / "settings.ini").engine = "keras"
    program = build()
    with qtbot.waitSignal(program.recogniser.ready, timeout=ANSWER_TIMEOUT) as ready:
        program.start()
    assert ready.args[1] == "litert"
    assert ticked(program) == ["auto"]
    # for the day that the complete one is there again
    assert Settings(tmp_path / "settings.ini").engine == "keras"


def test_a_model_without_a_twin_tells_of_the_complete_one(build, qtbot, tmp_path):
    models = Path(shutil.copytree(models_folder(), tmp_path / "models"))
    manifest = models / DEFAULT_MODEL / MANIFEST
    text = manifest.read_text(encoding="utf-8")
    twin = f'"twin": "{DEFAULT_MODEL}.tflite"'
    assert twin in text
    manifest.write_text(text.replace(twin, '"twin": null'), encoding="utf-8")
    program = build(models)
    with qtbot.waitSignal(program.recogniser.modelFailed, timeout=ANSWER_TIMEOUT):
        program.start()
    assert SENTENCE in program.window.notice.text


def test_the_sentence_is_the_windows_own():
    assert sentence(NoKerasError("train")).startswith(SENTENCE)
