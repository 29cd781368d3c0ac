#!/bin/bash
# SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
# SPDX-License-Identifier: Apache-2.0
#
# with-display.sh COMMAND [ARGUMENT…]
#
# Runs a command on a display of its own, with a window manager, and in folders of its own that are
# removed afterwards. Nothing of the user's session is seen or touched. The exit code is the
# command's.

set -euo pipefail

folder=$(mktemp -d)
children=()
clean_up() {
    for child in "${children[@]}"; do
        kill "$child" 2>/dev/null || true
        wait "$child" 2>/dev/null || true
    done
    rm -rf "$folder"
}
trap clean_up EXIT

if [[ -z ${CHATAPP_KEYRING_PASSWORD-} ]]; then
    # Inside of with-secret-service.sh the folders are private already, and the bus stands in them.
    mkdir -p "$folder"/{home,data,config,cache,state,run}
    chmod 700 "$folder/run"
    export HOME=$folder/home XDG_DATA_HOME=$folder/data XDG_CONFIG_HOME=$folder/config \
        XDG_CACHE_HOME=$folder/cache XDG_STATE_HOME=$folder/state XDG_RUNTIME_DIR=$folder/run
    unset DBUS_SESSION_BUS_ADDRESS
fi
unset WAYLAND_DISPLAY XDG_CURRENT_DESKTOP QT_QPA_PLATFORMTHEME QT_STYLE_OVERRIDE SESSION_MANAGER

# The server picks a free number and says which one once it is ready.
Xvfb -displayfd 3 -screen 0 1600x1200x24 -nolisten tcp -noreset \
    3>"$folder/display" >"$folder/xvfb.log" 2>&1 &
children+=($!)
wait_for_content() {
    for _ in {1..400}; do
        [[ -s $1 ]] && return
        sleep 0.05
    done
    echo "$2 did not get ready:" >&2
    cat "$3" >&2
    exit 1
}
wait_for_content "$folder/display" Xvfb "$folder/xvfb.log"
DISPLAY=:$(<"$folder/display")
export DISPLAY QT_QPA_PLATFORM=xcb

# The window manager runs its startup command once it manages windows: without it none gets active.
openbox --startup "sh -c 'echo ready >$folder/managed'" >"$folder/openbox.log" 2>&1 &
children+=($!)
wait_for_content "$folder/managed" openbox "$folder/openbox.log"

"$@"
