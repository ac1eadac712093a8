"""The Debian package: the same from the same program, whole, and with all that it depends on."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from core import VERSION
from scripts.packages.debian import build_debian, changelog
from scripts.packages.libraries import (
    UnknownLibraryError,
    debian_dependencies,
    packages_by_need,
)
from scripts.packages.licences import UnknownPartError, copyright_text
from scripts.packages.release import ROOT

pytestmark = pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="dpkg is not installed")


def built(frozen: Path, folder: Path) -> Path:
    (folder / "work").mkdir(parents=True)
    return build_debian(frozen, frozen.name, folder / "work", folder)


def told(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def package(frozen, tmp_path) -> Path:
    return built(frozen, tmp_path / "made")


def test_the_same_program_gives_the_same_package(frozen, package, tmp_path):
    again = tmp_path / "elsewhere" / frozen.name
    shutil.copytree(frozen, again)
    for path in again.rglob("*"):
        os.utime(path, (1, 1))
    (again / "_internal/assets/glyphpad.svg").chmod(0o600)
    assert built(again, tmp_path / "again").read_bytes() == package.read_bytes()


def test_everything_is_roots_and_may_be_read(package):
    lines = told("dpkg-deb", "--contents", package).splitlines()
    assert {line.split()[1] for line in lines} == {"root/root"}
    rights = {line.split()[5]: line.split()[0] for line in lines}
    assert {"drwxr-xr-x", "-rw-r--r--", "-rwxr-xr-x", "lrwxrwxrwx"} == set(rights.values())
    runs = {name for name, right in rights.items() if right == "-rwxr-xr-x"}
    assert runs == {f"./usr/lib/glyphpad/{name}" for name in ("glyphpad", "glyphpad-cli")}


def test_the_programs_are_on_the_path(package, tmp_path):
    told("dpkg-deb", "--extract", package, tmp_path / "root")
    for name in ("glyphpad", "glyphpad-cli"):
        command = tmp_path / "root/usr/bin" / name
        assert command.is_symlink()
        assert command.resolve() == tmp_path / "root/usr/lib/glyphpad" / name


def test_every_file_has_its_sum(package, tmp_path):
    told("dpkg-deb", "--raw-extract", package, tmp_path / "root")
    rows = (tmp_path / "root/DEBIAN/md5sums").read_text().splitlines()
    sums = {name: digest for digest, name in (row.split(maxsplit=1) for row in rows)}
    files = [path for path in (tmp_path / "root/usr").rglob("*") if path.is_file()]
    assert sums == {
        str(path.relative_to(tmp_path / "root")): hashlib.md5(
            path.read_bytes(), usedforsecurity=False
        ).hexdigest()
        for path in files
        if not path.is_symlink()
    }


@pytest.mark.parametrize(("name", "rival"), [("glyphpad", "glyphpad-light"),
                                             ("glyphpad-light", "glyphpad")])  # fmt: skip
def test_each_program_takes_the_place_of_the_other(name, rival):
    text = (ROOT / f"packaging/debian/{name}.control").read_text(encoding="utf-8")
    for field in ("Conflicts", "Replaces"):
        assert re.search(rf"^{field}: {rival}$", text, re.MULTILINE)


def test_what_is_told_is_whole(package):
    text = told("dpkg-deb", "--field", package)
    assert "@" not in text.replace("maintainers@", "")
    assert f"Version: {VERSION}-" in text
    assert "libc6 (>= 2." in text
    assert "fonts-dejavu-core |" in text


def test_the_changelog_is_as_debian_has_them(tmp_path):
    if shutil.which("dpkg-parsechangelog") is None:
        pytest.skip("dpkg-dev is not installed")
    path = tmp_path / "changelog"
    path.write_text(changelog("glyphpad"), encoding="utf-8")
    command = ["dpkg-parsechangelog", "--file", path, "--show-field", "Version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f"{VERSION}-1"
    assert not done.stderr


# --- what it depends on --------------------------------------------------------------------------


def test_a_library_that_no_package_is_known_for_is_named(frozen):
    program = frozen / "_internal/libstrange.so"
    # a library that is linked to another one: libpng to libz, by another name
    data = next(iter(Path("/bin").glob("true"))).read_bytes()
    program.write_bytes(data.replace(b"libc.so.6\0", b"libq.so.6\0"))
    with pytest.raises(UnknownLibraryError, match=r"libq\.so\.6 by libstrange\.so"):
        debian_dependencies(frozen)


def test_what_the_program_brings_along_is_not_asked_for(frozen):
    data = Path("/bin/true").read_bytes()
    (frozen / "_internal/libstrange.so").write_bytes(data.replace(b"libc.so.6\0", b"libz.so.1\0"))
    assert "zlib1g" not in debian_dependencies(frozen)


def test_the_table_names_the_packages_that_have_the_libraries():
    """Compared with what is installed here; a library that is not is passed over."""
    wrong = {}
    for library, package in packages_by_need().items():
        if library.startswith("file:"):
            continue
        done = subprocess.run(
            ["dpkg", "--search", f"*/{library}"], capture_output=True, text=True, check=False
        )
        # other programs may bring a copy along in a folder of their own
        rows = re.findall(r"^([^:]+):.*: /(?:usr/)?lib(?:64|/[^/]*linux-gnu)?/[^/]*$",
                          done.stdout, re.MULTILINE)  # fmt: skip
        if rows and package not in rows:
            wrong[library] = rows
    assert not wrong


# --- licences ------------------------------------------------------------------------------------


def test_a_part_without_a_licence_is_named(frozen, tmp_path):
    tree = tmp_path / "tree"
    shutil.copytree(frozen, tree / "usr/lib/glyphpad")
    (tree / "usr/lib/glyphpad/_internal/libstrange.so").write_bytes(b"")
    with pytest.raises(UnknownPartError, match=r"libstrange\.so"):
        copyright_text(tree)


def test_only_licences_of_parts_that_are_there_are_told(frozen, tmp_path):
    tree = tmp_path / "tree"
    shutil.copytree(frozen, tree / "usr/lib/glyphpad")
    text = copyright_text(tree)
    assert re.findall(r"^License: (\S+)$", text, re.MULTILINE) == ["Expat", "Zlib"] * 2


def test_every_licence_that_is_named_has_its_text():
    text = (ROOT / "packaging/debian/copyright").read_text(encoding="utf-8")
    paragraphs = text.split("\n\n")
    named = {
        name
        for part in paragraphs
        if part.startswith("Files:")
        for line in re.findall(r"^License: (.*)$", part, re.MULTILINE)
        for name in re.split(r" and | or ", line)
    }
    have = {part.split()[1] for part in paragraphs if part.startswith("License:")}
    assert named == have
