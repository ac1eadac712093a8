"""The archive: one user installs it anywhere, without root, and removing it leaves nothing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.packages.archive import build_archive

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the archive is for Linux"),
    pytest.mark.skipif(shutil.which("zstd") is None, reason="zstd is not installed"),
]

NAMES = ("home", "Zoë K", "a \"b\" $c `d` \\e %f &g |h 'i'")


def built(frozen: Path, folder: Path) -> Path:
    (folder / "work").mkdir(parents=True)
    return build_archive(frozen, frozen.name, folder / "work", folder)


@pytest.fixture
def unpacked(frozen, tmp_path) -> Path:
    archive = built(frozen, tmp_path / "made")
    subprocess.run(["tar", "-xf", archive, "-C", tmp_path / "made"], check=True)
    return tmp_path / "made" / archive.name.removesuffix(".tar.zst")


def run(script: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["sh", script, *arguments], capture_output=True, text=True, check=False)


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def test_the_same_program_gives_the_same_archive(frozen, tmp_path):
    first = built(frozen, tmp_path / "one").read_bytes()
    for path in frozen.rglob("*"):
        os.utime(path, (1, 1))
    assert built(frozen, tmp_path / "two").read_bytes() == first


def test_it_runs_where_it_is_unpacked(unpacked):
    for name in ("glyphpad", "glyphpad-cli"):
        assert subprocess.run([unpacked / "bin" / name], check=False).returncode == 0


@pytest.mark.parametrize("name", NAMES)
def test_removing_it_leaves_nothing(unpacked, tmp_path, name):
    prefix = tmp_path / name
    done = run(unpacked / "install.sh", prefix)
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    assert subprocess.run([prefix / "bin/glyphpad"], check=False).returncode == 0
    done = run(prefix / "lib/glyphpad/uninstall.sh")
    assert done.returncode == 0, done.stderr
    assert files(prefix) == set()


def test_what_was_there_stays(unpacked, tmp_path):
    prefix = tmp_path / "home"
    for path in ("bin/other", "share/applications/other.desktop", "share/mime/packages/other.xml",
                 "lib/other/file", "share/glyphpad/pads.sqlite3"):  # fmt: skip
        (prefix / path).parent.mkdir(parents=True, exist_ok=True)
        (prefix / path).write_text("<mime-info/>" if path.endswith("xml") else "")
    before = files(prefix)
    run(unpacked / "install.sh", prefix)
    run(prefix / "lib/glyphpad/uninstall.sh")
    made_by_others = {"share/applications/mimeinfo.cache"}
    left = {path for path in files(prefix) - made_by_others if not re.match("share/mime/", path)}
    assert left == {path for path in before if not re.match("share/mime/", path)}
    assert "share/mime/packages/other.xml" in files(prefix)


def test_it_is_installed_over_an_older_one(unpacked, tmp_path):
    prefix = tmp_path / "home"
    run(unpacked / "install.sh", prefix)
    stale = prefix / "lib/glyphpad/_internal/stale"
    stale.write_text("")
    done = run(unpacked / "install.sh", prefix)
    assert done.returncode == 0, done.stderr
    assert not stale.exists()
    run(prefix / "lib/glyphpad/uninstall.sh")
    assert files(prefix) == set()


def test_a_folder_of_somebody_else_is_not_replaced(unpacked, tmp_path):
    other = tmp_path / "home/lib/glyphpad/file"
    other.parent.mkdir(parents=True)
    other.write_text("mine")
    done = run(unpacked / "install.sh", tmp_path / "home")
    assert done.returncode == 1
    assert "nothing was changed" in done.stderr
    assert files(tmp_path / "home") == {"lib", "lib/glyphpad", "lib/glyphpad/file"}


def test_removing_is_refused_where_nothing_was_installed(unpacked):
    before = files(unpacked)
    assert run(unpacked / "uninstall.sh").returncode == 1
    assert files(unpacked) == before


@pytest.mark.parametrize("name", NAMES)
def test_the_entry_names_the_program_by_its_path(unpacked, tmp_path, name):
    prefix = tmp_path / name
    run(unpacked / "install.sh", prefix)
    text = (prefix / "share/applications/glyphpad.desktop").read_text(encoding="utf-8")
    told = dict(re.findall(r"^(\w+)=(.*)$", text, re.MULTILINE))
    # an entry's text has \\ for \; within quotes a command has \ before each of \ " ` $
    quoted, rest = re.fullmatch(r'"(.*)" (.*)', told["Exec"].replace("\\\\", "\\")).groups()
    assert not re.search(r'(?<!\\)(?:\\\\)*["`$]', quoted)
    path = re.sub(r'\\([\\"`$])', r"\1", quoted).replace("%%", "%")
    assert (path, rest) == (str(prefix / "bin/glyphpad"), "%F")
    assert told["TryExec"].replace("\\\\", "\\") == str(prefix / "bin/glyphpad")
