"""What a raster, or the ink on a pad, is known to hold."""

from __future__ import annotations

from typing import Literal, get_args

Layout = Literal["auto", "character", "line", "page"]
LAYOUTS: tuple[Layout, ...] = get_args(Layout)
