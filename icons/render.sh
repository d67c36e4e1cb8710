#!/usr/bin/env bash
# Renders the drawings into the formats the bundles want, into this folder.
# Needs rsvg-convert (librsvg2-bin), convert (imagemagick) and the window's npm packages.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

large() { rsvg-convert -w "$1" -h "$1" muster.svg -o "$2"; }
small() { rsvg-convert -w "$1" -h "$1" muster-small.svg -o "$2"; }

# Tauri makes the macOS set; the rest is rendered at each size, the small ones from their own drawing.
large 1024 "$work/source.png"
"${TAURI:-../ui/node_modules/.bin/tauri}" icon "$work/source.png" --output "$work/set" >/dev/null
cp "$work/set/icon.icns" icon.icns

small 32 32x32.png
large 64 64x64.png
large 128 128x128.png
large 256 128x128@2x.png
large 512 icon.png

for size in 16 32; do small "$size" "$work/$size.png"; done
for size in 48 64 128 256; do large "$size" "$work/$size.png"; done
# The first picture of an .ico is the one shown while developing.
convert "$work"/{32,16,48,64,128,256}.png icon.ico
