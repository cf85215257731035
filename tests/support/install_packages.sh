# Sourced by examples/quickstart.sh and tests/run.sh.

# The packages that building needs, on Debian 12 and Ubuntu 24.04 or newer.
BUILD_PACKAGES="g++ cmake ninja-build pkg-config tzdata libcli11-dev libsqlitecpp-dev libsqlite3-dev
  libcurl4-openssl-dev libfmt-dev nlohmann-json3-dev libtomlplusplus-dev libhowardhinnant-date-dev libcmark-dev
  libsodium-dev"

# ensure_packages NAME...: installs those that are missing, quietly; asks apt for nothing when none is. On failure says
# what to do on stderr and returns 1.
ensure_packages() {
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo "error: this system has no apt; the packages are named as on Debian 12" >&2
    echo "hint: install the equivalents of: $*" >&2
    return 1
  fi
  _missing=""
  for _package in "$@"; do
    _state=$(dpkg-query --show --showformat='${db:Status-Status}' "$_package" 2>/dev/null) || _state=""
    [ "$_state" = installed ] || _missing="$_missing $_package"
  done
  [ -n "$_missing" ] || return 0

  _as_root=""
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      echo "error: packages are missing, and without root or sudo they cannot be installed:$_missing" >&2
      echo "hint: as root, run: apt-get install$_missing" >&2
      return 1
    fi
    _as_root="sudo"
  fi
  echo "Installing packages:$_missing"
  _apt_log=$(mktemp)
  # The lists of a fresh system are empty, and those of an old one name files that are gone: refresh them only then.
  # shellcheck disable=SC2086  # the words are package names
  if _apt_install $_missing >"$_apt_log" 2>&1 ||
    { $_as_root apt-get -q update >>"$_apt_log" 2>&1 && _apt_install $_missing >>"$_apt_log" 2>&1; }; then
    rm -f "$_apt_log"
    return 0
  fi
  tail -n 20 "$_apt_log" >&2
  rm -f "$_apt_log"
  echo "error: apt could not install:$_missing" >&2
  echo "hint: check the network and /etc/apt/sources.list*, then run this again" >&2
  return 1
}

_apt_install() {
  $_as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"
}
