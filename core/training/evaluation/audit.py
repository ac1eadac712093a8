"""An audit of a model's errors: sheets for a person to judge, and what the verdicts add up to.

Some errors are wrong labels, and some signs nobody can tell without the word around them. Their
share bounds what any model can reach on the same samples.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.alphabet import ALNUM62, Alphabet
from core.classifying import Classifier
from core.errors import DamagedFileError, FileError, MissingFileError
from core.files import replace_file
from core.training.evaluation.answers import Answers, answers_of
from core.training.evaluation.figures import Mistake, mistake_sheet
from core.training.evaluation.intervals import wilson
from core.training.evaluation.measuring import known_tracks
from core.training.evaluation.rows import VIEW_TITLES, percents
from core.training.evaluation.sources import UNIPEN
from core.training.forms import plain_tiles

AUDIT_TABLE = "audit.csv"
AUDIT_FACTS = "audit.json"

AUDITED = 300
"""Errors that are judged: a share among them is known within 6 in a hundred."""

SEED = 300
"""Of the draw."""

COLUMNS, ROWS_A_PAGE = 10, 6

WRONG_LABEL, AMBIGUOUS, OUR_MISTAKE = "wrong label", "ambiguous", "our mistake"

VERDICTS = (WRONG_LABEL, AMBIGUOUS, OUR_MISTAKE)
"""Ambiguous is what a person cannot tell without the word around it."""

_UNAVOIDABLE = (WRONG_LABEL, AMBIGUOUS)


class BadAuditError(FileError):
    """A table of verdicts that cannot be added up.

    Attributes:
        reason: What is wrong in it.
    """

    advice = f"A verdict is {', '.join(VERDICTS)}, or nothing yet."

    def __init__(self, path: Path, *, reason: str) -> None:
        super().__init__(path)
        self.reason = reason

    @property
    def problem(self) -> str:
        return self.reason


@dataclass(frozen=True)
class AuditedError:
    """One line of the table.

    Attributes:
        number: On the sheets, from 1.
        row: Which of the source's samples for tests it is, from 0.
        label: What it is labelled as.
        answer: What it was read as.
        confidence: Of the answer, 0 to 1.
        writer: Who wrote it.
        verdict: One of `VERDICTS`; empty until a person has judged.
    """

    number: int
    row: int
    label: str
    answer: str
    confidence: float
    writer: str
    verdict: str = ""


@dataclass(frozen=True)
class AuditFacts:
    """What the errors were drawn from.

    Attributes:
        model: The model's name.
        version: The model's version.
        source: What was read.
        view: Among which signs: the name of an alphabet.
        n: How many samples there are.
        errors: How many of them were read wrongly, those without ink not counted.
    """

    model: str
    version: str
    source: str
    view: str
    n: int
    errors: int


def start_audit(classifier: Classifier, data: Path, folder: Path) -> int:
    """How many errors of the UNIPEN test writers now wait in `folder` to be judged.

    Args:
        classifier: Whose errors.
        data: Where the data is.
        folder: Takes the sheets and the table.

    Raises:
        MissingFileError: Data is not there.
        UnwritableFileError: The folder may not be written.
    """
    manifest = classifier.model.manifest
    samples = UNIPEN.load(data)
    tiles = plain_tiles(samples)
    view = audited_view(manifest.alphabet)
    answers = answers_of(
        samples, tiles, classifier.classify(tiles, known_tracks(classifier, samples)), view
    )
    facts = AuditFacts(
        model=manifest.name,
        version=manifest.version,
        source=answers.source,
        view=view.name,
        n=len(answers),
        errors=len(answers.mistakes),
    )
    errors = drawn_errors(answers)
    write_audit(folder, facts, errors, tiles)
    return len(errors)


def audited_view(alphabet: Alphabet) -> Alphabet:
    """Among which signs a model's errors are audited: alnum62, or all of its own if fewer."""
    return ALNUM62 if ALNUM62.is_view_of(alphabet) else alphabet


def drawn_errors(answers: Answers) -> tuple[AuditedError, ...]:
    """`AUDITED` of the wrong answers, or all if fewer, drawn at random, always the same."""
    count = min(AUDITED, len(answers.mistakes))
    drawn = np.random.default_rng(SEED).choice(answers.mistakes, count, replace=False)
    writers = answers.writers
    return tuple(
        AuditedError(
            number=number,
            row=int(answers.rows[index]),
            label=answers.written(index),
            answer=answers.answer(index),
            confidence=round(float(answers.confidences[index]), 4),
            writer="" if writers is None else str(writers[index]),
        )
        for number, index in enumerate(drawn, start=1)
    )


