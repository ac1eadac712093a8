"""The models that are here: their folders, manifests, and proof that their files are whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from core.alphabet import ALPHABETS, Alphabet
from core.edition import has_keras
from core.errors import (
    BadManifestError,
    ChangedModelFileError,
    MissingModelFileError,
    ModelError,
)
from core.glyph import PREPROCESSING_VERSION, TILE_SIZE

MANIFEST = "manifest.json"
CARD = "CARD.md"
FLAGSHIP = "glyphnet"
"""The model of tiles that figures are compared by."""

DEFAULT_MODEL = "glyphnet-ink"
"""What reads when nothing else was asked for."""

_BESIDE_CORE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Manifest:
    """What a model says of itself.

    Attributes:
        name: The folder's name too.
        version: Of the model, "1.0.0".
        architecture: The network in a few words.
        alphabet: What its outputs stand for.
        input_shape: Of one tile, (TILE_SIZE, TILE_SIZE, 1).
        preprocessing: The `PREPROCESSING_VERSION` that it was trained with.
        temperature: Its logits are divided by it (Guo et al. 2017); set on val writers.
        weights: File name of the Keras model.
        twin: File name of the LiteRT model made from it, or None.
        sha256: Of each file, by name.
        training: Data with sizes, seed and settings.
        metrics: Results, each with its n.
        tracks: Whether it also takes the track of a character, (TRACK_POINTS, 1, TRACK_CHANNELS).
        least_sureness: A `Prediction.sureness` below it says that there is perhaps no character;
            of one in a hundred characters of val it is.
    """

    name: str
    version: str
    architecture: str
    alphabet: Alphabet
    input_shape: tuple[int, ...]
    preprocessing: int
    temperature: float
    weights: str
    twin: str | None
    sha256: Mapping[str, str]
    training: Mapping[str, Any]
    metrics: Mapping[str, Any]
    tracks: bool = False
    least_sureness: float = 0.0


@dataclass(frozen=True)
class Model:
    """A model's folder, and its manifest.

    Attributes:
        folder: Where its files are.
        manifest: What it says of itself.
    """

    folder: Path
    manifest: Manifest

    @property
    def name(self) -> str:
        return self.manifest.name

    def read(self, file: str) -> bytes:
        """The bytes of one of the model's files, proved to be those that were shipped.

        Raises:
            MissingModelFileError: It is not there, or may not be read.
            ChangedModelFileError: Its SHA-256 is not the manifest's.
        """
        try:
            data = (self.folder / file).read_bytes()
        except OSError as error:
            raise MissingModelFileError(self.folder, file) from error
        if hashlib.sha256(data).hexdigest() != self.manifest.sha256.get(file):
            raise ChangedModelFileError(self.folder, file)
        return data

    def check(self) -> None:
        """Reads every file of the model; without Keras the weights beside a twin may be missing.

        Raises:
            ModelError: One of them is missing or changed.
        """
        for file in self.manifest.sha256:
            if not self._left_out(file):
                self.read(file)

    def _left_out(self, file: str) -> bool:
        """Whether a file is not there because nothing here could use it."""
        needless = file == self.manifest.weights and self.manifest.twin is not None
        return needless and not has_keras() and not (self.folder / file).exists()


def models_folder() -> Path:
    """Where the models are: beside the folder of `core`, in a checkout, installed and frozen."""
    return _BESIDE_CORE / "models"


def assets_folder() -> Path:
    """Where icons and their like are."""
    return _BESIDE_CORE / "assets"


def model_names(folder: Path | None = None) -> tuple[str, ...]:
    """The names of the models in `folder` (ours if None), whole or not, the default first."""
    folder = folder or models_folder()
    if not folder.is_dir():
        return ()
    names = {path.name for path in folder.iterdir() if path.is_dir() and path.name[0] not in "._"}
    return tuple(sorted(names, key=lambda name: (name != DEFAULT_MODEL, name)))


def open_model(name: str, folder: Path | None = None) -> Model:
    """The model called `name`; its manifest is read, its other files not yet.

    Raises:
        MissingModelFileError: There is no such folder, or no manifest in it.
        BadManifestError: The manifest is not one of this version's.
    """
    home = (folder or models_folder()) / name
    try:
        text = (home / MANIFEST).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise MissingModelFileError(home, MANIFEST) from error
    try:
        manifest = _manifest(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadManifestError(home, MANIFEST, reason=_one_line(error)) from error
    return Model(home, manifest)


def broken_models(folder: Path | None = None) -> tuple[ModelError, ...]:
    """What is wrong with the models in `folder`, one error a damaged model."""
    errors = []
    for name in model_names(folder):
        try:
            open_model(name, folder).check()
        except ModelError as error:
            errors.append(error)
    return tuple(errors)


def manifest_text(manifest: Manifest) -> str:
    """`manifest` as the text of its file."""
    fields = {
        **vars(manifest),
        "alphabet": manifest.alphabet.name,
        "sha256": dict(manifest.sha256),
        "training": dict(manifest.training),
        "metrics": dict(manifest.metrics),
    }
    return json.dumps(fields, indent=2) + "\n"


def _manifest(fields: Any) -> Manifest:
    manifest = Manifest(
        name=str(fields["name"]),
        version=str(fields["version"]),
        architecture=str(fields["architecture"]),
        alphabet=ALPHABETS[fields["alphabet"]],
        input_shape=tuple(int(side) for side in fields["input_shape"]),
        preprocessing=int(fields["preprocessing"]),
        temperature=float(fields["temperature"]),
        weights=str(fields["weights"]),
        twin=None if fields["twin"] is None else str(fields["twin"]),
        sha256=MappingProxyType({str(k): str(v) for k, v in fields["sha256"].items()}),
        training=MappingProxyType(dict(fields["training"])),
        metrics=MappingProxyType(dict(fields["metrics"])),
        tracks=bool(fields.get("tracks", False)),
        least_sureness=float(fields.get("least_sureness", 0.0)),
    )
    if manifest.preprocessing != PREPROCESSING_VERSION:
        raise ValueError(f"preprocessing {manifest.preprocessing}, not {PREPROCESSING_VERSION}")
    if manifest.input_shape != (TILE_SIZE, TILE_SIZE, 1):
        raise ValueError(f"input shape {manifest.input_shape}")
    if not manifest.temperature > 0:
        raise ValueError(f"temperature {manifest.temperature}")
    if not 0 <= manifest.least_sureness <= 1:
        raise ValueError(f"least sureness {manifest.least_sureness}")
    return manifest


def _one_line(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())
