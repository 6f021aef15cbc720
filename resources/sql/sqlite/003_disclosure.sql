-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who had which sensitive field of a message shown. Never the value. Safe to run again.
CREATE TABLE IF NOT EXISTS catalog_disclosure (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    author TEXT NOT NULL,
    topic TEXT NOT NULL,
    partition INTEGER NOT NULL,
    message_offset INTEGER NOT NULL,
    field TEXT NOT NULL,
    disclosed_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
);
