-- What systems of customers are told of their passes.

CREATE TABLE issuer.webhooks (
    -- Random: what was queued for a webhook that was deleted is never sent to another one of its name.
    id                          text PRIMARY KEY,
    campaign_id                 text NOT NULL REFERENCES issuer.campaigns (id) ON DELETE CASCADE,
    name                        text NOT NULL,
    url                         text NOT NULL,
    -- NULL: every kind, those of later releases too.
    events                      text[],
    -- AES-256-GCM with the row's identity as associated data. The previous one signs as well until it expires.
    sealed_secret               bytea NOT NULL,
    sealed_previous_secret      bytea,
    previous_secret_expires_at  timestamptz,
    -- Failures in a row that were the receiver's and not a single event's; while there are any one delivery asks for all.
    failures                    integer NOT NULL DEFAULT 0,
    next_attempt_at             timestamptz NOT NULL DEFAULT now(),
    last_delivered_at           timestamptz,
    last_error                  text,
    created_at                  timestamptz NOT NULL,
    updated_at                  timestamptz NOT NULL,
    CONSTRAINT webhooks_name UNIQUE (campaign_id, name),
    CHECK ((sealed_previous_secret IS NULL) = (previous_secret_expires_at IS NULL))
);

CREATE SEQUENCE issuer.webhook_positions;

-- An event for a webhook: written with what happened, so an outbox; kept for a while after its delivery, so a log.
-- Rows of a webhook that is gone are deleted a little at a time.
CREATE TABLE issuer.webhook_deliveries (
    webhook_id       text NOT NULL,
    -- The receiver keeps it, so that a repeat changes nothing there; the same for every webhook of the campaign.
    event_id         text NOT NULL,
    -- Events of one pass are delivered in this order; it is taken while the pass's row is locked.
    position         bigint NOT NULL DEFAULT nextval('issuer.webhook_positions'),
    kind             text NOT NULL,
    -- Empty for a test.
    serial_number    text NOT NULL,
    at               timestamptz NOT NULL,
    -- The pass as it was then.
    data             json NOT NULL,
    state            text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'failed')),
    queued_at        timestamptz NOT NULL DEFAULT now(),
    attempts         integer NOT NULL DEFAULT 0,
    next_attempt_at  timestamptz NOT NULL DEFAULT now(),
    -- Until then one replica sends it.
    leased_until     timestamptz,
    last_attempt_at  timestamptz,
    last_status      integer,
    last_error       text,
    finished_at      timestamptz,
    PRIMARY KEY (webhook_id, event_id)
);
CREATE INDEX webhook_deliveries_due ON issuer.webhook_deliveries (webhook_id, next_attempt_at, position)
    WHERE state = 'pending';
CREATE INDEX webhook_deliveries_order ON issuer.webhook_deliveries (webhook_id, serial_number, position)
    WHERE state = 'pending';
CREATE INDEX webhook_deliveries_leased ON issuer.webhook_deliveries (webhook_id) WHERE leased_until IS NOT NULL;
CREATE INDEX webhook_deliveries_log ON issuer.webhook_deliveries (webhook_id, position);
CREATE INDEX webhook_deliveries_finished ON issuer.webhook_deliveries (finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX webhook_deliveries_queued ON issuer.webhook_deliveries (queued_at) WHERE state = 'pending';

-- What an event says of its pass.
CREATE FUNCTION issuer.webhook_data(
    campaign text, serial text, key text, wallets text[], is_void boolean, number integer) RETURNS json
    LANGUAGE sql IMMUTABLE
    RETURN json_build_object('campaignId', campaign, 'serialNumber', serial, 'passKey', key, 'platforms', wallets,
        'voided', is_void, 'version', number);

-- Told by triggers: whoever writes a pass, in whichever statement and release, the event is written with it.
CREATE FUNCTION issuer.tell_issued() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM issuer.webhooks) THEN RETURN NULL; END IF;
    INSERT INTO issuer.webhook_deliveries (webhook_id, event_id, kind, serial_number, at, data)
    SELECT w.id, p.event_id, 'issued', p.serial_number, p.created_at,
        issuer.webhook_data(p.campaign_id, p.serial_number, p.pass_key, p.platforms, p.voided, p.version)
    FROM (SELECT i.*, gen_random_uuid()::text AS event_id FROM issued i OFFSET 0) p
    JOIN issuer.webhooks w ON w.campaign_id = p.campaign_id
    WHERE w.events IS NULL OR 'issued' = ANY (w.events);
    RETURN NULL;
END
$$;
CREATE TRIGGER passes_tell_issued AFTER INSERT ON issuer.passes
    REFERENCING NEW TABLE AS issued FOR EACH STATEMENT EXECUTE FUNCTION issuer.tell_issued();

-- A change is one that its wallets show: changed_at moves with those alone.
CREATE FUNCTION issuer.tell_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM issuer.webhooks) THEN RETURN NULL; END IF;
    INSERT INTO issuer.webhook_deliveries (webhook_id, event_id, kind, serial_number, at, data)
    SELECT w.id, p.event_id, 'updated', p.serial_number, p.changed_at,
        issuer.webhook_data(p.campaign_id, p.serial_number, p.pass_key, p.platforms, p.voided, p.version)
    FROM (
        SELECT n.*, gen_random_uuid()::text AS event_id
        FROM new_passes n JOIN old_passes o ON o.serial_number = n.serial_number
        WHERE n.changed_at IS DISTINCT FROM o.changed_at AND n.changed_at IS NOT NULL OFFSET 0
    ) p
    JOIN issuer.webhooks w ON w.campaign_id = p.campaign_id
    WHERE w.events IS NULL OR 'updated' = ANY (w.events);
    RETURN NULL;
END
$$;
CREATE TRIGGER passes_tell_updated AFTER UPDATE ON issuer.passes
    REFERENCING OLD TABLE AS old_passes NEW TABLE AS new_passes
    FOR EACH STATEMENT EXECUTE FUNCTION issuer.tell_updated();
