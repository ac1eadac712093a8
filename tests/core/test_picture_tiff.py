"""TIFFs as scanners, faxes and printers' programs write them, and pages that are damaged."""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from core.errors import (
    DamagedFileError,
    FileError,
    PictureTooLargeError,
    UnsupportedPictureError,
)
from core.picture import PictureFile, decode_picture, decode_pictures
from tests.core.picture_making import TiffPage, colours, made_tiff, page_fields

BYTE_ORDERS = pytest.mark.parametrize("order", ["<", ">"])

GREY = colours(33, 47)[..., 0]


def by_pillow(image: Image.Image, **options) -> bytes:
    file = io.BytesIO()
    image.save(file, "TIFF", **options)
    return file.getvalue()


def pixels_of(data: bytes) -> np.ndarray:
    return decode_picture(data, "x").pixels


def tiles_of(stored: np.ndarray, side: int) -> list[bytes]:
    """Square tiles of what is stored (H, W, ...), filled up with zeros."""
    height, width = stored.shape[:2]
    more = [(0, -height % side), (0, -width % side)] + [(0, 0)] * (stored.ndim - 2)
    full = np.pad(stored, more)
    return [
        full[top : top + side, left : left + side].tobytes()
        for top in range(0, full.shape[0], side)
        for left in range(0, full.shape[1], side)
    ]


# --- What scanners write ----------------------------------------------------------------------


@pytest.mark.parametrize("compression", ["group3", "group4", "tiff_ccitt", "tiff_lzw", "packbits"])
@pytest.mark.parametrize("white", [0, 1])
def test_a_page_of_one_bit_opens_in_its_own_polarity(compression, white):
    bits = Image.fromarray(GREY).convert("1")
    # whether a white pixel is stored as 0 or as 1
    data = by_pillow(bits, compression=compression, tiffinfo={262: white})
    assert data[data.index(struct.pack("<HHI", 262, 3, 1)) + 8] == white
    np.testing.assert_array_equal(pixels_of(data)[..., 0], np.asarray(bits) * 255)


@pytest.mark.parametrize(
    "compression", ["raw", "tiff_lzw", "packbits", "tiff_deflate", "tiff_adobe_deflate"]
)
@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "CMYK"])
def test_every_lossless_packing_of_every_kind_of_pixel(compression, mode):
    image = Image.fromarray(colours(33, 47)).convert(mode)
    data = by_pillow(image, compression=compression)
    np.testing.assert_array_equal(pixels_of(data), np.asarray(image.convert("RGB")))


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK", "YCbCr"])
def test_jpeg_within_a_tiff(mode):
    smooth = colours(64, 96)
    smooth[..., 2] = 0
    data = by_pillow(Image.fromarray(smooth).convert(mode), compression="jpeg", quality=95)
    expected = np.asarray(Image.fromarray(smooth).convert(mode).convert("RGB"), int)
    assert np.abs(pixels_of(data) - expected).max() < 12


@BYTE_ORDERS
@pytest.mark.parametrize("big", [False, True])
def test_both_orders_of_bytes_and_large_places(order, big):
    deep = GREY.astype(np.uint16) * 257
    page = TiffPage(page_fields(47, 33, bits=16), [deep.astype(f"{order}u2").tobytes()])
    data = made_tiff(page, order=order, big=big)
    np.testing.assert_array_equal(pixels_of(data)[..., 1], GREY)


@BYTE_ORDERS
@pytest.mark.parametrize("bits", [1, 8, 16])
def test_strips_and_tiles(order, bits):
    stored = {
        1: np.packbits(GREY > 128, axis=1),
        8: GREY,
        16: (GREY.astype(np.uint16) * 257).astype(f"{order}u2"),
    }[bits]
    shown = (GREY > 128) * 255 if bits == 1 else GREY
    strips = [stored[top : top + 10].tobytes() for top in range(0, 33, 10)]
    in_strips = TiffPage(page_fields(47, 33, bits=bits, rows=10), strips)
    np.testing.assert_array_equal(pixels_of(made_tiff(in_strips, order=order))[..., 0], shown)
    if bits > 1:
        fields = page_fields(47, 33, bits=bits, tile_width=16, tile_height=16)
        in_tiles = TiffPage(fields, tiles_of(stored, 16))
        np.testing.assert_array_equal(pixels_of(made_tiff(in_tiles, order=order))[..., 0], shown)


