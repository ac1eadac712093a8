"""Two running programs with one home: each keeps its own pad, and neither loses anything."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from core.archive import Archive
from core.box import Box
from core.page_corrections import PageCorrection
from core.page_store import PageStore, file_key
from desktop.settings import Settings

ROOT = Path(__file__).resolve().parents[2]

SECONDS = 90.0
"""For two programs to start, write and end; measured: 4 s on 2 cores."""

PROGRAM = """
import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer

from core.box import Box
from core.page_corrections import PageCorrection
from desktop.app import Program, make_application
from desktop.faults import Faults
from desktop.settings import Settings
from desktop.signals import EndSignals
from tests.desktop.hands import Hand

STROKES = 8
folder, name, x = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
application = make_application(["glyphpad"])
settings = Settings(folder / "settings.ini")
faults = Faults(folder / f"{name}.log")
faults.install()
program = Program(settings, faults, folder / "pads.sqlite3")
program.furnish()
program.past_pads.failed.connect(lambda error: print("failed", error, flush=True))
program.rooms.page_keeper.failed.connect(lambda error: print("failed", error, flush=True))
program.start()
hand = Hand(program.window.canvas)
keys, put_right = [], []


def step():
    count = len(program.pad.ink.strokes)
    if count == STROKES:
        timer.stop()
        if name == "one":
            settings.pen_only = True
        else:
            settings.guides = True
        print("done", count, flush=True)
        return
    hand.draw((x + 20 * count, 100), (x + 20 * count, 200))
    put_right.append(PageCorrection(Box(x + count, 1, 2, 3), name))
    program.rooms.page_keeper.keep(keys[0], 1, tuple(put_right))


def begin(kept):
    keys.append(kept.key)
    print("begins", len(program.pad.ink.strokes), flush=True)
    sys.stdin.readline()
    timer.start()


timer = QTimer()
timer.setInterval(20)
timer.timeout.connect(step)
program.rooms.page_keeper.opened.connect(begin)
program.recogniser.ready.connect(lambda *_: program.rooms.page_keeper.open(Path(sys.argv[4])))
signals = EndSignals()
signals.begin()
application.exec()
program.close()
signals.close()
print("closed", faults.box is None, flush=True)
"""


class Running:
    """One of them."""

    def __init__(self, folder: Path, name: str, x: int) -> None:
        self._child = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(folder), name, str(x), str(folder / "page.png")],
            cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def says(self) -> str:
        return self._child.stdout.readline().strip()

    def go(self) -> None:
        self._child.stdin.write("go\n")
        self._child.stdin.flush()

    def end(self) -> int:
        """Ends it as a logout does."""
        self._child.send_signal(signal.SIGTERM)
        last, _ = self._child.communicate(timeout=SECONDS)
        assert last.strip() == "closed True"
        return self._child.returncode

    def kill(self) -> None:
        if self._child.poll() is None:
            self._child.kill()
            self._child.communicate()


@pytest.fixture
def start(tmp_path):
    begun: list[Running] = []

    def make(name: str, x: int) -> Running:
        begun.append(Running(tmp_path, name, x))
        return begun[-1]

    yield make
    for running in begun:
        running.kill()


def test_two_programs_at_once_lose_nothing(start, tmp_path):
    (tmp_path / "page.png").write_bytes(b"not looked at: only its bytes count")
    both = [start("one", 20), start("two", 40)]
    assert [each.says() for each in both] == ["begins 0", "begins 0"]
    for each in both:
        each.go()
    assert [each.says() for each in both] == ["done 8", "done 8"]
    assert [each.end() for each in both] == [0, 0]
    with closing(Archive(tmp_path / "pads.sqlite3")) as archive:
        laid = archive.restore()
        kept = [laid.ink, *(archive.ink(entry.id) for entry in archive.pads())]
    firsts = sorted(ink.strokes[0].points[0, 0] for ink in kept)
    assert firsts == [20, 40]
    assert [len(ink.strokes) for ink in kept] == [8, 8]
    settings = Settings(tmp_path / "settings.ini")
    assert settings.pen_only
    assert settings.guides
    pages = PageStore(tmp_path / "pages").read(file_key(tmp_path / "page.png"))
    assert sorted(c.box.x for c in pages[1] if c.text == "one") == list(range(20, 28))
    assert sorted(c.box.x for c in pages[1] if c.text == "two") == list(range(40, 48))


def test_what_two_programs_put_right_on_one_page_is_all_kept(tmp_path):
    stores = [PageStore(tmp_path), PageStore(tmp_path)]
    first, second, third = (PageCorrection(Box(x, 0, 5, 5), "a") for x in (10, 20, 30))
    for store in stores:
        assert store.read("key") == {}
    stores[0].write("key", 1, (first,))
    stores[1].write("key", 1, (second,))
    assert set(PageStore(tmp_path).read("key")[1]) == {first, second}
    stores[0].write("key", 1, (first, third))
    assert set(PageStore(tmp_path).read("key")[1]) == {first, second, third}
    stores[0].write("key", 1, (third,))  # taken back by whom it was of
    assert set(PageStore(tmp_path).read("key")[1]) == {second, third}
    stores[1].write("key", 1, ())
    assert PageStore(tmp_path).read("key")[1] == (third,)
