"""The keeping thread: what is on the pad is kept, whatever the window or the disk does."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QObject

from core.archive import Archive, LaidPad, PadEntry, new_pad_id
from core.corrections import Correction
from core.errors import DamagedArchiveError, UnwritableArchiveError
from core.ink import Ink, Stroke
from desktop.keeping import keeper
from desktop.keeping.keeper import Found, Keeper, Mailbox, PadInk, Snapshot
from desktop.pad.corrections import Corrections
from desktop.pad.pad import Pad

TIMEOUT = 20_000
"""Milliseconds: a busy machine may write slowly; nothing here is about speed."""


def stroke(x: float) -> Stroke:
    return Stroke.through(np.array([[x, 0], [x, 100]], np.float32))


def ink(*xs: float) -> Ink:
    return Ink(tuple(stroke(x) for x in xs))


def xs(found: Ink) -> list[float]:
    return [float(each.points[0, 0]) for each in found.strokes]


class Desk(QObject):
    """A pad whose every change is kept, as the program has it, and the pen over it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.live: Stroke | None = None
        self.pad = Pad(self)
        self.keeper = Keeper(path, lambda: self.live, self)
        self.pad.inkChanged.connect(self.keep)
        self.corrections = Corrections(self.pad.history, self)
        self.corrections.changed.connect(self.keep_corrections)
        self.keeper.restored.connect(self.put)
        self.keeper.opened.connect(self.open)
        self.told: list[object] = []
        for signal in (self.keeper.failed, self.keeper.damageFound, self.keeper.crashed):
            signal.connect(self.told.append)

    def keep(self) -> None:
        self.keeper.keep(self.pad.ink)

    def keep_corrections(self) -> None:
        self.keeper.keep_corrections(self.corrections.all)

    def put(self, laid: LaidPad | None) -> None:
        if laid is not None:
            self.corrections.replace(laid.corrections)
            self.pad.replace_ink(laid.ink)
            self.pad.history.clear()

    def open(self, laid: LaidPad) -> None:
        with self.pad.opening():
            self.corrections.put(laid.corrections, "")
            self.pad.replace_ink(laid.ink)

    def say(self, text: str | None, *places: int) -> None:
        """Puts right what the strokes at such places are together."""
        strokes = tuple(self.pad.ink.strokes[place] for place in places)
        self.corrections.put((Correction(strokes, text),), "correct")

    @property
    def said(self) -> list[tuple[list[float], str | None]]:
        """What holds of the ink that is there: the x of its strokes, and the sign."""
        there = set(self.pad.ink.strokes)
        return [
            (xs(Ink(one.strokes)), one.text)
            for one in self.corrections.all
            if there.issuperset(one.strokes)
        ]

    def write(self, *xs: float) -> None:
        for x in xs:
            self.pad.add_stroke(stroke(x))

    def clear(self) -> None:
        self.keeper.shelve()
        self.pad.clear()


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "data" / "pads.sqlite3"


@pytest.fixture
def start(qapp, path) -> Iterator[Callable[[], Desk]]:
    """Starts desks, and ends each after the test."""
    begun: list[Desk] = []

    def make() -> Desk:
        desk = Desk(path)
        begun.append(desk)
        return desk

    yield make
    for desk in begun:
        desk.keeper.close()


@pytest.fixture
def restored(start, qtbot) -> Callable[[], Desk]:
    """Starts a desk, and waits until what was on it is back."""

    def make() -> Desk:
        desk = start()
        with qtbot.waitSignal(desk.keeper.restored, timeout=TIMEOUT):
            desk.keeper.restore()
        return desk

    return make


@pytest.fixture
def past(qtbot) -> Callable[[Desk], list[PadEntry]]:
    """The past pads, as the keeper finds them."""

    def find(desk: Desk, search: str = "") -> list[PadEntry]:
        with qtbot.waitSignal(desk.keeper.found, timeout=TIMEOUT) as found:
            desk.keeper.search(search)
        return list(found.args[0].entries)

    return find


