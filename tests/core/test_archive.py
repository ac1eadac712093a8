"""The archive: what was kept comes back, after whatever happened to the program or the file."""

from __future__ import annotations

import itertools
import resource
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from operator import itemgetter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.archive import Archive, LaidPad, PadId, new_pad_id, open_archive, renew_archive
from core.archive import places as places_module
from core.archive.places import Order, rearranged
from core.corrections import Correction
from core.errors import DamagedArchiveError, NewerArchiveError, UnwritableArchiveError
from core.ink import PLAIN, WIDEST_STYLE, Colour, Ink, Stroke, StrokeKind, StrokeStyle

ROOT = Path(__file__).resolve().parents[2]

on_disk = settings(deadline=None, max_examples=50)
"""For property tests that write to a disk, whose speed is no matter here."""


def stroke(x: float, *, points: int = 3) -> Stroke:
    drawn = np.zeros((points, 4), np.float32)
    drawn[:, 0] = x
    drawn[:, 1] = np.arange(points)
    drawn[:, 2] = 0.25
    drawn[:, 3] = np.arange(points) / 100
    return Stroke(drawn)


def ink(*xs: float) -> Ink:
    return Ink(tuple(stroke(x) for x in xs))


def xs(found: Ink) -> list[float]:
    return [float(each.points[0, 0]) for each in found.strokes]


def same(one: Ink, other: Ink) -> bool:
    return [s.points.tolist() for s in one.strokes] == [s.points.tolist() for s in other.strokes]


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "folder" / "pads.sqlite3"


@pytest.fixture
def clock():
    """Seconds that pass one by one, from a time in 2026."""
    return itertools.count(1_790_000_000.0).__next__


@pytest.fixture
def archive(path, clock):
    with closing(Archive(path, now=clock)) as archive:
        yield archive


def rows(path: Path, query: str) -> list[tuple]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute(query).fetchall()


# --- what was kept comes back ---


def test_ink_comes_back_to_the_bit(archive, path):
    points = np.random.default_rng(1).random((500, 4), np.float32)
    kept = Ink((Stroke(points), stroke(-7.25), stroke(3, points=1)))
    pad = new_pad_id()
    archive.keep(pad, kept, text="7")
    archive.close()
    with closing(Archive(path)) as again:
        laid = again.restore()
    assert laid is not None
    assert laid.id == pad
    assert same(laid.ink, kept)
    assert laid.ink.strokes[0].points.tobytes() == points.tobytes()


styles = st.builds(
    StrokeStyle,
    st.sampled_from(StrokeKind),
    st.none() | st.builds(Colour, *[st.integers(0, 255)] * 3),
    st.floats(0, WIDEST_STYLE, exclude_min=True),
)


@on_disk
@given(st.lists(styles, min_size=1, max_size=5))
def test_strokes_look_as_they_did(tmp_path_factory, looks):
    path = tmp_path_factory.mktemp("looks") / "pads.sqlite3"
    points = stroke(1).points
    with closing(Archive(path)) as archive:
        archive.keep(
            new_pad_id(),
            Ink(tuple(Stroke(points, style) for style in looks[1:])),
            live=Stroke(points, looks[0]),
        )
    with closing(Archive(path)) as again:
        found = [each.style for each in again.restore().ink.strokes]
    assert found == [*looks[1:], looks[0]]
    shutil.rmtree(path.parent)


@pytest.mark.parametrize(
    ("column", "value"),
    [("kind", "brush"), ("colour", -1), ("colour", 1 << 24), ("width", 0), ("width", "wide")],
)
def test_a_style_that_is_none_costs_the_look_and_not_the_stroke(archive, path, column, value):
    pad = new_pad_id()
    archive.keep(pad, Ink((Stroke(stroke(1).points, StrokeStyle(width=3.0)),)))
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"UPDATE strokes SET {column} = ?", (value,))  # noqa: S608  # a name of ours
        db.commit()
    assert xs(archive.ink(pad)) == [1]
    assert archive.ink(pad).strokes[0].style == PLAIN


def test_the_stroke_that_is_being_drawn_comes_back_as_the_last_and_stays(archive, path):
    pad = new_pad_id()
    archive.keep(pad, ink(1, 2), live=stroke(3))
    archive.close()
    for _ in range(2):
        with closing(Archive(path)) as again:
            laid = again.restore()
            assert xs(again.ink(pad)) == [1, 2, 3]
        assert xs(laid.ink) == [1, 2, 3]
    assert rows(path, "SELECT * FROM live") == []


