#!/bin/sh
# Installs what is missing, runs the tests, and builds and runs the examples.
#   Scripts/test.sh [arguments of swift test]        for example: Scripts/test.sh --filter TablesTests; no examples then
set -eu
cd "$(dirname "$0")/.."

sh Scripts/install-dependencies.sh
swift test "$@"
if [ $# -eq 0 ]; then sh Scripts/examples.sh; fi