def on_disk(path: Path) -> list[list[float]]:
    """The ink of every pad in the file, read beside the thread that has it open."""
    if not path.exists():
        return []
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True)) as db:
        if not db.execute("SELECT * FROM sqlite_master WHERE name = 'strokes'").fetchall():
            return []  # it is being made
        pads = [number for (number,) in db.execute("SELECT number FROM pads ORDER BY number")]
        query = "SELECT points FROM strokes WHERE pad = ? ORDER BY place"
        return [
            [float(np.frombuffer(points, "<f4")[0]) for (points,) in db.execute(query, (pad,))]
            for pad in pads
        ]


def said_on_disk(path: Path) -> list[str | None]:
    """The signs of all that was put right, in the file."""
    if not on_disk(path):
        return []
    with closing(sqlite3.connect(path)) as db:
        query = "SELECT text FROM corrections ORDER BY number"
        return [text for (text,) in db.execute(query)]


# --- the mailbox ---


def test_the_newest_state_of_each_pad_waits_and_the_last_pad_comes_last():
    mailbox, one, other = Mailbox(), new_pad_id(), new_pad_id()
    mailbox.put(Snapshot(one, ink(1)))
    mailbox.put(Snapshot(other, ink(2)))
    mailbox.put(Snapshot(one, ink(1, 3)))
    taken = [mailbox.take(), mailbox.take()]
    assert [(each.pad, xs(each.ink)) for each in taken] == [(other, [2]), (one, [1, 3])]
    assert mailbox.take() is None


def test_what_could_not_be_kept_waits_first_unless_something_newer_came():
    mailbox, one, other = Mailbox(), new_pad_id(), new_pad_id()
    mailbox.put(Snapshot(other, ink(2)))
    mailbox.put_back(Snapshot(one, ink(1)))
    mailbox.put_back(Snapshot(other, ink()))
    taken = [mailbox.take(), mailbox.take()]
    assert [(each.pad, xs(each.ink)) for each in taken] == [(one, [1]), (other, [2])]
    assert mailbox.pads == 1  # the last is in hand
    mailbox.note_kept()
    assert mailbox.pads == 0


def test_a_newer_search_replaces_a_waiting_one():
    mailbox = Mailbox()
    done: list[str] = []
    mailbox.put_task(lambda _: done.append("m"), instead_of="search")
    mailbox.put_task(lambda _: done.append("ink"))
    mailbox.put_task(lambda _: done.append("mi"), instead_of="search")
    while (task := mailbox.take_task()) is not None:
        task(None)
    assert done == ["ink", "mi"]


# --- what is written is kept ---


def test_a_finished_stroke_is_on_the_disk_without_being_asked_for(restored, qtbot, path):
    desk = restored()
    desk.write(1, 2)
    qtbot.waitUntil(lambda: on_disk(path) == [[1, 2]], timeout=TIMEOUT)
    assert not desk.told


def test_the_stroke_under_the_pen_is_on_the_disk_before_the_pen_is_lifted(restored, qtbot, path):
    desk = restored()
    desk.live = stroke(1)
    desk.keeper.follow()

    def live_on_disk() -> bool:
        with closing(sqlite3.connect(path)) as db:
            return db.execute("SELECT count(*) FROM live").fetchone() == (1,)

    qtbot.waitUntil(live_on_disk, timeout=TIMEOUT)
    desk.live = None
    desk.write(1)
    qtbot.waitUntil(lambda: on_disk(path) == [[1]] and not live_on_disk(), timeout=TIMEOUT)


def test_many_events_of_the_pen_are_few_writes(restored, qtbot, monkeypatch):
    kept: list[Stroke | None] = []
    keep = Archive.keep

    def count(self, *args, live=None, **more):
        kept.append(live)
        keep(self, *args, live=live, **more)

    monkeypatch.setattr(Archive, "keep", count)
    desk = restored()
    for x in range(500):
        desk.live = stroke(x)
        desk.keeper.follow()
    assert not kept
    qtbot.waitUntil(lambda: len(kept) == 1, timeout=TIMEOUT)
    assert kept == [desk.live]  # the newest


