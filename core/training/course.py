"""A course: what an epoch is drawn from, how often each class is in it, and its batches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from core.alphabet import Alphabet
from core.training.data import ImageSamples, InkSamples, Samples
from core.training.forms import TILES, Form
from core.training.scribbles import KINDS, Strays

_STRAY = -1
"""In an order, in the place of a source's number: ink that is no character."""


@dataclass(frozen=True, eq=False)
class Course:
    """What one epoch is drawn from.

    Attributes:
        sources: The samples; the first has its classes as often as the model is to expect them.
        draws: For each source, how many an epoch; None for each sample once.
        calm_draws: The same for the calm epochs of a recipe; None for the same as in others.
        least: Least draws of a class in an epoch, of a source of which each sample is drawn once.
        as_they_are: Whether the samples are drawn without variation: for a network that varies
            its tiles itself.
        strays: Where ink that is no character comes from; None for none.
        stray_draws: How much of it an epoch.
        words: Words whose letters become a further source, when they are cut.
        letter_draws: How many of those letters an epoch; None for each once.
        form: What the network is shown of each sample.
    """

    sources: tuple[Samples, ...]
    draws: tuple[int | None, ...]
    least: int
    calm_draws: tuple[int | None, ...] | None = None
    as_they_are: bool = False
    strays: Strays | None = None
    stray_draws: int = 0
    words: InkSamples | None = None
    letter_draws: int | None = None
    form: Form = TILES

    def calmed(self) -> Course:
        """What a calm epoch is drawn from."""
        return replace(self, draws=self.calm_draws or self.draws, calm_draws=None)


def classes_of(labels: NDArray[np.str_], alphabet: Alphabet) -> NDArray[np.int64]:
    """int64 (N,): the column of each label.

    Raises:
        KeyError: A label that the alphabet does not know.
    """
    return np.array([alphabet.index[label] for label in labels], np.int64)


def among(samples: Samples, alphabet: Alphabet) -> Samples:
    """The samples whose signs `alphabet` knows."""
    return samples.taken(np.array([sign in alphabet.index for sign in samples.labels], np.bool_))


class VariedSamples(keras.utils.PyDataset):  # type: ignore[misc]  # Keras ships no types
    """One epoch of batches (samples in one form float32 (B, *shape), answers float32 (B, 2, K)).

    An answer is what `BalancedCrossentropy` takes: in its first row the label, one-hot, and in its
    second the classes' shares among samples of the same kind. The label of ink that is no
    character is the shares too, which asks for even odds.

    The order and every variation follow from the seed, the epoch and the batch alone, whichever
    thread makes them.
    """

    def __init__(
        self,
        course: Course,
        alphabet: Alphabet,
        *,
        batch: int,
        seed: int,
        epoch: int,
        strength: float = 1.0,
    ) -> None:
        super().__init__(workers=2, max_queue_size=16)
        self._course = course
        self._alphabet = alphabet
        self._batch = batch
        self._strength = strength
        self._seed = (seed, epoch)
        self._order = _epoch_order(course, np.random.default_rng(self._seed))
        self._shares = {
            kind: class_shares(course, alphabet, kind) for kind in (InkSamples, ImageSamples)
        }

    def __len__(self) -> int:
        return len(self._order) // self._batch

    def __getitem__(self, index: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        rng = np.random.default_rng((*self._seed, index))
        picks = self._order[index * self._batch : (index + 1) * self._batch]
        inputs = np.empty((len(picks), *self._course.form.shape), np.float32)
        answers = np.zeros((len(picks), 2, len(self._alphabet)), np.float32)
        for row, (source, sample) in enumerate(picks):
            if source == _STRAY:
                inputs[row] = self._stray(int(sample), rng)
                answers[row] = self._shares[InkSamples]
            else:
                samples = self._course.sources[source]
                inputs[row] = self._varied(samples, int(sample), rng)
                answers[row, 0, self._alphabet.index[samples.labels[sample]]] = 1
                answers[row, 1] = self._shares[type(samples)]
        return inputs, answers

    def _varied(
        self, samples: Samples, index: int, rng: np.random.Generator
    ) -> NDArray[np.float32]:
        if self._course.as_they_are:
            return self._course.form.plain(samples, index)
        return self._course.form.varied(samples, index, rng, self._strength)

    def _stray(self, number: int, rng: np.random.Generator) -> NDArray[np.float32]:
        strays = self._course.strays
        if strays is None:
            raise ValueError("an order has strays only where the course has some")
        stray = strays.draw(KINDS[number % len(KINDS)], rng)
        return self._course.form.varied_ink(stray, rng, self._strength)


def class_shares(
    course: Course, alphabet: Alphabet, kind: type[InkSamples | ImageSamples]
) -> NDArray[np.float32]:
    """float32 (K,): the share of each class among an epoch's characters of one kind.

    Each kind has shares of its own. Two of three digits that a network learns from are pictures, of
    letters one in ten: by the shares of both together, ink of a digit would be a digit's rarest
    form, and a stroke that may be an l or a 1 always an l.

    Each class is counted once more than it is there, so that no share is 0.
    """
    order = _epoch_order(course, np.random.default_rng(0))
    counts = np.ones(len(alphabet))
    for number, samples in enumerate(course.sources):
        if isinstance(samples, kind):
            drawn = order[order[:, 0] == number, 1]
            classes = classes_of(samples.labels, alphabet)[drawn]
            counts += np.bincount(classes, minlength=len(alphabet))
    return np.asarray(counts / counts.sum(), np.float32)


def log_frequencies(course: Course, alphabet: Alphabet) -> NDArray[np.float32]:
    """float32 (K,): the logarithm of how often the first source has each class, which is how often
    it is to be expected in ordinary writing; counted once more than it is there."""
    classes = classes_of(course.sources[0].labels, alphabet)
    counts = np.bincount(classes, minlength=len(alphabet)) + 1.0
    return np.asarray(np.log(counts / counts.sum()), np.float32)


def _epoch_order(course: Course, rng: np.random.Generator) -> NDArray[np.int64]:
    """int64 (N, 2): which sample of which source, in a random order."""
    parts: list[NDArray[np.int64]] = []
    for number, (samples, draws) in enumerate(zip(course.sources, course.draws, strict=True)):
        rows = _draws(samples.labels, draws, course.least, rng)
        parts.append(np.stack([np.full(len(rows), number), rows], axis=1))
    if course.strays is not None:
        strays = np.arange(course.stray_draws)
        parts.append(np.stack([np.full(len(strays), _STRAY), strays], axis=1))
    order = np.concatenate(parts)
    rng.shuffle(order)
    return order


def _draws(
    labels: Sequence[str] | NDArray[Any], draws: int | None, least: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Which samples of a source are drawn."""
    count = len(labels)
    if draws is not None:
        whole, rest = divmod(draws, count)
        every = np.tile(np.arange(count), whole)
        return np.concatenate([every, rng.permutation(count)[:rest]])
    rows = [np.arange(count)]
    for label, have in zip(*np.unique(labels, return_counts=True), strict=True):
        if have < least:
            rows.append(rng.choice(np.flatnonzero(labels == label), least - have))
    return np.concatenate(rows)
