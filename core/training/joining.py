"""Several trained networks → one: the members of an ensemble, or a picture's and a track's, as one
model to its user.

What the members think is averaged as log-probabilities, each member with a weight: a product of
experts (Hinton 2002), whose answer is sure only where no member that counts is against it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np
from keras import layers
from numpy.typing import NDArray

from core.glyph import TILE_SIZE
from core.track import TRACK_CHANNELS, TRACK_POINTS
from core.training.yardstick import Yardstick

MOST_STEPS = 500
"""Most steps of the search for weights."""

LEAST_GAIN = 1e-8
"""The search is over when a step betters the loss by less, in nats."""


def join(members: Sequence[keras.Model], weights: NDArray[np.float64]) -> keras.Model:
    """One plain network of several: the members' log-probabilities, averaged by `weights`.

    Every member ends in global average pooling and one dense layer, so the average of their logits
    is a dense layer too, over all their features one after another. What a softmax makes of it is
    what it makes of the average of log-probabilities: they differ by the same number in each
    column. Class activation maps are read off the one dense layer, as they are of one network.

    Args:
        members: Plain networks over the same alphabet, in the sequence in which they are asked.
        weights: float64 (M,), of each.

    Returns:
        A model from float32 (N, S, S, 1) to {"logits": (N, K), "features": the members' last
        feature maps, one after another by channel}.

    Raises:
        ValueError: A member ends in another way.
    """
    tiles = keras.Input((TILE_SIZE, TILE_SIZE, 1), name="tiles")
    maps, kernels, biases = [], [], []
    for number, (member, weight) in enumerate(zip(members, weights, strict=True)):
        kernel, bias = _dense_layer(member)
        maps.append(_copied(member, "features", tiles, prefix=f"member_{number}_"))
        kernels.append(weight * kernel)
        biases.append(weight * bias)
    features = layers.Concatenate(name="features")(maps)
    pooled = layers.GlobalAveragePooling2D(name="pooling")(features)
    dense = layers.Dense(kernels[0].shape[1], name="logits")
    network = keras.Model(tiles, {"logits": dense(pooled), "features": features})
    dense.set_weights([np.concatenate(kernels), np.sum(biases, axis=0)])
    return network


def join_track(
    picture: keras.Model,
    track: keras.Model,
    *,
    weights: tuple[float, float],
    shift: NDArray[np.float32],
) -> keras.Model:
    """One plain network of a picture's and a track's: where there is a track, the weighted sum of
    both their logits and of `shift`; where there is none, the picture's logits as they are.

    All that is one dense layer, over the pooled features of the picture, and once more of both,
    which are 0 without a track.

    Args:
        picture: A plain network of tiles.
        track: A plain network of tracks over the same alphabet.
        weights: Of the picture's logits and of the track's, where there is a track.
        shift: float32 (K,), added to the sum.

    Returns:
        A model from float32 (N, S, S, 1) and (N, TRACK_POINTS, 1, TRACK_CHANNELS) to {"logits":
        (N, K), "features": the picture's last feature map}.

    Raises:
        ValueError: `picture` ends in another way than `join` can take.
    """
    tiles = keras.Input((TILE_SIZE, TILE_SIZE, 1), name="tiles")
    tracks = keras.Input((TRACK_POINTS, 1, TRACK_CHANNELS), name="tracks")
    kernel, bias = _dense_layer(picture)
    track_kernel, track_bias = track.get_layer("logits").get_weights()
    features = _copied(picture, "features", tiles, prefix="picture_")
    seen = layers.GlobalAveragePooling2D(name="pooling")(features)
    gone = _copied(track, "pooling", tracks, prefix="track_")
    # the last channel of a track is 1 wherever there is one
    there = layers.Dense(1, use_bias=False, name="presence")
    present = there(layers.GlobalMaxPooling2D(name="any")(tracks))
    both = layers.Multiply(name="both")([layers.Concatenate()([seen, gone]), present])
    dense = layers.Dense(kernel.shape[1], name="logits")
    logits = dense(layers.Concatenate(name="all")([seen, both, present]))
    network = keras.Model([tiles, tracks], {"logits": logits, "features": features})
    there.set_weights([np.eye(TRACK_CHANNELS, dtype=np.float32)[:, -1:]])
    more, share = weights[0] - 1, weights[1]
    present_row = more * bias + share * track_bias + shift
    rows = [kernel, more * kernel, share * track_kernel, present_row[None]]
    dense.set_weights([np.concatenate(rows), bias])
    return network


def choose_weights(
    logits: Sequence[NDArray[np.float32]], yardstick: Yardstick
) -> NDArray[np.float64]:
    """How much each member is to count: at least 0, together 1, of the greatest likelihood.

    The weights are sought together with a temperature, which is theirs to share: without it, the
    members that are surest would get more than those that know more. Both are one vector whose
    sum is 1 / temperature, and the loss is convex in it: it is found by projected gradients.

    Args:
        logits: float32 (N, K) of each member for the tiles of `yardstick`.
        yardstick: What to choose by.
    """
    odds = np.stack([_log_softmax(one.astype(np.float64)) for one in logits])
    strengths = np.full(len(odds), 1 / len(odds))
    loss, slope = _loss(strengths, odds, yardstick)
    rate = 1.0
    for _ in range(MOST_STEPS):
        tried = np.maximum(strengths - rate * slope, 0)
        new_loss, new_slope = _loss(tried, odds, yardstick)
        # as far down as the slope promised at least half of (Armijo's rule)
        if new_loss > loss - slope @ (strengths - tried) / 2:
            rate /= 2
            continue
        gain = loss - new_loss
        strengths, loss, slope = tried, new_loss, new_slope
        rate *= 1.5
        if gain < LEAST_GAIN:
            break
    if not strengths.any():  # no member knows anything
        return np.full(len(odds), 1 / len(odds))
    return np.asarray(strengths / strengths.sum(), np.float64)


def _dense_layer(member: keras.Model) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Kernel (C, K) and bias (K,) of the layer that ends a member."""
    ends = [type(layer) for layer in member.layers if not isinstance(layer, layers.Dropout)]
    channels = member.get_layer("features").output.shape[-1]
    kernel, bias = member.get_layer("logits").get_weights()
    if ends[-2:] != [layers.GlobalAveragePooling2D, layers.Dense] or len(kernel) != channels:
        raise ValueError("a member must end in global average pooling and one dense layer")
    return kernel, bias


def _copied(network: keras.Model, layer: str, entry: Any, *, prefix: str) -> Any:
    """What a layer of a network makes of `entry`, by layers of its own, renamed."""

    def renamed(layer: Any) -> Any:
        config = layer.get_config()
        return type(layer).from_config({**config, "name": prefix + config["name"]})

    body = keras.Model(network.input, network.get_layer(layer).output)
    clone = keras.models.clone_model(body, input_tensors=entry, clone_function=renamed)
    clone.set_weights(body.get_weights())
    return clone.output


def _loss(
    strengths: NDArray[np.float64], odds: NDArray[np.float64], yardstick: Yardstick
) -> tuple[float, NDArray[np.float64]]:
    """Mean negative log-likelihood in nats, and its slope (M,), for the members' strengths (M,).

    Args:
        strengths: Of each member's log-probabilities.
        odds: float64 (M, N, K), the log-probabilities.
        yardstick: Classes and weights of the N.
    """
    joined = _log_softmax(np.tensordot(strengths, odds, axes=1))
    rows = np.arange(len(yardstick.classes))
    loss = -float(yardstick.weights @ joined[rows, yardstick.classes])
    expected = np.einsum("nk,mnk->mn", np.exp(joined), odds)
    found = odds[:, rows, yardstick.classes]
    return loss, np.asarray((expected - found) @ yardstick.weights)


def _log_softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)))
