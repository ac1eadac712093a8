"""What software centres show of the program: AppStream's metainfo, with the changelog in it."""

from __future__ import annotations

from xml.sax.saxutils import escape

from scripts.packages.release import HOMEPAGE, IDENTIFIER, ROOT, Release, releases

TEMPLATE = ROOT / "packaging/linux/glyphpad.metainfo.xml"


def metainfo() -> str:
    """The file's text."""
    text = TEMPLATE.read_text(encoding="utf-8")
    head, _, commented = text.partition("<!--")
    _, _, rest = commented.partition("-->\n")  # the note to who edits the template
    told = "\n".join(_release(release) for release in releases())
    for name, value in (("@ID@", IDENTIFIER), ("@HOMEPAGE@", HOMEPAGE), ("@RELEASES@", told)):
        rest = rest.replace(name, value)
    return head + rest


def _release(release: Release) -> str:
    kind = "stable" if release.out else "development"
    items = "\n".join(f"          <li>{escape(change)}</li>" for change in release.changes)
    return (
        f'    <release version="{release.version}" type="{kind}" '
        f'date="{release.date:%Y-%m-%d}">\n'
        f"      <description>\n        <ul>\n{items}\n        </ul>\n      </description>\n"
        f"    </release>"
    )
