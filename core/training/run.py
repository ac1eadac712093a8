"""A training run: epoch after epoch, measured on val, kept, and carried on where it stopped."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np
from numpy.typing import NDArray

from core.alphabet import ALNUM62, ASCII94, CAPITALS, DIGITS, SMALL_LETTERS, Alphabet
from core.training.calibrating import calibrate
from core.training.course import Course, among, classes_of, log_frequencies
from core.training.fitting import (
    calm_learner,
    compiled_network,
    epoch_samples,
    epochs_done,
    fast_policy,
    fit_epoch,
    seed_chance,
)
from core.training.journal import Journal
from core.training.recipe import Recipe
from core.training.scout import with_letters

WATCHED: tuple[Alphabet, ...] = (DIGITS, CAPITALS, SMALL_LETTERS, ALNUM62, ASCII94)
"""The views whose accuracy on val the log shows, of those that a model has; with its own."""

_VAL_BATCH = 512


@dataclass(frozen=True, eq=False)
class Trained:
    """What a run comes to.

    Attributes:
        network: Tiles to logits.
        course: What it learnt from last, with the letters that were cut from words.
    """

    network: keras.Model
    course: Course


@dataclass(frozen=True, eq=False)
class _Watch:
    """Samples of val, in the network's form, and the views that they are read in."""

    inputs: NDArray[np.float32]
    labels: NDArray[np.str_]
    alphabet: Alphabet
    prior: NDArray[np.float32]
    views: tuple[Alphabet, ...]

    def look(self, network: keras.Model) -> tuple[float, dict[str, float]]:
        """The loss that the network would ship with, in nats, and its accuracy in each view."""
        logits = np.asarray(network.predict(self.inputs, batch_size=_VAL_BATCH, verbose=0))
        loss = calibrate(logits, classes_of(self.labels, self.alphabet), self.prior).loss
        return loss, {
            view.name: view_accuracy(logits, self.labels, self.alphabet, view)
            for view in self.views
        }


def train(recipe: Recipe, folder: Path, report: Callable[[str], None]) -> Trained:
    """The trained network of `recipe`: that of its best epoch on val.

    The run is kept in `folder` (checkpoint, recipe, letters, log) after every epoch; a run that
    was stopped goes on from there. It ends early when val has not become better for as long as the
    recipe waits. The same seed on the same machine gives the same weights.

    Args:
        recipe: What to train.
        folder: Where the run is kept; made if it is not there.
        report: Takes a line for people, now and then.

    Raises:
        RecipeChangedError: `folder` holds a run of another recipe.
        MissingFileError: Data is not there.
    """
    journal = Journal(folder, recipe)
    keras.mixed_precision.set_global_policy(fast_policy())
    report("reading the data")
    course = with_letters(recipe.course(), recipe, folder, report)
    watch = _watch(recipe, course)
    keras.utils.set_random_seed(recipe.seed)
    network = compiled_network(recipe, course, epochs=recipe.epochs, calm_epochs=recipe.calm_epochs)
    kept = journal.checkpoint()
    if kept is not None:
        _carry_on(network, kept)
    done = epochs_done(network, recipe, course)
    report(f"epochs {done + 1} to {recipe.all_epochs}, {fast_policy()}")
    learner = network
    for epoch in range(done, recipe.all_epochs):
        if journal.epochs_without_gain() >= recipe.patience:
            report(f"val has not become better for {recipe.patience} epochs: done")
            break
        began = time.monotonic()
        if epoch == max(done, recipe.epochs):
            learner = calm_learner(network, recipe)
        seed_chance(learner, recipe.seed, int(network.optimizer.iterations.numpy()))
        samples = epoch_samples(recipe, course, epoch=epoch)
        fit_epoch(learner, samples, verbose=_verbosity())
        loss, accuracies = watch.look(network)
        seconds = time.monotonic() - began
        journal.keep(network, epoch=epoch + 1, seconds=seconds, loss=loss, accuracies=accuracies)
        shown = ", ".join(f"{name} {value:.4f}" for name, value in accuracies.items())
        report(
            f"epoch {epoch + 1}/{recipe.all_epochs}: loss {loss:.4f}, {shown} on val, "
            f"{len(samples) * recipe.batch} samples in {seconds:.0f} s"
        )
    best = journal.best()
    if best is not None:
        network.set_weights(best.get_weights())
    return Trained(network, course.calmed() if recipe.calm_epochs else course)


def view_accuracy(
    scores: NDArray[np.float32], labels: NDArray[np.str_], alphabet: Alphabet, view: Alphabet
) -> float:
    """The share of right answers among the samples of `view`, when only `view` is possible.

    Args:
        scores: float32 (N, K), logits over `alphabet`.
        labels: unicode (N,), the signs written; those that `view` does not know are left out.
        alphabet: What the columns stand for.
        view: What is possible.
    """
    known = np.array([label in view.index for label in labels])
    if not known.any():
        return float("nan")
    odds = np.exp(scores[known] - scores[known].max(axis=1, keepdims=True))
    guesses = (odds @ view.view_of(alphabet)).argmax(axis=1)
    return float((guesses == classes_of(labels[known], view)).mean())


def _watch(recipe: Recipe, course: Course) -> _Watch:
    samples = among(recipe.val(), recipe.alphabet)
    views = [
        view
        for view in WATCHED
        if view.is_view_of(recipe.alphabet) and len(among(samples, view)) > 0
    ]
    if recipe.alphabet not in views:
        views.append(recipe.alphabet)
    return _Watch(
        inputs=course.form.all_plain(samples),
        labels=samples.labels,
        alphabet=recipe.alphabet,
        prior=log_frequencies(course, recipe.alphabet),
        views=tuple(views),
    )


def _carry_on(network: keras.Model, kept: keras.Model) -> None:
    """Puts the state of a checkpoint into a network as it begins. The checkpoint itself would not
    do: a saved optimizer forgets what it is not to decay."""
    network.set_weights(kept.get_weights())
    network.optimizer.build(network.trainable_variables)
    for mine, theirs in zip(network.optimizer.variables, kept.optimizer.variables, strict=True):
        mine.assign(theirs)


def _verbosity() -> int:
    """A moving bar on a terminal, else nothing: the report has a line an epoch."""
    return 1 if os.isatty(1) else 0
