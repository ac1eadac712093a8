"""What a frozen program needs of the system that it is installed on, found in its own files."""

from __future__ import annotations

import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from scripts.packages.release import ROOT

TABLE = ROOT / "packaging/debian/libraries.txt"

C_LIBRARY = "libc6"

_NEEDED = re.compile(r"^\s+NEEDED\s+(\S+)", re.MULTILINE)
_C_VERSION = re.compile(r"\bGLIBC_(\d+)\.(\d+)")
_MAGIC = b"\x7fELF"


@dataclass(frozen=True)
class Needs:
    """What the files of a folder are linked to.

    Attributes:
        libraries: Names of libraries that the folder does not have, and which files want each.
        c_library: The oldest version of the C library that has all that is asked of it.
    """

    libraries: Mapping[str, frozenset[str]]
    c_library: tuple[int, int]


class UnknownLibraryError(Exception):
    """The program is linked to a library that no package is known for."""


def debian_dependencies(folder: Path) -> str:
    """The packages that a frozen program needs, as a Depends field has them.

    Raises:
        UnknownLibraryError: A library is in no row of the table.
    """
    needs = find_needs(folder)
    table = packages_by_need()
    unknown = needs.libraries.keys() - table.keys()
    if unknown:
        wanted = "; ".join(f"{n} by {', '.join(sorted(needs.libraries[n]))}" for n in unknown)
        raise UnknownLibraryError(f"{TABLE.name} has no row for {wanted}")
    packages = {table[name] for name in needs.libraries}
    packages |= {package for need, package in table.items() if need.startswith("file:")}
    major, minor = needs.c_library
    packages = (packages - {C_LIBRARY}) | {f"{C_LIBRARY} (>= {major}.{minor})"}
    return ", ".join(sorted(packages))


def packages_by_need() -> dict[str, str]:
    """The table: a library, or what is read, and the package that has it."""
    rows = TABLE.read_text(encoding="utf-8").splitlines()
    pairs = (row.split(maxsplit=1) for row in rows if row and not row.startswith("#"))
    return {need: package.strip() for need, package in pairs}


def find_needs(folder: Path) -> Needs:
    """What the programs and libraries below `folder` are linked to."""
    present, wanted, versions = set(), defaultdict(set), {(0, 0)}
    for path in folder.rglob("*"):
        present.add(path.name)
    for path in elf_files(folder):
        told = subprocess.run(
            ["objdump", "-p", path], capture_output=True, text=True, check=True
        ).stdout
        for name in _NEEDED.findall(told):
            wanted[name].add(path.name)
        versions |= {(int(major), int(minor)) for major, minor in _C_VERSION.findall(told)}
    missing = {name: frozenset(by) for name, by in wanted.items() if name not in present}
    return Needs(missing, max(versions))


def elf_files(folder: Path) -> Iterator[Path]:
    """Every program and library below `folder`."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(len(_MAGIC)) == _MAGIC:
                    yield path
