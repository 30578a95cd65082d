-- Apple's rewards enrolment: that the owner of a pass filled in the form that it asked for, once.

-- When; NULL while nobody has.
ALTER TABLE issuer.passes ADD COLUMN personalized_at timestamptz;
-- SHA-256 of the token that was signed: a phone that repeats its request is answered the same, another one refused.
ALTER TABLE issuer.passes ADD COLUMN personalization_token_hash bytea;
-- The keys of the contact that were entered; a later link that does not name them leaves them.
ALTER TABLE issuer.passes ADD COLUMN personalized_keys text[];
-- No row has any of them yet, so none need be looked at.
ALTER TABLE issuer.passes ADD CONSTRAINT passes_personalized CHECK (
    (personalized_at IS NULL) = (personalization_token_hash IS NULL)
    AND (personalized_at IS NULL) = (personalized_keys IS NULL)) NOT VALID;

-- What was entered goes to the webhooks of the campaign, written with the pass like every other event. A change of many
-- passes names no such column and never fires it.
CREATE FUNCTION issuer.tell_personalized() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO issuer.webhook_deliveries (webhook_id, event_id, kind, serial_number, at, data)
    SELECT w.id, e.event_id, 'personalized', NEW.serial_number, NEW.personalized_at, e.data
    FROM (
        SELECT gen_random_uuid()::text AS event_id,
            (issuer.webhook_data(NEW.campaign_id, NEW.serial_number, NEW.pass_key, NEW.platforms, NEW.voided,
                NEW.version)::jsonb
            || jsonb_build_object('personalization', (
                SELECT jsonb_object_agg(key, NEW.contact -> key) FROM unnest(NEW.personalized_keys) AS key)))::json
            AS data
        OFFSET 0
    ) e
    JOIN issuer.webhooks w ON w.campaign_id = NEW.campaign_id
    WHERE w.events IS NULL OR 'personalized' = ANY (w.events);
    RETURN NULL;
END
$$;
CREATE TRIGGER passes_tell_personalized AFTER UPDATE OF personalized_at ON issuer.passes
    FOR EACH ROW WHEN (OLD.personalized_at IS NULL AND NEW.personalized_at IS NOT NULL)
    EXECUTE FUNCTION issuer.tell_personalized();
