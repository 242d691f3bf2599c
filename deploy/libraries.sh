#!/bin/sh
# Installs Debian packages that pip cannot: `libraries.sh pdf` for PDFs, `libraries.sh pdf browser` for tests in a browser too,
# `libraries.sh load` for wrk, with which `make bench` measures.
# Without the right to install, or elsewhere than on Debian, one line says what to run; everything but PDFs works without them.
set -u
packages=""
for part in "$@"; do
    case "$part" in
        pdf) packages="$packages libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" ;;
        browser) packages="$packages chromium fonts-noto-cjk" ;;
        load) packages="$packages wrk" ;;
    esac
done
if ! command -v dpkg-query >/dev/null; then
    case "$(uname)" in
        Darwin) command -v pango-view >/dev/null || echo "PDFs need: brew install pango" ;;
        *) echo "PDFs need pango and harfbuzz-subset, browser tests need chromium: install them with your system's package manager" ;;
    esac
    exit 0
fi
missing=""
for package in $packages; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q "ok installed" || missing="$missing $package"
done
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && { apt-get install -y -qq --no-install-recommends $missing ||
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing; }; } >/dev/null 2>&1; then
    exit 0
fi
echo "Left out for now (PDFs, browser tests or wrk): run  sudo apt-get update && sudo apt-get install -y --no-install-recommends$missing"
