-- Registrations of many phones that come at the same time, in one transaction; each as register_device (V0009) and
-- unregister_device (V0002) treat it, which stay for what must go alone and for the previous release.
--
-- Locks, each kind in the order of its keys: pass types (shared advisory, those that are free) → device rows →
-- registration rows → erased_passes rows → clock rows.

-- Registers devices for passes, and returns what was done: of several with one device and pass the first is new. A pass
-- type that is changing now is left out: waiting for it would hold up the phones of all others.
CREATE FUNCTION registry.register_devices(devices text[], tokens text[], pass_types text[], serials text[])
    RETURNS TABLE (device text, pass_type text, serial text, is_new boolean)
    LANGUAGE plpgsql VOLATILE STRICT
    SET enable_seqscan = off SET enable_bitmapscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
#variable_conflict use_column
DECLARE
    -- What was written, as parallel arrays in the order of their keys.
    written_devices text[];
    written_types text[];
    written_serials text[];
    are_new boolean[];
    registered_tags bigint[];
    changed record;
    new_tag bigint;
BEGIN
    SELECT array_agg(a.device ORDER BY a.position), array_agg(a.token ORDER BY a.position),
        array_agg(a.pass_type ORDER BY a.position), array_agg(a.serial ORDER BY a.position)
    INTO devices, tokens, pass_types, serials
    FROM (
        SELECT t.pass_type FROM (SELECT DISTINCT u.pass_type FROM unnest(pass_types) AS u (pass_type) ORDER BY 1) t
        WHERE pg_try_advisory_xact_lock_shared(registry.pass_type_lock(t.pass_type)) OFFSET 0
    ) free
    JOIN unnest(devices, tokens, pass_types, serials) WITH ORDINALITY AS a (device, token, pass_type, serial, position)
        ON a.pass_type = free.pass_type;
    IF devices IS NULL THEN RETURN; END IF;

    -- Of several with one device the last one's token stays, as if they had come one after the other.
    INSERT INTO registry.devices AS d (device_library_identifier, push_token)
    SELECT DISTINCT ON (a.device) a.device, a.token
    FROM unnest(devices, tokens) WITH ORDINALITY AS a (device, token, position)
    ORDER BY a.device, a.position DESC
    ON CONFLICT (device_library_identifier)
    DO UPDATE SET push_token = excluded.push_token, updated_at = excluded.updated_at;

    -- xmax is 0 in a row just inserted; DO UPDATE locks the old row first, which leaves the transaction's id there.
    WITH written AS (
        INSERT INTO registry.registrations AS r (device_library_identifier, pass_type_identifier, serial_number)
        SELECT DISTINCT a.device, a.pass_type, a.serial
        FROM unnest(devices, pass_types, serials) AS a (device, pass_type, serial)
        ORDER BY a.device, a.pass_type, a.serial
        ON CONFLICT (device_library_identifier, pass_type_identifier, serial_number)
        DO UPDATE SET renewed_at = greatest(excluded.renewed_at, r.renewed_at)
        RETURNING r.device_library_identifier, r.pass_type_identifier, r.serial_number, r.xmax = 0 AS is_new, r.tag
    )
    SELECT array_agg(w.device_library_identifier), array_agg(w.pass_type_identifier), array_agg(w.serial_number),
        array_agg(w.is_new), array_agg(w.tag)
    INTO written_devices, written_types, written_serials, are_new, registered_tags
    FROM written w;

    -- An erased pass is looked at again: the person may be back, and the word on its way.
    IF true = ANY (are_new) THEN
        WITH held AS (
            SELECT e.pass_type_identifier, e.serial_number
            FROM (
                SELECT DISTINCT w.pass_type, w.serial
                FROM unnest(written_types, written_serials, are_new) AS w (pass_type, serial, is_new)
                WHERE w.is_new ORDER BY 1, 2
            ) w
            CROSS JOIN LATERAL (
                SELECT x.pass_type_identifier, x.serial_number FROM registry.erased_passes x
                WHERE x.pass_type_identifier = w.pass_type AND x.serial_number = w.serial FOR UPDATE
            ) e
        )
        UPDATE registry.erased_passes e
        SET is_open = true, next_look_at = least(e.next_look_at, clock_timestamp() + interval '1 minute')
        FROM held h
        WHERE e.pass_type_identifier = h.pass_type_identifier AND e.serial_number = h.serial_number;
    END IF;

    -- A phone may hold a package from before a change: list the pass once more, and push so that it asks.
    FOR changed IN
        SELECT w.pass_type, array_agg(w.position) AS positions
        FROM unnest(written_types, written_serials, registered_tags) WITH ORDINALITY
            AS w (pass_type, serial, tag, position)
        CROSS JOIN LATERAL (
            SELECT p.tag FROM registry.passes p
            WHERE p.pass_type_identifier = w.pass_type AND p.serial_number = w.serial LIMIT 1
        ) p
        WHERE p.tag > w.tag
        GROUP BY w.pass_type ORDER BY w.pass_type
    LOOP
        UPDATE registry.pass_types t SET clock = t.clock + 1
        WHERE t.pass_type_identifier = changed.pass_type
        RETURNING t.clock INTO STRICT new_tag;

        UPDATE registry.registrations r SET tag = new_tag
        FROM unnest(changed.positions) AS c (position)
        WHERE r.device_library_identifier = written_devices[c.position]
            AND r.pass_type_identifier = changed.pass_type AND r.serial_number = written_serials[c.position];

        INSERT INTO registry.outbox (pass_type_identifier, push_tokens)
        SELECT changed.pass_type, array_agg(DISTINCT d.push_token)
        FROM unnest(changed.positions) AS c (position)
        JOIN registry.devices d ON d.device_library_identifier = written_devices[c.position];
    END LOOP;

    IF true = ANY (are_new) THEN
        WITH told AS (
            INSERT INTO registry.pass_events (kind, pass_type_identifier, serial_number, device_library_identifier, tag)
            SELECT 'registered', w.pass_type, w.serial, w.device, nullif(r.tag, 0)
            FROM unnest(written_types, written_serials, written_devices, are_new)
                AS w (pass_type, serial, device, is_new)
            JOIN registry.registrations r ON r.device_library_identifier = w.device
                AND r.pass_type_identifier = w.pass_type AND r.serial_number = w.serial
            WHERE w.is_new
            RETURNING 1
        )
        INSERT INTO registry.activity (installed) SELECT count(*) FROM told;
    END IF;

    RETURN QUERY SELECT w.device, w.pass_type, w.serial, w.is_new
    FROM unnest(written_devices, written_types, written_serials, are_new) AS w (device, pass_type, serial, is_new);
