"""The start: what is seen first, and all else when it is painted, or when someone wants it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from core.inkml import write_inkml
from core.self_check import sample_ink
from desktop.app import LATE_MODULES, Program
from desktop.faults import Faults
from desktop.first_paint import FirstPaint
from desktop.launching import START_TIMES
from desktop.settings import Settings
from desktop.start_times import StartTimes
from tests.desktop.conftest import ANSWER_TIMEOUT

ROOT = Path(__file__).resolve().parents[2]

BEFORE_PAINT = """
import os
import sys

from core.postponing import postpone
from desktop.__main__ import CAN_WAIT, main

postpone(*CAN_WAIT)  # as what follows is imported before `main` says so
from desktop.first_paint import FirstPaint


def tell(watch):
    for name, module in sys.modules.items():
        if type(module).__name__ != "_StandIn":
            print(name)
    sys.stdout.flush()
    os._exit(0)


FirstPaint._tell = tell
main()
"""

AFTER_START = """
import enum
import gc
import os
import sys

from desktop.__main__ import main
from desktop.app import Program

start = Program.start


def report():
    print(gc.isenabled(), gc.get_freeze_count() > 10_000, enum.EnumType._create_.__module__)
    sys.stdout.flush()
    os._exit(0)


def begin(program, files):
    print(gc.isenabled(), enum.EnumType._create_.__module__)
    program.furnished.connect(report)
    start(program, files)


Program.start = begin
main()
"""


@pytest.fixture
def bare(qapp, tmp_path):
    """A program of which only what is seen at the start was built."""
    program = Program(
        Settings(tmp_path / "settings.ini"), Faults(tmp_path / "log"), tmp_path / "pads.sqlite3"
    )
    yield program
    program.window.close()
    program.close()


def environment(tmp_path: Path, **more: str) -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), **more}


def printed(code: str, tmp_path: Path) -> list[str]:
    """The lines that `code` prints, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return done.stdout.splitlines()


def test_the_first_paint_waits_for_nothing_that_it_does_not_show(tmp_path):
    loaded = set(printed(BEFORE_PAINT, tmp_path))
    assert "desktop.window" in loaded
    late = {*LATE_MODULES, "core.cleaning", "cv2", "numpy", "pypdfium2", "ai_edge_litert"}
    late |= {"hashlib", "http", "json", "sqlite3"}
    assert loaded & late == set()


def test_what_hurries_the_start_ends_with_it(tmp_path):
    meanwhile, afterwards = printed(AFTER_START, tmp_path)
    assert meanwhile == "False desktop.quick_enums"
    assert afterwards == "True True enum"


def test_all_else_comes_after_the_first_answer(bare, qtbot):
    with qtbot.waitSignal(bare.recogniser.answered, timeout=ANSWER_TIMEOUT):
        bare.start()
    qtbot.waitUntil(lambda: hasattr(bare, "rooms"), timeout=ANSWER_TIMEOUT)
    assert bare.window.page_list.isHidden()


def test_files_named_at_the_start_are_opened(bare, qtbot, tmp_path):
    write_inkml(sample_ink(), tmp_path / "seven.inkml")
    bare.start([tmp_path / "seven.inkml"])
    qtbot.waitUntil(lambda: bool(bare.pad.ink), timeout=ANSWER_TIMEOUT)


def test_what_is_wanted_early_is_not_lost(bare, qtbot, tmp_path):
    write_inkml(sample_ink(), tmp_path / "seven.inkml")
    bare.window.filesDropped.emit([tmp_path / "seven.inkml"])
    qtbot.waitUntil(lambda: bool(bare.pad.ink), timeout=ANSWER_TIMEOUT)


def test_a_program_closed_at_once_ends(bare):
    bare.start()
    bare.window.close()
    bare.furnish()
    assert not hasattr(bare, "rooms")


def test_ink_of_the_first_moment_is_kept(bare, qtbot, build):
    with qtbot.waitSignal(bare.recogniser.answered, timeout=ANSWER_TIMEOUT):
        bare.start()
    bare.pad.add_stroke(sample_ink().strokes[0])
    bare.window.close()
    again = build()
    qtbot.waitUntil(lambda: bool(again.pad.ink), timeout=ANSWER_TIMEOUT)


def test_a_widget_that_is_never_painted_is_not_waited_for(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    watch = FirstPaint(widget)
    with qtbot.waitSignal(watch.painted, timeout=5000):
        watch.begin()


def test_painted_is_told_once(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    watch, told = FirstPaint(widget), []
    watch.painted.connect(lambda: told.append(widget.isVisible()))
    watch.begin()
    widget.show()
    qtbot.waitUntil(lambda: bool(told), timeout=5000)
    widget.repaint()
    qtbot.wait(1100)
    assert told == [True]


def test_the_times_of_a_start_are_written_for_the_bench(tmp_path):
    write_inkml(sample_ink(), tmp_path / "seven.inkml")
    told = tmp_path / "times.json"
    program = subprocess.Popen(
        [sys.executable, "-m", "desktop", str(tmp_path / "seven.inkml")],
        cwd=ROOT,
        env=environment(tmp_path, **{START_TIMES: str(told)}),
    )
    try:
        for _ in range(600):
            if told.exists() or program.poll() is not None:
                break
            try:
                program.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
        times = json.loads(told.read_text("utf-8"))
    finally:
        program.kill()
        program.wait()
    assert set(times) == {"painted", "answered"}
    assert times["painted"] < times["answered"]


def test_an_empty_pad_is_no_answer(bare, qtbot, tmp_path):
    told = tmp_path / "times.json"
    StartTimes(told, bare.first_paint, bare.reader, parent=bare)
    with qtbot.waitSignal(bare.recogniser.answered, timeout=ANSWER_TIMEOUT):
        bare.start()
    assert not told.exists()
    bare.pad.add_stroke(sample_ink().strokes[0])
    qtbot.waitUntil(told.exists, timeout=ANSWER_TIMEOUT)
