"""From handwriting on disk to a trained, measured, shippable model."""
