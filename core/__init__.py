"""Ink, pictures, recognition, export and training: everything of Glyphpad that needs no window."""
