-- SPDX-License-Identifier: GPL-3.0-or-later
-- What was read from topics. Safe to run again.

-- The next message to read, moved in the transaction that applies the ones before it.
CREATE TABLE IF NOT EXISTS ingest_position (
    consumer_group text NOT NULL,
    topic text NOT NULL,
    partition integer NOT NULL,
    next_offset bigint NOT NULL,
    PRIMARY KEY (consumer_group, topic, partition)
);

-- Messages that could not be applied. `headers` is a JSON array of [name, value in base64].
CREATE TABLE IF NOT EXISTS ingest_poison (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic text NOT NULL,
    partition integer NOT NULL,
    message_offset bigint NOT NULL,
    key bytea,
    value bytea,
    headers text NOT NULL,
    message_at bigint,
    reason text NOT NULL,
    kept_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (topic, partition, message_offset)
);

-- Records that a message has deleted, with that message's time in milliseconds: topics are not read in step,
-- so an older message about such a record may come after.
CREATE TABLE IF NOT EXISTS ingest_deleted (
    entity text NOT NULL,
    record_id text NOT NULL,
    message_at bigint NOT NULL,
    PRIMARY KEY (entity, record_id)
);
