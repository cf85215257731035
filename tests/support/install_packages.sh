# shellcheck shell=bash disable=SC2034
# Sourced by examples/quickstart.sh and tests/run.sh.

# Names as on Debian 12 and Ubuntu 24.04 or newer.
BUILD_PACKAGES=(g++ cmake ninja-build pkg-config tzdata libcli11-dev libsqlitecpp-dev libsqlite3-dev
  libcurl4-openssl-dev libfmt-dev nlohmann-json3-dev libsimdjson-dev libtomlplusplus-dev libhowardhinnant-date-dev libcmark-dev libtidy-dev
  libsodium-dev libphonenumber-dev libicu-dev libboost-dev)
# postfix for its smtp-sink and smtp-source; no mail server is started.
TEST_PACKAGES=(catch2 python3 openssl strace faketime iproute2 postfix python3-aiosmtpd python3-django)

# install_without_starting SUDO NAME...: apt-get with a policy that no package starts its service; one that is there
# already stays. SUDO may be empty.
install_without_starting() (
  policy=/usr/sbin/policy-rc.d
  as_root=${1:+"$1"}
  shift
  if [ ! -e "$policy" ]; then
    trap '$as_root rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' | $as_root install -m 755 /dev/stdin "$policy"
  fi
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"
)

# ensure_packages NAME...: installs those that are missing, quietly; asks apt for nothing when none is. On failure says
# what to do on stderr and returns 1.
ensure_packages() {
  local package state as_root="" missing=() apt_log
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo "error: this system has no apt; the packages are named as on Debian 12" >&2
    echo "hint: install the equivalents of: $*" >&2
    return 1
  fi
  for package in "$@"; do
    state=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null) || state=""
    [ "$state" != installed ] || continue
    # It would push out the mail server that this system uses; the tests that miss smtp-sink say so and are skipped.
    if [ "$package" = postfix ] && [ -e /usr/sbin/sendmail ]; then continue; fi
    missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0

  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      echo "error: packages are missing, and without root or sudo they cannot be installed: ${missing[*]}" >&2
      echo "hint: as root, run: apt-get install ${missing[*]}" >&2
      return 1
    fi
    as_root=sudo
  fi
  echo "Installing packages: ${missing[*]}"
  apt_log=$(mktemp)
  # The lists of a fresh system are empty, and those of an old one name files that are gone: refresh them only then.
  if install_without_starting "$as_root" "${missing[@]}" >"$apt_log" 2>&1 ||
    { $as_root apt-get -q update && install_without_starting "$as_root" "${missing[@]}"; } >>"$apt_log" 2>&1; then
    rm -f "$apt_log"
    return 0
  fi
  tail -n 20 "$apt_log" >&2
  rm -f "$apt_log"
  echo "error: apt could not install: ${missing[*]}" >&2
  echo "hint: check the network and /etc/apt/sources.list*, then run this again" >&2
  return 1
}
