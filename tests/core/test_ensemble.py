"""An ensemble: its members trained one after another, weighed on val, and joined into one model."""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType

import keras
import numpy as np
import pytest
from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray

from core.alphabet import ALNUM62, DIGITS
from core.classifying import open_classifier, softmax
from core.glyph import make_tile
from core.models import broken_models, open_model
from core.rasterising import rasterise_character
from core.training import command, scout
from core.training.course import Course
from core.training.data import ImageSamples
from core.training.designs import alnum_cnn
from core.training.ensembles import make_ensemble
from core.training.forms import plain_tiles
from core.training.joining import choose_weights, join
from core.training.journal import BEST, CHECKPOINT, RecipeChangedError
from core.training.networks import Stage, residual_network
from core.training.recipe import Ensemble, Recipe
from core.training.recipes.ensemble import ENSEMBLE, together
from core.training.shipping import LEARNING_CURVE, litert_twin, plain_network
from core.training.yardstick import Yardstick, yardstick
from tests.core.handwriting import character

KNOWN = "012347"


pytestmark = pytest.mark.usefixtures("quiet_tensorflow")


@pytest.fixture(autouse=True)
def keras_as_it_was():
    """The number format, which is one for the whole process."""
    yield
    keras.mixed_precision.set_global_policy("float32")


def pictures(name: str, copies: int, side: int = 40) -> ImageSamples:
    """Pictures of KNOWN, `copies` of each, on black."""
    images = np.zeros((len(KNOWN) * copies, side, side), np.uint8)
    for image, sign in zip(images, KNOWN * copies, strict=True):
        drawn = rasterise_character(character(sign, size=20), extent=20).pixels
        image[2 : 2 + drawn.shape[0], 3 : 3 + drawn.shape[1]] = drawn
    return ImageSamples(name, images, np.array(list(KNOWN * copies)))


def tiny_network(stem: int = 4) -> keras.Model:
    return residual_network(
        stem=stem, stages=(Stage(6, 2), Stage(stem + 2, 2)), classes=len(DIGITS), dropout=0.1
    )


def shaken(network: keras.Model, seed: int) -> keras.Model:
    """`network` with every weight, gains and gates too, away from where it begins."""
    rng = np.random.default_rng(seed)
    for variable in network.trainable_variables:
        value = np.asarray(variable)
        variable.assign(value + rng.normal(0, 0.3, value.shape).astype(np.float32))
    return network


def log_softmax(logits: NDArray[np.float32]) -> NDArray[np.float64]:
    return np.log(softmax(np.asarray(logits, np.float64)))


# --- Joining -----------------------------------------------------------------------------------

WEIGHTS = np.array([0.5, 0.2, 0.3])


@pytest.fixture
def members() -> list[keras.Model]:
    """Three plain networks, of different widths, the same every time."""
    keras.utils.set_random_seed(7)
    return [plain_network(shaken(tiny_network(stem), seed=stem)) for stem in (4, 5, 8)]


@pytest.fixture
def tiles() -> NDArray[np.float32]:
    return plain_tiles(pictures("known", 1))[..., None]


def test_joined_members_answer_as_their_weighted_mean(members, tiles):
    parts = [member(tiles) for member in members]
    mean = sum(
        weight * log_softmax(part["logits"]) for weight, part in zip(WEIGHTS, parts, strict=True)
    )
    joined = join(members, WEIGHTS)(tiles)
    assert softmax(np.asarray(joined["logits"])) == pytest.approx(softmax(mean), abs=1e-5)
    assert np.ptp(softmax(mean)) > 0.05
    features = np.concatenate([part["features"] for part in parts], axis=-1)
    assert np.asarray(joined["features"]) == pytest.approx(features, abs=1e-5)


def test_a_joined_network_reads_its_class_activation_maps_off_its_last_layer(members, tiles):
    network = join(members, WEIGHTS)
    joined = network(tiles)
    kernel, bias = network.get_layer("logits").get_weights()
    maps = np.asarray(joined["features"]) @ kernel
    assert maps.mean(axis=(1, 2)) + bias == pytest.approx(np.asarray(joined["logits"]), abs=1e-4)


