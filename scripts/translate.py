"""Brings the translations up to date with the texts in the code.

    python -m scripts.translate            new texts come into assets/translations/*.ts, marked as
                                           unfinished; what is translated there is compiled
    python -m scripts.translate --check    changes nothing; status 1 when something is to be done

A .ts file is edited by hand, or with `pyside6-linguist`. The compiled .qm files are kept beside
them, so that a checkout and `pip install` need none of these tools.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from shutil import copy, which
from xml.etree.ElementTree import Element

import PySide6
from defusedxml.ElementTree import parse

FOLDER = Path("assets/translations")
SOURCES = Path("desktop")
LANGUAGES = ("de", "fr")

MARKING = "QT_TRANSLATE_NOOP+=_marked"
"""Texts that are marked in one place and translated in another: `desktop/errors.py`."""


def main(arguments: list[str]) -> int:
    """0 when every text is translated and compiled."""
    if arguments != ["--check"]:
        for language in LANGUAGES:
            update(FOLDER / f"glyphpad_{language}.ts")
            compile_texts(FOLDER / f"glyphpad_{language}.ts", FOLDER)
    found = [problem for language in LANGUAGES for problem in problems(language)]
    for problem in found:
        print(problem, file=sys.stderr)
    return 1 if found else 0


def update(file: Path) -> None:
    """Brings the texts of the code into a .ts file; drops those that are no more."""
    sources = sorted(str(path) for path in SOURCES.rglob("*.py"))
    options = ("-no-obsolete", "-locations", "none", "-silent", "-tr-function-alias", MARKING)
    _run("lupdate", *sources, *options, "-ts", str(file))


def compile_texts(file: Path, folder: Path) -> Path:
    """The .qm file made of a .ts file, in `folder`; texts that are unfinished are left out."""
    made = folder / f"{file.stem}.qm"
    _run("lrelease", "-silent", str(file), "-qm", str(made))
    return made


def problems(language: str) -> Iterator[str]:
    """What is to be done for a language, a sentence each."""
    name = f"glyphpad_{language}"
    kept = FOLDER / f"{name}.ts"
    with tempfile.TemporaryDirectory() as scratch:
        fresh = Path(scratch, kept.name)
        if kept.exists():
            copy(kept, fresh)
        update(fresh)
        known = {key for key, _ in texts(kept)} if kept.exists() else set()
        for key, translation in texts(fresh):
            if key not in known:
                yield f"{kept}: new in the code: {key}"
            elif translation is None:
                yield f"{kept}: not translated: {key}"
        for key in known - {key for key, _ in texts(fresh)}:
            yield f"{kept}: no more in the code: {key}"
        compiled = FOLDER / f"{name}.qm"
        made = compile_texts(fresh, Path(scratch)).read_bytes()
        if not compiled.exists() or compiled.read_bytes() != made:
            yield f"{compiled}: not compiled from {kept.name}"


def texts(file: Path) -> Iterator[tuple[str, str | None]]:
    """Each text of a .ts file as "context: text", with its translation; None where it is
    unfinished."""
    for context in parse(file).iterfind("context"):
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            yield f"{name}: {message.findtext('source')}", _translation(message)


def _translation(message: Element) -> str | None:
    translation = message.find("translation")
    if translation is None or translation.get("type") == "unfinished":
        return None
    return "".join(translation.itertext()).strip() or None


def _run(tool: str, *arguments: str) -> None:
    """Runs one of the tools that come with PySide6."""
    found = which(tool, path=str(Path(PySide6.__file__).parent))
    if found is None:
        raise FileNotFoundError(tool)
    subprocess.run([found, *arguments], check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
