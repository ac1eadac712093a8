"""How well made pages are read, as lines of Markdown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from core.training.data import Split
from core.training.evaluation.intervals import by_writers
from core.training.evaluation.pages.measuring import ALPHABETS, PageAnswer
from core.training.evaluation.pages.page import Kind
from core.training.evaluation.pages.tesseract import Tesseract

TITLES: dict[Kind, str] = {
    "blocks": "Pages of block capitals and digits",
    "mixed": "Pages of words with small letters and signs",
}
ALL = "all pages"


def pages_report(
    answers: Sequence[PageAnswer],
    *,
    kind: Kind,
    split: Split,
    model: str,
    tesseract: Tesseract | None,
) -> str:
    """Character error rates by surroundings, each with an interval over pages.

    Args:
        answers: At least one.
        kind: What was written.
        split: By whom.
        model: The name of the model that read.
        tesseract: What else read, if anything did.
    """
    signs = sum(len(answer.written) for answer in answers)
    hands = len({answer.hand for answer in answers})
    among = f"asked for {ALPHABETS[kind].name}"
    how = "case-blind, a line's end counted as a space"
    rows = [
        f"{TITLES[kind]}, made of handwriting of {split}, read by {model}, {among}:",
        f"n = {len(answers)} pages, {signs:,} characters with spaces, {hands} hands; {how}.",
        "",
        _cells("", "pages", "characters", "error rate %", "95 % interval, by pages", "s a page")
        + _other_cells(tesseract, f"Tesseract {tesseract.version} %" if tesseract else ""),
        "|---|---:|---:|---:|---|---:|" + ("---:|" if tesseract else ""),
    ]
    names = dict.fromkeys(answer.surroundings for answer in answers)
    rows += [
        _row(name, [a for a in answers if a.surroundings == name], tesseract) for name in names
    ]
    rows += [_row(f"**{ALL}**", answers, tesseract), "", _footnote(answers, kind, tesseract)]
    return "\n".join(rows)


def error_rate(
    answers: Sequence[PageAnswer], errors: Callable[[PageAnswer], int] = lambda page: page.errors
) -> float:
    """Edits over characters written, 0 upwards; of all the pages together."""
    return sum(map(errors, answers)) / sum(len(answer.written) for answer in answers)


def _row(name: str, answers: Sequence[PageAnswer], tesseract: Tesseract | None) -> str:
    errors: NDArray[np.float64] = np.array([answer.errors for answer in answers], np.float64)
    sizes: NDArray[np.float64] = np.array([len(answer.written) for answer in answers], np.float64)
    pages: NDArray[np.str_] = np.arange(len(answers)).astype(np.str_)
    low, high = by_writers(errors, pages, sizes)
    others = error_rate(answers, lambda page: page.fewest_other_errors) if tesseract else 0.0
    return _cells(
        name,
        f"{len(answers)}",
        f"{int(sizes.sum()):,}",
        f"{error_rate(answers) * 100:.1f}",
        f"{low * 100:.1f} to {high * 100:.1f}",
        f"{np.median([answer.seconds for answer in answers]):.2f}",
    ) + _other_cells(tesseract, f"{others * 100:.1f}")


def _footnote(answers: Sequence[PageAnswer], kind: Kind, tesseract: Tesseract | None) -> str:
    if tesseract is None:
        return "Tesseract, with its data for eng and osd, is not on PATH: its column is left out."
    rates = {
        mode: error_rate(answers, partial(_errors_of, mode=mode)) for mode in answers[0].others
    }
    modes = ", ".join(f"{rate * 100:.1f} with --psm {mode}" for mode, rate in rates.items())
    only = ", only capitals and digits allowed" if kind == "blocks" else ""
    return (
        f"Tesseract {tesseract.version}, English{only}: on each page the best of its page modes, "
        f"chosen with the truth known. With one mode for all pages: {modes}."
    )


def _errors_of(page: PageAnswer, mode: int) -> int:
    return page.other_errors(mode)


def _cells(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"


def _other_cells(tesseract: Tesseract | None, text: str) -> str:
    return f" {text} |" if tesseract else ""
