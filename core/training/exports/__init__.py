"""A model → a file for other programs: LiteRT in three precisions, and ONNX."""
