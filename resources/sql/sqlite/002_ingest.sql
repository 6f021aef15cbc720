-- SPDX-License-Identifier: GPL-3.0-or-later
-- What was read from topics. Safe to run again.

-- The next message to read, moved in the transaction that applies the ones before it.
CREATE TABLE IF NOT EXISTS ingest_position (
    consumer_group TEXT NOT NULL,
    topic TEXT NOT NULL,
    partition INTEGER NOT NULL,
    next_offset INTEGER NOT NULL,
    PRIMARY KEY (consumer_group, topic, partition)
) WITHOUT ROWID;

-- Messages that could not be applied. `headers` is a JSON array of [name, value in base64].
CREATE TABLE IF NOT EXISTS ingest_poison (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    topic TEXT NOT NULL,
    partition INTEGER NOT NULL,
    message_offset INTEGER NOT NULL,
    key BLOB,
    value BLOB,
    headers TEXT NOT NULL,
    message_at INTEGER,
    reason TEXT NOT NULL,
    kept_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    UNIQUE (topic, partition, message_offset)
);

-- Records that a message has deleted, with that message's time in milliseconds: topics are not read in step,
-- so an older message about such a record may come after.
CREATE TABLE IF NOT EXISTS ingest_deleted (
    entity TEXT NOT NULL,
    record_id TEXT NOT NULL,
    message_at INTEGER NOT NULL,
    PRIMARY KEY (entity, record_id)
) WITHOUT ROWID;
