-- Passes of erased contacts, push tokens that belong to nobody any more, and the log of what administrators did.
--
-- Locks: an erasure takes device rows (by identifier) → registration rows, as the end of a registration does (V0001).

-- A pass whose contact was erased. Its registrations stay until the phone has fetched the voided pass, or for a grace
-- period; the row stays for registrations that come late, and goes when the person comes back.
CREATE TABLE registry.erased_passes (
    pass_type_identifier text NOT NULL,
    serial_number text NOT NULL,
    -- What is fetched from then on is void.
    asked_at timestamptz NOT NULL,
    -- The newest push token that was noted when its last registration went; push-sender may not have forgotten it yet.
    noted_through bigint NOT NULL DEFAULT 0,
    -- Whether there may be something of it left.
    is_open boolean NOT NULL DEFAULT true,
    PRIMARY KEY (pass_type_identifier, serial_number)
);
CREATE INDEX erased_passes_open ON registry.erased_passes (asked_at) WHERE is_open;

-- Push tokens that push-sender must forget.
CREATE TABLE registry.forgotten_tokens (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    push_token text NOT NULL,
    noted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- A moment later, so that pushes which were being written down when it went are seen.
    next_attempt_at timestamptz NOT NULL DEFAULT clock_timestamp() + interval '1 second'
);
CREATE INDEX forgotten_tokens_next_attempt_at ON registry.forgotten_tokens (next_attempt_at, position);

-- Whoever lets a device go, in whichever statement and release, notes its token; a device that gets another one likewise.
CREATE FUNCTION registry.note_forgotten_token() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO registry.forgotten_tokens (push_token)
    SELECT old.push_token WHERE old.push_token ~ '^([0-9a-f]{2})+$';
    RETURN NULL;
END
$$;
CREATE TRIGGER devices_forgotten AFTER DELETE ON registry.devices
    FOR EACH ROW EXECUTE FUNCTION registry.note_forgotten_token();
CREATE TRIGGER devices_renewed AFTER UPDATE OF push_token ON registry.devices
    FOR EACH ROW WHEN (old.push_token <> new.push_token) EXECUTE FUNCTION registry.note_forgotten_token();

-- Ends registrations of a pass that were not renewed since these moments, and tells nobody; how many they were.
CREATE FUNCTION registry.erase_registrations(pass_type text, serial text, devices text[], moments timestamptz[])
    RETURNS bigint
    LANGUAGE plpgsql VOLATILE STRICT
AS $$
DECLARE
    removed_count bigint;
BEGIN
    PERFORM FROM registry.devices d WHERE d.device_library_identifier = ANY (devices)
    ORDER BY d.device_library_identifier FOR UPDATE;

    WITH gone AS (
        DELETE FROM registry.registrations r
        USING unnest(devices, moments) AS w (device, moment)
        WHERE r.device_library_identifier = w.device AND r.pass_type_identifier = pass_type
            AND r.serial_number = serial AND r.renewed_at <= w.moment
        RETURNING 1
    ), counted AS (
        INSERT INTO registry.activity (removed) SELECT count(*) FROM gone HAVING count(*) > 0
    )
    SELECT count(*) INTO STRICT removed_count FROM gone;

    DELETE FROM registry.devices d
    WHERE d.device_library_identifier = ANY (devices)
        AND NOT EXISTS (
            SELECT FROM registry.registrations r WHERE r.device_library_identifier = d.device_library_identifier);

    RETURN removed_count;
END
$$;

-- What administrators did: an entry before each action, its outcome after it.
CREATE TABLE registry.audit_log (
    position    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at          timestamptz NOT NULL,
    -- The beginning of a digest of what was shown, never a secret or a person's name.
    actor       text NOT NULL,
    method      text NOT NULL,
    -- The route's template, and the texts in its places.
    route       text NOT NULL,
    ids         json NOT NULL,
    request_id  text NOT NULL,
    -- NULL: it runs, or its process ended before it was answered.
    status      integer
);
CREATE INDEX audit_log_at ON registry.audit_log (at);

-- What stands there stays: an entry takes its outcome once, and goes when it is older than a day.
CREATE FUNCTION registry.guard_audit_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND old.at < clock_timestamp() - interval '1 day' THEN RETURN old; END IF;
    IF TG_OP = 'UPDATE' AND old.status IS NULL
        AND (new.position, new.at, new.actor, new.method, new.route, new.ids::text, new.request_id)
            = (old.position, old.at, old.actor, old.method, old.route, old.ids::text, old.request_id)
    THEN
        RETURN new;
    END IF;
    RAISE EXCEPTION 'the audit log is only added to';
END
$$;
CREATE TRIGGER audit_log_guard BEFORE UPDATE OR DELETE ON registry.audit_log
    FOR EACH ROW EXECUTE FUNCTION registry.guard_audit_log();
CREATE TRIGGER audit_log_stays BEFORE TRUNCATE ON registry.audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION registry.guard_audit_log();
