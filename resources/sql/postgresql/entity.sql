-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version and journal of one entity's table. {names} are filled in from its description.

CREATE OR REPLACE FUNCTION {table}_count_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.{id} IS DISTINCT FROM OLD.{id} THEN
        RAISE EXCEPTION 'The id of a record never changes; add a new record instead.';
    END IF;
    NEW.version := OLD.version;
    IF NEW IS DISTINCT FROM OLD THEN
        NEW.version := OLD.version + 1;
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER {table}_count_version BEFORE UPDATE ON {table}
    FOR EACH ROW EXECUTE FUNCTION {table}_count_version();

CREATE OR REPLACE FUNCTION {table}_journal() RETURNS trigger LANGUAGE plpgsql AS $$
#variable_conflict use_variable -- a column may be called "who" as well
DECLARE
    who text := coalesce(nullif(current_setting('catalog.author', true), ''), session_user);
    whence text := coalesce(nullif(current_setting('catalog.origin', true), ''), 'other');
    client text := nullif(current_setting('catalog.client_id', true), '');
    client_number bigint := nullif(current_setting('catalog.client_sequence', true), '')::bigint;
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO journal (entity, record_id, operation, version, after, author, origin, client_id, client_sequence)
            SELECT '{entity}', n.{id}::text, 'add', n.version, {image_new}, who, whence, client, client_number
            FROM new_rows n;
        {advance_ids}
    ELSIF TG_OP = 'UPDATE' THEN
        INSERT INTO journal (entity, record_id, operation, version, before, after, author, origin, client_id, client_sequence)
            SELECT '{entity}', n.{id}::text, 'update', n.version, {image_old}, {image_new}, who, whence, client, client_number
            FROM new_rows n JOIN old_rows o ON o.{id} = n.{id} WHERE n.version <> o.version;
    ELSE
        INSERT INTO journal (entity, record_id, operation, version, before, author, origin, client_id, client_sequence)
            SELECT '{entity}', o.{id}::text, 'delete', o.version + 1, {image_old}, who, whence, client, client_number
            FROM old_rows o;
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER {table}_journal_add AFTER INSERT ON {table}
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {table}_journal();
CREATE OR REPLACE TRIGGER {table}_journal_update AFTER UPDATE ON {table}
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {table}_journal();
CREATE OR REPLACE TRIGGER {table}_journal_delete AFTER DELETE ON {table}
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION {table}_journal();

CREATE OR REPLACE FUNCTION catalog_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'TRUNCATE would bypass the journal; use DELETE.';
END $$;
CREATE OR REPLACE TRIGGER {table}_refuse_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION catalog_refuse_truncate();
