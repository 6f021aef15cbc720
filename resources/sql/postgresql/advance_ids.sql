-- Ids that came with their records must not be handed out again. The lock is given back at once: held to the
-- end of the transaction, it would keep everyone else's new records waiting for that.
        IF (SELECT max(n.{id}) FROM new_rows n) > (SELECT last_value FROM {table}_id_sequence) THEN
            BEGIN
                PERFORM pg_advisory_lock(7202411, hashtext('{table}'));
                PERFORM setval('{table}_id_sequence', greatest((SELECT max(n.{id}) FROM new_rows n),
                                                               (SELECT last_value FROM {table}_id_sequence)));
            EXCEPTION WHEN OTHERS OR query_canceled THEN
                PERFORM pg_advisory_unlock(7202411, hashtext('{table}'));
                RAISE;
            END;
            PERFORM pg_advisory_unlock(7202411, hashtext('{table}'));
        END IF;
