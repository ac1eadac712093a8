"""An ensemble's training: member after member, each a run of its own, then all of them joined."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from core.training.course import log_frequencies
from core.training.joining import choose_weights, join
from core.training.journal import LOG
from core.training.recipe import Ensemble, Recipe
from core.training.run import train
from core.training.shipping import Finished, plain_network, ship_finished, sizes
from core.training.yardstick import yardstick


def make_ensemble(
    ensemble: Ensemble, *, run: Path, models: Path, report: Callable[[str], None]
) -> Path:
    """The folder of the finished model: its members trained, joined and shipped.

    The weights of the members, the temperature and the priors are chosen on the val of all
    members, each member's counting the same.

    Args:
        ensemble: What to train.
        run: Holds a folder a member; members that are done are not trained again, and one that was
            stopped goes on.
        models: Where models are.
        report: Takes a line for people, now and then.

    Raises:
        RecipeChangedError: A member's folder holds a run of another recipe.
        MissingFileError: Data is not there.
        MissingFontsError: Fonts are not there.
        UnequalTwinError: The twin does not answer as Keras does.
    """
    members = [_member(recipe, run / recipe.name, report) for recipe in ensemble.members]
    report("choosing the members' weights, calibrating, making the twin")
    stick = yardstick([member.val() for member in ensemble.members], ensemble.alphabet)
    networks = [member.network for member in members]
    weights = choose_weights([stick.logits(network) for network in networks], stick)
    shares = {
        recipe.name: round(float(weight), 4)
        for recipe, weight in zip(ensemble.members, weights, strict=True)
    }
    report(", ".join(f"{name} {share:.2f}" for name, share in shares.items()))
    finished = Finished(
        name=ensemble.name,
        version=ensemble.version,
        architecture=ensemble.architecture,
        alphabet=ensemble.alphabet,
        network=join(networks, weights),
        prior=members[0].prior,
        curve=_joined_logs({recipe.name: run / recipe.name / LOG for recipe in ensemble.members}),
        facts={
            **ensemble.fingerprint,
            "weights": shares,
            "samples": {
                recipe.name: member.samples
                for recipe, member in zip(ensemble.members, members, strict=True)
            },
        },
    )
    return ship_finished(finished, stick, models=models)


@dataclass(frozen=True, eq=False)
class _Member:
    """A member that is trained: what is needed of it, without its samples.

    Attributes:
        network: Of plain layers.
        prior: float32 (K,), the logarithm of each class's frequency in ordinary writing.
        samples: How many each source has.
    """

    network: keras.Model
    prior: NDArray[np.float32]
    samples: Mapping[str, int]


def _member(recipe: Recipe, run: Path, report: Callable[[str], None]) -> _Member:
    def named(text: str) -> None:
        report(f"{recipe.name}: {text}")

    trained = train(recipe, run, named)
    prior = log_frequencies(trained.course, recipe.alphabet)
    return _Member(plain_network(trained.network), prior, sizes(trained.course))


def _joined_logs(logs: Mapping[str, Path]) -> str:
    """The members' logs behind one another, with the member in the first column."""
    rows: list[dict[str, Any]] = []
    for name, path in logs.items():
        with path.open(newline="", encoding="utf-8") as file:
            rows += [{"member": name, **row} for row in csv.DictReader(file)]
    text = io.StringIO()
    writer = csv.DictWriter(text, _columns(rows))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _columns(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys(column for row in rows for column in row))
