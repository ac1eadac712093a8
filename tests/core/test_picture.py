"""Pictures from files: every format upright and right in colour, every bad file a known error."""

from __future__ import annotations

import os
import struct
import tracemalloc
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import picture_decoding
from core.errors import (
    DamagedFileError,
    EmptyFileError,
    FileTooLargeError,
    GlyphpadError,
    MissingFileError,
    PictureTooLargeError,
    ProtectedFileError,
    UnknownFormatError,
    UnreadableFileError,
)
from core.picture import (
    MOST_PIXELS,
    PICTURE_FORMATS,
    PICTURE_SUFFIXES,
    Picture,
    decode_picture,
    decode_pictures,
    picture_format,
    picture_from_pixels,
    read_picture,
    read_pictures,
)
from core.picture_headers import JPEG, PDF, PNG, WEBP, read_header
from core.picture_pixels import upright
from tests.core.picture_making import (
    LOSSLESS,
    bomb,
    chunk,
    colours,
    drawn_pdf,
    encoded,
    exif,
    pdf,
    png,
    tiff,
    with_exif,
)

# --- Every format, right ----------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "suffix", "parameters"), LOSSLESS)
def test_a_lossless_picture_comes_back_exactly(kind, suffix, parameters):
    picture = decode_picture(encoded(suffix, colours(), parameters), "x")
    np.testing.assert_array_equal(picture.pixels, colours())
    assert (picture.width, picture.height) == (30, 20)
    assert (picture.source, picture.page, picture.pages) == ("x", 1, 1)


@pytest.mark.parametrize("parameters", [(), (cv2.IMWRITE_JPEG_PROGRESSIVE, 1)])
def test_a_jpeg_comes_back_with_its_colours(parameters):
    smooth = colours()
    smooth[..., 2] = 0
    data = encoded(".jpg", smooth, [cv2.IMWRITE_JPEG_QUALITY, 100, *parameters])
    apart = np.abs(decode_picture(data, "x").pixels.astype(int) - smooth)
    assert apart.max() < 10


def test_a_grey_jpeg_has_three_equal_channels():
    pixels = decode_picture(encoded(".jpg", colours()[..., 0]), "x").pixels
    assert pixels.shape == (20, 30, 3)
    assert (pixels[..., 0] == pixels[..., 2]).all()


@pytest.mark.parametrize("kind", PICTURE_FORMATS, ids=lambda kind: kind.name)
def test_the_table_of_formats_is_complete(kind):
    assert kind.suffixes
    assert all(suffix == suffix.lower() and suffix[0] == "." for suffix in kind.suffixes)
    assert "/" in kind.mime
    assert set(kind.suffixes) <= set(PICTURE_SUFFIXES)
    assert len(set(PICTURE_SUFFIXES)) == len(PICTURE_SUFFIXES)


@pytest.mark.parametrize(("kind", "suffix"), [(k, s) for k in PICTURE_FORMATS for s in k.suffixes])
def test_the_bytes_tell_the_format_whatever_the_name(tmp_path, kind, suffix):
    data = {
        PDF: lambda: pdf((72, 72)),
        JPEG: lambda: encoded(".jpg", colours()),
        **{k: lambda s=s, p=p: encoded(s, colours(), p) for k, s, p in LOSSLESS},
    }
    for other, make in data.items():
        assert picture_format(make()) is other
        path = tmp_path / f"wrong{suffix}"
        path.write_bytes(make())
        assert read_picture(path).width > 0


