"""What desktops are told agrees with what the program does, on every system."""

from __future__ import annotations

import re
import runpy
import shutil
import subprocess
from configparser import RawConfigParser
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring
from PySide6.QtGui import QImage, QImageReader

from core import VERSION
from core.inkml import INK_MIME, INK_SUFFIX
from core.picture import PICTURE_SUFFIXES
from core.picture_headers import PICTURE_FORMATS
from desktop.settings import APPLICATION
from scripts.packages import symbols
from scripts.packages.icons import DRAWINGS, SIZES, draw_icons
from scripts.packages.metainfo import metainfo
from scripts.packages.release import IDENTIFIER, ROOT, releases
from scripts.translate import LANGUAGES

LINUX = ROOT / "packaging/linux"
MIMES = {INK_MIME, *(kind.mime for kind in PICTURE_FORMATS)}


@pytest.fixture
def entry():
    parser = RawConfigParser(interpolation=None, delimiters="=")
    parser.optionxform = str
    parser.read(LINUX / "glyphpad.desktop", encoding="utf-8")
    return parser["Desktop Entry"]


def tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def test_the_entry_offers_what_opens(entry):
    assert set(entry["MimeType"].rstrip(";").split(";")) == MIMES
    assert entry["Exec"] == "glyphpad %F"


def test_the_entry_is_of_the_windows_class(entry):
    assert entry["StartupWMClass"] == entry["Icon"] == APPLICATION


@pytest.mark.parametrize("key", ["Name", "GenericName", "Comment", "Keywords"])
def test_the_entry_speaks_every_language(entry, key):
    assert entry[key]
    assert all(entry[f"{key}[{language}]"] for language in LANGUAGES)


def test_the_entry_is_valid():
    path = LINUX / "glyphpad.desktop"
    subprocess.run([tool("desktop-file-validate"), path], check=True)


def test_the_metainfo_is_valid(tmp_path):
    path = tmp_path / f"{IDENTIFIER}.metainfo.xml"
    path.write_text(metainfo(), encoding="utf-8")
    command = [tool("appstreamcli"), "validate", "--no-net", path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_metainfo_tells_of_every_release_and_kind_of_file():
    root = fromstring(metainfo())
    assert [r.get("version") for r in root.iter("release")] == [r.version for r in releases()]
    assert VERSION in {release.version for release in releases()}
    assert {kind.text for kind in root.iter("mediatype")} == MIMES
    assert "@" not in metainfo()


def test_the_screenshots_are_there_and_as_large_as_told():
    for image in fromstring(metainfo()).iter("image"):
        picture = QImage(str(ROOT / "docs/images" / Path(image.text).name))
        assert (picture.width(), picture.height()) == (
            int(image.get("width")),
            int(image.get("height")),
        )


def test_ink_has_a_type():
    root = fromstring((LINUX / "glyphpad-mime.xml").read_text(encoding="utf-8"))
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    kind = root.find(f"{space}mime-type")
    assert kind.get("type") == INK_MIME
    assert kind.find(f"{space}glob").get("pattern") == f"*{INK_SUFFIX}"
    assert f"mimetypes/{kind.find(f'{space}icon').get('name')}" in DRAWINGS


def test_icons_are_there_in_every_size(tmp_path):
    draw_icons(tmp_path)
    for name in DRAWINGS:
        for size in SIZES:
            picture = QImage(str(tmp_path / f"{size}x{size}/{name}.png"))
            assert picture.width() == picture.height() == size
            assert picture.pixelColor(0, 0).alpha() == 0
            assert picture.pixelColor(size // 2, size // 4).alpha() == 255
        assert (tmp_path / f"scalable/{name}.svg").read_bytes() == DRAWINGS[name].read_bytes()


def test_the_icon_for_windows_has_every_size(tmp_path):
    symbols.main([str(tmp_path)])
    reader = QImageReader(str(tmp_path / "glyphpad.ico"))
    found = []
    for number in range(reader.imageCount()):
        assert reader.jumpToImage(number)
        found.append(reader.read().width())
    assert tuple(found) == symbols.ICO_SIZES


def test_the_icon_for_macos_has_every_size(tmp_path):
    symbols.main([str(tmp_path)])
    data = (tmp_path / "glyphpad.icns").read_bytes()
    assert int.from_bytes(data[4:8], "big") == len(data)
    place, found = 8, {}
    while place < len(data):
        code, size = data[place : place + 4], int.from_bytes(data[place + 4 : place + 8], "big")
        found[code] = QImage.fromData(data[place + 8 : place + size]).width()
        place += size
    assert found == symbols.ICNS_SIZES


def test_windows_is_told_of_every_ending():
    text = (ROOT / "packaging/windows/glyphpad.iss").read_text(encoding="utf-8")
    assert set(re.findall(r'^#emit Picture\("(.*)"\)', text, re.MULTILINE)) == {*PICTURE_SUFFIXES}
    assert f"Classes\\{INK_SUFFIX}\\OpenWithProgids" in text
    for key in set(re.findall(r"^en\.(\w+)=", text, re.MULTILINE)):
        assert all(re.search(rf"^{code}\.{key}=.", text, re.MULTILINE) for code in LANGUAGES)


def test_macos_is_told_of_ink_and_as_many_kinds_of_pictures():
    told = runpy.run_path(str(ROOT / "packaging/macos/application.py"))
    assert told["IDENTIFIER"] == IDENTIFIER
    ink = told["PROPERTIES"]["UTExportedTypeDeclarations"][0]["UTTypeTagSpecification"]
    assert ink["public.filename-extension"] == [INK_SUFFIX.removeprefix(".")]
    assert ink["public.mime-type"] == [INK_MIME]
    assert len(told["PICTURE_TYPES"]) == len(PICTURE_FORMATS)
    assert set(told["PROPERTIES"]["CFBundleLocalizations"]) == {"en", *LANGUAGES}
