"""Many files: read in processes, in order, and on when a file or a process fails."""

from __future__ import annotations

import multiprocessing
import os
import time
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from core import batch, reading_files
from core.batch import process_count, run_batch, usable_cores
from core.box import Box
from core.corrections import Correction
from core.errors import DamagedFileError
from core.exporting.structured import format_json
from core.inkml import write_inkml
from core.models import DEFAULT_MODEL
from core.picture import PictureFile
from core.reading_files import FileReader, Order, Outcome, Task, lightened
from tests.core.handwriting import character, on_sheet, written

TASK = Task(model=DEFAULT_MODEL, models=None, engine="auto", alphabet="alnum36")

SIGNS = "A7E4HL23T8"


@dataclass(frozen=True)
class Deadly(Order):
    """A file whose reading kills the process, as the system does when memory runs out."""

    def __reduce__(self):
        return os._exit, (9,)


def save(path: Path, pixels: np.ndarray) -> str:
    assert cv2.imwrite(str(path), pixels)
    return str(path)


@pytest.fixture
def letters(tmp_path) -> list[Order]:
    """A picture of each of SIGNS."""
    return [
        Order(save(tmp_path / f"{number}.png", on_sheet(character(sign))))
        for number, sign in enumerate(SIGNS)
    ]


def texts(outcomes: list[Outcome]) -> list[str]:
    return [page.text for outcome in outcomes for page in outcome.readings]


# --- One file ---------------------------------------------------------------------------------


def test_what_was_put_right_in_an_ink_file_counts(tmp_path):
    path = tmp_path / "ink.inkml"
    ink = written("AT 7")
    write_inkml(ink, path)
    assert texts([FileReader(TASK).outcome(Order(str(path)))]) == ["AT 7"]
    # the two strokes of the A
    write_inkml(ink, path, corrections=(Correction(ink.strokes[:2], "R"),))
    outcome = FileReader(TASK).outcome(Order(str(path)))
    assert texts([outcome]) == ["RT 7"]
    assert outcome.readings[0].glyphs[0].told


def test_a_region_is_all_that_is_read(tmp_path):
    sheet = on_sheet(written("AT 7"))
    picture = save(tmp_path / "page.png", sheet)
    ink = tmp_path / "ink.inkml"
    write_inkml(written("AT 7"), ink)
    (word,) = FileReader(TASK).outcome(Order(picture)).readings[0].lines[0].words[1:]
    right = replace(TASK, region=word.box.grown(15))
    assert texts([FileReader(right).outcome(Order(picture))]) == ["7"]
    # on the sheet, ink lies 40 pixels and half a pen's width further right
    left = replace(TASK, region=Box(-10, -10, word.box.x - 50, 110))
    assert texts([FileReader(left).outcome(Order(str(ink)))]) == ["AT"]


def test_the_steps_of_the_cleaning_are_those_of_the_task(tmp_path, monkeypatch):
    seen = []
    honest = reading_files.recognise_picture

    def watched(*arguments, **options):
        seen.append(options["steps"])
        return honest(*arguments, **options)

    monkeypatch.setattr(reading_files, "recognise_picture", watched)
    task = replace(TASK, steps=replace(TASK.steps, rules=False))
    FileReader(task).outcome(Order(save(tmp_path / "a.png", on_sheet(character("A")))))
    assert seen == [task.steps]


@pytest.fixture
def half_damaged(tmp_path, monkeypatch) -> str:
    """Seven pages, of which four cannot be decoded."""
    path = tmp_path / "pages.tiff"
    assert cv2.imwritemulti(str(path), [on_sheet(character(sign)) for sign in SIGNS[:7]])
    honest = PictureFile.page

    def page(self, number):
        if number in {2, 4, 5, 6}:
            raise DamagedFileError(self.source)
        return honest(self, number)

    monkeypatch.setattr(PictureFile, "page", page)
    return str(path)


def test_pages_that_cannot_be_read_are_named_and_the_others_are_read(half_damaged):
    outcome = FileReader(TASK).outcome(Order(half_damaged))
    assert [(page.page, page.text) for page in outcome.readings] == [(1, "A"), (3, "E"), (7, "2")]
    (problem,) = outcome.problems
    assert problem.startswith(f"{half_damaged}: pages 2, 4-6: the file is damaged")
    assert problem.endswith(".")


def test_what_could_be_read_of_a_file_is_kept(half_damaged, tmp_path):
    target = tmp_path / "pages.txt"
    outcome = FileReader(TASK).outcome(Order(half_damaged, target))
    assert (outcome.readings, len(outcome.problems)) == ((), 1)
    assert target.read_text("utf-8") == "A\nE\n2\n"


def test_nothing_is_made_of_a_file_that_cannot_be_read(tmp_path):
    path = tmp_path / "broken.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n cut short")
    for form in ("text", "pdf", "alto"):
        task = replace(TASK, form=form)
        outcome = FileReader(task).outcome(Order(str(path), tmp_path / "made"))
        assert len(outcome.problems) == 1
        assert not (tmp_path / "made").exists()


