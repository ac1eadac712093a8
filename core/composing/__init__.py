"""Hypotheses and what they may be → the reading."""

from core.composing.context import Context, load_context
from core.composing.deciding import Decided, Decision, LineDecider, Weights, decide
from core.composing.lines import CANDIDATES, read_line
from core.composing.numbers import EVEN, number_share
from core.composing.placing import Frame

__all__ = [
    "CANDIDATES",
    "EVEN",
    "Context",
    "Decided",
    "Decision",
    "Frame",
    "LineDecider",
    "Weights",
    "decide",
    "load_context",
    "number_share",
    "read_line",
]
