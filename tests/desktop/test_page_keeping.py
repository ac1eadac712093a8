"""What was put right stays with its file, wherever that goes, and whatever happens to the store."""

from __future__ import annotations

import json
import math
import os
import stat
from pathlib import Path

import numpy as np
import pytest

from core.box import Box
from core.errors import (
    DamagedCorrectionsError,
    NewerCorrectionsError,
    UnwritableCorrectionsError,
)
from core.page_corrections import PageCorrection
from core.page_store import PageStore, file_key
from core.picture import Picture
from desktop.pages.page_keeping import PageKeeper, pages_path
from tests.desktop.conftest import ANSWER_TIMEOUT
from tests.desktop.hands import sheet_of

A = (PageCorrection(Box(10.5, 20, 30, 40), "A"), PageCorrection(Box(50, 20, 30, 40), ""))
B = (PageCorrection(Box(1, 2, 3, 4), "é\u0301 ½ \ud800"),)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "pages"


@pytest.fixture
def keeper(folder: Path, qapp):
    keeper = PageKeeper(folder)
    yield keeper
    keeper.close()


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "scan.png"
    path.write_bytes(b"not looked at: only its bytes count")
    return path


def ask(keeper: PageKeeper, qtbot, source: Path | Picture):
    with qtbot.waitSignal(keeper.opened, timeout=ANSWER_TIMEOUT) as told:
        keeper.open(source)
    return told.args[0]


def keep(keeper: PageKeeper, qtbot, source: Path | Picture, page: int, corrections) -> str:
    key = ask(keeper, qtbot, source).key
    keeper.keep(key, page, corrections)
    assert keeper.close()
    return key


def again(folder: Path, qtbot, source: Path | Picture):
    """What another start of the program finds."""
    keeper = PageKeeper(folder)
    try:
        return ask(keeper, qtbot, source)
    finally:
        keeper.close()


