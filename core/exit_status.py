"""What `glyphpad-cli` ends with: scripts rely on it."""

DONE, SOME_FAILED, WRONG_USAGE, BROKEN = 0, 1, 2, 3

INTERRUPTED = 130
"""Of Ctrl+C, as shells have it: 128 and the signal's number."""
