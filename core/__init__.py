"""Ink, pictures, recognition, export and training: everything of Glyphpad that needs no window."""

VERSION = "0.1.0"
"""Of the program; pyproject.toml reads it from here."""
