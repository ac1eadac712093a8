"""Making a model's export of one kind, and proving it against Keras before it is kept."""

from __future__ import annotations

import hashlib
import importlib.util
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.classifying import softmax
from core.classifying.batching import network_inputs
from core.classifying.classifier import Engine
from core.classifying.keras_engine import KerasEngine, load_network
from core.classifying.litert_engine import LitertEngine
from core.errors import EngineError
from core.models import Model
from core.quiet import quiet_libraries
from core.training.exports.kinds import (
    KINDS,
    KindName,
    MissingPackagesError,
    UnequalExportError,
    UnsoundModelError,
    UnusableExportError,
)
from core.training.exports.onnx_engine import OnnxEngine
from core.training.exports.onnx_graph import onnx_bytes
from core.training.exports.tiles import Tiles, calibration_tiles, proof_tiles
from core.training.shipping import litert_twin

ONNX_PACKAGES = "onnx", "onnxruntime"


@dataclass(frozen=True, eq=False)
class Original:
    """A model as Keras answers: what each export is made from, and proved against.

    Attributes:
        model: Its folder and manifest.
        engine: Keras, ready.
        network: The network itself.
        proofs: The tiles to prove with, those of writers last where there are any.
        odds: float32 (N, K) for each of them, Keras' probabilities.
        calibration: Tiles that tell the range of each activation.
    """

    model: Model
    engine: Engine
    network: Any
    proofs: tuple[Tiles, ...]
    odds: tuple[NDArray[np.float32], ...]
    calibration: Tiles


@dataclass(frozen=True)
class Agreement:
    """How like Keras an export answers.

    Attributes:
        tiles: Where the tiles are from.
        n: How many.
        apart: The largest difference between two probabilities.
        equal: Share of tiles with the same first candidate, 0 to 1.
        accuracy: Share of right answers, 0 to 1; None where no one wrote the tiles.
    """

    tiles: str
    n: int
    apart: float
    equal: float
    accuracy: float | None


@dataclass(frozen=True, eq=False)
class Export:
    """A proved export.

    Attributes:
        kind: Which one.
        data: Its file's bytes.
        engine: Its own runtime, ready.
        agreements: How like Keras it answers on each of the original's proofs.
    """

    kind: KindName
    data: bytes
    engine: Engine
    agreements: tuple[Agreement, ...]


def open_original(model: Model, *, limit: int | None) -> Original:
    """A model with Keras' answers to the tiles that its exports are proved with.

    Args:
        model: Any model of ours.
        limit: Most tiles of writers; None for all.

    Raises:
        ModelError: Its weights are missing or changed, or Keras does not take them.
        UnsoundModelError: Its weights or answers are not all numbers.
        DamagedFileError: The data is there, and damaged.
    """
    engine = KerasEngine(model)
    with quiet_libraries():
        network = load_network(model.read(model.manifest.weights))
    alphabet = model.manifest.alphabet
    proofs = proof_tiles(alphabet, limit=limit)
    odds = tuple(_odds(engine, model, tiles) for tiles in proofs)
    # a ReLU can hide weights that are no numbers from the answers
    if not all(np.isfinite(values).all() for values in (*network.get_weights(), *odds)):
        raise UnsoundModelError(model.name)
    return Original(model, engine, network, proofs, odds, calibration_tiles(alphabet))


def make_export(original: Original, kind: KindName) -> Export:
    """The export of that kind.

    Raises:
        MissingPackagesError: It needs packages that are not installed.
        UnknownLayerError: There is no way to write one of the model's layers.
        UnusableExportError: Its own runtime does not take it.
        UnequalExportError: It does not answer as Keras does.
    """
    maker = _MAKERS[kind]
    missing = tuple(name for name in maker.packages if importlib.util.find_spec(name) is None)
    if missing:
        raise MissingPackagesError(kind, packages=missing)
    with quiet_libraries():
        data = maker.convert(original)
    engine = maker.run(original.model, kind, data)
    agreements = tuple(
        agreement(tiles, _odds(engine, original.model, tiles), wanted)
        for tiles, wanted in zip(original.proofs, original.odds, strict=True)
    )
    for found in agreements:
        _prove(kind, found)
    return Export(kind, data, engine, agreements)


