-- Everything of device-registry lives in the schema registry, which its login owns.
--
-- Who locks what, always in this order, so that no two transactions can wait for each other in a circle:
--   a device registers   pass type (shared advisory) → device row → registration row → clock row
--   passes change        pass_updates row → pass type (exclusive advisory) → clock row → passes rows
--   a device unregisters, a token is rejected
--                        device rows (by identifier) → registration rows

-- The clock of a pass type: the newest update tag given. It is raised under its row lock in the transaction that stamps
-- the passes or registrations with it, so tags become visible in the order of their numbers. Few rows, written often:
-- the free space lets each page keep its updates to itself.
CREATE TABLE registry.pass_types (
    pass_type_identifier text PRIMARY KEY,
    clock bigint NOT NULL CHECK (clock > 0)
) WITH (fillfactor = 10);

-- A pass that has ever changed, with the tag of its newest change. What a pass contains is not ours to know.
CREATE TABLE registry.passes (
    pass_type_identifier text NOT NULL,
    serial_number text NOT NULL,
    tag bigint NOT NULL CHECK (tag > 0),
    PRIMARY KEY (pass_type_identifier, serial_number)
) WITH (fillfactor = 80);

-- One phone may stand here under several identifiers with one push token.
CREATE TABLE registry.devices (
    device_library_identifier text PRIMARY KEY,
    push_token text NOT NULL CHECK (push_token <> ''),
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (fillfactor = 80);

CREATE INDEX devices_push_token ON registry.devices (push_token);

CREATE TABLE registry.registrations (
    device_library_identifier text NOT NULL REFERENCES registry.devices,
    pass_type_identifier text NOT NULL,
    serial_number text NOT NULL,
    -- 0: the pass had never changed when it was registered.
    tag bigint NOT NULL DEFAULT 0,
    registered_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    renewed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (device_library_identifier, pass_type_identifier, serial_number)
) WITH (fillfactor = 80);

-- Whom to push when a pass changes.
CREATE INDEX registrations_pass ON registry.registrations (pass_type_identifier, serial_number)
    INCLUDE (device_library_identifier);

-- The changes told to us, so that one told twice is answered as the first time and moves no tag again.
CREATE TABLE registry.pass_updates (
    update_id text PRIMARY KEY,
    pass_type_identifier text NOT NULL,
    passes integer NOT NULL DEFAULT 0,
    devices integer NOT NULL DEFAULT 0,
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX pass_updates_applied_at ON registry.pass_updates (applied_at);

-- Pushes to hand to push-sender, written in the transaction that made them necessary.
CREATE TABLE registry.outbox (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    push_id uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
    pass_type_identifier text NOT NULL,
    push_tokens text[] NOT NULL CHECK (cardinality(push_tokens) BETWEEN 1 AND 10000),
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    attempts integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX outbox_next_attempt_at ON registry.outbox (next_attempt_at, position);

-- What phones reported to the log endpoint, with device identifiers, serial numbers and tokens masked in the line.
CREATE TABLE registry.device_logs (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    line text NOT NULL,
    kind text NOT NULL,
    pass_type_identifier text,
    serial_number text
);

CREATE INDEX device_logs_at ON registry.device_logs (at);
CREATE INDEX device_logs_pass ON registry.device_logs (pass_type_identifier, serial_number, position);
CREATE INDEX device_logs_kind ON registry.device_logs (kind, position);

-- Holds back registrations of a pass type while passes of it change (exclusive), and changes while one registers
-- (shared): without it a registration and a change that do not see each other would leave the phone behind, unpushed.
CREATE FUNCTION registry.pass_type_lock(pass_type text) RETURNS bigint
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN hashtextextended('registry.pass_type/' || pass_type, 0);

-- Registers a device for a pass; true when it was not registered before. A function and not one SQL statement, since
-- each step must see what was committed while the lock before it was waited for; to the caller it is one statement.
CREATE FUNCTION registry.register_device(device text, token text, pass_type text, serial text) RETURNS boolean
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

    RETURN is_new;
END
$$;

-- Stamps passes with a new tag and leaves one push for each token that is registered for any of them; an update told
-- before changes nothing and is answered as it was then. Push tokens that are not hexadecimal belong to other wallets.
CREATE FUNCTION registry.apply_update(
    id text, pass_type text, serials text[], OUT pass_count integer, OUT device_count integer)
    LANGUAGE plpgsql VOLATILE STRICT
AS $$
DECLARE
    new_tag bigint;
BEGIN
    -- A twin on another connection is waited for here, and its row then seen below.
    INSERT INTO registry.pass_updates (update_id, pass_type_identifier) VALUES (id, pass_type)
    ON CONFLICT (update_id) DO NOTHING;
    IF NOT FOUND THEN
        SELECT u.passes, u.devices INTO STRICT pass_count, device_count
        FROM registry.pass_updates u WHERE u.update_id = id;
        RETURN;
    END IF;

    PERFORM pg_advisory_xact_lock(registry.pass_type_lock(pass_type));

    INSERT INTO registry.pass_types AS t (pass_type_identifier, clock) VALUES (pass_type, 1)
    ON CONFLICT (pass_type_identifier) DO UPDATE SET clock = t.clock + 1
    RETURNING t.clock INTO STRICT new_tag;

    INSERT INTO registry.passes (pass_type_identifier, serial_number, tag)
    SELECT DISTINCT pass_type, s.serial_number, new_tag FROM unnest(serials) AS s (serial_number)
    ON CONFLICT (pass_type_identifier, serial_number) DO UPDATE SET tag = excluded.tag;
    GET DIAGNOSTICS pass_count = ROW_COUNT;

    WITH tokens AS (
        SELECT DISTINCT d.push_token
        FROM registry.registrations r
        JOIN registry.devices d ON d.device_library_identifier = r.device_library_identifier
        WHERE r.pass_type_identifier = pass_type AND r.serial_number = ANY (serials)
            AND d.push_token ~ '^([0-9a-f]{2})+$'
    ), chunks AS (
        SELECT t.push_token, (row_number() OVER () - 1) / 10000 AS number FROM tokens t
    ), pushes AS (
        INSERT INTO registry.outbox (pass_type_identifier, push_tokens)
        SELECT pass_type, array_agg(c.push_token) FROM chunks c GROUP BY c.number
        RETURNING cardinality(push_tokens) AS tokens
    )
    SELECT coalesce(sum(p.tokens), 0) INTO STRICT device_count FROM pushes p;

    UPDATE registry.pass_updates u SET passes = pass_count, devices = device_count WHERE u.update_id = id;
END
$$;

-- Ends a registration, and the device with its last one; nothing happens when there is none.
CREATE FUNCTION registry.unregister_device(device text, pass_type text, serial text) RETURNS void
    LANGUAGE plpgsql VOLATILE STRICT
AS $$
BEGIN
    -- Whoever registers this device meanwhile waits here, or is waited for and then seen below.
    PERFORM FROM registry.devices d WHERE d.device_library_identifier = device FOR UPDATE;

    DELETE FROM registry.registrations r
    WHERE r.device_library_identifier = device AND r.pass_type_identifier = pass_type AND r.serial_number = serial;

    DELETE FROM registry.devices d
    WHERE d.device_library_identifier = device
        AND NOT EXISTS (SELECT FROM registry.registrations r WHERE r.device_library_identifier = device);
END
$$;

-- Ends the registrations that a push service's rejections of their tokens concern; how many they were.
CREATE FUNCTION registry.remove_rejected(pass_types text[], tokens text[], rejected_at timestamptz[]) RETURNS bigint
    LANGUAGE plpgsql VOLATILE STRICT
AS $$
DECLARE
    locked text[];
    removed bigint;
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
        RETURNING 1
    )
    SELECT count(*) INTO removed FROM gone;

    DELETE FROM registry.devices d
    WHERE d.device_library_identifier = ANY (locked)
        AND NOT EXISTS (
            SELECT FROM registry.registrations r WHERE r.device_library_identifier = d.device_library_identifier);

    RETURN removed;
END
$$;
