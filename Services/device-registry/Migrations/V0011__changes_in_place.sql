-- As before; a pass that has changed before is stamped where it stands, which takes no lock of its own and one record of
-- the log where ON CONFLICT writes two. Nobody else writes these rows while the lock on the pass type is held.
-- The settings keep a plan that was made while the tables were small from reading them whole later.
CREATE OR REPLACE FUNCTION registry.apply_update(
    id text, pass_type text, serials text[], OUT pass_count integer, OUT device_count integer)
    LANGUAGE plpgsql VOLATILE STRICT
    SET enable_seqscan = off SET enable_bitmapscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
DECLARE
    new_tag bigint;
    new_count integer;
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

    UPDATE registry.passes p SET tag = new_tag
    WHERE p.pass_type_identifier = pass_type AND p.serial_number = ANY (serials);
    GET DIAGNOSTICS pass_count = ROW_COUNT;

    IF pass_count < cardinality(serials) THEN
        INSERT INTO registry.passes (pass_type_identifier, serial_number, tag)
        SELECT DISTINCT pass_type, s.serial_number, new_tag FROM unnest(serials) AS s (serial_number)
        ON CONFLICT (pass_type_identifier, serial_number) DO NOTHING;
        GET DIAGNOSTICS new_count = ROW_COUNT;
        pass_count := pass_count + new_count;
    END IF;

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
