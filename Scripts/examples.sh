#!/bin/sh
# Builds the programs of Examples/, a package of its own, runs each and compares what it prints with expected.txt beside it.
#   Scripts/examples.sh              all of them
#   Scripts/examples.sh --record     writes expected.txt anew
set -eu
cd "$(dirname "$0")/../Examples"

record=
case "${1:-}" in
-h | --help)
  sed -n '2,4s/^# *//p' ../Scripts/examples.sh
  exit 0
  ;;
--record) record=yes ;;
esac

swift build --scratch-path ../.build </dev/null >&2
programs=$(swift build --scratch-path ../.build --show-bin-path)
output=$(mktemp -d)
trap 'rm -rf "$output"' EXIT

failed=
for folder in 0*/; do
  folder=${folder%/}
  number=${folder%%-*}
  if [ -e "$folder/run.sh" ]; then
    sh "$folder/run.sh" "$programs" "$output" >"$output/$number.txt" </dev/null || failed="$failed $folder"
  else
    "$programs/example-$number" >"$output/$number.txt" </dev/null || failed="$failed $folder"
  fi
  if [ -n "$record" ]; then
    cp "$output/$number.txt" "$folder/expected.txt"
  elif ! diff -u "$folder/expected.txt" "$output/$number.txt" >&2; then
    failed="$failed $folder"
  fi
done

if [ -n "$failed" ]; then
  printf 'Examples that failed or print something else:%s\n' "$failed" >&2
  exit 1
fi
printf 'All examples print what they should.\n' >&2
