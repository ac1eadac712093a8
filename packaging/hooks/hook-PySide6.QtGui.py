"""Collects Qt's GUI part less the plugins that a desktop program has no use for.

Done here rather than in the finished list, so that their libraries are not collected either: the
GTK theme alone would bring half of the GTK of the machine that builds, to be mixed with the GTK of
the machine that runs. File dialogs there still come from the desktop, through its portal.
"""

import re

from PyInstaller.utils.hooks.qt import add_qt6_dependencies

UNUSED = re.compile(
    r"/egldeviceintegrations/"  # screens without a window system
    r"|/platforms/\w*(eglfs|linuxfb|minimal|vkkhrdisplay|vnc)"
    r"|/platformthemes/\w*gtk3"
    r"|/imageformats/\w*pdf"  # pypdfium2 renders PDF
    r"|/translations/qt_help_"  # of Qt's own help viewer
)


def _wanted(entry: tuple[str, str]) -> bool:
    return UNUSED.search(entry[0].replace("\\", "/")) is None


_hidden, binaries, datas = add_qt6_dependencies(__file__)
binaries = [entry for entry in binaries if _wanted(entry)]
datas = [entry for entry in datas if _wanted(entry)]
