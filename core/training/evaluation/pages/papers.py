"""A filled sheet → what it looks like: paper, ruling, what shines through, and ink."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from core.training.evaluation.pages.layouts import Mark, Plan, Script

Ruling = Literal["none", "lined", "squared"]
Colour = tuple[int, int, int]

Pixels = NDArray[np.float32]
"""float32 (H, W, 3), RGB, 0 to 255."""

SQUARE = 5.0
"""Side of squared paper's squares, in millimetres."""

RULE_WIDTHS = 0.12, 0.3
"""Least and most width of a printed line, in millimetres."""

MARGINED = 0.4
"""How often lined paper has a line for the margin."""

_RULE_COLOURS: tuple[Colour, ...] = (
    (150, 175, 215),
    (165, 190, 210),
    (175, 175, 180),
    (150, 190, 175),
    (190, 170, 200),
)
_FORM_COLOURS: tuple[Colour, ...] = ((40, 40, 45), (90, 95, 100), (120, 160, 200), (225, 150, 110))
_MARGIN_COLOUR: Colour = (225, 130, 135)


@dataclass(frozen=True)
class Paper:
    """What a page is written on.

    Attributes:
        tints: Darkest and lightest grey of the bare paper, 0 to 255.
        cream: Most by which its blue is below its red.
        grain: Standard deviation of its grey.
        fibres: How many darker or lighter fibres there are on a square centimetre.
        ruling: What is printed on it.
        bleed: Least and most strength at which the back's writing shows, 0 not at all.
        folds: Least and most number of folds.
        dark: Whether it is written on with a light pen.
    """

    tints: tuple[int, int] = (226, 250)
    cream: float = 14.0
    grain: float = 1.2
    fibres: float = 0.0
    ruling: Ruling = "none"
    bleed: tuple[float, float] = (0.0, 0.0)
    folds: tuple[int, int] = (0, 0)
    dark: bool = False


@dataclass(frozen=True)
class Pen:
    """What a page is written with.

    Attributes:
        name: Of its kind.
        width: Least and most width of its line, in millimetres.
        colours: That it has.
        strength: Least and most of its ink's opacity.
        gritty: How much of the paper's grain its line shows, 0 to 1.
        covers: Whether its ink hides what is below, as light ink does.
    """

    name: str
    width: tuple[float, float]
    colours: tuple[Colour, ...]
    strength: tuple[float, float]
    gritty: float
    covers: bool = False


PENS = (
    Pen("ballpoint", (0.32, 0.5), ((28, 42, 120), (30, 30, 42), (20, 30, 95)), (0.75, 0.95), 0.35),
    Pen("gel", (0.4, 0.65), ((18, 18, 22), (20, 30, 100), (25, 25, 30)), (0.9, 1.0), 0.05),
    Pen("felt tip", (0.6, 0.95), ((15, 15, 18), (25, 35, 110), (150, 25, 35)), (0.9, 1.0), 0.1),
    Pen("pencil", (0.4, 0.65), ((70, 70, 74), (85, 85, 90)), (0.65, 0.9), 0.6),
)
LIGHT_PENS = (
    Pen("white gel", (0.5, 0.8), ((240, 240, 236), (235, 235, 240)), (0.85, 1.0), 0.1, covers=True),
    Pen("chalk", (0.65, 0.9), ((225, 225, 220), (230, 225, 180)), (0.75, 0.95), 0.6, covers=True),
)


def paint(
    plan: Plan,
    script: Script,
    paper: Paper,
    pen: Pen,
    rng: np.random.Generator,
    *,
    back: Plan | None,
) -> Pixels:
    """The sheet as it lies there, in even light.

    Args:
        plan: What is on it.
        script: How it was written.
        paper: What it is.
        pen: What it was written with.
        rng: Decides the rest.
        back: What is on its other side, if that shines through.
    """
    sheet = _bare(plan, script, paper, rng)
    if back is not None:
        _shine_through(sheet, back, paper, script, rng)
    _rule(sheet, plan, script, paper, rng)
    _print(sheet, plan, script, rng)
    _write(sheet, plan, script, pen, rng)
    for _ in range(rng.integers(paper.folds[0], paper.folds[1] + 1)):
        _fold(sheet, script, rng)
    return sheet


