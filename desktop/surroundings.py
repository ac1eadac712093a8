"""What the program needs around it before it has a window: where that is missing, a person is told
what it is and what to do, also one who started the program by a double click.

Next to nothing is looked into beforehand, as that would take time at every start: Qt and the system
say what is missing when it is, and only then is it asked why. What is needed for that is imported
then, too. All of it is without Qt, but for `platform_watched`, and runs where Qt cannot be loaded.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from core.exit_status import BROKEN, SOME_FAILED
from core.processor import TOO_OLD, lacks

APPLICATION = "glyphpad"

DIALOG_SECONDS = 1.0
"""How long a program that shows a message is watched: one that has no display to show it on has
ended by then."""

PACKAGES: Mapping[str, str] = MappingProxyType(
    {
        "libEGL.so.1": "libegl1",
        "libGL.so.1": "libgl1",
        "libX11-xcb.so.1": "libx11-xcb1",
        "libX11.so.6": "libx11-6",
        "libdbus-1.so.3": "libdbus-1-3",
        "libfontconfig.so.1": "libfontconfig1",
        "libfreetype.so.6": "libfreetype6",
        "libgthread-2.0.so.0": "libglib2.0-0",
        "libwayland-client.so.0": "libwayland-client0",
        "libwayland-cursor.so.0": "libwayland-cursor0",
        "libwayland-egl.so.1": "libwayland-egl1",
        "libxcb-cursor.so.0": "libxcb-cursor0",
        "libxcb-icccm.so.4": "libxcb-icccm4",
        "libxcb-image.so.0": "libxcb-image0",
        "libxcb-keysyms.so.1": "libxcb-keysyms1",
        "libxcb-randr.so.0": "libxcb-randr0",
        "libxcb-render-util.so.0": "libxcb-render-util0",
        "libxcb-shape.so.0": "libxcb-shape0",
        "libxcb-shm.so.0": "libxcb-shm0",
        "libxcb-sync.so.1": "libxcb-sync1",
        "libxcb-util.so.1": "libxcb-util1",
        "libxcb-xfixes.so.0": "libxcb-xfixes0",
        "libxcb-xkb.so.1": "libxcb-xkb1",
        "libxcb.so.1": "libxcb1",
        "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
        "libxkbcommon.so.0": "libxkbcommon0",
        "libzstd.so.1": "libzstd1",
    }
)
"""The Debian package of each library of the system that Qt loads."""

_DIALOGS: tuple[tuple[str, ...], ...] = (
    ("zenity", "--error", "--no-markup", "--title=Glyphpad", "--text={text}"),
    ("kdialog", "--title", "Glyphpad", "--error", "{text}"),
    ("xmessage", "-center", "{text}"),
    ("notify-send", "--expire-time=0", "Glyphpad", "{text}"),
)
"""Programs that show a message where we cannot, the best first: GNOME's, KDE's, the one that is as
old as X, and a note of whatever desktop runs."""

_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS")
"""Where a message may be shown."""

_PLUGINS = {"WAYLAND_DISPLAY": "libqwayland.so", "DISPLAY": "libqxcb.so"}
"""What Qt shows windows with, by the variable that asks for it."""

_MISSING = r"(\S+\.so[.\d]*): cannot open shared object file"
_TOO_OLD = r"version [`'](\w+_[\d.]+)' not found"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why there is no window.

    Attributes:
        text: What is wrong and what to do.
        status: What the program ends with.
        details: What only the log gets.
    """

    text: str
    status: int
    details: str = ""


def log_path() -> Path:
    """The log, where the platform keeps such files."""
    import platformdirs

    return platformdirs.user_log_path(APPLICATION, appauthor=False) / "glyphpad.log"


def pads_path() -> Path:
    """The file that pads are kept in, where the platform keeps such files."""
    import platformdirs

    return platformdirs.user_data_path(APPLICATION, appauthor=False) / "pads.sqlite3"


def processor_trouble() -> Trouble | None:
    """Why not even the imports can be tried: what is too old for them ends the process."""
    if not lacks("sse4_2"):
        return None
    return Trouble(TOO_OLD, BROKEN)


@contextmanager
def platform_watched() -> Iterator[None]:
    """To make the application object in. Where Qt finds nothing to show windows on it would abort
    the process; here it ends with words and a status."""
    from PySide6.QtCore import QLibraryInfo, QMessageLogContext, QtMsgType, qInstallMessageHandler

    heard: list[str] = []

    def hear(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        unnamed = context.category in {None, "default"}
        heard.append(text if unnamed else f"{context.category}: {text}")
        if kind == QtMsgType.QtFatalMsg:
            plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath), "platforms")
            trouble = platform_trouble(os.environ, plugins, "\n".join(heard))
            # Qt calls abort() when this returns
            os._exit(tell(trouble))

    qInstallMessageHandler(hear)
    try:
        yield
    finally:
        qInstallMessageHandler(None)
    for line in heard:
        _print(line)


