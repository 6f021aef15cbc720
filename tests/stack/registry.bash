# SPDX-License-Identifier: GPL-3.0-or-later
#
# Part of tests/stack/stack: an Apicurio schema registry, which keeps its schemas in memory only.
#
# shellcheck shell=bash disable=SC2154 # state and servers are the stack's

registry_url() { printf 'http://127.0.0.1:%s/apis/ccompat/v7' "$(<"$state/registry.port")"; }

registry_answers() { curl -sf --noproxy '*' --max-time 5 "$(registry_url)/subjects"; }

start_registry() {
    pid_of registry >/dev/null && return
    [[ -f $state/registry.port ]] || free_port >"$state/registry.port"
    local jars=("$servers"/registry/*-runner.jar)
    launch registry java -Xmx192m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djava.awt.headless=true \
        -Dquarkus.http.host=127.0.0.1 -Dquarkus.http.port="$(<"$state/registry.port")" \
        -Dquarkus.banner.enabled=false -jar "${jars[0]}"
    await registry 180 registry_answers
}
