"""The bench's own reckoning: quartiles, what counts as worse, what is written."""

from __future__ import annotations

import json

import pytest

from bench import readme, records
from bench.rows import exact, measured, quartiles, timed


def last(row):
    return {"rows": [vars(row)]}


def speed(values):
    return measured("speed", values, unit="tiles/s", better="higher")


def test_quartiles_of_one_value_are_that_value():
    assert quartiles([3.0]) == (3.0, 3.0, 3.0)


def test_quartiles_are_of_the_values_in_any_order():
    assert quartiles([4.0, 1.0, 3.0, 2.0, 5.0]) == (2.0, 3.0, 4.0)


def test_durations_are_told_in_their_unit():
    assert timed("start", [0.2, 0.2]).value == pytest.approx(200)
    assert timed("page", [0.2, 0.2], unit="s").value == pytest.approx(0.2)


def test_what_takes_longer_beyond_its_noise_is_worse():
    old = timed("start", [0.10, 0.10, 0.11, 0.11])
    new = timed("start", [0.12, 0.12, 0.13, 0.13])
    assert records.compared(new, last(old)) == "+19 % WORSE"
    assert records.compared(old, last(new)) == "-16 %"


def test_what_takes_longer_within_its_noise_is_not_marked():
    old = timed("start", [0.08, 0.10, 0.12, 0.14])
    new = timed("start", [0.10, 0.12, 0.14, 0.18])
    assert records.compared(new, last(old)) == "+18 %"


def test_what_was_measured_once_is_not_marked():
    old, new = timed("start", [0.1]), timed("start", [0.2])
    assert records.compared(new, last(old)) == "+100 %"


def test_fewer_a_second_is_worse():
    old, new = speed([100.0, 101, 102, 103]), speed([80.0, 81, 82, 83])
    assert records.compared(new, last(old)).endswith("WORSE")
    assert not records.compared(old, last(new)).endswith("WORSE")


def test_a_size_has_no_noise():
    old, new = exact("deb", 60.0, unit="MB"), exact("deb", 70.0, unit="MB")
    assert records.compared(new, last(old)) == "+17 % WORSE"
    assert records.compared(exact("deb", 63.0, unit="MB"), last(old)) == "+5 %"


def test_nothing_is_said_of_what_is_new_or_neither_good_nor_bad():
    row = exact("part", 60.0, unit="MB", better="")
    assert records.compared(row, last(exact("part", 1.0, unit="MB", better=""))) == ""
    assert records.compared(exact("other", 60.0, unit="MB"), last(row)) == ""
    assert records.compared(row, None) == ""


def test_rows_that_were_not_measured_stay(tmp_path, monkeypatch):
    monkeypatch.setattr(records, "RESULTS", tmp_path / "results")
    records.write([exact("a", 1.0, unit="MB"), exact("b", 2.0, unit="MB")])
    path = records.write([exact("b", 3.0, unit="MB")])
    run = json.loads(path.read_text("utf-8"))
    assert [(row["what"], row["value"]) for row in run["rows"]] == [("a", 1.0), ("b", 3.0)]
    assert {"machine", "versions", "commit"} <= set(run)
    assert {"n", "low", "high", "unit", "better", "date", "load"} <= set(run["rows"][0])


def test_the_readme_is_written_between_its_marks(tmp_path, monkeypatch):
    monkeypatch.setattr(readme, "README", tmp_path / "README.md")
    readme.README.write_text(f"before\n{readme.BEGIN}\nold\n{readme.END}\nafter\n", "utf-8")
    row = timed("start to first paint, warm: light bundle", [0.18, 0.19, 0.2])
    readme.write({"rows": [vars(row)], "machine": "a machine"})
    text = readme.README.read_text("utf-8")
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "| first paint, light bundle, warm | 200 ms | 190 ms | 3 |" in text
    assert "a machine" in text
    assert "old" not in text


def test_a_readme_without_the_marks_is_an_error(tmp_path, monkeypatch):
    monkeypatch.setattr(readme, "README", tmp_path / "README.md")
    readme.README.write_text("nothing", "utf-8")
    with pytest.raises(ValueError, match="no place"):
        readme.write({"rows": [], "machine": ""})
