"""What is written on a made page: names, lists, codes and numbers, of a short list of our own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

import numpy as np

from core.training.evaluation.pages.page import Kind

Words = tuple[str, ...]
Maker = Callable[[np.random.Generator], Words]

_COMMON = """
    about above across address after again air alarm all almost alone amount and angle answer apple
    april area arrive ask august autumn back bad bag ball bank bath battery beach before below bench
    best big bike bill black blue boat book both bottle bottom box branch bread break bridge bring
    brown brush build bus butter button buy cable cake call camp card carry case cash centre chair
    change cheap check cheese church city clean clock close cloud coat coffee cold colour copy
    corner cost count course cover cream cross cup cut daily dark date day deep degree desk dinner
    dog door down dozen draw dress drink drive dry early east easy edge egg eight empty end engine
    enter evening every exam exit extra face fact fall family farm fast field fifty fill film final
    find fine fire first fish five fix flag flat floor flour flower fold follow food foot forest
    four frame free fresh friday friend front fruit full game garden gate general give glass gold
    good grade grass green ground group half hall hand hard head heavy height help high hill hold
    holiday home hope horse hospital hot hotel hour house hundred ice inch inside island jacket
    january job juice july jump june just keep key kind kitchen knife ladder lake lamp land large
    last late leaf left lemon length letter level light limit line list little local long look lunch
    machine mail main map march mark market may meat meet meter middle milk minute model monday
    money month moon morning mountain mouse mouth move music nail name narrow near new next night
    nine noise none noon north note november number october office oil old one open orange order out
    oven over owner pack page paint paper park part path pay pencil people pepper phone photo pick
    piece pink place plan plate play please point police pool post potato power present price print
    quarter queen question quick quiet quite radio rain reach ready receipt red rest return rice
    ride right ring river road rock roof room round rule run safe salt sand saturday save school
    screw sea seat second sell send september seven shape sharp sheet shelf ship shirt shoe shop
    short show side sign silver simple single six size sky sleep slow small smoke snow soap soft
    south space speed spring square stamp stand star start station stone stop store storm street
    strong sugar summer sun sunday supply sure sweet swim switch table tax tea ten test thank thing
    three thursday ticket time tin tired today tomato tool top total tower town track train travel
    tree trip truck tuesday turn twelve twenty two under unit upper value very view village visit
    voice wait walk wall warm wash watch water way weather wednesday week weight west wet wheel
    white wide wind window winter wire wood word work world write yard year yellow young zero zone
"""
_NAMES = """
    adam aisha alex amir anna anton bella ben boris carla chloe clara daniel david diana elena eliza
    emma erik eva fatima felix finn frank george grace hannah hugo ida igor ines ivan jack jana
    jonas julia karl kevin laura leo lily linda lucas maria mark maya max mia mila mona nadia nina
    noah nora olga oscar otto paula peter quinn rosa ruth sam sara simon sofia theo tina tom ursula
    vera victor wanda will xenia yara yusuf zoe zack
"""
_SURNAMES = """
    adler bauer becker brown carter clark cohen cooper costa davis diaz evans fischer fox garcia
    gomez gray green hall hansen harris hill hoffman hughes ito jackson jensen jones kaya keller
    khan king klein kovacs kim lang larsen lee lewis lopez marino martin meyer miller moore murphy
    nagy novak olsen owen parker patel perez popov quick ramos reid ricci rossi sato schmidt scott
    silva smith stone tanaka taylor thomas turner vargas vogel wagner walker ward weber white wilson
    wolf wong wood xu yilmaz young zhang zimmer
"""
_GOODS = """
    apples bananas batteries beans bolts bread brushes butter candles carrots cheese coffee cream
    eggs envelopes flour folders garlic grapes ham honey hooks jam juice ketchup lamps lemons milk
    mugs nails napkins nuts oil olives onions oranges paint pasta pears pencils pepper pizza plums
    potatoes rice rope salt screws soap spoons stamps sugar tape tea tomatoes towels tuna vases wax
    yeast yogurt zips