def only_file(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


# --- it stays ---


def test_nothing_is_kept_of_a_new_file(keeper, qtbot, scan, folder):
    kept = ask(keeper, qtbot, scan)
    assert kept.source == scan
    assert kept.key == file_key(scan)
    assert kept.pages == {}
    assert not folder.exists()


def test_what_was_put_right_is_there_at_the_next_start(keeper, qtbot, scan, folder):
    keep(keeper, qtbot, scan, 1, A)
    assert again(folder, qtbot, scan).pages == {1: A}


def test_it_stays_with_a_file_that_is_renamed_and_moved(keeper, qtbot, scan, folder, tmp_path):
    keep(keeper, qtbot, scan, 1, A)
    (tmp_path / "elsewhere").mkdir()
    moved = scan.rename(tmp_path / "elsewhere" / "Brief äöü.png")
    assert again(folder, qtbot, moved).pages == {1: A}


def test_a_file_that_was_changed_begins_anew(keeper, qtbot, scan, folder):
    keep(keeper, qtbot, scan, 1, A)
    scan.write_bytes(b"scanned again")
    assert again(folder, qtbot, scan).pages == {}


def test_a_change_while_the_program_runs_is_seen(keeper, qtbot, scan):
    before = ask(keeper, qtbot, scan)
    scan.write_bytes(b"scanned again")
    os.utime(scan, (1, 1))
    assert ask(keeper, qtbot, scan).key not in {before.key, None}


def test_each_page_has_its_own(keeper, qtbot, scan, folder):
    key = ask(keeper, qtbot, scan).key
    keeper.keep(key, 2, A)
    keeper.keep(key, 7, B)
    assert keeper.close()
    assert again(folder, qtbot, scan).pages == {2: A, 7: B}


def test_two_running_programs_keep_each_others_pages(keeper, qtbot, scan, folder):
    other = PageKeeper(folder)
    keys = [ask(one, qtbot, scan).key for one in (keeper, other)]
    keeper.keep(keys[0], 1, A)
    assert keeper.close()
    other.keep(keys[1], 2, B)
    assert other.close()
    assert again(folder, qtbot, scan).pages == {1: A, 2: B}


def test_the_latest_of_a_page_counts(keeper, qtbot, scan, folder):
    key = ask(keeper, qtbot, scan).key
    for corrections in (A, B, A[:1], B):
        keeper.keep(key, 1, corrections)
    assert keeper.close()
    assert again(folder, qtbot, scan).pages == {1: B}


def test_what_is_not_written_yet_is_found_too(keeper, qtbot, scan):
    key = ask(keeper, qtbot, scan).key
    keeper.keep(key, 1, A)
    assert ask(keeper, qtbot, scan).pages == {1: A}


def test_nothing_put_right_any_more_leaves_no_file(keeper, qtbot, scan, folder):
    key = ask(keeper, qtbot, scan).key
    keeper.keep(key, 1, A)
    assert keeper.close()
    assert list(folder.iterdir())
    keeper.keep(key, 1, ())
    assert keeper.close()
    assert again(folder, qtbot, scan).pages == {}
    assert not list(folder.iterdir())


def test_a_picture_without_a_file_is_known_by_its_pixels(keeper, qtbot, folder):
    keep(keeper, qtbot, sheet_of((10, 10, 5, 50)), 1, A)
    assert again(folder, qtbot, sheet_of((10, 10, 5, 50))).pages == {1: A}
    assert again(folder, qtbot, sheet_of((11, 10, 5, 50))).pages == {}
    turned = Picture(np.full((400, 200, 3), 250, np.uint8), "sheet")
    plain = Picture(np.full((200, 400, 3), 250, np.uint8), "sheet")
    assert again(folder, qtbot, turned).key != again(folder, qtbot, plain).key


def test_what_was_typed_is_for_its_owners_eyes(keeper, qtbot, scan, folder):
    keep(keeper, qtbot, scan, 1, A)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(only_file(folder).stat().st_mode) == 0o600


def test_it_is_kept_where_the_platform_keeps_such_files():
    assert pages_path().name == "pages"
    assert pages_path().parent.name == "glyphpad"


# --- what goes wrong ---


def content(pages: object, kind: object = "page corrections", version: object = 1) -> bytes:
    return json.dumps({"kind": kind, "version": version, "pages": pages}).encode()


def one_box(*sides: float, text: object = "A") -> bytes:
    return content({"1": [{"box": sides, "text": text}]})


DAMAGED = {
    "empty": b"",
    "no text": b"\x00\xff garbage",
    "a list": b"[]",
    "nothing": b"null",
    "deep": b"[" * 100_000,
    "of another kind": content({}, kind="other"),
    "of no version": content({}, version="new"),
    "page 0": content({"0": []}),
    "page x": content({"x": []}),
    "no pages": content([1]),
    "a short box": one_box(1),
    "a box that is nowhere": one_box(1, 2, 3, math.nan),
    "a box turned over": one_box(1, 2, -3, 4),
    "a box beyond all numbers": one_box(1, 2, 3, 10**400),
    "a number for a sign": one_box(1, 2, 3, 4, text=5),
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_store_lies_aside_and_is_told_once(keeper, qtbot, scan, folder, damage):
    folder.mkdir(parents=True)
    path = PageStore(folder).path_of(file_key(scan))
    path.write_bytes(DAMAGED[damage])
    told = []
    keeper.failed.connect(told.append)
    for _ in range(2):
        kept = ask(keeper, qtbot, scan)
        assert kept.pages == {}
        assert kept.key == file_key(scan)
    (error,) = told
    assert isinstance(error, DamagedCorrectionsError)
    assert error.path.read_bytes() == DAMAGED[damage]
    assert error.path.name in str(error)
    keep(keeper, qtbot, scan, 1, A)
    assert again(folder, qtbot, scan).pages == {1: A}


def test_a_second_damaged_store_lies_beside_the_first(scan, folder):
    folder.mkdir(parents=True)
    store = PageStore(folder)
    for _ in range(2):
        store.path_of("k").write_bytes(b"garbage")
        with pytest.raises(DamagedCorrectionsError):
            store.read("k")
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["k.json.damaged-1", "k.json.damaged-2"]


def test_what_is_damaged_while_the_program_runs_costs_nothing_new(keeper, qtbot, scan, folder):
    key = ask(keeper, qtbot, scan).key
    folder.mkdir(parents=True)
    PageStore(folder).path_of(key).write_bytes(b"garbage")
    keeper.keep(key, 1, A)
    assert keeper.close()
    assert again(folder, qtbot, scan).pages == {1: A}


def test_what_a_later_version_kept_is_left_alone(keeper, qtbot, scan, folder):
    key = keep(keeper, qtbot, scan, 1, A)
    path = only_file(folder)
    newer = json.loads(path.read_bytes()) | {"version": 2}
    path.write_text(json.dumps(newer))
    told = []
    keeper.failed.connect(told.append)
    assert ask(keeper, qtbot, scan).pages == {}
    keeper.keep(key, 1, B)
    assert keeper.close()
    qtbot.waitUntil(lambda: len(told) == 1, timeout=ANSWER_TIMEOUT)
    assert isinstance(told[0], NewerCorrectionsError)
    assert json.loads(path.read_bytes()) == newer


@pytest.fixture
def blocked(folder: Path) -> Path:
    """A place where no folder can be made, for any user: a file is in the way."""
    folder.parent.parent.mkdir(exist_ok=True)
    folder.parent.write_bytes(b"")
    return folder.parent


def test_where_nothing_can_be_written_it_is_said_once(keeper, qtbot, scan, blocked):
    told = []
    keeper.failed.connect(told.append)
    key = ask(keeper, qtbot, scan).key
    for corrections in (A, B, A):
        keeper.keep(key, 1, corrections)
        assert ask(keeper, qtbot, scan).pages == {1: corrections}
    assert not keeper.close()
    (error,) = told
    assert isinstance(error, UnwritableCorrectionsError)


def test_what_could_not_be_written_is_once_it_can(keeper, qtbot, scan, folder, blocked):
    key = ask(keeper, qtbot, scan).key
    with qtbot.waitSignal(keeper.failed, timeout=ANSWER_TIMEOUT):
        keeper.keep(key, 1, A)
    blocked.unlink()
    with qtbot.waitSignal(keeper.recovered, timeout=ANSWER_TIMEOUT):
        keeper.keep(key, 2, B)
    assert keeper.close()
    assert again(folder, qtbot, scan).pages == {1: A, 2: B}


def test_the_last_try_is_at_the_end(keeper, qtbot, scan, folder, blocked):
    key = ask(keeper, qtbot, scan).key
    with qtbot.waitSignal(keeper.failed, timeout=ANSWER_TIMEOUT):
        keeper.keep(key, 1, A)
    blocked.unlink()
    assert keeper.close()
    assert again(folder, qtbot, scan).pages == {1: A}


def test_a_file_that_is_gone_has_no_key(keeper, qtbot, tmp_path):
    kept = ask(keeper, qtbot, tmp_path / "gone.png")
    assert kept.key is None
    assert kept.pages == {}


def test_a_bug_is_told_and_the_keeper_goes_on(keeper, qtbot, scan, monkeypatch, folder):
    key = ask(keeper, qtbot, scan).key

    def fail(*_args):
        raise RuntimeError("a bug")

    with monkeypatch.context() as broken:
        broken.setattr(PageStore, "read", fail)
        with qtbot.waitSignal(keeper.crashed, timeout=ANSWER_TIMEOUT):
            keeper.open(scan)
    keeper.keep(key, 1, A)
    assert keeper.close()
    assert again(folder, qtbot, scan).pages == {1: A}