def test_what_was_on_the_pad_comes_back_with_its_text(restored, past):
    desk = restored()
    desk.write(1, 2)
    desk.keeper.set_text("seven")
    assert desk.keeper.close()
    again = restored()
    assert xs(again.pad.ink) == [1, 2]
    again.write(3)
    again.clear()
    assert [(entry.text, entry.strokes) for entry in past(again)] == [("seven", 3)]


def test_closing_without_a_change_changes_nothing(restored, start, path):
    desk = restored()
    desk.write(1)
    desk.keeper.close()
    before = path.read_bytes()
    start().keeper.close()  # before anything was restored
    restored().keeper.close()
    assert path.read_bytes() == before
    assert xs(restored().pad.ink) == [1]


def test_who_writes_before_the_pad_is_restored_keeps_both(start, restored, past, qtbot):
    desk = restored()
    desk.write(1, 2)
    desk.keeper.close()
    quick = start()
    told: list[object] = []
    quick.keeper.restored.connect(told.append)
    quick.keeper.restore()
    quick.write(9)
    assert [entry.strokes for entry in past(quick)] == [2]
    assert not told
    assert xs(quick.pad.ink) == [9]
    quick.keeper.close()
    assert xs(restored().pad.ink) == [9]


def test_a_reading_of_the_empty_pad_at_the_start_is_nothing(start, restored):
    desk = restored()
    desk.write(1)
    desk.keeper.set_text("l")
    desk.keeper.close()
    again = start()
    again.keeper.set_text("")
    again.keeper.close()
    assert xs(restored().pad.ink) == [1]


def test_what_is_written_while_the_disk_is_slow_is_not_lost(restored, monkeypatch, path):
    permit, keep = threading.Event(), Archive.keep

    def slowly(self, *args, **more):
        assert permit.wait(20)
        keep(self, *args, **more)

    monkeypatch.setattr(Archive, "keep", slowly)
    desk = restored()
    desk.write(1, 2)
    desk.clear()
    desk.write(3, 4)
    desk.clear()
    desk.write(5)
    permit.set()
    assert desk.keeper.close()
    assert sorted(on_disk(path)) == [[1, 2], [3, 4], [5]]
    assert xs(restored().pad.ink) == [5]


# --- what was put right ---


def test_what_was_put_right_comes_back_and_cannot_be_undone(restored):
    desk = restored()
    desk.write(1, 2, 3)
    desk.say("R", 2, 0)
    desk.say(None, 1)
    assert desk.keeper.close()
    again = restored()
    assert again.said == [([3, 1], "R"), ([2], None)]
    assert not again.pad.history.canUndo()
    again.write(4)
    again.say("Q", 0, 2)
    assert again.keeper.close()
    assert restored().said == [([2], None), ([1, 3], "Q")]


def test_what_was_put_right_and_taken_back_does_not_come_back(restored):
    desk = restored()
    desk.write(1, 2)
    desk.say("R", 0)
    desk.say("Q", 1)
    desk.pad.history.undo()
    desk.keeper.close()
    again = restored()
    assert again.said == [([1], "R")]
    again.corrections.forget(again.pad.ink.strokes[:1], "read again")
    again.keeper.close()
    assert restored().said == []


def test_what_was_put_right_is_on_the_disk_without_a_change_of_the_ink(restored, qtbot, path):
    desk = restored()
    desk.write(1)
    desk.say("R", 0)

    qtbot.waitUntil(lambda: said_on_disk(path) == ["R"], timeout=TIMEOUT)
    assert on_disk(path) == [[1]]


def test_what_was_put_right_comes_back_with_a_cleared_pad(restored):
    desk = restored()
    desk.write(1, 2)
    desk.say("R", 0, 1)
    desk.clear()
    desk.write(3)
    desk.say("Q", 0)
    for _ in range(3):  # the Q, the 3, the clearing
        desk.pad.history.undo()
    assert desk.said == [([1, 2], "R")]
    desk.keeper.close()
    assert restored().said == [([1, 2], "R")]


