#!/bin/sh
# The real desktops and browsers that the tests drive. Installs what is missing by apt where
# that is allowed; elsewhere it says what cannot run and how to get it.
set -eu

packages="xvfb openbox xterm xdotool x11-utils chromium firefox-esr firefox-esr-l10n-ja poppler-utils dbus \
python3-dbusmock libfaketime desktop-file-utils systemd"

missing=""
for package in $packages; do
  if command -v dpkg-query >/dev/null 2>&1; then
    dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed \
      || missing="$missing $package"
  else
    missing="$packages"
  fi
done
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
  echo "Tests of the collectors need:$missing (with their names on this system)." >&2
  exit 0
fi
if [ "$(id -u)" = 0 ]; then
  as_root=""
elif sudo -n true 2>/dev/null; then
  as_root="sudo"
else
  echo "Tests that need these are skipped; to run them: sudo apt-get install$missing" >&2
  exit 0
fi
echo "Installing for the tests:$missing" >&2
$as_root apt-get update -qq
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing \
  >/dev/null