@pytest.mark.parametrize(
    ("raised", "said"),
    [(MemoryError(), "not enough memory"), (ZeroDivisionError("oh"), "ZeroDivisionError: oh")],
)
def test_what_no_one_foresaw_costs_one_file_and_is_told(letters, monkeypatch, raised, said):
    honest = reading_files.recognise_picture

    def failing(picture, *arguments, **options):
        if picture.source == letters[1].path:
            raise raised
        return honest(picture, *arguments, **options)

    monkeypatch.setattr(reading_files, "recognise_picture", failing)
    outcomes = list(run_batch(letters[:3], TASK, cores=1))
    assert texts(outcomes) == ["A", "E"]
    (problem,) = outcomes[1].problems
    assert problem.startswith(f"{letters[1].path}: ")
    assert said in problem
    # a bug comes with all that is known of it
    assert ("Traceback" in problem) == isinstance(raised, ZeroDivisionError)


def test_readings_travel_without_what_no_export_writes(letters):
    heavy = FileReader(replace(TASK, top=10)).outcome(letters[0]).readings[0]
    light = lightened(heavy, 2)
    assert [len(glyph.candidates) for glyph in light.glyphs] == [2]
    assert not light.glyphs[0].glyph.tile.any()
    assert format_json([replace(light, lines=lightened(heavy, 2).lines)]) == format_json([light])


# --- Many files -------------------------------------------------------------------------------


def test_files_come_back_in_order_however_many_processes_read_them(letters):
    # the first takes longest
    big = cv2.resize(cv2.imread(letters[0].path), None, fx=6, fy=6)
    assert cv2.imwrite(letters[0].path, big)
    alone = list(run_batch(letters, TASK, cores=1))
    together = list(run_batch(letters, TASK, cores=3))
    assert [outcome.order for outcome in together] == letters
    assert [format_json(each.readings) for each in together] == [
        format_json(each.readings) for each in alone
    ]
    assert texts(together) == list(SIGNS)


def test_results_are_written_by_the_processes(letters, tmp_path):
    orders = [replace(order, target=tmp_path / f"{n}.txt") for n, order in enumerate(letters[:3])]
    outcomes = list(run_batch(orders, TASK, cores=2))
    assert [outcome.readings for outcome in outcomes] == [(), (), ()]
    assert [order.target.read_text("utf-8") for order in orders] == ["A\n", "7\n", "E\n"]


def test_a_file_that_kills_its_process_is_named_and_the_others_are_read(letters):
    deadly = Deadly("deadly.png")
    orders = [*letters[:2], deadly, *letters[2:], deadly]
    outcomes = list(run_batch(orders, TASK, cores=2))
    assert texts(outcomes) == list(SIGNS)
    failed = [(place, each.problems) for place, each in enumerate(outcomes) if each.problems]
    assert [place for place, _ in failed] == [2, len(orders) - 1]
    for _, (problem,) in failed:
        assert problem.startswith("deadly.png: the process that read it was killed")


def test_a_process_that_someone_kills_costs_nothing(letters):
    with closing(run_batch(letters, TASK, cores=2)) as outcomes:
        first = next(outcomes)
        for process in multiprocessing.active_children():
            process.kill()
        others = list(outcomes)
    assert texts([first, *others]) == list(SIGNS)
    assert not [problem for each in others for problem in each.problems]


def test_whoever_has_seen_enough_leaves_no_process(letters):
    outcomes = run_batch(letters, TASK, cores=2)
    next(outcomes)
    began = time.monotonic()
    outcomes.close()
    assert time.monotonic() - began < 3
    assert multiprocessing.active_children() == []


def test_a_broken_model_is_told_by_every_process(letters, tmp_path):
    task = replace(TASK, models=tmp_path)
    for jobs in (1, 2):
        outcomes = list(run_batch(letters[:2], task, cores=jobs))
        assert all(outcome.broken for outcome in outcomes)


def test_only_so_many_files_are_begun_ahead(letters, tmp_path, monkeypatch):
    """The readings of those that are done early are held in memory."""
    begun = []
    honest = batch._Crew.begin

    def begin(self, order):
        begun.append(order)
        return honest(self, order)

    monkeypatch.setattr(batch._Crew, "begin", begin)
    page = tmp_path / "page.png"
    save(page, on_sheet(written("\n".join(["HAT 324 EEL 477"] * 12))))
    many = [Order(str(page)), *letters * 3]
    with closing(run_batch(many, TASK, cores=2)) as outcomes:
        for done, _ in enumerate(outcomes, 1):
            assert len(begun) - done < 2 * 4
    assert begun == many


def test_how_many_processes_are_best():
    all_cores = min(usable_cores(), 8)
    assert process_count(0, cores=None, keras=False) == 1
    assert process_count(1, cores=None, keras=False) == 1
    assert process_count(1000, cores=None, keras=False) == all_cores
    assert process_count(1000, cores=12, keras=False) == 12
    assert process_count(3, cores=12, keras=False) == 3
    assert process_count(1000, cores=1, keras=False) == 1
    assert process_count(1000, cores=None, keras=True) == 1


@pytest.mark.parametrize("cores", [1, 2])
def test_a_file_that_is_alone_has_the_cores(letters, monkeypatch, cores):
    asked = []
    honest = reading_files.open_classifier

    def opened(*arguments, threads):
        asked.append((threads, cv2.getNumThreads()))
        return honest(*arguments, threads=threads)

    monkeypatch.setattr(reading_files, "open_classifier", opened)
    before = cv2.getNumThreads()
    list(run_batch(letters[:1], TASK, cores=cores))
    assert asked == [(cores, cores)]
    assert cv2.getNumThreads() == before
