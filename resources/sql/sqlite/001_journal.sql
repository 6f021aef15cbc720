-- SPDX-License-Identifier: GPL-3.0-or-later
-- What every catalog database has besides its entities' tables. Safe to run again. SQLite has one writer
-- at a time, so a row's sequence is its position as well.
CREATE TABLE IF NOT EXISTS catalog_meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS journal (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    entity TEXT NOT NULL,
    record_id TEXT NOT NULL,
    operation TEXT NOT NULL CHECK (operation IN ('add', 'update', 'delete')),
    version INTEGER NOT NULL,
    before TEXT,
    after TEXT,
    author TEXT NOT NULL,
    origin TEXT NOT NULL,
    client_id TEXT,
    client_sequence INTEGER,
    at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
);
CREATE INDEX IF NOT EXISTS journal_record ON journal (entity, record_id, sequence);
CREATE UNIQUE INDEX IF NOT EXISTS journal_client ON journal (client_id, client_sequence) WHERE client_id IS NOT NULL;

-- Who is writing: set by the program inside its transaction, back to "other" before the end of it, so
-- that other programs' writes are told apart.
CREATE TABLE IF NOT EXISTS writer (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    author TEXT NOT NULL,
    origin TEXT NOT NULL,
    client_id TEXT,
    client_sequence INTEGER
);
INSERT OR IGNORE INTO writer (only_row, author, origin) VALUES (1, 'other', 'other');

CREATE TABLE IF NOT EXISTS id_sequence (entity TEXT PRIMARY KEY, next INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS relay_state (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), cursor INTEGER NOT NULL);
INSERT OR IGNORE INTO relay_state (only_row, cursor) VALUES (1, 0);

CREATE TABLE IF NOT EXISTS relay_refused (
    position INTEGER PRIMARY KEY,
    entity TEXT NOT NULL,
    record_id TEXT NOT NULL,
    reason TEXT NOT NULL,
    held_back INTEGER NOT NULL,
    at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
);
CREATE INDEX IF NOT EXISTS relay_refused_record ON relay_refused (entity, record_id, position);

-- What operators decided about refused events, and when: "retry" or "drop".
CREATE TABLE IF NOT EXISTS relay_decision (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    position INTEGER NOT NULL,
    entity TEXT NOT NULL,
    record_id TEXT NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('retry', 'drop')),
    reason TEXT NOT NULL, -- of the refusal
    author TEXT NOT NULL,
    at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
);

-- Copies of the records elsewhere that catch up from the journal: what comes after `position` is kept
-- for them.
CREATE TABLE IF NOT EXISTS working_copy (
    id TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    label TEXT NOT NULL,
    seen_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) WITHOUT ROWID;
