"""`evaluate` of the command line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from core.classifying import EngineName, open_classifier
from core.models import open_model
from core.training.data import Split, data_folder
from core.training.evaluation.audit import (
    AUDIT_TABLE,
    read_audit,
    start_audit,
    verdicts_text,
)
from core.training.evaluation.measuring import evaluate
from core.training.evaluation.pages.measuring import measure_pages
from core.training.evaluation.pages.page import Kind
from core.training.evaluation.pages.report import pages_report
from core.training.evaluation.pages.tesseract import find_tesseract
from core.training.evaluation.words import measure_words, words_report
from core.training.evaluation.writing import README, report_text, write_readme, write_results


def evaluate_command(name: str, *, models: Path, engine: EngineName, write: bool) -> int:
    """Prints how right a model is; if `write`, puts it into its folder too, and into the README
    beside `models` if that has marks for it.

    Raises:
        ModelError: The model is not whole.
        MissingFileError: Data is not there.
        UnwritableFileError: A file may not be written.
    """
    model = open_model(name, models)
    measurement = evaluate(open_classifier(model, engine), data_folder(), _report)
    print(report_text(measurement))
    if write:
        write_results(model.folder, measurement)
        write_readme(models.parent / README, measurement)
    return 0


WORDS = "words"
"""In the place of a model's name: how words are read."""


def words_command(name: str, *, models: Path, engine: EngineName) -> int:
    """Prints how words of UNIPEN's test writers are read, as they are on the pad.

    Raises:
        ModelError: The model is not whole.
        MissingFileError: Data is not there.
    """
    classifier = open_classifier(open_model(name, models), engine)
    print(words_report(measure_words(classifier, data_folder(), "test"), name))
    return 0


PAGES = "pages"
"""In the place of a model's name: how pages are read."""

PAGE_COUNTS: Mapping[Kind, int] = MappingProxyType({"blocks": 108, "mixed": 54})
"""How many pages of each kind are made: six of each surroundings, and three."""


def pages_command(name: str, *, models: Path, engine: EngineName, split: Split) -> int:
    """Prints how pages made of a split's handwriting are read, and by Tesseract where it is there.

    Raises:
        ModelError: The model is not whole.
        MissingFileError: Data is not there.
    """
    classifier = open_classifier(open_model(name, models), engine)
    tesseract = find_tesseract()
    for kind, count in PAGE_COUNTS.items():
        answers = tuple(measure_pages(classifier, split, count, kind=kind, tesseract=tesseract))
        print(pages_report(answers, kind=kind, split=split, model=name, tesseract=tesseract))
        print(flush=True)
    return 0


def audit_command(name: str, *, models: Path, engine: EngineName, folder: Path) -> int:
    """Adds up the verdicts in `folder`; where there is no audit yet, puts one there to judge.

    Raises:
        ModelError: The model is not whole.
        MissingFileError: Data, or a part of the audit, is not there.
        BadAuditError: The table of verdicts cannot be added up.
        UnwritableFileError: A file may not be written.
    """
    if (folder / AUDIT_TABLE).exists():
        print(verdicts_text(*read_audit(folder)))
        return 0
    classifier = open_classifier(open_model(name, models), engine)
    count = start_audit(classifier, data_folder(), folder)
    print(f"{folder}: {count} errors. Fill in the verdicts in {AUDIT_TABLE}, then run this again.")
    return 0


def _report(text: str) -> None:
    print(text, flush=True)
