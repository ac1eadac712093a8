"""The recipes' table, the field's usual networks, and what they learn from."""

from __future__ import annotations

import keras
import numpy as np
import pytest
from ai_edge_litert.interpreter import Interpreter

from core.alphabet import ALNUM36, ALNUM62, ALPHABETS, ASCII94, BALANCED47, DIGITS
from core.training.course import Course, VariedSamples, among
from core.training.data import ImageSamples
from core.training.designs import alnum_cnn, digits_cnn, dual_cnn, without_variations
from core.training.fitting import seed_chance
from core.training.forms import TILES, TRACKS, plain_tiles
from core.training.recipe import Companion, Ensemble, Recipe
from core.training.recipes import RECIPES, courses
from core.training.recipes.courses import letters_and_digits
from core.training.shipping import litert_twin, plain_network
from tests.core.handwriting import CHARACTERS, ink_samples
from tests.core.test_data import kaggle_rows, write_emnist, write_kaggle

DESIGNS = {"digits-cnn": digits_cnn, "alnum36-cnn": alnum_cnn, "dual62": dual_cnn}


def tiles_of(signs: str) -> np.ndarray:
    return plain_tiles(ink_samples(signs))[..., None]


# --- The table ---------------------------------------------------------------------------------


def parts_of(recipe: Recipe | Ensemble | Companion) -> tuple[Recipe, ...]:
    if isinstance(recipe, Ensemble):
        return recipe.members
    return (recipe.track,) if isinstance(recipe, Companion) else (recipe,)


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_is_called_by_its_name_and_builds_its_networks(name):
    recipe = RECIPES[name]
    assert recipe.name == name
    assert recipe.alphabet in ALPHABETS.values()
    for part in parts_of(recipe):
        network = part.network()
        form = TRACKS if isinstance(recipe, Companion) else TILES
        assert network.input_shape == (None, *form.shape)
        assert network.output_shape == (None, len(recipe.alphabet))
        assert network.get_layer("features").output.shape[1:]


def test_the_designs_are_those_that_were_published():
    """Their parameters, counted by hand from the published layers."""
    conv = {(i, o): 9 * i * o + o for i, o in ((1, 32), (32, 32), (32, 64), (64, 128))}
    digits = conv[1, 32] + conv[32, 32] + (5 * 5 * 32 * 64 + 64) + (64 * 10 + 10)
    assert digits_cnn(10).count_params() == digits
    dense = (2 * 2 * 128 * 64 + 64) + (64 * 128 + 128) + (128 * 36 + 36)
    assert alnum_cnn(36).count_params() == conv[1, 32] + conv[32, 64] + conv[64, 128] + dense
    joined = dual_cnn(62).get_layer("features").output.shape[1:]
    assert np.prod(joined) == 4608


# --- The networks ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DESIGNS)
def test_a_design_answers_the_same_plain_and_as_a_twin(name):
    keras.utils.set_random_seed(1)
    network = DESIGNS[name](12)
    tiles = tiles_of("ALTHE47o")
    wanted = np.asarray(network(tiles, training=False))
    assert np.ptp(wanted, axis=0).min() > 0
    plain = plain_network(network)
    assert np.asarray(plain(tiles, training=True)["logits"]).shape == wanted.shape
    assert np.asarray(plain(tiles)["logits"]) == pytest.approx(wanted, abs=1e-5)
    runner = Interpreter(model_content=litert_twin(plain)).get_signature_runner("serving_default")
    assert runner(tiles=tiles[:1])["logits"] == pytest.approx(wanted[:1], abs=1e-4)


def test_the_augmentation_block_varies_tiles_in_training_alone():
    network = digits_cnn(10)
    tiles = tiles_of("47")
    block = keras.Model(network.input, network.layers[-7].input)
    still = np.asarray(block(tiles, training=False))
    moved = np.asarray(block(tiles, training=True))
    assert still == pytest.approx(np.asarray(block(tiles, training=False)))
    assert np.abs(moved - still).max() > 0.1
    assert moved.min() >= 0
    assert moved.max() <= 1


