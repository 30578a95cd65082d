-- Erasures of contacts, and the log of what administrators did.

-- When its contact was erased: the row stays for phones that hold the pass, without anything of that person.
ALTER TABLE issuer.passes ADD COLUMN erased_at timestamptz;

-- What is to be erased, and what was. Kept for good: a link that was made before brings nobody back.
CREATE TABLE issuer.erasures (
    id                  text PRIMARY KEY DEFAULT gen_random_uuid()::text,
    -- The order of lists.
    number              bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    -- `<kid>.<HMAC-SHA256 of contact.id>` under PASS_TOKEN_KEYS; NULL for the passes of a campaign that ended long ago.
    contact_hash        text,
    campaign_id         text,
    -- The contact's id while it is looked for; AES-256-GCM with the row's identity as associated data.
    sealed_contact      bytea,
    -- Links made up to this instant bring nobody back.
    erased_at           timestamptz NOT NULL,
    request_id          text NOT NULL,
    state               text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done')),
    -- How many passes there were.
    passes              integer NOT NULL DEFAULT 0,
    -- What each service has left to do; NULL before it was asked.
    issuer_remaining    integer,
    registry_remaining  integer,
    push_remaining      integer,
    google_remaining    integer,
    -- Until then one replica works at it.
    next_look_at        timestamptz NOT NULL DEFAULT now(),
    created_at          timestamptz NOT NULL DEFAULT now(),
    finished_at         timestamptz,
    CHECK ((contact_hash IS NULL) <> (campaign_id IS NULL)),
    CHECK (state = 'running' OR sealed_contact IS NULL)
);
CREATE INDEX erasures_contact ON issuer.erasures (contact_hash, erased_at);
CREATE INDEX erasures_running ON issuer.erasures (next_look_at) WHERE state = 'running';

-- The passes that other services are still asked about.
CREATE TABLE issuer.erasure_passes (
    erasure_id            text NOT NULL REFERENCES issuer.erasures (id) ON DELETE CASCADE,
    serial_number         text NOT NULL,
    -- NULL where the campaign has no Apple certificate.
    pass_type_identifier  text,
    is_google             boolean NOT NULL,
    PRIMARY KEY (erasure_id, serial_number)
);

-- What webhooks were told of one pass.
CREATE INDEX webhook_deliveries_pass ON issuer.webhook_deliveries (serial_number);

-- What administrators did: an entry before each action, its outcome after it.
CREATE TABLE issuer.audit_log (
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
CREATE INDEX audit_log_at ON issuer.audit_log (at);

-- What stands there stays: an entry takes its outcome once, and goes when it is older than a day.
CREATE FUNCTION issuer.guard_audit_log() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER audit_log_guard BEFORE UPDATE OR DELETE ON issuer.audit_log
    FOR EACH ROW EXECUTE FUNCTION issuer.guard_audit_log();
CREATE TRIGGER audit_log_stays BEFORE TRUNCATE ON issuer.audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION issuer.guard_audit_log();
