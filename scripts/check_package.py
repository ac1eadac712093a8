"""Checks the packages of a frozen program on a fresh, minimal Debian: installs, uses, removes them.

    python -m scripts.check_package dist/glyphpad-light [--pictures FOLDER] [--may-skip]

The Debian package is installed with what it asks for and nothing else, started from its entry in
the menu on a real X server, drawn on with a real mouse, handed a picture by its association,
upgraded and removed; the archive is installed by an ordinary user and removed. The command line
must say what the source says. Wants root and a network; without them it says so and fails, or, with
--may-skip, only says so.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PySide6.QtGui import QGuiApplication

from core import VERSION
from core.ink import Ink, Stroke
from core.inkml import INK_MIME, write_inkml
from scripts.fresh_system import LOGIN_ID, FreshSystem, NoSystemError, make_system
from scripts.packages.debian import ARCHITECTURES, debian_version
from scripts.screenshots import still_picture
from scripts.stylus_check import tell
from scripts.x_display import XDisplay, x_display

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "assets/samples/note.jpg"

DESKTOP_TOOLS = (
    "desktop-file-utils",
    "hicolor-icon-theme",
    "libglib2.0-bin",
    "shared-mime-info",
    "xdg-utils",
    "zstd",
)
"""What a desktop has and a minimal system has not: it knows entries, associations and archives."""

WIDTH, HEIGHT = 1080, 700
"""Of the window, in pixels."""

LETTER = "A"
STROKES = (
    ((170, 470), (200, 395), (230, 315), (245, 280), (262, 320), (290, 395), (320, 470)),
    ((197, 405), (240, 403), (292, 405)),
)
"""The letter, in pixels of the window."""

KEPT = (".local/share/glyphpad", ".local/state/glyphpad", ".config/glyphpad", ".cache")
"""What the program keeps for its user, below the home, and what libraries keep for theirs."""

LONGEST_SECONDS = 60.0

RECOGNIZE = (
    ("note.jpg",),
    ("note.png", "--alphabet", "alnum36"),
    ("note.tif", "--format", "json", "--top", "3"),
    ("note.bmp", "--format", "csv"),
    ("note.webp", "--format", "hocr"),
    ("note.jpg", "--format", "alto"),
    ("note.jpg", "--region", "40,40,400,120", "--format", "json"),
    ("note.jpg", "--without", "light", "--layout", "line", "--format", "json"),
    ("ink.inkml", "--format", "json"),
    ("ink.inkml", "--layout", "character", "--alphabet", "digits"),
    ("note.jpg", "ink.inkml", "--jobs", "2"),
    ("missing.png", "ink.inkml"),
    ("broken.png",),
    ("note.jpg", "--alphabet", "runes"),
)
"""Command lines of `recognize` that must answer as the source's do: every kind of file and form,
and every exit status."""


@dataclass(frozen=True)
class Place:
    """Where things are tried.

    Attributes:
        system: The fresh system.
        display: The X server.
        pictures: Where pictures of the window go.
    """

    system: FreshSystem
    display: XDisplay
    pictures: Path | None

    @property
    def shown(self) -> dict[str, str]:
        """What tells a program in the system where its window goes."""
        return {"DISPLAY": self.display.name}


def main() -> int:
    """0 when the packages do what they should, or may be left untried."""
    parser = argparse.ArgumentParser(prog="check_package", description=__doc__)
    parser.add_argument("folder", type=Path, help="the frozen program, with packages beside it")
    parser.add_argument("--pictures", type=Path, help="where pictures of the window are put")
    parser.add_argument("--may-skip", action="store_true", help="be content where none can be had")
    options = parser.parse_args()
    name, beside = options.folder.name, options.folder.parent
    architecture = ARCHITECTURES[platform.machine()]
    package = beside / f"{name}_{debian_version()}_{architecture}.deb"
    archive = beside / f"{name}-{VERSION}-linux-{platform.machine()}.tar.zst"
    # a job that is given up ends as an error does, and so takes the system away again
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("given up"))
    start = time.monotonic()
    try:
        with fresh_place(options.pictures) as place:
            print(f"a fresh system after {time.monotonic() - start:.0f} s", flush=True)
            passed = check(place, package, archive)
    except NoSystemError as error:
        print(f"NOT CHECKED, nothing was installed or started: {error}", flush=True)
        return 0 if options.may_skip else 1
    print(f"{'passed' if passed else 'FAILED'} after {time.monotonic() - start:.0f} s", flush=True)
    return 0 if passed else 1


@contextmanager
def fresh_place(pictures: Path | None) -> Iterator[Place]:
    """A fresh system and a display, gone with the block.

    Raises:
        NoSystemError: None can be had here.
    """
    with tempfile.TemporaryDirectory() as folder:
        system = make_system(Path(folder, "debian"))
        try:
            with x_display() as display:
                os.environ.update(display.environment)
                screen = QGuiApplication([])
                if pictures is not None:
                    pictures.mkdir(parents=True, exist_ok=True)
                yield Place(system, display, pictures)
                screen.quit()
        finally:
            system.remove()


def check(place: Place, package: Path, archive: Path) -> bool:
    """Whether both packages do what they should; goes on past what fails, to tell of all of it."""
    samples(place.system.home)
    if not installs(place, package):
        return False
    steps: tuple[Callable[[], bool], ...] = (
        lambda: is_whole(place),
        lambda: says_what_the_source_says(place),
        lambda: desktop_knows(place),
        lambda: used_from_the_menu(place, "/usr/share/applications", "installed"),
        lambda: opens_by_association(place),
        lambda: upgrades(place, package),
        lambda: removes(place, package.name.partition("_")[0]),
        lambda: for_one_user(place, archive),
    )
    return sum(tried(step) for step in steps) == len(steps)


def tried(step: Callable[[], bool]) -> bool:
    """Whether a step finds all as it should be; a window that never comes is told as well."""
    try:
        return step()
    except TimeoutError as error:
        print(f"FAIL  {error}", flush=True)
        return False


# --- the Debian package --------------------------------------------------------------------------


def installs(place: Place, package: Path) -> bool:
    """Whether the package brings all it needs onto a system that has nothing."""
    system = place.system
    inside = shutil.copy(package, system.folder / "root")
    start = time.monotonic()
    done = system.install(f"/root/{Path(inside).name}")
    passed = tell(
        done.returncode == 0,
        f"{package.name} installed on a minimal system in {time.monotonic() - start:.0f} s",
    )
    if not passed:
        print(done.stdout, done.stderr)
    return passed


def is_whole(place: Place) -> bool:
    """Whether the program finds every library and every part of its own."""
    system = place.system
    lost = system.run("sh", "-c", _LOST)
    passed = tell(not lost.stdout.strip(), f"libraries not found: {lost.stdout.strip() or 'none'}")
    done = system.run("glyphpad-cli", "self-check")
    bad = [line for line in done.stdout.splitlines() if not line.startswith("ok")]
    return passed & tell(done.returncode == 0, f"self-check: {'; '.join(bad) or 'all is whole'}")


_LOST = """
cd /usr/lib/glyphpad
find . -type f \\( -name '*.so*' -o -name 'glyphpad*' \\) | while read -r file; do
    LD_LIBRARY_PATH=/usr/lib/glyphpad/_internal ldd "$file" 2>/dev/null |
        sed -n "s|^\\s*\\(.*\\) => not found|\\1 of $file|p"