@pytest.mark.parametrize(
    "name", ["blank space.png", "Größe 名前 🖋.png", "per%cent'\"&.png", "noending"]
)
def test_paths_may_hold_any_characters(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(encoded(".png", colours()))
    picture = read_picture(path)
    assert picture.source == str(path)
    np.testing.assert_array_equal(picture.pixels, colours())


# --- Turns ------------------------------------------------------------------------------------

STORED_FROM_UPRIGHT = {
    1: lambda p: p,
    2: np.fliplr,
    3: lambda p: np.rot90(p, 2),
    4: np.flipud,
    5: lambda p: np.flipud(np.rot90(p, 1)),
    6: lambda p: np.rot90(p, 1),
    7: lambda p: np.fliplr(np.rot90(p, 1)),
    8: lambda p: np.rot90(p, -1),
}
"""How a camera that was held in each of Exif's eight ways stores an upright scene."""


@pytest.mark.parametrize("turn", range(1, 9))
@pytest.mark.parametrize("order", ["<", ">"])
def test_a_jpeg_is_turned_as_its_exif_says(turn, order):
    scene = np.full((40, 64, 3), 255, np.uint8)
    scene[:16, :8] = 0
    stored = encoded(".jpg", STORED_FROM_UPRIGHT[turn](scene))
    pixels = decode_picture(with_exif(stored, turn, order), "x").pixels
    assert pixels.shape == scene.shape
    assert np.abs(pixels.astype(int) - scene).max() < 40


@pytest.mark.parametrize("turn", range(1, 9))
def test_a_png_and_a_tiff_are_turned_too(turn):
    grey = colours()[..., 1]
    stored = np.ascontiguousarray(STORED_FROM_UPRIGHT[turn](grey))
    height, width = stored.shape
    rows = b"".join(b"\0" + row.tobytes() for row in stored)
    block = chunk(b"eXIf", exif(turn)[6:])
    as_png = png(width, height, bits=8, colour=0, rows=rows, extra=block)
    as_tiff = tiff(width, height, stored.tobytes(), {274: (3, turn)})
    for data in (as_png, as_tiff):
        np.testing.assert_array_equal(decode_picture(data, "x").pixels[..., 0], grey)


@pytest.mark.parametrize("turn", [0, 9, 255])
def test_a_turn_that_does_not_exist_is_none(turn):
    data = with_exif(encoded(".jpg", colours()), turn)
    assert decode_picture(data, "x").pixels.shape == (20, 30, 3)


def test_a_damaged_exif_block_does_not_spoil_the_picture():
    body = b"Exif\0\0II*\0\xff\xff\xff\xff"
    jpeg = encoded(".jpg", colours())
    data = jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + jpeg[2:]
    assert decode_picture(data, "x").height == 20


@given(st.integers(1, 9), st.integers(1, 9), st.integers(1, 8))
def test_turning_keeps_every_pixel(height, width, turn):
    pixels = np.arange(height * width * 3, dtype=np.uint8).reshape(height, width, 3)
    turned = upright(pixels, turn)
    assert turned.shape[:2] == ((height, width) if turn < 5 else (width, height))
    np.testing.assert_array_equal(np.sort(turned, axis=None), np.sort(pixels, axis=None))
    np.testing.assert_array_equal(upright(STORED_FROM_UPRIGHT[turn](pixels), turn), pixels)


# --- Depth, opacity, grey ---------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_sixteen_bits_become_eight(suffix):
    deep = colours().astype(np.uint16) * 257
    np.testing.assert_array_equal(decode_picture(encoded(suffix, deep), "x").pixels, colours())


def test_floats_become_eight_bits_and_what_is_no_number_black():
    deep = np.array([[0.0, 0.5], [1.0, np.nan]], np.float32)
    pixels = picture_from_pixels(deep, source="x").pixels[..., 0]
    assert pixels.tolist() == [[0, 128], [255, 0]]
    brighter = picture_from_pixels(deep * 1000, source="x").pixels[..., 0]
    assert brighter.tolist() == [[0, 128], [255, 0]]


def test_what_is_transparent_is_white():
    pixels = np.array([[[0, 0, 0, 0], [0, 0, 0, 255], [200, 100, 0, 128]]], np.uint8)
    rows = b"\0" + pixels.tobytes()
    for made in (
        decode_picture(png(3, 1, bits=8, colour=6, rows=rows), "x"),
        picture_from_pixels(pixels, source="x"),
    ):
        assert made.pixels[0, :2].tolist() == [[255] * 3, [0] * 3]
        np.testing.assert_allclose(made.pixels[0, 2], [227, 177, 127], atol=1)


@pytest.mark.parametrize("bits", [8, 16])
def test_grey_with_opacity_and_a_transparent_palette_are_white_too(bits):
    black_clear, black_solid = bytes(bits // 4), bytes(bits // 8) + b"\xff" * (bits // 8)
    grey = png(2, 1, bits=bits, colour=4, rows=b"\0" + black_clear + black_solid)
    assert decode_picture(grey, "x").pixels[0, :, 0].tolist() == [255, 0]
    palette = chunk(b"PLTE", bytes(6)) + chunk(b"tRNS", b"\0\xff")
    indexed = png(2, 1, bits=8, colour=3, rows=b"\0\0\1", extra=palette)
    assert decode_picture(indexed, "x").pixels[0, :, 0].tolist() == [255, 0]


def test_a_tiff_whose_colours_were_multiplied_already_is_not_multiplied_again():
    pixel = bytes([100, 100, 100, 128])
    data = tiff(1, 1, pixel, {262: (3, 2), 277: (3, 4), 338: (3, 1)})
    assert decode_picture(data, "x").pixels[0, 0].tolist() == [227, 227, 227]


def test_the_padding_of_a_bmp_is_no_opacity():
    # as a clipboard gives it: a mask for opacity, and zeros behind it
    header = struct.pack("<IiiHHIIiiII", 108, 1, 1, 1, 32, 3, 4, 11811, 11811, 0, 0)
    masks = struct.pack("<IIII", 0xFF0000, 0xFF00, 0xFF, 0xFF000000) + bytes(52)
    data = b"BM" + struct.pack("<IHHI", 126, 0, 0, 122) + header + masks + bytes([10, 20, 30, 0])
    picture = decode_picture(data, "x")
    assert picture.pixels[0, 0].tolist() == [30, 20, 10]
    assert picture.dpi == pytest.approx(300, abs=0.1)


@pytest.mark.parametrize(("photometric", "outside"), [(0, 255), (1, 0)])
def test_a_fax_page_opens_in_its_own_polarity(photometric, outside):
    # ITU-T T.6: the first row in horizontal mode (4 white, 8 black), the others "as above"
    rows = "001" + "1011" + "000101" + "1" + "111" * 5 + "000000000001" * 2
    rows += "0" * (-len(rows) % 8)
    data = int(rows, 2).to_bytes(len(rows) // 8, "big")
    file = tiff(20, 6, data, {258: (3, 1), 259: (3, 4), 262: (3, photometric)})
    pixels = decode_picture(file, "x").pixels[..., 0]
    assert (pixels[:, :4] == outside).all()
    assert (pixels[:, 4:12] == 255 - outside).all()
    assert (pixels[:, 12:] == outside).all()


@given(st.integers(1, 6), st.integers(1, 6), st.sampled_from([(), (3,), (4,)]))
def test_pixels_from_elsewhere_are_copied(height, width, shape):
    pixels = np.full((height, width, *shape), 7, np.uint8)
    picture = picture_from_pixels(pixels, source="pasted")
    pixels[:] = 99
    assert picture.pixels.shape == (height, width, 3)
    assert not (picture.pixels == 99).any()


@pytest.mark.parametrize("shape", [(0, 5), (5, 0, 3), (5,), (5, 5, 2), (5, 5, 3, 1), ()])
def test_pixels_of_another_shape_are_refused(shape):
    with pytest.raises(ValueError, match="shape"):
        picture_from_pixels(np.zeros(shape, np.uint8), source="x")


def test_a_picture_cannot_be_changed_or_made_wrong():
    picture = Picture(colours(), "x")
    with pytest.raises(ValueError, match="read-only"):
        picture.pixels[0, 0, 0] = 1
    with pytest.raises(TypeError):
        Picture(colours().astype(np.float32), "x")
    with pytest.raises(ValueError, match="shape"):
        Picture(colours()[..., 0], "x")
    with pytest.raises(ValueError, match="page"):
        Picture(colours(), "x", page=3, pages=2)


# --- Resolution -------------------------------------------------------------------------------


def test_the_resolution_is_what_the_file_says():
    rows = b"".join(b"\0" + bytes(2) for _ in range(2))
    density = chunk(b"pHYs", struct.pack(">IIB", 11811, 11811, 1))
    assert decode_picture(
        png(2, 2, bits=8, colour=0, rows=rows, extra=density), "x"
    ).dpi == pytest.approx(300, abs=0.1)
    jpeg = bytearray(encoded(".jpg", colours()))
    at = jpeg.index(b"JFIF\0") + 7
    jpeg[at : at + 3] = struct.pack(">BH", 2, 100)
    assert decode_picture(bytes(jpeg), "x").dpi == pytest.approx(254)
    jpeg[at : at + 3] = struct.pack(">BH", 0, 1)
    assert decode_picture(bytes(jpeg), "x").dpi is None
    assert decode_picture(pdf((72, 72)), "x").dpi == 300


@pytest.mark.parametrize(("unit", "dpi"), [(1, None), (2, 200), (3, 508)])
def test_the_resolution_of_a_tiff_has_its_unit(unit, dpi):
    # the ratio stands among the pixels of the strip
    data = tiff(4, 2, struct.pack("<II", 400, 2), {282: (4, 8), 296: (3, unit)})
    at = data.index(struct.pack("<HHI", 282, 4, 1))
    ratio = data[:at] + struct.pack("<HHI", 282, 5, 1) + data[at + 8 :]
    assert decode_picture(ratio, "x").dpi == dpi


# --- Pages ------------------------------------------------------------------------------------


def test_a_tiff_gives_its_pages_one_by_one():
    pages = [colours(), colours(40, 10), 255 - colours()]
    done, data = cv2.imencodemulti(".tif", [np.ascontiguousarray(p[..., ::-1]) for p in pages])
    assert done
    pictures = list(decode_pictures(data.tobytes(), "x"))
    assert [(picture.page, picture.pages) for picture in pictures] == [(1, 3), (2, 3), (3, 3)]
    for picture, page in zip(pictures, pages, strict=True):
        np.testing.assert_array_equal(picture.pixels, page)


def test_pages_are_decoded_only_when_asked_for(monkeypatch):
    decoded = []
    decode = cv2.imdecode
    monkeypatch.setattr(cv2, "imdecode", lambda *a: decoded.append(a) or decode(*a))
    _, data = cv2.imencodemulti(".tif", [colours(), colours(), colours()])
    pages = decode_pictures(data.tobytes(), "x")
    assert decoded == []
    next(pages)
    assert len(decoded) == 1


def test_a_tiff_whose_pages_run_in_a_circle_is_damaged():
    data = tiff(2, 2, bytes(4), {})
    with pytest.raises(DamagedFileError):
        decode_pictures(data[:-4] + struct.pack("<I", 12), "x")


def test_a_pdf_is_rendered_at_its_size_on_white():
    # the lower left quarter red, from the page's own lower left corner
    picture = decode_picture(drawn_pdf(b"1 0 0 rg 0 0 36 72 re f"), "x")
    assert picture.pixels.shape == (600, 300, 3)
    assert picture.pixels[10, 10].tolist() == [255, 255, 255]
    assert picture.pixels[-10, 10].tolist() == [255, 0, 0]


def test_a_pdf_gives_its_pages_in_order():
    pictures = list(decode_pictures(pdf((72, 144), (144, 72)), "x"))
    assert [(each.width, each.height) for each in pictures] == [(300, 600), (600, 300)]
    assert [(each.page, each.pages) for each in pictures] == [(1, 2), (2, 2)]


def test_two_pdfs_can_be_read_in_turn():
    first, second = decode_pictures(pdf((72, 72)), "a"), decode_pictures(pdf((36, 36)), "b")
    assert next(first).width == 300
    assert next(second).width == 150
    first.close()
    assert list(second) == []


# --- Bad files --------------------------------------------------------------------------------


def test_a_missing_file_is_named(tmp_path):
    path = tmp_path / "nowhere" / "x.png"
    with pytest.raises(MissingFileError) as caught:
        read_pictures(path)
    assert caught.value.path == path
    (tmp_path / "file").touch()
    with pytest.raises(MissingFileError):
        read_pictures(tmp_path / "file" / "x.png")


def test_a_folder_is_unreadable(tmp_path):
    with pytest.raises(UnreadableFileError):
        read_pictures(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_named_pipe_is_unreadable_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnreadableFileError):
        read_pictures(tmp_path / "pipe")


def test_a_file_without_permission_is_unreadable(tmp_path, monkeypatch):
    path = tmp_path / "x.png"
    path.write_bytes(encoded(".png", colours()))

    def refuse(*_args, **_keywords):
        raise PermissionError(13, "Permission denied")

    # the permission itself cannot be taken from root, who runs many a test
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UnreadableFileError):
        read_pictures(path)


def test_an_empty_file_is_empty(tmp_path):
    (tmp_path / "x.png").touch()
    with pytest.raises(EmptyFileError):
        read_pictures(tmp_path / "x.png")
    with pytest.raises(EmptyFileError):
        decode_pictures(b"", "x")


@pytest.mark.parametrize(
    "data",
    [
        b"hello",
        b"BM is how a text may begin, and so on",
        b"GIF89a" + bytes(20),
        b"<ink/>",
        bytes(99),
    ],
)
def test_what_is_no_picture_is_unknown_whatever_its_name(tmp_path, data):
    path = tmp_path / "x.png"
    path.write_bytes(data)
    with pytest.raises(UnknownFormatError):
        read_pictures(path)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("suffix", [".png", ".jpg", "progressive", ".tif", ".bmp", ".webp", "pdf"])
def test_a_file_that_is_cut_short_is_damaged(suffix, share):
    noise = np.random.default_rng(1).integers(0, 255, (60, 80, 3), np.uint8)
    whole = {
        "pdf": lambda: pdf((72, 72)),
        "progressive": lambda: encoded(".jpg", noise, [cv2.IMWRITE_JPEG_PROGRESSIVE, 1]),
    }.get(suffix, lambda: encoded(suffix, noise))()
    with pytest.raises(DamagedFileError):
        list(decode_pictures(whole[: int(len(whole) * share)], "x"))


@pytest.mark.parametrize(("kind", "suffix"), [(PNG, ".png"), (JPEG, ".jpg"), (WEBP, ".webp")])
def test_a_missing_end_is_known_before_decoding(kind, suffix):
    """Some versions of the decoders fill what is missing with grey."""
    data = encoded(suffix, colours())
    assert read_header(kind, data)
    with pytest.raises(ValueError, match=r"\w"):
        read_header(kind, data[:-20])


def test_a_changed_byte_in_a_png_is_noticed():
    data = bytearray(encoded(".png", colours()))
    data[len(data) // 2] ^= 0xFF
    with pytest.raises(DamagedFileError):
        decode_picture(bytes(data), "x")


def test_a_damaged_comment_does_not_spoil_a_png():
    comment = bytearray(chunk(b"tEXt", b"Comment\0hello"))
    comment[-1] ^= 0xFF
    data = png(1, 1, bits=8, colour=0, rows=b"\0\7", extra=bytes(comment))
    assert decode_picture(data, "x").pixels[0, 0, 0] == 7


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".bmp", ".webp", "pdf"])
def test_what_follows_the_picture_does_no_harm(suffix):
    data = pdf((7, 7)) if suffix == "pdf" else encoded(suffix, colours())
    assert decode_picture(data + b"a thumbnail, a film, or zeros" + bytes(9999), "x").width == 30


def test_a_pdf_with_a_password_is_protected():
    # standard security handler, revision 2, with keys that no password we try opens
    keys = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>/ID[<00><00>]" % (
        b"ab" * 32,
        b"cd" * 32,
    )
    with pytest.raises(ProtectedFileError):
        decode_pictures(drawn_pdf(b"", trailer=keys), "x")


