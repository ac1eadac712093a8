"""The Debian package of a frozen program."""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
from collections.abc import Iterator
from email.utils import format_datetime
from functools import partial
from pathlib import Path

from core import VERSION
from scripts.packages.libraries import debian_dependencies
from scripts.packages.licences import copyright_text
from scripts.packages.release import (
    DEBIAN_REVISION,
    HOMEPAGE,
    MAINTAINER,
    ROOT,
    releases,
    source_date,
)
from scripts.packages.staging import LIBRARY, packed, settle, stage

ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
"""Debian's names for what Python calls the machine."""

COMPRESSION = (
    "xz", "--stdout", "--threads=2", "--block-size=512MiB", "--x86", "--lzma2=preset=9e",
)  # fmt: skip
"""Of the light program, xz -9e makes 3 % less than xz -6, for a fifth more time, and 4 % less again
where the addresses of the processor's jumps are made alike first, which dpkg-deb cannot be asked
for. Every liblzma undoes that. Each block is packed for itself; by default one would begin between
the two executables, which are nearly the same."""

_MEMBERS = ("debian-binary", "control.tar", "data.tar")
"""Of a package, in their order."""

_BLOCK = 1024
"""Bytes of the unit that Installed-Size counts in."""


def debian_version() -> str:
    """The package's version: the program's, and the packaging's."""
    return f"{VERSION}-{DEBIAN_REVISION}"


def build_debian(folder: Path, package: str, workplace: Path, target: Path) -> Path:
    """Makes the package; the same file from the same program, whoever makes it, and when.

    Args:
        folder: The frozen program.
        package: Its name as a package.
        workplace: An empty folder, for what goes into the package.
        target: The folder that it is put into.
    """
    prefix = workplace / "usr"
    stage(folder, prefix)
    about = prefix / "share/doc" / package
    about.mkdir(parents=True)
    (about / "changelog.Debian.gz").write_bytes(packed(changelog(package).encode()))
    (about / "copyright").write_text(copyright_text(workplace), encoding="utf-8")
    architecture = ARCHITECTURES[platform.machine()]
    _write_control(workplace, package, architecture, debian_dependencies(prefix / LIBRARY))
    settle(workplace)
    file = target / f"{package}_{debian_version()}_{architecture}.deb"
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Znone", "--build", workplace, file],
        env={**os.environ, "SOURCE_DATE_EPOCH": str(int(source_date().timestamp()))},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    _compress(file, workplace)
    return file


def _compress(package: Path, workplace: Path) -> None:
    """Packs the files in a package that holds its members as they are."""
    about, control, data = _MEMBERS
    subprocess.run(["ar", "x", package.resolve()], cwd=workplace, check=True)
    members = [(about, (workplace / about).read_bytes())]
    for name in (control, data):
        done = subprocess.run([*COMPRESSION, workplace / name], stdout=subprocess.PIPE, check=True)
        members.append((f"{name}.xz", done.stdout))
    with package.open("wb") as file:
        file.write(b"!<arch>\n")
        for name, content in members:
            file.write(_member_header(name, len(content)) + content + b"\n" * (len(content) % 2))


def _member_header(name: str, size: int) -> bytes:
    """Of a member of the archive that a package is (deb(5)): its name, time, owner, group and mode,
    and its size."""
    time = int(source_date().timestamp())
    return f"{name:16}{time:<12}{0:<6}{0:<6}{'100644':8}{size:<10}`\n".encode("ascii")


def changelog(package: str) -> str:
    """The changelog as Debian has them."""
    entries = []
    for release in releases():
        lines = "\n".join(f"  * {change}" for change in release.changes)
        entries.append(
            f"{package} ({release.version}-{DEBIAN_REVISION}) "
            f"{'stable' if release.out else 'UNRELEASED'}; urgency=medium\n\n{lines}\n\n"
            f" -- {MAINTAINER}  {format_datetime(release.date)}\n"
        )
    return "\n".join(entries)


def _write_control(tree: Path, package: str, architecture: str, depends: str) -> None:
    """Adds what dpkg is told about the package."""
    size = sum(
        -(-path.lstat().st_size // _BLOCK) if path.is_file() else 1 for path in tree.rglob("*")
    )
    text = (ROOT / f"packaging/debian/{package}.control").read_text(encoding="utf-8")
    for mark, told in {
        "@VERSION@": debian_version(),
        "@ARCHITECTURE@": architecture,
        "@MAINTAINER@": MAINTAINER,
        "@SIZE@": str(size),
        "@DEPENDS@": depends,
        "@HOMEPAGE@": HOMEPAGE,
    }.items():
        text = text.replace(mark, told)
    control = tree / "DEBIAN"
    control.mkdir()
    (control / "control").write_text(text, encoding="utf-8")
    (control / "md5sums").write_text("".join(_sums(tree)), encoding="utf-8")


def _sums(tree: Path) -> Iterator[str]:
    """What dpkg compares files with to tell a damaged one; it knows no other sum than MD5."""
    for path in sorted((tree / "usr").rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, partial(hashlib.md5, usedforsecurity=False))
            yield f"{digest.hexdigest()}  {path.relative_to(tree)}\n"
