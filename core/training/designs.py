"""The field's usual networks, as they were published, behind the program's own tile.

Each takes the tile that every model here takes and resizes it to the 28 x 28 that its design asks
for, so that the pad, the pictures and the training need only one kind of tile.
"""

from __future__ import annotations

from typing import Any

import keras
from keras import layers

from core.glyph import TILE_SIZE

SIDE = 28
"""Side of MNIST's pictures, which all of these were designed for."""

_SHARPNESS = 255.0
"""How steeply a tile is cut into paper and ink: one grey level of 256 decides."""

VARIATIONS = (
    layers.RandomContrast,
    layers.RandomRotation,
    layers.RandomTranslation,
    layers.RandomZoom,
)
"""Layers that vary tiles in training and do nothing afterwards."""


def without_variations(network: keras.Model) -> keras.Model:
    """`network` with the same layers, and so the same weights, except those that vary tiles."""

    def kept(layer: Any) -> Any:
        return layers.Identity() if isinstance(layer, VARIATIONS) else layer

    return keras.models.clone_model(network, clone_function=kept)


def digits_cnn(classes: int) -> keras.Model:
    """Two blocks of convolution and pooling, and a dense layer, behind an augmentation block: the
    network that the Keras and TensorFlow tutorials teach on MNIST.

    Returns:
        A model from float32 (N, TILE_SIZE, TILE_SIZE, 1) to float32 (N, `classes`) logits.
    """
    tiles, signal = _entry()
    # by position only in training: rotation is in turns, the rest in shares of the side
    for variation in (
        layers.RandomRotation(0.1, fill_mode="constant", dtype="float32"),
        layers.RandomTranslation(0.1, 0.1, fill_mode="constant", dtype="float32"),
        layers.RandomZoom(0.1, fill_mode="constant", dtype="float32"),
        layers.RandomContrast(0.1, value_range=(0, 1), dtype="float32"),
    ):
        signal = variation(signal)
    signal = _block(signal, 32)
    signal = _block(signal, 32, name="features")
    signal = layers.Flatten()(signal)
    signal = layers.Dense(64, activation="relu")(signal)
    return _model(tiles, signal, classes)


def alnum_cnn(classes: int) -> keras.Model:
    """Three blocks of convolution (32, 64, 128) and pooling, two dense layers (64, 128): the usual
    network for the 36 digits and letters of MNIST and the A-Z set together.

    Returns:
        A model from float32 (N, TILE_SIZE, TILE_SIZE, 1) to float32 (N, `classes`) logits.
    """
    tiles, signal = _entry()
    signal = _block(signal, 32)
    signal = _block(signal, 64, padding="same")
    signal = _block(signal, 128, name="features")
    signal = layers.Flatten()(signal)
    signal = layers.Dense(64, activation="relu")(signal)
    signal = layers.Dense(128, activation="relu")(signal)
    return _model(tiles, signal, classes)


def dual_cnn(classes: int) -> keras.Model:
    """Two views of one tile, in colour (28 x 28 x 3) and cut to black and white (28 x 28 x 1), each
    through convolutions of 64, 128 and 256 with pooling, joined (4,608 numbers), then two dense
    layers with dropout.

    A tile has no colour: its three channels are alike. The design is kept as it is taught.

    Returns:
        A model from float32 (N, TILE_SIZE, TILE_SIZE, 1) to float32 (N, `classes`) logits.
    """
    tiles, grey = _entry()
    colour = layers.Concatenate(name="colour")([grey, grey, grey])
    steep = layers.Rescaling(_SHARPNESS, offset=-_SHARPNESS / 2, dtype="float32")(grey)
    binary = layers.ReLU(max_value=1.0, name="binary", dtype="float32")(steep)
    towers = []
    for signal in (colour, binary):
        for width in (64, 128, 256):
            signal = _block(signal, width, padding="same")  # noqa: PLW2901 - a tower is a chain
        towers.append(signal)
    joined = layers.Concatenate(name="features")(towers)
    signal = layers.Flatten()(joined)
    for width in (256, 128):
        signal = layers.Dense(width, activation="relu")(signal)
        signal = layers.Dropout(0.4)(signal)
    return _model(tiles, signal, classes)


def _entry() -> tuple[Any, Any]:
    """The tiles, and the same at 28 x 28."""
    tiles = keras.Input((TILE_SIZE, TILE_SIZE, 1), name="tiles")
    return tiles, layers.Resizing(SIDE, SIDE, name="resizing", dtype="float32")(tiles)


def _block(signal: Any, width: int, *, padding: str = "valid", name: str | None = None) -> Any:
    signal = layers.Conv2D(width, 3, padding=padding, activation="relu")(signal)
    return layers.MaxPooling2D(name=name)(signal)


def _model(tiles: Any, signal: Any, classes: int) -> keras.Model:
    return keras.Model(tiles, layers.Dense(classes, dtype="float32", name="logits")(signal))
