-- What happened to passes on devices, for a pass's timeline and the numbers of a day; and what handing pushes over needs.
--
-- Locks: nothing here waits for anything. Events and activity are only added to; see V0001 for what may wait for what.

-- How many tokens a row holds, without reading them: they may be 700 KB, and a dispatcher measures many rows to take few.
ALTER TABLE registry.outbox
    ADD COLUMN token_count integer NOT NULL GENERATED ALWAYS AS (cardinality(push_tokens)) STORED;
-- Hexadecimal digits of random bytes: compressing them costs more than it saves.
ALTER TABLE registry.outbox ALTER COLUMN push_tokens SET STORAGE EXTERNAL;

-- The steps of passes on devices. Diagnostics: a registration's beginning and end stand here exactly, written with it;
-- what phones ask is written a moment later, and left out when there is more of it than can be kept.
CREATE TABLE registry.pass_events (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    kind text NOT NULL,
    pass_type_identifier text NOT NULL,
    serial_number text NOT NULL,
    -- NULL where the request names no device, as that for a package.
    device_library_identifier text,
    -- The tag that a device was told, or that its registration got because the pass had changed before.
    tag bigint
);

CREATE INDEX pass_events_pass ON registry.pass_events (pass_type_identifier, serial_number, position);

-- Registrations that began and ended, by day (UTC).
CREATE TABLE registry.activity_days (
    day date PRIMARY KEY,
    installed bigint NOT NULL,
    removed bigint NOT NULL
);

-- The same, not yet added up: a row for each change, so that no two registrations wait for one row of the day.
CREATE TABLE registry.activity (
    day date NOT NULL DEFAULT (clock_timestamp() AT TIME ZONE 'UTC')::date,
    installed integer NOT NULL DEFAULT 0,
    removed integer NOT NULL DEFAULT 0
);

-- As in V0001, and a new registration is told.
CREATE OR REPLACE FUNCTION registry.register_device(device text, token text, pass_type text, serial text)
    RETURNS boolean
    LANGUAGE plpgsql VOLATILE STRICT
AS $$
DECLARE
    is_new boolean;
    registered_tag bigint;
    changed_tag bigint;
    new_tag bigint;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(registry.pass_type_lock(pass_type));

    INSERT INTO registry.devices AS d (device_library_identifier, push_token)
    VALUES (device, token)
    ON CONFLICT (device_library_identifier)
    DO UPDATE SET push_token = excluded.push_token, updated_at = excluded.updated_at;

    -- xmax is 0 in a row just inserted; DO UPDATE locks the old row first, which leaves the transaction's id there.
    INSERT INTO registry.registrations AS r (device_library_identifier, pass_type_identifier, serial_number)
    VALUES (device, pass_type, serial)
    ON CONFLICT (device_library_identifier, pass_type_identifier, serial_number)
    DO UPDATE SET renewed_at = greatest(excluded.renewed_at, r.renewed_at)
    RETURNING r.xmax = 0, r.tag INTO is_new, registered_tag;

    SELECT p.tag INTO changed_tag
    FROM registry.passes p
    WHERE p.pass_type_identifier = pass_type AND p.serial_number = serial;

    -- The phone may hold a package from before the change: list the pass once more, and push so that it asks.
    IF changed_tag > registered_tag THEN
        UPDATE registry.pass_types t SET clock = t.clock + 1
        WHERE t.pass_type_identifier = pass_type
        RETURNING t.clock INTO STRICT new_tag;

        UPDATE registry.registrations r SET tag = new_tag
        WHERE r.device_library_identifier = device
            AND r.pass_type_identifier = pass_type AND r.serial_number = serial;

        INSERT INTO registry.outbox (pass_type_identifier, push_tokens) VALUES (pass_type, ARRAY[token]);
    END IF;

    IF is_new THEN
        WITH counted AS (
            INSERT INTO registry.activity (installed) VALUES (1)
        )
        INSERT INTO registry.pass_events (kind, pass_type_identifier, serial_number, device_library_identifier, tag)
        VALUES ('registered', pass_type, serial, device, new_tag);
    END IF;

    RETURN is_new;
END
$$;

-- As in V0001, and the end of a registration is told; true when there was one. Another result is another function: the
-- previous release, which ignores it, calls this one likewise.
DROP FUNCTION registry.unregister_device(text, text, text);

CREATE FUNCTION registry.unregister_device(device text, pass_type text, serial text) RETURNS boolean
    LANGUAGE plpgsql VOLATILE STRICT
AS $$
DECLARE
    has_ended boolean;
BEGIN
    -- Whoever registers this device meanwhile waits here, or is waited for and then seen below.
    PERFORM FROM registry.devices d WHERE d.device_library_identifier = device FOR UPDATE;

    WITH gone AS (
        DELETE FROM registry.registrations r
        WHERE r.device_library_identifier = device AND r.pass_type_identifier = pass_type AND r.serial_number = serial
        RETURNING 1
    ), counted AS (
        INSERT INTO registry.activity (removed) SELECT 1 FROM gone
    ), told AS (
        INSERT INTO registry.pass_events (kind, pass_type_identifier, serial_number, device_library_identifier)
        SELECT 'unregistered', pass_type, serial, device FROM gone
    )
    SELECT EXISTS (SELECT FROM gone) INTO STRICT has_ended;

    DELETE FROM registry.devices d
    WHERE d.device_library_identifier = device
        AND NOT EXISTS (SELECT FROM registry.registrations r WHERE r.device_library_identifier = device);

    RETURN has_ended;
END
$$;

-- As in V0001, and the end of each registration is told.
CREATE OR REPLACE FUNCTION registry.remove_rejected(pass_types text[], tokens text[], rejected_at timestamptz[])
    RETURNS bigint
    LANGUAGE plpgsql VOLATILE STRICT
AS $$
DECLARE
    locked text[];
    removed_count bigint;
BEGIN
    SELECT coalesce(array_agg(l.device_library_identifier), '{}') INTO locked
    FROM (
        SELECT d.device_library_identifier
        FROM registry.devices d
        WHERE d.push_token = ANY (tokens)
        ORDER BY d.device_library_identifier
        FOR UPDATE
    ) l;

    WITH gone AS (
        DELETE FROM registry.registrations r
        USING registry.devices d, unnest(pass_types, tokens, rejected_at) AS j (pass_type, token, at)
        WHERE d.device_library_identifier = ANY (locked)
            AND d.push_token = j.token
            AND r.device_library_identifier = d.device_library_identifier
            AND r.pass_type_identifier = j.pass_type
            AND r.renewed_at <= j.at
        RETURNING r.pass_type_identifier, r.serial_number, r.device_library_identifier
    ), counted AS (
        INSERT INTO registry.activity (removed) SELECT count(*) FROM gone HAVING count(*) > 0
    ), told AS (
        INSERT INTO registry.pass_events (kind, pass_type_identifier, serial_number, device_library_identifier)
        SELECT 'rejected', g.pass_type_identifier, g.serial_number, g.device_library_identifier FROM gone g
    )
    SELECT count(*) INTO STRICT removed_count FROM gone;

    DELETE FROM registry.devices d
    WHERE d.device_library_identifier = ANY (locked)
        AND NOT EXISTS (
            SELECT FROM registry.registrations r WHERE r.device_library_identifier = d.device_library_identifier);

    RETURN removed_count;
END
$$;
