"""What several recipes learn from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from core.alphabet import ALNUM36, ALNUM62, BALANCED47, Alphabet
from core.errors import MissingFileError
from core.training.course import Course, among
from core.training.data import (
    Samples,
    data_folder,
    load_emnist,
    load_kaggle,
    load_kaggle_sample,
    load_mnist,
    load_nist_capitals,
    load_paper_letters,
    load_unipen,
)

OFFICIAL: Mapping[str, Callable[[Path], Samples]] = MappingProxyType(
    {
        ALNUM36.name: lambda folder: load_kaggle(folder, "train"),
        BALANCED47.name: lambda folder: load_emnist(folder, "balanced", "train"),
        ALNUM62.name: lambda folder: load_emnist(folder, "byclass", "train"),
    }
)
"""By the name of an alphabet: the whole A-Z set (with MNIST, alnum36), EMNIST Balanced, EMNIST
ByClass."""

OFFICIAL_DRAWS = 60_000
"""Most of an official set's samples an epoch, others in every one."""


def letters_and_digits(
    alphabet: Alphabet, *, pen: int | None = None, mnist: int = 20_000
) -> Course:
    """Letters and digits of pen and paper; and where it is at hand, the set of official files that
    the design is known by (`OFFICIAL`).

    Args:
        alphabet: Which of them.
        pen: How many of UNIPEN's an epoch; None for each once.
        mnist: How many of MNIST's, whose digits look alike: a part of them in turn is as good as
            all.
    """
    folder = data_folder()
    sources = (
        load_unipen(folder, "train"),
        load_mnist(folder, "train"),
        load_paper_letters(folder, "train"),
        load_kaggle_sample(folder, "train"),
        load_nist_capitals(folder, "train"),
    )
    official = _official(alphabet, folder)
    return Course(
        sources=tuple(among(source, alphabet) for source in (*sources, *official)),
        draws=(
            *(pen, mnist, None, None, None),
            *(OFFICIAL_DRAWS if len(source) > OFFICIAL_DRAWS else None for source in official),
        ),
        least=0,
    )


def _official(alphabet: Alphabet, folder: Path) -> tuple[Samples, ...]:
    load = OFFICIAL.get(alphabet.name)
    if load is None:
        return ()
    try:
        return (load(folder),)
    except MissingFileError:
        return ()


def val_writers() -> Samples:
    """The val writers of UNIPEN."""
    return load_unipen(data_folder(), "val")
