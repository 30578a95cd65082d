-- pass-issuer owns the schema `issuer`. Everything is qualified, so no search path can lead a statement elsewhere.

CREATE SEQUENCE issuer.wallet_revisions;

-- A customer's certificates and keys. What is sealed is AES-256-GCM with the row's identity as associated data.
CREATE TABLE issuer.wallet_configurations (
    id                      text PRIMARY KEY,
    name                    text NOT NULL,
    organization_name       text,
    -- Never the same twice, in this row or another; replicas keep the opened key of one revision in memory.
    revision                bigint NOT NULL DEFAULT nextval('issuer.wallet_revisions'),
    pass_type_identifier    text,
    team_identifier         text,
    certificate             bytea,
    intermediates           bytea[] NOT NULL DEFAULT '{}',
    sealed_private_key      bytea,
    push_key_id             text,
    push_key_team_id        text,
    sealed_push_key         bytea,
    google_issuer_id        text,
    google_client_email     text,
    sealed_service_account  bytea,
    created_at              timestamptz NOT NULL,
    updated_at              timestamptz NOT NULL,
    CONSTRAINT wallet_configurations_pass_type_identifier_key UNIQUE (pass_type_identifier),
    CHECK ((pass_type_identifier IS NULL) = (sealed_private_key IS NULL)),
    CHECK ((pass_type_identifier IS NULL) = (certificate IS NULL)),
    CHECK ((google_issuer_id IS NULL) = (sealed_service_account IS NULL))
);

CREATE TABLE issuer.campaigns (
    id                       text PRIMARY KEY,
    name                     text NOT NULL,
    wallet_configuration_id  text NOT NULL REFERENCES issuer.wallet_configurations (id),
    current_version          integer NOT NULL,
    -- Set once the images that its platforms require are there; an active campaign never falls back to draft.
    activated_at             timestamptz,
    ends_at                  timestamptz,
    created_at               timestamptz NOT NULL,
    updated_at               timestamptz NOT NULL
);
CREATE INDEX campaigns_wallet_configuration ON issuer.campaigns (wallet_configuration_id);

-- The content of a campaign. A landed version never changes; it goes when it is neither current nor needed by a pass.
CREATE TABLE issuer.campaign_versions (
    campaign_id  text NOT NULL REFERENCES issuer.campaigns (id) ON DELETE CASCADE,
    version      integer NOT NULL,
    -- {"pass","localizations","google","tokens","personalization"} as it was sent.
    content      json NOT NULL,
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (campaign_id, version)
);

-- Pictures by content hash, stored once however many campaigns and versions show them.
CREATE TABLE issuer.images (
    sha256      bytea PRIMARY KEY,
    bytes       bytea NOT NULL,
    width       integer NOT NULL,
    height      integer NOT NULL,
    created_at  timestamptz NOT NULL
);
-- PNG is compressed already.
ALTER TABLE issuer.images ALTER COLUMN bytes SET STORAGE EXTERNAL;

CREATE TABLE issuer.campaign_images (
    campaign_id  text NOT NULL,
    version      integer NOT NULL,
    file         text NOT NULL,
    sha256       bytea NOT NULL REFERENCES issuer.images (sha256),
    PRIMARY KEY (campaign_id, version, file),
    FOREIGN KEY (campaign_id, version) REFERENCES issuer.campaign_versions (campaign_id, version) ON DELETE CASCADE
);
CREATE INDEX campaign_images_sha256 ON issuer.campaign_images (sha256);

CREATE TABLE issuer.passes (
    serial_number     text PRIMARY KEY,
    campaign_id       text NOT NULL REFERENCES issuer.campaigns (id),
    pass_key          text NOT NULL,
    platforms         text[] NOT NULL,
    contact           json NOT NULL,
    voucher           json NOT NULL,
    voided            boolean NOT NULL DEFAULT false,
    -- The version of the campaign that this pass was last made of.
    campaign_version  integer NOT NULL,
    -- Grows with each change of the row; writers replace only the version that they read.
    version           integer NOT NULL,
    -- The key that its authenticationToken was made with; it can't change in an installed pass.
    token_key_id      text NOT NULL,
    -- The instant of its data; older links change nothing.
    data_at           timestamptz NOT NULL,
    -- What phones see as Last-Modified: whole seconds since 1970, strictly growing with each change of content.
    last_modified     bigint NOT NULL,
    created_at        timestamptz NOT NULL,
    updated_at        timestamptz NOT NULL,
    FOREIGN KEY (campaign_id, campaign_version) REFERENCES issuer.campaign_versions (campaign_id, version)
);
CREATE INDEX passes_campaign ON issuer.passes (campaign_id, serial_number);
CREATE INDEX passes_campaign_version ON issuer.passes (campaign_id, campaign_version);

-- What another service must learn, written in the transaction of the change and deleted once the other side has it.
CREATE TABLE issuer.outbox (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- The receiver keeps it, so that a repeat changes nothing.
    message_id       uuid NOT NULL DEFAULT gen_random_uuid(),
    kind             text NOT NULL CHECK (kind IN ('passesChanged')),
    payload          json NOT NULL,
    attempts         integer NOT NULL DEFAULT 0,
    next_attempt_at  timestamptz NOT NULL DEFAULT now(),
    created_at       timestamptz NOT NULL DEFAULT now(),
    last_error       text
);
CREATE INDEX outbox_due ON issuer.outbox (next_attempt_at, id);
