"""The networks, built of Keras layers alone, so that any backend trains them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
from keras import layers, ops

from core.glyph import TILE_SIZE
from core.track import TRACK_CHANNELS, TRACK_POINTS


@dataclass(frozen=True, slots=True)
class Stage:
    """A residual block: `width` channels, at one `stride`-th of the resolution before it."""

    width: int
    stride: int


@keras.saving.register_keras_serializable(package="glyphpad")
class StandardConv2D(layers.Conv2D):  # type: ignore[misc]  # Keras ships no types
    """A convolution whose kernel has mean 0 and a fixed variance for every output channel, times
    a learned gain (scaled weight standardisation, Brock, De and Smith 2021).

    It does the work of batch normalisation without statistics of batches, and folds into a plain
    convolution when training is over.
    """

    def build(self, input_shape: Any) -> None:
        super().build(input_shape)
        self.gain = self.add_weight(name="gain", shape=(self.filters,), initializer="ones")

    def save_own_variables(self, store: Any) -> None:
        # Keras' convolutions save their kernel and bias only, and would lose the gain
        layers.Layer.save_own_variables(self, store)

    def load_own_variables(self, store: Any) -> None:
        layers.Layer.load_own_variables(self, store)

    def standard_kernel(self) -> Any:
        """The kernel that is convolved with, float32 (height, width, in, out)."""
        kernel = ops.cast(self.kernel, "float32")
        fan_in = float(np.prod(kernel.shape[:-1]))
        mean = ops.mean(kernel, axis=(0, 1, 2), keepdims=True)
        variance = ops.var(kernel, axis=(0, 1, 2), keepdims=True)
        return (kernel - mean) * ops.rsqrt(variance * fan_in + 1e-4) * _RELU_GAIN * self.gain

    def call(self, inputs: Any) -> Any:
        kernel = ops.cast(self.standard_kernel(), self.compute_dtype)
        convolved = ops.conv(inputs, kernel, strides=self.strides, padding=self.padding)
        return convolved + ops.cast(self.bias, self.compute_dtype)


@keras.saving.register_keras_serializable(package="glyphpad")
class Gate(layers.Layer):  # type: ignore[misc]  # Keras ships no types
    """Its input times one learned number that begins at 0 (SkipInit, De and Smith 2020): every
    residual block begins as the identity."""

    def build(self, input_shape: Any) -> None:
        self.openness = self.add_weight(name="openness", shape=(), initializer="zeros")

    def call(self, inputs: Any) -> Any:
        return inputs * ops.cast(self.openness, self.compute_dtype)


_RELU_GAIN = 1.7139588594436646
"""sqrt(2 / (1 - 1 / pi)): keeps the variance of a signal through a ReLU (Brock et al. 2021)."""


def residual_network(
    *, stem: int, stages: Sequence[Stage], classes: int, dropout: float
) -> keras.Model:
    """A residual network (He et al. 2016) from tiles to logits.

    Returns:
        A model from float32 (N, TILE_SIZE, TILE_SIZE, 1), ink 1 on 0, to float32 (N, `classes`)
        logits. Its last feature map, before the pooling, is the layer "features".
    """
    tiles = keras.Input((TILE_SIZE, TILE_SIZE, 1), name="tiles")
    signal = StandardConv2D(stem, 5, strides=2, padding="same", name="stem")(tiles)
    signal = layers.ReLU()(signal)
    for number, stage in enumerate(stages):
        last = number == len(stages) - 1
        signal = _residual_block(signal, stage, name="features" if last else None)
    pooled = layers.GlobalAveragePooling2D(name="pooling")(signal)
    return keras.Model(tiles, _logits(pooled, classes=classes, dropout=dropout))


def track_network(
    *, stem: int, stages: Sequence[Stage], classes: int, dropout: float
) -> keras.Model:
    """A residual network along a track, to logits.

    Returns:
        A model from float32 (N, TRACK_POINTS, 1, TRACK_CHANNELS) to float32 (N, `classes`) logits.
        Its last feature map, before the pooling, is the layer "features". Both the mean along the
        track and the maximum are pooled: how much of the way is so, and whether any of it is.
    """
    tracks = keras.Input((TRACK_POINTS, 1, TRACK_CHANNELS), name="tracks")
    signal = StandardConv2D(stem, (5, 1), padding="same", name="stem")(tracks)
    signal = layers.ReLU()(signal)
    for number, stage in enumerate(stages):
        last = number == len(stages) - 1
        name = "features" if last else None
        signal = _residual_block(signal, stage, name=name, kernels=((5, 1), (3, 1)))
    pooled = layers.Concatenate(name="pooling")(
        [layers.GlobalAveragePooling2D()(signal), layers.GlobalMaxPooling2D()(signal)]
    )
    return keras.Model(tracks, _logits(pooled, classes=classes, dropout=dropout))


def _logits(pooled: Any, *, classes: int, dropout: float) -> Any:
    kept = layers.Dropout(dropout, name="dropout")(pooled)
    return layers.Dense(classes, dtype="float32", name="logits")(kept)


def _residual_block(
    signal: Any,
    stage: Stage,
    *,
    name: str | None,
    kernels: tuple[tuple[int, int], tuple[int, int]] = ((3, 3), (3, 3)),
) -> Any:
    # what is one wide stays so
    strides = tuple(stage.stride if side > 1 else 1 for side in kernels[0])
    shortcut = signal
    if stage.stride > 1:
        shortcut = layers.AveragePooling2D(strides)(shortcut)
    if signal.shape[-1] != stage.width:
        shortcut = StandardConv2D(stage.width, 1, padding="same")(shortcut)
    branch = StandardConv2D(stage.width, kernels[0], strides=strides, padding="same")(signal)
    branch = layers.ReLU()(branch)
    branch = StandardConv2D(stage.width, kernels[1], padding="same")(branch)
    return layers.ReLU(name=name)(layers.Add()([shortcut, Gate()(branch)]))
