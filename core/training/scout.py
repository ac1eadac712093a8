"""The scout: a network that learns single characters for a short while, and cuts words with it.

What it cuts is kept beside the run, so that a run that is carried on learns from the same letters.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
from numpy.typing import NDArray

from core.classifying import softmax
from core.training.course import Course
from core.training.data import InkSamples, load_packed, save_packed
from core.training.fitting import compiled_network, epoch_samples, fit_epoch
from core.training.letters import cut_words
from core.training.recipe import Recipe

LETTERS = "letters.npz"

SCOUT_EPOCHS = 2

_BATCH = 1024


def with_letters(
    course: Course, recipe: Recipe, folder: Path, report: Callable[[str], None]
) -> Course:
    """`course` with the letters of its words as a further source.

    Args:
        course: As the recipe has it.
        recipe: Of the run; the scout is its network.
        folder: Of the run, where the letters are kept.
        report: Takes a line for people, now and then.
    """
    if course.words is None:
        return course
    kept = folder / LETTERS
    if not kept.exists():
        report(f"a scout learns characters for {SCOUT_EPOCHS} epochs, to cut words with")
        scout = _scout(course, recipe)
        report(f"cutting the letters out of {len(course.words)} words")
        save_packed(_cut(course.words, scout, recipe), kept)
    letters = load_packed(kept)
    report(f"{len(letters)} letters by {len(set(letters.writers.tolist()))} writers")
    if len(letters) == 0:
        return replace(course, words=None)
    draws = len(letters) if course.letter_draws is None else course.letter_draws
    return replace(
        course,
        sources=(*course.sources, letters),
        draws=(*course.draws, draws),
        calm_draws=None if course.calm_draws is None else (*course.calm_draws, draws),
        words=None,
    )


def _scout(course: Course, recipe: Recipe) -> keras.Model:
    keras.utils.set_random_seed(recipe.seed)
    network = compiled_network(recipe, course, epochs=SCOUT_EPOCHS)
    for epoch in range(SCOUT_EPOCHS):
        fit_epoch(network, epoch_samples(recipe, course, epoch=epoch), verbose=0)
    return network


def _cut(words: InkSamples, scout: keras.Model, recipe: Recipe) -> InkSamples:
    def odds(tiles: NDArray[np.float32]) -> NDArray[np.float32]:
        logits = scout.predict(tiles[..., None], batch_size=_BATCH, verbose=0)
        return softmax(np.asarray(logits, np.float32))

    return cut_words(words, odds, recipe.alphabet, recipe.seed)
