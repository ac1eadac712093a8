"""What a frozen program may hold: the table of what is left out, and the licence texts."""

from __future__ import annotations

import pytest

from scripts.bundle_contents import (
    FLAVOURS,
    LICENCES,
    REQUIRED,
    UNUSED,
    is_binary,
    missing_licences,
    why_unused,
)

USED = (
    "PySide6/QtCore.abi3.so",
    "PySide6/QtGui.abi3.so",
    "PySide6/QtWidgets.abi3.so",
    "PySide6/Qt/lib/libQt6Core.so.6",
    "PySide6/Qt/lib/libQt6DBus.so.6",
    "PySide6/Qt/lib/libQt6Svg.so.6",
    "PySide6/Qt/plugins/iconengines/libqsvgicon.so",
    "PySide6/Qt/plugins/imageformats/libqjpeg.so",
    "PySide6/Qt/plugins/imageformats/libqsvg.so",
    "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
    "PySide6/Qt/plugins/platforms/libqoffscreen.so",
    "PySide6/Qt/plugins/platforms/libqwayland.so",
    "PySide6/Qt/plugins/platforms/libqxcb.so",
    "PySide6/Qt/plugins/platformthemes/libqxdgdesktopportal.so",
    "PySide6/Qt/plugins/wayland-shell-integration/libxdg-shell.so",
    "PySide6/Qt/translations/qtbase_de.qm",
    "PySide6/Qt/translations/qtbase_fr.qm",
    "PySide6/plugins/platforms/qwindows.dll",
    "ai_edge_litert/libpywrap_litert_common.so",
    "assets/context.json",
    "assets/samples/note.jpg",
    "assets/translations/glyphpad_de.qm",
    "cv2/cv2.abi3.so",
    "licences/common/LGPL-3.txt",
    "licences/tensorflow-cpu/tensorflow/include/LICENSE",
    "models/glyphnet/CARD.md",
    "models/glyphnet/glyphnet.tflite",
    "models/glyphnet/manifest.json",
    "numpy.libs/libscipy_openblas64_-32a4b2a6.so",
    "pypdfium2_raw/libpdfium.so",
)

KERAS_ONLY = (
    "h5py/h5p.cpython-311-x86_64-linux-gnu.so",
    "keras/__init__.pyc",
    "models/glyphnet/glyphnet.keras",
    "numpy/fft/_pocketfft_umath.cpython-311-x86_64-linux-gnu.so",
    "numpy/random/mtrand.cpython-311-x86_64-linux-gnu.so",
    "optree/_C.cpython-311-x86_64-linux-gnu.so",
    "tensorflow/libtensorflow_cc.so.2",
)

LEFT_OUT = (
    "PySide6/Qt/lib/libQt6Network.so.6",
    "PySide6/Qt/lib/libQt6Pdf.so.6",
    "PySide6/Qt/lib/libQt6Qml.so.6",
    "PySide6/Qt/lib/libQt6Quick.so.6",
    "PySide6/Qt/lib/libQt6VirtualKeyboard.so.6",
    "PySide6/Qt/plugins/generic/libqevdevkeyboardplugin.so",
    "PySide6/Qt/plugins/imageformats/libqtiff.so",
    "PySide6/Qt/plugins/imageformats/libqwebp.so",
    "PySide6/Qt/plugins/platforms/libqlinuxfb.so",
    "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
    "PySide6/Qt/plugins/tls/libqopensslbackend.so",
    "PySide6/Qt/plugins/wayland-shell-integration/libivi-shell.so",
    "PySide6/Qt/translations/qt_gl.qm",
    "PySide6/Qt/translations/qt_help_de.qm",
    "PySide6/Qt/translations/qtbase_lg.qm",
    "PySide6/QtDBus.abi3.so",
    "PySide6/QtNetwork.abi3.so",
    "PySide6/plugins/imageformats/qpdf.dll",
    "_tkinter.cpython-311-x86_64-linux-gnu.so",
    "cv2/qt/plugins/platforms/libqxcb.so",
    "grpc/_cython/cygrpc.cpython-311-x86_64-linux-gnu.so",
    "libreadline.so.8",
    "python3.11/lib-dynload/_ssl.cpython-311-x86_64-linux-gnu.so",
    "models/glyphnet/audit/errors-1.png",
    "models/glyphnet/confusions.png",
    "models/glyphnet/results.json",
    "models/glyphnet/training.csv",
    "setuptools/_vendor/jaraco/text.py",
    "numpy/tests/test_lapack.py",
    "tensorflow/compiler/mlir/stablehlo/stablehlo_extension.so",
    "tensorflow/compiler/tf2xla/ops/_xla_ops.so",
    "tensorflow/include/LICENSE",
)


@pytest.mark.parametrize("flavour", FLAVOURS)
@pytest.mark.parametrize("path", USED)
def test_what_is_used_stays(path, flavour):
    assert why_unused(path, flavour) is None


@pytest.mark.parametrize("flavour", FLAVOURS)
@pytest.mark.parametrize("path", LEFT_OUT)
def test_what_is_not_used_is_left_out_of_both(path, flavour):
    assert why_unused(path, flavour)


@pytest.mark.parametrize("path", KERAS_ONLY)
def test_what_only_keras_uses_is_left_out_of_the_light_one(path):
    assert why_unused(path, "light")
    assert why_unused(path, "complete") is None


def test_every_row_leaves_something_out():
    """A row that no example needs could not be seen to break."""
    for row in UNUSED:
        paths = [path for path in (*LEFT_OUT, *KERAS_ONLY) if row.pattern.search(path)]
        others = [one for one in UNUSED if one is not row and row.flavours <= one.flavours]
        assert any(not any(one.pattern.search(path) for one in others) for path in paths), row.what


def whole(flavour) -> dict[str, int]:
    texts = (*REQUIRED["light"], *REQUIRED["complete"])
    files = {f"{LICENCES}/{text}": 100 for text in texts}
    return {
        **files,
        "cv2/cv2.abi3.so": 9,
        "libX11.so.6": 9,
        f"{LICENCES}/debian-libx11-6/copyright": 9,
    }


OWNERS = {"cv2/cv2.abi3.so": "opencv-python-headless", "libX11.so.6": "debian-libx11-6"}


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_a_folder_with_every_text_lacks_nothing(flavour):
    assert list(missing_licences(whole(flavour), OWNERS, flavour)) == []


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_each_text_that_must_travel_is_missed(flavour):
    wanted = REQUIRED["light"] if flavour == "light" else REQUIRED["light"] + REQUIRED["complete"]
    for text in wanted:
        for without in ({}, {f"{LICENCES}/{text}": 0}):
            files = {k: v for k, v in whole(flavour).items() if k != f"{LICENCES}/{text}"} | without
            assert any(text in told for told in missing_licences(files, OWNERS, flavour))


def test_a_library_of_nobodys_is_told():
    files = whole("light") | {"libstray.so.1": 9}
    (told,) = missing_licences(files, OWNERS, "light")
    assert "libstray.so.1" in told
    (told,) = missing_licences(files, OWNERS | {"libstray.so.1": "stray"}, "light")
    assert "libstray.so.1" in told


@pytest.mark.parametrize(
    ("path", "binary"),
    [
        ("libX11.so.6", True),
        ("libpyside6.abi3.so.6.11", True),
        ("cv2.abi3.so", True),
        ("python311.dll", True),
        ("QtCore.pyd", True),
        ("libQt6Core.6.dylib", True),
        ("models/a/a.tflite", False),
        ("some.sound", False),
    ],
)
def test_libraries_are_known_by_their_names(path, binary):
    assert is_binary(path) == binary
