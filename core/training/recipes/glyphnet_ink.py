"""The recipe of `glyphnet-ink`, for the pad: glyphnet, and a network that sees how the pen went."""

from __future__ import annotations

import keras

from core.alphabet import ASCII94
from core.training.course import Course
from core.training.data import data_folder, load_unipen, load_unipen_words
from core.training.forms import TRACKS
from core.training.networks import Stage, track_network
from core.training.recipe import Companion, Recipe
from core.training.recipes.courses import val_writers
from core.training.scribbles import Strays


def _course() -> Course:
    folder = data_folder()
    pen = load_unipen(folder, "train")
    return Course(
        sources=(pen,),
        draws=(None,),
        least=500,
        strays=Strays(pen, load_unipen_words(folder, "train")),
        stray_draws=6_000,
        form=TRACKS,
    )


def _network() -> keras.Model:
    return track_network(
        stem=64,
        stages=(Stage(64, 1), Stage(96, 2), Stage(96, 1), Stage(160, 2), Stage(160, 1)),
        classes=len(ASCII94),
        dropout=0.25,
    )


TRACK = Recipe(
    name="track",
    version="1.0.0",
    architecture="residual along 64 points, 64-96-160 channels, scaled weight standardisation",
    alphabet=ASCII94,
    course=_course,
    val=val_writers,
    network=_network,
    seed=64,
    epochs=10,
    calm_epochs=2,
    batch=256,
    learning_rate=2e-3,
    weight_decay=0.05,
    label_smoothing=0.05,
)


GLYPHNET_INK = Companion(
    name="glyphnet-ink",
    version="1.1.0",
    architecture="glyphnet beside a residual network along the pen's track",
    picture="glyphnet",
    track=TRACK,
)