@pytest.mark.parametrize("bits", [2, 4])
@pytest.mark.parametrize("photometric", [0, 1])
def test_a_few_shades_of_grey(bits, photometric):
    most = (1 << bits) - 1
    shades = np.arange(16, dtype=np.uint8).reshape(2, 8) & most
    apart = np.unpackbits(shades[..., None], axis=2)[..., 8 - bits :]
    stored = np.packbits(apart.reshape(2, -1), axis=1)
    page = TiffPage(page_fields(8, 2, bits=bits, photometric=photometric), [stored.tobytes()])
    expected = np.rint(shades * (255 / most))
    expected = expected if photometric else 255 - expected
    np.testing.assert_array_equal(pixels_of(made_tiff(page))[..., 2], expected)


@pytest.mark.parametrize("bits", [1, 2, 4, 8])
def test_a_palette_of_any_size(bits):
    count = 1 << bits
    palette = np.random.default_rng(bits).integers(0, 256, (3, count))
    indices = (np.arange(16).reshape(2, 8) * 5 % count).astype(np.uint8)
    apart = np.unpackbits(indices[..., None], axis=2)[..., 8 - bits :]
    stored = np.packbits(apart.reshape(2, -1), axis=1)
    for deep in (True, False):
        values = (palette * 257 if deep else palette).reshape(-1).tolist()
        fields = page_fields(8, 2, bits=bits, photometric=3, palette=values)
        shown = pixels_of(made_tiff(TiffPage(fields, [stored.tobytes()])))
        np.testing.assert_array_equal(shown, palette.T[indices])


@pytest.mark.parametrize("photometric", [0, 1])
def test_the_bits_of_a_byte_may_run_the_other_way(photometric):
    stored = np.packbits(GREY > 128, axis=1, bitorder="little")
    fields = page_fields(47, 33, bits=1, fill=2, photometric=photometric)
    shown = pixels_of(made_tiff(TiffPage(fields, [stored.tobytes()])))[..., 0]
    np.testing.assert_array_equal(shown > 0, (GREY > 128) == photometric)


@BYTE_ORDERS
@pytest.mark.parametrize("photometric", [0, 1])
@pytest.mark.parametrize("packed", [False, True])
def test_sixteen_bits_in_both_polarities_and_with_a_predictor(order, photometric, packed):
    deep = np.random.default_rng(0).integers(0, 65536, (9, 20)).astype(np.uint16)
    stored = np.diff(deep, axis=1, prepend=np.uint16(0)) if packed else deep
    data = stored.astype(f"{order}u2").tobytes()
    fields = page_fields(20, 9, bits=16, photometric=photometric)
    if packed:
        fields = {**fields, 259: 8, 317: 2}
        data = zlib.compress(data)
    shown = pixels_of(made_tiff(TiffPage(fields, [data]), order=order))[..., 0].astype(int)
    expected = np.rint(deep / 257)
    assert np.abs(shown - (expected if photometric else 255 - expected)).max() <= 1


# --- What printers' programs write ------------------------------------------------------------


def inks(bits: int) -> tuple[np.ndarray, np.ndarray]:
    """Cyan, magenta, yellow and black (H, W, 4), and the colours that they make."""
    most = (1 << bits) - 1
    stored = np.random.default_rng(bits).integers(0, most + 1, (12, 20, 4))
    stored[0] = 0
    stored[1, :, 3] = most
    paper = 1 - stored / most
    return stored, np.rint(paper[..., :3] * paper[..., 3:] * 255)


@BYTE_ORDERS
@pytest.mark.parametrize("bits", [8, 16])
@pytest.mark.parametrize("separate", [False, True])
@pytest.mark.parametrize("packed", [False, True])
def test_four_inks(order, bits, separate, packed):
    stored, expected = inks(bits)
    samples = stored.astype(f"{order}u{bits // 8}")
    planes = [samples[..., k].tobytes() for k in range(4)] if separate else [samples.tobytes()]
    if packed:
        planes = [zlib.compress(plane) for plane in planes]
    fields = page_fields(20, 12, bits=[bits] * 4, samples=4, photometric=5)
    fields = {**fields, 284: 2 if separate else 1, 259: 8 if packed else 1}
    shown = pixels_of(made_tiff(TiffPage(fields, planes), order=order)).astype(int)
    assert np.abs(shown - expected).max() <= 2


def test_a_fifth_ink_is_passed_over():
    stored, expected = inks(8)
    more = np.concatenate([stored, np.full((12, 20, 1), 99)], axis=2).astype(np.uint8)
    fields = page_fields(20, 12, bits=[8] * 5, samples=5, photometric=5, extra=0)
    shown = pixels_of(made_tiff(TiffPage(fields, [more.tobytes()]))).astype(int)
    assert np.abs(shown - expected).max() <= 2


