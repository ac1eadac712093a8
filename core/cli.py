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
    from core.training.command import evaluate_command

    return evaluate_command(
        options.model,
        models=options.models or models_folder(),
        engine=options.engine,
        write=options.write,
    )


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
        "evaluate": _evaluate,
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

    evaluate = commands.add_parser("evaluate", help="measure a model on unseen writers")
    evaluate.add_argument("model", metavar="NAME")
    evaluate.add_argument("--engine", choices=ENGINES, default="auto")
    evaluate.add_argument(
        "--write", action="store_true", help="put the table into the model's card and manifest"
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
