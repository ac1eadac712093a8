"""How many of the words of a page are numbers.

What begins a word was learnt from the words of writers, of whom one in thirty begins with a
digit (`context`). A form or a page of accounts is another thing: there, every other word may be a
number, and each 0 that begins one was an o. How many of a page's words are numbers it says
itself, by what they were read as while either was as likely (one step of expectation and
maximisation, Dempster, Laird and Rubin 1977; a second changed little on val).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.alphabet import Alphabet
from core.composing.deciding import Decided

EVEN = 0.5
"""The share of numbers among the words of a page of which nothing is known yet."""

PRIOR_WORDS = 4
"""A page has as many words as these more, of which `EVEN` are numbers: few words say little."""

LEAST = 0.05
"""No page is thought to have a smaller share of numbers, nor of other words."""


def number_share(lines: Sequence[Decided], alphabet: Alphabet) -> float:
    """The share of a page's words that begin with a digit, `LEAST` to 1 - `LEAST`.

    Args:
        lines: The page as it was read with the share `EVEN`; none too.
        alphabet: What the odds of its characters are of.
    """
    digits = [place for place, label in enumerate(alphabet.labels) if label.isdigit()]
    begun = [one.odds[digits].sum() for line in lines for one in line.characters if one.begins_word]
    share = (float(np.sum(begun)) + PRIOR_WORDS * EVEN) / (len(begun) + PRIOR_WORDS)
    return min(max(share, LEAST), 1 - LEAST)
