#!/bin/sh
# Installs what building Mynah needs beside Swift: OpenBLAS, zlib, XGBoost, libsvm and hnswlib with their headers, and git
# with certificates, by which the package manager fetches other packages. Debian and Ubuntu, as root or with sudo; elsewhere it only checks.
# Does nothing when everything is there.
set -eu

say() { printf '%s\n' "$*" >&2; }

if ! command -v swift >/dev/null 2>&1; then
  say "Scripts/install-dependencies.sh: swift is not on the PATH; install Swift 6.1 or newer from https://www.swift.org/install"
  exit 1
fi

# The toolchain brings a C compiler; what it can link is there, whoever installed it.
compiler=$(command -v clang || command -v cc || true)
links() {
  [ -n "$compiler" ] || return 1
  probe=$(mktemp -d)
  status=0
  printf '%s\nint main(void) { return 0; }\n' "$2" >"$probe/probe.c"
  "$compiler" "$probe/probe.c" "-l$1" -o "$probe/probe" >/dev/null 2>&1 || status=1
  rm -rf "$probe"
  return "$status"
}

missing=
links openblas '' || missing="$missing libopenblas-dev"
links z '#include <zlib.h>' || missing="$missing zlib1g-dev"
links xgboost '#include <xgboost/c_api.h>' || missing="$missing libxgboost-dev"
links svm '#include <libsvm/svm.h>' || missing="$missing libsvm-dev"
[ -e /usr/include/hnswlib/hnswlib.h ] || missing="$missing libhnswlib-dev"
command -v git >/dev/null 2>&1 || missing="$missing git"
[ -e /etc/ssl/certs/ca-certificates.crt ] || [ -e /etc/pki/tls/certs/ca-bundle.crt ] || [ -e /etc/ssl/cert.pem ] ||
  missing="$missing ca-certificates"

[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
  say "Scripts/install-dependencies.sh: there is no apt-get here; install the equivalents of these Debian packages:$missing"
  exit 1
fi
if [ "$(id -u)" -eq 0 ]; then
  as_root=
elif command -v sudo >/dev/null 2>&1; then
  as_root=sudo
else
  say "Scripts/install-dependencies.sh: not root and no sudo; ask an administrator to run: apt-get install$missing"
  exit 1
fi

install() {
  # shellcheck disable=SC2086 # one word for each package
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing </dev/null >&2
}

say "Installing:$missing"
# A fresh image has no package lists, and old lists name files that are gone: fetch them when the first try fails.
if ! install; then
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get update </dev/null >&2
  install
fi