@BYTE_ORDERS
@pytest.mark.parametrize("bits", [8, 16])
@pytest.mark.parametrize("tiled", [False, True])
def test_colours_in_planes_of_their_own(order, bits, tiled):
    rgb = colours(33, 47)
    deep = (rgb.astype(np.uint16) * 257).astype(f"{order}u2") if bits == 16 else rgb
    fields = page_fields(47, 33, bits=[bits] * 3, samples=3, photometric=2, planar=2)
    planes = [np.ascontiguousarray(deep[..., k]) for k in range(3)]
    segments = [plane.tobytes() for plane in planes]
    if tiled:
        fields = {**fields, 322: 16, 323: 16}
        segments = [tile for plane in planes for tile in tiles_of(plane, 16)]
    shown = pixels_of(made_tiff(TiffPage(fields, segments), order=order))
    np.testing.assert_array_equal(shown, rgb)


def test_a_predictor_counts_within_each_tile():
    stored, expected = inks(16)
    tiles = []
    for left in (0, 16):
        tile = np.zeros((16, 16, 4), np.uint16)
        part = stored[:, left : left + 16]
        tile[: part.shape[0], : part.shape[1]] = part
        tiles.append(zlib.compress(np.diff(tile, axis=1, prepend=np.uint16(0)).tobytes()))
    fields = page_fields(20, 12, bits=[16] * 4, samples=4, photometric=5, compression=8)
    fields = {**fields, 317: 2, 322: 16, 323: 16}
    shown = pixels_of(made_tiff(TiffPage(fields, tiles))).astype(int)
    assert np.abs(shown - expected).max() <= 2


def test_opacity_of_sixteen_bits():
    stored = np.array([[[65535, 0, 0, 32768], [0, 0, 0, 0]]], "<u2")
    fields = page_fields(2, 1, bits=[16] * 4, samples=4, photometric=2, extra=2)
    shown = pixels_of(made_tiff(TiffPage(fields, [stored.tobytes()])))
    assert np.abs(shown[0].astype(int) - [[255, 127, 127], [255, 255, 255]]).max() <= 1


def test_floats():
    stored = np.array([[0, 0.5, 1, np.nan]], "<f4")
    for photometric, expected in ((1, [0, 128, 255, 0]), (0, [255, 127, 0, 255])):
        fields = page_fields(4, 1, bits=32, numbers=3, photometric=photometric)
        shown = pixels_of(made_tiff(TiffPage(fields, [stored.tobytes()])))
        assert shown[0, :, 0].tolist() == expected


@pytest.mark.parametrize("turn", range(1, 9))
def test_any_depth_is_turned(turn):
    stored, _ = inks(16)
    fields = page_fields(20, 12, bits=[16] * 4, samples=4, photometric=5)
    data = stored.astype("<u2").tobytes()
    straight = pixels_of(made_tiff(TiffPage(fields, [data])))
    turned = decode_picture(made_tiff(TiffPage({**fields, 274: turn}, [data])), "x")
    with PictureFile.of_bytes(made_tiff(TiffPage({**fields, 274: turn}, [data])), "x") as file:
        assert file.size(1) == (turned.width, turned.height)
    assert turned.pixels.shape[:2] == ((12, 20) if turn < 5 else (20, 12))
    assert np.array_equal(turned.pixels, straight) == (turn == 1)


def test_a_fax_that_does_not_say_what_black_is_has_black_ink():
    bits = Image.fromarray(GREY).convert("1")
    data = by_pillow(bits, compression="group4", tiffinfo={262: 0})
    entry = struct.pack("<HHI", 262, 3, 1)
    at = data.index(entry)
    # a tag that nobody knows, in the same place of the order
    silent = data[:at] + struct.pack("<H", 263) + data[at + 2 :]
    assert data[at + 8] == 0
    np.testing.assert_array_equal(pixels_of(silent), pixels_of(data))


# --- Pages ------------------------------------------------------------------------------------


def page_of(grey: int, **changes: object) -> TiffPage:
    return TiffPage(page_fields(5, 4, **changes), [bytes([grey]) * 20])


def test_thumbnails_and_masks_of_pages_are_no_pages():
    data = made_tiff(page_of(10), page_of(20, kind=1), page_of(30, kind=2), page_of(40, kind=4))
    shown = [picture.pixels[0, 0, 0] for picture in decode_pictures(data, "x")]
    assert shown == [10, 30]
    assert pixels_of(made_tiff(page_of(20, kind=1)))[0, 0, 0] == 20


