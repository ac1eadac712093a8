"""Which Glyphpad this is: the complete one, or the light one, which has no Keras."""

from __future__ import annotations

from importlib.util import find_spec

from core.errors import NoKerasError


def has_keras() -> bool:
    """Whether Keras is here. It is looked for, not imported: that would take seconds."""
    return find_spec("keras") is not None


def need_keras(what: str) -> None:
    """Nothing, where Keras is here.

    Args:
        what: What needs it, as a noun: "train".

    Raises:
        NoKerasError: It is not here.
    """
    if not has_keras():
        raise NoKerasError(what)
