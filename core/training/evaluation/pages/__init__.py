"""Pages of handwriting whose truth is known, as scanners and phones take them, and how they are
read.

`texts` says what is written, `hands` how a writer writes each sign, `layouts` where on the sheet,
`papers` what the sheet looks like and `cameras` how it is taken; `surroundings` has the table of
them all, and `making` makes pages of it. `measuring` reads them, and `report` says how well.
"""

from core.training.evaluation.pages.making import made_pages
from core.training.evaluation.pages.page import MadeGlyph, MadePage

__all__ = ["MadeGlyph", "MadePage", "made_pages"]