"""
_COMMON_WORDS, _FIRST, _LAST, _BUY = (
    tuple(words.split()) for words in (_COMMON, _NAMES, _SURNAMES, _GOODS)
)

_CODE_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
"""Letters of codes: who makes up codes leaves I, O and Q out, because nobody can tell them from 1
and 0 where no word says which it is."""

_DIGITS = "0123456789"

_TRIES = 60
"""How often another item is drawn where the writer did not write all signs of one."""


def items(rng: np.random.Generator, signs: frozenset[str], kind: Kind) -> Iterator[Words]:
    """Names, entries of lists, codes and numbers without end, each of one or several words.

    Args:
        rng: Decides which.
        signs: What the writer has written; nothing else is asked for.
        kind: Whether in block letters only.
    """
    makers = _MAKERS[kind]
    while True:
        for _ in range(_TRIES):
            item = makers[rng.integers(len(makers))](rng)
            if signs.issuperset("".join(item)):
                yield item
                break
        else:
            yield (_any_code(rng, signs),)


def _any_code(rng: np.random.Generator, signs: frozenset[str]) -> str:
    """A few signs of the writer's own, letters apart from digits."""
    kinds = [[s for s in sorted(signs) if s in of] for of in (_CODE_LETTERS, _DIGITS)]
    known = [each for each in kinds if each] or [sorted(signs)]
    return "".join(rng.choice(known[rng.integers(len(known))], rng.integers(2, 6)))


def _pick(rng: np.random.Generator, words: Words) -> str:
    return words[rng.integers(len(words))]


def _number(rng: np.random.Generator, least: int, most: int) -> str:
    """A number of `least` to `most` digits."""
    return "".join(rng.choice(list(_DIGITS), rng.integers(least, most + 1)))


def _letters(rng: np.random.Generator, least: int, most: int) -> str:
    return "".join(rng.choice(list(_CODE_LETTERS), rng.integers(least, most + 1)))


def _phrase(rng: np.random.Generator) -> Words:
    return tuple(_pick(rng, _COMMON_WORDS) for _ in range(rng.integers(1, 5)))


def _name(rng: np.random.Generator) -> Words:
    return _pick(rng, _FIRST), _pick(rng, _LAST)


def _goods(rng: np.random.Generator) -> Words:
    return str(rng.integers(1, 100)), _pick(rng, _BUY)


def _address(rng: np.random.Generator) -> Words:
    return str(rng.integers(1, 300)), _pick(rng, _COMMON_WORDS), _pick(rng, ("street", "road"))


def _town(rng: np.random.Generator) -> Words:
    return _number(rng, 5, 5), _pick(rng, _LAST) + _pick(rng, ("ton", "ville", "berg"))


def _date(rng: np.random.Generator) -> Words:
    months = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    return f"{rng.integers(1, 29):02}", _pick(rng, months), str(rng.integers(1950, 2030))


def _phone(rng: np.random.Generator) -> Words:
    return f"0{_number(rng, 2, 3)}", _number(rng, 3, 4), _number(rng, 3, 4)


def _day(rng: np.random.Generator) -> Words:
    return f"{rng.integers(1, 29):02}", f"{rng.integers(1, 13):02}", str(rng.integers(1950, 2030))


def _figures(rng: np.random.Generator) -> Words:
    return tuple(_number(rng, 1, 5) for _ in range(rng.integers(1, 4)))


def _plate(rng: np.random.Generator) -> Words:
    return _letters(rng, 2, 3), _number(rng, 3, 4)


def _serial(rng: np.random.Generator) -> Words:
    return (_letters(rng, 1, 3) + _number(rng, 3, 6),)


def _sum(rng: np.random.Generator) -> Words:
    return _pick(rng, ("total", "sum", "paid", "due", "rest", "net", "tax")), _number(rng, 2, 4)


def _in_capitals(
    make: Maker,
) -> Maker:
    def capitals(rng: np.random.Generator) -> Words:
        return tuple(word.upper() for word in make(rng))

    return capitals


def _titled(make: Maker) -> Maker:
    def titled(rng: np.random.Generator) -> Words:
        return tuple(word[:1].upper() + word[1:] for word in make(rng))

    return titled


def _sentence(rng: np.random.Generator) -> Words:
    words = [_pick(rng, _COMMON_WORDS) for _ in range(rng.integers(3, 7))]
    return words[0].capitalize(), *words[1:-1], words[-1] + _pick(rng, (".", ".", "!", "?"))


def _price(rng: np.random.Generator) -> Words:
    return _pick(rng, _BUY), f"{rng.integers(1, 60)}.{rng.integers(0, 100):02}"


_BLOCKS = tuple(
    _in_capitals(make)
    for make in (
        # words twice, as much is in words
        *(_phrase, _phrase, _name, _name, _goods, _address, _town),
        *(_date, _day, _figures, _phone, _plate, _serial, _sum),
    )
)
_MIXED = (
    *(_sentence, _sentence, _phrase, _titled(_name), _goods),
    *(_titled(_address), _titled(_town), _titled(_date), _price, _phone),
)
_MAKERS: Mapping[Kind, tuple[Maker, ...]] = MappingProxyType({"blocks": _BLOCKS, "mixed": _MIXED})
