"""What a run keeps in its folder: the recipe, the last network and the best, and a log."""

from __future__ import annotations

import csv
import json
import math
import shutil
from collections.abc import Mapping
from pathlib import Path

import keras

from core.errors import GlyphpadError
from core.training.recipe import Recipe

CHECKPOINT = "checkpoint.keras"
"""The network after the last epoch, with its optimiser, to be carried on from."""

BEST = "best.keras"
"""The network after the epoch of the least loss on val, which ships."""

RECIPE = "recipe.json"
LOG = "log.csv"


class RecipeChangedError(GlyphpadError):
    """A run folder that holds a run of another recipe.

    Attributes:
        folder: The run's folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(folder)

    def __str__(self) -> str:
        return (
            f"{self.folder}: holds a run of another recipe. Name another folder with --run, "
            "or delete this one."
        )


class Journal:
    """A run's folder; made if it is not there.

    Args:
        folder: Where the run is kept.
        recipe: Of the run.

    Raises:
        RecipeChangedError: `folder` holds a run of another recipe.
    """

    def __init__(self, folder: Path, recipe: Recipe) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        path = folder / RECIPE
        mine = json.dumps(recipe.fingerprint, indent=2) + "\n"
        if path.exists() and path.read_text(encoding="utf-8") != mine:
            raise RecipeChangedError(folder)
        path.write_text(mine, encoding="utf-8")

    def keep(
        self,
        network: keras.Model,
        *,
        epoch: int,
        seconds: float,
        loss: float,
        accuracies: Mapping[str, float],
    ) -> None:
        """Keeps the network after a further epoch.

        Args:
            network: With its optimiser.
            epoch: Its number, from 1.
            seconds: That the epoch took.
            loss: On val, in nats.
            accuracies: On val, by view.
        """
        # beside first, then renamed: a run that is stopped while it saves has its last epoch
        beside = self.folder / f"next-{CHECKPOINT}"
        network.save(beside)
        least = min((one for one in self.losses() if not math.isnan(one)), default=math.inf)
        if loss < least:
            shutil.copyfile(beside, self.folder / f"next-{BEST}")
            (self.folder / f"next-{BEST}").replace(self.folder / BEST)
        beside.replace(self.folder / CHECKPOINT)
        path = self.folder / LOG
        new = not path.exists()
        with path.open("a", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            if new:
                writer.writerow(["epoch", "seconds", "val loss", *accuracies])
            values = [round(value, 5) for value in (loss, *accuracies.values())]
            writer.writerow([epoch, round(seconds), *values])

    def losses(self) -> list[float]:
        """On val, after each epoch, in nats."""
        path = self.folder / LOG
        if not path.exists():
            return []
        with path.open(newline="", encoding="utf-8") as file:
            return [float(row["val loss"]) for row in csv.DictReader(file)]

    def epochs_without_gain(self) -> int:
        """How many epochs ago the loss on val was least."""
        # what is no number is no loss, and never the least
        losses = [math.inf if math.isnan(loss) else loss for loss in self.losses()]
        return len(losses) - 1 - losses.index(min(losses)) if losses else 0

    def checkpoint(self) -> keras.Model | None:
        """The network after the last epoch, with its optimiser; None before the first."""
        return self._network(CHECKPOINT)

    def best(self) -> keras.Model | None:
        """The network after the epoch of the least loss; None where no loss was a number."""
        return self._network(BEST)

    def _network(self, file: str) -> keras.Model | None:
        path = self.folder / file
        return keras.models.load_model(path) if path.exists() else None
