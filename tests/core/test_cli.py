"""The command line, as scripts rely on it: formats, exit statuses, and one complaint a bad file."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import fields
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest

from core import VERSION
from core.alphabet import ALPHABETS
from core.cleaning import Steps
from core.cli import BROKEN, DONE, SOME_FAILED, WRONG_USAGE, main
from core.cli_parser import command_parser
from core.exporting import FORMATS
from core.ink import Ink
from core.inkml import write_inkml
from core.models import DEFAULT_MODEL, models_folder
from core.recognise_command import SUFFIXES
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
        ["recognize", "a.png", "--jobs", "0"],
        ["recognize", "a.png", "--without", "soap"],
        ["recognize", "a.png", "--region", "1,2,3"],
        ["recognize", "a.png", "--region", "1,2,3,0"],
        ["recognize", "a.png", "--region", "1,2,nan,4"],
        ["recognize", "a.png", "--region", "left"],
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


# --- Where the results go ----------------------------------------------------------------------


@pytest.fixture
def scans(tmp_path, letter, broken) -> Path:
    """A folder with two letters, a damaged file, and what is neither a picture nor ink."""
    folder = tmp_path / "scans"
    folder.mkdir()
    save(folder / "2.png", character("7"))
    shutil.copy(letter, folder / "10.png")
    shutil.copy(broken, folder / "11.png")
    (folder / "notes.txt").write_text("bread, milk", encoding="utf-8")
    return folder


def test_a_folder_is_its_pictures_and_ink(scans, page, capsys):
    assert main(["recognize", str(scans), page, "--alphabet", "alnum36"]) == SOME_FAILED
    out, err = capsys.readouterr()
    assert out == "7\nA\nHAT 324\nEEL 477\n"
    assert err.startswith(f"glyphpad-cli: {scans / '11.png'}: ")
    assert err.count("\n") == 1


@pytest.mark.parametrize("form", SUFFIXES)
def test_a_folder_takes_a_file_a_source(scans, tmp_path, form, capsys):
    out = tmp_path / "made" / "here"
    jobs = "2" if form == "pdf" else "1"
    arguments = ["recognize", str(scans), "--out", str(out), "--format", form, "--jobs", jobs]
    assert main(arguments) == SOME_FAILED
    assert sorted(each.name for each in out.iterdir()) == [
        f"10{SUFFIXES[form]}",
        f"2{SUFFIXES[form]}",
    ]
    assert all(each.stat().st_size for each in out.iterdir())
    printed, err = capsys.readouterr()
    assert (printed, err.count("\n")) == ("", 1)
    if form in FORMATS:
        assert main(["recognize", str(scans / "2.png"), "--format", form]) == DONE
        same = capsys.readouterr().out.encode()
        assert (out / f"2{SUFFIXES[form]}").read_bytes() == same


@pytest.mark.parametrize("form", SUFFIXES)
@pytest.mark.parametrize("count", [1, 2])
def test_a_name_with_an_ending_is_one_file_for_all(scans, tmp_path, form, count, capsys):
    out = tmp_path / "all.result"
    sources = [str(scans / "2.png"), str(scans / "10.png")][:count]
    command = ["recognize", *sources, "--jobs", "2" if form == "pdf" else "1", "--format", form]
    assert main([*command, "--out", str(out)]) == DONE
    assert capsys.readouterr() == ("", "")
    if form in FORMATS:
        assert main(command) == DONE
        assert out.read_bytes() == capsys.readouterr().out.encode()
    else:
        pages = pdfium.PdfDocument(out.read_bytes())
        found = [page.get_textpage().get_text_range().strip() for page in pages]
        assert found == ["7", "A"][:count]


def test_a_pdf_goes_where_standard_output_goes(page, capsysbinary):
    assert main(["recognize", page, "--format", "pdf", "--alphabet", "alnum36"]) == DONE
    (sheet,) = pdfium.PdfDocument(capsysbinary.readouterr().out)
    text = sheet.get_textpage().get_text_range()
    assert [line.strip() for line in text.splitlines()] == ["HAT 324", "EEL 477"]


def test_a_pdf_of_ink_shows_the_ink(ink, tmp_path):
    out = tmp_path / "ink.pdf"
    arguments = ["recognize", ink, "--format", "pdf", "--alphabet", "alnum36", "--out", str(out)]
    assert main(arguments) == DONE
    (sheet,) = pdfium.PdfDocument(out.read_bytes())
    assert sheet.get_textpage().get_text_range().strip() == "AT 7"
    assert sheet.render().to_numpy().min() < 50


def test_files_of_one_stem_keep_their_results_apart(tmp_path, capsys):
    places = [tmp_path / "a.png", tmp_path / "a.bmp", tmp_path / "more" / "a.png"]
    places[2].parent.mkdir()
    for path, sign in zip(places, "A7E", strict=True):
        save(path, character(sign))
    out = tmp_path / "made"
    assert main(["recognize", *map(str, places), "--out", str(out), "--jobs", "1"]) == DONE
    made = {each.name: each.read_text("utf-8") for each in out.iterdir()}
    assert made == {"a.png.txt": "A\n", "a.bmp.txt": "7\n", "a.png-2.txt": "E\n"}


@pytest.mark.parametrize("place", ["made", "made/2.txt"])
def test_nothing_is_replaced_that_no_one_said_so_of(scans, tmp_path, monkeypatch, place, capsys):
    monkeypatch.chdir(tmp_path)
    there = tmp_path / "made" / "2.txt"
    there.parent.mkdir()
    there.write_text("mine", encoding="utf-8")
    arguments = ["recognize", str(scans / "2.png"), "--out", place]
    assert main(arguments) == SOME_FAILED
    assert there.read_text("utf-8") == "mine"
    err = capsys.readouterr().err
    assert "there is such a file already" in err
    assert "--replace" in err
    assert main([*arguments, "--replace"]) == DONE
    assert there.read_text("utf-8") == "7\n"


@pytest.mark.parametrize("out", ["scan.pdf", "."])
def test_what_is_read_is_never_replaced(tmp_path, monkeypatch, out, capsys):
    monkeypatch.chdir(tmp_path)
    save(tmp_path / "scan.png", character("7"))
    assert main(["recognize", "scan.png", "--format", "pdf", "--out", "scan.pdf"]) == DONE
    before = (tmp_path / "scan.pdf").read_bytes()
    arguments = ["recognize", "scan.pdf", "--format", "pdf", "--out", out, "--replace"]
    assert main(arguments) == SOME_FAILED
    assert "would replace a file that is to be read" in capsys.readouterr().err
    assert (tmp_path / "scan.pdf").read_bytes() == before


def test_a_folder_that_cannot_be_made_is_named(letter, tmp_path, capsys):
    (tmp_path / "file").write_text("", encoding="utf-8")
    out = tmp_path / "file" / "folder"
    assert main(["recognize", letter, "--out", str(out)]) == SOME_FAILED
    assert str(out) in capsys.readouterr().err


def test_nothing_is_made_where_nothing_could_be_read(broken, tmp_path):
    for out in ("all.csv", "folder"):
        place = ["--out", str(tmp_path / out)]
        arguments = ["recognize", broken, broken, "--format", "csv", "--jobs", "1", *place]
        assert main(arguments) == SOME_FAILED
    assert not (tmp_path / "all.csv").exists()
    assert list((tmp_path / "folder").iterdir()) == []


# --- Parts of a page, and steps of the cleaning ------------------------------------------------


def test_a_region_is_all_that_is_read(page, capsys):
    whole = ["recognize", page, "--format", "json", "--alphabet", "alnum36"]
    assert main(whole) == DONE
    word = json.loads(capsys.readouterr().out)["lines"][1]["words"][1]
    x, y, width, height = word["box"]
    region = f"{x - 15},{y - 15},{width + 30},{height + 30}"
    assert main([*whole, "--region", region]) == DONE
    (line,) = json.loads(capsys.readouterr().out)["lines"]
    assert (line["text"], line["words"][0]["box"]) == ("477", pytest.approx(word["box"], abs=3))


@pytest.mark.parametrize("step", [step.name for step in fields(Steps)])
def test_each_step_of_the_cleaning_can_be_left_out(letter, step, capsys):
    assert main(["recognize", letter, "--without", step]) == DONE
    assert capsys.readouterr() == ("A\n", "")


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


@pytest.fixture
def many(tmp_path) -> list[str]:
    """A page, forty times: seconds of work."""
    path = save(tmp_path / "page.png", written("\n".join(["HAT 324 EEL 477"] * 12)))
    return [path] * 40


def begin(*arguments: str, **options) -> subprocess.Popen[str]:
    """The program, on its own, as a terminal would start it: with Ctrl+C heeded, though a shell may
    have begun the tests in the background, where it is not."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return subprocess.Popen(
            [sys.executable, "-m", "core", *arguments],
            cwd=ROOT,
            text=True,
            start_new_session=True,
            **options,
        )
    finally:
        signal.signal(signal.SIGINT, before)


