"""What a frozen program may hold, and which licence texts travel with it.

`build.spec` leaves out what is named here, and `scripts/check_bundle.py` looks whether it did.
Paths are those within the folder that PyInstaller fills, with `/` between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

Flavour = Literal["complete", "light"]
"""`complete` has Keras and LiteRT, `light` LiteRT only."""

FLAVOURS: tuple[Flavour, ...] = get_args(Flavour)

BOTH = frozenset(FLAVOURS)
COMPLETE = frozenset({FLAVOURS[0]})
LIGHT = frozenset({FLAVOURS[1]})

LICENCES = "licences"
"""The folder of the licence texts, a folder a part."""

COMMON = "common"
"""The part of `LICENCES` with the texts that several parts are under."""

OWNERS = "owners.json"
"""The file in `LICENCES` that says which part each binary is of."""

LANGUAGES = ("de", "en", "fr")
"""Languages that Qt's texts come along in."""


@dataclass(frozen=True)
class Unused:
    """Files that Glyphpad does not use.

    Attributes:
        what: What they are.
        pattern: Found anywhere in the path of such a file.
        flavours: Where they are not used.
    """

    what: str
    pattern: re.Pattern[str]
    flavours: frozenset[Flavour] = BOTH


def _unused(what: str, pattern: str, flavours: frozenset[Flavour] = BOTH) -> Unused:
    return Unused(what, re.compile(pattern), flavours)


UNUSED = (
    _unused("Qt's QML, Quick, PDF, SQL and their like", r"Qt6?(Qml|Quick|Pdf|Sql|Test|Help|3D)"),
    _unused("Qt's on-screen keyboard", r"(?i)virtualkeyboard"),
    _unused("Qt's network: nothing is sent or fetched", r"Qt6?Network|/plugins/(networkinf|tls)"),
    _unused("Qt's D-Bus for Python; the library stays, its plugins use it", r"PySide6/QtDBus"),
    _unused("Qt's devices without a window system", r"/plugins/(generic|egldeviceintegrations)/"),
    _unused("screens without a window system", r"/platforms/\w*(eglfs|linuxfb|minimal|vkkhr|vnc)"),
    _unused("half of the GTK of the machine that builds", r"/platformthemes/\w*gtk3|/libgtk-"),
    _unused("pictures: OpenCV decodes them, Qt only icons", r"/imageformats/\w*q?(pdf|gif|icns|tga|"
            r"tiff|wbmp|webp)\b"),
    _unused("Wayland's shells of cars and of long ago", r"/wayland-shell-integration/\w*(ivi|wl-sh|"
            r"fullscreen)"),
    _unused("Qt's texts in other languages and of its tools",
            rf"/Qt/translations/(?!qtbase_({'|'.join(LANGUAGES)})\.qm)"),
    _unused("OpenCV's window and its Qt", r"cv2/(qt|gapi|data)/"),
    _unused("TensorFlow and Keras", r"(^|/)(tensorflow|keras|h5py|grpc|optree)\b", LIGHT),
    _unused("TensorFlow's headers", r"tensorflow/include/"),
    _unused("TensorFlow's servers", r"(^|/)grpc/"),
    _unused("TensorFlow's compilers for other machines", r"stablehlo_extension|/_xla_ops\.so"
            r"|lib_native_proto_caster"),
    _unused("weights that only Keras runs", r"models/.*\.keras$", LIGHT),
    _unused("how a model was measured", r"models/.*(\.png|\.csv|results\.json)$|models/.*/audit/"),
    _unused("tests", r"(^|/)tests?/"),
    _unused("NumPy's Fourier transforms, random numbers and tests",
            r"numpy/(fft/_pocket|random/|_core/_multiarray_tests)", LIGHT),
    _unused("tools of packaging", r"(^|/)(pip|setuptools|wheel|PyInstaller)/"),
    _unused("Tk", r"(^|/)(_tkinter|libtcl|libtk|tcl8?|tk8?)\b"),
    _unused("encryption of what goes over a network", r"lib-dynload/_ssl\."),
    _unused("line editing", r"libreadline|/readline\."),
)  # fmt: skip
"""What stays out. A row says why; the library that only such files use stays out with them."""


def why_unused(path: str, flavour: Flavour) -> str | None:
    """What the file at `path` is, if Glyphpad has no use for it; a licence text always has one."""
    if path.startswith(f"{LICENCES}/"):
        return None
    rows = (row for row in UNUSED if flavour in row.flavours and row.pattern.search(path))
    return next((row.what for row in rows), None)


REQUIRED: Mapping[Flavour, tuple[str, ...]] = MappingProxyType(
    {
        "light": (
            "ai-edge-litert/licenses/LICENSE",
            "common/Apache-2.0.txt",
            "common/GPL-3.txt",
            "common/LGPL-3.txt",
            "defusedxml/LICENSE",
            "glyphpad/LICENSE",
            "numpy/licenses/LICENSE.txt",
            "opencv-python-headless/LICENSE-3RD-PARTY.txt",
            "opencv-python-headless/LICENSE.txt",
            "platformdirs/licenses/LICENSE",
            "pypdfium2/licenses/BUILD_LICENSES/pdfium.txt",
            "pyside6-essentials/LGPL-3.txt",
            "pyside6-essentials/README.txt",
            "python/LICENSE.txt",
            "shiboken6/LGPL-3.txt",
        ),
        "complete": (
            "flatbuffers/Apache-2.0.txt",
            "h5py/licenses/LICENSE",
            "keras/licenses/LICENSE",
            "ml-dtypes/licenses/LICENSE",
            "optree/licenses/LICENSE",
            "protobuf/LICENSE",
            "tensorflow-cpu/Apache-2.0.txt",
            "tensorflow-cpu/tensorflow/THIRD_PARTY_NOTICES.txt",
        ),
    }
)
"""Licence texts that must travel, by what they are for. The complete program has those of the light
one too."""


def is_binary(path: str) -> bool:
    """Whether the file at `path` is a program or a library, which are under somebody's licence."""
    return re.search(r"\.(so(\.[\d.]+)?|dll|pyd|dylib)$", path) is not None


def missing_licences(
    files: Mapping[str, int], owners: Mapping[str, str], flavour: Flavour
) -> Iterator[str]:
    """What is missing, a sentence each.

    Args:
        files: Every file of the folder, with its size in bytes.
        owners: Which part each binary is of, as `OWNERS` has it.
        flavour: Which program it is.
    """
    texts = {path.removeprefix(f"{LICENCES}/") for path, size in files.items()
             if path.startswith(f"{LICENCES}/") and size > 0}  # fmt: skip
    for text in (*REQUIRED["light"], *(REQUIRED["complete"] if flavour == "complete" else ())):
        if text not in texts:
            yield f"{LICENCES}/{text} is missing"
    told = {text.partition("/")[0] for text in texts}
    for path in filter(is_binary, files):
        owner = owners.get(path, "")
        if owner not in told:
            yield f"nothing says whose {path} is, or under which licence"
