"""The steps of the cleaning, one after another, and what each made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from core.arrays import read_only
from core.cleaning.healing import TRACE, heal_strokes
from core.cleaning.ink import Levels, faint_ink, find_levels, separate_ink
from core.cleaning.light import even_light
from core.cleaning.polarity import ink_is_light
from core.cleaning.sizing import resize, to_grey, working_scale
from core.cleaning.specks import drop_specks
from core.cleaning.straightening import find_flat, lay_flat, paper_of
from core.cleaning.texture import blur
from core.cleaning.unruling import FAINT_SHARE, take_out_rules, without_rules
from core.cleaning_steps import ALL_STEPS, Steps
from core.raster import Raster

if TYPE_CHECKING:
    from core.picture import Picture


MUCH_RULED = 0.3
"""Where rules were at least this share of the ink, what is ink is told anew without them."""


@dataclass(frozen=True, eq=False)
class Stage:
    """What one step of the cleaning made.

    Attributes:
        name: The step's name in `Steps`; "grey" for the picture as it came, "ink" for the ink
            apart from the paper.
        pixels: uint8 (H, W), as people look at it: dark on light where the picture is, read-only.
    """

    name: str
    pixels: NDArray[np.uint8]

    def __post_init__(self) -> None:
        pixels = read_only(self.pixels, name="pixels", dtype=np.uint8, shape=(None, None))
        object.__setattr__(self, "pixels", pixels)


@dataclass(frozen=True, eq=False)
class Stages:
    """What each step of the cleaning made, for people to look at.

    Attributes:
        stages: In order: "grey", the steps that were taken on it, "ink", and those taken on ink.
        raster: The ink alone.
    """

    stages: tuple[Stage, ...]
    raster: Raster


def clean(picture: Picture, steps: Steps = ALL_STEPS) -> Raster:
    """The ink of `picture`, white on black; blank where there is none."""
    return _cleaned(picture.pixels, steps, None)


def clean_stages(pixels: NDArray[np.uint8], steps: Steps = ALL_STEPS) -> Stages:
    """Every step from a picture's pixels to its ink.

    Args:
        pixels: uint8 (H, W, 3), RGB.
        steps: Which are taken.
    """
    stages: list[Stage] = []
    raster = _cleaned(pixels, steps, stages)
    return Stages(tuple(stages), raster)


def _cleaned(pixels: NDArray[np.uint8], steps: Steps, stages: list[Stage] | None) -> Raster:
    """The ink of a picture; what each step made is added to `stages`, if it is asked for."""
    grey = to_grey(pixels)
    scale = working_scale(grey.shape)
    grey = resize(grey, scale)
    _add(stages, "grey", grey)
    flat = find_flat(pixels, grey) if steps.straighten else None
    paper = None
    if flat is not None:
        grey, paper = lay_flat(grey, flat), paper_of(flat)
    if steps.straighten:
        _add(stages, "straighten", grey)
    if ink_is_light(grey):
        grey = np.asarray(cv2.bitwise_not(grey), np.uint8)
    if steps.light:
        grey = even_light(grey, paper)
        _add(stages, "light", grey)
    if steps.texture:
        grey = blur(grey)
        _add(stages, "texture", grey)
    ink = _ink_of(grey, paper, steps, stages)
    warp = None if flat is None else flat.scaled(1 / scale).warp
    return Raster(ink, scale=scale, warp=warp)


def _ink_of(
    grey: NDArray[np.uint8],
    paper: NDArray[np.uint8] | None,
    steps: Steps,
    stages: list[Stage] | None,
) -> NDArray[np.uint8]:
    """uint8 (H, W): the ink, 255 on 0, of a page that is evenly lit, ink darker than paper."""
    levels = find_levels(grey)
    ink = separate_ink(grey, levels)
    _add(stages, "ink", ink, is_ink=True)
    gone = None
    if steps.rules:
        if levels is not None:
            ink, gone = _unruled(grey, ink, levels)
        _add(stages, "rules", ink, is_ink=True)
    if steps.specks:
        ink = drop_specks(ink, paper)
        _add(stages, "specks", ink, is_ink=True)
    if steps.heal:
        if levels is not None:
            ink = heal_strokes(ink, faint_ink(grey, levels, TRACE), gone)
        _add(stages, "heal", ink, is_ink=True)
    return ink


def _unruled(
    grey: NDArray[np.uint8], ink: NDArray[np.uint8], levels: Levels
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """uint8 (H, W), twice: the ink without rules, and the rules, 255 on 0 both."""
    rest = take_out_rules(ink, faint_ink(grey, levels, FAINT_SHARE), grey)
    gone = np.asarray(cv2.subtract(ink, rest), np.uint8)
    if cv2.countNonZero(gone) >= MUCH_RULED * cv2.countNonZero(ink) > 0:
        # dark rules hid what is written with a paler pen
        bare = without_rules(grey, rest, gone, levels.paper)
        rest = np.asarray(cv2.bitwise_or(rest, separate_ink(bare, find_levels(bare))), np.uint8)
    return rest, gone


def _add(
    stages: list[Stage] | None, name: str, pixels: NDArray[np.uint8], *, is_ink: bool = False
) -> None:
    """Adds what a step made, as people look at it: ink dark on light."""
    if stages is not None:
        stages.append(Stage(name, np.asarray(cv2.bitwise_not(pixels)) if is_ink else pixels))
