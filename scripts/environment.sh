#!/bin/sh
# Makes a virtual environment, or brings one up to date with a lock file.
#
#   environment.sh create FOLDER
#   environment.sh install FOLDER LOCK
set -eu

action=$1
folder=$2

case $action in
create)
    python=$(sh scripts/find-python.sh)
    # All that is missing at once, so that a user who has to install it is asked only once.
    "$python" scripts/system_packages.py venv run
    echo "Making $folder with $("$python" --version); to fill it, several hundred megabytes are" \
        "downloaded."
    "$python" -m venv --clear "$folder"
    ;;
install)
    lock=$3
    echo "Installing what $lock names."
    # Wheels only: a source package would want a compiler, and hours.
    "$folder/bin/python" -m pip install --disable-pip-version-check --quiet \
        --progress-bar on --only-binary :all: --require-hashes --requirement "$lock"
    ;;
*)
    echo "usage: environment.sh create FOLDER | install FOLDER LOCK" >&2
    exit 2
    ;;
esac
