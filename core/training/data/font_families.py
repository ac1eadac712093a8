"""The free fonts that print is drawn from: packages of Debian, their licences, their split.

A licence is the SPDX expression of what the package's copyright file says. All of them let anyone
draw with the font, and what is drawn is not under the font's licence: the GNU licences here carry
the exception for that. Fonts whose licence leaves it open (CC BY-SA, or a GNU licence without an
exception) were left out.

The split is by family, so that a model is measured on designs that it never saw. Families that are
drawn after one another are in the same split, and so are those of one hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from core.training.data.splits import Split

Style = Literal["serif", "sans", "mono", "hand"]


@dataclass(frozen=True)
class Family:
    """Fonts of one design.

    Attributes:
        name: Of the family.
        package: Of Debian.
        licence: An SPDX expression.
        style: Of the letters; hand is what looks handwritten.
        split: Who learns from it.
        files: Names without their suffix, which changes from release to release.
        lacks: Signs that it draws as others.
    """

    name: str
    package: str
    licence: str
    style: Style
    split: Split
    files: tuple[str, ...]
    lacks: str = ""


_APACHE = "Apache-2.0"
_GPL2 = "GPL-2.0-only WITH Font-exception-2.0"
_GPL3 = "GPL-3.0-or-later WITH Font-exception-2.0"
_GUST = "LicenseRef-GUST-Font-License"  # the LPPL 1.3c in other words
_OFL = "OFL-1.1"
_OFL_1_0 = "OFL-1.0"
_OFL_RFN = "OFL-1.1-RFN"
_PUBLIC = "LicenseRef-public-domain"
_VERA = "Bitstream-Vera"

_SMALL_LETTERS = "abcdefghijklmnopqrstuvwxyz"
"""Lacking where they are drawn as capitals of another size or shape."""

_BACKSLASH = "\\"
"""Lacking in Japanese fonts, which have a yen sign in its place."""

_QUOTES = "\"'"
"""Lacking where they are short and wide, and look like dots."""

_ZERO_AND_ONE = "01"
"""Lacking where old-style figures have an o and an I for them."""

FAMILIES: tuple[Family, ...] = (
    # --- What looks handwritten
    Family(
        "Comic Neue",
        "fonts-comic-neue",
        _OFL,
        "hand",
        "train",
        ("ComicNeue-Regular", "ComicNeue-Bold", "ComicNeue-Italic"),
    ),
    Family("Breip", "fonts-breip", _OFL_1_0, "hand", "train", ("Breip",)),
    Family(
        "Because We Had To",
        "fonts-bwht",
        _OFL,
        "hand",
        "train",
        (
            "BecauseWeBuild-Regular",
            "BecauseWeConnect-Regular",
            "BecauseWeCreate-Regular",
            "BecauseWeLearn-Regular",
            "BecauseWeMentor-Regular",
            "BecauseWeOrganize-Regular",
        ),
        lacks=_SMALL_LETTERS,
    ),
    Family(
        "Dancing Script",
        "fonts-dancingscript",
        _OFL,
        "hand",
        "train",
        ("DancingScript-Regular", "DancingScript-Bold"),
    ),
    Family(
        "Humor Sans",
        "fonts-humor-sans",
        _OFL,
        "hand",
        "train",
        ("Humor-Sans",),
        lacks=_SMALL_LETTERS,
    ),
    Family("Kristi", "fonts-kristi", _OFL, "hand", "train", ("Kristi",)),
    Family(
        "Yusei Magic",
        "fonts-yusei-magic",
        _OFL,
        "hand",
        "train",
        ("YuseiMagic-Regular",),
        lacks=_QUOTES,
    ),
    Family("Havana", "fonts-havana", _OFL, "hand", "train", ("Havana-Regular",)),
    Family(
        "kiloji",
        "fonts-kiloji",
        "BSD-3-Clause",
        "hand",
        "train",
        ("kiloji", "kiloji_p"),
        lacks=_BACKSLASH,
    ),
    Family(
        "TeX Gyre Chorus", "fonts-texgyre", _GUST, "hand", "train", ("texgyrechorus-mediumitalic",)
    ),
    Family("Rufscript", "fonts-rufscript", _GPL3, "hand", "val", ("Rufscript010",)),
    Family(
        "Kaushan Script", "fonts-kaushanscript", _OFL, "hand", "val", ("KaushanScript-Regular",)
    ),
    Family(
        "Tomson Talks",
        "fonts-tomsontalks",
        _OFL,
        "hand",
        "val",
        ("TomsonTalks",),
        lacks=_SMALL_LETTERS,
    ),
    Family(
        "Aoyagi Kouzan T",
        "fonts-aoyagi-kouzan-t",
        _PUBLIC,
        "hand",
        "val",
        ("AoyagiKouzanT",),
        lacks=_BACKSLASH,
    ),
    Family("dkg handwriting", "fonts-dkg-handwriting", _OFL, "hand", "test", ("dkg", "dkgIt")),
    Family("SJ Fonts", "fonts-sjfonts", _GPL2, "hand", "test", ("SteveHand", "Delphine")),
    Family("Écolier court", "fonts-ecolier-court", _OFL, "hand", "test", ("Ecolier-court",)),
    Family("setofont", "fonts-seto", _OFL, "hand", "test", ("setofont",), lacks=_BACKSLASH),
    # --- Without serifs
    Family(
        "DejaVu Sans",
        "fonts-dejavu-core",
        _VERA,
        "sans",
        "train",
        ("DejaVuSans", "DejaVuSans-Bold"),
    ),
    Family(
        "Liberation Sans",
        "fonts-liberation",
        _GPL2,
        "sans",
        "train",
        ("LiberationSans-Regular", "LiberationSans-Bold", "LiberationSans-Italic"),
    ),
    Family(
        "Lato",
        "fonts-lato",
        _OFL,
        "sans",
        "train",
        ("Lato-Regular", "Lato-Light", "Lato-Bold", "Lato-Italic"),
    ),
    Family(
        "Roboto",
        "fonts-roboto-unhinted",
        _APACHE,
        "sans",
        "train",
        ("Roboto-Regular", "Roboto-Light", "Roboto-Bold", "Roboto-Italic"),
    ),
    Family(
        "Quicksand",
        "fonts-quicksand",
        _OFL,
        "sans",
        "train",
        ("Quicksand-Regular", "Quicksand-Bold"),
    ),
    Family(
        "TeX Gyre Adventor",
        "fonts-texgyre",
        _GUST,
        "sans",
        "train",
        ("texgyreadventor-regular", "texgyreadventor-bold", "texgyreadventor-italic"),
    ),
    Family(
        "Open Sans",
        "fonts-open-sans",
        _APACHE,
        "sans",
        "val",
        ("OpenSans-Regular", "OpenSans-Bold", "OpenSans-Italic"),
    ),
    Family(
        "Linux Biolinum",
        "fonts-linuxlibertine",
        _OFL,
        "sans",
        "val",
        ("LinBiolinum_R", "LinBiolinum_RB", "LinBiolinum_RI"),
    ),
    Family(
        "Go", "fonts-go", "BSD-3-Clause", "sans", "test", ("Go-Regular", "Go-Bold", "Go-Italic")
    ),
    Family(
        "Andika",
        "fonts-sil-andika",
        _OFL_RFN,
        "sans",
        "test",
        ("Andika-Regular", "Andika-Bold", "Andika-Italic"),
    ),
    # --- With serifs
    Family(
        "DejaVu Serif",
        "fonts-dejavu-core",
        _VERA,
        "serif",
        "train",
        ("DejaVuSerif", "DejaVuSerif-Bold"),
    ),
    Family(
        "Liberation Serif",
        "fonts-liberation",
        _GPL2,
        "serif",
        "train",
        ("LiberationSerif-Regular", "LiberationSerif-Bold", "LiberationSerif-Italic"),
    ),
    Family(
        "EB Garamond",
        "fonts-ebgaramond",
        _OFL,
        "serif",
        "train",
        ("EBGaramond12-Regular", "EBGaramond12-Bold", "EBGaramond12-Italic"),
        lacks=_ZERO_AND_ONE,
    ),
    Family(
        "Vollkorn",
        "fonts-vollkorn",
        _OFL,
        "serif",
        "train",
        ("Vollkorn-Regular", "Vollkorn-Bold", "Vollkorn-Italic"),
        lacks=_ZERO_AND_ONE,
    ),
    Family(
        "TeX Gyre Bonum",
        "fonts-texgyre",
        _GUST,
        "serif",
        "train",
        ("texgyrebonum-regular", "texgyrebonum-bold", "texgyrebonum-italic"),
    ),
    Family(
        "TeX Gyre Pagella",
        "fonts-texgyre",
        _GUST,
        "serif",
        "train",
        ("texgyrepagella-regular", "texgyrepagella-bold", "texgyrepagella-italic"),
    ),
    Family("Computer Modern", "fonts-cmu", _OFL, "serif", "train", ("cmunrm", "cmunbx", "cmunti")),
    Family(
        "Roboto Slab",
        "fonts-roboto-slab",
        _APACHE,
        "serif",
        "train",
        ("RobotoSlab-Regular", "RobotoSlab-Bold"),
    ),
    Family(
        "Linux Libertine",
        "fonts-linuxlibertine",
        _OFL,
        "serif",
        "val",
        ("LinLibertine_R", "LinLibertine_RB", "LinLibertine_RI"),
    ),
    Family(
        "TeX Gyre Schola",
        "fonts-texgyre",
        _GUST,
        "serif",
        "val",
        ("texgyreschola-regular", "texgyreschola-bold", "texgyreschola-italic"),
    ),
    Family(
        "Gentium Plus",
        "fonts-sil-gentiumplus",
        _OFL_RFN,
        "serif",
        "test",
        ("GentiumPlus-Regular", "GentiumPlus-Bold", "GentiumPlus-Italic"),
    ),
    Family("Prociono", "fonts-prociono", _PUBLIC, "serif", "test", ("Prociono",)),
    # --- All signs of one width
    Family(
        "DejaVu Sans Mono",
        "fonts-dejavu-core",
        _VERA,
        "mono",
        "train",
        ("DejaVuSansMono", "DejaVuSansMono-Bold"),
    ),
    Family(
        "Liberation Mono",
        "fonts-liberation",
        _GPL2,
        "mono",
        "train",
        ("LiberationMono-Regular", "LiberationMono-Bold"),
    ),
    Family(
        "JetBrains Mono",
        "fonts-jetbrains-mono",
        _APACHE,
        "mono",
        "train",
        ("JetBrainsMono-Regular", "JetBrainsMono-Bold", "JetBrainsMono-Italic"),
    ),
    Family("Inconsolata", "fonts-inconsolata", _OFL_1_0, "mono", "train", ("Inconsolata",)),
    Family("Computer Modern Typewriter", "fonts-cmu", _OFL, "mono", "train", ("cmuntt",)),
    Family(
        "Courier Prime",
        "fonts-courier-prime",
        _OFL,
        "mono",
        "val",
        ("Courier Prime", "Courier Prime Bold", "Courier Prime Italic"),
    ),
    Family("Go Mono", "fonts-go", "BSD-3-Clause", "mono", "test", ("Go-Mono", "Go-Mono-Bold")),
    Family(
        "Anonymous Pro",
        "fonts-anonymous-pro",
        _OFL,
        "mono",
        "test",
        ("Anonymous Pro", "Anonymous Pro B"),
    ),
)
"""Every family, by style and split."""
