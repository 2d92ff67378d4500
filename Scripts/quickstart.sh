#!/bin/sh
# Installs what is missing, builds the program and runs the main job: a conditional tabular GAN on the embedded table.
#   Scripts/quickstart.sh [arguments of mynah run]        for example: Scripts/quickstart.sh --set epochs=20
set -eu
cd "$(dirname "$0")/.."

case "${1:-}" in
-h | --help)
  sed -n '2,3s/^# *//p' Scripts/quickstart.sh
  exit 0
  ;;
esac

sh Scripts/install-dependencies.sh
swift build -c release --product mynah
mynah="$(swift build -c release --show-bin-path)/mynah"

output=
previous=
for argument in "$@"; do
  case "$argument" in
  --output=*) output=${argument#--output=} ;;
  *) if [ "$previous" = --output ] || [ "$previous" = -o ]; then output=$argument; fi ;;
  esac
  previous=$argument
done
if [ -z "$output" ]; then
  output="runs/quickstart-$(date -u +%Y%m%d-%H%M%S)"
  set -- "$@" --output "$output"
fi

"$mynah" run Experiments/quickstart.yaml "$@"

printf '\nThe run folder is %s:\n' "$output"
ls -l "$output"