def test_a_past_pad_is_opened_with_what_was_put_right_as_one_step(restored, past, qtbot):
    desk = restored()
    desk.write(1, 2)
    desk.say("R", 1, 0)
    desk.clear()
    desk.keeper.close()
    desk = restored()
    desk.write(3)
    desk.say("Q", 0)
    (entry,) = past(desk)
    with qtbot.waitSignal(desk.keeper.opened, timeout=TIMEOUT):
        desk.keeper.open_pad(entry.id)
    assert desk.said == [([2, 1], "R")]
    desk.pad.history.undo()
    assert xs(desk.pad.ink) == [3]
    assert desk.said == [([3], "Q")]
    desk.pad.history.redo()
    assert desk.said == [([2, 1], "R")]
    (other,) = past(desk)
    assert other.id != entry.id
    desk.keeper.close()
    again = restored()
    assert again.said == [([2, 1], "R")]
    with qtbot.waitSignal(again.keeper.opened, timeout=TIMEOUT):
        again.keeper.open_pad(other.id)
    assert again.said == [([3], "Q")]


def test_a_copy_of_another_programs_pad_has_what_was_put_right(restored, past, qtbot, path):
    one, other = restored(), restored()
    one.write(1, 2)
    one.say("R", 1)
    qtbot.waitUntil(lambda: said_on_disk(path) == ["R"], timeout=TIMEOUT)
    (entry,) = past(other)
    with qtbot.waitSignal(other.keeper.opened, timeout=TIMEOUT):
        other.keeper.open_pad(entry.id)
    assert other.said == [([2], "R")]
    one.say("Q", 0)
    other.keeper.close()
    one.keeper.close()
    assert sorted([restored().said, restored().said]) == [
        [([2], "R")],
        [([2], "R"), ([1], "Q")],
    ]


# --- which pad is which ---


def test_a_cleared_pad_is_past_and_comes_back_by_undoing(restored, past):
    desk = restored()
    desk.write(1, 2)
    desk.clear()
    assert [entry.strokes for entry in past(desk)] == [2]
    desk.write(3)
    desk.pad.history.undo()  # the 3
    desk.pad.history.undo()  # the clearing
    assert past(desk) == []
    desk.pad.history.redo()
    assert [entry.strokes for entry in past(desk)] == [2]
    desk.pad.history.redo()
    assert [entry.strokes for entry in past(desk)] == [2]
    desk.keeper.close()
    assert xs(restored().pad.ink) == [3]


def test_a_pad_that_was_emptied_otherwise_is_past_too(restored, past):
    desk = restored()
    desk.write(1, 2)
    desk.pad.clear()  # nobody said that it would be
    desk.write(3)
    assert [entry.strokes for entry in past(desk)] == [2]


def test_a_single_stroke_that_is_cleared_is_past(restored, past):
    desk = restored()
    desk.write(1)
    desk.clear()
    assert [entry.strokes for entry in past(desk)] == [1]
    desk.pad.history.undo()
    desk.pad.history.redo()
    assert [entry.strokes for entry in past(desk)] == [1]


def test_a_slip_that_is_taken_back_leaves_no_trace(restored, past):
    desk = restored()
    desk.write(1, 2)
    desk.pad.history.undo()
    desk.pad.history.undo()
    assert past(desk) == []
    desk.write(3)
    desk.clear()
    assert [entry.strokes for entry in past(desk)] == [1]


def test_a_restored_stroke_that_is_erased_is_past(restored, past):
    desk = restored()
    desk.write(1)
    desk.keeper.close()
    again = restored()
    again.pad.clear()
    assert [entry.strokes for entry in past(again)] == [1]


