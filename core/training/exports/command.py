"""`export` of the command line."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from core.errors import FileError, GlyphpadError, UnwritableFileError
from core.files import ExistingFileError, replace_file
from core.models import Manifest, open_model
from core.training.exports.comparing import compare
from core.training.exports.kinds import KINDS, KindName, is_file_name
from core.training.exports.making import Export, Original, make_export, open_original
from core.training.exports.tiles import PROOF_TILES


def export_command(
    name: str,
    *,
    kinds: Sequence[KindName],
    out: Path | None,
    replace: bool,
    comparing: bool,
    models: Path,
    complain: Callable[[str], None],
) -> bool:
    """Whether each kind could be made, proved and kept; one that fails does not stop the others.

    Args:
        name: Of the model.
        kinds: What to keep.
        out: A file if it has the suffix of one, else a folder; None for the current one.
        replace: Whether a file that is there already may be replaced.
        comparing: Whether to print a table of all kinds.
        models: Where the models are.
        complain: Takes a sentence on what failed.

    Raises:
        ModelError: The model is not whole.
        UnsoundModelError: The model's own answers are not numbers.
        DamagedFileError: The data is there, and damaged.
    """
    model = open_model(name, models)
    done = True
    places: dict[KindName, Path] = {}
    for kind in kinds:
        try:
            places[kind] = _place(model.manifest, kind, out, replace=replace)
        except FileError as error:
            complain(str(error))
            done = False
    wanted = tuple(kind for kind in KINDS if comparing or kind in places)
    if not wanted:
        return done
    original = open_original(model, limit=None if comparing else PROOF_TILES)
    exports: list[Export] = []
    for kind in wanted:
        try:
            exports.append(_export(original, kind, places.get(kind)))
        except GlyphpadError as error:
            complain(str(error))
            done = False
    if comparing:
        print(compare(original, exports))
    return done


def _place(manifest: Manifest, kind: KindName, out: Path | None, *, replace: bool) -> Path:
    folder = out or Path()
    name = f"{manifest.name}-{manifest.version}{KINDS[kind].suffix}"
    place = folder if is_file_name(folder) else folder / name
    if not place.parent.is_dir():
        raise UnwritableFileError(place, reason=os.strerror(errno.ENOENT))
    if place.exists() and not replace:
        raise ExistingFileError(place)
    return place


def _export(original: Original, kind: KindName, place: Path | None) -> Export:
    """Makes an export, and keeps it if there is a place for it."""
    export = make_export(original, kind)
    if place is None:
        return export
    replaced = place.exists()
    replace_file(place, export.data)
    print(
        f"{place}: {kind}, {len(export.data) / 1e6:.2f} MB"
        f"{', in the place of the file before' if replaced else ''}"
    )
    for found in export.agreements:
        print(
            f"    {found.n:,} tiles {found.tiles}: at most {found.apart:.1e} from Keras in "
            f"probability, {found.equal:.2%} of the answers equal"
        )
    if kind == "litert-int8":
        calibration = original.calibration
        print(f"    calibrated with {len(calibration):,} tiles {calibration.origin}")
    return export
