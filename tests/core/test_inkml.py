"""InkML as the standard allows it, as programs write it, and as an attacker might."""

from __future__ import annotations

import os
import re
import stat
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from core.corrections import Correction
from core.curves import MARKER_WIDTH
from core.errors import (
    DamagedFileError,
    EmptyFileError,
    FileTooLargeError,
    GlyphpadError,
    InkTooLargeError,
    MissingFileError,
    NoInkError,
    UnknownFormatError,
    UnreadableFileError,
    UnsupportedInkError,
    UnwritableFileError,
)
from core.ink import (
    PLAIN,
    UNKNOWN_PRESSURE,
    WIDEST_STYLE,
    Colour,
    Ink,
    Stroke,
    StrokeKind,
    StrokeStyle,
)
from core.inkml import (
    FITTED_EXTENT,
    InkDocument,
    format_inkml,
    parse_inkml,
    parse_inkml_document,
    read_inkml,
    write_inkml,
)
from core.inkml import document as inkml
from core.inkml.values import decode_trace
from core.pen_width import PEN_WIDTH

RED, BLUE = Colour(255, 0, 0), Colour(0, 0, 255)
NAMESPACE = 'xmlns="http://www.w3.org/2003/InkML"'
MM = 96 / 25.4


def opened(body: str, root: str = f"<ink {NAMESPACE}>") -> list[np.ndarray]:
    """The points of each stroke of a document."""
    return [each.points for each in parse_inkml(f"{root}{body}</ink>".encode(), "x").strokes]


def channels(*elements: str, properties: str = "") -> str:
    """A document's start: one context with one source."""
    written = "".join(f"<channel {element}/>" for element in elements)
    return (
        f'<definitions><context xml:id="c"><inkSource xml:id="s"><traceFormat>{written}'
        f"</traceFormat><channelProperties>{properties}</channelProperties></inkSource></context>"
        "</definitions>"
    )


def resolution(channel: str, value: str, units: str) -> str:
    return (
        f'<channelProperty channel="{channel}" name="resolution" value="{value}" units="{units}"/>'
    )


# --- The syntax of values ---------------------------------------------------------------------


def test_the_example_of_the_standard_is_read_as_its_table_says():
    """InkML 3.2.1: two regular channels, then two intermittent ones."""
    text = """1125 18432,'23'43,"7"-8,3-5,7 -3,6 2,6 8,3 6 T,2 4*T,3 6,3-6FF"""
    points = decode_trace(text, [0, 1, 2, 3])
    assert points[:, :2].tolist() == [
        [1125, 18432],
        [1148, 18475],
        [1178, 18510],
        [1211, 18540],
        [1251, 18567],
        [1297, 18596],
        [1349, 18633],
        [1404, 18676],
        [1461, 18723],
        [1521, 18776],
        [1584, 18823],
    ]
    buttons = points[:, 2:]
    assert np.isnan(buttons[:7]).all()
    assert buttons[8].tolist() == [1, 1]
    assert buttons[10].tolist() == [0, 0]


HELLO = """<ink xmlns="http://www.w3.org/2003/InkML">
  <trace>
    10 0, 9 14, 8 28, 7 42, 6 56, 6 70, 8 84, 8 98, 8 112, 9 126, 10 140,
    13 154, 14 168, 17 182, 18 188, 23 174, 30 160, 38 147, 49 135,
    58 124, 72 121, 77 135, 80 149, 82 163, 84 177, 87 191, 93 205
  </trace>
  <trace>
    130 155, 144 159, 158 160, 170 154, 179 143, 179 129, 166 125,
    152 128, 140 136, 131 149, 126 163, 124 177, 128 190, 137 200,
    150 208, 163 210, 178 208, 192 201, 205 192, 214 180
  </trace>
  <trace>
    227 50, 226 64, 225 78, 227 92, 228 106, 228 120, 229 134,
    230 148, 234 162, 235 176, 238 190, 241 204
  </trace>
  <trace>
    282 45, 281 59, 284 73, 285 87, 287 101, 288 115, 290 129,
    291 143, 294 157, 294 171, 294 185, 296 199, 300 213
  </trace>
  <trace>
    366 130, 359 143, 354 157, 349 171, 352 185, 359 197,
    371 204, 385 205, 398 202, 408 191, 413 177, 413 163,
    405 150, 392 143, 378 141, 365 150
  </trace>
</ink>
"""
"""The first example of the standard, 1.1: the word "hello" in five traces."""


def test_the_hello_of_the_standard_opens():
    ink = parse_inkml(HELLO.encode(), "x")
    assert [len(each.points) for each in ink.strokes] == [27, 20, 12, 13, 16]
    assert ink.strokes[0].xy.tolist()[:2] == [[10, 0], [9, 14]]
    assert ink.strokes[0].points[-1].tolist() == [93, 205, UNKNOWN_PRESSURE, 0]
    assert ink.strokes[4].xy[-1].tolist() == [365, 150]
    assert (ink.box.x, ink.box.y, ink.box.right, ink.box.bottom) == (6, 0, 413, 213)


def test_the_hello_of_the_standard_survives_our_own_file(tmp_path):
    theirs, ours = tmp_path / "hello.inkml", tmp_path / "again.inkml"
    theirs.write_text(HELLO, encoding="utf-8")
    first = read_inkml(theirs)
    write_inkml(first, ours)
    again = read_inkml(ours)
    assert [each.style for each in again.strokes] == [PLAIN] * 5
    for one, other in zip(first.strokes, again.strokes, strict=True):
        np.testing.assert_array_equal(one.points, other.points)
    assert format_inkml(again) == ours.read_bytes()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 2", [[1, 2]]),
        ("1 2,", [[1, 2]]),
        (" 1\n2\t,\n 3   4 ", [[1, 2], [3, 4]]),
        ("1-2,-3-4", [[1, -2], [-3, -4]]),
        ("1.5.5,+2 -.25", [[1.5, 0.5], [2, -0.25]]),
        ("1e2 -2.5E-1", [[100, -0.25]]),
        ("#FF#0a,-#10 3", [[255, 10], [-16, 3]]),
        ("10 10,'1'2,3 4,!5!6,7 8", [[10, 10], [11, 12], [14, 16], [5, 6], [7, 8]]),
        ("10 10,' 1 '2,**,**", [[10, 10], [11, 12], [12, 14], [13, 16]]),
        ("0 0,'1'1,\"1\"1,**", [[0, 0], [1, 1], [3, 3], [6, 6]]),
        ("10 10,**,* 3", [[10, 10], [10, 10], [10, 3]]),
        ("10 10,'1!5,1 6", [[10, 10], [11, 5], [12, 6]]),
        ("1 2 3 4,5 6 T F", [[1, 2], [5, 6]]),
    ],
)
def test_values_in_every_way_the_syntax_allows(text, expected):
    assert decode_trace(text, [0, 1]).tolist() == expected