def test_a_first_stroke_in_the_middle_of_being_drawn_comes_back(archive, path):
    archive.keep(new_pad_id(), Ink(), live=stroke(3))
    archive.close()
    with closing(Archive(path)) as again:
        assert xs(again.restore().ink) == [3]


def test_a_live_stroke_that_is_finished_is_there_once(archive):
    pad, finished = new_pad_id(), stroke(3)
    archive.keep(pad, ink(1), live=stroke(3, points=2))
    archive.keep(pad, Ink((*ink(1).strokes, finished)))
    assert xs(archive.ink(pad)) == [1, 3]


def test_a_restored_pad_is_written_on_as_if_nothing_had_happened(archive, path):
    pad = new_pad_id()
    archive.keep(pad, ink(1, 2))
    archive.close()
    with closing(Archive(path)) as again:
        laid = again.restore()
        before = rows(path, "SELECT place FROM strokes")
        again.keep(laid.id, laid.ink.extended(stroke(3)))
        assert xs(again.ink(pad)) == [1, 2, 3]
        # the strokes that were there stayed where they were
        assert set(before) < set(rows(path, "SELECT place FROM strokes"))


def test_only_what_changed_is_written(archive):
    pad, kept = new_pad_id(), ink(*range(100))
    archive.keep(pad, kept)
    before = archive._db.total_changes
    archive.keep(pad, kept.extended(stroke(100)))
    # the entry and the stroke
    assert archive._db.total_changes - before == 2
    before = archive._db.total_changes
    archive.keep(pad, Ink(kept.strokes[:50] + kept.strokes[51:]))
    # the entry and two strokes that went
    assert archive._db.total_changes - before == 3
    before = archive._db.total_changes
    archive.keep(pad, Ink(kept.strokes[:50] + kept.strokes[51:]))
    assert archive._db.total_changes == before


move_of_any_kind = st.tuples(
    st.sampled_from(["add", "insert", "remove", "move", "replace", "twice", "clear", "reopen"]),
    st.integers(0, 1_000_000),
)
moves = st.lists(move_of_any_kind, max_size=25)
moves_of_different_strokes = st.lists(move_of_any_kind, max_size=25, unique_by=itemgetter(1))


