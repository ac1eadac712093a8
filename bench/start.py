"""The start of the program as people start it: times to the first paint and answer, and memory.

The source and each bundle in dist/ are started as they are, on a display of their own, with a
folder of one's own in which the pad of last time holds one character: it is read as soon as there
is a model. The program writes both times itself (`desktop/start_times.py`).
"""

from __future__ import annotations

import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import which

from bench.rows import Row, measured, timed
from core.archive import new_pad_id, open_archive
from core.self_check import sample_ink
from desktop.launching import START_TIMES
from scripts.check_bundle import own_environment
from scripts.x_display import XDisplay, x_display

ROOT = Path(__file__).parents[1]
BUNDLES = {"light bundle": "dist/glyphpad-light", "complete bundle": "dist/glyphpad"}
WARM, COLD = 15, 7
LONGEST_SECONDS = 60.0
REST_SECONDS, WRITING_SECONDS = 3.0, 60.0
STROKE_SECONDS = 0.5
"""From one stroke to the next, as a quick hand writes."""

EMPTY_WINDOW = """
import json, os, sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication(["empty"])
def told():
    with open(sys.argv[1] + ".new", "w") as file:
        json.dump({"painted": time.time(), "answered": time.time()}, file)
    os.rename(sys.argv[1] + ".new", sys.argv[1])
class Window(QMainWindow):
    def paintEvent(self, event):
        QTimer.singleShot(0, told)
window = Window()
window.resize(960, 640)
window.show()
application.exec()
"""


@dataclass(frozen=True)
class Target:
    """Something to start.

    Attributes:
        name: As the table has it.
        command: Starts it; the file of the times comes last where it is no program of ours.
        folders: What is read from the disk at the start.
    """

    name: str
    command: tuple[str, ...]
    folders: tuple[Path, ...]
    ours: bool = True


def start_rows() -> Iterator[Row]:
    """Cold and warm times of each target; the empty window is what any program would take."""
    targets = (_empty(), *found_targets())
    with _display() as environment, tempfile.TemporaryDirectory() as folder:
        homes = {target.name: _home(Path(folder), target) for target in targets}
        for target in targets:
            started(target, homes[target.name], environment)  # compiles the source, warms the disk
        for kind, runs in (("warm", WARM), ("cold", COLD)):
            times: dict[str, list[dict[str, float]]] = {target.name: [] for target in targets}
            how = ""
            for _ in range(runs):
                # by turns, so that what the machine does meanwhile meets all
                for target in targets:
                    if kind == "cold":
                        how = forget_files((*target.folders, Path(folder)))
                    times[target.name].append(started(target, homes[target.name], environment))
            yield from _time_rows(targets, times, kind, how)


def _time_rows(
    targets: Sequence[Target], times: dict[str, list[dict[str, float]]], kind: str, how: str
) -> Iterator[Row]:
    for target in targets:
        for what, key in (("paint", "painted"), ("answer", "answered")):
            if target.ours or key == "painted":
                each = times[target.name]
                used = statistics.median(one["cpu"] for one in each)
                least = min(one[key] for one in each)
                remark = f"least {least * 1000:.0f} ms, processor {used * 1000:.0f} ms in all"
                yield timed(
                    f"start to first {what}, {kind}: {target.name}",
                    [one[key] for one in each],
                    remark=f"{remark}; {how}" if how else remark,
                )


def memory_rows() -> Iterator[Row]:
    """Memory when nothing is done, and when a minute was written: of the bundles, or of the source
    where there are none."""
    if not which("Xvfb") or not which("xdotool"):
        print("(no Xvfb or no xdotool: memory is not measured)", file=sys.stderr)
        return
    for target in found_targets()[1:] or found_targets():
        with x_display() as display, tempfile.TemporaryDirectory() as folder:
            home = _home(Path(folder), target)
            with _running(target, home, display.environment) as (program, _):
                time.sleep(REST_SECONDS)
                yield _memory_row(f"memory at rest: {target.name}", program.pid)
                strokes = _write(display, WRITING_SECONDS)
                yield _memory_row(
                    f"memory after a minute of writing: {target.name}",
                    program.pid,
                    f"{strokes} strokes, ",
                )


def _memory_row(what: str, pid: int, remark: str = "") -> Row:
    # its own figure, as a child is said to have used at least what its parent did when it began
    peak = _kilobytes(f"/proc/{pid}/status", "VmHWM")
    share = _kilobytes(f"/proc/{pid}/smaps_rollup", "Pss")
    return measured(
        what, [peak / 1000], unit="MB", remark=f"{remark}its own part (PSS) {share / 1000:.0f} MB"
    )


