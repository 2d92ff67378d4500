#!/bin/sh
# Builds the documentation of every public module with DocC, which comes with the toolchain; a warning is an error.
#   Scripts/documentation.sh [folder]      for the archive of all modules; .build/documentation unless given
set -eu
cd "$(dirname "$0")/.."

case "${1:-}" in
-h | --help)
  sed -n '2,3s/^# *//p' Scripts/documentation.sh
  exit 0
  ;;
esac

output=${1:-.build/documentation}
swift build </dev/null >&2
products=$(swift build --show-bin-path)
triple=$(swift -print-target-info | sed -n 's/^ *"unversionedTriple": "\(.*\)".*/\1/p' | head -n 1)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Modules of C, ours and those of other packages, are found by their maps.
maps=
for map in $(find "$PWD/Sources" .build/checkouts -name module.modulemap); do
  maps="$maps -Xcc -fmodule-map-file=$map"
done

failed=
archives=
for catalogue in Sources/*/Documentation.docc; do
  page=$(grep -l '^# ``' "$catalogue"/*.md)
  module=$(basename "$page" .md)
  mkdir -p "$work/$module"
  # shellcheck disable=SC2086 # one word for each option
  swift-symbolgraph-extract -module-name "$module" -I "$products/Modules" -I "$products" -target "$triple" $maps \
    -minimum-access-level public -skip-synthesized-members -output-dir "$work/$module"
  printf '%s\n' "$module" >&2
  docc convert "$catalogue" --warnings-as-errors --fallback-display-name "$module" \
    --fallback-bundle-identifier "$module" --additional-symbol-graph-dir "$work/$module" \
    --output-dir "$work/$module.doccarchive" >&2 || failed="$failed $module"
  archives="$archives $work/$module.doccarchive"
done

if [ -n "$failed" ]; then
  printf 'Documentation with warnings:%s\n' "$failed" >&2
  exit 1
fi
rm -rf "$output"
# shellcheck disable=SC2086 # one word for each archive
docc merge $archives --synthesized-landing-page-name Mynah --output-path "$output" >&2
printf 'The documentation is in %s\n' "$output" >&2
