# SPDX-License-Identifier: GPL-3.0-or-later
#
# Part of tests/stack/stack: an Apache Kafka broker (KRaft, one node).
#
# shellcheck shell=bash disable=SC2154 # state, here and servers are the stack's

broker_answers() { timeout 5 kcat -L -m 2 -b "127.0.0.1:$(<"$state/broker.port")"; }

java_broker() {
    java -Xms256m -Xmx384m -XX:+UseSerialGC -Xshare:auto -Djava.awt.headless=true \
        -Dlog4j.configuration="file:$here/log4j.properties" -cp "$servers/kafka/*" "$@"
}

# A random 16-byte id in URL-safe base64. The broker's storage tool takes an id that begins with "-" for an
# option, so the two characters that are neither letter nor digit are replaced.
new_cluster_id() {
    head -c 16 /dev/urandom | base64 | tr '+/' 'Aa' | tr -d '='
}

# The listener PROXIED is for tests that stand a proxy of their own before the broker: who comes in there is
# sent on to the proxy's port, so that every connection of a client goes through it.
configure_broker() {
    local port controller proxied proxy
    port=$(free_port)
    controller=$(free_port "$port")
    proxied=$(free_port "$port" "$controller")
    proxy=$(free_port "$port" "$controller" "$proxied")
    cat >"$state/broker.properties" <<CONF
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:$controller
listeners=PLAINTEXT://127.0.0.1:$port,PROXIED://127.0.0.1:$proxied,CONTROLLER://127.0.0.1:$controller
advertised.listeners=PLAINTEXT://127.0.0.1:$port,PROXIED://127.0.0.1:$proxy
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,PROXIED:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs=$state/broker
auto.create.topics.enable=false
num.partitions=1
default.replication.factor=1
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
log.segment.bytes=67108864
log.cleaner.dedupe.buffer.size=8388608
log.segment.delete.delay.ms=100
num.network.threads=2
num.io.threads=4
background.threads=2
broker.heartbeat.interval.ms=500
broker.session.timeout.ms=3000
CONF
    printf '%s' "$proxied" >"$state/broker.proxied"
    printf '%s' "$proxy" >"$state/broker.proxy"
    printf '%s' "$port" >"$state/broker.port"
    java_broker -XX:TieredStopAtLevel=1 kafka.tools.StorageTool format --config "$state/broker.properties" \
        --cluster-id "$(new_cluster_id)" \
        >>"$state/broker.log" 2>&1 || {
        rm -f "$state/broker.port"
        give_up broker "The broker's storage could not be prepared"
    }
}

start_broker() {
    pid_of broker >/dev/null && return
    [[ -f $state/broker.port ]] || configure_broker
    launch broker java -Xms256m -Xmx384m -XX:+UseSerialGC -Djava.awt.headless=true \
        -Dlog4j.configuration="file:$here/log4j.properties" -cp "$servers/kafka/*" \
        kafka.Kafka "$state/broker.properties"
    await broker 180 broker_answers
}