def test_a_damaged_page_does_not_take_the_others_with_it():
    lost = TiffPage(page_fields(5, 4, compression=8), [b"no deflate at all"])
    huge = TiffPage(page_fields(40_000, 40_000), [b"1234"])
    odd = page_of(4, compression=50000)
    with PictureFile.of_bytes(made_tiff(lost, page_of(2), huge, odd), "x") as file:
        assert file.page(2).pixels[0, 0, 0] == 2
        for number, kind in (
            (1, DamagedFileError),
            (3, PictureTooLargeError),
            (4, UnsupportedPictureError),
        ):
            with pytest.raises(kind):
                file.page(number)
            with pytest.raises(kind):
                file.thumbnail(number, 100)


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"compression": 6}, "JPEG as TIFF first had it"),
        ({"compression": 34712}, "JPEG 2000"),
        ({"compression": 50000}, "Zstandard"),
        ({"compression": 999}, "compression 999 of TIFF"),
        ({"photometric": 32803}, "a camera's raw data"),
        ({"photometric": 777}, "colours 777 of TIFF"),
        ({"bits": 12, "samples": 1}, "12 bits a sample, stored in this way"),
        ({"bits": [8] * 9, "samples": 9}, "9 samples a pixel"),
        ({"bits": [5, 6, 5], "samples": 3, "photometric": 2}, "samples of unequal sizes"),
    ],
)
def test_what_is_not_read_is_named(changes, what):
    data = made_tiff(TiffPage(page_fields(5, 4, **changes), [bytes(999)]))
    with pytest.raises(UnsupportedPictureError, match=what) as caught:
        decode_picture(data, "x")
    assert caught.value.what == what


@pytest.mark.parametrize(
    "changes",
    [
        {"rows": 0},
        {"samples": 0},
        {"photometric": 2},
        {"tile_width": 0, "tile_height": 16},
        {"tile_width": 60_000, "tile_height": 60_000},
        {"photometric": 3},
        {"photometric": 3, "palette": [0, 1, 2]},
        {"photometric": 3, "bits": 4, "palette": [0, 1, 2]},
    ],
)
def test_a_form_that_cannot_be_meant_is_damage(changes):
    with pytest.raises(DamagedFileError):
        decode_picture(made_tiff(TiffPage(page_fields(5, 4, **changes), [bytes(999)])), "x")


def test_pixels_that_are_not_in_the_file_are_damage_wherever_the_directory_is():
    data = bytearray(made_tiff(page_of(7)))
    at = data.index(struct.pack("<HHI", 273, 4, 1)) + 8
    for place in (len(data) - 19, 0xFFFFFFFF):
        data[at : at + 4] = struct.pack("<I", place)
        with pytest.raises(DamagedFileError):
            decode_picture(bytes(data), "x")


@pytest.mark.parametrize("compression", ["tiff_lzw", "tiff_adobe_deflate"])
def test_damage_within_what_is_packed_is_found(compression):
    noise = np.random.default_rng(0).integers(0, 256, (40, 60), np.uint8)
    data = by_pillow(Image.fromarray(noise), compression=compression)
    at = data.index(struct.pack("<HHI", 273, 4, 1)) + 8
    (strip,) = struct.unpack_from("<I", data, at)
    with pytest.raises(DamagedFileError):
        decode_picture(data[: strip + 900] + b"\x81" * 900 + data[strip + 1800 :], "x")


def test_a_strip_without_a_length_ends_where_the_file_does():
    data = made_tiff(page_of(7))
    at = data.index(struct.pack("<HHI", 279, 4, 1))
    # a tag that nobody knows
    assert pixels_of(data[:at] + struct.pack("<H", 280) + data[at + 2 :])[0, 0, 0] == 7


@pytest.mark.parametrize("big", [False, True])
def test_the_places_of_a_directory_may_be_anything(big):
    """Every number of a directory, one after another, becomes as large as it can be."""
    data = made_tiff(page_of(7), page_of(8), big=big)
    for at in range(4, len(data) - 8, 2):
        for value in (b"\xff" * 8, b"\xff\xff\xff\x7f", bytes(4)):
            changed = data[:at] + value + data[at + len(value) :]
            try:
                sizes = [picture.pixels.size for picture in decode_pictures(changed, "x")]
            except FileError:
                continue
            assert all(sizes)


def test_many_directories_of_many_fields_are_soon_refused():
    entries = struct.pack("<H", 60_000) + bytes(12 * 60_000)
    data = b"II*\0" + struct.pack("<I", 8) + entries + struct.pack("<I", 12)
    with pytest.raises(DamagedFileError):
        decode_picture(data, "x")
