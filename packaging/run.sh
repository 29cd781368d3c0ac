#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
# SPDX-License-Identifier: Apache-2.0
#
# From nothing to the running program: installs what is missing, builds, and starts the window on
# the embedded sandbox with sample pictures under way. Without a display it does the same job on
# the command line. Files given as arguments are taken in place of the samples.
set -euo pipefail

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly top bin=$top/build/release/bin

# DISPLAY may be left over from a session that is gone; a display of this machine has a socket.
have_display() {
    [[ -n ${DISPLAY:-} ]] || return 1
    local number=${DISPLAY#*:}
    number=${number%%.*}
    [[ ${DISPLAY%%:*} != "" && ${DISPLAY%%:*} != unix ]] && return 0
    [[ -S /tmp/.X11-unix/X$number ]] || grep --quiet "@/tmp/.X11-unix/X$number\$" /proc/net/unix
}

files=()
for file in "$@"; do
    files+=("$(realpath --no-symlinks -- "$file")")
done
if ((${#files[@]} == 0)); then
    files=("$top"/resources/sample/*.png)
fi

"$top/packaging/deps.sh" build run

cd "$top"
cmake --preset release
cmake --build --preset release --target chatapp-uploader chatapp-upload chatapp-sandbox

if have_display; then
    echo "Starting the window on the sandbox: nothing leaves this computer."
    exec "$bin/chatapp-uploader" --sandbox -- "${files[@]}"
fi

echo "No display: the same job on the command line, on the sandbox. Nothing leaves this computer."
profile=$(mktemp --directory)
trap 'rm --recursive --force "$profile"' EXIT
"$bin/chatapp-upload" put --sandbox --profile "$profile" -- "${files[@]}"
echo
echo "In the history:"
"$bin/chatapp-upload" history --profile "$profile"
