# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# What Catalog Desk needs from Debian 12 or Ubuntu 24.04, and a function that installs what is missing.
# "a|b" are two names for one thing; the first that is installed or can be installed is taken.

# To build and to run.
# shellcheck disable=SC2034
packages_build=(
    ca-certificates git pkg-config cmake ninja-build ccache g++ lld
    qt6-base-dev qt6-base-dev-tools qt6-tools-dev qt6-l10n-tools
    'qt6-svg-dev|libqt6svg6-dev' 'qt6-charts-dev|libqt6charts6-dev' libgl1-mesa-dev
    libqt6sql6-psql libqt6sql6-sqlite qt6-qpa-plugins qt6-image-formats-plugins
    libprotobuf-dev libprotoc-dev protobuf-compiler
    libexpected-dev qtkeychain-qt6-dev libcsv-dev rapidjson-dev librdkafka-dev libpq-dev libsqlite3-dev sqlite3
    libmimalloc-dev
    fonts-inter fonts-jetbrains-mono
)
# Qt Charts includes Qt's OpenGL headers, which Debian 12 alone keeps in a package of their own.
if [[ $(. /etc/os-release 2>/dev/null && printf '%s %s' "${ID:-}" "${VERSION_ID:-}") == 'debian 12' ]]; then
    packages_build+=(libqt6opengl6-dev)
fi

# To draw the window where there is no display.
# shellcheck disable=SC2034
packages_headless=(xvfb xauth)

# The servers of tests/stack and the clients of tests/interop.
# shellcheck disable=SC2034
packages_stack=(
    postgresql postgresql-client 'openjdk-17-jre-headless|openjdk-21-jre-headless' maven kcat curl
    python3-venv
)

# What tests/chaos does to them: steps the clock of a process.
# shellcheck disable=SC2034
packages_chaos=(faketime)

# shellcheck disable=SC2034
packages_lint=(ca-certificates git clang-format shellcheck)

# shellcheck disable=SC2034
packages_tidy=(clang-tidy clang-tools)

# shellcheck disable=SC2034
packages_fuzz=(clang 'libclang-rt-dev|libclang-rt-18-dev|libclang-rt-14-dev' llvm)

package_installed() {
    [[ $(dpkg-query -W -f '${db:Status-Abbrev}' "$1" 2>/dev/null) == ii* ]]
}

package_available() {
    local candidate
    candidate=$(apt-cache policy "$1" 2>/dev/null | sed -n 's/^ *Candidate: *//p')
    [[ -n $candidate && $candidate != '(none)' ]]
}

# missing_packages PACKAGE…: those of which no name is installed, one per line. One question to dpkg for all
# of them: asked one by one, they would be most of the time of a second run.
missing_packages() {
    local package name names installed
    mapfile -t names < <(printf '%s\n' "$@" | tr '|' '\n')
    installed=$(dpkg-query -W -f '${Package} ${db:Status-Abbrev}\n' "${names[@]}" 2>/dev/null |
        sed -n 's/ ii *$//p') || true
    for package in "$@"; do
        IFS='|' read -ra names <<<"$package"
        for name in "${names[@]}"; do
            [[ $'\n'$installed$'\n' == *$'\n'"$name"$'\n'* ]] && continue 2
        done
        printf '%s\n' "$package"
    done
}

as_root() {
    if ((EUID == 0)); then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        fail "Installing packages needs root, and there is no sudo. As root: apt-get install ${missing[*]%%|*}"
    fi
}

apt_get() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 \
        -o Dpkg::Use-Pty=0 "$@" >&2
}

# install_packages PACKAGE…: installs what is missing; says nothing when nothing is.
install_packages() {
    if ! command -v apt-get >/dev/null; then
        say "This is no Debian or Ubuntu; make sure that these are there: ${*%%|*}"
        return
    fi
    local missing=() chosen=() package name names
    mapfile -t missing < <(missing_packages "$@")
    ((${#missing[@]})) || return 0

    say "Installing ${#missing[@]} packages with apt: ${missing[*]%%|*}"
    apt_get update || fail "apt-get update failed; see above."
    for package in "${missing[@]}"; do
        IFS='|' read -ra names <<<"$package"
        for name in "${names[@]}"; do
            if package_available "$name"; then
                chosen+=("$name")
                continue 2
            fi
        done
        fail "apt knows no package ${package//|/ or }. On Ubuntu, enable \"universe\" (sudo add-apt-repository universe) and try again."
    done
    if [[ " ${chosen[*]} " == *' postgresql '* ]] && ! package_installed postgresql-common; then
        say "PostgreSQL will be installed without its default cluster; the tests make their own."
        apt_get install --no-install-recommends postgresql-common || fail "apt-get could not install postgresql-common; see above."
        as_root sed -i 's/^#\?create_main_cluster *=.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
    fi
    apt_get install --no-install-recommends "${chosen[@]}" || fail "apt-get could not install the packages; see above."
}
