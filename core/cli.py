"""The command line, `glyphpad-cli`.

Exit status: 0 done, 1 some inputs failed (each named on standard error, the others done), 2 wrong
usage, 3 a broken installation (a model missing or damaged).
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from core import VERSION
from core.alphabet import ALPHABETS, Alphabet
from core.classifying import ENGINES, Classifier, open_classifier
from core.errors import FileError, GlyphpadError, ModelError
from core.exporting import FORMATS
from core.finding import LAYOUTS
from core.ink import Ink
from core.models import DEFAULT_MODEL, model_names, models_folder, open_model
from core.quiet import quiet_libraries
from core.reading import Reading
from core.recognising import recognise_ink, recognise_picture
from core.self_check import self_check
from core.sources import read_source

DONE, SOME_FAILED, WRONG_USAGE, BROKEN = 0, 1, 2, 3

DEFAULT_TOP = 5


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status of a command line.

    Args:
        arguments: Without the program's name; those it was started with if None.
    """
    options = _parser().parse_args(arguments)
    _open_output()
    try:
        status = _COMMANDS[options.command](options)
        sys.stdout.flush()
    except ModelError as error:
        _complain(str(error))
        return BROKEN
    except GlyphpadError as error:
        _complain(str(error))
        return SOME_FAILED
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # whoever read our output has seen enough, but Python flushes once more when it ends: so
        # the manual of Python's module signal has it ("Note on SIGPIPE")
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    return status


def _recognize(options: argparse.Namespace) -> int:
    classifier = open_classifier(open_model(options.model, options.models), options.engine)
    alphabet = _alphabet(options.alphabet, classifier)
    if alphabet is None:
        _complain(f"the model {options.model} cannot tell the signs of {options.alphabet} apart")
        return WRONG_USAGE
    readings: list[Reading] = []
    status = DONE
    for path in options.paths:
        try:
            readings.extend(_readings(path, options, classifier, alphabet))
        except FileError as error:
            _complain(str(error))
            status = SOME_FAILED
    shown = [_with_top(reading, options.top) for reading in readings]
    sys.stdout.write(FORMATS[options.format](shown))
    return status


def _readings(
    path: str, options: argparse.Namespace, classifier: Classifier, alphabet: Alphabet
) -> Iterator[Reading]:
    """The readings of a file's pages, one after another."""
    for source in read_source(path):
        if isinstance(source, Ink):
            yield recognise_ink(
                source, classifier, alphabet=alphabet, layout=options.layout, source=path
            )
        else:
            yield recognise_picture(source, classifier, alphabet=alphabet, layout=options.layout)


def _with_top(reading: Reading, count: int) -> Reading:
    """`reading` with at most `count` candidates a glyph."""
    return replace(
        reading,
        lines=tuple(
            replace(
                line,
                words=tuple(
                    replace(
                        word,
                        glyphs=tuple(
                            replace(glyph, candidates=glyph.candidates[:count])
                            for glyph in word.glyphs
                        ),
                    )
                    for word in line.words
                ),
            )
            for line in reading.lines
        ),
    )


def _alphabet(name: str | None, classifier: Classifier) -> Alphabet | None:
    """The alphabet asked for, or the model's own; None where the model is too narrow for it."""
    own = classifier.model.manifest.alphabet
    asked = own if name is None else ALPHABETS[name]
    return asked if asked.is_view_of(own) else None


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
        twin = "litert, keras" if manifest.twin else "keras"
        print(f"{name}  {manifest.version}  {manifest.alphabet.name}  {twin}")
        print(f"    {manifest.architecture}")
    if not model_names(options.models):
        _complain(f"there are no models in {options.models or models_folder()}")
        status = BROKEN
    return status


def _train(options: argparse.Namespace) -> int:
    from core.training.command import train_command

    return train_command(options.model, run=options.run, models=options.models or models_folder())


