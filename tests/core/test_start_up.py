"""What starting does not load: in fresh interpreters, as nothing is fresh in this one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.inkml import write_inkml
from tests.core.handwriting import character

ROOT = Path(__file__).resolve().parents[2]

HEAVY = ("tensorflow", "keras")

REPORT = "import json, sys; print(json.dumps(sorted(sys.modules)))"

WINDOW = """
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from core.inkml import read_inkml
from core.models import DEFAULT_MODEL
from desktop.app import Program, make_application
from desktop.faults import Faults
from desktop.settings import Settings

folder = Path(sys.argv[1])
application = make_application(["glyphpad"])
program = Program(Settings(folder / "settings.ini"), Faults(folder / "glyphpad.log"), folder /
"pads")


def stop():
    # the empty pad may be answered before the file is open
    if program.reader.reading is not None and program.reader.reading.text:
        application.quit()


program.reader.readingChanged.connect(stop)
program.recogniser.modelFailed.connect(application.quit)
QTimer.singleShot(60_000, application.quit)
program.start([folder / "seven.inkml"])
application.exec()
text = "" if program.reader.reading is None else program.reader.reading.text
print(text)
program.close()
"""


def modules_after(code: str, *arguments: str) -> tuple[list[str], set[str]]:
    """What `code` printed, line by line, and which modules it had loaded at its end."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{REPORT}", *arguments],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    *printed, modules = done.stdout.splitlines()
    return printed, set(json.loads(modules))


def heavy(modules: set[str]) -> set[str]:
    return {module for module in modules if module.split(".")[0] in HEAVY}


@pytest.fixture
def seven(tmp_path) -> Path:
    write_inkml(character("7"), tmp_path / "seven.inkml")
    return tmp_path / "seven.inkml"


def test_what_is_heavy_would_be_noticed():
    """So that the other tests could fail."""
    _, modules = modules_after("import core.training.networks")
    assert {"tensorflow", "keras"} <= heavy(modules)


@pytest.mark.parametrize(
    "module",
    [
        "core",
        "core.cli",
        "core.recognising",
        "core.classifying",
        "core.classifying.keras_engine",
        "core.exporting",
        "core.self_check",
        "desktop.app",
        "desktop.__main__",
    ],
)
def test_importing_loads_no_tensorflow(module):
    _, modules = modules_after(f"import {module}")
    assert module in modules
    assert heavy(modules) == set()
    assert not any(name.startswith("core.training") for name in modules)


@pytest.mark.parametrize("module", ["core", "core.cli", "core.recognising", "core.self_check"])
def test_core_loads_no_qt(module):
    _, modules = modules_after(f"import {module}")
    assert not {name for name in modules if name.split(".")[0] in ("PySide6", "shiboken6")}


def test_the_window_answers_without_tensorflow(seven):
    printed, modules = modules_after(WINDOW, str(seven.parent))
    assert printed == ["7"]
    assert "desktop.app" in modules
    assert "ai_edge_litert.interpreter" in modules
    assert heavy(modules) == set()


def test_recognize_answers_without_tensorflow(seven):
    code = (
        "import sys; from core.cli import main; "
        "assert main(['recognize', sys.argv[1], '--alphabet', 'digits']) == 0"
    )
    printed, modules = modules_after(code, str(seven))
    assert printed == ["7"]
    assert heavy(modules) == set()
    assert "pypdfium2" not in modules


def test_the_models_are_listed_without_tensorflow():
    _, modules = modules_after("from core.cli import main; assert main(['models']) == 0")
    assert heavy(modules) == set()