def moved(strokes: list[Stroke], move: str, number: int) -> list[Stroke]:
    """The strokes after one thing that a person may do to them."""
    at = number % (len(strokes) + 1)
    before, here, after = strokes[:at], strokes[at : at + 1], strokes[at + 1 :]
    rest = before + after
    to = (number // 7) % (len(rest) + 1)
    done = {
        "add": [*strokes, stroke(number)],
        "insert": [*before, stroke(number), *here, *after],
        "remove": rest,
        "replace": [*before, *(stroke(number) for _ in here), *after],
        "move": [*rest[:to], *here, *rest[to:]],
        "twice": [*strokes, *here],
        "clear": [],
    }
    return done[move]


@on_disk
@given(moves)
def test_whatever_is_done_to_the_ink_comes_back(tmp_path_factory, done):
    path = tmp_path_factory.mktemp("moves") / "pads.sqlite3"
    pad = new_pad_id()
    archive = Archive(path)
    strokes: list[Stroke] = []
    try:
        for move, number in done:
            if move == "reopen":
                archive.close()
                archive = Archive(path)
                laid = archive.restore()
                assert (laid is None) == (not strokes)
                strokes = [] if laid is None else list(laid.ink.strokes)
                continue
            strokes = moved(strokes, move, number)
            archive.keep(pad, Ink(tuple(strokes)))
            assert same(archive.ink(pad), Ink(tuple(strokes)))
            entry = archive._db.execute("SELECT strokes FROM pads").fetchall()
            assert entry == ([(len(strokes),)] if strokes else [])
    finally:
        archive.close()
        shutil.rmtree(path.parent)


@given(st.lists(st.integers(0, 30), unique=True), st.lists(st.integers(0, 30)), st.integers(2, 9))
def test_a_change_of_order_is_whole_whatever_the_room(before, after, step):
    pool = [stroke(x) for x in range(31)]
    step_before = places_module.STEP
    places_module.STEP = step  # so that the room between places runs out
    try:
        old = rearranged(Order(), tuple(pool[x] for x in before)).order
        change = rearranged(old, tuple(pool[x] for x in after))
    finally:
        places_module.STEP = step_before
    order = change.order
    assert order.strokes == tuple(pool[x] for x in after)
    assert all(one < other for one, other in itertools.pairwise((0, *order.places)))
    # the file after it: what stood there, less what went, with what came
    file = dict(zip(old.places, old.strokes, strict=True))
    for place in change.gone:
        del file[place]
    for at in change.come:
        assert order.places[at] not in file
        file[order.places[at]] = order.strokes[at]
    assert tuple(file[place] for place in sorted(file)) == order.strokes


def test_strokes_put_into_the_same_gap_again_and_again_stay_in_order(archive):
    pad = new_pad_id()
    strokes = [stroke(0), stroke(1)]
    for x in range(2, 50):  # the gap is halved each time, and gone after 32
        strokes.insert(1, stroke(x))
        archive.keep(pad, Ink(tuple(strokes)))
    assert same(archive.ink(pad), Ink(tuple(strokes)))


def test_one_stroke_brought_to_the_front_leaves_the_others_alone():
    strokes = tuple(stroke(x) for x in range(1000))
    old = rearranged(Order(), strokes).order
    change = rearranged(old, (strokes[-1], *strokes[:-1]))
    assert len(change.gone) == len(change.come) == 1


# --- what was put right ---


def told(strokes: Ink, corrections: tuple[Correction, ...]) -> list[tuple[list[int], str | None]]:
    """Corrections as the places of their strokes among all, and the sign."""
    return [
        ([strokes.strokes.index(each) for each in one.strokes], one.text) for one in corrections
    ]


def test_what_was_put_right_comes_back_about_the_same_strokes(archive, path):
    pad, kept = new_pad_id(), ink(1, 2, 3, 4)
    one, two, three, four = kept.strokes
    archive.keep(pad, kept, corrections=(Correction((four, two), "R"), Correction((one, three))))
    for _ in range(2):
        archive.close()
        archive = Archive(path)
        laid = archive.restore()
        # in the order that was given, which says what the strokes are together
        assert told(laid.ink, laid.corrections) == [([3, 1], "R"), ([0, 2], None)]
    archive.close()


def test_what_was_put_right_stays_while_nothing_else_is_said(archive):
    pad, kept = new_pad_id(), ink(1, 2, 3)
    archive.keep(pad, kept, corrections=(Correction(kept.strokes[1:], "R"),))
    archive.keep(pad, Ink(kept.strokes[1:]))
    archive.keep(pad, Ink((kept.strokes[2], stroke(9), kept.strokes[1])))
    laid = archive.lay(pad)
    assert told(laid.ink, laid.corrections) == [([2, 0], "R")]
    archive.keep(pad, laid.ink.extended(stroke(5)))
    laid = archive.lay(pad)
    assert told(laid.ink, laid.corrections) == [([2, 0], "R")]
    archive.keep(pad, laid.ink, corrections=())
    assert archive.lay(pad).corrections == ()


def test_what_was_put_right_stays_on_a_pad_that_comes_after_another(archive):
    pad, kept = new_pad_id(), ink(1, 2, 3)
    archive.keep(pad, kept, corrections=(Correction(kept.strokes[1:], "R"),))
    other = ink(1, 2, 3)
    archive.keep(new_pad_id(), other, corrections=(Correction(other.strokes[:1], "Q"),))
    # its strokes are written anew, others among them
    archive.keep(pad, Ink((stroke(0), *kept.strokes)))
    laid = archive.lay(pad)
    assert told(laid.ink, laid.corrections) == [([2, 3], "R")]


def test_a_correction_whose_strokes_are_gone_is_gone_and_comes_back_with_them(archive):
    pad, kept = new_pad_id(), ink(1, 2, 3)
    archive.keep(pad, kept, corrections=(Correction(kept.strokes[1:], "R"),))
    archive.keep(pad, Ink(kept.strokes[:2]))
    assert rows(archive.path, "SELECT * FROM corrections") == []
    archive.keep(pad, kept)  # undone
    laid = archive.lay(pad)
    assert told(laid.ink, laid.corrections) == [([1, 2], "R")]


def test_only_the_corrections_that_changed_are_written(archive):
    pad, kept = new_pad_id(), ink(*range(100))
    said = tuple(Correction((each,), "R") for each in kept.strokes)
    archive.keep(pad, kept, corrections=said[:-1])
    before = archive._db.total_changes
    archive.keep(pad, kept, corrections=said[:-1])
    assert archive._db.total_changes == before
    archive.keep(pad, kept, corrections=said)
    assert archive._db.total_changes - before == 1
    before = archive._db.total_changes
    archive.keep(pad, kept.extended(stroke(100)))
    assert archive._db.total_changes - before == 2  # the entry and the stroke
    laid = archive.lay(pad)
    before = archive._db.total_changes
    archive.keep(pad, laid.ink, corrections=laid.corrections)
    assert archive._db.total_changes == before


def test_a_correction_makes_no_pad_newer(archive):
    first, second = keep_past(archive, "one", "two")
    laid = archive.lay(first)
    archive.keep(first, laid.ink, corrections=(Correction(laid.ink.strokes, "R"),))
    archive.keep(new_pad_id(), Ink())
    assert [entry.id for entry in archive.pads()] == [second, first]


def test_a_copy_of_a_pad_takes_along_what_was_put_right(archive, path):
    pad, kept = new_pad_id(), ink(1, 2)
    archive.keep(pad, kept, live=stroke(3), corrections=(Correction(kept.strokes, "R"),))
    with closing(Archive(path)) as other:
        copy = other.lay(pad)
        assert copy.id != pad
        assert told(copy.ink, copy.corrections) == [([0, 1], "R")]
        other.keep(copy.id, copy.ink, corrections=copy.corrections)
        again = other.lay(copy.id)
        assert told(again.ink, again.corrections) == [([0, 1], "R")]


def test_a_deleted_pad_takes_along_what_was_put_right(archive, path):
    pad, kept = new_pad_id(), ink(1)
    archive.keep(pad, kept, corrections=(Correction(kept.strokes, "R"),))
    archive.delete(pad)
    assert rows(path, "SELECT * FROM corrections") == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("places", ""),
        ("places", "one two"),
        ("places", "17"),
        ("places", "9" * 5000),
        ("places", b"\xff"),
        ("text", b"\xff"),
        ("text", ""),
        ("text", 7.5),
    ],
)
def test_a_correction_that_is_none_costs_no_more_than_itself(archive, path, column, value):
    pad, kept = new_pad_id(), ink(1, 2)
    said = tuple(Correction((each,), "R") for each in kept.strokes)
    archive.keep(pad, kept, corrections=said)
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"UPDATE corrections SET {column} = ? WHERE number = 1", (value,))  # noqa: S608
        db.commit()
    laid = archive.lay(pad)
    after = told(laid.ink, laid.corrections)
    assert ([1], "R") in after
    assert len(after) == 1 or after[0] == ([0], "7.5")  # the column makes it text
    archive.keep(pad, laid.ink, corrections=laid.corrections)
    laid = archive.lay(pad)
    assert told(laid.ink, laid.corrections) == after
    assert len(rows(path, "SELECT * FROM corrections")) == len(after)


