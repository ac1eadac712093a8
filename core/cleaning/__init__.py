"""Picture → raster: the page made flat and upright, its light even, the ink apart from the paper
and from its rules, in the one polarity."""

from core.cleaning.ink import separate_ink
from core.cleaning.light import even_light
from core.cleaning.sizing import LARGE_SIDE, SMALL_SIDE, resize, to_grey, working_scale
from core.cleaning.specks import drop_specks
from core.cleaning.stages import Stage, Stages, clean, clean_stages
from core.cleaning.texture import blur
from core.cleaning_steps import ALL_STEPS, Steps

__all__ = [
    "ALL_STEPS",
    "LARGE_SIDE",
    "SMALL_SIDE",
    "Stage",
    "Stages",
    "Steps",
    "blur",
    "clean",
    "clean_stages",
    "drop_specks",
    "even_light",
    "resize",
    "separate_ink",
    "to_grey",
    "working_scale",
]
