#!/bin/sh
# Installs what is missing and runs the tests.
#   Scripts/test.sh [arguments of swift test]        for example: Scripts/test.sh --filter TablesTests
set -eu
cd "$(dirname "$0")/.."

sh Scripts/install-dependencies.sh
swift test "$@"