def test_a_correction_that_a_damaged_disk_took_costs_no_other(archive, path):
    pad, kept = new_pad_id(), ink(1, 2, 3, 4)
    said = tuple(Correction((each,), "R") for each in kept.strokes)
    archive.keep(pad, kept, corrections=said[:3])
    with closing(sqlite3.connect(path)) as db:
        db.execute("DELETE FROM corrections WHERE number = 2")
        db.commit()
    laid = archive.lay(pad)
    more = Correction(laid.ink.strokes[3:], "Q")
    archive.keep(pad, laid.ink, corrections=(*laid.corrections, more))
    laid = archive.lay(pad)
    assert told(laid.ink, laid.corrections) == [([0], "R"), ([2], "R"), ([3], "Q")]


@on_disk
@given(moves_of_different_strokes, st.data())
def test_whatever_is_done_to_the_ink_what_was_put_right_stays_right(tmp_path_factory, done, data):
    path = tmp_path_factory.mktemp("told") / "pads.sqlite3"
    pad, number = new_pad_id(), itertools.count(2_000_000)
    archive, strokes, said = Archive(path), [], ()
    try:
        for move, at in done:
            if move == "reopen":
                archive.close()
                archive = Archive(path)
                laid = archive.restore() or LaidPad(pad, Ink())
                expected = there(said, strokes)
                assert told(laid.ink, laid.corrections) == told(Ink(tuple(strokes)), expected)
                assert same(laid.ink, Ink(tuple(strokes)))
                strokes, said = list(laid.ink.strokes), laid.corrections
                continue
            if move != "twice":  # nobody can tell of which of the two it was said
                strokes = moved(strokes, move, at)
            if strokes and data.draw(st.booleans()):
                parts = data.draw(st.lists(st.sampled_from(strokes), min_size=1, unique=True))
                sign = data.draw(st.none() | st.text(st.characters(codec="utf-8"), min_size=1))
                said = (*said, Correction(tuple(parts), sign))
                archive.keep(pad, Ink(tuple(strokes)), corrections=said)
            elif data.draw(st.booleans()):
                # another pad between, so that this one is written whole
                archive.keep(new_pad_id(), ink(next(number)))
                archive.keep(pad, Ink(tuple(strokes)))
                said = there(said, strokes)
            else:
                archive.keep(pad, Ink(tuple(strokes)))
    finally:
        archive.close()
        shutil.rmtree(path.parent)


