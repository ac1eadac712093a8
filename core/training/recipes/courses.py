"""What several recipes learn from."""

from __future__ import annotations

from core.alphabet import Alphabet
from core.training.course import Course, among
from core.training.data import (
    Samples,
    data_folder,
    load_kaggle_sample,
    load_mnist,
    load_nist_capitals,
    load_paper_letters,
    load_unipen,
)


def letters_and_digits(
    alphabet: Alphabet, *, pen: int | None = None, mnist: int = 20_000
) -> Course:
    """Letters and digits of pen and paper, in the absence of EMNIST and the whole A-Z set.

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
    return Course(
        sources=tuple(among(source, alphabet) for source in sources),
        draws=(pen, mnist, None, None, None),
        least=0,
    )


def val_writers() -> Samples:
    """The val writers of UNIPEN."""
    return load_unipen(data_folder(), "val")