def agreement(tiles: Tiles, odds: NDArray[np.float32], wanted: NDArray[np.float32]) -> Agreement:
    """How like each other two answers to `tiles` are.

    Args:
        tiles: N of them.
        odds: float32 (N, K), what is judged.
        wanted: float32 (N, K), Keras' own.
    """
    first = odds.argmax(axis=1)
    return Agreement(
        tiles.origin,
        len(tiles),
        apart=float(np.abs(odds - wanted).max()),
        equal=float((first == wanted.argmax(axis=1)).mean()),
        accuracy=None if tiles.classes is None else float((first == tiles.classes).mean()),
    )


def _prove(kind: KindName, found: Agreement) -> None:
    asked = KINDS[kind]
    # said so that what is not a number fails
    if not (found.apart <= asked.most_apart and found.equal >= asked.least_equal):
        raise UnequalExportError(kind, apart=found.apart, equal=found.equal, tiles=found.tiles)


def _odds(engine: Engine, model: Model, tiles: Tiles) -> NDArray[np.float32]:
    """float32 (N, K): as the classifier makes them, though they may be no numbers here."""
    return softmax(
        engine.logits(tiles.pixels, tiles.tracks) / np.float32(model.manifest.temperature)
    )


@dataclass(frozen=True)
class _Maker:
    convert: Callable[[Original], bytes]
    run: Callable[[Model, KindName, bytes], Engine]
    packages: tuple[str, ...] = ()


def _float16(original: Original) -> bytes:
    """Weights rounded to float16, which LiteRT computes with in float32."""
    import tensorflow as tf

    return litert_twin(
        original.network,
        optimizations=[tf.lite.Optimize.DEFAULT],
        target_spec={"supported_types": [tf.float16]},
    )


def _int8(original: Original) -> bytes:
    """Weights and activations in int8 throughout (Jacob et al. 2018), tiles and answers float32."""
    import tensorflow as tf

    def samples() -> Iterator[dict[str, NDArray[np.float32]]]:
        tiles = original.calibration
        takes_tracks = original.model.manifest.tracks
        inputs = network_inputs(tiles.pixels, tiles.tracks, takes_tracks=takes_tracks)
        # by name: the converter has an order of inputs of its own
        names = [entry.name for entry in original.network.inputs]
        for row in range(len(tiles)):
            yield {name: one[row : row + 1] for name, one in zip(names, inputs, strict=True)}

    with warnings.catch_warnings():
        # TensorFlow looks for the names with an interpreter that it says is to go
        warnings.filterwarnings("ignore", r"\s*Warning: tf\.lite\.Interpreter is deprecated")
        return litert_twin(
            original.network,
            optimizations=[tf.lite.Optimize.DEFAULT],
            representative_dataset=samples,
            # nothing but int8: a layer that has none fails here, and is not left in float32
            target_spec={"supported_ops": [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]},
        )


def _run_litert(model: Model, kind: KindName, data: bytes) -> Engine:
    """The program's own engine, with the export in the place of the twin."""
    with tempfile.TemporaryDirectory(prefix="glyphpad-") as folder:
        twin = f"{model.name}{KINDS[kind].suffix}"
        Path(folder, twin).write_bytes(data)
        sha256 = {twin: hashlib.sha256(data).hexdigest()}
        manifest = replace(model.manifest, twin=twin, sha256=sha256)
        try:
            return LitertEngine(Model(Path(folder), manifest))
        except EngineError as error:
            raise UnusableExportError(kind, reason=error.reason) from error


def _run_onnx(_: Model, kind: KindName, data: bytes) -> Engine:
    try:
        return OnnxEngine(data)
    except ValueError as error:
        raise UnusableExportError(kind, reason=str(error)) from error


_MAKERS: Mapping[KindName, _Maker] = MappingProxyType(
    {
        "litert": _Maker(lambda original: litert_twin(original.network), _run_litert),
        "litert-f16": _Maker(_float16, _run_litert),
        "litert-int8": _Maker(_int8, _run_litert),
        "onnx": _Maker(
            lambda original: onnx_bytes(original.network), _run_onnx, packages=ONNX_PACKAGES
        ),
    }
)
