#!/usr/bin/env bash
# Builds the libFuzzer targets (preset fuzz, clang++) into build/fuzz and runs them all at once for SECONDS each.
# Starts from tests/fuzz/corpus/<target>; what they find new stays in build/fuzz/corpus. Prints the executions of each,
# and exits 1 on any finding, with the input that shows it in build/fuzz/findings/<target>.
# usage: tests/fuzz/run.sh [SECONDS]
set -eu
cd "$(dirname "$0")/../.."
. tests/support/install_packages.sh

seconds=${1:-60}
case $seconds in
  *[!0-9]* | 0 | '')
    echo "error: '$seconds' is not a number of seconds" >&2
    echo "hint: tests/fuzz/run.sh 3600" >&2
    exit 2
    ;;
esac

ensure_packages "${BUILD_PACKAGES[@]}" clang libclang-rt-dev
log=build/fuzz.log
mkdir -p build
echo "Building (preset fuzz) …"
if ! { cmake --preset fuzz && cmake --build --preset fuzz --target fuzzers; } >"$log" 2>&1; then
  grep -E -A5 'error|FAILED|Error' "$log" | head -60 >&2 || tail -40 "$log" >&2
  echo "error: the build failed; the whole log is in $log" >&2
  exit 1
fi

targets=() processes=()
for source in tests/fuzz/fuzz_*.cpp; do targets+=("$(basename "$source" .cpp)"); done
trap 'kill "${processes[@]}" 2>/dev/null || true' EXIT
echo "Running ${targets[*]} for $seconds s each …"
for target in "${targets[@]}"; do
  work=build/fuzz/corpus/$target
  findings=build/fuzz/findings/$target
  mkdir -p "$work" "$findings"
  build/fuzz/tests/fuzz/"$target" -max_total_time="$seconds" -max_len=65536 -timeout=10 -rss_limit_mb=2048 \
    -print_final_stats=1 -artifact_prefix="$findings/" "$work" "tests/fuzz/corpus/$target" \
    >"build/fuzz/$target.log" 2>&1 &
  processes+=($!)
done

failed=0
for i in "${!targets[@]}"; do
  target=${targets[$i]}
  if wait "${processes[$i]}"; then
    verdict="no finding"
  else
    verdict="FAILED, see build/fuzz/$target.log and build/fuzz/findings/$target"
    failed=1
  fi
  echo "$target: $(sed -n 's/^stat::number_of_executed_units: *//p' "build/fuzz/$target.log") executions, $verdict"
done
processes=()
exit "$failed"
