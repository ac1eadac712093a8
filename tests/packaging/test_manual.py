"""The manual tells of every command and option that there is."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys

import pytest

from scripts.packages.manual import PAGES, manual_page

OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")


def plain(page: str) -> str:
    return manual_page(page).replace("\\-", "-")


def options_of(*command: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-m", *command, "--help"], capture_output=True, text=True, check=True
    )
    return set(OPTION.findall(done.stdout))


def test_every_option_of_the_window_is_told():
    told = set(OPTION.findall(plain("glyphpad.1")))
    assert told == options_of("desktop")


@pytest.mark.parametrize("command", ["recognize", "train", "evaluate", "export", "data fetch"])
def test_every_option_of_a_command_is_told(command):
    text = plain("glyphpad-cli.1")
    _, _, after = text.partition(f".SS {command}\n")
    part = re.split(r"^\.S[SH] ", after, maxsplit=1, flags=re.MULTILINE)[0]
    assert set(OPTION.findall(part)) >= options_of("core", *command.split()) - {"--help"}


@pytest.mark.parametrize("page", PAGES)
def test_man_shows_it_without_a_warning(page, tmp_path):
    if shutil.which("man") is None:
        pytest.skip("man is not installed")
    (tmp_path / page).write_text(manual_page(page), encoding="utf-8")
    command = ["man", "--local-file", "--warnings", tmp_path / page]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert not done.stderr
    assert "@" not in done.stdout