def there(said: tuple[Correction, ...], strokes: list[Stroke]) -> tuple[Correction, ...]:
    return tuple(one for one in said if set(strokes).issuperset(one.strokes))


# --- the history ---


def keep_past(archive: Archive, *texts: str) -> list[PadId]:
    """Past pads with these texts, the last of them the newest, and an empty one on the desk."""
    pads = [new_pad_id() for _ in texts]
    for x, (pad, text) in enumerate(zip(pads, texts, strict=True)):
        archive.keep(pad, ink(*range(x + 1)), text=text)
    archive.keep(new_pad_id(), Ink())
    return pads


def test_past_pads_are_listed_newest_first(archive):
    first, second = keep_past(archive, "one", "two")
    newest, oldest = archive.pads()
    assert (newest.id, newest.text, newest.strokes) == (second, "two", 2)
    assert (oldest.id, oldest.text, oldest.strokes) == (first, "one", 1)
    assert newest.changed > oldest.changed >= 1_790_000_000
    assert archive.pads(limit=1) == (newest,)


def test_a_pad_that_is_written_on_again_is_the_newest_and_began_when_it_did(archive):
    first, _ = keep_past(archive, "one", "two")
    began = archive.pads()[1].began
    laid = archive.lay(first)
    archive.keep(first, laid.ink.extended(stroke(9)))
    archive.keep(new_pad_id(), Ink())
    newest = archive.pads()[0]
    assert newest.id == first
    assert newest.began == began < newest.changed


def test_a_text_alone_makes_no_pad_newer(archive):
    first, second = keep_past(archive, "one", "two")
    laid = archive.lay(first)
    archive.keep(first, laid.ink, text="0ne")
    archive.keep(new_pad_id(), Ink())
    assert [(entry.id, entry.text) for entry in archive.pads()] == [(second, "two"), (first, "0ne")]


def test_a_text_that_is_not_known_stays_as_it_was(archive):
    pad, kept = new_pad_id(), ink(1)
    archive.keep(pad, kept, text="one")
    archive.keep(pad, kept.extended(stroke(2)))
    archive.keep(new_pad_id(), Ink())
    assert archive.pads()[0].text == "one"


def test_the_pad_on_the_desk_is_not_past(archive):
    archive.keep(new_pad_id(), ink(1))
    assert archive.pads() == ()


