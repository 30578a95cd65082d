-- The queue of pushes: what APNs is reached with, the pushes that wait or are on their way, and what became of them.
--
-- Who locks what, always in this order, so that no two transactions can wait for each other in a circle:
--   pushes are taken in        deliveries row → jobs rows (by token)
--   pushes are leased          topics row → jobs rows (those that nobody holds)
--   answers are recorded       jobs rows (by token) → rejections rows (those that nobody holds) → tallies rows → answers row
--   suspects come back         rejections rows (those that nobody holds) → jobs rows (by token)

-- A pass type, which is APNs' topic. Few rows, written often: the free space lets each page keep its updates to itself.
CREATE TABLE push.topics (
    topic integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    pass_type_identifier text NOT NULL UNIQUE,
    -- An admin has stopped it.
    paused_at timestamptz,
    -- A fault of its configuration has stopped it.
    stopped_at timestamptz,
    -- Its breaker has opened; one push is let through at probe_at.
    opened_at timestamptz,
    probe_at timestamptz,
    -- Answers are counted for the breaker within an epoch; a new one empties the window.
    epoch integer NOT NULL DEFAULT 0,
    last_error text,
    -- Up to when the pace of its paced pushes is used up.
    paced_until timestamptz NOT NULL DEFAULT '-infinity',
    -- The newest revision that pass-issuer named; kept when credentials are deleted, so that a late call can't bring them back.
    issuer_revision bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 10);

-- What APNs is reached with; sealed under MASTER_KEYS with the pass type as associated data.
CREATE TABLE push.credentials (
    topic integer PRIMARY KEY REFERENCES push.topics,
    -- Changes with the content, so that every replica sees that it has to connect anew.
    revision bigint NOT NULL,
    kind text NOT NULL CHECK (kind IN ('certificate', 'tokenKey')),
    certificate_not_after timestamptz,
    sealed bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE SEQUENCE push.credential_revisions;

-- A push that waits or is on its way: one for each topic and token, since a push has no content. It becomes shorter and
-- longer in place (the free half of each page), and the index that finds what is due never sees a lease.
CREATE TABLE push.jobs (
    topic integer NOT NULL,
    token bytea NOT NULL,
    -- How many such pushes may go out in a second; without a pace it goes out at once, in a lane of its own.
    pace integer CHECK (pace > 0),
    lane smallint NOT NULL GENERATED ALWAYS AS (CASE WHEN pace IS NULL THEN 0 ELSE 1 END) STORED,
    due_at timestamptz NOT NULL,
    queued_at timestamptz NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    -- Who has taken it, and until when others leave it alone.
    lease bigint,
    leased_until timestamptz,
    -- It was pushed for again while it was taken: the phone may have been told before the newer change, so it waits anew
    -- afterwards.
    again_at timestamptz,
    again_pace integer CHECK (again_pace > 0),
    -- The same in each attempt.
    apns_id uuid NOT NULL DEFAULT gen_random_uuid(),
    -- Why it still waits.
    last_fault text,
    PRIMARY KEY (topic, token)
) WITH (
    fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000,
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 500000,
    autovacuum_vacuum_cost_delay = 0, autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 100000);

CREATE INDEX jobs_due ON push.jobs (topic, lane, due_at);

CREATE SEQUENCE push.leases;

-- The deliveries of device-registry, so that one told twice is answered as the first time and stores nothing again.
CREATE TABLE push.deliveries (
    push_id text PRIMARY KEY,
    accepted integer NOT NULL DEFAULT 0,
    coalesced integer NOT NULL DEFAULT 0,
    refused integer NOT NULL DEFAULT 0,
    received_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX deliveries_received_at ON push.deliveries (received_at);

-- What became of pushes, for timelines. A partition for each day, so that the index that new rows go to stays small and old
-- rows go without being looked for; what finds no partition of its day stands in the last one.
CREATE TABLE push.results (
    topic integer NOT NULL,
    token bytea NOT NULL,
    queued_at timestamptz NOT NULL,
    at timestamptz NOT NULL,
    attempts integer NOT NULL,
    apns_id uuid NOT NULL,
    -- Why APNs refused it; NULL when it took it.
    reason text
) PARTITION BY RANGE (at);

CREATE INDEX results_token ON push.results (token, topic, at);

CREATE TABLE push.results_of_other_days PARTITION OF push.results DEFAULT;

-- Answers of APNs by day: accepted, rejected for good, or refused for now, by reason.
CREATE TABLE push.tallies (
    topic integer NOT NULL,
    day date NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('accepted', 'rejected', 'refused')),
    reason text NOT NULL,
    count bigint NOT NULL,
    PRIMARY KEY (topic, day, outcome, reason)
) WITH (fillfactor = 50);

-- The breaker's window: how many answers a second, and how many of them found fault with the token.
CREATE TABLE push.answers (
    topic integer NOT NULL,
    epoch integer NOT NULL,
    second bigint NOT NULL,
    answers integer NOT NULL,
    suspects integer NOT NULL,
    PRIMARY KEY (topic, epoch, second)
) WITH (fillfactor = 50);

-- Tokens that device-registry must learn are dead. A suspect (BadDeviceToken, DeviceTokenNotForTopic) waits a minute, for
-- the fault may be ours: when the breaker opens meanwhile its push comes back into the queue, and when the token is accepted
-- it goes.
CREATE TABLE push.rejections (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic integer NOT NULL,
    token bytea NOT NULL,
    reason text NOT NULL,
    rejected_at timestamptz NOT NULL,
    is_suspect boolean NOT NULL,
    queued_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    attempts integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL,
    last_error text
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);

CREATE INDEX rejections_next_attempt_at ON push.rejections (next_attempt_at, position);
CREATE INDEX rejections_suspects ON push.rejections (topic, token) WHERE is_suspect;
