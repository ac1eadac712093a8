"""What a file or a folder holds, found without being told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from core.errors import (
    EmptyFolderError,
    MissingFileError,
    UnknownFormatError,
    UnreadableFolderError,
)
from core.ink import Ink
from core.inkml import InkDocument
from core.picture import Picture
from core.sources import folder_files, read_page, read_source
from tests.core.picture_making import TiffPage, colours, encoded, made_tiff, page_fields

INK = b'<ink xmlns="http://www.w3.org/2003/InkML"><trace>0 0, 10 10</trace></ink>'


def filled(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).touch()
    return folder


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder_files(folder)]


# --- Folders ----------------------------------------------------------------------------------


def test_pages_of_a_folder_come_as_people_count(tmp_path):
    names = ["page 10.png", "page 2.png", "Page 1.png", "page 2b.png", "page 02.png", "a.pdf"]
    filled(tmp_path, *names)
    expected = ["a.pdf", "Page 1.png", "page 02.png", "page 2.png", "page 2b.png", "page 10.png"]
    assert names_in(tmp_path) == expected


def test_numbers_too_long_to_be_counted_are_still_sorted(tmp_path):
    long = "9" * 200
    filled(tmp_path, f"{long}1.png", f"{long}0.png", "1.png", "x\u0662.png", "x\u00b2.png")
    assert names_in(tmp_path)[:3] == ["1.png", f"{long}0.png", f"{long}1.png"]


def test_every_kind_of_picture_and_ink_is_found_and_nothing_else(tmp_path):
    ours = ["a.PNG", "b.jpeg", "c.tiff", "d.bmp", "e.webp", "f.pdf", "g.inkml", "h.Jpg"]
    filled(tmp_path, *ours, "i.txt", "png", "j.png.part", ".hidden.png", "._a.png", "Thumbs.db")
    assert names_in(tmp_path) == ours


def test_folders_are_not_looked_into_nor_taken_for_files(tmp_path):
    (tmp_path / "deeper.png").mkdir()
    filled(tmp_path / "deeper.png", "b.png")
    filled(tmp_path, "a.png")
    assert folder_files(tmp_path) == (tmp_path / "a.png",)
    assert folder_files(str(tmp_path)) == (tmp_path / "a.png",)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_links_to_files_count_and_pipes_and_links_to_nowhere_do_not(tmp_path):
    os.mkfifo(tmp_path / "pipe.png")
    filled(tmp_path, "a.png")
    (tmp_path / "b.png").symlink_to(tmp_path / "a.png")
    (tmp_path / "c.png").symlink_to(tmp_path / "nowhere.png")
    (tmp_path / "d.png").symlink_to(tmp_path)
    assert names_in(tmp_path) == ["a.png", "b.png"]


def test_an_empty_folder_says_so(tmp_path):
    (tmp_path / "notes.txt").touch()
    with pytest.raises(EmptyFolderError, match="no picture and no ink") as caught:
        folder_files(tmp_path)
    assert caught.value.path == tmp_path


def test_a_folder_that_is_not_there_or_is_a_file_is_missing(tmp_path):
    filled(tmp_path, "a.png")
    for path in (tmp_path / "nowhere", tmp_path / "a.png"):
        with pytest.raises(MissingFileError):
            folder_files(path)


def test_a_folder_without_rights_says_so(tmp_path, monkeypatch):
    def refuse(_path):
        raise PermissionError(13, "Permission denied")

    # the permission itself cannot be taken from root, who runs many a test
    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(UnreadableFolderError, match="permissions"):
        folder_files(tmp_path)


# --- Pages of files ---------------------------------------------------------------------------


def test_one_page_of_a_file_is_read(tmp_path):
    path = tmp_path / "pages"
    path.write_bytes(
        made_tiff(*[TiffPage(page_fields(4, 1), [bytes([n] * 4)]) for n in (10, 20, 30)])
    )
    page = read_page(path, 3)
    assert isinstance(page, Picture)
    assert (page.page, page.pages, page.pixels[0, 0, 0]) == (3, 3, 30)
    for number in (0, 4, -1):
        with pytest.raises(UnknownFormatError):
            read_page(path, number)
    assert [one.page for one in read_source(path)] == [1, 2, 3]


def test_ink_has_one_page(tmp_path):
    path = tmp_path / "ink.png"
    path.write_bytes(INK)
    assert isinstance(read_page(path, 1), InkDocument)
    assert [type(one) for one in read_source(path)] == [Ink]
    with pytest.raises(UnknownFormatError):
        read_page(path, 2)


def test_what_a_file_of_a_folder_holds_is_told_by_its_bytes(tmp_path):
    (tmp_path / "1.inkml").write_bytes(encoded(".png", colours()))
    (tmp_path / "2.png").write_bytes(INK)
    kinds = [type(next(iter(read_source(path)))) for path in folder_files(tmp_path)]
    assert kinds == [Picture, Ink]
