#!/bin/sh
# Says in one line, where Linux has no display to open a window on, what can be done instead.
set -eu

if [ "$(uname)" = Linux ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-}" ]; then
    echo "There is no display here: run this in a desktop session, or read files with" \
        ".venv/bin/python -m core recognize FILE." >&2
    exit 1
fi
