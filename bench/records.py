"""Runs as files: written as JSON, a file a kind of machine, and compared with the last one that was
committed."""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import time
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from bench.rows import Row
from core.processor import processor_name

RESULTS = Path(__file__).parent / "results"
ROOT = Path(__file__).parents[1]

WORSE = 1.10
"""So many times as much, or as little, is marked..."""

LEAST_RUNS = 4
"""... if so many runs at least tell how much the figure varies by itself, and the quartiles of then
and now do not overlap. On a machine that does other things too, medians of the same program differ
by more than a tenth; that half of all runs moved past the other half is hardly by chance."""

_PACKAGES = (
    "PySide6-Essentials",
    "numpy",
    "keras",
    "ai-edge-litert",
    "opencv-python-headless",
)


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def machine() -> str:
    """The kind of machine, in words."""
    return f"{platform.system()} {platform.machine()}, {processor_name()}, {cores()} cores"


def versions() -> dict[str, str]:
    """What it was measured with."""
    return {"Python": platform.python_version(), **{name: version(name) for name in _PACKAGES}}


def record(rows: Sequence[Row], known: dict[str, object] | None) -> dict[str, object]:
    """The run as it is written. Rows that were not measured now stay as they were known, each with
    its own date."""
    stamp = {"date": time.strftime("%Y-%m-%d", time.gmtime()), "load": round(_load(), 1)}
    told = {row.what: {**asdict(row), **stamp} for row in rows}
    old = [] if known is None else known["rows"]
    kept = [told.pop(row["what"], row) for row in old]
    return {
        "machine": machine(),
        "versions": versions(),
        "commit": _git("rev-parse", "--short", "HEAD").strip(),
        "rows": [*kept, *told.values()],
    }


def results_path() -> Path:
    """The file of this kind of machine."""
    return RESULTS / f"{re.sub('[^a-z0-9]+', '-', machine().lower()).strip('-')}.json"


def committed() -> dict[str, object] | None:
    """The last run of this kind of machine that was committed."""
    text = _git("show", f"HEAD:{results_path().relative_to(ROOT).as_posix()}")
    return json.loads(text) if text else None


def written() -> dict[str, object] | None:
    """The run as it stands in its file."""
    path = results_path()
    return json.loads(path.read_text("utf-8")) if path.exists() else None


def write(rows: Sequence[Row]) -> Path:
    """Writes them into the file of this kind of machine."""
    path = results_path()
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(record(rows, written()), indent=1) + "\n", "utf-8")
    return path


def compared(row: Row, last: dict[str, object] | None) -> str:
    """How the row stands to the last run: "+12 %", marked where it is worse; empty if not known."""
    rows = {} if last is None else {each["what"]: each for each in last["rows"]}
    old = rows.get(row.what)
    if old is None or not row.better or not old["value"] or old["unit"] != row.unit:
        return ""
    change = f"{(row.value / old['value'] - 1) * 100:+.0f} %"
    return f"{change} WORSE" if _is_worse(row, old) else change


def _is_worse(row: Row, old: dict[str, float]) -> bool:
    lower = row.better == "lower"
    if (row.value / old["value"] if lower else old["value"] / max(row.value, 1e-9)) <= WORSE:
        return False
    if row.exact:
        return True
    apart = row.low > old["high"] if lower else row.high < old["low"]
    return apart and min(row.n, old["n"]) >= LEAST_RUNS


def _load() -> float:
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0


def _git(*arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout if done.returncode == 0 else ""
