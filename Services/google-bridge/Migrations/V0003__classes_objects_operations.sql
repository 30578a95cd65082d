-- Classes, objects, and the queue of what must be written to Google.
--
-- Who locks what, always in this order, so that no two transactions can wait for each other in a circle:
--   a campaign changes    classes row → resources rows (classes, by id) → operations rows
--   passes change         resources rows (classes, shared, by id) → objects rows (by serial number) → resources rows
--                         (objects) → operations rows
--   an operation ends     resources row → objects row → operations rows

-- Google lets few issuers use merchantLocations; false once it refused them to this one.
ALTER TABLE google.issuers ADD COLUMN allows_locations boolean NOT NULL DEFAULT true;

CREATE SEQUENCE google.resource_revisions;

-- A campaign as pass-issuer told it last.
CREATE TABLE google.classes (
    campaign_id text PRIMARY KEY,
    wallet_configuration_id text NOT NULL,
    issuer_id text NOT NULL,
    kind text NOT NULL,
    -- The id of its class; with variants what their ids begin with.
    class_id text NOT NULL,
    has_variants boolean NOT NULL,
    -- Grows when the class needs a new id: one is burnt for the kind that it was used for first.
    generation integer NOT NULL DEFAULT 1,
    version integer NOT NULL,
    name text NOT NULL,
    -- What differs between the campaign's passes, as JSON Pointers into the content.
    token_pointers text[] NOT NULL,
    -- The content as it came.
    request json NOT NULL,
    -- The administrator's merge patch on the class.
    override json,
    warnings text[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX classes_wallet_configuration ON google.classes (wallet_configuration_id);

-- One class or object at Google: what it shall be, and what is there as far as we know.
CREATE TABLE google.resources (
    level text NOT NULL CHECK (level IN ('class', 'object')),
    resource_id text NOT NULL,
    wallet_configuration_id text NOT NULL,
    issuer_id text NOT NULL,
    campaign_id text NOT NULL,
    kind text NOT NULL,
    -- What people call it: class:<campaignId> or object:<serialNumber>.
    target text NOT NULL,
    -- The class of an object.
    class_id text,
    -- Of a class: the version of the campaign that it was made of, and when the campaign has several classes, the content
    -- of the pass that it was made for, to make it anew.
    campaign_version integer NOT NULL DEFAULT 0,
    variant json,
    wanted json NOT NULL,
    -- Every member that may have been sent since the last write that was confirmed; NULL: those of wanted. Members that
    -- stand here and are wanted no more are cleared by the next write.
    sent json,
    -- What a class was when it was written last.
    pushed json,
    -- Never the same twice: a write that ends tells by it whether something newer is wanted meanwhile.
    revision bigint NOT NULL DEFAULT nextval('google.resource_revisions'),
    is_at_google boolean NOT NULL DEFAULT false,
    state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'ready', 'failed')),
    error text,
    written_at timestamptz,
    -- Of a class: when Google was asked last which of its objects have users, and where it goes on.
    reconciled_at timestamptz NOT NULL DEFAULT now(),
    reconcile_token text,
    reconcile_leased_until timestamptz NOT NULL DEFAULT '-infinity',
    PRIMARY KEY (level, resource_id)
);
CREATE INDEX resources_campaign ON google.resources (campaign_id, level, resource_id);
CREATE INDEX resources_reconciled_at ON google.resources (reconciled_at) WHERE level = 'class';
CREATE INDEX resources_class ON google.resources (class_id) WHERE class_id IS NOT NULL;

-- A pass at Google.
CREATE TABLE google.objects (
    serial_number text PRIMARY KEY,
    object_id text NOT NULL,
    campaign_id text NOT NULL,
    version integer NOT NULL,
    campaign_version integer NOT NULL,
    -- The content as it came, to tell what changes; NULL before the first was stored.
    request json,
    -- When it ceases to be good by itself; NULL once that was written, or never.
    expires_at timestamptz,
    -- Whether somebody has it in Google Wallet, as far as we were told, and by what moment of Google's.
    has_users boolean NOT NULL DEFAULT false,
    users_as_of timestamptz,
    -- When the users of the pass were notified last, the newest three.
    notified_at timestamptz[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX objects_object ON google.objects (object_id);
CREATE INDEX objects_campaign ON google.objects (campaign_id, serial_number);
CREATE INDEX objects_expires_at ON google.objects (expires_at) WHERE expires_at IS NOT NULL;

-- What must be written to Google, and for a while what was.
CREATE TABLE google.operations (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    level text NOT NULL,
    resource_id text NOT NULL,
    issuer_id text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('insertClass', 'patchClass', 'insertObject', 'patchObject', 'addMessage')),
    -- 0 a person waits for it, 1 a class, 2 a change of single passes, 3 a change of many.
    priority smallint NOT NULL CHECK (priority BETWEEN 0 AND 3),
    state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'failed', 'done')),
    -- What addMessage adds; the others write what the resource wants when they run.
    message json,
    -- Whether the users shall be told of the change.
    notifies boolean NOT NULL DEFAULT false,
    attempts integer NOT NULL DEFAULT 0,
    last_status integer,
    last_error text,
    remedy text,
    -- Whether the failure is the account's and not this operation's.
    concerns_issuer boolean NOT NULL DEFAULT false,
    -- Infinity: it waits for the class of its object.
    next_attempt_at timestamptz NOT NULL DEFAULT now(),
    -- Until then one replica works at it.
    leased_until timestamptz NOT NULL DEFAULT '-infinity',
    created_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    FOREIGN KEY (level, resource_id) REFERENCES google.resources (level, resource_id) ON DELETE CASCADE
);
-- Of all changes of a resource only the newest is written: there is one operation for it.
CREATE UNIQUE INDEX operations_open ON google.operations (level, resource_id)
    WHERE message IS NULL AND state <> 'done';
CREATE INDEX operations_due ON google.operations (issuer_id, priority, next_attempt_at, id) WHERE state = 'pending';
CREATE INDEX operations_next ON google.operations (issuer_id, next_attempt_at) WHERE state = 'pending';
CREATE INDEX operations_state ON google.operations (state, id);
CREATE INDEX operations_resource ON google.operations (level, resource_id, id);
CREATE INDEX operations_finished_at ON google.operations (finished_at) WHERE state = 'done';