def _evaluate(options: argparse.Namespace) -> int:
    from core.training.evaluation.command import (
        WORDS,
        audit_command,
        evaluate_command,
        words_command,
    )

    models = options.models or models_folder()
    if options.model == WORDS:
        return words_command(options.reader, models=models, engine=options.engine)
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="glyphpad-cli", description="Handwriting to text, without a window."
    )
    parser.add_argument("--version", action="version", version=f"glyphpad-cli {VERSION}")
    parser.add_argument(
        "--models", type=Path, metavar="FOLDER", help="where the models are, if not where ours are"
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    recognize = commands.add_parser("recognize", help="read pictures and ink")
    recognize.add_argument("paths", nargs="+", metavar="PATH", help="a picture, a PDF or InkML")
    recognize.add_argument("--model", default=DEFAULT_MODEL, metavar="NAME")
    recognize.add_argument("--alphabet", choices=tuple(ALPHABETS), help="what may come out")
    recognize.add_argument("--layout", choices=LAYOUTS, default="auto")
    recognize.add_argument("--format", choices=tuple(FORMATS), default="text")
    recognize.add_argument("--top", type=_count, default=DEFAULT_TOP, metavar="K")
    recognize.add_argument("--engine", choices=ENGINES, default="auto")

    commands.add_parser("models", help="list the models")

    train = commands.add_parser("train", help="train a model, or go on with a run")
    train.add_argument("model", metavar="NAME")
    train.add_argument("--run", type=Path, metavar="FOLDER", help="where the run is kept")

    data = commands.add_parser("data", help="get data to train and measure with, or count it")
    actions = data.add_subparsers(dest="action", required=True, metavar="ACTION")
    fetch = actions.add_parser("fetch", help="download what is free, or go on with a download")
    fetch.add_argument("name", metavar="NAME", help="mnist, emnist, unipen or uji")
    fetch.add_argument("--to", type=Path, metavar="FOLDER", help="where to, if not the data folder")
    check = actions.add_parser("check", help="count samples, classes, writers and duplicates")
    check.add_argument("name", metavar="NAME", help="what it is; an unknown name lists them all")
    check.add_argument("--folder", type=Path, metavar="FOLDER", help="if not the data folder")

    evaluate = commands.add_parser(
        "evaluate", help="measure a model on unseen writers, or how words are read on the pad"
    )
    evaluate.add_argument("model", metavar="NAME|words")
    evaluate.add_argument(
        "--reader", metavar="NAME", default=DEFAULT_MODEL, help="the model that reads words"
    )
    evaluate.add_argument("--engine", choices=ENGINES, default="auto")
    then = evaluate.add_mutually_exclusive_group()
    then.add_argument(
        "--write", action="store_true", help="put results and pictures into the model's folder"
    )
    then.add_argument(
        "--audit",
        type=Path,
        metavar="FOLDER",
        help="draw errors for a person to judge, or add up the verdicts that are there",
    )

    # here, so that importing this module imports nothing of the training
    from core.training.exports.kinds import KINDS

    export = commands.add_parser("export", help="make a file of a model for other programs")
    export.add_argument("model", metavar="NAME")
    export.add_argument(
        "--to", action="append", default=[], choices=tuple(KINDS), help="may be given several times"
    )
    export.add_argument(
        "--out", type=Path, metavar="PATH", help="a file, or the folder for NAME-VERSION.SUFFIX"
    )
    export.add_argument("--replace", action="store_true", help="replace a file that is there")
    export.add_argument(
        "--compare", action="store_true", help="print size, likeness and speed of every kind"
    )

    commands.add_parser("self-check", help="prove that this installation works")
    return parser


def _open_output() -> None:
    """Lines as they were made, on any platform, and names of files that are no text kept whole."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="surrogateescape", newline="")


def _count(text: str) -> int:
    """A whole number of at least 1."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def _complain(text: str) -> None:
    print(f"glyphpad-cli: {text}", file=sys.stderr)
