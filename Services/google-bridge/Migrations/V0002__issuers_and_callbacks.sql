-- Issuer accounts, the pace at which each calls Google, and what Google reports about passes.

CREATE SEQUENCE google.issuer_revisions;

-- The Google part of a wallet configuration. The key file is AES-256-GCM with the row's identity as associated data.
CREATE TABLE google.issuers (
    wallet_configuration_id text PRIMARY KEY,
    -- Several configurations may share one issuer account.
    issuer_id text NOT NULL,
    client_email text NOT NULL,
    sealed_service_account bytea NOT NULL,
    -- Never the same twice, in this row or another; replicas keep the opened key of one revision in memory.
    revision bigint NOT NULL DEFAULT nextval('google.issuer_revisions'),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX issuers_issuer ON google.issuers (issuer_id);

-- When an issuer account may call Google next. Each call takes its place here, whichever replica sends it. Few rows,
-- written often: the free space lets each page keep its updates to itself.
CREATE TABLE google.paces (
    issuer_id text PRIMARY KEY,
    next_call_at timestamptz NOT NULL
) WITH (fillfactor = 10);

-- Callbacks that were believed, until they would be refused as expired: one that comes twice counts once.
CREATE TABLE google.callbacks (
    issuer_id text NOT NULL,
    nonce text NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (issuer_id, nonce)
);
CREATE INDEX callbacks_expires_at ON google.callbacks (expires_at);

-- What happened to objects at Google, also to such as we do not know.
CREATE TABLE google.events (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    object_id text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('googleWritten', 'googleSaved', 'googleDeleted')),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    detail text NOT NULL
);
CREATE INDEX events_object ON google.events (object_id, position);
CREATE INDEX events_at ON google.events (at);

-- How many of them each day (UTC); it outlives the events.
CREATE TABLE google.activity_days (
    date date PRIMARY KEY,
    saved bigint NOT NULL DEFAULT 0,
    deleted bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 10);