def test_ink_of_a_past_pad_on_a_new_one_does_not_bring_it_back(restored, past):
    desk = restored()
    desk.write(1, 2, 3)
    first = desk.pad.ink.strokes[0]
    desk.clear()
    desk.pad.add_stroke(first)  # pasted
    assert [entry.strokes for entry in past(desk)] == [3]


def test_a_past_pad_is_opened_in_the_place_of_this_one(restored, past, qtbot):
    desk = restored()
    desk.write(1, 2)
    desk.clear()
    desk.write(3)
    (entry,) = past(desk)
    with qtbot.waitSignal(desk.keeper.opened, timeout=TIMEOUT):
        desk.keeper.open_pad(entry.id)
    assert xs(desk.pad.ink) == [1, 2]
    desk.write(4)
    assert [other.strokes for other in past(desk)] == [1]  # what was there is past
    desk.keeper.close()
    again = restored()
    assert xs(again.pad.ink) == [1, 2, 4]
    again.clear()
    assert entry.id in [each.id for each in past(again)]  # the same pad, not a copy


def test_undoing_the_opening_of_a_past_pad_brings_back_what_was_there(restored, past, qtbot):
    desk = restored()
    desk.write(1)
    desk.clear()
    desk.write(3)
    (entry,) = past(desk)
    with qtbot.waitSignal(desk.keeper.opened, timeout=TIMEOUT):
        desk.keeper.open_pad(entry.id)
    desk.pad.history.undo()
    assert xs(desk.pad.ink) == [3]
    assert [each.id for each in past(desk)] == [entry.id]
    desk.pad.history.redo()
    assert xs(desk.pad.ink) == [1]
    assert entry.id not in [each.id for each in past(desk)]
    desk.pad.history.undo()
    assert [each.id for each in past(desk)] == [entry.id]
    desk.keeper.close()
    assert xs(restored().pad.ink) == [3]


def test_a_file_that_is_opened_on_the_pad_is_a_pad_of_its_own(restored, past):
    desk = restored()
    desk.write(1)
    desk.keeper.shelve()
    desk.pad.replace_ink(ink(5, 6))
    assert [entry.strokes for entry in past(desk)] == [1]
    desk.pad.history.undo()
    assert [entry.strokes for entry in past(desk)] == [2]
    desk.pad.history.redo()
    assert [entry.strokes for entry in past(desk)] == [1]


def test_ink_that_is_moved_whole_stays_on_its_pad(restored, past):
    desk = restored()
    desk.write(1, 2)
    desk.pad.exchange({each: (stroke(9),) for each in desk.pad.ink.strokes}, "move")
    assert past(desk) == []
    desk.pad.history.undo()
    assert past(desk) == []
    desk.clear()
    assert [entry.strokes for entry in past(desk)] == [2]


def test_a_pad_that_is_gone_is_not_opened(restored, past, qtbot):
    desk = restored()
    desk.write(1, 2)
    desk.clear()
    desk.write(3)
    (entry,) = past(desk)
    desk.keeper.delete(entry.id)
    desk.keeper.open_pad(entry.id)
    assert past(desk) == []
    assert xs(desk.pad.ink) == [3]


def test_the_ink_of_a_past_pad_is_read(restored, past, qtbot):
    desk = restored()
    desk.write(1, 2)
    desk.clear()
    (entry,) = past(desk)
    with qtbot.waitSignal(desk.keeper.inkRead, timeout=TIMEOUT) as read:
        desk.keeper.read_ink(entry.id)
    assert isinstance(read.args[0], PadInk)
    assert read.args[0].pad == entry.id
    assert xs(read.args[0].ink) == [1, 2]


def test_a_search_says_what_it_was_for(restored, qtbot):
    desk = restored()
    desk.write(1, 2)
    desk.keeper.set_text("Bread")
    desk.clear()
    found: list[Found] = []
    desk.keeper.found.connect(found.append)
    for text in ("b", "br", "bread"):
        desk.keeper.search(text)
    qtbot.waitUntil(lambda: bool(found) and found[-1].search == "bread", timeout=TIMEOUT)
    assert [entry.text for entry in found[-1].entries] == ["Bread"]