END
$$;

-- Ends registrations, and each device with its last one; returns those that there were.
CREATE FUNCTION registry.unregister_devices(devices text[], pass_types text[], serials text[])
    RETURNS TABLE (device text, pass_type text, serial text)
    LANGUAGE plpgsql VOLATILE STRICT
    SET enable_seqscan = off SET enable_bitmapscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
#variable_conflict use_column
DECLARE
    -- A device that comes while others are waited for is left alone: who registers it holds its row, and we do not.
    locked text[];
BEGIN
    -- Whoever registers these devices meanwhile waits here, or is waited for and then seen below.
    SELECT coalesce(array_agg(d.device_library_identifier), '{}') INTO locked
    FROM (SELECT DISTINCT a.device FROM unnest(devices) AS a (device) ORDER BY 1) a
    CROSS JOIN LATERAL (
        SELECT x.device_library_identifier FROM registry.devices x
        WHERE x.device_library_identifier = a.device FOR UPDATE
    ) d;

    RETURN QUERY WITH gone AS (
        DELETE FROM registry.registrations r
        USING unnest(devices, pass_types, serials) AS a (device, pass_type, serial)
        WHERE a.device = ANY (locked) AND r.device_library_identifier = a.device
            AND r.pass_type_identifier = a.pass_type AND r.serial_number = a.serial
        RETURNING r.device_library_identifier, r.pass_type_identifier, r.serial_number
    ), counted AS (
        INSERT INTO registry.activity (removed) SELECT count(*) FROM gone HAVING count(*) > 0
    ), told AS (
        INSERT INTO registry.pass_events (kind, pass_type_identifier, serial_number, device_library_identifier)
        SELECT 'unregistered', g.pass_type_identifier, g.serial_number, g.device_library_identifier FROM gone g
    )
    SELECT g.device_library_identifier, g.pass_type_identifier, g.serial_number FROM gone g;

    DELETE FROM registry.devices d
    USING unnest(locked) AS l (device)
    WHERE d.device_library_identifier = l.device
        AND NOT EXISTS (SELECT FROM registry.registrations r WHERE r.device_library_identifier = l.device);
END
$$;
