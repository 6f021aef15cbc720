-- SPDX-License-Identifier: GPL-3.0-or-later
-- What every catalog database has besides its entities' tables. Safe to run again.

CREATE TABLE IF NOT EXISTS catalog_meta (
    key text PRIMARY KEY,
    value text NOT NULL
);
INSERT INTO catalog_meta (key, value) VALUES ('database_id', gen_random_uuid()::text) ON CONFLICT DO NOTHING;

-- One row per changed record, written by the entities' triggers in the transaction of the change.
-- `sequence` is drawn under the record's row lock, so it orders one record's history; across records it
-- is no commit order. Decimals stand in the images as text.
CREATE TABLE IF NOT EXISTS journal (
    sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    entity text NOT NULL,
    record_id text NOT NULL,
    operation text NOT NULL CHECK (operation IN ('add', 'update', 'delete')),
    version bigint NOT NULL,
    before json,
    after json,
    author text NOT NULL,
    origin text NOT NULL,
    client_id text,
    client_sequence bigint,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX IF NOT EXISTS journal_record ON journal (entity, record_id, sequence);
CREATE UNIQUE INDEX IF NOT EXISTS journal_client ON journal (client_id, client_sequence) WHERE client_id IS NOT NULL;

-- The order readers see, stamped on rows once they are visible: a run gives the `entries` journal rows from
-- `sequence` on, without a gap, the positions from `position` on. A table of its own because inserting here is
-- much cheaper than updating the journal; runs, because bulk work draws its numbers one after the other.
-- Its former name, with a row for each entry: under that one, programs from before would overlook most of a run.
DO $$ BEGIN
    IF to_regclass('journal_position') IS NOT NULL AND to_regclass('journal_run') IS NULL THEN
        ALTER TABLE journal_position RENAME TO journal_run;
        ALTER TABLE journal_run ADD COLUMN entries integer NOT NULL DEFAULT 1 CHECK (entries > 0);
    END IF;
END $$;
CREATE TABLE IF NOT EXISTS journal_run (
    position bigint PRIMARY KEY,
    sequence bigint NOT NULL UNIQUE,
    entries integer NOT NULL CHECK (entries > 0)
);

-- The position of the entry with this sequence; NULL while it is not stamped, or if there is none.
CREATE OR REPLACE FUNCTION catalog_position_of(wanted bigint) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT run.position + (wanted - run.sequence)
    FROM (SELECT * FROM journal_run WHERE sequence <= wanted ORDER BY sequence DESC LIMIT 1) AS run
    WHERE wanted < run.sequence + run.entries
$$;

-- The sequence of the entry at this position; NULL if there is none.
CREATE OR REPLACE FUNCTION catalog_sequence_at(wanted bigint) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT run.sequence + (wanted - run.position)
    FROM (SELECT * FROM journal_run WHERE position <= wanted ORDER BY position DESC LIMIT 1) AS run
    WHERE wanted < run.position + run.entries
$$;

-- At most `most` entries after the position `reached`, in order of position: the runs come in theirs, and of each its
-- entries in theirs. Ordering the whole by both would copy every image into a sort, for nothing; readers check.
-- The limits inside keep it to the indexes: a join might read all of the journal for some.
CREATE OR REPLACE FUNCTION catalog_journal_after(reached bigint, most bigint)
RETURNS TABLE ("position" bigint, sequence bigint, entity text, record_id text, operation text, version bigint,
    before json, after json, author text, origin text, at timestamptz)
LANGUAGE sql STABLE AS $$
    SELECT run.position + (entry.sequence - run.sequence), entry.sequence, entry.entity, entry.record_id,
        entry.operation, entry.version, entry.before, entry.after, entry.author, entry.origin, entry.at
    FROM (SELECT * FROM journal_run
          WHERE position >= (SELECT coalesce(max(position), 0) FROM journal_run WHERE position <= reached + 1)
          ORDER BY position LIMIT most) AS run
    CROSS JOIN LATERAL (SELECT * FROM journal
          WHERE sequence >= run.sequence + greatest(0, reached + 1 - run.position)
            AND sequence < run.sequence + run.entries
          ORDER BY sequence LIMIT most) AS entry
    ORDER BY run.position LIMIT most
$$;

-- `through`: every journal row up to this sequence is stamped, or belongs to a transaction that failed.
-- Only narrows the search for unstamped rows; a long transaction elsewhere widens it, and delays nobody.
CREATE TABLE IF NOT EXISTS journal_horizon (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    last_position bigint NOT NULL DEFAULT 0,
    through bigint NOT NULL DEFAULT 0,
    candidate bigint NOT NULL DEFAULT 0,
    candidate_transaction xid8
);
INSERT INTO journal_horizon DEFAULT VALUES ON CONFLICT DO NOTHING;

-- Stamps at most `most` visible rows with positions, in sequence order; returns how many. One at a time:
-- whoever finds the lock taken returns 0, its rows are being stamped. Call it in a transaction of its own.
-- Whatever the statistics say of tables that grow this fast: by the indexes, and no further than it has to.
CREATE OR REPLACE FUNCTION catalog_stamp_journal(most integer) RETURNS bigint LANGUAGE plpgsql
SET enable_hashjoin = off SET enable_seqscan = off SET jit = off AS $$
DECLARE
    horizon journal_horizon;
    drawn bigint;
    settled boolean;
    stamped bigint;
    last_sequence bigint;
BEGIN
    -- From the sequence itself: pg_sequences shows NULL to who may not read it, and would let this say
    -- that there is nothing to stamp.
    SELECT CASE WHEN is_called THEN last_value ELSE 0 END INTO drawn FROM journal_sequence_seq;
    SELECT * INTO horizon FROM journal_horizon;
    IF coalesce(drawn, 0) <= horizon.through OR NOT pg_try_advisory_xact_lock(7202411, 1) THEN
        RETURN 0;
    END IF;
    SELECT * INTO horizon FROM journal_horizon;

    -- Every transaction that could have drawn a sequence up to the candidate has ended by now?
    settled := horizon.candidate_transaction IS NOT NULL
        AND pg_snapshot_xmin(pg_current_snapshot()) >= horizon.candidate_transaction;

    -- What is unstamped lies between the runs above the horizon, and behind the last one.
    WITH run AS (
        SELECT sequence AS first, sequence + entries AS next FROM journal_run
        WHERE sequence >= (SELECT coalesce(max(sequence), 0) FROM journal_run
                           WHERE sequence <= horizon.through + 1)
    ), gap AS (
        SELECT greatest(horizon.through + 1, lag(next, 1, 0::bigint) OVER (ORDER BY first)) AS first, first AS next
        FROM run
        UNION ALL
        SELECT greatest(horizon.through + 1, max(next)), 9223372036854775807 FROM run
    ), unstamped AS (
        SELECT entry.sequence, row_number() OVER (ORDER BY entry.sequence) AS number
        FROM (SELECT * FROM gap WHERE first < next ORDER BY first) AS gap
        CROSS JOIN LATERAL (SELECT sequence FROM journal WHERE sequence >= gap.first AND sequence < gap.next
                            ORDER BY sequence LIMIT most) AS entry
        ORDER BY entry.sequence LIMIT most
    ), added AS (
        INSERT INTO journal_run (position, sequence, entries)
            SELECT horizon.last_position + min(number), min(sequence), count(*)
            FROM unstamped GROUP BY sequence - number
        RETURNING sequence, entries
    )
    SELECT coalesce(sum(entries), 0), max(sequence + entries - 1) INTO stamped, last_sequence FROM added;

    IF settled AND (stamped < most OR last_sequence >= horizon.candidate) THEN
        horizon.through := horizon.candidate;
        horizon.candidate_transaction := NULL;
    ELSIF settled THEN
        -- They are stamped in order of sequence: below the last one none is left.
        horizon.through := greatest(horizon.through, last_sequence);
    END IF;
    IF horizon.candidate_transaction IS NULL AND drawn > horizon.through THEN
        -- This transaction's number is drawn after `drawn` was read, so it is above that of every
        -- transaction that drew those sequences. Called inside a longer transaction it might not be.
        horizon.candidate := drawn;
        horizon.candidate_transaction := pg_current_xact_id();
    END IF;
    UPDATE journal_horizon SET last_position = last_position + stamped, through = horizon.through,
        candidate = horizon.candidate, candidate_transaction = horizon.candidate_transaction;
    RETURN stamped;
END $$;

CREATE TABLE IF NOT EXISTS relay_state (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    cursor bigint NOT NULL DEFAULT 0
);
INSERT INTO relay_state DEFAULT VALUES ON CONFLICT DO NOTHING;

CREATE TABLE IF NOT EXISTS relay_refused (
    position bigint PRIMARY KEY,
    entity text NOT NULL,
    record_id text NOT NULL,
    reason text NOT NULL,
    held_back boolean NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX IF NOT EXISTS relay_refused_record ON relay_refused (entity, record_id, position);

-- What operators decided about refused events, and when: "retry" or "drop". One at a time (a
-- transaction-level advisory lock), so that the numbers are in the order of the commits.
CREATE TABLE IF NOT EXISTS relay_decision (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    position bigint NOT NULL,
    entity text NOT NULL,
    record_id text NOT NULL,
    decision text NOT NULL CHECK (decision IN ('retry', 'drop')),
    reason text NOT NULL, -- of the refusal
    author text NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Copies of the records elsewhere that catch up from the journal: what comes after `position` is kept
-- for them.
CREATE TABLE IF NOT EXISTS working_copy (
    id text PRIMARY KEY,
    position bigint NOT NULL,
    label text NOT NULL,
    seen_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
