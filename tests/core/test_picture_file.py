"""A picture file that is open: pages in any order, small pictures of them, and no file trusted."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import threading
import time
import tracemalloc
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image

from core import pdf as pdf_module
from core import picture_bytes, picture_headers
from core.errors import (
    DamagedFileError,
    EmptyFileError,
    FileChangedError,
    FileError,
    MissingFileError,
    PictureTooLargeError,
    ProtectedFileError,
    SlowPageError,
    UnknownFormatError,
    UnreadableFileError,
)
from core.pdf import MOST_SIDE
from core.picture import MOST_PIXELS, PICTURE_FORMATS, PictureFile, read_picture, read_pictures
from core.picture_file import _OPENERS
from scripts.fuzz_seeds import pdf_of, stream
from tests.core.picture_making import (
    TiffPage,
    bomb,
    chunk,
    colours,
    drawn_pdf,
    encoded,
    made_tiff,
    page_fields,
    pdf,
    png,
    with_exif,
)

ROOT = Path(__file__).parents[2]

MADE = {
    "PNG": lambda: encoded(".png", colours(60, 90)),
    "JPEG": lambda: encoded(".jpg", colours(60, 90)),
    "TIFF": lambda: encoded(".tif", colours(60, 90)),
    "BMP": lambda: encoded(".bmp", colours(60, 90)),
    "WebP": lambda: encoded(".webp", colours(60, 90), [64, 101]),
    "PDF": lambda: drawn_pdf(b"1 0 0 rg 0 0 36 72 re f"),
}


def saved(folder: Path, data: bytes, name: str = "file") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.fixture(params=list(MADE))
def path(request, tmp_path) -> Path:
    return saved(tmp_path, MADE[request.param]())


# --- Pages ------------------------------------------------------------------------------------


def test_there_is_a_way_to_open_every_format():
    assert set(_OPENERS) == set(PICTURE_FORMATS)
    assert set(MADE) == {kind.name for kind in PICTURE_FORMATS}


def test_a_page_is_what_reading_gives(path):
    with PictureFile(path) as file:
        picture = file.page(1)
        assert file.size(1) == (picture.width, picture.height)
        assert (file.source, file.pages) == (str(path), 1)
    read = read_picture(path)
    np.testing.assert_array_equal(picture.pixels, read.pixels)
    assert (picture.source, picture.page, picture.pages) == (read.source, 1, 1)


@pytest.mark.parametrize("number", [0, 2, -1])
def test_a_page_that_is_not_there_is_a_mistake_of_ours(path, number):
    with PictureFile(path) as file, pytest.raises(ValueError, match="no page"):
        file.page(number)


def shades(count: int, side: int = 40) -> list[np.ndarray]:
    return [np.full((side, side + number), number, np.uint8) for number in range(count)]


def test_pages_of_a_tiff_come_in_any_order(tmp_path):
    done, data = cv2.imencodemulti(".tif", shades(9))
    assert done
    with PictureFile(saved(tmp_path, data.tobytes())) as file:
        for number in (9, 1, 5, 5, 2):
            picture = file.page(number)
            assert (picture.page, picture.pages, picture.width) == (number, 9, 39 + number)
            assert (picture.pixels == number - 1).all()


def test_a_late_page_of_a_tiff_is_read_alone(tmp_path):
    noise = np.random.default_rng(0).integers(0, 256, (60, 300, 300), np.uint8)
    pages = [TiffPage(page_fields(300, 300), [page.tobytes()]) for page in noise]
    with PictureFile(saved(tmp_path, made_tiff(*pages))) as file:
        tracemalloc.start()
        shown = file.page(60).pixels
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    np.testing.assert_array_equal(shown[..., 0], noise[-1])
    # the page, in grey, as bytes and in colours; the file has five megabytes
    assert peak < 1_000_000


def test_a_late_page_of_a_pdf_is_rendered_alone(tmp_path, monkeypatch):
    path = saved(tmp_path, pdf(*[(72, 72 + number) for number in range(30)]))
    loaded = []
    load = pdfium.PdfDocument.get_page
    monkeypatch.setattr(
        pdfium.PdfDocument, "get_page", lambda d, index: loaded.append(index) or load(d, index)
    )
    with PictureFile(path) as file:
        assert file.page(25).height == 400
        assert loaded == [24]


def test_a_pdf_of_two_thousand_pages_opens_at_once(tmp_path):
    path = saved(tmp_path, pdf(*[(595, 842)] * 2000))
    begin = time.perf_counter()
    with PictureFile(path) as file:
        assert file.pages == 2000
        assert file.size(2000) == (2480, 3509)
        assert file.thumbnail(1999, 50).shape == (50, 36, 3)
    # 10 ms where this was written
    assert time.perf_counter() - begin < 2


def test_only_the_first_page_of_a_pdf_is_looked_at_when_it_opens(tmp_path, monkeypatch):
    looked = []
    size = pdfium.PdfDocument.get_page_size
    monkeypatch.setattr(
        pdfium.PdfDocument, "get_page_size", lambda d, i: looked.append(i) or size(d, i)
    )
    PictureFile(saved(tmp_path, pdf(*[(72, 72)] * 50))).close()
    assert set(looked) == {0}


@pytest.mark.parametrize(
    ("turn", "size", "red"),
    [(0, (300, 600), (-10, 10)), (90, (600, 300), (10, 10)), (270, (600, 300), (-10, -10))],
)
def test_a_pdf_is_turned_as_it_says(turn, size, red):
    data = drawn_pdf(b"1 0 0 rg 0 0 36 72 re f", page=b"/Rotate %d" % turn)
    with PictureFile.of_bytes(data, "x") as file:
        assert file.size(1) == size
        pixels = file.page(1).pixels
        assert pixels.shape == (size[1], size[0], 3)
        assert pixels[red].tolist() == [255, 0, 0]
        small = file.thumbnail(1, 60)
        assert small.shape == (size[1] // 10, size[0] // 10, 3)


def test_what_is_typed_into_a_form_is_drawn():
    box = b"/Type/XObject/Subtype/Form/BBox[0 0 50 50]"
    data = pdf_of(
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]/Annots[4 0 R]>>",
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(b)/Rect[10 10 60 60]/F 4/AP<</N 5 0 R>>>>",
        stream(b"0 g 0 0 50 50 re f", box),
    )
    with PictureFile.of_bytes(data, "x") as file:
        assert (file.page(1).pixels[60:240, 60:240] < 50).mean() > 0.95


# --- Small pictures ---------------------------------------------------------------------------


@pytest.mark.parametrize("side", [1, 7, 30, 89, 90, 5000])
def test_a_thumbnail_has_the_side_asked_for_and_looks_like_its_page(path, side):
    with PictureFile(path) as file:
        page = file.page(1).pixels
        small = file.thumbnail(1, side)
    assert (small.dtype, small.shape[2]) == (np.uint8, 3)
    assert max(small.shape[:2]) == min(side, max(page.shape[:2]))
    if side > 1:
        wanted = cv2.resize(page, small.shape[1::-1], interpolation=cv2.INTER_AREA)
        assert np.abs(small.astype(int) - wanted).mean() < 12


@pytest.mark.parametrize("turn", [3, 6])
def test_the_thumbnail_of_a_jpeg_is_turned_once(turn):
    scene = np.full((800, 400, 3), 255, np.uint8)
    scene[:200, :100] = (200, 0, 0)
    stored = np.rot90(scene, 2 if turn == 3 else 1)
    data = with_exif(encoded(".jpg", np.ascontiguousarray(stored)), turn)
    with PictureFile.of_bytes(data, "x") as file:
        small = file.thumbnail(1, 40)
    assert small.shape == (40, 20, 3)
    assert np.abs(small[2:8, 1:4].astype(int) - [200, 0, 0]).max() < 20
    assert small[-1, -1].min() > 240


def test_a_large_jpeg_is_not_decoded_whole_for_its_thumbnail(monkeypatch):
    data = encoded(".jpg", np.zeros((1600, 2400, 3), np.uint8))
    sizes = []
    decode = cv2.imdecode

    def watched(*arguments):
        pixels = decode(*arguments)
        sizes.append(pixels.shape[:2])
        return pixels

    monkeypatch.setattr(cv2, "imdecode", watched)
    with PictureFile.of_bytes(data, "x") as file:
        assert file.thumbnail(1, 160).shape == (107, 160, 3)
        assert file.thumbnail(1, 1000).shape == (667, 1000, 3)
    assert sizes == [(200, 300), (800, 1200)]


@pytest.mark.parametrize("ycc", [False, True])
def test_a_jpeg_in_four_inks_as_adobe_writes_it(ycc):
    """Inverted; as they are, or three of them as brightness and two differences."""
    rgb = colours(64, 96)
    rgb[..., 2] = 0
    ink = np.asarray(Image.fromarray(rgb).convert("CMYK")).copy()
    ink[..., 3] = 40
    shown = np.rint((255 - ink[..., :3].astype(float)) * (255 - 40) / 255)
    file = io.BytesIO()
    stored = ink
    if ycc:
        # libjpeg makes of these the inks of ITU-T T.872, 6.2; Pillow inverts all four
        light = np.asarray(Image.fromarray(ink[..., :3]).convert("YCbCr"))
        stored = np.dstack([255 - light, ink[..., 3]])
    Image.fromarray(stored, "CMYK").save(file, "JPEG", quality=98)
    data = bytearray(file.getvalue())
    at = data.index(b"Adobe") + 11
    assert data[at] == 0
    data[at] = 2 if ycc else 0
    with PictureFile.of_bytes(bytes(data), "x") as opened:
        assert np.abs(opened.page(1).pixels.astype(int) - shown).mean() < 4
        small = opened.thumbnail(1, 24).astype(int)
        assert np.abs(small - cv2.resize(shown, (24, 16), interpolation=cv2.INTER_AREA)).mean() < 6


# --- Files that change ------------------------------------------------------------------------


def asks(file: PictureFile):
    return (lambda: file.page(1), lambda: file.thumbnail(1, 20))


def test_a_file_that_goes_while_it_is_open_is_missing(path):
    with PictureFile(path) as file:
        file.page(1)
        path.unlink()
        for ask in asks(file):
            with pytest.raises(MissingFileError):
                ask()


def test_a_file_that_is_written_to_while_it_is_open_has_changed(path):
    data = path.read_bytes()
    with PictureFile(path) as file:
        path.write_bytes(data[:-5])
        for ask in asks(file):
            with pytest.raises(FileChangedError) as caught:
                ask()
            assert caught.value.path == path
            assert "Open it again" in str(caught.value)


def test_a_file_that_another_takes_the_place_of_has_changed(path, tmp_path):
    other = tmp_path / "other"
    shutil.copy2(path, other)
    with PictureFile(path) as file:
        other.replace(path)
        for ask in asks(file):
            with pytest.raises(FileChangedError):
                ask()


def test_a_file_that_is_cut_while_it_is_read_has_changed(path, monkeypatch):
    """As a scanner's program does that writes a file anew: whatever a decoder makes of the rest,
    it is not shown."""
    opened = picture_bytes.FileBytes.opened

    def cut(stored):
        file = opened(stored)
        os.truncate(path, path.stat().st_size // 2)
        return file

    with PictureFile(path) as file:
        if file.kind.name == "PDF":
            # it stays open, so that it is cut under PDFium's hands
            size = pdfium.PdfDocument.get_page_size
            monkeypatch.setattr(
                pdfium.PdfDocument,
                "get_page_size",
                lambda *a: (os.truncate(path, 100), size(*a))[1],
            )
        monkeypatch.setattr(picture_bytes.FileBytes, "opened", cut)
        with pytest.raises(FileChangedError):
            file.page(1)


def test_a_pdf_that_is_cut_while_it_is_open_harms_nobody(tmp_path, capfd):
    noise = np.random.default_rng(0).integers(0, 256, (300, 300, 3), np.uint8)
    file = io.BytesIO()
    images = [Image.fromarray(noise + number) for number in range(5)]
    images[0].save(file, "PDF", save_all=True, append_images=images[1:])
    path = saved(tmp_path, file.getvalue())
    with PictureFile(path) as opened:
        opened.page(1)
        os.truncate(path, 2000)
        with pytest.raises(FileChangedError):
            opened.page(5)
    assert capfd.readouterr() == ("", "")


def test_a_disk_that_gives_no_more_is_said(path, monkeypatch):
    class Failing(io.BytesIO):
        def read(self, *_):
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(picture_bytes.FileBytes, "opened", lambda _: Failing())
    with pytest.raises(UnreadableFileError):
        PictureFile(path)


HANDLES = Path("/proc/self/fd")
has_handles = pytest.mark.skipif(not HANDLES.exists(), reason="there is no list of open files here")


def handles() -> int:
    return len(list(HANDLES.iterdir()))


def test_a_disk_that_goes_with_its_file_is_said_too(tmp_path, monkeypatch):
    path = saved(tmp_path, MADE["PNG"]())
    file = PictureFile(path)

    class Gone(io.BytesIO):
        def read(self, *_):
            path.unlink()
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(picture_bytes.FileBytes, "opened", lambda _: Gone())
    with pytest.raises(MissingFileError):
        file.page(1)


def test_pdfium_is_not_asked_for_pages_of_a_file_that_has_changed(tmp_path, monkeypatch):
    path = saved(tmp_path, MADE["PDF"]())
    asked = []
    with PictureFile(path) as file:
        path.write_bytes(MADE["PDF"]() + b" ")
        size = pdfium.PdfDocument.get_page_size
        monkeypatch.setattr(
            pdfium.PdfDocument, "get_page_size", lambda d, i: asked.append(i) or size(d, i)
        )
        with pytest.raises(FileChangedError):
            file.page(1)
    assert asked == []


@has_handles
def test_nothing_is_held_open_but_a_pdf(path):
    before = handles()
    file = PictureFile(path)
    file.page(1)
    assert handles() - before == (1 if file.kind.name == "PDF" else 0)
    file.close()
    assert handles() == before


@has_handles
def test_a_pdf_that_cannot_be_opened_is_not_held_open(tmp_path):
    path = saved(tmp_path, b"%PDF-1.4 garbage %%EOF")
    before = handles()
    for _ in range(5):
        with pytest.raises(DamagedFileError):
            PictureFile(path)
    assert handles() == before


def test_several_threads_may_ask_at_once(tmp_path):
    images = [Image.fromarray(page) for page in shades(12)]
    paths = [tmp_path / "pages.pdf", tmp_path / "pages.tif"]
    images[0].save(paths[0], save_all=True, append_images=images[1:])
    _, data = cv2.imencodemulti(".tif", shades(12))
    paths[1].write_bytes(data.tobytes())
    files = [PictureFile(path) for path in paths]
    wrong = []

    def ask(seed: int) -> None:
        for number in np.random.default_rng(seed).permutation(12) + 1:
            for file in files:
                if not (file.page(number).pixels == number - 1).all():
                    wrong.append((file.source, number))
                file.thumbnail(number, 20)

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for file in files:
        file.close()
    assert not wrong


# --- Bad files, and large ones ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", EmptyFileError),
        (b"hello", UnknownFormatError),
        (b"%PDF-1.4 garbage", DamagedFileError),
        (b"%PDF-1.4 garbage %%EOF", DamagedFileError),
        (b"\x89PNG\r\n\x1a\n", DamagedFileError),
        (b"\xff\xd8\xff" + b"\xff" * 3_000_000, DamagedFileError),
        (b"\xff\xd8\xff" + b"\xff\xe0\x00\x02" * 500_000, DamagedFileError),
        (b"\x89PNG\r\n\x1a\n" + bytes(12) * 200_000, DamagedFileError),
        (b"II*\0" + b"\x08\0\0\0" * 1000, DamagedFileError),
        (b"RIFF\xff\xff\xff\x7fWEBP" + bytes(100), DamagedFileError),
        (b"BM" + bytes(12) + b"\x28\0\0\0" + bytes(99), DamagedFileError),
    ],
)
def test_garbage_is_soon_refused(tmp_path, data, kind):
    path = saved(tmp_path, data)
    begin = time.perf_counter()
    with pytest.raises(kind):
        PictureFile(path)
    assert time.perf_counter() - begin < 3


def test_a_jpeg_with_more_passes_than_anybody_writes_is_refused():
    data = encoded(".jpg", colours(), [cv2.IMWRITE_JPEG_PROGRESSIVE, 1])
    at = data.rindex(b"\xff\xda")
    again = data[at:-2]
    with PictureFile.of_bytes(data, "x") as file:
        assert file.size(1) == (30, 20)
    with pytest.raises(DamagedFileError):
        PictureFile.of_bytes(data[:-2] + again * 100 + data[-2:], "x")


@pytest.mark.parametrize(
    "data",
    [
        png(1, 1, bits=8, colour=0, rows=b"\0\7", extra=chunk(b"teSt", b"") * 20),
        encoded(".jpg", colours()).replace(b"\xff\xdb", b"\xff\xe5\0\2" * 20 + b"\xff\xdb", 1),
        b"RIFF\xac\0\0\0WEBP" + b"teSt\0\0\0\0" * 21,
    ],
    ids=["PNG", "JPEG", "WebP"],
)
def test_more_parts_than_anybody_writes_are_not_counted_to_their_end(data, monkeypatch):
    parts = []
    monkeypatch.setattr(picture_headers, "MOST_CHUNKS", 10)
    first = picture_headers._first_of_each
    monkeypatch.setattr(picture_headers, "_first_of_each", lambda all_: first(counted(all_)))
    segments = picture_headers._jpeg_segments
    monkeypatch.setattr(picture_headers, "_jpeg_segments", lambda data: counted(segments(data)))

    def counted(every):
        for part in every:
            parts.append(part)
            yield part

    with pytest.raises(DamagedFileError):
        PictureFile.of_bytes(data, "x")
    assert len(parts) == 10


def test_a_pdf_with_a_password_says_so(tmp_path):
    keys = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>/ID[<00><00>]" % (
        b"ab" * 32,
        b"cd" * 32,
    )
    path = saved(tmp_path, drawn_pdf(b"", trailer=keys))
    for open_file in (PictureFile, read_pictures):
        with pytest.raises(ProtectedFileError):
            open_file(path)


@pytest.mark.parametrize("box", ["0 0 14400 14400", "0 0 200000 200000", "0 0 1 14400"])
def test_a_huge_page_of_a_pdf_is_rendered_with_fewer_pixels(box):
    with PictureFile.of_bytes(drawn_pdf(b"", box=box), "x") as file:
        width, height = file.size(1)
        assert width * height <= MOST_PIXELS * 1.01
        assert height <= MOST_SIDE + 1
        small = file.thumbnail(1, 100)
        assert small.shape[0] == 100
        if width < 1000:
            page = file.page(1)
            assert (page.width, page.height) == (width, height)
            assert page.dpi == pytest.approx(height / (14400 / 72), rel=1e-3)


def test_a_page_without_an_end_is_given_up(monkeypatch):
    fills = b"0 0 595 842 re f\n" * 50_000
    monkeypatch.setattr(pdf_module, "MOST_SECONDS", 0.2)
    with PictureFile.of_bytes(drawn_pdf(fills, box="0 0 595 842"), "x") as file:
        begin = time.perf_counter()
        with pytest.raises(SlowPageError):
            file.page(1)
        # all of it takes three minutes where this was written
        assert time.perf_counter() - begin < 10
        assert file.thumbnail(1, 4).shape == (4, 3, 3)


def test_a_page_of_a_pdf_without_a_size_has_one():
    for box in ("0 0 0 0", "5 5 5 90"):
        with PictureFile.of_bytes(drawn_pdf(b"", box=box), "x") as file:
            # PDFium takes it for a letter's page
            assert file.size(1) == pytest.approx((2550, 3300), abs=1)


def extreme(width: int, height: int) -> bytes:
    rows = (b"\0" + bytes(-(-width // 8))) * height
    return png(width, height, bits=1, colour=0, rows=rows)


@pytest.mark.parametrize("size", [(1, 1), (30_000, 1), (1, 30_000), (30_000, 40)])
def test_extreme_sizes_open_and_have_thumbnails(size):
    with PictureFile.of_bytes(extreme(*size), "x") as file:
        assert file.size(1) == size
        assert file.page(1).pixels.shape == (size[1], size[0], 3)
        small = file.thumbnail(1, 160)
        assert max(small.shape[:2]) == min(160, max(size))
        assert min(small.shape[:2]) >= 1


def test_a_thread_longer_than_opencv_decodes_is_too_large():
    with pytest.raises(PictureTooLargeError):
        PictureFile.of_bytes(extreme(2_000_000, 1), "x")


LARGE = """
import resource, sys, time
from core.picture import PictureFile
from core.errors import FileError
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]) << 20,) * 2)
begin = time.perf_counter()
try:
    with PictureFile(sys.argv[1]) as file:
        print(file.thumbnail(1, 160).shape, file.page(1).pixels.shape)
