"""The licence texts that travel with a frozen program, gathered from where its files are from.

A file is from a Python distribution, from Python itself, or from a package of the system; each has
a folder in `licences`, and `owners.json` says for every binary which one it is.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import Distribution, distributions
from pathlib import Path

from scripts.bundle_contents import COMMON, LICENCES, OWNERS, is_binary

ROOT = Path(__file__).parents[1]

KEPT = ROOT / "packaging" / "licences"
"""Texts that the packages themselves come without."""

KEPT_COMMON: Mapping[str, tuple[str, ...]] = {
    "flatbuffers": ("Apache-2.0.txt",),
    "pyside6-essentials": ("LGPL-3.txt", "GPL-3.txt"),
    "shiboken6": ("LGPL-3.txt", "GPL-3.txt"),
    "tensorflow": ("Apache-2.0.txt",),
    "tensorflow-cpu": ("Apache-2.0.txt",),
}
"""Which of the common texts are those of a package that comes without, as its metadata says."""

TEXT = re.compile(
    r"(?i)(^|/)(licen[cs]es?|copying|copyright|notice|third[_-]party)[^/]*$|\.dist-info/licenses/"
)
CODE = (".py", ".pyc", ".h", ".hpp", ".inc")

DEBIAN_DOCUMENTS = Path("/usr/share/doc")
DEBIAN_COMMON = Path("/usr/share/common-licenses")

PYTHON = "python"
OURS = "glyphpad"


def licence_texts(files: Iterable[tuple[str, str]], scratch: Path) -> list[tuple[str, str, str]]:
    """The entries that PyInstaller wants, (destination, source, "DATA").

    Args:
        files: All that is frozen: where it comes to lie, and where it is from.
        scratch: A folder for what has to be written for it.
    """
    own_files = {str(path): dist for dist in distributions() for path in _located(dist)}
    owners: dict[str, str] = {}
    gathered: dict[str, dict[str, Path]] = {}
    texts = {f"{OURS}/LICENSE": ROOT / "LICENSE"}
    texts |= {f"{COMMON}/{path.name}": path for path in (KEPT / COMMON).iterdir()}
    for destination, source in files:
        dist = own_files.get(str(Path(source).resolve()))
        if dist is not None:
            owner = _name(dist)
            found = gathered[owner] = gathered.get(owner) or dict(_texts_of(dist))
        elif _is_pythons(Path(source)):
            owner, found = PYTHON, {"LICENSE.txt": _python_text()}
        elif is_binary(destination):
            owner, found = _system_owner(Path(source))
        else:
            continue
        texts |= {f"{owner}/{name}": path for name, path in found.items()}
        if is_binary(destination):
            owners[Path(destination).as_posix()] = owner
    scratch.mkdir(parents=True, exist_ok=True)
    index = scratch / OWNERS
    index.write_text(json.dumps(owners, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    entries = {**texts, OWNERS: index, **_named_by_debian(texts)}
    return [(f"{LICENCES}/{name}", str(path), "DATA") for name, path in sorted(entries.items())]


def _located(dist: Distribution) -> Iterator[Path]:
    """Where its files are, whatever links lead there."""
    home = Path(str(dist.locate_file(""))).resolve()
    for file in dist.files or ():
        yield home / file


def _name(dist: Distribution) -> str:
    return re.sub(r"[-_.]+", "-", dist.name).lower()


def _texts_of(dist: Distribution) -> Iterator[tuple[str, Path]]:
    """The licence texts of a distribution, by a short name that is its own."""
    for file in dist.files or ():
        place = Path(str(dist.locate_file(file)))
        if TEXT.search(file.as_posix()) and file.suffix not in CODE and place.is_file():
            parts = [part for part in file.parts if not part.endswith(".dist-info")]
            yield "/".join(parts), place
    name = _name(dist)
    for common in KEPT_COMMON.get(name, ()):
        yield common, KEPT / COMMON / common
    if (KEPT / name).is_dir():
        yield from ((path.name, path) for path in (KEPT / name).iterdir())


def _is_pythons(source: Path) -> bool:
    """Whether a file is Python's own; where Python is the system's, others lie beside it."""
    own = Path(sysconfig.get_path("stdlib"))
    return source.is_relative_to(own) or source.name.startswith(("libpython", "python3"))


def _python_text() -> Path:
    """Python's licence: beside its modules, on Windows beside itself, on Debian with the others."""
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    places = (
        Path(sysconfig.get_path("stdlib"), "LICENSE.txt"),
        Path(sys.base_prefix, "LICENSE.txt"),
        DEBIAN_DOCUMENTS / version / "copyright",
        DEBIAN_DOCUMENTS / f"lib{version}-minimal" / "copyright",
    )
    return next(place for place in places if place.is_file())


def _system_owner(library: Path) -> tuple[str, dict[str, Path]]:
    """The Debian package that a library is from, with its text; without one, nobody."""
    names = {library.resolve(), library}
    names |= {Path("/usr", *path.parts[1:]) for path in names if path.parts[1] == "lib"}
    names |= {Path("/", *path.parts[2:]) for path in names if path.parts[1:3] == ("usr", "lib")}
    try:
        said = subprocess.run(
            ["dpkg", "--search", *sorted(map(str, names))],
            capture_output=True,
            text=True,
            check=False,
        ).stdout
    except OSError:
        return "", {}
    package = said.partition(":")[0]
    text = DEBIAN_DOCUMENTS / package / "copyright"
    return (f"debian-{package}", {"copyright": text}) if package and text.is_file() else ("", {})


def _named_by_debian(texts: Mapping[str, Path]) -> dict[str, Path]:
    """The common texts that Debian's own texts name instead of having them."""
    named: set[str] = set()
    for path in texts.values():
        if path.is_relative_to(DEBIAN_DOCUMENTS):
            text = path.read_text(encoding="utf-8", errors="replace")
            named |= set(re.findall(r"common-licenses/([A-Za-z0-9.-]*[A-Za-z0-9])", text))
    there = {name: DEBIAN_COMMON / name for name in named if (DEBIAN_COMMON / name).is_file()}
    return {f"{COMMON}/{name}.txt": path for name, path in there.items()}
