#!/bin/sh
# Measures, and fails when a figure is worse than its threshold.
#   Benchmarks/compare.sh [--threads N] [suite…]        suites: matmul elementwise graph mixture csv ctgan
set -eu
cd "$(dirname "$0")"

sh ../Scripts/install-dependencies.sh
swift run -c release MynahBenchmarks --compare thresholds.json "$@"
