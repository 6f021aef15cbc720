-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version and journal of one entity's table. {names} are filled in from its description. Made anew at
-- each growth of the table.
DROP TRIGGER IF EXISTS {table}_journal_add;
CREATE TRIGGER {table}_journal_add AFTER INSERT ON {table} BEGIN
    INSERT INTO journal (entity, record_id, operation, version, after, author, origin, client_id, client_sequence)
        SELECT '{entity}', NEW.{id}, 'add', NEW.version, {image_new}, author, origin, client_id, client_sequence FROM writer;
END;
DROP TRIGGER IF EXISTS {table}_journal_update;
CREATE TRIGGER {table}_journal_update AFTER UPDATE OF {columns} ON {table} WHEN {differs} BEGIN
    INSERT INTO journal (entity, record_id, operation, version, before, after, author, origin, client_id, client_sequence)
        SELECT '{entity}', NEW.{id}, 'update', OLD.version + 1, {image_old}, {image_new}, author, origin, client_id,
               client_sequence FROM writer;
    UPDATE {table} SET version = OLD.version + 1 WHERE {id} = NEW.{id};
END;
DROP TRIGGER IF EXISTS {table}_keep_id;
CREATE TRIGGER {table}_keep_id BEFORE UPDATE OF {id} ON {table} WHEN NEW.{id} IS NOT OLD.{id} BEGIN
    SELECT RAISE(ABORT, 'The id of a record never changes; add a new record instead.');
END;
DROP TRIGGER IF EXISTS {table}_journal_delete;
CREATE TRIGGER {table}_journal_delete AFTER DELETE ON {table} BEGIN
    INSERT INTO journal (entity, record_id, operation, version, before, author, origin, client_id, client_sequence)
        SELECT '{entity}', OLD.{id}, 'delete', OLD.version + 1, {image_old}, author, origin, client_id, client_sequence
        FROM writer;
END;
