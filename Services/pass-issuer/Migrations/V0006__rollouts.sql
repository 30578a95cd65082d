-- Rollouts, what happened to passes, and counts from day to day.

-- When phones last had something new to fetch; null while they had not.
ALTER TABLE issuer.passes ADD COLUMN changed_at timestamptz;

-- A forced end; unlike ends_at no later change takes it back.
ALTER TABLE issuer.campaigns ADD COLUMN ended_at timestamptz;

-- Steps in the life of a pass that nothing else tells, bounded in age and number. That it was made stands in its own row.
CREATE TABLE issuer.pass_events (
    position       bigint GENERATED ALWAYS AS IDENTITY,
    serial_number  text NOT NULL,
    at             timestamptz NOT NULL,
    kind           text NOT NULL CHECK (kind IN ('downloaded', 'changed')),
    -- A sentence without personal data.
    detail         text NOT NULL
);
CREATE INDEX pass_events_pass ON issuer.pass_events (serial_number, at);
-- Rows come in the order of time and go in it.
CREATE INDEX pass_events_order ON issuer.pass_events USING brin (position, at);

-- What happened in a campaign on a day. Each connection adds to a row of its own, so that none waits for another; the
-- free space lets a page keep its updates to itself. Passes are never deleted: the sum of issued is their number.
CREATE TABLE issuer.activity (
    campaign_id  text NOT NULL,
    day          date NOT NULL,
    shard        integer NOT NULL,
    issued       bigint NOT NULL DEFAULT 0,
    updates      bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (campaign_id, day, shard)
) WITH (fillfactor = 50);
CREATE INDEX activity_day ON issuer.activity (day);

-- Counts by a trigger, since the previous release, which counts nothing, still makes passes while this one starts.
CREATE FUNCTION issuer.count_issued() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO issuer.activity AS a (campaign_id, day, shard, issued)
    SELECT i.campaign_id, (i.created_at AT TIME ZONE 'UTC')::date, pg_backend_pid() % 16, count(*)
    FROM issued i GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (campaign_id, day, shard) DO UPDATE SET issued = a.issued + excluded.issued;
    RETURN NULL;
END
$$;
-- Creating it holds new passes back until this migration is done, so none is counted twice or never.
CREATE TRIGGER passes_count AFTER INSERT ON issuer.passes
    REFERENCING NEW TABLE AS issued FOR EACH STATEMENT EXECUTE FUNCTION issuer.count_issued();
INSERT INTO issuer.activity (campaign_id, day, shard, issued)
SELECT campaign_id, (created_at AT TIME ZONE 'UTC')::date, 0, count(*) FROM issuer.passes GROUP BY 1, 2;

-- The way of one change to installed passes.
CREATE TABLE issuer.rollouts (
    id                text PRIMARY KEY DEFAULT gen_random_uuid()::text,
    -- The order of lists.
    number            bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    campaign_id       text REFERENCES issuer.campaigns (id),
    cause             text NOT NULL CHECK (cause IN ('campaignChanged', 'passUpdates', 'campaignEnded')),
    -- The version that passes are brought to, when the campaign changed.
    campaign_version  integer,
    -- receiving and abandoned: a mass update whose lines are still coming, or will not come.
    state             text NOT NULL
        CHECK (state IN ('receiving', 'abandoned', 'running', 'paused', 'done', 'failed', 'superseded')),
    total             bigint NOT NULL,
    notified          bigint NOT NULL DEFAULT 0,
    unchanged         bigint NOT NULL DEFAULT 0,
    failed            bigint NOT NULL DEFAULT 0,
    rate_per_second   integer,
    started_at        timestamptz NOT NULL,
    finished_at       timestamptz,
    -- Since when it has gone at its present pace, and how many passes were treated then.
    paced_at          timestamptz NOT NULL,
    paced_treated     bigint NOT NULL DEFAULT 0,
    updated_at        timestamptz NOT NULL,
    CHECK ((cause = 'passUpdates') = (campaign_id IS NULL)),
    CHECK ((cause = 'campaignChanged') = (campaign_version IS NOT NULL))
);
CREATE INDEX rollouts_campaign ON issuer.rollouts (campaign_id, number);

CREATE TABLE issuer.rollout_errors (
    rollout_id     text NOT NULL REFERENCES issuer.rollouts (id) ON DELETE CASCADE,
    number         integer NOT NULL,
    line           bigint,
    serial_number  text,
    reason         text NOT NULL,
    PRIMARY KEY (rollout_id, number)
);

-- How far a rollout is. A replica holds the row while it treats a batch, and writes the position together with what it
-- did: one that is killed leaves the row to the next, and nothing half done.
CREATE TABLE issuer.rollout_walks (
    rollout_id     text PRIMARY KEY REFERENCES issuer.rollouts (id) ON DELETE CASCADE,
    -- The last serial number that was treated, or the last line.
    position       text NOT NULL DEFAULT '',
    -- Who waited longest comes next; a rate puts it off.
    next_batch_at  timestamptz NOT NULL,
    -- Batches in a row that came to nothing.
    faults         integer NOT NULL DEFAULT 0
);

-- The campaigns whose passes a rollout is about.
CREATE TABLE issuer.rollout_campaigns (
    rollout_id   text NOT NULL REFERENCES issuer.rollouts (id) ON DELETE CASCADE,
    campaign_id  text NOT NULL,
    PRIMARY KEY (campaign_id, rollout_id)
);
CREATE INDEX rollout_campaigns_rollout ON issuer.rollout_campaigns (rollout_id);

-- The lines of a mass update that were not treated yet.
CREATE TABLE issuer.pass_updates (
    rollout_id     text NOT NULL REFERENCES issuer.rollouts (id) ON DELETE CASCADE,
    line           bigint NOT NULL,
    serial_number  text NOT NULL,
    -- A merge patch of {"contact","voucher","voided"}.
    patch          json NOT NULL,
    PRIMARY KEY (rollout_id, line)
);

-- push-sender and google-bridge learn of what was there before they were; from here on they are told of each change.
INSERT INTO issuer.messages (kind, destination, subject, payload)
SELECT 'pushCredentials', 'push-sender', pass_type_identifier,
    json_build_object('passTypeIdentifier', pass_type_identifier)
FROM issuer.wallet_configurations WHERE pass_type_identifier IS NOT NULL
ON CONFLICT (kind, subject) DO NOTHING;
INSERT INTO issuer.messages (kind, destination, subject, payload)
SELECT 'googleIssuer', 'google-bridge', id, json_build_object('walletConfigurationId', id)
FROM issuer.wallet_configurations WHERE google_issuer_id IS NOT NULL
ON CONFLICT (kind, subject) DO NOTHING;
INSERT INTO issuer.messages (kind, destination, subject, payload)
SELECT 'googleClass', 'google-bridge', c.id, json_build_object('campaignId', c.id)
FROM issuer.campaigns c JOIN issuer.wallet_configurations w ON w.id = c.wallet_configuration_id
WHERE w.google_issuer_id IS NOT NULL AND c.activated_at IS NOT NULL
ON CONFLICT (kind, subject) DO NOTHING;