@pytest.mark.parametrize(
    "text", ["1;2", "a b", "1 2,3 x", "1 2 x", "1 2,NaN 3", "1 inf", "1 !", "--1 2"]
)
def test_what_is_no_value_is_damage(text):
    with pytest.raises(DamagedFileError):
        opened(f"<trace>{text}</trace>")


def test_a_point_that_is_not_reported_is_left_out():
    (points,) = opened("<trace>1 2,? 3,4 ?,5,6 7</trace>")
    assert points[:, :2].tolist() == [[1, 2], [6, 7]]


@given(st.lists(st.tuples(*[st.integers(-5000, 5000)] * 2), min_size=1, max_size=30))
def test_differences_say_the_same_as_values(places):
    xy = np.array(places, float)
    first = np.diff(xy, axis=0)
    as_differences = [f"{x:g} {y:g}" for x, y in xy[:1]]
    as_differences += [f"'{x:g}'{y:g}" for x, y in first[:1]]
    as_differences += [f'"{x:g}"{y:g}' for x, y in np.diff(first, axis=0)]
    np.testing.assert_array_equal(decode_trace(",".join(as_differences), [0, 1]), xy)


# --- Channels and units -----------------------------------------------------------------------


def test_channels_stand_in_any_order_among_others():
    start = channels('name="Y"', 'name="OTx"', 'name="X"', 'name="B1" type="boolean"')
    (points,) = opened(start + "<trace>1 7 2 T,3 8 4 F</trace>")
    assert points[:, :2].tolist() == [[2, 1], [4, 3]]


def test_intermittent_channels_are_passed_over():
    start = (
        "<traceFormat><regularChannels><channel name='X'/><channel name='Y'/></regularChannels>"
        "<intermittentChannels><channel name='S1' type='boolean'/></intermittentChannels>"
        "</traceFormat>"
    )
    (points,) = opened(start + "<trace>1 2,3 4T,5 6*</trace>")
    assert points[:, :2].tolist() == [[1, 2], [3, 4], [5, 6]]


def test_a_format_without_places_holds_no_ink():
    with pytest.raises(NoInkError):
        opened(channels('name="F"', 'name="X"') + "<trace>1 2,3 4</trace>")


@pytest.mark.parametrize(
    ("units", "pixels"),
    [
        ("mm", MM),
        ("cm", 10 * MM),
        ("m", 1000 * MM),
        ("in", 96),
        ("pt", 96 / 72),
        ("pc", 16),
        ("himetric", MM / 100),
        ("px", 1),
        (" MM ", MM),
        ("dev", 1),
        ("", 1),
        ("furlong", 1),
    ],
)
def test_lengths_become_pixels(units, pixels):
    start = channels(f'name="X" units="{units}"', f'name="Y" units="{units}"')
    (points,) = opened(start + "<trace>1 2,3 4</trace>")
    np.testing.assert_allclose(points[:, :2], np.array([[1, 2], [3, 4]]) * pixels, rtol=1e-6)


@pytest.mark.parametrize(
    ("value", "units", "pixels"),
    [
        ("1000", "1/cm", MM / 100),
        ("100", "1/mm", MM / 100),
        ("600", "dpi", 96 / 600),
        ("5", "1/dev", 10 * MM),
        ("0", "1/in", 10 * MM),
        ("many", "1/in", 10 * MM),
    ],
)
def test_a_resolution_goes_before_the_unit(value, units, pixels):
    properties = resolution("X", value, units) + resolution("Y", value, units)
    start = channels('name="X" units="cm"', 'name="Y" units="cm"', properties=properties)
    (points,) = opened(start + "<trace>100 200,110 300</trace>")
    np.testing.assert_allclose(
        points[:, :2], np.array([[100, 200], [110, 300]]) * pixels, rtol=1e-6
    )


def test_an_axis_that_runs_the_other_way_is_turned():
    start = channels('name="X"', 'name="Y" orientation="-ve"')
    top, bottom = opened(start + "<trace>5 100,30 100</trace><trace>5 60,30 60</trace>")
    assert top[:, 1].tolist() == [0, 0]
    assert bottom[:, 1].tolist() == [40, 40]
    assert bottom[:, 0].tolist() == [0, 25]


@pytest.mark.parametrize(
    ("channel", "values", "expected"),
    [
        ('name="F" max="1023"', "0 1023", [0, 1]),
        ('name="F" min="100" max="300"', "150 50", [0.25, 0]),
        ('name="F" max="100"', "50 200", [0.5, 1]),
        ('name="F" units="%"', "25 100", [0.25, 1]),
        ('name="F"', "0.25 0.5", [0.25, 0.5]),
        ('name="F"', "100 400", [0.25, 1]),
        ('name="F" max="2147483647"', "100 400", [0.25, 1]),
        ('name="F" max="0"', "100 400", [0.25, 1]),
        ('name="F" max="1000"', "500 ?", [0.5, UNKNOWN_PRESSURE]),
    ],
)
def test_pressure_becomes_a_share(channel, values, expected):
    one, other = values.split()
    start = channels('name="X"', 'name="Y"', channel)
    (points,) = opened(start + f"<trace>1 2 {one},3 4 {other}</trace>")
    np.testing.assert_allclose(points[:, 2], expected, rtol=1e-6)


def test_the_largest_pressure_is_that_of_the_whole_file():
    start = channels('name="X"', 'name="Y"', 'name="F"')
    light, strong = opened(start + "<trace>1 2 50,3 4 50</trace><trace>1 2 200</trace>")
    assert light[:, 2].tolist() == [0.25, 0.25]
    assert strong[:, 2].tolist() == [1]


@pytest.mark.parametrize(
    ("channel", "properties", "expected"),
    [
        ('name="T" units="s"', "", [1, 3]),
        ('name="T" units="ms"', "", [0.001, 0.003]),
        ('name="T"', "", [0.001, 0.003]),
        ('name="T" units="dev"', resolution("T", "10", "1/s"), [0.1, 0.3]),
    ],
)
def test_time_becomes_seconds(channel, properties, expected):
    start = channels('name="X"', 'name="Y"', channel, properties=properties)
    (points,) = opened(start + "<trace>1 2 1,3 4 3</trace>")
    np.testing.assert_allclose(points[:, 3], expected, rtol=1e-6)


