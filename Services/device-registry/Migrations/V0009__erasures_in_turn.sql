-- Erased passes are looked at when there may be something to see, each by one replica; and what belongs to somebody who
-- came back stays.
--
-- Locks: pass type (shared advisory; exclusive when somebody comes back) → device rows (by identifier) → registration
-- rows → erased_passes row; a phone that registers takes the clock row after it.

ALTER TABLE registry.erased_passes
    -- The version of the pass that was emptied; NULL where an older release asked.
    ADD COLUMN version bigint,
    -- Until then nobody looks at it: a replica does, or nothing is expected.
    ADD COLUMN next_look_at timestamptz NOT NULL DEFAULT now();
CREATE INDEX erased_passes_next_look_at ON registry.erased_passes (next_look_at);
DROP INDEX registry.erased_passes_open;

-- A pass that was erased and is somebody's again: what was emptied before that version is not erased any more.
CREATE TABLE registry.revived_passes (
    pass_type_identifier text NOT NULL,
    serial_number text NOT NULL,
    version bigint NOT NULL,
    PRIMARY KEY (pass_type_identifier, serial_number)
);

-- Takes down that passes are erased; those that stand here already stay as they are, unless they were emptied again.
CREATE FUNCTION registry.erase_passes(pass_types text[], serials text[], versions bigint[], asked timestamptz)
    RETURNS void
    LANGUAGE plpgsql VOLATILE STRICT
AS $$
BEGIN
    -- Whoever comes back meanwhile waits, or was waited for and is seen below.
    PERFORM pg_advisory_xact_lock_shared(registry.pass_type_lock(t.pass_type))
    FROM (SELECT DISTINCT u.pass_type FROM unnest(pass_types) AS u (pass_type) ORDER BY 1) t;

    INSERT INTO registry.erased_passes AS e (pass_type_identifier, serial_number, asked_at, version)
    SELECT n.pass_type, n.serial, asked, max(n.version)
    FROM unnest(pass_types, serials, versions) AS n (pass_type, serial, version)
    WHERE NOT EXISTS (
        SELECT FROM registry.revived_passes r
        WHERE r.pass_type_identifier = n.pass_type AND r.serial_number = n.serial AND r.version > n.version)
    GROUP BY n.pass_type, n.serial ORDER BY n.pass_type, n.serial
    ON CONFLICT (pass_type_identifier, serial_number) DO UPDATE
    SET asked_at = excluded.asked_at, version = excluded.version, is_open = true, next_look_at = now()
    WHERE e.version < excluded.version;
END
$$;

-- Lets phones register erased passes for good again, as of a version; NULL of an older release.
CREATE FUNCTION registry.revive_passes(pass_type text, serials text[], revived bigint) RETURNS void
    LANGUAGE plpgsql VOLATILE
AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(registry.pass_type_lock(pass_type));

    INSERT INTO registry.revived_passes AS r (pass_type_identifier, serial_number, version)
    SELECT DISTINCT pass_type, s.serial, revived FROM unnest(serials) AS s (serial)
    WHERE revived IS NOT NULL ORDER BY s.serial
    ON CONFLICT (pass_type_identifier, serial_number) DO UPDATE
    SET version = excluded.version WHERE r.version < excluded.version;

    DELETE FROM registry.erased_passes e
    WHERE e.pass_type_identifier = pass_type AND e.serial_number = ANY (serials)
        AND (e.version < revived) IS NOT FALSE;
END
$$;

-- Ends the registrations of an erased pass whose phones have the void pass, or were registered before an instant and
-- had long enough to fetch it. When there are none left, deletes what else is known of the pass.
CREATE FUNCTION registry.look_at_erased_pass(pass_type text, serial text, oldest timestamptz) RETURNS void
    LANGUAGE plpgsql VOLATILE STRICT
AS $$
DECLARE
    asked timestamptz;
    due text[];
    moments timestamptz[];
    newest timestamptz;
BEGIN
    -- While this is held nobody comes back; the pass of somebody who did is not erased any more.
    PERFORM pg_advisory_xact_lock_shared(registry.pass_type_lock(pass_type));
    SELECT e.asked_at INTO asked FROM registry.erased_passes e
    WHERE e.pass_type_identifier = pass_type AND e.serial_number = serial;
    IF NOT FOUND THEN RETURN; END IF;

    -- A fetch names no device: so many must have been seen as there are phones with the pass. One that registered since
    -- waits a minute, in which the word may come that its person is back.
    SELECT array_agg(r.device_library_identifier ORDER BY r.device_library_identifier),
        array_agg(r.renewed_at ORDER BY r.device_library_identifier)
    INTO due, moments
    FROM registry.registrations r
    WHERE r.pass_type_identifier = pass_type AND r.serial_number = serial AND (
        greatest(asked, r.registered_at) < oldest
        OR (r.registered_at <= asked OR r.registered_at < now() - interval '1 minute')
            AND (SELECT count(*) FROM registry.pass_events v
                WHERE v.pass_type_identifier = pass_type AND v.serial_number = serial
                    AND v.kind IN ('fetched', 'notModified') AND v.at > greatest(asked, r.registered_at))
                >= (SELECT count(*) FROM registry.registrations o
                    WHERE o.pass_type_identifier = pass_type AND o.serial_number = serial));
    IF due IS NOT NULL THEN
        PERFORM registry.erase_registrations(pass_type, serial, due, moments);
    END IF;

    -- Whoever registers now waits here, or was waited for and is seen below.
    PERFORM FROM registry.erased_passes e
    WHERE e.pass_type_identifier = pass_type AND e.serial_number = serial FOR UPDATE;
    SELECT max(r.registered_at) INTO newest FROM registry.registrations r
    WHERE r.pass_type_identifier = pass_type AND r.serial_number = serial;
    IF newest IS NOT NULL THEN
        UPDATE registry.erased_passes e SET is_open = true, next_look_at = clock_timestamp() + least(greatest(
            (clock_timestamp() - greatest(asked, newest)) / 20, interval '0.5 seconds'), interval '10 minutes')
        WHERE e.pass_type_identifier = pass_type AND e.serial_number = serial;
        RETURN;
    END IF;

    DELETE FROM registry.pass_events v WHERE v.pass_type_identifier = pass_type AND v.serial_number = serial;
    DELETE FROM registry.device_logs l WHERE l.pass_type_identifier = pass_type AND l.serial_number = serial;
    -- Once more for what was being written down, and then not before a phone registers.
    UPDATE registry.erased_passes e SET is_open = false,
        noted_through = CASE WHEN e.is_open
            THEN (SELECT coalesce(max(t.position), 0) FROM registry.forgotten_tokens t) ELSE e.noted_through END,
        next_look_at = CASE WHEN e.is_open THEN clock_timestamp() + interval '1 minute' ELSE 'infinity' END
    WHERE e.pass_type_identifier = pass_type AND e.serial_number = serial;
END
$$;

-- As in V0002, and an erased pass is opened again by a phone that registers it.
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

    -- An erased pass is looked at again: the person may be back, and the word on its way.
    IF is_new THEN
        UPDATE registry.erased_passes e
        SET is_open = true, next_look_at = least(e.next_look_at, clock_timestamp() + interval '1 minute')
        WHERE e.pass_type_identifier = pass_type AND e.serial_number = serial;
    END IF;

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