def test_a_joined_network_is_plain_and_its_members_are_as_they_were(members, tiles, tmp_path):
    before = [np.asarray(member(tiles)["logits"]) for member in members]
    network = join(members, WEIGHTS)
    assert len({layer.name for layer in network.layers}) == len(network.layers)
    assert not any(isinstance(layer, keras.Model) for layer in network.layers)
    network.save(tmp_path / "joined.keras")
    loaded = keras.models.load_model(tmp_path / "joined.keras")
    assert np.array_equal(loaded(tiles)["logits"], network(tiles)["logits"])
    network.set_weights([np.zeros_like(weight) for weight in network.get_weights()])
    for member, logits in zip(members, before, strict=True):
        assert np.array_equal(member(tiles)["logits"], logits)


def test_a_twin_of_a_joined_network_answers_the_same(members, tiles):
    network = join(members, WEIGHTS)
    wanted = network(tiles[:1])
    runner = Interpreter(model_content=litert_twin(network)).get_signature_runner("serving_default")
    found = runner(tiles=tiles[:1])
    for name in ("logits", "features"):
        assert found[name] == pytest.approx(np.asarray(wanted[name]), abs=1e-4)


def test_a_member_without_one_last_layer_is_refused(members):
    with pytest.raises(ValueError, match="one dense layer"):
        join([members[0], plain_network(alnum_cnn(10))], np.array([0.5, 0.5]))


# --- Weights -----------------------------------------------------------------------------------


def stick_of(classes: NDArray[np.int64]) -> Yardstick:
    count = len(classes)
    return Yardstick(np.zeros((count, 32, 32), np.float32), classes, np.full(count, 1 / count))


def knowing(classes: NDArray[np.int64], strength: float, seed: int) -> NDArray[np.float32]:
    """Logits of one who is right more often the larger `strength` is."""
    logits = np.random.default_rng(seed).normal(0, 1, (len(classes), 10))
    logits[np.arange(len(classes)), classes] += strength
    return logits.astype(np.float32)


CLASSES = np.random.default_rng(1).integers(0, 10, 600)


def test_the_better_member_counts_more():
    logits = [knowing(CLASSES, strength, seed) for seed, strength in enumerate((1.0, 3.0, 0.0))]
    weights = choose_weights(logits, stick_of(CLASSES))
    assert weights.sum() == pytest.approx(1)
    assert weights[1] > 0.5 > weights[0] > weights[2] >= 0
    assert weights[2] < 0.05


def test_a_member_that_is_against_the_truth_is_not_asked():
    wrong = knowing(CLASSES, -2.0, 5)
    weights = choose_weights([knowing(CLASSES, 2.0, 4), wrong], stick_of(CLASSES))
    assert weights.tolist() == [1, 0]
    assert choose_weights([wrong, wrong], stick_of(CLASSES)).tolist() == [0.5, 0.5]


def test_it_does_not_help_to_be_sure():
    """The temperature takes it out: what counts is what is known."""
    one, other = knowing(CLASSES, 2.0, 6), knowing(CLASSES, 2.0, 7)
    even = choose_weights([one, other], stick_of(CLASSES))
    assert even == pytest.approx([0.5, 0.5], abs=0.1)
    louder = choose_weights([3 * one, 3 * other], stick_of(CLASSES))
    assert louder == pytest.approx(even, abs=0.01)


def test_weights_are_those_of_the_greatest_likelihood():
    logits = [knowing(CLASSES, 2.0, 8), knowing(CLASSES, 1.0, 9)]
    logs = [log_softmax(one) for one in logits]

    def loss(weight: float) -> float:
        mean = weight * logs[0] + (1 - weight) * logs[1]
        return min(
            -log_softmax(mean / t)[np.arange(600), CLASSES].mean() for t in np.geomspace(0.3, 3, 60)
        )

    best = min(np.linspace(0, 1, 101), key=loss)
    assert choose_weights(logits, stick_of(CLASSES))[0] == pytest.approx(best, abs=0.03)