def test_a_bomb_is_refused_before_it_is_decoded(monkeypatch):
    data = bomb(30_000)
    assert len(data) < 200_000
    monkeypatch.setattr(cv2, "imdecode", lambda *_: pytest.fail("it was decoded"))
    tracemalloc.start()
    with pytest.raises(PictureTooLargeError) as caught:
        decode_pictures(data, "x")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2_000_000
    assert caught.value.limit == MOST_PIXELS
    assert "100 million" in str(caught.value)


def too_large(suffix: str) -> bytes:
    """A small file whose header says 20,000 x 20,000 or, for WebP, its most."""
    side = 20_000
    if suffix == ".tif":
        return tiff(side, side, bytes(4), {})
    data = bytearray(encoded(suffix, colours(), [64, 101] if suffix == ".webp" else []))
    if suffix == ".jpg":
        at = data.index(b"\xff\xc0") + 5
        data[at : at + 4] = struct.pack(">HH", side, side)
    elif suffix == ".bmp":
        data[18:26] = struct.pack("<ii", side, -side)
    else:
        data[21:25] = struct.pack("<I", 0x0FFFFFFF)
    return bytes(data)


@pytest.mark.parametrize("suffix", [".jpg", ".tif", ".bmp", ".webp"])
def test_a_header_that_says_too_much_is_refused(suffix):
    with pytest.raises(PictureTooLargeError):
        decode_pictures(too_large(suffix), "x")


