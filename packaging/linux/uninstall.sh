#!/bin/sh
# Takes away what install.sh installed, and nothing else. What was written with Glyphpad, and its
# settings, stay.
#
#   uninstall.sh             from where it was installed, PREFIX/lib/glyphpad
#   uninstall.sh --refresh   only tells the desktop what is there now
set -eu

library=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
prefix=${library%/lib/glyphpad}
if [ ! -e "$library/installed.txt" ]; then
    echo "This is to be run from where Glyphpad was installed: PREFIX/lib/glyphpad." >&2
    exit 1
fi

refresh() {
    if [ -d "$prefix/share/mime/packages" ] && command -v update-mime-database >/dev/null; then
        update-mime-database "$prefix/share/mime" >/dev/null 2>&1 || true
    fi
    if [ -d "$prefix/share/applications" ] && command -v update-desktop-database >/dev/null; then
        update-desktop-database --quiet "$prefix/share/applications" || true
    fi
    icons=$prefix/share/icons/hicolor
    if [ -e "$icons/icon-theme.cache" ] && command -v gtk-update-icon-cache >/dev/null; then
        gtk-update-icon-cache --quiet --ignore-theme-index "$icons" || true
    fi
}

if [ "${1:-}" = --refresh ]; then
    refresh
    exit 0
fi

list=$(cat "$library/installed.txt")
echo "$list" | while read -r kind path; do
    if [ "$kind" = file ]; then
        rm -f "$prefix/$path"
    fi
done
refresh

# Caches are all that is left in folders which hold nothing of anybody's.
ours() { echo "$list" | grep -qx "folder $1"; }
if ours share/mime && [ -z "$(ls "$prefix/share/mime/packages" 2>/dev/null)" ]; then
    rm -rf "$prefix/share/mime"
fi
if ours share/applications && [ "$(ls "$prefix/share/applications")" = mimeinfo.cache ]; then
    rm -f "$prefix/share/applications/mimeinfo.cache"
fi
rm -rf "$library"
echo "$list" | sed '1!G;h;$!d' | while read -r kind path; do
    if [ "$kind" = folder ]; then
        rmdir "$prefix/$path" 2>/dev/null || true
    fi
done
if [ "${1:-}" != --quiet ]; then
    echo "Glyphpad is gone. What you wrote with it is still where it was: ~/.local/share/glyphpad."
fi
