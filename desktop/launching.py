"""The start of the window's program, and its end."""

from __future__ import annotations

import argparse
import builtins
import gc
import os
import sys
from pathlib import Path

from core import VERSION
from core.quiet import open_streams
from desktop.quick_enums import begin_quick_enums, end_quick_enums
from desktop.surroundings import (
    log_path,
    pads_path,
    platform_watched,
    processor_trouble,
    start_trouble,
    tell,
)

START_TIMES = "GLYPHPAD_START_TIMES"
"""Of the environment: the file that `make bench` has the times of the start written to."""


def launch() -> int:
    """The program's exit status: 0 after its window was closed."""
    open_streams()
    files = _files()
    trouble = processor_trouble()
    if trouble is not None:
        return tell(trouble)
    try:
        return _run(files)
    except Exception as error:  # noqa: BLE001  # never a silent end: told, and whole in the log
        return tell(start_trouble(error))


def _run(files: list[Path]) -> int:
    # NumPy's threads spin when they are made, on the processor that the window wants, and have
    # nothing to do in this program
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # what is loaded stays, so that looking through it for garbage finds none
    gc.disable()
    begin_quick_enums()
    # Qt comes after the arguments, so that --help and a wrong option need no display
    _import_plainly()
    from desktop.app import Program, make_application
    from desktop.faults import Faults
    from desktop.look.languages import use_language
    from desktop.settings import Settings, settings_path
    from desktop.signals import EndSignals

    with platform_watched():
        application = make_application(sys.argv[:1])
    signals = EndSignals()
    faults = Faults(log_path())
    faults.install()
    settings = Settings(settings_path())
    use_language(application, settings.language)
    program = Program(settings, faults, pads_path())
    if os.environ.get(START_TIMES):
        from desktop.start_times import StartTimes

        path = Path(os.environ[START_TIMES])
        StartTimes(path, program.first_paint, program.reader, parent=program)
    program.furnished.connect(_collect_garbage)
    program.first_paint.painted.connect(end_quick_enums)
    program.first_paint.painted.connect(signals.begin)
    program.start(files)
    status = application.exec()
    program.close()
    signals.close()
    return status


def _collect_garbage() -> None:
    """From now on, but for what is there."""
    gc.freeze()
    gc.enable()


def _import_plainly() -> None:
    """Gives Python its own `import` back, which PySide replaces: it looks through the source of
    every module that is imported, to learn whether its `__feature__` may be wanted there. We want
    none of them, and that was an eighth of what the start loads."""
    import PySide6.QtCore  # noqa: F401  # replaces it

    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


def _files() -> list[Path]:
    """Those that the program was started with."""
    given = sys.argv[1:]
    if not any(one.startswith("-") for one in given):
        return [Path(one) for one in given]
    parser = argparse.ArgumentParser(
        prog="glyphpad", description="Write by hand, get text: draw, or open a picture."
    )
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="a picture or ink")
    parser.add_argument("--version", action="version", version=f"glyphpad {VERSION}")
    files: list[Path] = parser.parse_args().files
    return files
