"""Installs what Glyphpad needs from the system, or says in one line what to install.

    python3 scripts/system_packages.py TASK...

The tasks and what they need are in system-packages.txt. Nothing is asked of the package manager
while everything is there. Runs before there is an environment, so on the standard library alone.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

TABLE = Path(__file__).with_name("system-packages.txt")
FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts")


def main(tasks: list[str]) -> int:
    """0 when all is there, or has been installed; 1 when it is for the user to install."""
    if not sys.platform.startswith("linux"):
        return 0
    missing = missing_packages(tasks)
    if not missing:
        return 0
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *missing]
    if shutil.which("apt-get") is None:
        print(f"Please install, by the names that your system has for them: {' '.join(missing)}")
        return 1
    prefix = privilege()
    if prefix is None:
        print(f"Please run this once, then try again: sudo {' '.join(command)}")
        return 1
    print(f"Installing system packages: {' '.join(missing)}", flush=True)
    install(command, prefix=prefix)
    still_missing = missing_packages(tasks)
    if still_missing:
        print(f"Please install these packages, then try again: {' '.join(still_missing)}")
        return 1
    return 0


def missing_packages(tasks: list[str]) -> list[str]:
    """Names of the Debian packages that `tasks` need and that are not there, in table order."""
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    missing = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        task, sign, package = line.split()
        kind, _, name = sign.partition(":")
        if task in tasks and not PROBES[kind](name):
            missing.append(package.format(version=version))
    return missing


def has_library(name: str) -> bool:
    """Whether the dynamic linker finds the library, wherever it is installed."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_command(name: str) -> bool:
    """Whether the program can be started."""
    return shutil.which(name) is not None


def has_module(name: str) -> bool:
    """Whether this Python has the module."""
    return importlib.util.find_spec(name) is not None


def has_font(_: str) -> bool:
    """Whether there is any font at all: without one Qt draws no letters."""
    patterns = ("*.ttf", "*.otf", "*.ttc")
    return any(next(folder.rglob(p), None) for folder in FONT_FOLDERS for p in patterns)


def has_python_library(_: str) -> bool:
    """Whether this Python can be had as a shared library."""
    name = f"libpython{sys.version_info[0]}.{sys.version_info[1]}.so.1.0"
    folder = sysconfig.get_config_var("LIBDIR") or "/nonexistent"
    return (Path(folder) / name).exists() or has_library(name)


PROBES = {
    "command": has_command,
    "font": has_font,
    "library": has_library,
    "module": has_module,
    "python": has_python_library,
}


def privilege() -> list[str] | None:
    """What to put before a command so that it may install; None when only the user can."""
    if os.geteuid() == 0:
        return []
    asks_nothing = ["sudo", "--non-interactive"]
    if (
        shutil.which("sudo")
        and subprocess.run([*asks_nothing, "true"], check=False).returncode == 0
    ):
        return asks_nothing
    return None


def install(command: list[str], *, prefix: list[str]) -> None:
    """Runs `command` after fetching the package lists; a failure shows in what is then missing."""
    quietly = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive"]
    waiting = ["-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Use-Pty=0", "--quiet=2"]
    for step in (["apt-get", "update"], command):
        subprocess.run(
            [*quietly, step[0], *waiting, *step[1:]], check=False, stdout=subprocess.DEVNULL
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