def test_a_trace_can_start_later():
    start = channels('name="X"', 'name="Y"', 'name="T" units="ms"')
    body = '<trace>1 2 0,3 4 10</trace><trace timeOffset="500">1 2 0,3 4 ?,5 6 20</trace>'
    first, second = opened(start + body)
    np.testing.assert_allclose(first[:, 3], [0, 0.01], rtol=1e-6)
    np.testing.assert_allclose(second[:, 3], [0.5, 0.51, 0.52], rtol=1e-6)
    (alone,) = opened('<trace timeOffset="250">1 2,3 4</trace>')
    assert alone[:, 3].tolist() == [0.25, 0.25]


def test_a_clocks_times_are_counted_from_the_first():
    start = channels('name="X"', 'name="Y"', 'name="T" units="ms"')
    (points,) = opened(start + "<trace>1 2 1700000000000,3 4 1700000000025</trace>")
    np.testing.assert_allclose(points[:, 3], [0, 0.025], atol=1e-4)


# --- Documents --------------------------------------------------------------------------------

TWO_FORMATS = (
    '<definitions><traceFormat xml:id="yx"><channel name="Y"/><channel name="X"/></traceFormat>'
    '<context xml:id="swapped" traceFormatRef="#yx"/><context xml:id="plain"/>'
    '<context xml:id="again" contextRef="#swapped"/>'
    '<context xml:id="third" contextRef="#again"/></definitions>'
)


GROUPS = (
    '<traceGroup contextRef="#swapped"><traceGroup><trace>1 2</trace></traceGroup>'
    '<trace contextRef="#plain">3 4</trace></traceGroup><trace>5 6</trace>'
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<trace>1 2</trace>", [[1, 2]]),
        ('<trace contextRef="#swapped">1 2</trace>', [[2, 1]]),
        ('<trace contextRef="#again">1 2</trace>', [[2, 1]]),
        ('<trace contextRef="#third">1 2</trace>', [[2, 1]]),
        ('<trace contextRef="#nowhere">1 2</trace>', [[1, 2]]),
        ('<traceGroup contextRef="#swapped"><trace>1 2</trace></traceGroup>', [[2, 1]]),
        (
            GROUPS,
            [[2, 1], [3, 4], [5, 6]],
        ),
        ('<context contextRef="#swapped"/><trace>1 2</trace>', [[2, 1]]),
        ('<trace>3 4</trace><context traceFormatRef="#yx"/><trace>5 6</trace>', [[3, 4], [6, 5]]),
        (
            "<traceFormat><channel name='Y'/><channel name='X'/></traceFormat><trace>1 2</trace>",
            [[2, 1]],
        ),
        (
            '<context xml:id="round" contextRef="#round"/><trace contextRef="#round">1 2</trace>',
            [[1, 2]],
        ),
    ],
)
def test_references_and_groups_choose_the_format(body, expected):
    assert [points[0, :2].tolist() for points in opened(TWO_FORMATS + body)] == expected


@pytest.mark.parametrize("kind", ["context", "inkSource", "traceFormat"])
def test_the_only_definition_is_meant_without_a_reference(kind):
    definition = '<traceFormat xml:id="f"><channel name="Y"/><channel name="X"/></traceFormat>'
    if kind != "traceFormat":
        definition = f"<{kind}>{definition}</{kind}>"
    (points,) = opened(f"<definitions>{definition}</definitions><trace>1 2</trace>")
    assert points[0, :2].tolist() == [2, 1]


def test_a_context_takes_its_source_by_reference():
    start = (
        '<definitions><inkSource xml:id="pen"><traceFormat><channel name="X"/><channel name="Y"/>'
        f"</traceFormat><channelProperties>{resolution('X', '960', '1/in')}"
        f"{resolution('Y', '960', '1/in')}</channelProperties></inkSource>"
        '<context xml:id="c" inkSourceRef="#pen"/><context xml:id="d"/></definitions>'
    )
    (points,) = opened(start + '<trace contextRef="#c">100 200,300 400</trace>')
    np.testing.assert_allclose(points[0, :2], [10, 20])


def test_continued_traces_are_one_stroke():
    body = (
        '<trace xml:id="a" continuation="begin">1 1,2 2</trace><trace>9 9</trace>'
        '<trace xml:id="b" continuation="middle" priorRef="#a">3 3</trace>'
        '<trace continuation="end" priorRef="#b">4 4</trace>'
        '<trace continuation="end" priorRef="#lost">5 5</trace>'
    )
    strokes = [points[:, 0].tolist() for points in opened(body)]
    assert strokes == [[1, 2, 3, 4], [9], [5]]


def test_hovering_is_no_ink():
    body = '<trace type="penUp">1 1</trace><trace type="penDown">2 2</trace><trace>3 3</trace>'
    assert [points[0, 0] for points in opened(body)] == [2, 3]
    with pytest.raises(NoInkError):
        opened('<trace type="penUp">1 1</trace>')


@pytest.mark.parametrize("root", ["<ink>", '<i:ink xmlns:i="http://www.w3.org/2003/InkML">'])
def test_the_namespace_may_be_missing_or_have_a_prefix(root):
    prefix = "i:" if "i:" in root else ""
    data = f"{root}<{prefix}trace>1 2</{prefix}trace></{prefix}ink>"
    assert len(parse_inkml(data.encode(), "x").strokes) == 1


def test_what_others_add_is_passed_over():
    body = (
        '<annotation type="truth">x &amp; y</annotation><annotationXML>'
        '<trace xmlns="urn:x">7 7</trace></annotationXML><m:trace xmlns:m="urn:math">8 8</m:trace>'
        '<!-- <trace>9 9</trace> --><trace brushRef="#b">1 2,<!-- between -->3 4</trace>'
        '<traceView traceDataRef="#t"/>'
    )
    (points,) = opened(body)
    assert points[:, 0].tolist() == [1, 3]


def test_traces_among_the_definitions_count_only_alone():
    definitions = "<definitions><trace>1 2</trace></definitions>"
    assert opened(definitions)[0][0, 0] == 1
    assert [points[0, 0] for points in opened(definitions + "<trace>3 4</trace>")] == [3]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_any_encoding_that_xml_knows_opens(encoding):
    text = "<ink><annotation>é</annotation><trace>1 2</trace></ink>"
    if encoding == "iso-8859-1":
        text = f'<?xml version="1.0" encoding="{encoding}"?>{text}'
    assert len(parse_inkml(text.encode(encoding), "x").strokes) == 1


