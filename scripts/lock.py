"""Writes requirements/*.lock from pyproject.toml, or checks that they are up to date.

    python scripts/lock.py [--upgrade]   keeps the versions that still suit, or takes the newest
    python scripts/lock.py --check       says whether the locks were made from this pyproject.toml

A lock names one version and the hashes of its files for every platform and Python that Glyphpad
runs on. Each carries a digest of the requirements it was made from, so that the check needs no
network.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "requirements"
# The app comes first: the others keep its versions, so that one environment can serve them all.
# What is light has no Keras, and nothing that only Keras asks for.
EXTRAS = {"app": ["keras"], "bundle": ["keras", "bundle"], "light": ["bundle"], "dev": ["dev"]}
DIGEST = "# made from requirements with digest "


def main(arguments: list[str]) -> int:
    """0 when done, or when the locks are up to date; 1 when they are not."""
    if arguments == ["--check"]:
        return check()
    for name in EXTRAS:
        write(name, arguments)
    return 0


def check() -> int:
    """1 when a lock is missing or was made from other requirements."""
    stale = [name for name in EXTRAS if recorded_digest(lock_path(name)) != current_digest()]
    for name in stale:
        print(f"requirements/{name}.lock does not match pyproject.toml: run make lock")
    return 1 if stale else 0


def write(name: str, arguments: list[str]) -> None:
    """Resolves the requirements of one lock for all platforms and writes it."""
    command = [
        sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml",
        "--output-file", os.path.relpath(lock_path(name), ROOT),
        "--universal", "--python-version", "3.11", "--generate-hashes",
        "--no-header", "--no-emit-index-url", "--no-emit-find-links", "--quiet",
    ]  # fmt: skip
    for extra in EXTRAS[name]:
        command += ["--extra", extra]
    if name != "app":
        command += ["--constraints", "requirements/app.lock"]
    subprocess.run([*command, *arguments], check=True, cwd=ROOT, env=plain_environment())
    header = f"# Made by `make lock`; do not edit.\n{DIGEST}{current_digest()}\n"
    lock = lock_path(name)
    lock.write_text(header + without_header(lock.read_text("utf-8")), encoding="utf-8")


def lock_path(name: str) -> Path:
    """The file of one lock."""
    return FOLDER / f"{name}.lock"


def plain_environment() -> dict[str, str]:
    """The environment less a machine's own package sources: a lock is the same wherever made."""
    return {
        name: value for name, value in os.environ.items() if not name.startswith(("UV_", "PIP_"))
    }


def without_header(text: str) -> str:
    """`text` from its first line that is not one of our own comments."""
    lines = text.splitlines(keepends=True)
    while lines and lines[0].startswith("#"):
        del lines[0]
    return "".join(lines)


def recorded_digest(lock: Path) -> str:
    """The digest that a lock carries; empty when there is none."""
    if not lock.exists():
        return ""
    lines = lock.read_text("utf-8").splitlines()
    return next((line.removeprefix(DIGEST) for line in lines if line.startswith(DIGEST)), "")


def current_digest() -> str:
    """The digest of everything in pyproject.toml that decides which packages are installed."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    project = settings["project"]
    deciding = [
        project["requires-python"],
        project["dependencies"],
        project["optional-dependencies"],
        settings["tool"]["uv"],
    ]
    return hashlib.sha256(json.dumps(deciding, sort_keys=True).encode()).hexdigest()[:16]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
