"""`train` and `evaluate` of the command line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from types import MappingProxyType

from core.classifying import EngineName, open_classifier
from core.errors import GlyphpadError
from core.files import replace_file
from core.models import CARD, open_model
from core.training.data import data_folder, load_unipen
from core.training.evaluation import Row, evaluate, milliseconds_a_tile, table
from core.training.glyphnet import GLYPHNET
from core.training.recipe import Recipe
from core.training.run import train
from core.training.shipping import rewrite_manifest, ship

RECIPES: Mapping[str, Recipe] = MappingProxyType({recipe.name: recipe for recipe in (GLYPHNET,)})

RESULTS = "results.json"

TABLE_BEGIN = "<!-- results: written by `glyphpad-cli evaluate NAME --write` -->"
TABLE_END = "<!-- end of results -->"


class UnknownRecipeError(GlyphpadError):
    """A model that there is no recipe for.

    Attributes:
        name: What was asked for.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)

    def __str__(self) -> str:
        return f"there is no recipe for {self.name}. There is one for {', '.join(RECIPES)}."


def train_command(name: str, *, run: Path | None, models: Path) -> int:
    """Trains a model by its recipe, or goes on with a run, and puts it into `models`.

    Raises:
        UnknownRecipeError: There is no recipe of that name.
        RecipeChangedError: The run's folder holds a run of another recipe.
        MissingFileError: Data is not there.
    """
    recipe = RECIPES.get(name)
    if recipe is None:
        raise UnknownRecipeError(name)
    run = run or Path("runs") / name
    trained = train(recipe, run, _report)
    _report("calibrating on the val writers, making the twin")
    val = load_unipen(data_folder(), "val")
    home = ship(recipe, trained, run=run, models=models, val=val)
    _report(f"{home}: measure it with `evaluate {name} --write`")
    return 0


def evaluate_command(name: str, *, models: Path, engine: EngineName, write: bool) -> int:
    """Prints a model's table, and writes it into its folder if `write`.

    Raises:
        ModelError: The model is not whole.
        MissingFileError: Data is not there.
    """
    model = open_model(name, models)
    classifier = open_classifier(model, engine)
    rows = evaluate(classifier, data_folder(), _report)
    speed = milliseconds_a_tile(classifier)
    text = f"{table(rows)}\n\nOne tile with {classifier.engine}: {speed:.2f} ms (median)."
    print(text)
    if write:
        _write_results(model.folder, rows, text, classifier.engine)
    return 0


def _write_results(folder: Path, rows: list[Row], text: str, engine: str) -> None:
    results = {"engine": engine, "rows": [asdict(row) for row in rows]}
    replace_file(folder / RESULTS, (json.dumps(results, indent=1) + "\n").encode())
    metrics = {
        f"{row.source}, {row.view}": {"accuracy": round(row.accuracy, 5), "n": row.n}
        for row in rows
    }
    rewrite_manifest(folder, metrics)
    card = folder / CARD
    text_before = card.read_text(encoding="utf-8") if card.exists() else f"# {folder.name}\n\n"
    before, _, rest = text_before.partition(TABLE_BEGIN)
    _, _, after = rest.partition(TABLE_END)
    whole = f"{before}{TABLE_BEGIN}\n\n{text}\n\n{TABLE_END}{after}"
    replace_file(card, whole.encode())


def _report(text: str) -> None:
    print(text, flush=True)
