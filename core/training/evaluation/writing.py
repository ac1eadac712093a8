"""A measurement as text, and as the files of the model's folder."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from core.files import replace_file
from core.models import CARD
from core.training.evaluation.calibration import bins_of, calibration_error
from core.training.evaluation.confusion import (
    Confusion,
    class_results,
    classes_csv,
    confusion_counts,
    worst_confusions,
)
from core.training.evaluation.curves import curve_figure
from core.training.evaluation.figures import (
    Mistake,
    confusion_figure,
    mistake_sheet,
    reliability_figure,
)
from core.training.evaluation.intervals import RESAMPLES, SEED
from core.training.evaluation.measuring import Measurement
from core.training.evaluation.rows import VIEW_TITLES, Row, short_table, table
from core.training.evaluation.strays import stray_table
from core.training.shipping import LEARNING_CURVE, rewrite_manifest

RESULTS = "results.json"
CLASSES = "classes.csv"
CONFUSIONS, RELIABILITY, MISTAKES = "confusions.png", "reliability.png", "mistakes.png"
CURVES = "learning.png"
README = "README.md"

CARD_BEGIN = "<!-- results: written by `glyphpad-cli evaluate NAME --write` -->"
CARD_END = "<!-- end of results -->"

README_END = CARD_END

README_ROWS = (
    ("UNIPEN", "digits"),
    ("UNIPEN", "capitals"),
    ("UNIPEN", "small"),
    ("UNIPEN", "alnum36"),
    ("UNIPEN", "alnum62"),
    ("UNIPEN", "ascii94"),
    ("UJI", "alnum36"),
    ("UJI", "alnum62"),
    ("MNIST", "digits"),
    ("paper letters", "alnum36"),
    ("paper letters", "alnum62"),
    ("Kaggle A-Z sample", "alnum36"),
    ("NIST capitals", "alnum36"),
)
"""Source and view of what the README shows."""

INK_ROWS = tuple(row for row in README_ROWS if row[0] in {"UNIPEN", "UJI"})
"""The same of a model that takes tracks, and without one answers as another does."""

WORST = 15
SHOWN_MISTAKES, SHEET_COLUMNS = 50, 10

NOTES = """\
"Among" is the view: only its signs were possible, and only samples of its signs were asked. alnum36
is alnum62 with either case of a letter right and the probabilities of both added. Intervals are
Wilson's, which take samples for independent; "by writers" draws whole writers (bootstrap), and is
the one to trust where it is known. A picture in which no ink was found counts as wrong. Other
pictures of a source may be by the same writers; and MNIST, the Kaggle sample, NIST capitals and
FEMNIST are all cut from NIST's forms."""


STRAY_NOTES = """\
How often a character of UNIPEN's test writers is surer (the sum of the three largest
probabilities) than ink that is none: pieces and words of the same writers, and ink made by chance.
A piece of a character may be another one, as half an H is."""


def report_text(measurement: Measurement) -> str:
    """What `evaluate` prints."""
    answers = measurement.answers
    lines = [
        table(measurement.rows, measurement.seen),
        "",
        f"Worst confusions ({_asked(measurement)}):",
        *(
            f"    {one.written} read as {one.answer}: {one.count} of {one.n}"
            for one in worst_confusions(answers, WORST)
        ),
        "",
        f"ECE {calibration_error(answers.confidences, answers.right):.3f} ({_asked(measurement)}).",
        *(["", "No character:", stray_table(measurement.strays), ""] if measurement.strays else []),
        _speed(measurement),
    ]
    return "\n".join(lines)


def card_text(measurement: Measurement) -> str:
    """What stands between the marks in the model's card."""
    asked = _asked(measurement)
    worst = worst_confusions(measurement.answers, WORST)
    lines = [
        table(measurement.rows, measurement.seen),
        "",
        NOTES,
        "",
        _speed(measurement),
        "",
        f"### Confusions ({asked})",
        "",
        f"Most frequent: {_listed(worst)}. Every sign: [{CLASSES}]({CLASSES}).",
        "",
        f"![Confusion matrix of {measurement.model}, {asked}]({CONFUSIONS})",
        "",
        f"### Confidence ({asked})",
        "",
        f"![Share of right answers by confidence, {asked}]({RELIABILITY})",
        "",
        f"### Surest mistakes ({asked})",
        "",
        "Some are wrong labels, and some nobody can tell without the word around them.",
        "",
        f"![The {SHOWN_MISTAKES} wrong answers of the highest confidence, {asked}]({MISTAKES})",
    ]
    if measurement.strays:
        lines += ["", "### No character", "", STRAY_NOTES, "", stray_table(measurement.strays)]
    return "\n".join(lines)


def readme_text(measurement: Measurement) -> str:
    """What stands between the marks in the README."""
    found = {(row.source, row.view): row for row in measurement.rows}
    wanted = INK_ROWS if measurement.tracks else README_ROWS
    rows = [found[key] for key in wanted if key in found]
    return short_table(rows)


