-- What administrators did: an entry before each action, its outcome after it.
CREATE TABLE google.audit_log (
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
CREATE INDEX audit_log_at ON google.audit_log (at);

-- What stands there stays: an entry takes its outcome once, and goes when it is older than a day.
CREATE FUNCTION google.guard_audit_log() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER audit_log_guard BEFORE UPDATE OR DELETE ON google.audit_log
    FOR EACH ROW EXECUTE FUNCTION google.guard_audit_log();
CREATE TRIGGER audit_log_stays BEFORE TRUNCATE ON google.audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION google.guard_audit_log();