def test_the_two_views_of_a_tile_are_its_greys_three_times_and_its_ink():
    network = dual_cnn(62)
    views = keras.Model(
        network.input, [network.get_layer("colour").output, network.get_layer("binary").output]
    )
    colour, binary = (np.asarray(view) for view in views(tiles_of("Ao")))
    assert colour.shape[1:] == (28, 28, 3)
    assert binary.shape[1:] == (28, 28, 1)
    assert np.array_equal(colour[..., 0], colour[..., 2])
    assert ((binary > 0) & (binary < 1)).mean() < 0.02
    assert np.array_equal(binary[..., 0] > 0.5, colour[..., 0] > 0.5)


def test_what_learns_in_calm_epochs_has_the_weights_and_no_variation():
    network = digits_cnn(10)
    still = without_variations(network)
    tiles = tiles_of("47")
    assert np.asarray(still(tiles, training=True)) == pytest.approx(
        np.asarray(network(tiles, training=False)), abs=1e-6
    )
    mine = {id(variable) for variable in network.trainable_variables}
    assert {id(variable) for variable in still.trainable_variables} == mine


def test_chance_follows_from_the_seed_and_the_step():
    network = digits_cnn(10)
    tiles = tiles_of("47AL")
    answers = []
    for step in (0, 0, 5):
        seed_chance(network, 3, step)
        answers.append(np.asarray(network(tiles, training=True)))
    assert np.array_equal(answers[0], answers[1])
    assert not np.array_equal(answers[0], answers[2])


# --- What they learn from ----------------------------------------------------------------------


def test_samples_among_the_signs_of_an_alphabet():
    ink = among(ink_samples("A4o=j"), ALNUM36)
    assert ink.labels.tolist() == ["A", "4", "o", "j"]
    assert np.array_equal(plain_tiles(ink), plain_tiles(ink_samples("A4oj")))
    assert len(among(ink_samples("Ao="), DIGITS)) == 0
    images = ImageSamples("bars", np.zeros((2, 4, 4), np.uint8), np.array(["1", "x"]))
    assert among(images, DIGITS).images.shape == (1, 4, 4)


def test_samples_are_drawn_as_they_are_for_a_network_that_varies_them():
    source = ink_samples("".join(CHARACTERS)[:8])
    course = Course((source,), (None,), 0, as_they_are=True)
    tiles, labels = VariedSamples(course, ASCII94, batch=8, seed=1, epoch=0)[0]
    plain = {tile.tobytes() for tile in plain_tiles(source)}
    assert {tile.tobytes() for tile in tiles[..., 0]} == plain
    assert labels[:, 0].sum() == 8


# --- Official files ----------------------------------------------------------------------------


@pytest.mark.parametrize("alphabet", [ALNUM36, BALANCED47, ALNUM62])
def test_official_files_are_learnt_from_where_they_are(tmp_path, monkeypatch, alphabet):
    """By the same command: the course looks for them."""
    monkeypatch.setenv("GLYPHPAD_DATA", str(tmp_path))
    for name in ("load_unipen", "load_mnist", "load_paper_letters"):
        monkeypatch.setattr(courses, name, lambda folder, split: ink_samples("A4oj"))
    for name in ("load_kaggle_sample", "load_nist_capitals"):
        monkeypatch.setattr(courses, name, lambda folder, split: ink_samples("AE"))
    without = letters_and_digits(alphabet)
    assert [source.name for source in without.sources] == ["ink"] * 5
    write_emnist(tmp_path, "balanced")
    write_emnist(tmp_path, "byclass")
    write_kaggle(tmp_path, kaggle_rows(60))
    monkeypatch.setattr(courses, "OFFICIAL_DRAWS", 3)
    with_official = letters_and_digits(alphabet)
    names = {ALNUM36: "Kaggle A-Z", BALANCED47: "EMNIST balanced", ALNUM62: "EMNIST byclass"}
    assert with_official.sources[-1].name == names[alphabet]
    assert len(with_official.sources) == len(with_official.draws) == 6
    assert with_official.draws[-1] == 3
    assert set(with_official.sources[-1].labels) <= set(alphabet.index)