WINDOWS = """<?xml version="1.0" encoding="utf-8"?>
<inkml:ink xmlns:inkml="http://www.w3.org/2003/InkML"><inkml:definitions>
<inkml:context xml:id="ctx0"><inkml:inkSource xml:id="inkSrc0"><inkml:traceFormat>
<inkml:channel name="X" type="integer" max="1920" units="cm"/>
<inkml:channel name="Y" type="integer" max="1080" units="cm"/>
<inkml:channel name="F" type="integer" max="32767" units="dev"/>
<inkml:channel name="T" type="integer" max="2.14748E9" units="dev"/></inkml:traceFormat>
<inkml:channelProperties>
<inkml:channelProperty channel="X" name="resolution" value="50" units="1/cm"/>
<inkml:channelProperty channel="Y" name="resolution" value="25" units="1/cm"/>
<inkml:channelProperty channel="F" name="resolution" value="0" units="1/dev"/>
<inkml:channelProperty channel="T" name="resolution" value="1" units="1/dev"/>
</inkml:channelProperties></inkml:inkSource><inkml:timestamp xml:id="ts0"/></inkml:context>
<inkml:brush xml:id="br0"><inkml:brushProperty name="width" value="0.05" units="cm"/></inkml:brush>
</inkml:definitions><inkml:traceGroup>
<inkml:trace contextRef="#ctx0" brushRef="#br0">500 250 16383 0,'10'5'0'8,1-1 0 0</inkml:trace>
</inkml:traceGroup></inkml:ink>"""


def test_ink_of_an_office_program_opens_at_its_size():
    """In the manner of Office: whole numbers of the screen, resolution in dots a centimetre."""
    (stroke,) = parse_inkml(WINDOWS.encode(), "x").strokes
    np.testing.assert_allclose(stroke.points[0], [100 * MM, 100 * MM, 0.5, 0], atol=1e-3)
    np.testing.assert_allclose(stroke.points[1, :2], [102 * MM, 102 * MM], atol=1e-3)
    np.testing.assert_allclose(stroke.points[:, 3], [0, 0.008, 0.008], atol=1e-6)


# --- Places -----------------------------------------------------------------------------------


def test_ink_scaled_to_one_is_made_large_enough_for_the_pen():
    (points,) = opened("<trace>0.25 0.5,0.75 1</trace>")
    assert points[:, :2].max() == pytest.approx(FITTED_EXTENT)
    assert points[:, :2].min() == 0


def test_a_dot_stays_a_dot():
    (points,) = opened("<trace>3 4</trace>")
    assert points[:, :2].tolist() == [[3, 4]]


@pytest.mark.parametrize("far", [5e4, 1e9])
def test_ink_of_a_devices_own_size_is_made_small_enough(far):
    (points,) = opened(f"<trace>0 0,{far} {far / 2}</trace>")
    np.testing.assert_allclose(points[1, :2], [FITTED_EXTENT, FITTED_EXTENT / 2])


def test_ink_far_away_is_brought_near_with_its_details():
    (points,) = opened("<trace>1000000000 1000000000,1000000001 1000000002.5</trace>")
    np.testing.assert_allclose(points[:, :2], [[0, 0], [1, 2.5]], atol=1e-6)


@pytest.mark.parametrize("number", ["1e16", "-1e300", "1e999", "9" * 39, "1" * 500])
def test_ink_out_of_all_bounds_is_damaged(number):
    with pytest.raises(DamagedFileError):
        opened(f"<trace>1 2,{number} 3</trace>")


# --- Canvases ---------------------------------------------------------------------------------


def canvas(mapping: str, units: str = "", channels: str = "<channel name='X'/>") -> str:
    """A document's start: one context with a canvas and a mapping to it."""
    places = "".join(f"<channel name='{name}' units='{units}'/>" for name in "XY")
    on_canvas = f"<canvas><traceFormat>{places}</traceFormat></canvas>" if units else ""
    return (
        f"<definitions><context><inkSource><traceFormat>{channels}<channel name='Y'/>"
        f"</traceFormat></inkSource>{on_canvas}<canvasTransform>{mapping}</canvasTransform>"
        "</context></definitions>"
    )


def bound(source: str, target: str) -> str:
    return f'<bind source="{source}" target="{target}"/>'


def affine(rows: str, binds: str = "") -> str:
    return f'<mapping type="affine">{binds}<affine>{rows}</affine></mapping>'


@pytest.mark.parametrize(
    ("mapping", "expected"),
    [
        (affine("2 0 5, 0 3 -1"), [[25, 59], [45, 29]]),
        (affine("0 -1 100, 1 0 0"), [[80, 10], [90, 20]]),
        (affine("0 1, 1 0"), [[20, 10], [10, 20]]),
        (affine("1 0.5 0, 0 1 0,"), [[20, 20], [25, 10]]),
        (affine("2 0 5, 0 3 -1").replace("affine>", "matrix>"), [[25, 59], [45, 29]]),
        (
            affine("0 2 0, 3 0 0", "<bind source='Y'/><bind source='X'/>"),
            [[20, 60], [40, 30]],
        ),
        (
            affine("2 0 0, 0 3 0", "<bind target='Y'/><bind target='X'/>"),
            [[60, 20], [30, 40]],
        ),
        (affine("3 1", "<bind source='X'/><bind target='X'/>"), [[31, 20], [61, 10]]),
        ('<mapping type="identity"/>', [[10, 20], [20, 10]]),
        (
            f'<mapping type="identity">{bound("X", "Y")}{bound("Y", "X")}</mapping>',
            [[20, 10], [10, 20]],
        ),
        (
            '<mapping type="product">'
            + affine("3 0", "<bind source='X'/><bind target='X'/>")
            + affine("1 7", "<bind source='Y'/><bind target='Y'/>")
            + "</mapping>",
            [[30, 27], [60, 17]],
        ),
        ('<mapping type="unknown"/>', [[10, 20], [20, 10]]),
        ("", [[10, 20], [20, 10]]),
    ],
)
def test_a_mapping_says_where_on_the_canvas_ink_lies(mapping, expected):
    (points,) = opened(canvas(mapping) + "<trace>10 20,20 10</trace>")
    np.testing.assert_allclose(points[:, :2], expected, rtol=1e-6)


def test_a_mapping_can_be_named_and_so_can_its_parts():
    start = (
        f"<definitions>{affine('2 0 0, 0 2 0').replace('<mapping', '<mapping xml:id=~m~', 1)}"
        '<canvasTransform xml:id="t"><mapping mappingRef="#m"/></canvasTransform>'
        '<canvas xml:id="c"><traceFormat><channel name="X" units="mm"/>'
        '<channel name="Y" units="mm" orientation="+ve"/></traceFormat></canvas>'
        '<context xml:id="mapped" canvasRef="#c" canvasTransformRef="#t"/>'
        '<context xml:id="plain"/></definitions>'
    ).replace("~", '"')
    body = '<trace contextRef="#mapped">1 2,3 4</trace><trace contextRef="#plain">5 6</trace>'
    mapped, plain = opened(start + body)
    np.testing.assert_allclose(mapped[:, :2], np.array([[2, 4], [6, 8]]) * MM, rtol=1e-6)
    assert plain[:, :2].tolist() == [[5, 6]]


