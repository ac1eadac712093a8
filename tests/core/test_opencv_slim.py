"""OpenCV as `make opencv-slim` builds it: every picture is decoded as by the wheel's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

SLIM = Path(__file__).resolve().parents[2] / ".opencv-slim"

DECODE = """
import hashlib, json, sys
from pathlib import Path

import cv2
import numpy as np

WAYS = {
    "colour": cv2.IMREAD_COLOR,
    "unchanged": cv2.IMREAD_UNCHANGED,
    "as stored": cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION,
    "half": cv2.IMREAD_REDUCED_COLOR_2,
    "quarter": cv2.IMREAD_REDUCED_COLOR_4,
    "eighth": cv2.IMREAD_REDUCED_COLOR_8,
}


def told(pixels):
    if pixels is None:
        return "nothing"
    digest = hashlib.sha256(np.ascontiguousarray(pixels).tobytes()).hexdigest()
    return f"{pixels.dtype} {pixels.shape} {digest}"


found = {"cv2": cv2.__file__}
for path in sorted(Path(sys.argv[1]).iterdir()):
    data = np.frombuffer(path.read_bytes(), np.uint8)
    for name, way in WAYS.items():
        try:
            found[f"{path.name}, {name}"] = told(cv2.imdecode(data, way))
        except cv2.error as error:
            found[f"{path.name}, {name}"] = f"error {error.code}"
print(json.dumps(found))
"""

ORIENTATION = 0x112
"""EXIF's tag of it."""

pytestmark = pytest.mark.skipif(not SLIM.is_dir(), reason="make opencv-slim has not been run")


def picture() -> Image.Image:
    """Waves, noise and edges, 307 x 211."""
    y, x = np.mgrid[0:211, 0:307]
    waves = [(x * 3 + y * 2) % 256, (x * y // 7) % 256, ((x - 200) ** 2 + (y - 150) ** 2) // 40]
    pixels = (np.stack(waves, axis=-1) % 256).astype(np.uint8)
    pixels[60:120, 80:160] = np.random.default_rng(3).integers(0, 256, (60, 80, 3), np.uint8)
    return Image.fromarray(pixels)


def exif(orientation: int) -> Image.Exif:
    told = Image.Exif()
    told[ORIENTATION] = orientation
    return told


@pytest.fixture(scope="module")
def pictures(tmp_path_factory) -> Path:
    """A folder with a picture of every kind that Glyphpad reads."""
    folder = Path(tmp_path_factory.mktemp("pictures"))
    colour = picture()
    grey, bits = colour.convert("L"), colour.convert("1")
    deep = Image.fromarray(np.asarray(grey).astype(np.uint16) * 257)
    modes = {"colour": colour, "grey": grey, "bits": bits, "palette": colour.convert("P")}
    for name, image in modes.items():
        image.save(folder / f"{name}.png")
        image.save(folder / f"{name}.bmp")
        image.save(folder / f"{name}.tif")
    for name in ("png", "bmp", "webp", "tif"):
        colour.convert("RGBA").save(folder / f"alpha.{name}")
    deep.save(folder / "deep.png")
    deep.save(folder / "deep.tif")
    for quality in (30, 75, 95):
        for sampling in (0, 1, 2):
            name = folder / f"q{quality}-s{sampling}.jpg"
            colour.save(name, quality=quality, subsampling=sampling)
    colour.save(folder / "progressive.jpg", progressive=True)
    grey.save(folder / "grey.jpg")
    for orientation in range(1, 9):
        colour.save(folder / f"turned-{orientation}.jpg", exif=exif(orientation))
    colour.save(folder / "turned.png", exif=exif(6))
    colour.save(folder / "turned.webp", exif=exif(6))
    for packing in ("tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg"):
        colour.save(folder / f"{packing}.tif", compression=packing)
    for packing in ("group3", "group4", "tiff_ccitt"):
        bits.save(folder / f"{packing}.tif", compression=packing)
    inks = colour.convert("CMYK")
    inks.save(folder / "inks.jpg")
    inks.save(folder / "inks.tif")
    inks.save(folder / "inks-packed.tif", compression="tiff_adobe_deflate")
    colour.convert("LAB").save(folder / "lab.tif")
    colour.save(folder / "lossless.webp", lossless=True)
    colour.save(folder / "lossy.webp", quality=70)
    for name in ("q75-s2.jpg", "colour.png", "tiff_lzw.tif", "lossy.webp"):
        whole = (folder / name).read_bytes()
        (folder / f"cut-{name}").write_bytes(whole[: len(whole) // 2])
    return folder


def decoded(pictures: Path, *, slim: bool) -> dict[str, str]:
    """What becomes of each picture, in each way of decoding it."""
    environment = {**os.environ, **({"PYTHONPATH": str(SLIM)} if slim else {})}
    done = subprocess.run(
        [sys.executable, "-c", DECODE, str(pictures)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return dict(json.loads(done.stdout))


def test_every_picture_is_decoded_as_by_the_wheel(pictures):
    wheel, slim = (decoded(pictures, slim=slim) for slim in (False, True))
    assert str(SLIM) in slim.pop("cv2")
    assert str(SLIM) not in wheel.pop("cv2")
    assert len(wheel) > 200
    assert len(set(wheel.values())) > 100
    assert {name for name in wheel if wheel[name] != slim[name]} == set()
