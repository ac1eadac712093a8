"""Handwriting to learn from and to measure with: every source, and its one split.

`samples` is what every loader hands out, and `splits` decides who learns from what. A loader a
source: `packed` (our `.npz` files), `mnist`, `emnist`, `kaggle`, `unipen` and `uji` (the official
files, as their users have them), `pictures` (a folder of pictures a class). `fetching` downloads
those that are free, `checking` counts what is there.
"""

from core.training.data.emnist import EMNIST_SETS, EmnistSet, load_emnist
from core.training.data.fonts import load_print
from core.training.data.kaggle import load_kaggle
from core.training.data.mnist import load_mnist
from core.training.data.packed import (
    UJI_FILE,
    UNIPEN_FILE,
    UNIPEN_WORDS_FILE,
    data_folder,
    load_femnist_digits,
    load_kaggle_sample,
    load_nist_capitals,
    load_packed,
    load_paper_letters,
    load_semeion_digits,
    load_uji,
    load_unipen,
    load_unipen_words,
    save_packed,
)
from core.training.data.pictures import load_pictures
from core.training.data.samples import (
    PAD_EXTENT,
    ImageSamples,
    InkSamples,
    Samples,
    pad_sized,
)
from core.training.data.splits import SPLITS, Split, split_of, split_of_writer
from core.training.data.uji import load_uji_text
from core.training.data.unipen import load_unipen_tree, load_unipen_tree_words

__all__ = [
    "EMNIST_SETS",
    "PAD_EXTENT",
    "SPLITS",
    "UJI_FILE",
    "UNIPEN_FILE",
    "UNIPEN_WORDS_FILE",
    "EmnistSet",
    "ImageSamples",
    "InkSamples",
    "Samples",
    "Split",
    "data_folder",
    "load_emnist",
    "load_femnist_digits",
    "load_kaggle",
    "load_kaggle_sample",
    "load_mnist",
    "load_nist_capitals",
    "load_packed",
    "load_paper_letters",
    "load_pictures",
    "load_print",
    "load_semeion_digits",
    "load_uji",
    "load_uji_text",
    "load_unipen",
    "load_unipen_tree",
    "load_unipen_tree_words",
    "load_unipen_words",
    "pad_sized",
    "save_packed",
    "split_of",
    "split_of_writer",
]