def test_a_second_header_cannot_hide_a_bomb():
    small = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    data = png(30_000, 30_000, bits=8, colour=0, rows=b"", extra=small)
    with pytest.raises(PictureTooLargeError):
        decode_pictures(data, "x")


def test_too_many_bytes_are_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(picture_decoding, "MOST_BYTES", 100)
    path = tmp_path / "x.png"
    path.write_bytes(encoded(".png", colours()))
    with pytest.raises(FileTooLargeError):
        read_pictures(path)


@pytest.mark.parametrize(
    "extra",
    [
        chunk(b"iCCP", b"x\0\0" + zlib.compress(b"no profile")),
        chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(9_000_000))),
        chunk(b"teSt", b"unknown"),
    ],
)
def test_nothing_is_said_on_standard_error(capfd, extra):
    rows = b"".join(b"\0" + bytes(4) for _ in range(4))
    decode_picture(png(4, 4, bits=8, colour=0, rows=rows, extra=extra), "x")
    jpeg = bytearray(
        encoded(".jpg", np.random.default_rng(2).integers(0, 255, (60, 80, 3), np.uint8))
    )
    middle = len(jpeg) // 2
    jpeg[middle : middle + 40] = bytes(40)
    decode_picture(bytes(jpeg), "x")
    with pytest.raises(DamagedFileError):
        decode_picture(png(9, 9, bits=8, colour=0, rows=b"\0"), "x")
    os.write(2, b"still there")
    assert capfd.readouterr() == ("", "still there")


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_a_file_with_bytes_changed_opens_or_is_a_known_error(data):
    makers = [lambda: encoded(".jpg", colours()), lambda: pdf((20, 20)), lambda: bytes(bomb(16))]
    makers += [lambda s=s, p=p: encoded(s, colours(), p) for _, s, p in LOSSLESS]
    file = bytearray(data.draw(st.sampled_from(makers))())
    for _ in range(data.draw(st.integers(1, 8))):
        file[data.draw(st.integers(0, len(file) - 1))] = data.draw(st.integers(0, 255))
    try:
        sizes = [picture.pixels.size for picture in decode_pictures(bytes(file), "x")]
    except GlyphpadError:
        return
    assert all(sizes)