def test_an_empty_pad_leaves_no_trace(archive, path):
    pad = new_pad_id()
    archive.keep(pad, Ink())
    archive.keep(pad, ink(1), live=stroke(2))
    archive.keep(pad, Ink())
    archive.keep(new_pad_id(), Ink())
    assert archive.pads() == ()
    for table in ("pads", "strokes", "live", "corrections"):
        assert rows(path, f"SELECT * FROM {table}") == []  # noqa: S608  # a name of ours


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("", {"Milk and bread", "Straße 12", "café 50 %", "a_b"}),
        ("mil", {"Milk and bread"}),  # the beginning of a word
        ("ILK", {"Milk and bread"}),  # case does not count, nor where in the word
        ("bread  milk", {"Milk and bread"}),  # every word, in any order
        ("milk eggs", set()),
        ("STRASSE", {"Straße 12"}),
        ("cafe", {"café 50 %"}),
        ("%", {"café 50 %"}),  # a sign is a sign
        ("_", {"a_b"}),
        ("'; DROP TABLE pads; --", set()),
        ("12", {"Straße 12"}),
    ],
)
def test_the_history_is_searched(archive, search, found):
    keep_past(archive, "Milk and bread", "Straße 12", "café 50 %", "a_b")
    assert {entry.text for entry in archive.pads(search)} == found


# the capital of the dotless i is that of the other i
letters = st.characters(exclude_categories=["Cs"], exclude_characters=chr(0x131))


@on_disk
@given(st.text(letters, max_size=40), st.data())
def test_every_piece_of_a_text_finds_it(tmp_path_factory, text, data):
    path = tmp_path_factory.mktemp("texts") / "pads.sqlite3"
    with closing(Archive(path)) as archive:
        keep_past(archive, text)
        start = data.draw(st.integers(0, len(text)))
        piece = text[start : data.draw(st.integers(start, len(text)))]
        assert [entry.text for entry in archive.pads(piece.swapcase())] == [text]
    shutil.rmtree(path.parent)


def test_a_deleted_pad_is_gone_with_its_ink(archive, path):
    first, second = keep_past(archive, "secret", "two")
    assert archive.delete(first)
    assert [entry.id for entry in archive.pads()] == [second]
    assert not archive.ink(first)
    assert archive.lay(first) is None
    assert rows(path, "SELECT DISTINCT pad FROM strokes") == [(2,)]
    archive.close()
    assert b"secret" not in path.read_bytes()
    assert b"two" in path.read_bytes()


def test_a_past_pad_is_laid_on_the_desk_and_the_other_is_past(archive):
    first, second = keep_past(archive, "one", "two")
    laid = archive.lay(first)
    assert laid.id == first
    assert xs(laid.ink) == [0]
    assert [entry.id for entry in archive.pads()] == [second]


def test_pads_are_for_their_owner_only(archive, path):
    archive.keep(new_pad_id(), ink(1))
    for file in (path, path.with_name(path.name + "-wal")):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


# --- several programs at once ---


def test_two_programs_do_not_take_each_others_pads(archive, path):
    mine, theirs = new_pad_id(), new_pad_id()
    archive.keep(mine, ink(1))
    with closing(Archive(path)) as other:
        assert other.restore() is None
        other.keep(theirs, ink(2))
        archive.keep(mine, ink(1, 3))
        assert [entry.id for entry in other.pads()] == [mine]
        assert not other.delete(mine)
        copy = other.lay(mine)
        assert copy.id not in (mine, theirs)
        assert xs(copy.ink) == [1, 3]
        other.keep(copy.id, copy.ink.extended(stroke(4)))
    assert xs(archive.ink(mine)) == [1, 3]
    assert archive.delete(theirs)
    archive.close()
    with closing(Archive(path)) as again:  # the newest of both
        assert again.restore().id == copy.id
        with closing(Archive(path)) as another:
            assert another.restore().id == mine


def test_of_two_programs_that_ended_the_next_gets_the_newest_pad(path, clock):
    with closing(Archive(path, now=clock)) as one, closing(Archive(path, now=clock)) as other:
        newest, empty = new_pad_id(), new_pad_id()
        other.keep(newest, ink(2))
        one.keep(empty, Ink())
    with closing(Archive(path)) as again:
        assert again.restore().id == newest