def results_json(measurement: Measurement) -> str:
    """Everything measured, for programs."""
    answers = measurement.answers
    results = {
        "model": measurement.model,
        "version": measurement.version,
        "trained_on": dict(measurement.seen),
        "bootstrap": {"resamples": RESAMPLES, "seed": SEED},
        "rows": [_row_fields(row) for row in measurement.rows],
        "calibration": {
            "source": answers.source,
            "view": answers.view.name,
            "ece": calibration_error(answers.confidences, answers.right),
            "bins": [asdict(bin_) for bin_ in bins_of(answers.confidences, answers.right)],
        },
        "confusions": [asdict(one) for one in worst_confusions(answers, WORST)],
        "strays": [
            {**asdict(row), "interval": row.interval._asdict()} for row in measurement.strays
        ],
        "speed": asdict(measurement.speed),
    }
    return json.dumps(results, indent=1) + "\n"


def write_results(folder: Path, measurement: Measurement) -> None:
    """Puts results, pictures and metrics into a model's folder, and the table into its card.

    Raises:
        UnwritableFileError: The folder may not be written.
    """
    for name, data in _files(measurement).items():
        replace_file(folder / name, data)
    log = folder / LEARNING_CURVE
    if log.exists():
        note = "right answers on val after each epoch, as it learnt, before priors"
        figure = curve_figure(
            log.read_text(encoding="utf-8"), title=f"How {folder.name} learnt", note=note
        )
        replace_file(folder / CURVES, figure.png())
    rewrite_manifest(folder, _metrics(measurement.rows))
    card = folder / CARD
    text = card.read_text(encoding="utf-8") if card.exists() else f"# {folder.name}\n"
    block = card_text(measurement)
    if log.exists():
        block += f"\n\n### Learning\n\n![Right answers on val after each epoch]({CURVES})"
    whole = with_block(text, CARD_BEGIN, CARD_END, block)
    if whole is None:
        whole = f"{text}\n{CARD_BEGIN}\n\n{block}\n\n{CARD_END}\n"
    replace_file(card, whole.encode())


def readme_begin(model: str) -> str:
    """The mark before a model's table in the README."""
    return f"<!-- results: written by `glyphpad-cli evaluate {model} --write` -->"


def write_readme(path: Path, measurement: Measurement) -> bool:
    """Whether there was a README with the model's marks, between which the short table now stands.

    Raises:
        UnwritableFileError: It may not be written.
    """
    if not path.exists():
        return False
    block, begin = readme_text(measurement), readme_begin(measurement.model)
    whole = with_block(path.read_text(encoding="utf-8"), begin, README_END, block)
    if whole is None:
        return False
    replace_file(path, whole.encode())
    return True


def with_block(text: str, begin: str, end: str, block: str) -> str | None:
    """`text` with `block` between the marks; None where they are not both there, in order."""
    before, first, rest = text.partition(begin)
    _, last, after = rest.partition(end)
    if not (first and last):
        return None
    return f"{before}{begin}\n\n{block}\n\n{end}{after}"


def _files(measurement: Measurement) -> dict[str, bytes]:
    answers = measurement.answers
    name, note = measurement.model, f"{_asked(measurement)}, {len(answers):,} characters"
    bins = bins_of(answers.confidences, answers.right)
    ece = calibration_error(answers.confidences, answers.right)
    return {
        RESULTS: results_json(measurement).encode(),
        CLASSES: classes_csv(class_results(answers)).encode(),
        CONFUSIONS: confusion_figure(
            confusion_counts(answers), answers.view, title=f"What {name} takes for what", note=note
        ).png(),
        RELIABILITY: reliability_figure(
            bins, title=f"What {name}'s confidence is worth", note=f"{note}, ECE {ece:.3f}"
        ).png(),
        MISTAKES: mistake_sheet(
            surest_mistakes(measurement, SHOWN_MISTAKES),
            columns=SHEET_COLUMNS,
            title=f"{name}'s surest mistakes",
            note=f"{_asked(measurement)}: what was written, the answer, its confidence in %",
        ).png(),
    }


def surest_mistakes(measurement: Measurement, count: int) -> list[Mistake]:
    """The `count` wrong answers of the highest confidence, surest first."""
    answers = measurement.answers
    order = np.argsort(-answers.confidences[answers.mistakes], kind="stable")[:count]
    return [
        Mistake(
            tile=measurement.tiles[answers.rows[index]],
            written=answers.written(index),
            answer=answers.answer(index),
            confidence=float(answers.confidences[index]),
        )
        for index in answers.mistakes[order]
    ]


def _asked(measurement: Measurement) -> str:
    return f"{measurement.answers.source}, {VIEW_TITLES[measurement.answers.view.name]}"


def _speed(measurement: Measurement) -> str:
    speed = measurement.speed
    return (
        f"One tile with {speed.engine}: {speed.milliseconds:.2f} ms (median of {speed.n}) "
        "on the machine that measured."
    )


def _listed(confusions: Sequence[Confusion]) -> str:
    return ", ".join(
        f"{_code(one.written)} as {_code(one.answer)} {one.count} of {one.n}" for one in confusions
    )


def _code(sign: str) -> str:
    return "`` ` ``" if sign == "`" else f"`{sign}`"


def _row_fields(row: Row) -> dict[str, Any]:
    fields = asdict(row)
    fields["interval"] = row.interval._asdict()
    fields["by_writers"] = row.by_writers._asdict() if row.by_writers else None
    return fields


def _metrics(rows: Sequence[Row]) -> dict[str, Any]:
    return {
        f"{row.source}, {row.view}": {"accuracy": round(row.accuracy, 5), "n": row.n}
        for row in rows
    }
