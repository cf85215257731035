#!/usr/bin/env bash
# Installs what the tests need (apt), builds the dev preset and runs every test.
# usage: tests/run.sh [--preset dev|asan|tsan] [CTEST OPTIONS...]
set -eu
cd "$(dirname "$0")/.."
. tests/support/install_packages.sh

preset=dev
if [ "${1:-}" = --preset ]; then
  preset=${2:?"--preset needs a name: dev, asan or tsan"}
  shift 2
fi

ensure_packages "${BUILD_PACKAGES[@]}" "${TEST_PACKAGES[@]}"

log=build/$preset.log
mkdir -p build
echo "Building (preset $preset) …"
if ! { cmake --preset "$preset" && cmake --build --preset "$preset"; } >"$log" 2>&1; then
  grep -E -A5 'error|FAILED|Error' "$log" | head -60 >&2 || tail -40 "$log" >&2
  echo "error: the build failed; the whole log is in $log" >&2
  exit 1
fi
exec ctest --preset "$preset" "$@"
