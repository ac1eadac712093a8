"""What the command line takes: its commands, their options, and what each of them is for."""

from __future__ import annotations

import argparse
import math
from dataclasses import fields
from pathlib import Path

from core import VERSION
from core.alphabet import ALPHABETS
from core.box import Box
from core.classifying import ENGINES
from core.cleaning_steps import Steps
from core.layouts import LAYOUTS
from core.models import DEFAULT_MODEL
from core.recognise_command import SUFFIXES

DEFAULT_TOP = 5

_SIDES = 4
"""Numbers of a region."""


def command_parser() -> argparse.ArgumentParser:
    """What `glyphpad-cli` takes."""
    parser = argparse.ArgumentParser(
        prog="glyphpad-cli", description="Handwriting to text, without a window."
    )
    parser.add_argument("--version", action="version", version=f"glyphpad-cli {VERSION}")
    parser.add_argument(
        "--models", type=Path, metavar="FOLDER", help="where the models are, if not where ours are"
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    _add_recognize(commands.add_parser("recognize", help="read pictures and ink"))

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
        "evaluate", help="measure a model on unseen writers, or how words or pages are read"
    )
    evaluate.add_argument("model", metavar="NAME|words|pages")
    evaluate.add_argument(
        "--reader", metavar="NAME", default=DEFAULT_MODEL, help="what reads the words or pages"
    )
    evaluate.add_argument(
        "--split", choices=("val", "test"), default="test", help="whose handwriting pages are of"
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


def _add_recognize(recognize: argparse.ArgumentParser) -> None:
    recognize.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help="a picture, a PDF, InkML, or a folder of such files",
    )
    recognize.add_argument("--model", default=DEFAULT_MODEL, metavar="NAME")
    recognize.add_argument("--alphabet", choices=tuple(ALPHABETS), help="what may come out")
    recognize.add_argument("--layout", choices=LAYOUTS, default="auto")
    recognize.add_argument("--format", choices=tuple(SUFFIXES), default="text")
    recognize.add_argument("--top", type=_count, default=DEFAULT_TOP, metavar="K")
    recognize.add_argument("--engine", choices=ENGINES, default="auto")
    recognize.add_argument(
        "--region",
        type=_region,
        metavar="X,Y,W,H",
        help="read only what is there on each page, in its own pixels",
    )
    recognize.add_argument(
        "--without",
        action="append",
        default=[],
        choices=[step.name for step in fields(Steps)],
        help="leave out a step of the cleaning; may be given several times",
    )
    recognize.add_argument(
        "--out",
        metavar="PATH",
        help="one file for all, or a folder for a file a source, if the name has no ending",
    )
    recognize.add_argument("--replace", action="store_true", help="replace files that are there")
    recognize.add_argument(
        "--jobs",
        type=_count,
        metavar="N",
        help="cores to use, if not all: each reads a file by a process of its own",
    )
    recognize.add_argument("--quiet", action="store_true", help="show no progress")


def _count(text: str) -> int:
    """A whole number of at least 1."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def _region(text: str) -> Box:
    """A box with an inside, of four numbers with commas between."""
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) != _SIDES or not all(map(math.isfinite, numbers)) or min(numbers[2:]) <= 0:
        raise argparse.ArgumentTypeError("four numbers, X,Y,W,H, with W and H above 0")
    return Box(*numbers)
