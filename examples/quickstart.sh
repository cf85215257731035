#!/usr/bin/env bash
# From a fresh clone to messages on disk: installs what is missing, builds, takes the demo's events and "sends" them
# into a folder. Run it again at any time; it never touches anything outside build/ and demo/.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=tests/support/install_packages.sh
. "$root/tests/support/install_packages.sh"
cd "$root"

build() {
  cmake --preset release && cmake --build --preset release --target egarage-notify
}

ensure_packages "${BUILD_PACKAGES[@]}"

mkdir -p build demo
echo "Building (a few minutes the first time; the details go to build/quickstart.log) …"
if ! build >build/quickstart.log 2>&1; then
  tail -n 40 build/quickstart.log >&2
  echo "error: the build failed" >&2
  echo "hint: the whole output is in build/quickstart.log" >&2
  exit 1
fi
program=build/release/app/egarage-notify

echo
echo "Setting up the demo's store in demo/ …"
cp examples/demo/egarage-notify.toml demo/egarage-notify.toml
notify() { "$program" --config demo/egarage-notify.toml "$@"; }
notify --quiet setup --non-interactive

echo
echo "Importing customers, vehicles, documents … of three of the workshops from examples/data:"
for kind in customers vehicles odometer documents plans reminders appointments silences; do
  printf '  %-13s' "$kind"
  notify import "$kind" "examples/data/$kind.csv"
done

echo
echo "Enqueuing examples/demo/events.jsonl (six of its lines are broken on purpose, and reported):"
status=0
notify enqueue examples/demo/events.jsonl || status=$?
[ "$status" -le 1 ] || exit "$status"

echo
echo "Sending what is due into demo/outbox …"
notify run

echo
notify stats

cat <<END

The messages lie in demo/outbox: e-mails as .eml files that every mail program opens, SMS and WhatsApp as .json. Two
of the seven workshops write in office hours only; outside of these theirs wait, and the next run after the hour sends
them.

What to try next:
  $program --config demo/egarage-notify.toml explain 1
  $program --config demo/egarage-notify.toml export vehicles
  $program --config demo/egarage-notify.toml enqueue examples/demo/events.jsonl     # again: nothing is sent twice
  $program setup                                               # a configuration of your own
END
