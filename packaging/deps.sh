#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
# SPDX-License-Identifier: Apache-2.0
#
# Installs the Debian packages of the groups named: build, run, test, lint. Repeatable: what is
# there already is not touched, and apt is not even started when nothing is missing.
set -euo pipefail

readonly usage="usage: packaging/deps.sh GROUP…   (groups: build run test lint)"

# What a group needs; libraries that a -dev package brings along are not repeated.
packages_of() {
    case $1 in
        build)
            echo g++ cmake ninja-build pkg-config qt6-base-dev qt6-base-dev-tools qt6-svg-dev \
                qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools qtkeychain-qt6-dev libssl-dev \
                libisal-dev
            ;;
        run)
            # libsecret is opened by QtKeychain at run time and is no dependency of its package.
            echo ca-certificates fonts-dejavu-core libqt6keychain1 libqt6sql6-sqlite libqt6svg6 \
                libsecret-1-0 qt6-qpa-plugins
            ;;
        test)
            echo dbus dbus-x11 gnome-keyring imagemagick openbox openssl sqlite3 util-linux xauth \
                xdotool xvfb
            ;;
        lint)
            echo ccache clang-format-14 clang-tidy-14 git python3 reuse
            ;;
        *)
            return 1
            ;;
    esac
}

# Prints those of the packages given that are not installed.
missing_of() {
    local package
    for package in "$@"; do
        dpkg-query --show --showformat='${db:Status-Status}\n' "$package" 2>/dev/null |
            grep --quiet --line-regexp installed || printf '%s\n' "$package"
    done
}

readonly policy=/usr/sbin/policy-rc.d
readonly policy_aside=/usr/sbin/policy-rc.d.chatapp-aside
readonly policy_none=/usr/sbin/policy-rc.d.chatapp-none

# Puts back what stood in policy-rc.d; also after a run that was killed half way.
restore_policy() {
    if [[ -e $policy_aside || -L $policy_aside ]]; then
        mv --force "$policy_aside" "$policy"
    elif [[ -e $policy_none ]]; then
        rm --force "$policy" "$policy_none"
    fi
}

# While packages are set up nothing may start a service of theirs: 101 means "not allowed".
forbid_services() {
    restore_policy
    if [[ -e $policy || -L $policy ]]; then
        mv "$policy" "$policy_aside"
    else
        touch "$policy_none"
    fi
    trap restore_policy EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
}

apt_get() {
    DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 apt-get --quiet=2 \
        --option DPkg::Lock::Timeout=600 --option Dpkg::Use-Pty=0 "$@" </dev/null
}

install() {
    apt_get install --yes --no-install-recommends "$@"
}

# Package lists are fetched only when apt cannot do without: on a bare machine, or when they are
# so old that a package is gone from the mirror.
install_as_root() {
    forbid_services
    if ! install --simulate "$@" >/dev/null 2>&1; then
        apt_get update
    elif install "$@"; then
        return 0
    else
        apt_get update
    fi
    install "$@"
}

main() {
    if (($# == 0)); then
        echo "$usage" >&2
        exit 2
    fi
    local group wanted=() npm=()
    for group in "$@"; do
        local list
        if ! list=$(packages_of "$group"); then
            echo "$usage" >&2
            exit 2
        fi
        # shellcheck disable=SC2206 # names of packages have no spaces
        wanted+=($list)
        # The clients of strangers come from npm; any npm will do, whoever packaged it.
        if [[ $group == test ]] && ! command -v npm >/dev/null; then
            npm=(nodejs npm)
        fi
    done
    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        echo "packaging/deps.sh: this is no Debian. Needed are the counterparts of:" >&2
        echo "  ${wanted[*]}" >&2
        exit 1
    fi

    local missing
    mapfile -t missing < <(missing_of "${wanted[@]}")
    if ((${#missing[@]} == 0 && ${#npm[@]} == 0)); then
        exit 0
    fi

    if ((EUID != 0)); then
        local self
        self=$(readlink --canonicalize "${BASH_SOURCE[0]}")
        # sudo may ask for a password only where somebody can type it.
        if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [[ -t 0 ]]; }; then
            exec sudo -- "$self" "$@"
        fi
        if ((${#missing[@]} == 0)); then
            exit 0
        fi
        echo "packaging/deps.sh: packages are missing. As root, run:" >&2
        echo "  apt-get update && apt-get install --no-install-recommends ${missing[*]}" >&2
        exit 1
    fi

    if ((${#missing[@]} > 0)); then
        echo "Installing: ${missing[*]}"
        install_as_root "${missing[@]}"
    fi
    # One test wants npm and skips, saying so, where there is none: no reason to stop here.
    if ((${#npm[@]} > 0)); then
        echo "Installing: ${npm[*]}"
        install_as_root "${npm[@]}" ||
            echo "packaging/deps.sh: npm is not to be had; the test that needs it will skip" >&2
    fi
}

main "$@"
