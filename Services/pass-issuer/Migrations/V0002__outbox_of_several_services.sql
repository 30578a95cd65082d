-- The outbox speaks to several services, in messages of several kinds.
--
-- The previous release, which still runs while this one starts, takes whatever `issuer.outbox` holds for a change of
-- passes. It is given a view of those alone, and writes through it; the table has a name of its own from here on.
ALTER TABLE issuer.outbox RENAME TO messages;
DROP INDEX issuer.outbox_due;

ALTER TABLE issuer.messages DROP CONSTRAINT outbox_kind_check;
ALTER TABLE issuer.messages ADD CONSTRAINT messages_kind
    CHECK (kind IN ('passesChanged', 'pushCredentials', 'googleIssuer', 'googleClass', 'googleObjects'));

-- Who takes it; a service that is away delays no message to another one.
ALTER TABLE issuer.messages ADD COLUMN destination text NOT NULL DEFAULT 'device-registry'
    CHECK (destination IN ('device-registry', 'push-sender', 'google-bridge'));
-- Whether it may wait behind messages about single passes.
ALTER TABLE issuer.messages ADD COLUMN is_bulk boolean NOT NULL DEFAULT false;
-- What it is about, when its newest state alone counts: there is one message about it, and two are never under way.
ALTER TABLE issuer.messages ADD COLUMN subject text;
-- Grows with each change of the subject's message; from the clock, so that it grows after a restored backup too.
ALTER TABLE issuer.messages ADD COLUMN revision bigint NOT NULL
    DEFAULT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint;

CREATE UNIQUE INDEX messages_subject ON issuer.messages (kind, subject);
CREATE INDEX messages_due ON issuer.messages (destination, is_bulk, next_attempt_at, id);

CREATE VIEW issuer.outbox AS
    SELECT id, message_id, kind, payload, attempts, next_attempt_at, created_at, last_error
    FROM issuer.messages
    WHERE kind = 'passesChanged';
