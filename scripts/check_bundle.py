"""Checks the frozen program: its own self-check, that it reads files in processes, and that its
window opens and closes.

    python -m scripts.check_bundle dist/glyphpad

Runs outside the checkout and with a home folder of its own, so that neither can lend it anything.
The window is opened on Linux only, on a display without a screen.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from scripts.translate import LANGUAGES
from scripts.x_display import x_display

SAMPLE = Path(__file__).parents[1] / "assets/samples/note.jpg"

SELF_CHECK_SECONDS = 300
CLOSING_SECONDS = 30
SUFFIX = ".exe" if sys.platform == "win32" else ""


def main(arguments: list[str]) -> int:
    """0 when the frozen program is whole."""
    folder = Path(arguments[0]).resolve()
    with tempfile.TemporaryDirectory() as home:
        passed = self_check(folder, Path(home)) and speaks(folder)
        passed = passed and reads_in_processes(folder, Path(home))
        if passed and sys.platform == "linux":
            passed = window_opens(folder, Path(home))
    return 0 if passed else 1


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
