-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who had which sensitive field of a message shown. Never the value. Safe to run again.
CREATE TABLE IF NOT EXISTS catalog_disclosure (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    author text NOT NULL,
    topic text NOT NULL,
    partition integer NOT NULL,
    message_offset bigint NOT NULL,
    field text NOT NULL,
    disclosed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