def test_every_source_of_a_yardstick_counts_the_same():
    foreign = ImageSamples("foreign", np.ones((3, 8, 8), np.uint8), np.array(["x", "y", "z"]))
    stick = yardstick([pictures("few", 1), pictures("many", 5), foreign], DIGITS)
    assert stick.tiles.shape == (36, 32, 32)
    assert stick.weights[:6].sum() == pytest.approx(0.5)
    assert stick.weights[6:].sum() == pytest.approx(0.5)
    assert stick.classes[:6].tolist() == [0, 1, 2, 3, 4, 7]
    with pytest.raises(ValueError, match="shape"):
        dataclasses.replace(stick, classes=stick.classes[1:])


# --- The recipe --------------------------------------------------------------------------------


def member(name: str, *, seed: int, epochs: int = 2) -> Recipe:
    return Recipe(
        name=name,
        version="0.0.1",
        architecture="tiny",
        alphabet=DIGITS,
        course=lambda: Course((pictures(f"{name} train", 3),), (24,), 0),
        val=lambda: pictures(f"{name} val", seed),
        network=tiny_network,
        seed=seed,
        epochs=epochs,
        batch=8,
        learning_rate=5e-3,
        weight_decay=0.01,
        label_smoothing=0.05,
    )


TINY = Ensemble("tiny", "0.0.1", "two tiny ones", (member("ink", seed=1), member("lead", seed=2)))


def test_members_differ_by_name_and_agree_on_the_signs():
    one = member("one", seed=1)
    for members in ((), (one, one), (one, dataclasses.replace(one, name="b", alphabet=ALNUM62))):
        with pytest.raises(ValueError, match="members must"):
            dataclasses.replace(TINY, members=members)


def test_everything_that_decides_an_ensemble_is_in_its_fingerprint():
    fields = {field.name for field in dataclasses.fields(Ensemble)}
    assert set(TINY.fingerprint) == fields | {"alphabet"}
    changed = dataclasses.replace(TINY, members=(TINY.members[0], member("lead", seed=3)))
    assert changed.fingerprint != TINY.fingerprint


def test_the_members_are_for_pen_paper_and_print_and_small():
    assert [recipe.name for recipe in ENSEMBLE.members] == ["pen", "paper", "print"]
    assert ENSEMBLE.alphabet is ALNUM62
    assert len({recipe.seed for recipe in ENSEMBLE.members}) == 3
    for recipe in ENSEMBLE.members:
        assert 150_000 < recipe.network().count_params() < 250_000
    joined = join([plain_network(recipe.network()) for recipe in ENSEMBLE.members], WEIGHTS)
    assert joined.output["features"].shape == (None, 4, 4, 3 * 96)


def test_pictures_of_several_sources_keep_their_tiles():
    few, many = pictures("few", 1, side=34), pictures("many", 2, side=44)
    whole = together("both", few, many)
    assert whole.images.shape == (18, 44, 44)
    assert whole.labels.tolist() == list(KNOWN * 3)
    wanted = [make_tile(image) for source in (few, many) for image in source.images]
    assert np.array_equal(plain_tiles(whole), np.stack(wanted))


def test_letters_of_words_are_drawn_as_often_as_the_course_says(tmp_path, monkeypatch):
    letters = pictures("letters", 2)
    monkeypatch.setattr(scout, "_scout", lambda *_: None)
    monkeypatch.setattr(scout, "_cut", lambda *_: letters)
    monkeypatch.setattr(scout, "save_packed", lambda *_: None)
    monkeypatch.setattr(scout, "load_packed", lambda _: dataclasses.replace(letters, writers=WHO))
    words = pictures("words", 1)
    course = Course((pictures("signs", 1),), (None,), 0, words=words, letter_draws=5)
    for recipe_course, draws in (
        (course, 5),
        (dataclasses.replace(course, letter_draws=None), 12),
    ):
        made = scout.with_letters(recipe_course, TINY.members[0], tmp_path, print)
        assert made.draws == (None, draws)


WHO = np.array(["anna"] * 12)


