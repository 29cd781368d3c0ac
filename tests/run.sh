#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
# SPDX-License-Identifier: Apache-2.0
#
# From nothing to tested: installs what is missing, builds what is shipped, and runs the tests
# labelled `quick`; with --all those labelled `long` too. Needs no display.
set -euo pipefail

case ${1:-} in
    "") labels='^quick$' ;;
    --all) labels='^(quick|long)$' ;;
    *)
        echo "usage: tests/run.sh [--all]" >&2
        exit 2
        ;;
esac

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
"$top/packaging/deps.sh" build run test

cd "$top"
cmake --preset release
cmake --build --preset release
ctest --preset release --label-regex "$labels" --no-tests=error --parallel "$(nproc)"