done | sort -u
"""
"""Every library that any part of the program is linked to and that is nowhere."""


def says_what_the_source_says(place: Place) -> bool:
    """Whether the installed command line answers as the source's does: text, errors and status."""
    passed = True
    for arguments in RECOGNIZE:
        command = ["recognize", "--quiet", *arguments]
        source = subprocess.Popen(
            [sys.executable, "-m", "core", *command],
            cwd=place.system.home / "files",
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        installed = place.system.run("glyphpad-cli", *command, place="files")
        text, complaint = source.communicate()
        same = (installed.returncode, installed.stdout) == (source.returncode, text)
        line = " ".join(arguments)
        passed &= tell(same, f"recognize {line}: status {installed.returncode}, as the source")
        if not same:
            print(f"source: {source.returncode}\n{text[:2000]}{complaint[-2000:]}")
            print(f"installed:\n{installed.stdout[:2000]}{installed.stderr[-2000:]}")
    return passed


def desktop_knows(place: Place) -> bool:
    """Whether a desktop that comes later finds the entry, its files and what opens them."""
    done = place.system.install(*DESKTOP_TOOLS)
    if not tell(done.returncode == 0, f"desktop tools installed: {', '.join(DESKTOP_TOOLS)}"):
        print(done.stderr)
        return False
    valid = place.system.run("desktop-file-validate", "/usr/share/applications/glyphpad.desktop")
    passed = tell(not valid.stdout + valid.stderr, f"the entry is valid {valid.stdout}".strip())
    for name, kind in (("note.jpg", "image/jpeg"), ("ink.inkml", INK_MIME), ("ink", INK_MIME)):
        told = place.system.run("gio", "info", "-a", "standard::content-type", f"files/{name}")
        passed &= tell(f"content-type: {kind}" in told.stdout, f"{name} is known as {kind}")
        opener = place.system.run("xdg-mime", "query", "default", kind).stdout.strip()
        passed &= tell(opener == "glyphpad.desktop", f"{kind} is opened by {opener!r}")
    return passed


def used_from_the_menu(place: Place, entries: str, picture: str) -> bool:
    """Whether the entry opens a window that reads what is drawn, and that closes.

    Args:
        place: Where.
        entries: The folder that the entry is in.
        picture: Name of the picture that is taken of the window.
    """
    start = time.monotonic()
    place.system.launch("gio", "launch", f"{entries}/glyphpad.desktop", environment=place.shown)
    window = wait_for_window(place)
    print(f"ok    the entry opened a window after {time.monotonic() - start:.1f} s", flush=True)
    settle(place, window)
    place.display.draw(*STROKES)
    save(place, window, picture)
    text = copied(place)
    passed = tell(text == LETTER, f"drawn {LETTER!r}, read {text!r}")
    return passed & closes(place, window)


def opens_by_association(place: Place) -> bool:
    """Whether a picture and ink, opened as a file manager does, are read."""
    passed = True
    for name in ("note.jpg", "ink.inkml"):
        said = place.system.run("glyphpad-cli", "recognize", "--quiet", name, place="files")
        place.system.launch("gio", "open", name, environment=place.shown, place="files")
        window = wait_for_window(place)
        settle(place, window)
        save(place, window, name.replace(".", "-"))
        text = copied(place)
        passed &= tell(
            text.split() == said.stdout.split(), f"{name}: read {' / '.join(text.splitlines())!r}"
        )
        passed &= closes(place, window)
    return passed


def upgrades(place: Place, package: Path) -> bool:
    """Whether a newer package takes the place of the older, and leaves none of its files."""
    system = place.system
    name = package.name.partition("_")[0]
    newer = f"{debian_version()}.1"
    script = _NEWER.replace("NAME", package.name).replace("VERSION", newer)
    made = system.run("sh", "-ec", script, root=True)
    done = system.install("/root/newer.deb")
    version = system.run("dpkg-query", "--show", "--showformat=${Version} ${Status}", name).stdout
    passed = tell(
        made.returncode == done.returncode == 0 and version == f"{newer} install ok installed",
        f"upgraded: {version} {made.stderr if made.returncode else ''}",
    )
    old, new = (system.folder / "usr/share/doc" / name / part for part in ("copyright", "terms"))
    passed &= tell(new.exists() and not old.exists(), "a file of the older one is gone")
    said = system.run("glyphpad-cli", "--version").stdout.strip()
    return passed & tell(said == f"glyphpad-cli {VERSION}", f"it still runs: {said}")


_NEWER = """
cd /root
dpkg-deb -R NAME new
sed -i 's/^Version: .*/Version: VERSION/' new/DEBIAN/control
mv new/usr/share/doc/*/copyright "$(dirname new/usr/share/doc/*/copyright)/terms"
dpkg-deb --root-owner-group -Znone -b new newer.deb
rm -rf new
"""
"""Makes a newer package of one, with a file by another name."""


def removes(place: Place, name: str) -> bool:
    """Whether nothing is left of the package, neither files nor what others noted about it."""
    system = place.system
    listed = system.run("dpkg", "-L", name).stdout.splitlines()
    done = system.run("apt-get", "purge", "--yes", name, root=True)
    passed = tell(done.returncode == 0, f"removed, with {len(listed)} paths, some of them shared")
    owned = set(system.run("sh", "-c", "cat /var/lib/dpkg/info/*.list").stdout.splitlines())
    own = [path for path in listed if path not in owned]
    left = [path for path in own if os.path.lexists(f"{system.folder}{path}")]
    passed &= tell(not left, f"paths left: {', '.join(left) or 'none'}")
    found = system.run("sh", "-c", _TRACES, root=True).stdout.split("\n")
    traces = [line for line in found if line]
    return passed & tell(not traces, f"names and notes left: {', '.join(traces) or 'none'}")


_TRACES = """
find / -xdev -iname '*glyphpad*' ! -path '/home/*' ! -path '/root/*' ! -path '/proc/*'
grep -rIl glyphpad /etc /usr /var/lib/dpkg/info /var/lib/dpkg/status
grep -rl glyphpad /usr/share/applications /usr/share/mime
true
"""
"""Files whose name or text still tells of the program. The ordinary user's own are not meant."""


# --- the archive ---------------------------------------------------------------------------------


def for_one_user(place: Place, archive: Path) -> bool:
    """Whether an ordinary user can install the archive, use it and remove it."""
    system = place.system
    for kept in KEPT:
        shutil.rmtree(system.home / kept, ignore_errors=True)  # as it is for a new user
    shutil.copy(archive, system.home)
    unpacked = system.run("sh", "-ec", 'tar -xf "$0" && rm "$0" && mv glyphpad* "un packed"',
                          archive.name)  # fmt: skip
    passed = tell(unpacked.returncode == 0, f"{archive.name} unpacked {unpacked.stderr}".strip())
    said = system.run("un packed/bin/glyphpad-cli", "--version").stdout.strip()
    passed &= tell(said == f"glyphpad-cli {VERSION}", f"it runs where it was unpacked: {said}")
    before = files_of_home(system)
    done = system.run("sh", "un packed/install.sh")
    passed &= tell(done.returncode == 0, f"install.sh: {done.stdout}{done.stderr}".strip())
    entries = f"/home/{system.home.name}/.local/share/applications"
    valid = system.run("desktop-file-validate", f"{entries}/glyphpad.desktop")
    passed &= tell(not valid.stdout + valid.stderr, f"its entry is valid {valid.stdout}".strip())
    # xdg-mime cannot do with a space in the home's name; file managers ask as gio does
    opener = system.run("gio", "mime", INK_MIME).stdout.partition("\n")[0]
    passed &= tell(opener.endswith(": glyphpad.desktop"), opener)
    passed &= used_from_the_menu(place, entries, "for-one-user")
    again = system.run("sh", "un packed/install.sh")
    passed &= tell(again.returncode == 0, "installed once more over itself")
    done = system.run("sh", ".local/lib/glyphpad/uninstall.sh")
    passed &= tell(done.returncode == 0, f"uninstall.sh: {done.stdout}{done.stderr}".strip())
    left = sorted(files_of_home(system) - before)
    return passed & tell(not left, f"left in the home: {', '.join(left) or 'nothing'}")


def files_of_home(system: FreshSystem) -> set[str]:
    """Every path in the home, but what the program keeps for its user."""
    paths = {str(path.relative_to(system.home)) for path in system.home.rglob("*")}
    return {path for path in paths if not path.startswith(KEPT)}


# --- the window ----------------------------------------------------------------------------------


def wait_for_window(place: Place) -> int:
    """The program's window, known by the class that its entry tells desktops.

    Raises:
        TimeoutError: There is none.
    """
    until = time.monotonic() + LONGEST_SECONDS
    while time.monotonic() < until:
        found = place.display.tell("search", "--onlyvisible", "--class", "^glyphpad$")
        if found:
            return int(found.splitlines()[0])
        time.sleep(0.05)
    raise TimeoutError(f"no window after {LONGEST_SECONDS:.0f} s")


def settle(place: Place, window: int) -> None:
    """Puts the window into its place, with the keyboard, and waits until it is at rest."""
    place.display.tell("windowmove", str(window), "0", "0")
    place.display.tell("windowsize", str(window), str(WIDTH), str(HEIGHT))
    place.display.tell("windowfocus", str(window))
    still_picture(window)


def copied(place: Place) -> str:
    """The text that a window at rest puts on the clipboard when it is asked to."""
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    place.display.tell("key", "ctrl+shift+c")
    until = time.monotonic() + LONGEST_SECONDS
    while not clipboard.text() and time.monotonic() < until:
        QGuiApplication.processEvents()
        time.sleep(0.05)
    return clipboard.text()


def save(place: Place, window: int, name: str) -> None:
    """Keeps a picture of the window, if pictures are wanted."""
    picture = still_picture(window)
    if place.pictures is not None:
        picture.save(str(place.pictures / f"{name}.png"))


def closes(place: Place, window: int) -> bool:
    """Whether the window closes, and with it the program, without a fault in its log."""
    place.display.close_window(window)
    passed = tell(place.system.at_rest(), "closed, and no process is left")
    logs = [log.read_text("utf-8") for log in place.system.home.rglob("glyphpad.log")]
    return passed & tell(not any(logs), f"faults noted: {''.join(logs) or 'none'}")


# --- what is read --------------------------------------------------------------------------------


def samples(home: Path) -> None:
    """Puts a picture of every kind, ink, and a broken file into the ordinary user's home."""
    files = home / "files"
    files.mkdir()
    shutil.copy(SAMPLE, files / "note.jpg")
    picture = cv2.imdecode(np.fromfile(SAMPLE, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None  # noqa: S101  # the sample is ours
    for kind in ("png", "tif", "bmp", "webp"):
        cv2.imwrite(str(files / f"note.{kind}"), picture)
    (files / "broken.png").write_bytes((files / "note.png").read_bytes()[:300])
    write_inkml(Ink(tuple(map(_stroke, STROKES))), files / "ink.inkml")
    shutil.copy(files / "ink.inkml", files / "ink")
    for path in (files, *files.iterdir()):
        os.chown(path, LOGIN_ID, LOGIN_ID)


def _stroke(points: tuple[tuple[int, int], ...]) -> Stroke:
    rows = [(x, y, 0.5, number / 100) for number, (x, y) in enumerate(points)]
    return Stroke(np.array(rows, dtype=np.float32))


if __name__ == "__main__":
    sys.exit(main())
