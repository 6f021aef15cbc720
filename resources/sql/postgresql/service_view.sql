-- SPDX-License-Identifier: GPL-3.0-or-later
-- The table as an older service knows it: numbers for decimals, 0 for no reference. What it writes goes
-- to the table and so through the journal.
CREATE OR REPLACE VIEW {view} AS SELECT {select} FROM {table};

CREATE OR REPLACE FUNCTION {view}_write() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO {table} ({columns}) VALUES ({insert_values}) RETURNING {id} INTO NEW.{id};
        RETURN NEW;
    ELSIF TG_OP = 'UPDATE' THEN
        UPDATE {table} SET {assignments} WHERE {id} = OLD.{id};
        RETURN NEW;
    END IF;
    DELETE FROM {table} WHERE {id} = OLD.{id};
    RETURN OLD;
END $$;
CREATE OR REPLACE TRIGGER {view}_write INSTEAD OF INSERT OR UPDATE OR DELETE ON {view}
    FOR EACH ROW EXECUTE FUNCTION {view}_write();