def test_a_canvas_has_units_of_its_own_and_pressure_goes_past_it():
    start = canvas(
        affine("0.5 0 0, 0 0.5 0"), "mm", "<channel name='F' max='10'/><channel name='X'/>"
    )
    (points,) = opened(start + "<trace>5 10 20,10 20 40</trace>")
    np.testing.assert_allclose(points[:, :2], np.array([[5, 10], [10, 20]]) * MM, rtol=1e-6)
    assert points[:, 2].tolist() == [0.5, 1]


@pytest.mark.parametrize(
    ("mapping", "named"),
    [
        ('<mapping type="lookup"><table>1 2</table></mapping>', "table"),
        ('<mapping type="mathml"><math/></mapping>', "formula"),
        (
            affine("1 0 1 0, 0 1 0 0", "".join(f"<bind source='{n}'/>" for n in "XYZ")),
            "other channels",
        ),
        ('<mapping type="product"><mapping type="product"/></mapping>', "mappings of mappings"),
    ],
)
def test_a_mapping_that_is_beyond_us_is_named(mapping, named):
    with pytest.raises(UnsupportedInkError, match=named) as caught:
        opened(canvas(mapping) + "<trace>1 2</trace>")
    assert caught.value.what in str(caught.value)


@pytest.mark.parametrize(
    "mapping",
    [
        affine("1 0 0"),
        affine("1 0 0 0, 0 1 0 0"),
        affine("1 x 0, 0 1 0"),
        affine("nan 0 0, 0 1 0"),
        affine(""),
        '<mapping xml:id="m" mappingRef="#m"/>',
    ],
)
def test_a_broken_mapping_is_damage(mapping):
    with pytest.raises(DamagedFileError):
        opened(canvas(mapping) + "<trace>1 2</trace>")


# --- Views ------------------------------------------------------------------------------------

KEPT = (
    '<definitions><trace xml:id="a">1 1,2 2,3 3,4 4</trace><traceGroup xml:id="g">'
    '<trace xml:id="b">5 5,6 6</trace><trace xml:id="c">7 7,8 8,9 9</trace></traceGroup>'
    '<traceView xml:id="v"><traceView traceDataRef="#c"/><traceView traceDataRef="#a"/></traceView>'
    "</definitions>"
)


def view(reference: str, more: str = "") -> str:
    return f'<traceView traceDataRef="{reference}" {more}/>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (view("#b") + view("#a"), [[5, 6], [1, 2, 3, 4]]),
        (view("#g"), [[5, 6], [7, 8, 9]]),
        (view("#v"), [[7, 8, 9], [1, 2, 3, 4]]),
        (view("b"), [[5, 6]]),
        (view("#a") + view("#g") + view("#a"), [[1, 2, 3, 4], [5, 6], [7, 8, 9]]),
        (f"<traceView>{view('#c')}{view('#b')}</traceView>", [[7, 8, 9], [5, 6]]),
        (f"<trace>0 0</trace>{view('#b')}<trace>9 0</trace>", [[0], [5, 6], [9]]),
        (f"<traceGroup>{view('#b')}<trace>0 0</trace></traceGroup>", [[5, 6], [0]]),
        (view("#a", 'from="2" to="3"'), [[2, 3]]),
        (view("#a", 'from="3"'), [[3, 4]]),
        (view("#a", 'to="1"'), [[1]]),
        (view("#a", 'to="9"'), [[1, 2, 3, 4]]),
        (view("#g", 'from="2"'), [[7, 8, 9]]),
        (view("#g", 'from="1:2" to="2:1"'), [[6], [7]]),
        (view("#g", 'to="2:2"'), [[5, 6], [7, 8]]),
        (view("#v", 'from="1:3" to="2:2"'), [[9], [1, 2]]),
        (view("#a", 'to="2"') + view("#a", 'from="3"'), [[1, 2], [3, 4]]),
        (view("#a") + view("#a", 'from="3"'), [[1, 2, 3, 4]]),
        (view("#nowhere") + view("#b"), [[5, 6]]),
    ],
)
def test_views_bring_in_what_is_kept_once_and_in_their_order(body, expected):
    assert [points[:, 0].tolist() for points in opened(KEPT + body)] == expected


def test_what_no_view_shows_is_not_ink_unless_there_is_nothing_else():
    assert len(opened(KEPT + view("#a"))) == 1
    assert len(opened(KEPT)) == 3


def test_a_trace_keeps_the_context_that_it_is_kept_with():
    start = (
        '<definitions><traceFormat xml:id="yx"><channel name="Y"/><channel name="X"/></traceFormat>'
        '<context xml:id="swapped" traceFormatRef="#yx"/><context xml:id="plain"/>'
        '<traceGroup contextRef="#swapped"><trace xml:id="a">1 2</trace></traceGroup>'
        "</definitions>"
    )
    assert opened(start + view("#a"))[0][0, :2].tolist() == [2, 1]


def test_the_groups_of_a_data_set_say_something_of_ink_and_add_none():
    """As in CROHME, whose references lack their mark, and whose groups stand in another order."""
    body = (
        '<trace id="0">10 10</trace><trace id="1">20 20</trace><traceGroup xml:id="2">'
        '<traceGroup xml:id="3"><annotation type="truth">x</annotation>'
        f'{view("1")}{view("0")}<annotationXML href="x_1"/></traceGroup></traceGroup>'
    )
    assert [points[:, 0].tolist() for points in opened(body)] == [[10], [20]]


@pytest.mark.parametrize("reference", ["other.inkml#a", "http://example.org/a", "other.inkml"])
def test_ink_of_another_file_is_named(reference):
    with pytest.raises(UnsupportedInkError, match=re.escape(reference)):
        opened(KEPT + view(reference))


def test_a_part_of_a_part_is_named():
    inner = '<traceView xml:id="p" traceDataRef="#a" from="2"/>'
    with pytest.raises(UnsupportedInkError, match="part of a part"):
        opened(KEPT.replace("</definitions>", inner + "</definitions>") + view("#p", 'to="1"'))


@pytest.mark.parametrize(
    "body",
    [
        view("#a", 'from="0"'),
        view("#a", 'from="x"'),
        view("#a", 'to="1:"'),
        '<traceView xml:id="r" traceDataRef="#r"/>',
        '<traceView xml:id="r"><traceView traceDataRef="#r"/></traceView>',
    ],
)
def test_broken_and_circular_views_are_damage(body):
    with pytest.raises(DamagedFileError):
        opened(KEPT + body)


