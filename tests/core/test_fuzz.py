"""Damaged files of every format, each opened in another process: no crash, no hang, no surprise."""

from __future__ import annotations

import pytest

pytest.importorskip("resource", reason="memory cannot be limited there")

from core.picture import PICTURE_FORMATS, picture_format
from scripts import fuzz
from scripts.fuzz_seeds import SEEDS
from tests.core import fuzz_victims

COUNT = 60


def test_every_format_has_whole_files_to_damage(tmp_path):
    assert set(SEEDS) == {kind.name for kind in PICTURE_FORMATS} | {"InkML"}
    path = tmp_path / "file"
    for name, make in SEEDS.items():
        for data in make():
            kind = picture_format(data)
            assert (kind.name if kind else "InkML") == name
            path.write_bytes(data)
            fuzz.open_file(path)


def test_a_damaged_file_can_be_made_again():
    for kind in SEEDS:
        files = [fuzz.damaged(kind, 3, index) for index in range(30)]
        assert files == [fuzz.damaged(kind, 3, index) for index in range(30)]
        assert len(set(files)) > 20
        assert files != [fuzz.damaged(kind, 4, index) for index in range(30)]


def test_damaged_files_open_or_are_refused(tmp_path, capsys):
    keep = tmp_path / "keep"
    status = fuzz.main(["--count", str(COUNT), "--seed", "5", "--keep", str(keep)])
    printed = capsys.readouterr().out
    found = [path.read_text() for path in keep.glob("*.txt")] if keep.exists() else []
    assert (status, found) == (0, []), printed
    rows = {row.split()[0]: row.split()[1:] for row in printed.splitlines()[1:]}
    assert set(rows) == set(SEEDS)
    for opened, refused in ((int(row[1]), int(row[2])) for row in rows.values()):
        # neither harmless nor hopeless: both ways are walked
        assert opened + refused == COUNT
        assert min(opened, refused) > 0


@pytest.mark.parametrize(
    ("opening", "what", "why"),
    [
        (fuzz_victims.crash, "crashed", "exit status -11"),
        (fuzz_victims.hang, "too slow", "more than"),
        (fuzz_victims.fail, "failed", "KeyError"),
        (fuzz_victims.warn, "failed", "RuntimeWarning"),
        (fuzz_victims.grow, "failed", "MemoryError"),
    ],
)
def test_whatever_goes_wrong_is_found_and_kept(tmp_path, opening, what, why):
    tallies = fuzz.fuzz(["BMP"], count=2, seed=1, keep=tmp_path, opening=opening, seconds=0.5)
    assert tallies["BMP"].counts == {what: 2}
    for index in range(2):
        kept = tmp_path / f"BMP-1-{index}"
        assert kept.read_bytes() == fuzz.damaged("BMP", 1, index)
        assert why in kept.with_name(f"{kept.name}.txt").read_text()
    assert what in fuzz.table(tallies)


def test_the_run_goes_on_after_a_crash(tmp_path):
    tallies = fuzz.fuzz(
        ["BMP"], count=12, seed=1, keep=tmp_path, opening=fuzz_victims.crash_of_some
    )
    counts = tallies["BMP"].counts
    assert counts["crashed"] + counts["opened"] == 12
    assert min(counts.values()) > 1


def test_files_that_are_refused_are_no_finding(tmp_path):
    keep = tmp_path / "keep"
    tallies = fuzz.fuzz(["PNG"], count=3, seed=1, keep=keep, opening=fuzz_victims.refuse)
    assert tallies["PNG"].counts == {"refused": 3}
    assert not keep.exists()
