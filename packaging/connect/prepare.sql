-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What Debezium needs in a catalog's database: two publications, and rights for the role it connects as. For
-- PostgreSQL 15 or newer with wal_level = logical. Run once, as the owner of the tables, after
-- "catalogctl migrate"; a superuser makes the role before:
--
--   CREATE ROLE catalog_connect LOGIN REPLICATION PASSWORD '…';
--   ALTER SYSTEM SET max_slot_wal_keep_size = '20GB';  -- see docs/deployment.md: what a slot costs
--
-- The role's name is the psql variable "role": psql -v role=catalog_connect -f prepare.sql
\set ON_ERROR_STOP on

BEGIN;

-- The journal as an outbox. Only inserts: pruning is no event. What came from topics does not go back to them,
-- as with the relay. The image before the change stays here: half of the bytes, and nobody downstream reads it.
CREATE PUBLICATION catalog_journal
    FOR TABLE journal (sequence, entity, record_id, operation, version, after, author, origin, at)
    WHERE (origin <> 'ingest')
    WITH (publish = 'insert');

-- The record tables themselves. An entity of your own: ALTER PUBLICATION catalog_records ADD TABLE ….
CREATE PUBLICATION catalog_records FOR TABLE product, category, image, todo;

GRANT USAGE ON SCHEMA public TO :"role";
GRANT SELECT ON journal, product, category, image, todo TO :"role";

COMMIT;
