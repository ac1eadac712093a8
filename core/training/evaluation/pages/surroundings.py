"""What pages are written on and how they are taken: the table that made pages go through."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from core.training.evaluation.pages.cameras import Camera
from core.training.evaluation.pages.layouts import Layout
from core.training.evaluation.pages.papers import Paper


@dataclass(frozen=True)
class Surroundings:
    """One of the ways that a page comes to be.

    Attributes:
        name: As reports have it.
        paper: What is written on.
        camera: How it is taken.
        layouts: How it is filled, one of these.
        counts: Least and most characters, about.
        widths: Least and most width of the sheet, in millimetres.
        sides: Least and most longer side of the picture, about, in pixels.
        pitches: Height of a line in millimetres, where the paper has one.
        density: Pixels a millimetre, where a scanner decides it; then the sheet is a whole A4.
        close: How often characters stand close, and touch now and then.
    """

    name: str
    paper: Paper = field(default_factory=Paper)
    camera: Camera = field(default_factory=Camera)
    layouts: tuple[Layout, ...] = ("lines", "list")
    counts: tuple[int, int] = (30, 200)
    widths: tuple[float, float] = (90.0, 160.0)
    sides: tuple[int, int] = (1200, 2500)
    pitches: tuple[float, ...] = ()
    density: float | None = None
    close: float = 0.25


_PHONE = Camera(
    table=(-0.01, 0.0),
    lean=0.008,
    turn=1.2,
    light=0.75,
    blur=(0.6, 1.1),
    noise=(1.5, 4.0),
    quality=(70, 92),
    casts=0.15,
    exposure=(0.85, 1.0),
)
_SHADOWED = Camera(
    table=(-0.01, 0.0),
    lean=0.01,
    turn=1.5,
    light=0.55,
    shadows=(1, 2),
    shadow=0.45,
    blur=(0.6, 1.2),
    noise=(1.5, 4.0),
    quality=(65, 92),
    casts=0.2,
    exposure=(0.8, 1.0),
)
_ON_TABLE = Camera(
    table=(0.02, 0.1),
    lean=0.045,
    turn=3.0,
    light=0.65,
    shadows=(0, 1),
    shadow=0.6,
    blur=(0.6, 1.2),
    noise=(1.5, 4.5),
    quality=(65, 92),
    casts=0.2,
    exposure=(0.8, 1.0),
)
_DIM = Camera(
    table=(-0.01, 0.0),
    lean=0.012,
    turn=1.5,
    light=0.5,
    blur=(0.9, 1.6),
    noise=(5.0, 10.0),
    quality=(45, 75),
    casts=0.3,
    exposure=(0.45, 0.7),
)
_CURVED = replace(_PHONE, bend=(0.012, 0.035), light=0.65, turn=1.8)
_TURNED = replace(_PHONE, quarters=(1, 2, 3))
_BILEVEL = Camera(blur=(0.5, 0.8), noise=(6.0, 14.0), bilevel=True)
_A4 = 210.0
_SCAN_300 = 300 / 25.4

SURROUNDINGS = (
    Surroundings("plain scan"),
    Surroundings("black-and-white scan", Paper(grain=2.0), _BILEVEL),
    Surroundings("lined paper", Paper(ruling="lined"), _PHONE),
    Surroundings("squared paper", Paper(ruling="squared"), _PHONE, pitches=(10.0,)),
    Surroundings("form boxes", camera=_PHONE, layouts=("boxes",), widths=(110.0, 190.0)),
    Surroundings("form lines", camera=_PHONE, layouts=("fields",), widths=(100.0, 180.0)),
    Surroundings("recycled paper", Paper((178, 212), cream=30.0, grain=4.0, fibres=30.0), _PHONE),
    Surroundings("bleed-through", Paper(bleed=(0.08, 0.22)), layouts=("lines", "list", "columns")),
    Surroundings("photo with shadow", camera=_SHADOWED),
    Surroundings("photo at an angle", camera=_ON_TABLE, sides=(1600, 2500)),
    Surroundings("dim photo", Paper(grain=2.0), _DIM),
    Surroundings("curved page", camera=_CURVED, widths=(110.0, 180.0)),
    Surroundings("folded sheet", Paper(folds=(1, 3)), _PHONE),
    Surroundings("turned photo", camera=_TURNED),
    Surroundings("light on dark", Paper((28, 62), cream=6.0, grain=2.0, dark=True), _PHONE),
    Surroundings("close writing", camera=_PHONE, close=1.0),
    Surroundings(
        "two columns", camera=_PHONE, layouts=("columns",), counts=(80, 200), widths=(150.0, 210.0)
    ),
    Surroundings(
        "A4 scan, 300 dpi",
        layouts=("lines", "columns"),
        counts=(400, 1000),
        widths=(_A4, _A4),
        density=_SCAN_300,
    ),
)
"""In the order in which made pages go through them."""
