#!/bin/sh
# Installs Glyphpad for the user who runs this, from the folder that it is in.
#
#   install.sh [PREFIX]      PREFIX is ~/.local if none is given
#
# Everything that is put anywhere is written down in lib/glyphpad/installed.txt, so that
# uninstall.sh takes away just that. An installation that is there is replaced.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
prefix=${1:-$HOME/.local}
mkdir -p "$prefix"
prefix=$(CDPATH='' cd -- "$prefix" && pwd)
library=$prefix/lib/glyphpad

if [ -e "$library" ] && [ ! -e "$library/installed.txt" ]; then
    echo "$library is there and was not made by this script: nothing was changed." >&2
    exit 1
fi
if [ -e "$library/installed.txt" ]; then
    sh "$library/uninstall.sh" --quiet
fi

# Folders that are made now are taken away again with what is in them, caches that others put there
# included; those that were there stay.
list=$(mktemp)
trap 'rm -f "$list"' EXIT
folder() {
    [ -d "$prefix/$1" ] && return
    case $1 in */*) folder "${1%/*}" ;; esac
    mkdir "$prefix/$1"
    echo "folder $1" >>"$list"
}

folder lib
cp -R "$here/lib/glyphpad" "$library.new"
cp "$here/uninstall.sh" "$library.new/uninstall.sh"

folder bin
for program in glyphpad glyphpad-cli; do
    ln -sf "../lib/glyphpad/$program" "$prefix/bin/$program"
    echo "file bin/$program" >>"$list"
done

cd "$here"
find share -type f | LC_ALL=C sort >"$list.share"
while read -r file; do
    folder "${file%/*}"
    cp "$file" "$prefix/$file"
    echo "file $file" >>"$list"
done <"$list.share"
rm -f "$list.share"

# The entry names the program by its whole path, as ~/.local/bin may not be on the PATH of a desktop.
# What has a meaning within quotes there is escaped: first as the entry's own text wants it, then for
# sed, where it is put in.
quoted=$(printf '%s' "$prefix/bin/glyphpad" | sed -e 's/[\\"`$]/\\\\&/g' -e 's/\\\\\\/\\\\\\\\/g' -e 's/%/%%/g')
plain=$(printf '%s' "$prefix/bin/glyphpad" | sed 's/\\/\\\\/g')
for_sed() { printf '%s' "$1" | sed 's/[\\&|]/\\&/g'; }
sed -i -e "s|^Exec=glyphpad |Exec=\"$(for_sed "$quoted")\" |" \
    -e "s|^TryExec=.*|TryExec=$(for_sed "$plain")|" "$prefix/share/applications/glyphpad.desktop"

cp "$list" "$library.new/installed.txt"
mv "$library.new" "$library"
sh "$library/uninstall.sh" --refresh
echo "Glyphpad is installed: in the menu, and as $prefix/bin/glyphpad."
echo "To take it away again: $library/uninstall.sh"