def coverage_of(marks: list[Mark], shape: tuple[int, int]) -> NDArray[np.uint8]:
    """uint8 (H, W): how much of each pixel is covered by ink."""
    whole = np.zeros(shape, np.uint8)
    for mark in marks:
        top, left = max(mark.top, 0), max(mark.left, 0)
        bottom = min(mark.top + mark.coverage.shape[0], shape[0])
        right = min(mark.right, shape[1])
        if bottom > top and right > left:
            part = mark.coverage[
                top - mark.top : bottom - mark.top, left - mark.left : right - mark.left
            ]
            np.maximum(whole[top:bottom, left:right], part, out=whole[top:bottom, left:right])
    return whole


def clouds(shape: tuple[int, int], cell: float, rng: np.random.Generator) -> NDArray[np.float32]:
    """float32 (H, W): smooth noise of about unit deviation, whose clouds are some `cell` pixels."""
    height, width = shape
    coarse = rng.normal(0, 1, (max(2, round(height / cell)) + 2, max(2, round(width / cell)) + 2))
    large = cv2.resize(coarse.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(large, np.float32)


def _bare(plan: Plan, script: Script, paper: Paper, rng: np.random.Generator) -> Pixels:
    shape = plan.height, plan.width
    grey = rng.uniform(*paper.tints)
    cream = rng.uniform(0, paper.cream)
    texture = clouds(shape, 30 * script.density, rng) * 0.7
    texture += clouds(shape, 0.35 * script.density, rng) * paper.grain
    if paper.fibres:
        texture += _fibres(shape, script, paper, rng)
    sheet = np.empty((*shape, 3), np.float32)
    for channel, tint in enumerate((grey, grey - cream * 0.3, grey - cream)):
        sheet[..., channel] = tint + texture
    return sheet


def _fibres(
    shape: tuple[int, int], script: Script, paper: Paper, rng: np.random.Generator
) -> NDArray[np.float32]:
    """Short hairs of recycled paper, darker or lighter than it, and specks."""
    drawn = np.zeros(shape, np.float32)
    count = int(paper.fibres * shape[0] * shape[1] / (10 * script.density) ** 2)
    for _ in range(count):
        x, y = rng.uniform(0, shape[1]), rng.uniform(0, shape[0])
        angle, bend = rng.uniform(0, 2 * np.pi), rng.normal(0, 0.5)
        length = rng.uniform(0.3, 2.2) * script.density
        turns = angle + bend * np.linspace(0, 1, 5)
        steps = np.stack([np.cos(turns), np.sin(turns)], axis=1) * length / 5
        way = np.cumsum(np.concatenate([[[x, y]], steps]), axis=0)
        strength = float(rng.normal(-12, 16))
        cv2.polylines(
            drawn, [np.rint(way * 8).astype(np.int32)], False, strength, 1, cv2.LINE_AA, 3
        )
    return np.asarray(cv2.GaussianBlur(drawn, (0, 0), 0.6), np.float32)


def _shine_through(
    sheet: Pixels, back: Plan, paper: Paper, script: Script, rng: np.random.Generator
) -> None:
    """What is on the back, mirrored and blurred by the paper."""
    mirrored = coverage_of(back.marks, sheet.shape[:2])[:, ::-1].astype(np.float32) / 255
    soft = cv2.GaussianBlur(mirrored, (0, 0), rng.uniform(0.08, 0.2) * script.density)
    strength = rng.uniform(*paper.bleed)
    sheet *= 1 - strength * np.asarray(soft, np.float32)[..., None]


def _rule(
    sheet: Pixels, plan: Plan, script: Script, paper: Paper, rng: np.random.Generator
) -> None:
    """The lines that paper has before anyone writes on it."""
    if paper.ruling == "none":
        return
    layer = np.zeros(sheet.shape[:2], np.uint8)
    width = max(1, round(rng.uniform(*RULE_WIDTHS) * script.density))
    pitch = script.pitch if paper.ruling == "lined" else SQUARE * script.density
    phase = (plan.first + rng.uniform(0.02, 0.12) * script.capital) % pitch
    for y in np.arange(phase, plan.height, pitch):
        _line(layer, (0, y), (plan.width, y), width)
    if paper.ruling == "squared":
        for x in np.arange(rng.uniform(0, pitch), plan.width, pitch):
            _line(layer, (x, 0), (x, plan.height), width)
    colour = _RULE_COLOURS[rng.integers(len(_RULE_COLOURS))]
    _tint(sheet, layer, colour, rng.uniform(0.6, 1.0))
    if paper.ruling == "lined" and rng.random() < MARGINED:
        margin = np.zeros_like(layer)
        x = rng.uniform(4, 7) * script.density
        _line(margin, (x, 0), (x, plan.height), width)
        _tint(sheet, margin, _MARGIN_COLOUR, 0.8)


def _print(sheet: Pixels, plan: Plan, script: Script, rng: np.random.Generator) -> None:
    """A form's boxes and lines."""
    if not plan.rules:
        return
    layer = np.zeros(sheet.shape[:2], np.uint8)
    width = max(1, round(rng.uniform(*RULE_WIDTHS) * script.density))
    for rule in plan.rules:
        _line(layer, rule.start, rule.end, width)
    _tint(sheet, layer, _FORM_COLOURS[rng.integers(len(_FORM_COLOURS))], rng.uniform(0.7, 1.0))


def _write(sheet: Pixels, plan: Plan, script: Script, pen: Pen, rng: np.random.Generator) -> None:
    shape = sheet.shape[:2]
    covered = coverage_of(plan.marks, shape) / np.float32(255)
    strength = rng.uniform(*pen.strength) + 0.05 * clouds(shape, 4 * script.density, rng)
    if pen.gritty:
        grit = clouds(shape, max(0.12 * script.density, 1.0), rng)
        strength = strength - pen.gritty * 0.3 * np.clip(grit, 0, 2)
    ink = np.asarray(covered * np.clip(strength, 0.25, 1.0), np.float32)
    colour = pen.colours[rng.integers(len(pen.colours))]
    if pen.covers:
        sheet += ink[..., None] * (np.array(colour, np.float32) - sheet)
    else:
        _tint_by(sheet, ink, colour)


def _fold(sheet: Pixels, script: Script, rng: np.random.Generator) -> None:
    """A crease across the sheet: a worn edge, and another light on its other side."""
    across = sheet.swapaxes(0, int(rng.integers(2)))
    length, along = across.shape[:2]
    at = length * rng.choice([1 / 3, 1 / 2, 2 / 3]) + rng.normal(0, 2) * script.density
    path = at + rng.normal(0, 0.01) * np.arange(along) + 0.2 * clouds((1, along), 40, rng)[0]
    off = (np.arange(length, dtype=np.float32)[:, None] - path.astype(np.float32)) / script.density
    width = np.float32(rng.uniform(0.15, 0.4))
    worn = clouds((1, along), 3 * script.density, rng) * np.float32(0.3) + np.float32(1)
    edge = np.exp(-((off / width) ** 2)) * np.float32(rng.uniform(-0.16, 0.05)) * worn
    bank = np.tanh(off) * np.exp(-np.abs(off) / 12) * np.float32(rng.uniform(-0.07, 0.07))
    across *= (1 + edge + bank)[..., None]


def _line(
    layer: NDArray[np.uint8], start: tuple[float, float], end: tuple[float, float], width: int
) -> None:
    places = [(round(x * 8), round(y * 8)) for x, y in (start, end)]
    cv2.line(layer, places[0], places[1], 255, width, cv2.LINE_AA, 3)


def _tint(sheet: Pixels, layer: NDArray[np.uint8], colour: Colour, strength: float) -> None:
    _tint_by(sheet, layer.astype(np.float32) * np.float32(strength / 255), colour)


def _tint_by(sheet: Pixels, share: NDArray[np.float32], colour: Colour) -> None:
    """Ink swallows light: what is below it is seen the darker for it, whatever it is."""
    for channel, level in enumerate(colour):
        sheet[..., channel] *= 1 - share * np.float32(1 - level / 255)
