#!/bin/sh
# Makes the disk image that Glyphpad is given away in, from Glyphpad.app. Runs on macOS alone.
#
#   make_dmg.sh dist/Glyphpad.app
#
# SIGN_AS names a certificate of the keychain ("Developer ID Application: ..."), NOTARY a profile of
# `xcrun notarytool store-credentials`. Without them the program is signed for this machine only, and
# others are warned when they open it.
set -eu

application=$1
folder=$(dirname "$application")
version=$(/usr/libexec/PlistBuddy -c "Print CFBundleShortVersionString" \
    "$application/Contents/Info.plist")
image=$folder/Glyphpad-$version.dmg

# PyInstaller signs while it makes the bundle; this puts the real name in the place of that.
if [ -n "${SIGN_AS:-}" ]; then
    codesign --force --deep --options runtime --timestamp --sign "$SIGN_AS" "$application"
fi
codesign --verify --deep --strict "$application"

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
cp -R "$application" "$stage/"
ln -s /Applications "$stage/Applications"
hdiutil create -volname "Glyphpad $version" -srcfolder "$stage" -fs HFS+ -format ULFO -ov "$image"

if [ -n "${SIGN_AS:-}" ]; then
    codesign --sign "$SIGN_AS" --timestamp "$image"
fi
if [ -n "${NOTARY:-}" ]; then
    xcrun notarytool submit "$image" --keychain-profile "$NOTARY" --wait
    xcrun stapler staple "$image"
fi
echo "$image"