except FileError as error:
    print(type(error).__name__)
with open("/proc/self/status", encoding="ascii") as status:
    # not getrusage: its most is also that of the process that began this one
    (line,) = (line for line in status if line.startswith("VmHWM"))
peak = int(line.split()[1]) // 1024
print(peak, time.perf_counter() - begin)
"""


def in_a_process(path: Path, megabytes: int) -> tuple[str, int, float]:
    """What opening a file comes to, the most memory it took, in MB, and the seconds."""
    run = subprocess.run(
        [sys.executable, "-c", LARGE, path, str(megabytes)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    said, figures = run.stdout.splitlines()
    peak, seconds = figures.split()
    return said, int(peak), float(seconds)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process its most memory")
@pytest.mark.parametrize("suffix", [".png", ".jpg", ".pdf"])
def test_a_hundred_million_pixels_take_bounded_memory(tmp_path, suffix):
    path = tmp_path / f"large{suffix}"
    if suffix == ".png":
        path.write_bytes(bomb(10_000))
    elif suffix == ".jpg":
        path.write_bytes(encoded(".jpg", np.full((10_000, 10_000), 255, np.uint8)))
    else:
        path.write_bytes(pdf((14_400, 14_400)))
    said, peak, seconds = in_a_process(path, 4096)
    assert said.endswith(" (10000, 10000, 3)")
    assert peak < 1300
    assert seconds < 60


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process its most memory")
def test_a_bomb_takes_neither_time_nor_memory(tmp_path):
    path = saved(tmp_path, bomb(60_000))
    said, peak, seconds = in_a_process(path, 2048)
    assert said == "PictureTooLargeError"
    assert peak < 300
    assert seconds < 5


def test_the_page_that_is_too_large_is_named_and_the_others_open(tmp_path):
    data = made_tiff(
        TiffPage(page_fields(4, 1), [b"abcd"]), TiffPage(page_fields(50_000, 50_000), [b"abcd"])
    )
    with PictureFile(saved(tmp_path, data)) as file:
        assert file.page(1).width == 4
        with pytest.raises(FileError):
            file.page(2)
