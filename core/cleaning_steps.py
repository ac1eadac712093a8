"""Which steps of the cleaning a picture goes through."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Steps:
    """Which steps of the cleaning are taken, in their order.

    Attributes:
        straighten: The page is found and made flat, and a small turn of it taken back.
        light: The light is evened out.
        texture: What shows through from the other side and the paper's texture are taken out.
        rules: Ruled lines and the boxes of forms are taken out; letters that cross them stay whole.
        specks: Spots too small for a pen are dropped.
        heal: Broken strokes are healed.
    """

    straighten: bool = True
    light: bool = True
    texture: bool = True
    rules: bool = True
    specks: bool = True
    heal: bool = True


ALL_STEPS = Steps()
