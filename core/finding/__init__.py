"""Raster → glyphs: which ink makes one character, one word, one line."""

from core.finding.layout import LAYOUTS, Layout, find_glyphs, separate_lattice

__all__ = ["LAYOUTS", "Layout", "find_glyphs", "separate_lattice"]