def _kilobytes(file: str, field: str) -> float:
    """A field of a process, in kB of 1000 bytes."""
    lines = Path(file).read_text("ascii").splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith(f"{field}:")) * 1.024


def _write(display: XDisplay, seconds: float) -> int:
    """Writes small figures in lines over the pad for so long; how many strokes."""
    count, until = 0, time.monotonic() + seconds
    while (now := time.monotonic()) < until:
        x, y = 60 + count * 37 % 500, 200 + count * 37 // 500 % 6 * 60
        display.draw(
            [
                (x + round(9 * math.cos(turn / 2)), y + round(14 * math.sin(turn / 2)))
                for turn in range(10)
            ]
        )
        count += 1
        time.sleep(max(now + STROKE_SECONDS - time.monotonic(), 0))
    return count


# --- one start ---


def found_targets() -> tuple[Target, ...]:
    """The source, and the bundles that are in dist/."""
    library = Path(sys.prefix, "lib")
    source = Target(
        "source",
        (sys.executable, "-m", "desktop"),
        (ROOT / "core", ROOT / "desktop", ROOT / "models", ROOT / "assets", library),
    )
    bundles = (
        Target(name, (str(ROOT / place / "glyphpad"),), ((ROOT / place).resolve(),))
        for name, place in BUNDLES.items()
        if (ROOT / place / "glyphpad").exists()
    )
    return (source, *bundles)


def _empty() -> Target:
    library = Path(sys.prefix, "lib")
    return Target(
        "an empty window, source", (sys.executable, "-c", EMPTY_WINDOW), (library,), ours=False
    )


def started(target: Target, home: Path, environment: dict[str, str]) -> dict[str, float]:
    """Seconds from the start of the process to "painted" and "answered", and of the processor
    ("cpu") until the answer."""
    with _running(target, home, environment) as (_, times):
        return times


@contextmanager
def _running(
    target: Target, home: Path, environment: dict[str, str]
) -> Iterator[tuple[subprocess.Popen[bytes], dict[str, float]]]:
    """The program, when its first answer has come; ended with the block."""
    told = home / "times.json"
    told.unlink(missing_ok=True)
    kept = own_environment(environment, home)
    kept |= {START_TIMES: str(told), "PYTHONPYCACHEPREFIX": str(home / "compiled")}
    command = target.command if target.ours else (*target.command, str(told))
    with tempfile.TemporaryFile() as output:
        began = time.time()
        program = subprocess.Popen(command, cwd=ROOT, env=kept, stdout=output, stderr=output)
        try:
            while not told.exists():
                if program.poll() is not None or time.time() - began > LONGEST_SECONDS:
                    output.seek(0)
                    raise RuntimeError(f"{target.name}: {output.read().decode(errors='replace')}")
                time.sleep(0.01)
            cpu = _processor_seconds(program.pid)
            times = json.loads(told.read_text("utf-8"))
            yield program, {key: at - began for key, at in times.items()} | {"cpu": cpu}
        finally:
            program.kill()
            program.wait()


def _processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _home(folder: Path, target: Target) -> Path:
    """A home folder in which the pad of last time is kept."""
    home = folder / target.name.replace(" ", "-")
    pads = home / ".local/share/glyphpad"
    pads.mkdir(parents=True)
    archive = open_archive(pads / "pads.sqlite3").archive
    archive.keep(new_pad_id(), sample_ink())
    archive.close()
    return home


@contextmanager
def _display() -> Iterator[dict[str, str]]:
    """The environment of a display: an X server without a screen, else Qt's `offscreen`."""
    if which("Xvfb"):
        with x_display() as display:
            yield display.environment
    else:
        yield {**os.environ, "QT_QPA_PLATFORM": "offscreen"}


def forget_files(folders: Sequence[Path]) -> str:
    """Has the system forget what it holds in memory of the files; says how."""
    os.sync()
    try:
        Path("/proc/sys/vm/drop_caches").write_text("3", "ascii")
    except OSError:
        for folder in folders:
            for path in folder.rglob("*"):
                if path.is_file():
                    _forget(path)
        return "page cache of its files dropped"
    return "all of the page cache dropped"


def _forget(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    os.close(descriptor)