def all_gone(group: int) -> bool:
    """Whether the processes of a group end soon."""
    until = time.monotonic() + 30
    while processes_of(group) and time.monotonic() < until:
        time.sleep(0.05)
    return not processes_of(group)


def processes_of(group: int) -> list[int]:
    """The processes of a group that have not ended."""
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, its_group = place.read_text("utf-8").rsplit(")", 1)[1].split()[:3]
        except OSError:
            continue
        if int(its_group) == group and state != "Z":
            found.append(int(place.parent.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes as Linux does")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_ends_it_at_once_without_a_word(many, jobs):
    command = ["recognize", *many, "--jobs", jobs, "--format", "json"]
    with begin(*command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        assert program.stdout.readline().startswith("{")
        began = time.monotonic()
        os.killpg(program.pid, signal.SIGINT)
        assert program.wait(timeout=60) == 130
        assert time.monotonic() - began < 5
        assert program.stderr.read() == ""
    assert all_gone(program.pid)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes as Linux does")
def test_ctrl_c_is_heeded_before_the_processes_are_ready(many):
    command = ["recognize", *many, "--jobs", "2"]
    with begin(*command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as program:
        # the program, the one that keeps its semaphores, and one that reads
        while len(processes_of(program.pid)) < 3:
            time.sleep(0.01)
        os.killpg(program.pid, signal.SIGINT)
        assert program.wait(timeout=60) == 130
        assert program.stderr.read() == ""
    assert all_gone(program.pid)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes as Linux does")
def test_processes_end_with_the_one_that_began_them(many):
    command = ["recognize", *many, "--jobs", "2", "--format", "json"]
    with begin(*command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as program:
        program.stdout.readline()
        assert len(processes_of(program.pid)) >= 3
        program.kill()
        program.wait(timeout=60)
        assert all_gone(program.pid)


@pytest.mark.skipif(os.name == "nt", reason="terminals of POSIX")
@pytest.mark.parametrize("quiet", [False, True])
def test_a_terminal_shows_how_far_it_is(letter, ink, broken, quiet):
    import pty

    ours, its = pty.openpty()
    command = ["recognize", letter, broken, ink, "--alphabet", "alnum36"]
    with begin(
        *command, *(["--quiet"] if quiet else []), stdout=subprocess.PIPE, stderr=its
    ) as program:
        os.close(its)
        shown = read_terminal(ours)
        assert program.stdout.read() == "A\nAT 7\n"
    assert ("3 of 3 files, 1 failed" in shown) != quiet
    # the line of the progress is gone before anything else is said
    last = shown.rstrip().splitlines()[-1].rsplit("\r", 1)[-1]
    assert last.startswith(f"glyphpad-cli: {broken}: ")


def read_terminal(descriptor: int) -> str:
    """All that is written to a terminal until its other end is closed."""
    with os.fdopen(descriptor, "rb", buffering=0) as terminal:
        shown = b""
        while True:
            try:
                more = terminal.read(1024)
            except OSError:
                # how Linux tells that the other end is closed
                more = b""
            if not more:
                return shown.decode()
            shown += more


def test_a_pdf_is_not_for_a_terminal(letter, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert main(["recognize", letter, "--format", "pdf"]) == WRONG_USAGE
    assert "--out" in capsys.readouterr().err


def test_every_format_has_its_place_on_the_command_line():
    for name in (*FORMATS, "pdf"):
        assert command_parser().parse_args(["recognize", "a.png", "--format", name]).format == name
