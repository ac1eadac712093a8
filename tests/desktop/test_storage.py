"""Disks that are full and homes that cannot be written, under the real program."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from core.ink import Ink
from core.inkml import read_inkml, write_inkml
from tests.core.handwriting import character
from tests.desktop.conftest import ANSWER_TIMEOUT

ROOT = Path(__file__).resolve().parents[2]

SECONDS = 90.0
"""For a program to start, write and end; measured: 3 s on 2 cores."""

PROGRAM = """
import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from desktop.app import Program, make_application
from desktop.faults import Faults
from desktop.settings import Settings, settings_path
from desktop.surroundings import log_path, pads_path
from tests.desktop.hands import Hand

full, target = sys.argv[1] == "full", Path(sys.argv[2])
application = make_application(["glyphpad"])
if full:
    # as a disk that takes no more byte of any file
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
faults = Faults(log_path())
faults.install()
settings = Settings(settings_path())
program = Program(settings, faults, pads_path())
program.furnish()
told = []
tell = program.window.notice.tell
program.window.notice.tell = lambda text: (told.append(text), tell(text))
program.start()


def write():
    hand = Hand(program.window.canvas)
    hand.draw((100, 100), (100, 200))
    hand.draw((150, 100), (150, 200))
    settings.pen_only = True
    settings._store.sync()
    program.rooms.outgoing.save_ink(target)
    faults.report(RuntimeError("made by the test"))
    QTimer.singleShot(1500, end)


def end():
    print(len(program.pad.ink.strokes), "strokes")
    print("read", program.reader.reading is not None)
    print("remembers", settings.pen_only)
    print("box", "made by the test" in faults.box.detailedText())
    print("asks", not program.window.close())
    for text in told:
        print("told", text)
    application.exit(0)


program.recogniser.ready.connect(lambda *_: QTimer.singleShot(0, write))
application.exec()
program.close()
print("ended")
"""


def run(home: Path, target: Path, *, full: bool = False) -> list[str]:
    """What the program says that writes, saves to `target`, and is closed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "full" if full else "", str(target)],
        cwd=ROOT,
        env={**kept, "HOME": str(home), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    assert said[-1] == "ended"
    assert said[:4] == ["2 strokes", "read True", "remembers True", "box True"]
    return said


def told(said: list[str], text: str) -> int:
    return sum(line.startswith("told") and text in line for line in said)


@pytest.fixture
def older(tmp_path) -> Path:
    path = tmp_path / "older.inkml"
    write_inkml(character("7"), path)
    return path


def test_a_home_that_can_be_written_has_nothing_to_tell(tmp_path):
    said = run(tmp_path, tmp_path / "saved.inkml")
    assert "asks False" in said
    assert told(said, "") == 0
    assert len(read_inkml(tmp_path / "saved.inkml").strokes) == 2


def test_a_home_that_is_none_is_told_once_and_the_ink_is_there(tmp_path):
    home = tmp_path / "home"
    home.write_text("a file where the folder should be")
    said = run(home, tmp_path / "saved.inkml")
    assert told(said, "cannot be kept") == 1
    assert told(said, "") == 1
    assert "asks True" in said
    assert len(read_inkml(tmp_path / "saved.inkml").strokes) == 2


def test_a_home_that_may_only_be_read_is_told_once(tmp_path):
    home = tmp_path / "home"
    home.mkdir(mode=0o555)
    if os.access(home, os.W_OK):
        pytest.skip("this user writes where nobody may")
    said = run(home, home / "saved.inkml")
    assert told(said, "cannot be kept") == 1
    assert told(said, "“saved.inkml” could not be written") == 1
    assert "asks True" in said


@pytest.mark.skipif(sys.platform == "win32", reason="Windows bounds no file's size")
def test_a_full_disk_keeps_the_older_file_whole(tmp_path, older):
    before = older.read_bytes()
    said = run(tmp_path / "home", older, full=True)
    assert told(said, "cannot be kept") == 1
    assert told(said, "“older.inkml” could not be written") == 1
    assert "asks True" in said
    assert older.read_bytes() == before
    assert isinstance(read_inkml(older), Ink)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "older.inkml"]


def test_a_history_that_is_locked_is_told_and_kept_later(program, hand, qtbot, tmp_path):
    program.past_pads._keeper._again.setInterval(50)
    hand.draw((100, 100), (100, 200))
    path = tmp_path / "pads.sqlite3"
    qtbot.waitUntil(lambda: strokes_of(path) == 1, timeout=ANSWER_TIMEOUT)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with qtbot.waitSignal(program.past_pads.failed, timeout=ANSWER_TIMEOUT):
            hand.draw((150, 100), (150, 200))
        assert "cannot be kept" in program.window.notice.text
        with qtbot.waitSignal(program.past_pads.recovered, timeout=ANSWER_TIMEOUT):
            other.execute("ROLLBACK")
    assert strokes_of(path) == 2
    assert program.window.notice.isHidden()


def strokes_of(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        return db.execute("SELECT count(*) FROM strokes").fetchone()[0]
