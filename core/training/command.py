"""`train` of the command line."""

from __future__ import annotations

from pathlib import Path

from core.errors import GlyphpadError
from core.training.companions import make_companion
from core.training.ensembles import make_ensemble
from core.training.recipe import Companion, Ensemble, Recipe
from core.training.recipes import RECIPES
from core.training.run import train
from core.training.shipping import ship


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
        ModelError: A companion's model of tiles is not whole.
        MissingFileError: Data is not there.
        MissingFontsError, MissingPillowError: Print cannot be drawn.
    """
    recipe = RECIPES.get(name)
    if recipe is None:
        raise UnknownRecipeError(name)
    run = run or Path("runs") / name
    if isinstance(recipe, Ensemble):
        home = make_ensemble(recipe, run=run, models=models, report=_report)
    elif isinstance(recipe, Companion):
        home = make_companion(recipe, run=run, models=models, report=_report)
    else:
        home = _make(recipe, run=run, models=models)
    _report(f"{home}: measure it with `evaluate {name} --write`")
    return 0


def _make(recipe: Recipe, *, run: Path, models: Path) -> Path:
    trained = train(recipe, run, _report)
    _report("calibrating on the val writers, making the twin")
    return ship(recipe, trained, run=run, models=models, val=recipe.val())


def _report(text: str) -> None:
    print(text, flush=True)
