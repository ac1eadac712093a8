"""Tiles → prediction: one seam, and two engines behind it that give the same answers."""

from core.classifying.classifier import (
    ENGINES,
    Classifier,
    EngineName,
    open_classifier,
    softmax,
)

__all__ = ["ENGINES", "Classifier", "EngineName", "open_classifier", "softmax"]