def test_views_that_multiply_are_refused_at_once():
    rows = "".join(
        f'<traceView xml:id="r{n}">{view(f"#r{n - 1}") * 10 if n else view("#a") * 10}</traceView>'
        for n in range(9)
    )
    started = time.perf_counter()
    with pytest.raises(DamagedFileError):
        opened(KEPT.replace("</definitions>", rows + "</definitions>") + view("#r8"))
    assert time.perf_counter() - started < 5


def test_parts_that_multiply_are_too_much_ink(monkeypatch):
    monkeypatch.setattr(inkml, "MOST_POINTS", 30)
    parts = "".join(view("#a", f'from="{n}" to="{n + 9}"') for n in range(1, 11))
    points = ",".join("1 1" for _ in range(20))
    body = f'<definitions><trace xml:id="a">{points}</trace></definitions>'
    assert len(opened(body + view("#a"))) == 1
    with pytest.raises(InkTooLargeError):
        opened(body + parts)


# --- Brushes ----------------------------------------------------------------------------------


def brush(*properties: tuple[str, str, str], name: str = "b") -> str:
    written = "".join(
        f'<brushProperty name="{each}" value="{value}" {more}/>' for each, value, more in properties
    )
    return f'<brush xml:id="{name}">{written}</brush>'


def style_with(*properties: tuple[str, str, str], start: str = "") -> StrokeStyle:
    body = f'<definitions>{brush(*properties)}</definitions>{start}<trace brushRef="#b">1 2</trace>'
    (stroke,) = parse_inkml(f"<ink {NAMESPACE}>{body}</ink>".encode(), "x").strokes
    return stroke.style


CENTIMETRE = 96 / 2.54


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ((), PLAIN),
        ((("color", "#FF8000", ""),), StrokeStyle(colour=Colour(255, 128, 0))),
        ((("color", "#f80", ""),), StrokeStyle(colour=Colour(255, 136, 0))),
        ((("color", "Red", ""),), StrokeStyle(colour=Colour(255, 0, 0))),
        ((("color", "#000000", ""),), PLAIN),
        ((("color", "#12345", ""),), PLAIN),
        ((("color", "beige-ish", ""),), PLAIN),
        ((("width", "12", 'units="px"'),), StrokeStyle(width=12 / PEN_WIDTH)),
        ((("width", "100", 'units="himetric"'),), StrokeStyle(width=round(MM / PEN_WIDTH, 6))),
        ((("width", "9", ""),), StrokeStyle(width=9 / PEN_WIDTH)),
        ((("width", "0", 'units="px"'),), PLAIN),
        ((("width", "wide", 'units="px"'),), PLAIN),
        ((("width", "9e9", 'units="m"'),), StrokeStyle(width=WIDEST_STYLE)),
        ((("width", "1e-30", 'units="m"'),), StrokeStyle(width=0.01)),
        ((("rasterOp", "copyPen", ""),), PLAIN),
        ((("rasterOp", "maskPen", ""),), StrokeStyle(StrokeKind.MARKER)),
        (
            (
                ("rasterOp", "maskPen", ""),
                ("color", "#FFFF00", ""),
                ("width", "1", 'units="cm"'),
                ("transparency", "0.5", ""),
            ),
            StrokeStyle(
                StrokeKind.MARKER, Colour(255, 255, 0), round(CENTIMETRE / MARKER_WIDTH, 6)
            ),
        ),
    ],
)
def test_a_brush_says_how_a_stroke_looks(properties, expected):
    assert style_with(*properties) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<trace brushRef="#red">1 2</trace>', [RED]),
        (
            '<traceGroup brushRef="#red"><trace>1 2</trace></traceGroup><trace>3 4</trace>',
            [RED, None],
        ),
        (
            '<traceGroup brushRef="#red"><trace brushRef="#blue">1 2</trace></traceGroup>',
            [BLUE],
        ),
        ('<trace contextRef="#in-red">1 2</trace>', [RED]),
        ('<trace contextRef="#in-blue">1 2</trace>', [BLUE]),
        ('<trace contextRef="#in-red" brushRef="#blue">1 2</trace>', [BLUE]),
        (
            '<traceGroup brushRef="#red"><trace contextRef="#other">1 2</trace></traceGroup>',
            [RED],
        ),
        ('<trace brushRef="#nothing">1 2</trace>', [None]),
        ('<trace xml:id="t" brushRef="#red">1 2</trace><trace priorRef="#t">3 4</trace>', [RED]),
    ],
)
def test_a_brush_is_a_traces_its_groups_or_its_contexts(body, expected):
    start = (
        "<definitions>"
        + brush(("color", "#ff0000", ""), name="red")
        + brush(("color", "#0000ff", ""), name="blue")
        + '<context xml:id="in-red" brushRef="#red"/><context xml:id="other"/>'
        + f'<context xml:id="in-blue">{brush(("color", "#0000ff", ""), name="own")}</context>'
        + "</definitions>"
    )
    ink = parse_inkml(f"<ink {NAMESPACE}>{start}{body}</ink>".encode(), "x")
    assert [each.style.colour for each in ink.strokes] == expected


def test_a_line_shrinks_with_ink_that_is_made_smaller():
    start = channels('name="X"', 'name="Y"') + f"<definitions>{brush(('width', '100', ''))}"
    body = f'{start}</definitions><trace brushRef="#b">0 0,100000 100000</trace>'
    (stroke,) = parse_inkml(f"<ink {NAMESPACE}>{body}</ink>".encode(), "x").strokes
    assert stroke.style.width == pytest.approx(100 * FITTED_EXTENT / 100_000 / PEN_WIDTH, rel=1e-5)


# --- Bad files --------------------------------------------------------------------------------


def test_missing_unreadable_and_empty_files_are_named(tmp_path):
    with pytest.raises(MissingFileError):
        read_inkml(tmp_path / "x.inkml")
    with pytest.raises(UnreadableFileError):
        read_inkml(tmp_path)
    (tmp_path / "x.inkml").touch()
    with pytest.raises(EmptyFileError):
        read_inkml(tmp_path / "x.inkml")


@pytest.mark.parametrize(
    "body", ["", "<trace/>", "<trace> , ,</trace>", "<trace>? ?</trace>", "<annotation/>"]
)
def test_a_document_without_ink_says_so(body):
    with pytest.raises(NoInkError):
        opened(body)


@pytest.mark.parametrize(
    "data",
    [
        b"<ink><trace>1 2</trace>",
        b"<ink><trace>1 2</ink>",
        b"<ink><trace>&unknown;</trace></ink>",
        b"<ink",
        b'<?xml version="1.0" encoding="klingon"?><ink/>',
        b"<ink>\xff\xfe</ink>",
    ],
)
def test_broken_xml_is_damaged(data):
    with pytest.raises(DamagedFileError):
        parse_inkml(data, "x")