# --- when it goes wrong ---


def test_a_full_disk_is_told_once_and_all_is_kept_when_there_is_room(
    restored, qtbot, monkeypatch, path
):
    monkeypatch.setattr(keeper, "RETRY_INTERVAL", 50)
    desk = restored()
    desk.write(1, 2)
    qtbot.waitUntil(lambda: on_disk(path) == [[1, 2]], timeout=TIMEOUT)
    limit(desk, 1)
    with qtbot.waitSignal(desk.keeper.failed, timeout=TIMEOUT) as failed:
        desk.pad.add_stroke(Stroke(np.full((5000, 4), 0.5, np.float32)))
    assert isinstance(failed.args[0], UnwritableArchiveError)
    desk.clear()
    desk.write(8, 9)
    assert on_disk(path) == [[1, 2]]
    assert len(desk.told) == 1
    with qtbot.waitSignal(desk.keeper.recovered, timeout=TIMEOUT):
        limit(desk, 1_000_000)  # and no further change
    qtbot.waitUntil(lambda: on_disk(path) == [[1, 2, 0.5], [8, 9]], timeout=TIMEOUT)
    assert len(desk.told) == 1
    assert desk.keeper.close()


def limit(desk: Desk, pages: int) -> None:
    """Lets the archive have no more pages than it has, or `pages`: as full as a disk can be."""
    on_thread(desk, f"PRAGMA max_page_count = {pages}")


def on_thread(desk: Desk, statement: str) -> None:
    """Has the archive's thread run a statement, and waits for that."""
    done = threading.Event()

    def run(archive: Archive) -> None:
        archive._db.execute(statement)
        done.set()

    desk.keeper._do(run)
    assert done.wait(20)


def test_closing_says_that_ink_could_not_be_kept(restored, tmp_path, qtbot, path):
    path.parent.write_text("a file where the folder should be")
    desk = Desk(path)
    with qtbot.waitSignal(desk.keeper.failed, timeout=TIMEOUT):
        desk.write(1)
    assert not desk.keeper.close()
    assert not desk.keeper.close()
    assert len(desk.told) == 1


def test_a_folder_that_can_be_made_at_last_is_used(start, qtbot, monkeypatch, path):
    monkeypatch.setattr(keeper, "RETRY_INTERVAL", 50)
    path.parent.write_text("a file where the folder should be")
    desk = start()
    with qtbot.waitSignal(desk.keeper.failed, timeout=TIMEOUT):
        desk.write(1)
    with qtbot.waitSignal(desk.keeper.recovered, timeout=TIMEOUT):
        path.parent.unlink()  # and no further change
    assert on_disk(path) == [[1]]
    assert not desk.keeper._again.isActive()


def test_a_damaged_archive_at_the_start_is_told_and_another_begun(restored, qtbot, path):
    path.parent.mkdir()
    path.write_bytes(b"garbage" * 1000)
    desk = restored()
    desk.write(1)
    qtbot.waitUntil(lambda: on_disk(path) == [[1]], timeout=TIMEOUT)
    (error,) = desk.told
    assert isinstance(error, DamagedArchiveError)
    assert error.path.read_bytes() == b"garbage" * 1000


def test_damage_that_comes_while_writing_costs_nothing_that_is_on_the_pad(restored, qtbot, path):
    desk = restored()
    desk.write(1, 2, 3)
    assert desk.keeper.close()
    data = bytearray(path.read_bytes())
    size = int.from_bytes(data[16:18])
    again = restored()
    assert xs(again.pad.ink) == [1, 2, 3]
    with path.open("r+b") as file:  # all but the first page, which holds the names of the tables
        file.seek(size)
        file.write(b"\xff" * (len(data) - size))
    on_thread(again, "PRAGMA shrink_memory")  # so that it reads its pages again
    with qtbot.waitSignal(again.keeper.damageFound, timeout=TIMEOUT):
        again.write(4)
    qtbot.waitUntil(lambda: on_disk(path) == [[1, 2, 3, 4]], timeout=TIMEOUT)
    assert [type(error) for error in again.told] == [DamagedArchiveError]


