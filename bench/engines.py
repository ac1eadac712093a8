"""The model: our whole path of one character, tiles a second, Keras's own call, and the bare
interpreter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

import numpy as np
from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray

from bench.rows import Row, durations, measured, quartiles, timed
from core.classifying import open_classifier
from core.classifying.batching import network_inputs
from core.glyph import TILE_SIZE
from core.models import DEFAULT_MODEL, open_model
from core.recognising import ink_glyph
from core.self_check import sample_ink
from core.track import TRACK_CHANNELS, TRACK_POINTS

MANY = 256
ONE_RUNS, MANY_RUNS, PATH_RUNS = 100, 10, 300

WHOLE_TO_BARE = "our whole path of one glyph to the bare interpreter"


def engine_rows() -> Iterator[Row]:
    """Of the path, of both engines, of Keras and of the interpreter alone."""
    yield from _path_rows()
    tiles, tracks = _inputs()
    bare = {}
    for count in (1, MANY):
        bare[count] = _seconds(_bare(tiles[:count], tracks[:count]), count)
        yield _speed("the interpreter alone", count, bare[count])
    for engine, count in product(("litert", "keras"), (1, MANY)):
        classifier = open_classifier(open_model(DEFAULT_MODEL), engine)
        seconds = _seconds(lambda c=classifier, n=count: c.classify(tiles[:n], tracks[:n]), count)
        ratio = quartiles(seconds)[1] / quartiles(bare[count])[1]
        yield _speed(engine, count, seconds, f"{ratio:.2f} times the interpreter alone")
    for count in (1, MANY):
        yield _speed(
            "model.predict of Keras",
            count,
            _seconds(_predict(tiles[:count], tracks[:count]), count),
        )


def _path_rows() -> Iterator[Row]:
    """The whole way of one character of ink, and the interpreter alone, by turns."""
    model = open_model(DEFAULT_MODEL)
    classifier = open_classifier(model, "litert")
    ink, alphabet = sample_ink(), model.manifest.alphabet
    glyph = ink_glyph(ink)
    tracks = None if glyph.track is None else glyph.track[None]
    yield timed("ink to tile", durations(lambda: ink_glyph(ink), PATH_RUNS))
    run_bare = _bare(glyph.tile[None], tracks)
    whole, bare = [], []
    for _ in range(PATH_RUNS):
        # by turns, so that what the machine does meanwhile meets both
        whole += durations(
            lambda: classifier.classify_glyphs([ink_glyph(ink)]).restricted_to(alphabet), 1
        )
        bare += durations(run_bare, 1)
    yield timed("ink to prediction, one character (LiteRT)", whole)
    yield timed("the interpreter alone, that character", bare)
    ratios = [mine / alone for mine, alone in zip(whole, bare, strict=True)]
    least = f"of the fastest runs {min(whole) / min(bare):.2f}"
    yield measured(WHOLE_TO_BARE, ratios, unit="times", remark=least)


def _inputs() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    rng = np.random.default_rng(0)
    tiles = rng.random((MANY, TILE_SIZE, TILE_SIZE), np.float32)
    return tiles, rng.random((MANY, TRACK_POINTS, TRACK_CHANNELS), np.float32)


def _seconds(work: Callable[[], object], count: int) -> list[float]:
    return durations(work, ONE_RUNS if count == 1 else MANY_RUNS)


def _speed(what: str, count: int, seconds: list[float], remark: str = "") -> Row:
    tiles = "one tile" if count == 1 else f"{count} tiles"
    told = f"{quartiles(seconds)[1] * 1000:.2f} ms"
    return measured(
        f"{what}: {tiles} at once",
        [count / each for each in seconds],
        unit="tiles/s",
        better="higher",
        remark=f"{told}; {remark}" if remark else told,
    )


def _bare(
    tiles: NDArray[np.float32], tracks: NDArray[np.float32] | None
) -> Callable[[], NDArray[np.float32]]:
    """The interpreter and nothing of ours, with the inputs of that shape."""
    model = open_model(DEFAULT_MODEL)
    interpreter = Interpreter(model_content=model.read(str(model.manifest.twin)), num_threads=1)
    inputs = network_inputs(tiles, tracks, takes_tracks=model.manifest.tracks)
    given = [
        (entry["index"], next(one for one in inputs if one.shape[1:] == tuple(entry["shape"][1:])))
        for entry in interpreter.get_input_details()
    ]
    for place, values in given:
        interpreter.resize_tensor_input(place, values.shape)
    interpreter.allocate_tensors()

    def run() -> NDArray[np.float32]:
        for place, values in given:
            interpreter.set_tensor(place, values)
        interpreter.invoke()
        return interpreter.get_tensor(interpreter.get_output_details()[0]["index"])

    return run


def _predict(
    tiles: NDArray[np.float32], tracks: NDArray[np.float32]
) -> Callable[[], NDArray[np.float32]]:
    """Keras's own way to ask a model."""
    from core.classifying.keras_engine import load_network

    model = open_model(DEFAULT_MODEL)
    network = load_network(model.read(model.manifest.weights))
    inputs = network_inputs(tiles, tracks, takes_tracks=model.manifest.tracks)
    given = list(inputs) if model.manifest.tracks else inputs[0]
    return lambda: network.predict(given, verbose=0)