@pytest.mark.parametrize(
    "data",
    [b"<svg/>", b"<!DOCTYPE html><html><p>", b"hello", b"\x89PNG\r\n", b'<ink xmlns="urn:other"/>'],
)
def test_what_is_no_inkml_is_unknown(data):
    with pytest.raises(UnknownFormatError):
        parse_inkml(data, "x")


LAUGHS = "".join(
    f'<!ENTITY l{n} "{"".join(f"&l{n - 1};" for _ in range(10)) if n else "1 2,"}">'
    for n in range(9)
)


@pytest.mark.parametrize(
    "declaration",
    [
        LAUGHS,
        '<!ENTITY l8 "1 2">',
        '<!ENTITY l8 SYSTEM "file:///etc/hostname">',
        '<!ENTITY % l8 SYSTEM "http://example.org/x.dtd">%l8;',
    ],
)
def test_entities_are_refused(declaration):
    data = f"<!DOCTYPE ink [{declaration}]><ink><trace>&l8;</trace></ink>"
    started = time.perf_counter()
    with pytest.raises(DamagedFileError):
        parse_inkml(data.encode(), "x")
    assert time.perf_counter() - started < 1


def test_a_dtd_from_elsewhere_is_not_looked_at():
    data = b'<!DOCTYPE ink SYSTEM "http://192.0.2.1/ink.dtd"><ink><trace>1 2</trace></ink>'
    assert len(parse_inkml(data, "x").strokes) == 1


def test_more_points_bytes_or_elements_than_any_ink_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(inkml, "MOST_POINTS", 100)
    monkeypatch.setattr(inkml, "MOST_ELEMENTS", 100)
    monkeypatch.setattr(inkml, "MOST_BYTES", 10_000)
    with pytest.raises(InkTooLargeError):
        opened("<trace>" + "1 2," * 60 + "</trace><trace>" + "1 2," * 60 + "</trace>")
    assert len(opened("<trace>" + "1 2," * 90 + "</trace>")[0]) == 90
    with pytest.raises(DamagedFileError):
        opened("<a/>" * 101)
    (tmp_path / "x.inkml").write_bytes(b"<ink>" + b" " * 10_000 + b"</ink>")
    with pytest.raises(FileTooLargeError):
        read_inkml(tmp_path / "x.inkml")


def test_groups_without_end_are_refused():
    depth = 5000
    with pytest.raises(DamagedFileError):
        parse_inkml(b"<ink>" + b"<traceGroup>" * depth + b"</traceGroup>" * depth + b"</ink>", "x")


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_a_document_with_characters_changed_opens_or_is_a_known_error(data):
    text = bytearray(WINDOWS.encode())
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(text) - 1))
        text[at] = data.draw(st.sampled_from(list(b"""<>/"'#!*?-.,0 9eTFx&;\xff""")))
    try:
        ink = parse_inkml(bytes(text), "x")
    except GlyphpadError:
        return
    assert ink


@settings(max_examples=300)
@given(st.text(alphabet="0123456789 .,-+eE#ABTF'\"!*?", max_size=60))
def test_any_text_of_a_trace_gives_finite_points_or_a_known_error(text):
    try:
        strokes = opened(f"<trace>{text.replace('<', '')}</trace>")
    except GlyphpadError:
        return
    assert all(np.isfinite(points).all() for points in strokes)


# --- Our own files ----------------------------------------------------------------------------

colours = st.builds(Colour, *[st.integers(0, 255)] * 3).filter(lambda c: c != Colour(0, 0, 0))
styles = st.builds(
    StrokeStyle,
    st.sampled_from(StrokeKind),
    st.none() | colours,
    st.integers(1, 2000).map(lambda hundredths: hundredths / 100),
)
points_of_strokes = arrays.arrays(
    np.float32,
    st.tuples(st.integers(1, 20), st.just(4)),
    elements=st.floats(0, 1, width=32),
).map(lambda points: points * np.array([4000, 3000, 1, 600], np.float32))
strokes = st.builds(Stroke, points_of_strokes, styles)


@settings(deadline=None)
@given(st.lists(strokes, min_size=1, max_size=6))
def test_ink_survives_its_file_exactly(drawn):
    again = parse_inkml(format_inkml(Ink(tuple(drawn))), "x")
    assert len(again.strokes) == len(drawn)
    for one, other in zip(drawn, again.strokes, strict=True):
        np.testing.assert_array_equal(one.points, other.points)
        assert one.style == other.style


def test_strokes_of_a_style_share_a_brush_and_plain_ones_need_none():
    places = np.array([[1, 2], [3, 4]], np.float32)
    plain = Stroke.through(places)
    red = replace(plain, style=StrokeStyle(StrokeKind.MARKER, RED, 2.0))
    text = format_inkml(Ink((plain, red, red))).decode()
    assert text.count("<brush ") == 1
    assert text.count("brushRef=") == 2
    assert 'name="color" value="#ff0000"' in text
    assert 'name="rasterOp" value="maskPen"' in text
    assert "brush" not in format_inkml(Ink((plain,))).decode()


def test_ink_partly_off_the_pad_and_tiny_ink_keep_their_places():
    for places in ([[-50, -3], [20, 70]], [[1, 1], [2, 3]], [[0.5, 0.25]]):
        ink = Ink((Stroke.through(np.array(places, np.float32)),))
        np.testing.assert_array_equal(parse_inkml(format_inkml(ink), "x").strokes[0].xy, places)


@pytest.mark.parametrize("pressure", [UNKNOWN_PRESSURE, 0.25])
@pytest.mark.parametrize("seconds", [0.0, 0.5])
def test_only_what_is_known_is_written(pressure, seconds):
    points = np.array([[1, 2, pressure, 0], [3, 4, pressure, seconds]], np.float32)
    text = format_inkml(Ink((Stroke(points),))).decode()
    assert ('name="F"' in text) == (pressure != UNKNOWN_PRESSURE)
    assert ('name="T"' in text) == (seconds != 0)
    assert 'xmlns="http://www.w3.org/2003/InkML"' in text
    assert "NaN" not in text


def test_ink_without_strokes_makes_a_document_without_ink():
    with pytest.raises(NoInkError):
        parse_inkml(format_inkml(Ink()), "x")


SMALL = Ink((Stroke.through(np.array([[1, 2], [3, 4]], np.float32)),))


@pytest.mark.parametrize("name", ["x.inkml", "Größe 名前 🖋.inkml", "n" * 250])
def test_a_file_is_written_and_read_again(tmp_path, name):
    write_inkml(SMALL, tmp_path / name)
    np.testing.assert_array_equal(
        read_inkml(tmp_path / name).strokes[0].points, SMALL.strokes[0].points
    )
    assert [each.name for each in tmp_path.iterdir()] == [name]