def write_audit(
    folder: Path, facts: AuditFacts, errors: Sequence[AuditedError], tiles: NDArray[np.float32]
) -> None:
    """Writes the sheets, the facts, and last the table, whose verdicts are empty.

    Args:
        folder: Made if it is not there.
        facts: What the errors were drawn from.
        errors: Those to judge.
        tiles: float32 (N, TILE_SIZE, TILE_SIZE), of the source's samples.

    Raises:
        UnwritableFileError: The folder may not be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    page = COLUMNS * ROWS_A_PAGE
    pages = [errors[start : start + page] for start in range(0, len(errors), page)]
    for number, shown in enumerate(pages, start=1):
        sheet = mistake_sheet(
            [
                Mistake(tiles[one.row], one.label, one.answer, one.confidence, one.number)
                for one in shown
            ],
            columns=COLUMNS,
            title=f"Errors of {facts.model}: {number} of {len(pages)}",
            note=f"{facts.source}, {VIEW_TITLES[facts.view]}: the label, the answer, "
            f"its confidence in %. Verdicts go into {AUDIT_TABLE}",
        )
        replace_file(folder / f"errors-{number}.png", sheet.png())
    replace_file(folder / AUDIT_FACTS, (json.dumps(asdict(facts), indent=1) + "\n").encode())
    replace_file(folder / AUDIT_TABLE, _table_text(errors).encode())


def read_audit(folder: Path) -> tuple[AuditFacts, tuple[AuditedError, ...]]:
    """What was drawn from, and the errors with the verdicts that a person gave.

    Raises:
        MissingFileError: There is no audit in the folder.
        DamagedFileError: Its facts are not as they were written.
        BadAuditError: Its table is not, or a verdict is none of `VERDICTS`.
    """
    facts_file, table = folder / AUDIT_FACTS, folder / AUDIT_TABLE
    for path in (facts_file, table):
        if not path.exists():
            raise MissingFileError(path)
    try:
        facts = AuditFacts(**json.loads(facts_file.read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        raise DamagedFileError(facts_file) from error
    # spreadsheets put a mark before the first column
    with table.open(encoding="utf-8-sig", newline="") as file:
        return facts, _errors_of(csv.DictReader(file), table)


def verdicts_text(facts: AuditFacts, errors: Sequence[AuditedError]) -> str:
    """How many errors have each verdict, and what could be reached at most."""
    counts = Counter(error.verdict for error in errors)
    judged = len(errors) - counts[""]
    head = (
        f"{facts.model} {facts.version} on {facts.source}, {VIEW_TITLES[facts.view]}: "
        f"{facts.errors:,} errors of {facts.n:,}; {len(errors)} drawn, {judged} judged."
    )
    if not judged:
        return head
    lines = [
        f"    {verdict}: {counts[verdict]} ({counts[verdict] / judged * 100:.1f} %, "
        f"95 % interval {percents(wilson(counts[verdict], judged), digits=1)})"
        for verdict in VERDICTS
    ]
    unavoidable = sum(counts[verdict] for verdict in _UNAVOIDABLE)
    share, wrong = unavoidable / judged, facts.errors / facts.n
    low, high = wilson(unavoidable, judged)
    ceiling = (
        f"Without its own mistakes it would be right in {(1 - wrong * share) * 100:.1f} % "
        f"({(1 - wrong * high) * 100:.1f} to {(1 - wrong * low) * 100:.1f}): the ceiling here."
    )
    return "\n".join([head, *lines, ceiling])


def _table_text(errors: Sequence[AuditedError]) -> str:
    text = io.StringIO()
    names = [field.name for field in fields(AuditedError)]
    writer = csv.DictWriter(text, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(error) for error in errors)
    return text.getvalue()


def _errors_of(lines: csv.DictReader[str], path: Path) -> tuple[AuditedError, ...]:
    wanted = [field.name for field in fields(AuditedError)]
    if lines.fieldnames is None or list(lines.fieldnames) != wanted:
        raise BadAuditError(path, reason=f"its first line is not {','.join(wanted)}")
    errors = []
    for line in lines:
        verdict = (line["verdict"] or "").strip().lower()
        if verdict and verdict not in VERDICTS:
            raise BadAuditError(path, reason=f"line {lines.line_num} has the verdict {verdict}")
        try:
            errors.append(
                AuditedError(
                    number=int(line["number"]),
                    row=int(line["row"]),
                    label=line["label"],
                    answer=line["answer"],
                    confidence=float(line["confidence"]),
                    writer=line["writer"],
                    verdict=verdict,
                )
            )
        except (ValueError, TypeError) as error:
            raise BadAuditError(path, reason=f"line {lines.line_num} is damaged") from error
    return tuple(errors)