def test_of_many_programs_that_start_at_once_each_gets_a_desk_of_its_own(path):
    code = (
        "import sys; from pathlib import Path; from core.archive import open_archive;"
        "archive = open_archive(Path(sys.argv[1])).archive;"
        "print(archive._desk, flush=True); sys.stdin.read(); archive.close()"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(path)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    found = sorted(int(each.stdout.readline()) for each in running)
    for each in running:
        each.communicate("", timeout=60)
        assert each.returncode == 0
    assert found == [1, 2, 3, 4]


def test_the_desk_of_a_program_that_was_killed_is_free(path):
    code = (
        "import sys; from pathlib import Path; from core.archive import Archive, new_pad_id;"
        "from core.ink import Ink, Stroke; import numpy as np;"
        "archive = Archive(Path(sys.argv[1]));"
        "one = Stroke.through(np.ones((3, 2), np.float32));"
        "archive.keep(new_pad_id(), Ink((one,)), live=one);"
        "print('kept', flush=True); sys.stdin.read()"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code, str(path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with child:
        assert child.stdout.readline() == "kept\n"
        with closing(Archive(path)) as beside:  # it runs, and its pad is its own
            assert beside._desk == 2
            assert beside.restore() is None
        child.send_signal(signal.SIGKILL)
        child.wait(60)
    with closing(Archive(path)) as after:
        assert after._desk == 1
        assert len(after.restore().ink.strokes) == 2


# --- bad files and full disks ---


def test_a_file_that_is_no_archive_is_set_aside_and_a_new_one_begun(path):
    path.parent.mkdir()
    path.write_bytes(b"not a database, but longer than the header of one" * 100)
    with pytest.raises(DamagedArchiveError):
        Archive(path)
    opened = open_archive(path)
    with closing(opened.archive) as archive:
        assert opened.damaged == path.with_name("pads.sqlite3.damaged-1")
        assert opened.damaged.read_bytes().startswith(b"not a database")
        archive.keep(new_pad_id(), ink(1))
    assert open_and_close(path) is None
    path.write_bytes(b"again" * 1000)
    assert open_and_close(path) == path.with_name("pads.sqlite3.damaged-2")


def open_and_close(path: Path) -> Path | None:
    opened = open_archive(path)
    opened.archive.close()
    return opened.damaged


def test_another_programs_database_is_set_aside(path):
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE pads (number)")
        db.commit()
    assert open_and_close(path) == path.with_name("pads.sqlite3.damaged-1")


def test_an_empty_file_becomes_an_archive(path):
    path.parent.mkdir()
    path.touch()
    assert open_and_close(path) is None
    assert open_and_close(path) is None


def test_an_archive_without_one_of_its_tables_is_damaged(archive, path):
    archive.close()
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TABLE live")
        db.commit()
    assert open_and_close(path) is not None


def test_a_later_versions_archive_is_left_alone(archive, path):
    keep_past(archive, "one")
    archive.close()
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 2")
    before = path.read_bytes()
    with pytest.raises(NewerArchiveError):
        open_archive(path)
    assert path.read_bytes() == before


def page_of(path: Path, needle: bytes) -> int:
    """Where the page begins that holds `needle`."""
    at = path.read_bytes().index(needle)
    size = rows(path, "PRAGMA page_size")[0][0]
    return at - at % size


def overwrite(path: Path, start: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        file.write(data)


def test_what_can_still_be_read_in_a_damaged_archive_is_saved(archive, path):
    good, bad = new_pad_id(), new_pad_id()
    kept = ink(1, 2)
    said = (Correction(kept.strokes, "R"), Correction(kept.strokes[:1]))
    archive.keep(good, kept, live=stroke(5), text="good", corrections=said)
    broken = Ink(tuple(stroke(12345.5 + x, points=100) for x in range(30)))
    each = tuple(Correction((one,), "R") for one in broken.strokes)
    archive.keep(bad, broken, text="bad", corrections=each)
    archive.close()
    needle = broken.strokes[15].points[0].tobytes()
    overwrite(path, page_of(path, needle), b"\xff" * 64)
    with closing(Archive(path)) as damaged, pytest.raises(DamagedArchiveError):
        damaged.restore()
    opened = renew_after_damage(path)
    with closing(opened.archive) as renewed:
        assert opened.damaged is not None
        assert xs(renewed.ink(good)) == [1, 2, 5]
        assert [entry.text for entry in renewed.pads()] == ["good"]
        laid = renewed.restore()
        assert laid.id == bad
        # what lay on the page is lost, and no more
        assert 24 <= len(laid.ink.strokes) < 30
        assert len(laid.corrections) == len(laid.ink.strokes)
        assert {one.strokes for one in laid.corrections} == {(one,) for one in laid.ink.strokes}
        found = renewed.lay(good)
        assert told(found.ink, found.corrections) == [([0, 1], "R"), ([0], None)]
        renewed.keep(bad, broken)
        assert same(renewed.ink(bad), broken)


def renew_after_damage(path: Path):
    archive = Archive(path)
    with pytest.raises(DamagedArchiveError):
        archive.restore()
    return renew_archive(archive)


def test_two_programs_that_find_the_same_damage_set_it_aside_once(archive, path):
    keep_past(archive, "one")
    beside = Archive(path)
    first = renew_archive(archive)
    second = renew_archive(beside)
    with closing(first.archive), closing(second.archive):
        assert first.damaged is not None
        assert second.damaged is None
        assert [entry.text for entry in second.archive.pads()] == ["one"]
        assert not path.with_name("pads.sqlite3.damaged-2").exists()


def test_a_stroke_that_is_none_is_left_out_and_its_place_can_be_written(archive, path):
    pad, kept = new_pad_id(), ink(1, 2, 3)
    archive.keep(pad, kept)
    nan = np.full((2, 4), np.nan, "<f4").tobytes()
    for bad in (nan, b"12345", b"", "text"):
        with closing(sqlite3.connect(path)) as db:
            places = [place for (place,) in db.execute("SELECT place FROM strokes ORDER BY place")]
            db.execute("UPDATE strokes SET points = ? WHERE place = ?", (bad, places[1]))
            db.commit()
        assert xs(archive.ink(pad)) == [1, 3]
    laid = archive.lay(pad)
    archive.keep(pad, Ink((laid.ink.strokes[0], stroke(4), laid.ink.strokes[1])))
    assert xs(archive.ink(pad)) == [1, 4, 3]


def test_a_full_disk_is_told_and_what_was_kept_stays(archive, path):
    pad, kept = new_pad_id(), ink(1, 2)
    archive.keep(pad, kept)
    pages = rows(path, "PRAGMA page_count")[0][0]
    archive._db.execute(f"PRAGMA max_page_count = {pages + 2}")
    large = kept.extended(stroke(3, points=5000))
    with pytest.raises(UnwritableArchiveError) as caught:
        archive.keep(pad, large)
    assert "full" in caught.value.reason
    assert xs(archive.ink(pad)) == [1, 2]
    archive._db.execute("PRAGMA max_page_count = 1000000")
    archive.keep(pad, large)
    assert same(archive.ink(pad), large)


FILL = """
import resource, signal, sys
from pathlib import Path
import numpy as np
from core.archive import Archive, new_pad_id
from core.errors import UnwritableArchiveError
from core.ink import PLAIN, WIDEST_STYLE, Colour, Ink, Stroke, StrokeKind, StrokeStyle

path, limit = Path(sys.argv[1]), int(sys.argv[2])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
archive, pad, ink = Archive(path), new_pad_id(), Ink()
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
kept = failed = 0
for x in range(60):
    ink = ink.extended(Stroke(np.full((1000, 4), 0.5, np.float32)))
    try:
        archive.keep(pad, ink)
        kept = len(ink.strokes)
    except UnwritableArchiveError:
        failed += 1
assert 0 < kept < 60, kept
assert len(archive.ink(pad).strokes) == kept
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
archive.keep(pad, ink)
archive.close()
print(failed, len(Archive(path).ink(pad).strokes))
"""


def test_a_file_that_may_not_grow_is_told_and_the_ink_is_kept_when_it_may(path):
    """The system's own refusal, in the middle of a write."""
    assert resource.RLIM_INFINITY  # a POSIX system
    done = subprocess.run(
        [sys.executable, "-c", FILL, str(path), str(400_000)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    failed, found = map(int, done.stdout.split())
    assert failed > 0
    assert found == 60


def test_a_folder_that_cannot_be_made_is_a_known_error(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(UnwritableArchiveError) as caught:
        open_archive(tmp_path / "file" / "pads.sqlite3")
    assert "pads.sqlite3" in str(caught.value)


def test_a_path_that_is_a_folder_is_a_known_error(path):
    path.mkdir(parents=True)
    with pytest.raises(UnwritableArchiveError):
        open_archive(path)


def test_a_file_that_was_taken_away_is_noticed(archive, path):
    archive.keep(new_pad_id(), ink(1))
    assert archive.in_place
    path.rename(path.with_name("elsewhere"))
    assert not archive.in_place
    path.touch()
    assert not archive.in_place


def test_an_archive_closes_twice(archive):
    archive.close()
    archive.close()
