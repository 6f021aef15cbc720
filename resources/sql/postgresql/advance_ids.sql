-- Ids that came with their records must not be handed out again.
        IF (SELECT max(n.{id}) FROM new_rows n) > (SELECT last_value FROM {table}_id_sequence) THEN
            PERFORM pg_advisory_xact_lock(7202411, hashtext('{table}'));
            PERFORM setval('{table}_id_sequence', greatest((SELECT max(n.{id}) FROM new_rows n),
                                                           (SELECT last_value FROM {table}_id_sequence)));
        END IF;
