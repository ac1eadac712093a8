"""The table of the README: the marks, and what was measured."""

from __future__ import annotations

from pathlib import Path

from bench.engines import WHOLE_TO_BARE
from bench.scan import A4_PAGE
from scripts.packages.debian import debian_version

README = Path(__file__).parents[1] / "README.md"
BEGIN = "<!-- benchmarks: written by `make bench ARGS=--write` -->"
END = "<!-- end of benchmarks -->"

_PACKAGE = "size of the package"

MARKS = (
    ("start to first paint, warm: light bundle", "first paint, light bundle, warm", 200),
    ("start to first paint, cold: light bundle", "the same, cold", 350),
    ("start to first answer, warm: light bundle", "first answer after launch, light, warm", 300),
    ("start to first answer, cold: light bundle", "the same, cold", 500),
    ("start to first paint, warm: complete bundle", "first paint, complete bundle, warm", 200),
    ("start to first paint, cold: complete bundle", "the same, cold", 350),
    ("start to first answer, warm: complete bundle", "first answer, complete, warm", 300),
    ("start to first answer, cold: complete bundle", "the same, cold", 500),
    ("size on disk: light bundle", "light bundle on disk", 210),
    ("size on disk: complete bundle", "complete bundle on disk", 1050),
    (f"{_PACKAGE}: glyphpad-light_{debian_version()}_amd64.deb", "light .deb", 65),
    (f"{_PACKAGE}: glyphpad_{debian_version()}_amd64.deb", "complete .deb", 330),
    ("memory after a minute of writing: light bundle", "memory, light, a minute of writing", 150),
    (WHOLE_TO_BARE, "our whole path of one glyph to the bare interpreter", 1.5),
    (A4_PAGE, "an A4 page of 1,000 characters to text, with the start", 1.5),
)
"""What is told: the row's name, how the README calls it, and the most that it should be, in the
row's unit."""


def write(run: dict[str, object]) -> None:
    """Puts the table of a run into the README, between its marks."""
    text = README.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise ValueError(f"{README.name} has no place for the benchmarks: {BEGIN}")
    README.write_text(f"{before}{BEGIN}\n\n{table(run)}\n\n{END}{after}", "utf-8")


def table(run: dict[str, object]) -> str:
    """The table, with the machine below it."""
    rows = {row["what"]: row for row in run["rows"]}
    lines = ["| | at most | measured | n |", "|---|---:|---:|---:|"]
    for what, told, most in MARKS:
        row = rows.get(what)
        if row is not None:
            value, unit = row["value"], row["unit"]
            digits = 2 if value < 10 else 0  # noqa: PLR2004  # three places of what is small
            lines.append(f"| {told} | {most:,} {unit} | {value:,.{digits}f} {unit} | {row['n']} |")
    return "\n".join([*lines, "", f"Medians, on {run['machine']}."])
