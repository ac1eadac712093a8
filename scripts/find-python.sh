#!/bin/sh
# Prints the Python to build environments with: $PYTHON if set, else the first suitable one on PATH.
set -eu

suits() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null
}

if [ -n "${PYTHON:-}" ]; then
    if suits "$PYTHON"; then
        echo "$PYTHON"
        exit
    fi
    echo "Glyphpad needs Python 3.11, 3.12 or 3.13: PYTHON=$PYTHON is none of these." >&2
    exit 1
fi

for name in python3 python3.13 python3.12 python3.11; do
    if suits "$name"; then
        echo "$name"
        exit
    fi
done
found=$(python3 --version 2>/dev/null || echo "no Python")
echo "Glyphpad needs Python 3.11, 3.12 or 3.13, and $found was found: install one," \
    "or name it with make PYTHON=/path/to/python3.12." >&2
exit 1
