"""Checks a frozen program: what it holds, its own self-check, that it reads files in processes,
that the light one says what it cannot do, and that its window opens and closes.

    python -m scripts.check_bundle dist/glyphpad complete
    python -m scripts.check_bundle dist/glyphpad-light light

Runs outside the checkout and with a home folder of its own, so that neither can lend it anything.
The window is opened on Linux only, on a display without a screen.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from scripts.bundle_contents import (
    FLAVOURS,
    LICENCES,
    OWNERS,
    Flavour,
    missing_licences,
    why_unused,
)
from scripts.translate import LANGUAGES
from scripts.x_display import x_display

SAMPLE = Path(__file__).parents[1] / "assets/samples/note.jpg"

SELF_CHECK_SECONDS = 300
CLOSING_SECONDS = 30
WRONG_USAGE = 2
SUFFIX = ".exe" if sys.platform == "win32" else ""


def main(arguments: list[str]) -> int:
    """0 when the frozen program is whole."""
    folder = Path(arguments[0]).resolve()
    flavour = next(name for name in FLAVOURS if name == arguments[1])
    with tempfile.TemporaryDirectory() as home:
        passed = holds_what_it_should(folder, flavour) and self_check(folder, Path(home))
        passed = passed and speaks(folder) and reads_in_processes(folder, Path(home))
        passed = passed and (flavour == "complete" or says_what_it_cannot(folder, Path(home)))
        if passed and sys.platform == "linux":
            passed = window_opens(folder, Path(home))
    return 0 if passed else 1


def holds_what_it_should(folder: Path, flavour: Flavour) -> bool:
    """Whether nothing is in it that is not used, and every licence text that has to be."""
    inside = folder / "_internal"
    files = {
        path.relative_to(inside).as_posix(): path.stat().st_size
        for path in inside.rglob("*")
        if path.is_file() and not path.is_symlink()
    }
    problems = [f"{path}: {why}" for path in files if (why := why_unused(path, flavour))]
    index = inside / LICENCES / OWNERS
    owners = json.loads(index.read_text("utf-8")) if index.exists() else {}
    problems += missing_licences(files, owners, flavour)
    for problem in sorted(problems):
        print(f"frozen contents: {problem}")
    whole = any("opencv_python_headless.libs" in path for path in files)
    print(
        f"frozen contents: {len(files)} files, {len(owners)} libraries, "
        f"{'all of OpenCV' if whole else 'OpenCV as far as it is used'}, "
        f"{len(problems)} problems",
        flush=True,
    )
    return not problems


def self_check(folder: Path, home: Path) -> bool:
    """Whether the program finds itself whole."""
    start = time.monotonic()
    status = subprocess.run(
        [folder / f"glyphpad-cli{SUFFIX}", "self-check"],
        cwd=home,
        env=own_environment(dict(os.environ), home),
        timeout=SELF_CHECK_SECONDS,
        check=False,
    ).returncode
    print(f"frozen self-check: status {status} after {time.monotonic() - start:.1f} s", flush=True)
    return status == 0


def speaks(folder: Path) -> bool:
    """Whether the texts of every language came along, ours and Qt's."""
    wanted = {f"{name}_{language}.qm" for language in LANGUAGES for name in ("glyphpad", "qtbase")}
    missing = wanted - {path.name for path in folder.rglob("*.qm")}
    print(f"frozen translations: {', '.join(sorted(missing)) or 'nothing'} missing", flush=True)
    return not missing


def reads_in_processes(folder: Path, home: Path) -> bool:
    """Whether two pictures read at once, a process each, say what one of them says alone."""
    command = [str(folder / f"glyphpad-cli{SUFFIX}"), "recognize", "--quiet", "--jobs"]
    copies = [str(shutil.copy(SAMPLE, home / name)) for name in ("a.jpg", "b.jpg")]
    said = []
    for more in (["1", copies[0]], ["2", *copies]):
        run = subprocess.run(
            [*command, *more],
            cwd=home,
            env=own_environment(dict(os.environ), home),
            stdout=subprocess.PIPE,
            timeout=SELF_CHECK_SECONDS,
            check=False,
        )
        said.append((run.returncode, run.stdout.decode().split()))
    (_, alone), (status, both) = said
    passed = status == 0 and bool(alone) and both == alone * 2
    print(f"frozen processes: status {status}, {' '.join(both)}", flush=True)
    return passed


def says_what_it_cannot(folder: Path, home: Path) -> bool:
    """Whether what needs Keras is refused with one sentence on how to get it."""
    passed = True
    for command in (
        ("recognize", "--engine", "keras", str(SAMPLE)),
        ("train", "glyphnet"),
        ("evaluate", "glyphnet"),
        ("export", "glyphnet", "--to", "litert"),
    ):
        run = subprocess.run(
            [folder / f"glyphpad-cli{SUFFIX}", *command],
            cwd=home,
            env=own_environment(dict(os.environ), home),
            capture_output=True,
            text=True,
            timeout=SELF_CHECK_SECONDS,
            check=False,
        )
        said = run.stderr.splitlines()
        clear = len(said) == 1 and "complete Glyphpad" in said[0]
        passed = passed and run.returncode == WRONG_USAGE and clear
        print(f"frozen {command[0]}: status {run.returncode}, {' '.join(said)}", flush=True)
    return passed


def window_opens(folder: Path, home: Path) -> bool:
    """Whether the window shows, and closing it ends the program with status 0."""
    log = home / "window.log"
    with x_display() as display, log.open("w", encoding="utf-8") as output:
        start = time.monotonic()
        program = subprocess.Popen(
            [folder / "glyphpad"],
            cwd=home,
            env=own_environment(display.environment, home),
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            window = display.wait_for_window(program)
            seconds = time.monotonic() - start
            print(f"frozen window: “{display.title(window)}” after {seconds:.1f} s", flush=True)
            display.close_window(window)
            status = program.wait(CLOSING_SECONDS)
            print(f"frozen window: closed with status {status}", flush=True)
        except (RuntimeError, TimeoutError, subprocess.TimeoutExpired) as error:
            print(f"frozen window: {error}", flush=True)
            status = -1
        finally:
            program.kill()
            program.wait()
    if status != 0:
        print(log.read_text("utf-8", errors="replace"))
    return status == 0


def own_environment(environment: dict[str, str], home: Path) -> dict[str, str]:
    """`environment` with another home, and without what could lead to the checkout's Python."""
    kept = {
        name: value
        for name, value in environment.items()
        if not name.startswith(("PYTHON", "VIRTUAL_ENV", "XDG_"))
    }
    return {**kept, "HOME": str(home)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