def platform_trouble(environment: Mapping[str, str], plugins: Path, said: str = "") -> Trouble:
    """Why Qt found nothing to show windows on.

    Args:
        environment: The variables that Qt chose by.
        plugins: The folder of what Qt shows windows with.
        said: Qt's own words.
    """
    chosen = environment.get("QT_QPA_PLATFORM")
    if chosen:
        text = (
            f"Glyphpad cannot show its window: QT_QPA_PLATFORM is set to “{chosen}”, which does "
            "not work here. Start it without that variable."
        )
        return Trouble(text, SOME_FAILED, said)
    asked = [name for name in _PLUGINS if environment.get(name)]
    if not asked:
        text = (
            "Glyphpad found no display to show its window on: neither DISPLAY nor WAYLAND_DISPLAY "
            "is set. Start it in a desktop session; glyphpad-cli reads files without a display."
        )
        return Trouble(text, SOME_FAILED, said)
    for name in asked:
        reason = load_error(plugins / _PLUGINS[name])
        if reason is not None:
            return library_trouble(reason, said)
    named = " and ".join(f"“{environment[name]}” ({name})" for name in asked)
    text = (
        f"Glyphpad cannot show its window: the display {named} does not answer, or does not let "
        "this user in. Start it in the desktop session of the user who is logged in; glyphpad-cli "
        "reads files without a display."
    )
    return Trouble(text, SOME_FAILED, said)


def library_trouble(reason: str, said: str = "") -> Trouble:
    """What a person can do about a library that cannot be loaded.

    Args:
        reason: What the system said of it.
        said: What else there is to log.
    """
    import re

    missing, too_old = re.search(_MISSING, reason), re.search(_TOO_OLD, reason)
    if missing:
        library = Path(missing[1]).name
        package = PACKAGES.get(library)
        advice = (
            f"On Debian and Ubuntu: sudo apt install {package}. Elsewhere, install the package "
            "that has this file."
            if package
            else "Install the package of your system that has this file, or Glyphpad again."
        )
        text = f"Glyphpad cannot start: {library} is missing. {advice}"
    elif too_old:
        text = (
            f"Glyphpad cannot start: this system is too old for it ({too_old[1]} is missing). "
            "It runs on Debian 12, Ubuntu 22.10 and later."
        )
    else:
        first = reason.strip().partition("\n")[0]
        text = f"Glyphpad cannot start: a part of it cannot be loaded ({first}). Install it again."
    return Trouble(text, BROKEN, f"{reason}\n{said}")


def start_trouble(error: BaseException) -> Trouble:
    """What to say of what stopped the start."""
    import traceback

    details = "".join(traceback.format_exception(error))
    if isinstance(error, ImportError):
        trouble = library_trouble(str(error))
        return Trouble(trouble.text, trouble.status, details)
    text = (
        f"Glyphpad cannot start: {type(error).__name__}: {error}. "
        f"The details are in {log_path()}. What you wrote earlier is kept."
    )
    return Trouble(text, BROKEN, details)


def tell(trouble: Trouble) -> int:
    """Says it wherever someone may see it: on standard error, in the log, and where nobody looks
    at the former in a window. The status to end with."""
    _print(trouble.text)
    _note(trouble)
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, trouble.text, "Glyphpad", 0x10)
    elif not _has_terminal():
        _show(trouble.text)
    return trouble.status


def load_error(library: Path) -> str | None:
    """Why a library cannot be loaded, in the system's words; None where it can."""
    import ctypes

    try:
        ctypes.CDLL(str(library))
    except OSError as error:
        # a frozen program's ctypes puts words of its own before those of the system
        return str(error.__cause__ or error)
    return None


def _print(text: str) -> None:
    # a program without a console may have no standard error, or a closed one
    with suppress(OSError, ValueError, AttributeError):
        print(text, file=sys.stderr, flush=True)  # noqa: T201  # the last that can be said


def _note(trouble: Trouble) -> None:
    """Into the log, if that can be written."""
    import logging

    try:
        path = log_path()
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.FileHandler(path, encoding="utf-8")
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    record = logging.LogRecord(
        APPLICATION, logging.ERROR, __file__, 0, f"{trouble.text}\n{trouble.details}", None, None
    )
    with suppress(OSError):
        handler.emit(record)
    handler.close()


def _has_terminal() -> bool:
    try:
        return sys.stderr.isatty()
    except (AttributeError, ValueError):
        return False


def _show(text: str) -> None:
    """In a window of the first program of the desktop's that can."""
    if not any(os.environ.get(name) for name in _DISPLAYS):
        return
    import shutil

    for program, *arguments in _DIALOGS:
        found = shutil.which(program)
        if found and _shows([found, *(part.format(text=text) for part in arguments)]):
            return


def _shows(command: Sequence[str]) -> bool:
    """Whether such a program has shown its message, or shows it still."""
    import subprocess

    try:
        program = subprocess.Popen(  # noqa: S603  # found on PATH, by names of ours
            command,
            env=_environment_of_others(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        return program.wait(DIALOG_SECONDS) == 0
    except subprocess.TimeoutExpired:
        return True
    except OSError:
        return False


def _environment_of_others() -> dict[str, str]:
    """Our environment, without what has a frozen program find its own libraries first."""
    environment = dict(os.environ)
    if getattr(sys, "frozen", False):
        environment.pop("LD_LIBRARY_PATH", None)
        if "LD_LIBRARY_PATH_ORIG" in environment:
            environment["LD_LIBRARY_PATH"] = environment.pop("LD_LIBRARY_PATH_ORIG")
    return environment