def test_an_old_file_stays_whole_when_writing_fails(tmp_path, monkeypatch):
    path = tmp_path / "x.inkml"
    path.write_text("the old one")

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UnwritableFileError, match="No space left"):
        write_inkml(SMALL, path)
    assert path.read_text() == "the old one"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_a_known_error(tmp_path):
    with pytest.raises(UnwritableFileError):
        write_inkml(SMALL, tmp_path / "nowhere" / "x.inkml")
    with pytest.raises(UnwritableFileError):
        write_inkml(SMALL, tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="modes and links of POSIX")
def test_an_old_file_keeps_its_mode_and_its_link(tmp_path):
    path, link = tmp_path / "x.inkml", tmp_path / "link.inkml"
    path.write_text("the old one")
    path.chmod(0o640)
    link.symlink_to(path)
    write_inkml(SMALL, link)
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert read_inkml(path)


def test_a_new_file_has_the_usual_mode(tmp_path):
    write_inkml(SMALL, tmp_path / "x.inkml")
    Path(tmp_path / "usual").touch()
    modes = {stat.S_IMODE(each.stat().st_mode) for each in tmp_path.iterdir()}
    assert len(modes) == 1


# --- What was put right ------------------------------------------------------------------------


def told(document: InkDocument) -> list[tuple[list[int], str | None]]:
    """Corrections as the places of their strokes among all, and the sign."""
    places = {stroke: place for place, stroke in enumerate(document.ink.strokes)}
    return [([places[each] for each in one.strokes], one.text) for one in document.corrections]


@settings(deadline=None)
@given(st.lists(strokes, min_size=1, max_size=6), st.data())
def test_what_was_put_right_survives_its_file(drawn, data):
    parts = st.lists(st.sampled_from(drawn), min_size=1, unique=True).map(tuple)
    signs = st.none() | st.characters(min_codepoint=33, max_codepoint=126)
    said = tuple(data.draw(st.lists(st.builds(Correction, parts, signs), max_size=4)))
    ink = Ink(tuple(drawn))
    written = format_inkml(ink, said)
    assert told(parse_inkml_document(written, "x")) == told(InkDocument(ink, said))
    again = parse_inkml(written, "x")
    for one, other in zip(drawn, again.strokes, strict=True):
        np.testing.assert_array_equal(one.points, other.points)


def test_what_was_put_right_is_written_as_the_standard_has_it():
    """3.3.1: a view may hold views of traces, and annotations; data sets call a label "truth"."""
    bar = np.array([[1, 2], [3, 4]], np.float32)
    one, two, gone = (Stroke.through(bar) for _ in range(3))
    said = (Correction((two,), "<"), Correction((one, gone), "R"), Correction((two, one)))
    root = fromstring(format_inkml(Ink((one, two)), said))
    names = {"ink": "http://www.w3.org/2003/InkML"}
    (segmentation,) = root.findall("ink:traceView", names)
    assert segmentation.find("ink:annotation", names).attrib == {"type": "truth"}
    found = [
        (
            view.findtext("ink:annotation[@type='truth']", None, names),
            [each.get("traceDataRef") for each in view.findall("ink:traceView", names)],
        )
        for view in segmentation.findall("ink:traceView", names)
    ]
    assert found == [("<", ["#t2"]), (None, ["#t2", "#t1"])]  # that with a stroke that is gone: not
    ids = [each.get("{http://www.w3.org/XML/1998/namespace}id") for each in root.iter()]
    assert [each for each in ids if each and each.startswith("t")] == ["t1", "t2"]
    assert b"traceView" not in format_inkml(Ink((one,)))
    assert b"traceView" not in format_inkml(Ink((one,)), (Correction((gone,), "R"),))


def test_a_sign_that_xml_cannot_hold_is_left_out():
    one = Stroke.through(np.array([[1, 2]], np.float32))
    for text in ("\x00", "\ud800", "", "a\nb"):
        document = parse_inkml_document(format_inkml(Ink((one,)), (Correction((one,), text),)), "x")
        assert told(document) == [([0], None)]


@pytest.mark.parametrize(
    ("views", "expected"),
    [
        ('<annotation type="truth">A</annotation><traceView traceDataRef="#t1"/>', [([0], "A")]),
        ('<annotation>A</annotation><traceView traceDataRef="#t1"/>', [([0], None)]),
        ('<traceView traceDataRef="#t2"/><traceView traceDataRef="t1"/>', [([1, 0], None)]),
        ('<traceView traceDataRef="#t1"/><traceView traceDataRef="#t1"/>', [([0], None)]),
        ('<traceView traceDataRef="#t9"/>', []),
        ('<traceView traceDataRef="#t1"/><traceView traceDataRef="#t9"/>', []),
        ('<traceView traceDataRef="#t1" from="2"/>', []),  # a part of a stroke
        ("<traceView/>", []),
        ("", []),
        ('<annotation type="truth">AB</annotation><traceView traceDataRef="#t1"/>', []),
    ],
)
def test_views_that_are_no_corrections_are_passed_over(views, expected):
    body = (
        f'<ink {NAMESPACE}><trace xml:id="t1">1 2, 3 4</trace><trace id="t2">5 6</trace>'
        '<traceView><annotation type="truth">Segmentation</annotation>'
        f"<traceView>{views}</traceView></traceView></ink>"
    )
    assert told(parse_inkml_document(body.encode(), "x")) == expected


def test_the_labels_of_a_data_set_are_not_what_someone_put_right():
    body = (
        f'<ink {NAMESPACE}><trace id="0">1 2, 3 4</trace>'
        '<traceGroup><annotation type="truth">Segmentation</annotation>'
        '<traceGroup><annotation type="truth">x</annotation><traceView traceDataRef="0"/>'
        "</traceGroup></traceGroup>"
        '<traceView><annotation type="truth">x</annotation><traceView traceDataRef="0"/>'
        "</traceView></ink>"
    )
    assert told(parse_inkml_document(body.encode(), "x")) == []


def test_a_continued_stroke_is_meant_by_any_of_its_traces():
    body = (
        f'<ink {NAMESPACE}><trace id="a">1 2, 3 4</trace><trace id="b" priorRef="#a">5 6</trace>'
        '<traceView><annotation type="truth">Segmentation</annotation><traceView>'
        '<traceView traceDataRef="#a"/><traceView traceDataRef="#b"/></traceView></traceView></ink>'
    )
    assert told(parse_inkml_document(body.encode(), "x")) == [([0], None)]
