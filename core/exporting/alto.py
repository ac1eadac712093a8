"""Readings as ALTO XML, as libraries and archives keep the text of scans.

The standard is ALTO 4.4 (https://www.loc.gov/standards/alto/).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core import VERSION
from core.box import Box
from core.exporting.baselines import line_frame
from core.exporting.blocks import Block, blocks_of
from core.exporting.markup import xml_text, xml_value
from core.exporting.rounding import rounded_length, rounded_probability
from core.reading import ReadGlyph, Reading, ReadLine, ReadWord

_NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"
_SCHEMA = "http://www.loc.gov/standards/alto/v4/alto-4-4.xsd"

_LONGEST_VARIANT = 3
"""Signs of what else a character may be (`VariantType`)."""


def format_alto(readings: Sequence[Reading]) -> str:
    """One document of all pages; an empty text of no reading, as the standard asks for a page.

    All measures are source pixels. Pages of one file have its name and the numbers they have there;
    where there are several files, the document names one a page, in the order of the pages. A
    character that is several signs, as someone put it right, becomes one `Glyph` a sign, each with
    its share of the width. Signs that no XML holds become U+FFFD.
    """
    if not readings:
        return ""
    sources = {reading.source for reading in readings}
    several = len(sources) > 1
    lines = [*_description(readings, several=several), " <Layout>"]
    for count, reading in enumerate(readings, 1):
        lines += _page(count, reading, count if several else reading.page)
    return "\n".join([*lines, " </Layout>", "</alto>"]) + "\n"


def _description(readings: Sequence[Reading], *, several: bool) -> list[str]:
    if several:
        names = [f"<fileIdentifier>{xml_text(each.source)}</fileIdentifier>" for each in readings]
    else:
        names = [f"<fileName>{xml_text(readings[0].source)}</fileName>"]
    readers = dict.fromkeys(f"model {each.model}, alphabet {each.alphabet}" for each in readings)
    return [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<alto xmlns="{_NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
        f'    xsi:schemaLocation="{_NAMESPACE} {_SCHEMA}" SCHEMAVERSION="4.4">',
        " <Description>",
        "  <MeasurementUnit>pixel</MeasurementUnit>",
        "  <sourceImageInformation>",
        *(f"   {name}" for name in names),
        "  </sourceImageInformation>",
        '  <Processing ID="reading">',
        "   <processingCategory>contentGeneration</processingCategory>",
        f"   <processingStepSettings>{xml_text('; '.join(readers))}</processingStepSettings>",
        "   <processingSoftware>",
        "    <softwareName>Glyphpad</softwareName>",
        f"    <softwareVersion>{VERSION}</softwareVersion>",
        "   </processingSoftware>",
        "  </Processing>",
        " </Description>",
    ]


def _page(number: int, reading: Reading, image: int) -> Iterator[str]:
    """A page, the `number`th of the document."""
    sheet = Box(0, 0, reading.width, reading.height)
    size = f'WIDTH="{rounded_length(sheet.width)}" HEIGHT="{rounded_length(sheet.height)}"'
    yield (f'  <Page ID="page_{number}" PHYSICAL_IMG_NR="{image}" {size} PROCESSINGREFS="reading">')
    yield f"   <PrintSpace {_place(sheet)}>"
    for count, block in enumerate(blocks_of(reading.lines), 1):
        yield from _block(f"{number}_{count}", block)
    yield "   </PrintSpace>"
    yield "  </Page>"


def _block(name: str, block: Block) -> Iterator[str]:
    yield f'    <TextBlock ID="block_{name}" {_place(block.box)}>'
    for number, line in enumerate(block.lines, 1):
        yield from _line(f"{name}_{number}", line)
    yield "    </TextBlock>"


def _line(name: str, line: ReadLine) -> Iterator[str]:
    yield f'     <TextLine ID="line_{name}" {_place(line.box)}{_baseline(line)}>'
    for number, word in enumerate(line.words, 1):
        if number > 1:
            yield f"      {_space(line.words[number - 2].box, word.box)}"
        yield from _word(f"{name}_{number}", word)
    yield "     </TextLine>"


def _baseline(line: ReadLine) -> str:
    """The two ends of what the line stands on, where it is known."""
    frame = line_frame(line)
    if frame is None:
        return ""
    ends = (
        f"{rounded_length(x)},{rounded_length(frame.baseline + frame.slope * x)}"
        for x in (line.box.x, line.box.right)
    )
    return f' BASELINE="{" ".join(ends)}"'


def _space(left: Box, right: Box) -> str:
    width = max(right.x - left.right, 0)
    return f"<SP {_place(Box(left.right, left.y, width, left.height))} />"


def _word(name: str, word: ReadWord) -> Iterator[str]:
    told = ' CS="true"' if any(glyph.told for glyph in word.glyphs) else ""
    sure = rounded_probability(word.confidence)
    yield (
        f'      <String ID="word_{name}" {_place(word.box)} WC="{sure}"{told}'
        f" CONTENT={xml_value(word.text)}>"
    )
    signs = ((sign, box, glyph) for glyph in word.glyphs for sign, box in _signs(glyph))
    for number, (sign, box, glyph) in enumerate(signs, 1):
        yield from _glyph(f"{name}_{number}", sign, box, glyph)
    yield "      </String>"


def _signs(glyph: ReadGlyph) -> Iterator[tuple[str, Box]]:
    """Each sign of a character with its share of the box."""
    box, count = glyph.box, len(glyph.text)
    for place, sign in enumerate(glyph.text):
        left, right = (box.x + box.width * end / count for end in (place, place + 1))
        yield sign, Box(left, box.y, right - left, box.height)


def _glyph(name: str, sign: str, box: Box, glyph: ReadGlyph) -> Iterator[str]:
    sure = rounded_probability(glyph.confidence)
    opened = f'<Glyph ID="glyph_{name}" {_place(box)} GC="{sure}" CONTENT={xml_value(sign)}'
    variants = _variants(glyph)
    if not variants:
        yield f"       {opened} />"
        return
    yield f"       {opened}>"
    yield from (f"        {variant}" for variant in variants)
    yield "       </Glyph>"


def _variants(glyph: ReadGlyph) -> list[str]:
    """What else it may be."""
    return [
        f'<Variant VC="{rounded_probability(each.probability)}" CONTENT={xml_value(each.label)} />'
        for each in glyph.candidates
        if each.label != glyph.text and len(each.label) <= _LONGEST_VARIANT
    ]


def _place(box: Box) -> str:
    left, top, width, height = map(rounded_length, (box.x, box.y, box.width, box.height))
    return f'HPOS="{left}" VPOS="{top}" WIDTH="{width}" HEIGHT="{height}"'
