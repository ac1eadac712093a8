"""The command line, `glyphpad-cli`.

Exit status: 0 done, 1 some inputs failed (each named on standard error, the others done), 2 wrong
usage (of the light Glyphpad also what needs Keras), 3 a broken installation (a model missing or
damaged).
"""

from __future__ import annotations

import argparse
import errno
import io
import os
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from core.cli_parser import command_parser
from core.edition import has_keras, need_keras
from core.errors import GlyphpadError, ModelError, NoKerasError
from core.exit_status import BROKEN, DONE, INTERRUPTED, SOME_FAILED, WRONG_USAGE
from core.models import model_names, models_folder, open_model
from core.processor import lacks
from core.quiet import open_streams, quiet_libraries
from core.recognise_command import recognise_command
from core.self_check import self_check

_DISK_FAULTS = (errno.ENOSPC, errno.EDQUOT, errno.EIO)
"""What the system says where standard output goes to a disk that takes no more."""

PATIENCE = 2.0
"""Seconds that threads are waited for after Ctrl+C."""


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status of a command line.

    Args:
        arguments: Without the program's name; those it was started with if None.
    """
    open_streams()
    options = command_parser().parse_args(arguments)
    _open_output()
    if options.command in _OF_TENSORFLOW and lacks("avx"):
        _complain(f"{options.command}: TensorFlow needs a processor with AVX; this one has not.")
        return BROKEN
    try:
        status = _COMMANDS[options.command](options)
        sys.stdout.flush()
    except GlyphpadError as error:
        _complain(str(error))
        return _status_of(error)
    except KeyboardInterrupt:
        if arguments is None and not _threads_end(PATIENCE):
            # Python would wait for them for ever: they wait for the rest of what a process told
            # that was killed in the middle of it; what else they had must be given back before,
            # or multiprocessing complains of it
            import multiprocessing.util

            multiprocessing.util._run_finalizers(0)  # type: ignore[attr-defined]  # noqa: SLF001
            os._exit(INTERRUPTED)
        return INTERRUPTED
    except OSError as error:
        return _output_ended(error)
    return status


def _status_of(error: GlyphpadError) -> int:
    if isinstance(error, NoKerasError):
        return WRONG_USAGE
    return BROKEN if isinstance(error, ModelError) else SOME_FAILED


def _recognize(options: argparse.Namespace) -> int:
    return recognise_command(options, _complain)


def _models(options: argparse.Namespace) -> int:
    """Lists the models, whole or not."""
    status = DONE
    for name in model_names(options.models):
        try:
            model = open_model(name, options.models)
            model.check()
        except ModelError as error:
            _complain(str(error))
            status = BROKEN
            continue
        manifest = model.manifest
        engines = [*(["litert"] if manifest.twin else []), *(["keras"] if has_keras() else [])]
        runs = ", ".join(engines) or "nothing here runs it"
        print(f"{name}  {manifest.version}  {manifest.alphabet.name}  {runs}")
        print(f"    {manifest.architecture}")
    if not model_names(options.models):
        _complain(f"there are no models in {options.models or models_folder()}")
        status = BROKEN
    return status


def _train(options: argparse.Namespace) -> int:
    need_keras("train")
    from core.training.command import train_command

    return train_command(options.model, run=options.run, models=options.models or models_folder())


def _evaluate(options: argparse.Namespace) -> int:
    need_keras("evaluate")
    from core.training.evaluation.command import (
        PAGES,
        WORDS,
        audit_command,
        evaluate_command,
        pages_command,
        words_command,
    )

    models = options.models or models_folder()
    if options.model == WORDS:
        return words_command(options.reader, models=models, engine=options.engine)
    if options.model == PAGES:
        return pages_command(
            options.reader, models=models, engine=options.engine, split=options.split
        )
    if options.audit:
        return audit_command(
            options.model, models=models, engine=options.engine, folder=options.audit
        )
    return evaluate_command(
        options.model, models=models, engine=options.engine, write=options.write
    )


def _data(options: argparse.Namespace) -> int:
    if options.action == "fetch":
        from core.training.data.fetching import fetch_command

        return fetch_command(options.name, options.to)
    from core.training.data.checking import check_command

    return check_command(options.name, options.folder)


def _export(options: argparse.Namespace) -> int:
    from core.training.exports.kinds import file_suffix, is_file_name

    kinds = tuple(dict.fromkeys(options.to))
    if not kinds and not options.compare:
        _complain("export: name a kind with --to, or --compare all of them")
        return WRONG_USAGE
    suffixes = [file_suffix(kind) for kind in kinds]
    if options.out and is_file_name(options.out) and suffixes != [options.out.suffix]:
        _complain(f"export: {options.out} cannot be the file of {', '.join(kinds) or 'all kinds'}")
        return WRONG_USAGE
    need_keras("export")
    with quiet_libraries():
        from core.training.exports.command import export_command

    done = export_command(
        options.model,
        kinds=kinds,
        out=options.out,
        replace=options.replace,
        comparing=options.compare,
        models=options.models or models_folder(),
        complain=_complain,
    )
    return DONE if done else SOME_FAILED


def _self_check(options: argparse.Namespace) -> int:
    """Proves that this installation works, on pictures and ink that it makes itself."""
    failed = False
    for finding in self_check(options.models):
        print(f"{'ok    ' if finding.passed else 'FAILED'}  {finding.what}")
        failed = failed or not finding.passed
    return BROKEN if failed else DONE


_COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = MappingProxyType(
    {
        "recognize": _recognize,
        "models": _models,
        "train": _train,
        "data": _data,
        "evaluate": _evaluate,
        "export": _export,
        "self-check": _self_check,
    }
)


_OF_TENSORFLOW = ("train", "evaluate", "export")
"""Commands that import TensorFlow whatever they are asked for."""


def _threads_end(seconds: float) -> bool:
    """Whether all threads but this one end within so many seconds, those aside that need not."""
    until = time.monotonic() + seconds
    others = [one for one in threading.enumerate() if one is not threading.current_thread()]
    lasting = [one for one in others if not one.daemon]
    for thread in lasting:
        thread.join(max(until - time.monotonic(), 0))
    return not any(thread.is_alive() for thread in lasting)


def _open_output() -> None:
    """Lines as they were made, on any platform, and names of files that are no text kept whole."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="surrogateescape", newline="")


def _output_ended(error: OSError) -> int:
    """The exit status where standard output takes no more.

    Raises:
        OSError: `error`, where it is about something else.
    """
    enough = isinstance(error, BrokenPipeError)  # whoever read our output has seen enough
    if not enough and error.errno not in _DISK_FAULTS:
        raise error
    # Python flushes once more when it ends, and would fail again: so the manual of Python's module
    # signal has it ("Note on SIGPIPE")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if enough:
        return DONE
    _complain(f"what was read could not be written ({error.strerror}). Make room on the disk.")
    return SOME_FAILED


def _complain(text: str) -> None:
    print(f"glyphpad-cli: {text}", file=sys.stderr)
