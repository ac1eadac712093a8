"""The manual pages; what the command line takes is told by its own parser, and so stays true."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from core import VERSION
from core.cli_parser import command_parser
from scripts.packages.release import ROOT, source_date

FOLDER = ROOT / "packaging/linux"

PAGES = ("glyphpad.1", "glyphpad-cli.1")


def manual_page(name: str) -> str:
    """One page of the manual, in the language of man.

    Args:
        name: One of PAGES.
    """
    parser = command_parser()
    text = Path(FOLDER, name).read_text(encoding="utf-8")
    told = {
        "@DATE@": f"{source_date():%Y-%m-%d}",
        "@VERSION@": VERSION,
        "@OPTIONS@": "\n".join(_options(parser)),
        "@COMMANDS@": "\n".join(_commands(parser, prefix="")),
    }
    for mark, instead in told.items():
        text = text.replace(mark, instead)
    return text


def _commands(parser: argparse.ArgumentParser, *, prefix: str) -> Iterator[str]:
    """Each command of the parser, with commands of its own after it."""
    for group in parser._actions:  # noqa: SLF001  # argparse has no other way to ask
        if not isinstance(group, argparse._SubParsersAction):  # noqa: SLF001
            continue
        helps = {choice.dest: choice.help or choice.dest for choice in group._choices_actions}  # noqa: SLF001
        for name, command in group.choices.items():
            yield f".SS {_plain(prefix + name)}"
            yield _sentence(helps[name])
            yield from _options(command, but=argparse._HelpAction)  # noqa: SLF001
            yield from _commands(command, prefix=f"{name} ")


def _options(
    parser: argparse.ArgumentParser, *, but: type[argparse.Action] | None = None
) -> Iterator[str]:
    """Each argument and option of the parser, but those of one kind."""
    for action in parser._actions:  # noqa: SLF001
        if isinstance(action, (argparse._SubParsersAction, but or ())):  # noqa: SLF001
            continue
        yield ".TP"
        yield ".B " + ", ".join(_plain(name) for name in _calls(action))
        yield _purpose(action)


def _calls(action: argparse.Action) -> list[str]:
    """The ways to name an argument, each with what it takes."""
    takes = _takes(action)
    if not action.option_strings:
        return [takes]
    return [f"{name} {takes}".strip() for name in action.option_strings]


def _takes(action: argparse.Action) -> str:
    if action.nargs == 0:
        return ""
    if action.choices:
        return "|".join(map(str, action.choices))
    name = action.metavar or action.dest.upper()
    shown = name if isinstance(name, str) else " ".join(name)
    return f"{shown}..." if action.nargs == "+" else shown


def _purpose(action: argparse.Action) -> str:
    """What an argument is for, and the value that it has by itself."""
    purpose = _sentence(action.help) if action.help else ""
    itself = isinstance(action.default, str | int) and action.nargs != 0
    default = f"By itself {_plain(str(action.default))}." if itself else ""
    return f"{purpose} {default}".strip() or "\\&"


def _sentence(text: str) -> str:
    """The text as a sentence."""
    return f"{_plain(text[:1].upper() + text[1:])}."


def _plain(text: str) -> str:
    """The text with nothing in it that man takes for an order."""
    return text.replace("\\", "\\e").replace("-", "\\-")
