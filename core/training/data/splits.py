"""Who learns from what: the one place where the split of every sample is decided.

Models learn from `train`, everything is chosen on `val`, and `test` is only reported. An official
test part stays the test part. Else a writer's samples stay together where writers are known, and
exact duplicates of a picture where they are not. Nothing here is random: the same sample is in the
same split on every machine.
"""

from __future__ import annotations

import hashlib
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Split = Literal["train", "val", "test"]

SPLITS: tuple[Split, ...] = ("train", "val", "test")

VAL_SHARE, TEST_SHARE = 0.1, 0.2
"""Shares of a source without an official split that go to val and test."""

CUT_OFF = "kai", "@"
"""The donor of UNIPEN whose label of that sign stands for dots and bars that were cut off other
letters: all of its 1,138 among the 1,348 of the train writers. A dot was an @ to a network that
believed it."""

MNIST_VAL = 5_000
"""The last training digits of MNIST, kept apart to choose with."""


def split_of(image: NDArray[np.uint8]) -> Split:
    """The split of a picture, by its hash: the same for an exact duplicate."""
    return _split_at(_place(np.ascontiguousarray(image).tobytes()))


def in_split(images: NDArray[np.uint8], split: Split) -> NDArray[np.bool_]:
    """Which of the pictures (N, H, W) are in `split`, by their hashes: bool (N,)."""
    return np.array([split_of(image) == split for image in images], np.bool_)


def split_of_writer(writer: str) -> Split:
    """The split of a writer whose source has no split of its own.

    The writers of UNIPEN keep the split of the packed file, which was made by hand, so that nobody
    is learnt from in one form of the source and measured in the other.

    Args:
        writer: With the donor, as in `donor/writer`.
    """
    known = hashlib.sha256(writer.encode()).hexdigest()[:8]
    if known in _UNIPEN_VAL.split():
        return "val"
    if known in _UNIPEN_TEST.split():
        return "test"
    if writer.partition("/")[0] in _UNIPEN_DONORS.split():
        return "train"
    return _split_at(_place(writer.encode()))


def believed(
    writers: NDArray[np.str_], labels: NDArray[np.str_], split: Split
) -> NDArray[np.bool_]:
    """Which of UNIPEN's characters are in a split that is learnt from or chosen by: bool (N,).

    All but `CUT_OFF`; and all of test, which is measured as it was published.

    Args:
        writers: unicode (N,), as in `donor/writer`.
        labels: unicode (N,).
        split: The one that they are in.
    """
    donor, sign = CUT_OFF
    cut_off = np.char.startswith(writers, f"{donor}/") & (labels == sign)
    return np.asarray(~cut_off | (split == "test"), np.bool_)


def mnist_rows(split: Split) -> slice:
    """Which rows of MNIST's training file, or of its test file, are in `split`."""
    return {
        "train": slice(None, -MNIST_VAL),
        "val": slice(-MNIST_VAL, None),
        "test": slice(None),
    }[split]


def val_of_training_images(images: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which pictures of an official training part are val, duplicates together: bool (N,)."""
    return np.array(
        [_place(np.ascontiguousarray(image).tobytes()) < VAL_SHARE for image in images], np.bool_
    )


def val_of_training_writers(writers: NDArray[np.str_]) -> NDArray[np.bool_]:
    """Which samples of an official training part are val, a writer's together: bool (N,)."""
    names, rows = np.unique(writers, return_inverse=True)
    held = np.array([_place(str(name).encode()) < VAL_SHARE for name in names], np.bool_)
    return np.asarray(held[rows], np.bool_)


def split_of_uji_session(session: str) -> Split:
    """The split of a writer of UJI Pen Characters (Version 2).

    All writers of version 1 (`trn_UJI`) are test, as they are in `load_uji`, and so is the official
    test part (`tst`); the rest may be learnt from.

    Args:
        session: Such as `trn_UPV_W12`.
    """
    if session.startswith(("trn_UJI", "tst")):
        return "test"
    return "val" if _place(session.encode()) < VAL_SHARE else "train"


def _split_at(place: float) -> Split:
    if place < TEST_SHARE:
        return "test"
    return "val" if place < TEST_SHARE + VAL_SHARE else "train"


def _place(data: bytes) -> float:
    """Where in [0, 1) the hash of `data` lies."""
    return int.from_bytes(hashlib.sha256(data).digest()[:4], "big") / 2**32


# UNIPEN's three letters for who gave the data; a writer of theirs who is not named below is train
_UNIPEN_DONORS = """
    abm aga anj apa apb apc apd ape app art att bba bbb bbc bbd cea ceb cec ced cee dar gmd huj
    ibm imp imt int kai kar lav lex lou mot nic not par phi pri scr sie sta syn tos uqb val
"""
# The first 8 hexadecimal digits of SHA-256 of `donor/writer`: the packed files have the names.
_UNIPEN_VAL = """
    00a50eb6 105cfecd 11fc2927 13197fff 146d992b 1df2b90a 1e71ba77 22a9e68f 2cffc56d 2f1f8ec6
    333c5fc0 374b7d94 38b597f7 39cfa3b3 3ba9c8d9 3c38359c 3c85bc41 3cc6fae6 4044eee7 424a0732
    455b882d 46af1362 48fff22a 5032f3f6 532abd37 53f52090 56c8d246 583e0f7c 58774799 59cb6d0b
    61a592fc 6451577f 67f5db80 6e7575ba 6ee013bf 712084c9 71db60bb 7654ea48 8307ebce 84802004
    893d2232 8de143c0 8f526f6f 97a16bbe 980ffbcc 993152e3 99b63e57 9a23f55c 9e9d6783 a173eef1
    a84652f0 aadb15ef b1a91abc b3512b61 b51bbb27 b772a7b2 bce5bd22 c4abe7db c5a0d632 cd119fc4
    d5ba8ea6 d93c32bc e04e5e8f e5de2fb7 eb3835f8 fc33aec2 fcecbd54
"""
_UNIPEN_TEST = """
    03833b99 03a90584 03d884ab 05025199 06cb6339 0bd0f1a4 0e6c54aa 10b84cdd 162c8528 1965ab14
    1e321c1f 1f1b6d8c 243d0112 25bb4d52 2e20588a 2ff81aca 310037b0 320fe221 34d62bfd 3cc9c195
    40837d20 43ab24c0 45817d26 49633428 4bcf1410 4d0fca08 4dd78921 518f2522 51bbfa40 51d3d681
    52782b88 54eefe8b 58d2552c 5dcfe19c 5e40436e 5ee8021b 602ab539 604185e9 6477a4d8 699e9a2d
    6c1cd01e 6ed8a744 70db7d3a 73130c74 73caefd0 775e113d 7954340b 7a2e24f4 7befef0d 7e316c0a
    7e86b421 802c5a79 809f71c3 820666e3 84fd9d1e 857b87f3 861a536b 888a1933 8c3ea16d 8d464a0d
    9082903b 92075f6e 95965622 9628a34f 97324147 9848af79 9931abae 9a68fcb3 9aa6f8d6 9b0a64eb
    9b9ad9f6 9e787d70 a0334c95 a35d6d1a b0828ac4 b24fc7d0 b4c4c73f b8df0410 b9185523 bc2b590b
    bd22493c c278e002 c631fde3 c9dc1655 cb7f124a cbc6a69a cdfee51d cf360fd0 d03ddcc5 d442af6f
    d78b6640 dbcb95b1 dd1a251c de83c64c e75b18c1 eb2bd873 ecb8938b f1209f65 f5a9aed8 f5b30896
    f5cf06fb fcb7d60e fdb270e7
"""
