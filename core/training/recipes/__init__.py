"""The recipes: one a model, each read from top to bottom."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from core.training.recipe import Companion, Ensemble, Recipe
from core.training.recipes.alnum36_cnn import ALNUM36_CNN
from core.training.recipes.balanced47_cnn import BALANCED47_CNN
from core.training.recipes.digits_cnn import DIGITS_CNN
from core.training.recipes.dual62 import DUAL62
from core.training.recipes.ensemble import ENSEMBLE
from core.training.recipes.glyphnet import GLYPHNET
from core.training.recipes.glyphnet_ink import GLYPHNET_INK

RECIPES: Mapping[str, Recipe | Ensemble | Companion] = MappingProxyType(
    {
        recipe.name: recipe
        for recipe in (
            GLYPHNET,
            GLYPHNET_INK,
            DIGITS_CNN,
            ALNUM36_CNN,
            BALANCED47_CNN,
            DUAL62,
            ENSEMBLE,
        )
    }
)
"""By the name of the model."""
