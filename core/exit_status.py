"""What `glyphpad-cli` ends with: scripts rely on it."""

DONE, SOME_FAILED, WRONG_USAGE, BROKEN = 0, 1, 2, 3
