#!/bin/bash
# SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
# SPDX-License-Identifier: Apache-2.0
#
# with-secret-service.sh [--without-service | --without-bus] COMMAND [ARGUMENT…]
#
# Runs a command on a session bus of its own with a real, unlocked gnome-keyring (or with nobody
# who keeps secrets, or without a bus), in a home folder of its own that is removed afterwards.
# Nothing of the user's session is seen or touched. The exit code is the command's.

set -euo pipefail

mode=keyring
case ${1-} in
    --without-service | --without-bus | --inside) mode=${1#--}; shift ;;
esac

# The master password of a keyring that lives for a second; an empty one makes no collection, and a
# line end would belong to it.
password=example-master-password

if [[ $mode == inside ]]; then
    printf '%s' "$password" | gnome-keyring-daemon --foreground --unlock --components=secrets \
        --control-directory="$XDG_RUNTIME_DIR/keyring" >"$XDG_RUNTIME_DIR/keyring.log" 2>&1 &
    keyring=$!
    trap 'kill "$keyring" 2>/dev/null || true; wait "$keyring" 2>/dev/null || true' EXIT
    unlocked() {
        dbus-send --session --print-reply --dest=org.freedesktop.secrets \
            /org/freedesktop/secrets/aliases/default org.freedesktop.DBus.Properties.Get \
            string:org.freedesktop.Secret.Collection string:Locked 2>/dev/null |
            grep -q 'boolean false'
    }
    for _ in {1..400}; do
        if unlocked; then
            CHATAPP_KEYRING_PASSWORD=$password "$@"
            exit
        fi
        sleep 0.05
    done
    echo "gnome-keyring did not get ready:" >&2
    cat "$XDG_RUNTIME_DIR/keyring.log" >&2
    exit 1
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder"/{home,data,config,cache,state,run}
chmod 700 "$folder/run"
export HOME=$folder/home XDG_DATA_HOME=$folder/data XDG_CONFIG_HOME=$folder/config \
    XDG_CACHE_HOME=$folder/cache XDG_STATE_HOME=$folder/state XDG_RUNTIME_DIR=$folder/run
unset DBUS_SESSION_BUS_ADDRESS XDG_CURRENT_DESKTOP GNOME_KEYRING_CONTROL

# Without service folders nothing is started on demand: who is there was started here.
cat >"$folder/session.conf" <<CONF
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=$folder/run/bus</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
CONF

case $mode in
    keyring) dbus-run-session --config-file="$folder/session.conf" -- "$0" --inside "$@" ;;
    without-service) dbus-run-session --config-file="$folder/session.conf" -- "$@" ;;
    without-bus) "$@" ;;
esac
