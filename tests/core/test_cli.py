"""The command line, as scripts rely on it: formats, exit statuses, and one complaint a bad file."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from core import VERSION
from core.alphabet import ALPHABETS
from core.cli import BROKEN, DONE, SOME_FAILED, WRONG_USAGE, _parser, main
from core.exporting import FORMATS
from core.ink import Ink
from core.inkml import write_inkml
from core.models import DEFAULT_MODEL, models_folder
from tests.core.handwriting import character, on_sheet, written

ROOT = Path(__file__).resolve().parents[2]


def save(path: Path, ink: Ink) -> str:
    done, data = cv2.imencode(path.suffix, on_sheet(ink)[..., ::-1])
    assert done
    path.write_bytes(data.tobytes())
    return str(path)


@pytest.fixture
def page(tmp_path) -> str:
    """A picture of two lines."""
    return save(tmp_path / "page.png", written("HAT 324\nEEL 477"))


@pytest.fixture
def letter(tmp_path) -> str:
    return save(tmp_path / "letter № Ä.png", character("A"))


@pytest.fixture
def ink(tmp_path) -> str:
    path = tmp_path / "ink.inkml"
    write_inkml(written("AT 7"), path)
    return str(path)


@pytest.fixture
def broken(tmp_path) -> str:
    path = tmp_path / "broken.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n cut short")
    return str(path)


@pytest.fixture
def damaged_models(tmp_path) -> Path:
    """A copy of our models whose twin is damaged."""
    folder = tmp_path / "models"
    shutil.copytree(models_folder() / DEFAULT_MODEL, folder / DEFAULT_MODEL)
    twin = folder / DEFAULT_MODEL / f"{DEFAULT_MODEL}.tflite"
    twin.write_bytes(twin.read_bytes()[:-1])
    return folder


# --- recognize ---------------------------------------------------------------------------------


def test_text_is_the_lines(page, capsys):
    assert main(["recognize", page, "--alphabet", "alnum36"]) == DONE
    assert capsys.readouterr() == ("HAT 324\nEEL 477\n", "")


def test_json_is_the_contract(page, capsys):
    assert main(["recognize", page, "--format", "json", "--alphabet", "alnum36"]) == DONE
    out, err = capsys.readouterr()
    assert (out.count("\n"), err) == (1, "")
    (whole,) = [json.loads(line) for line in out.splitlines()]
    assert list(whole) == [
        "source",
        "page",
        "width",
        "height",
        "text",
        "model",
        "alphabet",
        "lines",
    ]
    height, width = cv2.imread(page).shape[:2]
    assert (whole["source"], whole["page"]) == (page, 1)
    assert (whole["width"], whole["height"]) == (width, height)
    assert (whole["text"], whole["model"]) == ("HAT 324\nEEL 477", DEFAULT_MODEL)
    assert whole["alphabet"] == "alnum36"
    assert [line["text"] for line in whole["lines"]] == ["HAT 324", "EEL 477"]
    for line in whole["lines"]:
        assert list(line) == ["text", "box", "words"]
        for word in line["words"]:
            assert list(word) == ["text", "box", "confidence", "glyphs"]
            for glyph in word["glyphs"]:
                assert list(glyph) == ["text", "box", "confidence", "stray", "candidates"]
                assert len(glyph["candidates"]) == 5
                sign, share = glyph["candidates"][0]
                assert (sign, share) == (glyph["text"], glyph["confidence"])
                assert 0 <= share <= 1
                x, y, across, down = glyph["box"]
                assert 0 <= x < x + across <= width
                assert 0 <= y < y + down <= height


def test_csv_is_a_row_a_glyph(page, capsys):
    assert main(["recognize", page, "--format", "csv", "--alphabet", "alnum36", "--top", "2"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert "".join(row["text"] for row in rows) == "HAT324EEL477"
    assert {row["source"] for row in rows} == {page}
    assert [row["line"] for row in rows] == ["1"] * 6 + ["2"] * 6
    assert {"candidate_1", "probability_2"} <= set(rows[0])
    assert "candidate_3" not in rows[0]


def test_ink_is_read_as_pictures_are(ink, capsys):
    assert main(["recognize", ink, "--format", "json", "--alphabet", "alnum36"]) == DONE
    whole = json.loads(capsys.readouterr().out)
    assert (whole["source"], whole["page"], whole["text"]) == (ink, 1, "AT 7")


def test_a_file_name_of_any_characters(letter, capsys):
    assert main(["recognize", letter, "--format", "json"]) == DONE
    whole = json.loads(capsys.readouterr().out)
    assert (whole["source"], whole["text"]) == (letter, "A")


def test_every_page_of_a_file_is_an_object(tmp_path, capsys):
    path = tmp_path / "pages.tiff"
    pages = [on_sheet(character(sign)) for sign in "A7"]
    assert cv2.imwritemulti(str(path), pages)
    assert main(["recognize", str(path), "--format", "json"]) == DONE
    read = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(page["page"], page["text"]) for page in read] == [(1, "A"), (2, "7")]


def test_blank_paper_is_no_class(tmp_path, capsys):
    path = tmp_path / "blank.png"
    cv2.imwrite(str(path), np.full((50, 70), 255, np.uint8))
    assert main(["recognize", str(path), "--format", "json"]) == DONE
    whole = json.loads(capsys.readouterr().out)
    assert (whole["text"], whole["lines"]) == ("", [])


@pytest.mark.parametrize("top", [1, 3, 10])
def test_top_is_how_many_candidates(letter, top, capsys):
    assert main(["recognize", letter, "--format", "json", "--top", str(top)]) == DONE
    (line,) = json.loads(capsys.readouterr().out)["lines"]
    candidates = line["words"][0]["glyphs"][0]["candidates"]
    assert len(candidates) == top
    assert candidates == sorted(candidates, key=lambda pair: -pair[1])


@pytest.mark.parametrize("name", ALPHABETS)
def test_the_alphabet_says_what_may_come_out(letter, name, capsys):
    assert main(["recognize", letter, "--format", "json", "--alphabet", name]) == DONE
    whole = json.loads(capsys.readouterr().out)
    assert whole["alphabet"] == name
    candidates = whole["lines"][0]["words"][0]["glyphs"][0]["candidates"]
    assert {sign for sign, _ in candidates} <= set(ALPHABETS[name].labels)


def test_without_an_alphabet_it_is_the_models_own(letter, capsys):
    assert main(["recognize", letter, "--format", "json"]) == DONE
    assert json.loads(capsys.readouterr().out)["alphabet"] == "ascii94"


@pytest.mark.parametrize(
    ("layout", "glyphs"), [("auto", [7, 7]), ("page", [7, 7]), ("character", [1])]
)
def test_the_layout_says_what_the_page_is(tmp_path, layout, glyphs, capsys):
    path = save(tmp_path / "page.png", written("HAT3247\nEEL4772"))
    assert main(["recognize", path, "--format", "json", "--layout", layout]) == DONE
    whole = json.loads(capsys.readouterr().out)
    counts = [sum(len(w["glyphs"]) for w in line["words"]) for line in whole["lines"]]
    assert counts == glyphs


def test_layout_line_is_one_line(page, capsys):
    assert main(["recognize", page, "--format", "json", "--layout", "line"]) == DONE
    assert len(json.loads(capsys.readouterr().out)["lines"]) == 1


@pytest.mark.parametrize("engine", ["litert", "keras"])
def test_both_engines_read(letter, engine, capsys):
    assert main(["recognize", letter, "--engine", engine]) == DONE
    assert capsys.readouterr().out == "A\n"


# --- What can go wrong -------------------------------------------------------------------------


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_bad_input_is_named_and_the_others_are_done(letter, ink, broken, place, capsys):
    paths = [letter, ink]
    paths.insert(place, broken)
    assert main(["recognize", *paths, "--format", "json"]) == SOME_FAILED
    out, err = capsys.readouterr()
    assert [json.loads(line)["source"] for line in out.splitlines()] == [letter, ink]
    assert broken in err
    assert letter not in err
    assert err.count("\n") == 1


BAD_FILES: dict[str, bytes | None] = {
    "missing.png": None,
    "empty.png": b"",
    "text.png": b"Dear diary",
    "cut.jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "cut.inkml": b"<ink xmlns='http://www.w3.org/2003/InkML'><trace>1 2, 3",
    "no-ink.inkml": b"<ink xmlns='http://www.w3.org/2003/InkML'></ink>",
    "web.html": b"<html><body>7</body></html>",
    "bomb.inkml": b"<!DOCTYPE i [<!ENTITY a 'aaaa'>]><ink><trace>&a;</trace></ink>",
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_one_sentence_that_names_it(tmp_path, name, capsys):
    path = tmp_path / name
    if BAD_FILES[name] is not None:
        path.write_bytes(BAD_FILES[name])
    assert main(["recognize", str(path)]) == SOME_FAILED
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"glyphpad-cli: {path}: ")
    assert err.count("\n") == 1
    assert err.endswith(".\n")


def test_a_folder_is_named(tmp_path, capsys):
    assert main(["recognize", str(tmp_path)]) == SOME_FAILED
    assert str(tmp_path) in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["recognise", "a.png"],
        ["recognize"],
        ["recognize", "a.png", "--format", "xml"],
        ["recognize", "a.png", "--alphabet", "runes"],
        ["recognize", "a.png", "--layout", "spiral"],
        ["recognize", "a.png", "--engine", "steam"],
        ["recognize", "a.png", "--top", "0"],
        ["recognize", "a.png", "--top", "-3"],
        ["recognize", "a.png", "--top", "many"],
        ["recognize", "a.png", "--colour"],
        ["train"],
        ["evaluate"],
    ],
)
def test_wrong_usage_is_2(arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == WRONG_USAGE
    out, err = capsys.readouterr()
    assert out == ""
    assert "usage: glyphpad-cli" in err


def test_an_alphabet_wider_than_the_model_is_wrong_usage(letter, tmp_path, capsys):
    """A model of digits cannot tell letters apart; its logits are never asked for."""
    folder = tmp_path / "models"
    home = Path(shutil.copytree(models_folder() / DEFAULT_MODEL, folder / DEFAULT_MODEL))
    manifest = home / "manifest.json"
    text = manifest.read_text(encoding="utf-8")
    assert '"alphabet": "ascii94"' in text
    text = text.replace('"alphabet": "ascii94"', '"alphabet": "digits"', 1)
    manifest.write_text(text, encoding="utf-8")
    status = main(["--models", str(folder), "recognize", letter, "--alphabet", "alnum62"])
    assert status == WRONG_USAGE
    assert "alnum62" in capsys.readouterr().err


def test_a_model_that_is_not_there_is_3(letter, capsys):
    assert main(["recognize", letter, "--model", "nowhere"]) == BROKEN
    out, err = capsys.readouterr()
    assert out == ""
    assert "nowhere" in err


def test_a_damaged_model_is_3_and_its_file_named(letter, damaged_models, capsys):
    folder = ["--models", str(damaged_models)]
    twin = str(damaged_models / DEFAULT_MODEL / f"{DEFAULT_MODEL}.tflite")
    assert main([*folder, "recognize", letter, "--engine", "litert"]) == BROKEN
    assert twin in capsys.readouterr().err
    # the weights are whole, so that the work can be done
    assert main([*folder, "recognize", letter]) == DONE
    assert capsys.readouterr().out == "A\n"


# --- models, self-check ------------------------------------------------------------------------


def test_models_lists_them(capsys):
    assert main(["models"]) == DONE
    out, err = capsys.readouterr()
    assert out.startswith(f"{DEFAULT_MODEL}  ")
    assert "ascii94" in out.splitlines()[0]
    assert err == ""


def test_models_tells_a_damaged_one(damaged_models, capsys):
    assert main(["--models", str(damaged_models), "models"]) == BROKEN
    out, err = capsys.readouterr()
    assert out == ""
    assert f"{DEFAULT_MODEL}.tflite" in err


def test_no_models_at_all_is_3(tmp_path, capsys):
    assert main(["--models", str(tmp_path), "models"]) == BROKEN
    assert str(tmp_path) in capsys.readouterr().err


def test_self_check_passes(capsys):
    assert main(["self-check"]) == DONE
    out, err = capsys.readouterr()
    assert err == ""
    assert all(line.startswith("ok ") for line in out.splitlines())
    for what in ("SHA-256", "litert reads ink", "keras reads a picture", "engines agree", "InkML"):
        assert what in out


def test_self_check_of_damaged_models_is_3(damaged_models, capsys):
    assert main(["--models", str(damaged_models), "self-check"]) == BROKEN
    failed = [line for line in capsys.readouterr().out.splitlines() if line.startswith("FAILED")]
    assert f"{DEFAULT_MODEL}.tflite" in failed[0]


def test_self_check_without_models_is_3(tmp_path, capsys):
    assert main(["--models", str(tmp_path), "self-check"]) == BROKEN
    assert "FAILED" in capsys.readouterr().out


# --- train, evaluate ---------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["train", "evaluate"])
def test_missing_data_is_named(tmp_path, monkeypatch, command, capsys):
    monkeypatch.setenv("GLYPHPAD_DATA", str(tmp_path / "nowhere"))
    extra = ["--run", str(tmp_path / "run")] if command == "train" else []
    assert main([command, DEFAULT_MODEL, *extra]) == SOME_FAILED
    err = capsys.readouterr().err
    assert str(tmp_path / "nowhere") in err
    assert "no such file" in err
    assert err.count("\n") == 1


def test_there_is_no_recipe_for_any_name(tmp_path, capsys):
    assert main(["train", "alphago", "--run", str(tmp_path)]) == SOME_FAILED
    err = capsys.readouterr().err
    assert "no recipe for alphago" in err
    assert DEFAULT_MODEL in err


def test_evaluate_of_a_missing_model_is_3(capsys):
    assert main(["evaluate", "nowhere"]) == BROKEN
    assert "nowhere" in capsys.readouterr().err


# --- The program itself ------------------------------------------------------------------------


def run(*arguments: str, **options) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "core", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        **options,
    )


def test_the_program_prints_and_exits_as_main_returns(letter, broken):
    done = run("recognize", letter, broken)
    assert (done.returncode, done.stdout) == (SOME_FAILED, "A\n")
    assert broken in done.stderr
    assert "Traceback" not in done.stderr


def test_the_program_says_its_version_and_its_options():
    assert run("--version").stdout == f"glyphpad-cli {VERSION}\n"
    assert "self-check" in run("--help").stdout


def test_wrong_usage_of_the_program_is_2():
    done = run("recognize")
    assert done.returncode == WRONG_USAGE
    assert "usage:" in done.stderr


def test_the_program_reads_where_the_terminal_has_no_utf8(letter):
    done = run("recognize", letter, "--format", "json", env={**os.environ, "LC_ALL": "C"})
    assert json.loads(done.stdout)["source"] == letter


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_reader_that_has_seen_enough_is_no_fault(page, form):
    """As `glyphpad-cli recognize ... | head -1` is."""
    command = [sys.executable, "-m", "core", "recognize", page, "--format", form]
    buffered = {name: os.environ[name] for name in os.environ if name != "PYTHONUNBUFFERED"}
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=buffered,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        program.stdout.close()
        assert program.wait(timeout=120) == DONE
        assert "BrokenPipe" not in program.stderr.read()


def test_every_format_has_its_place_on_the_command_line():
    for name in FORMATS:
        assert _parser().parse_args(["recognize", "a.png", "--format", name]).format == name