# --- A whole run -------------------------------------------------------------------------------


class StoppedError(Exception):
    """As a run that is killed between two epochs."""


def stop_at(line: str) -> Callable[[str], None]:
    def report(text: str) -> None:
        if text.startswith(line):
            raise StoppedError

    return report


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """A folder with the run of TINY, and the models folder that it was put into."""
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(command, "RECIPES", MappingProxyType({"tiny": TINY}))
        status = command.train_command("tiny", run=folder / "run", models=folder / "models")
    assert status == 0
    return folder


def test_an_ensemble_is_one_model_to_its_user(made):
    models = made / "models"
    assert [path.name for path in models.iterdir()] == ["tiny"]
    assert broken_models(models) == ()
    model = open_model("tiny", models)
    manifest = model.manifest
    assert (manifest.alphabet, manifest.version) == (DIGITS, "0.0.1")
    assert manifest.training["samples"] == {"ink": {"ink train": 18}, "lead": {"lead train": 18}}
    assert sum(manifest.training["weights"].values()) == pytest.approx(1, abs=1e-3)
    assert [part["seed"] for part in manifest.training["members"]] == [1, 2]
    tiles = plain_tiles(pictures("known", 2))
    ours = open_classifier(model, "keras").classify(tiles).probabilities
    theirs = open_classifier(model, "litert").classify(tiles).probabilities
    assert np.abs(ours - theirs).max() <= 1e-4
    with (model.folder / LEARNING_CURVE).open(newline="", encoding="utf-8") as file:
        rows = [(row["member"], row["epoch"]) for row in csv.DictReader(file)]
    assert rows == [("ink", "1"), ("ink", "2"), ("lead", "1"), ("lead", "2")]


def test_the_joined_answer_is_that_of_the_members_as_they_were_weighed(made):
    """From the tiles to the probabilities, prior and temperature with it."""
    model = open_model("tiny", made / "models")
    facts = model.manifest.training
    tiles = plain_tiles(pictures("known", 1))
    mean = np.zeros((len(tiles), len(DIGITS)))
    for recipe in TINY.members:
        kept = keras.models.load_model(made / "run" / recipe.name / BEST, compile=False)
        logits = np.asarray(plain_network(kept)(tiles[..., None])["logits"])
        mean += facts["weights"][recipe.name] * log_softmax(logits)
    counts = np.array([3.0 * (label in KNOWN) + 1 for label in DIGITS.labels])
    mean += facts["calibration"]["prior_share"] * np.log(counts / counts.sum())
    wanted = softmax(mean / model.manifest.temperature)
    found = open_classifier(model, "keras").classify(tiles).probabilities
    assert found == pytest.approx(wanted, abs=1e-3)


def test_an_ensemble_that_was_stopped_goes_on_with_the_member_that_it_was_at(made, tmp_path):
    run, models = tmp_path / "run", tmp_path / "models"
    with pytest.raises(StoppedError):
        make_ensemble(TINY, run=run, models=models, report=stop_at("lead: epoch 1/"))
    assert not models.exists()
    first = (run / "ink" / CHECKPOINT).read_bytes()
    said: list[str] = []
    make_ensemble(TINY, run=run, models=models, report=said.append)
    assert any(line.startswith("lead: epochs 2 to 2") for line in said)
    assert not any(line.startswith("ink: epoch ") for line in said)
    assert (run / "ink" / CHECKPOINT).read_bytes() == first
    whole, resumed = (
        keras.models.load_model(folder / "tiny" / "tiny.keras")
        for folder in (made / "models", models)
    )
    for mine, theirs in zip(whole.weights, resumed.weights, strict=True):
        assert np.array_equal(np.asarray(mine), np.asarray(theirs)), mine.path


def test_a_run_with_another_member_is_refused(made):
    changed = dataclasses.replace(TINY, members=(member("ink", seed=9), TINY.members[1]))
    with pytest.raises(RecipeChangedError) as caught:
        make_ensemble(changed, run=made / "run", models=made, report=lambda _: None)
    assert caught.value.folder == made / "run" / "ink"