def test_a_file_that_is_taken_away_is_made_again_with_what_is_on_the_pad(restored, qtbot, path):
    desk = restored()
    desk.write(1, 2)
    qtbot.waitUntil(lambda: on_disk(path) == [[1, 2]], timeout=TIMEOUT)
    for file in path.parent.iterdir():
        file.unlink()
    desk.write(3)
    qtbot.waitUntil(lambda: on_disk(path) == [[1, 2, 3]], timeout=TIMEOUT)
    assert not desk.told


def test_an_archive_that_is_made_again_holds_what_was_put_right(restored, qtbot, path):
    desk = restored()
    desk.write(1, 2)
    desk.say("R", 1)
    qtbot.waitUntil(lambda: said_on_disk(path) == ["R"], timeout=TIMEOUT)
    with qtbot.waitSignal(desk.keeper.found, timeout=TIMEOUT):
        for file in path.parent.iterdir():
            file.unlink()
        desk.keeper.search("")
    assert on_disk(path) == [[1, 2]]
    assert said_on_disk(path) == ["R"]


def test_a_bug_is_told_and_the_thread_goes_on(restored, qtbot, monkeypatch, path):
    desk = restored()

    def broken(*_args, **_more):
        raise ZeroDivisionError("a bug")

    with monkeypatch.context() as patch:
        patch.setattr(Archive, "pads", broken)
        with qtbot.waitSignal(desk.keeper.crashed, timeout=TIMEOUT) as crashed:
            desk.keeper.search("")
    assert isinstance(crashed.args[0], ZeroDivisionError)
    desk.write(1)
    qtbot.waitUntil(lambda: on_disk(path) == [[1]], timeout=TIMEOUT)


# --- closing ---


def test_closes_before_anything_was_asked(start):
    desk = start()
    assert desk.keeper.close()
    assert desk.keeper._thread.isFinished()


def test_closes_twice_and_takes_nothing_after(restored, path):
    desk = restored()
    desk.write(1)
    assert desk.keeper.close()
    assert desk.keeper.close()
    desk.write(2)
    desk.keeper.follow()
    desk.keeper.set_text("late")
    assert not desk.keeper._soon.isActive()
    assert on_disk(path) == [[1]]


def test_closes_in_mid_stroke(restored):
    desk = restored()
    desk.live = stroke(7)
    desk.keeper.follow()
    assert desk.keeper.close()
    assert xs(restored().pad.ink) == [7]


def test_two_programs_keep_their_own_pads(restored, past, qtbot, path):
    one, other = restored(), restored()
    one.write(1)
    other.write(2)
    qtbot.waitUntil(lambda: sorted(on_disk(path)) == [[1], [2]], timeout=TIMEOUT)
    assert [entry.strokes for entry in past(one)] == [1]
    one.keeper.close()
    other.keeper.close()
    assert {tuple(xs(restored().pad.ink)) for _ in range(2)} == {(1,), (2,)}


def test_a_pad_that_another_program_has_open_comes_as_a_copy(restored, past, qtbot, path):
    one, other = restored(), restored()
    one.write(1, 2)
    qtbot.waitUntil(lambda: on_disk(path) == [[1, 2]], timeout=TIMEOUT)
    (entry,) = [each for each in past(other) if each.strokes == 2]
    with qtbot.waitSignal(other.keeper.opened, timeout=TIMEOUT):
        other.keeper.open_pad(entry.id)
    other.write(3)
    one.write(4)
    one.keeper.close()
    other.keeper.close()
    with closing(Archive(one.path)) as archive:
        found = {tuple(xs(archive.ink(each.id))) for each in archive.pads()}
        found.add(tuple(xs(archive.restore().ink)))
    assert found == {(1, 2, 3), (1, 2, 4)}
