"""A fresh, minimal Debian in a folder of its own, to install things on and to use them there.

It shares the machine's kernel, network and X server, and no file. Made by debootstrap; wants root.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SUITE = "bookworm"
"""Debian 12, the oldest system that is supported."""

MIRROR = "http://deb.debian.org/debian"
"""Where the system is had from, if this machine knows no mirror of its own."""

USER = "Zoë K"
"""The ordinary user's home is named so: entries in menus must do with spaces and other signs."""

LOGIN = "tester"
LOGIN_ID = 1000
"""The ordinary user's name and number; the name is known only in there."""

_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_PROXIES = ("http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")
_ENDING_SECONDS = 30.0

# The mounts are seen by the command alone, and gone with it, however it ends.
_INSIDE = (
    'mount -t proc proc "$0/proc" && mount --rbind /dev "$0/dev" && cd / && exec chroot "$0" "$@"'
)

_PREFERRED = """force-unsafe-io
"""
"""For dpkg: a system that lives for minutes need not survive a power cut."""


class NoSystemError(Exception):
    """No fresh system can be had here; with the reason."""


@dataclass(frozen=True)
class FreshSystem:
    """A Debian in a folder.

    Attributes:
        folder: Its `/`.
    """

    folder: Path

    @property
    def home(self) -> Path:
        """The ordinary user's home, as seen from outside."""
        return self.folder / "home" / USER

    def run(
        self,
        *command: str,
        root: bool = False,
        environment: Mapping[str, str] | None = None,
        place: str = ".",
    ) -> subprocess.CompletedProcess[str]:
        """What a command does in there, once it has ended.

        Args:
            command: The program and its arguments.
            root: Whether root runs it, rather than the ordinary user.
            environment: What is set beside the usual.
            place: The folder it is run in, below the home of who runs it.
        """
        return subprocess.run(
            self.command(*command, root=root, environment=environment, place=place),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )

    def launch(self, *command: str, environment: Mapping[str, str], place: str = ".") -> None:
        """Runs a command that starts a program and ends before it; what that says is not kept, as
        waiting for it would be waiting for the program's end."""
        subprocess.run(
            self.command(*command, environment=environment, place=place),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_ENDING_SECONDS,
            check=False,
        )

    def command(
        self,
        *command: str,
        root: bool = False,
        environment: Mapping[str, str] | None = None,
        place: str = ".",
    ) -> list[str]:
        """What runs a command in there; the arguments are those of `run`."""
        home = "/root" if root else f"/home/{USER}"
        settings = {"PATH": _PATH, "HOME": home, "LANG": "C.UTF-8", **(environment or {})}
        if root:
            settings["DEBIAN_FRONTEND"] = "noninteractive"
            settings |= {name: os.environ[name] for name in _PROXIES if name in os.environ}
        user = [] if root else ["setpriv", f"--reuid={LOGIN}", f"--regid={LOGIN}", "--init-groups"]
        told = [f"{name}={value}" for name, value in settings.items()]
        # after setpriv, for which the ordinary user's PATH is no matter
        inside = [*user, "env", "-i", *told, "sh", "-c", 'cd "$0" && exec "$@"', f"{home}/{place}"]
        return [
            "unshare", "--mount", "--propagation", "private", "sh", "-c", _INSIDE,
            str(self.folder), *inside, *command,
        ]  # fmt: skip

    def install(self, *packages: str) -> subprocess.CompletedProcess[str]:
        """What apt says while it installs packages, or files of packages, and what they need."""
        return self.run(
            "apt-get", "install", "--yes", "--no-install-recommends", "--quiet=1", *packages,
            root=True,
        )  # fmt: skip

    def processes(self) -> list[int]:
        """Ids of the processes that run in there."""
        found = []
        for entry in Path("/proc").iterdir():
            try:
                if entry.name.isdecimal() and (entry / "root").readlink() == self.folder:
                    found.append(int(entry.name))
            except OSError:
                continue  # it has ended meanwhile
        return found

    def at_rest(self) -> bool:
        """Whether all that runs in there ends by itself, within a while."""
        until = time.monotonic() + _ENDING_SECONDS
        while self.processes() and time.monotonic() < until:
            time.sleep(0.05)
        return not self.processes()

    def remove(self) -> None:
        """Ends what still runs in there, and removes the folder."""
        for process in self.processes():
            os.kill(process, signal.SIGKILL)
        self.at_rest()
        shutil.rmtree(self.folder, ignore_errors=True)


def make_system(folder: Path) -> FreshSystem:
    """A new system in a folder, which must not be there yet.

    Raises:
        NoSystemError: With the reason: not root, no network, or no right to mount.
    """
    if os.geteuid() != 0:
        raise NoSystemError("debootstrap and chroot want root")
    probe = [
        "unshare",
        "--mount",
        "--propagation",
        "private",
        "mount",
        "-t",
        "proc",
        "proc",
        "/mnt",
    ]
    if subprocess.run(probe, capture_output=True, check=False).returncode != 0:
        raise NoSystemError("nothing may be mounted here")
    made = subprocess.run(
        ["debootstrap", "--variant=minbase", SUITE, folder, mirror()],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode != 0:
        shutil.rmtree(folder, ignore_errors=True)
        last = (made.stdout + made.stderr).strip().splitlines()[-1:]
        raise NoSystemError(f"debootstrap failed: {' '.join(last)}")
    system = FreshSystem(folder.resolve())
    _settle(system)
    return system


def mirror() -> str:
    """Where this machine gets Debian from."""
    told = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(REPO_URI) $(CODENAME) $(COMPONENT)"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    for line in told.splitlines():
        address, *rest = line.split()
        if rest == [SUITE, "main"]:
            return address.rstrip("/")
    return MIRROR


def _settle(system: FreshSystem) -> None:
    """Gives a new system this machine's way to the network, and an ordinary user."""
    etc = system.folder / "etc"
    shutil.copyfile("/etc/resolv.conf", etc / "resolv.conf")
    told = subprocess.run(["apt-config", "dump"], capture_output=True, text=True, check=False)
    (etc / "apt/apt.conf.d/50network").write_text("\n".join(_network(told.stdout.splitlines())))
    (etc / "dpkg/dpkg.cfg.d/unsafe-io").write_text(_PREFERRED)
    for command in (
        ("useradd", "--uid", str(LOGIN_ID), "--create-home", "--home-dir", f"/home/{USER}", LOGIN),
        ("apt-get", "update"),
    ):
        done = system.run(*command, root=True)
        if done.returncode != 0:
            raise NoSystemError(f"{command[0]} failed: {done.stderr.strip()}")


def _network(lines: Sequence[str]) -> list[str]:
    """The lines of apt's settings that say how it gets at packages."""
    wanted = ("Acquire::http::Proxy", "Acquire::https::Proxy", "Acquire::Check-")
    return [line for line in lines if line.startswith(wanted)] + [""]
