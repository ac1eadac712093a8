"""The command line with streams, names and surroundings that are not as they should be."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from core import cli, processor
from core.__main__ import main as command_line
from core.cli import BROKEN, DONE, SOME_FAILED, main
from core.errors import OldProcessorError
from core.inkml import write_inkml
from core.models import DEFAULT_MODEL, models_folder, open_model
from core.self_check import self_check
from tests.core.handwriting import character

ROOT = Path(__file__).resolve().parents[2]

SECONDS = 120.0
"""For one reading; measured: 1 s on 2 cores."""

OLD = "processor\t: 0\nflags\t\t: fpu sse2 sse4_2\n"


def run(arguments: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    """`glyphpad-cli` with a line of arguments as a shell has it, redirections too."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LC_")}
    return subprocess.run(
        ["/bin/sh", "-c", f"{shlex.quote(sys.executable)} -m core {arguments}"],
        cwd=ROOT,
        env={**kept, **variables},
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )


@pytest.fixture
def seven(tmp_path) -> Path:
    path = tmp_path / "seven.inkml"
    write_inkml(character("7"), path)
    return path


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")
@pytest.mark.parametrize("command", ["models", "recognize {seven} --format json"])
def test_a_full_disk_under_standard_output_is_a_sentence(command, seven):
    done = run(f"{command.format(seven=seven)} >/dev/full")
    assert done.returncode == SOME_FAILED
    assert done.stderr.count(b"\n") == 1
    assert b"Make room on the disk" in done.stderr


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_no_fault(closed, seven, tmp_path):
    done = run(f"recognize {seven} --out {tmp_path / 'out.txt'} --alphabet digits {closed}")
    assert (done.returncode, done.stderr) == (DONE, b"")
    assert (tmp_path / "out.txt").read_text("utf-8").split() == ["7"]


def test_a_reader_that_has_seen_enough_is_no_fault(seven):
    done = run(f"recognize {seven} {seven} --format json | head -c 5")
    assert (done.stdout, done.stderr) == (b'{"sou', b"")


def test_a_locale_without_utf8_reads_names_of_any_bytes(seven, tmp_path):
    name = os.fsdecode(b"\xe4 \xff.inkml")
    seven.rename(tmp_path / name)
    arguments = f"recognize {shlex.quote(str(tmp_path))} --alphabet digits"
    done = run(arguments, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert (done.returncode, done.stdout.split()) == (DONE, [b"7"]), done.stderr


def test_a_folder_that_was_deleted_is_no_fault(seven, tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    python = shlex.quote(sys.executable)
    done = subprocess.run(
        ["/bin/sh", "-c", f"rmdir {gone}; exec {python} -m core recognize {seven} --quiet"],
        cwd=gone,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == DONE, done.stderr


def test_without_a_home_or_a_place_for_files_it_reads(seven):
    done = run(f"recognize {seven} --alphabet digits", HOME="/dev/null", TMPDIR="/dev/null")
    assert (done.returncode, done.stdout.split()) == (DONE, [b"7"]), done.stderr


# --- processors ---


@pytest.fixture
def old(monkeypatch) -> None:
    monkeypatch.setattr(processor, "_facts", lambda: OLD)


def test_without_avx_keras_is_an_error_and_litert_reads(old, seven, capsys):
    command = ["recognize", str(seven), "--alphabet", "digits"]
    assert main(command) == DONE
    assert capsys.readouterr().out.split() == ["7"]
    assert main([*command, "--engine", "keras"]) == BROKEN
    assert "AVX" in capsys.readouterr().err


def test_without_avx_tensorflow_is_never_imported(old):
    from core.classifying.keras_engine import KerasEngine

    with pytest.raises(OldProcessorError):
        KerasEngine(open_model(DEFAULT_MODEL))


def test_without_avx_an_installation_is_whole(old, tmp_path):
    (tmp_path / DEFAULT_MODEL).symlink_to(models_folder() / DEFAULT_MODEL)
    findings = list(self_check(tmp_path))
    assert all(finding.passed for finding in findings), findings
    assert any("keras is left out" in finding.what for finding in findings)


@pytest.mark.parametrize("command", cli._OF_TENSORFLOW)
def test_without_avx_what_trains_says_so(old, command, capsys):
    assert main([command, DEFAULT_MODEL]) == BROKEN
    assert "AVX" in capsys.readouterr().err


def test_a_system_that_does_not_say_lacks_nothing(monkeypatch):
    for facts in ("", "processor : 0\nFeatures : fp asimd\n"):  # another system; an Arm
        monkeypatch.setattr(processor, "_facts", lambda facts=facts: facts)
        assert not processor.lacks("avx")
        assert not processor.lacks("sse4_2")


def test_this_processor_is_told(monkeypatch):
    monkeypatch.setattr(processor, "_facts", lambda: OLD)
    assert processor.lacks("avx")
    assert not processor.lacks("sse4_2")


def test_a_command_line_on_too_old_a_processor_says_so_and_loads_nothing(monkeypatch, capsys):
    monkeypatch.setattr(processor, "_facts", lambda: "processor\t: 0\nflags\t\t: fpu sse2\n")
    assert command_line() == BROKEN
    assert capsys.readouterr().err == f"glyphpad-cli: {processor.TOO_OLD}\n"
