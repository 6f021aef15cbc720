# SPDX-License-Identifier: GPL-3.0-or-later
#
# Part of tests/stack/stack: processes that are started, found again and ended, and ports that are waited for.
# Processes are recorded as "pid start-time", and nothing is signalled unless both still match.
#
# shellcheck shell=bash disable=SC2154 # state, say and fail are the stack's

# The kernel's start time of a process: with the pid it names one process for as long as the machine is up.
start_time() {
    local stat fields
    stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
    read -ra fields <<<"${stat##*) }"
    [[ ${fields[0]} != Z ]] && printf '%s' "${fields[19]}"
}

# Prints the pid of a service if the process that was recorded is still the one that runs.
pid_of() {
    local pid started
    [[ -f $state/$1.pid ]] && read -r pid started <"$state/$1.pid" || return 1
    [[ $(start_time "$pid") == "$started" ]] && printf '%s' "$pid"
}

# launch SERVICE COMMAND…: runs it in a session of its own, with no terminal and none of our descriptors,
# so that it outlives the calling shell and holds nobody's pipe open.
launch() {
    local service=$1
    shift
    (
        exec </dev/null >>"$state/$service.log" 2>&1
        local descriptor
        for descriptor in /proc/self/fd/*; do
            descriptor=${descriptor##*/}
            ((descriptor > 2 && descriptor != 255)) && eval "exec $descriptor>&-"
        done
        cd /
        exec setsid "$@"
    ) &
    local pid=$!
    printf '%s %s\n' "$pid" "$(start_time "$pid")" >"$state/$service.pid"
    disown "$pid"
}

# gone PID START SECONDS: waits for the process to end.
gone() {
    local end=$((SECONDS + $3))
    while [[ $(start_time "$1") == "$2" ]]; do
        ((SECONDS < end)) || return 1
        sleep 0.05
    done
}

# end_service SERVICE SIGNAL: the signal, then SIGKILL when it is not heeded.
end_service() {
    local service=$1 signal=$2 pid started
    if ! pid=$(pid_of "$service"); then
        rm -f "$state/$service.pid"
        return 0
    fi
    started=$(start_time "$pid")
    signal_service "$pid" CONT
    if [[ $signal == KILL ]]; then signal_service "$pid" KILL; else kill "-$signal" "$pid" 2>/dev/null || true; fi
    if ! gone "$pid" "$started" 20; then
        say "$service did not stop within 20 s; killing it."
        signal_service "$pid" KILL
        gone "$pid" "$started" 10 || fail "$service (process $pid) cannot be stopped."
    fi
    rm -f "$state/$service.pid"
}

# signal_service PID SIGNAL: to the process and its children; PostgreSQL's backends are processes
# of their own.
signal_service() {
    local children
    children=$(cat "/proc/$1/task/"*/children 2>/dev/null || true)
    # shellcheck disable=SC2086
    kill "-$2" "$1" $children 2>/dev/null || true
}

listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# free_port [TAKEN…]: a port below the kernel's range for outgoing connections, so that it is still free when
# a stopped server comes back to it.
free_port() {
    local port tries
    for ((tries = 0; tries < 200; ++tries)); do
        port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
        [[ " $* " != *" $port "* ]] || continue
        grep -qsi ":$(printf '%04X' "$port") " /proc/net/tcp /proc/net/tcp6 && continue
        listening "$port" && continue
        printf '%s' "$port"
        return
    done
    return 1
}

# await SERVICE SECONDS COMMAND…: until the command succeeds, or the service dies, or the time is over.
await() {
    local service=$1 seconds=$2 end=$((SECONDS + $2))
    shift 2
    until "$@" >/dev/null 2>&1; do
        pid_of "$service" >/dev/null || give_up "$service" "$service ended while it was starting"
        ((SECONDS < end)) || give_up "$service" "$service does not answer after $seconds s"
        sleep 0.1
    done
}

give_up() {
    printf 'stack: %s. The end of its log:\n' "$2" >&2
    tail -n 25 "$state/$1.log" | sed 's/^/    /' >&2
    exit 1
}

need() { command -v "$1" >/dev/null || fail "$1 is missing; install the package $2 (./dev does)."; }
