-- What pass-issuer is told of: that people saved and deleted passes, for the webhooks of campaigns.

-- A notice stays until pass-issuer has it.
CREATE TABLE google.event_notices (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id uuid NOT NULL DEFAULT gen_random_uuid(),
    kind text NOT NULL CHECK (kind IN ('saved', 'deleted')),
    serial_number text NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Whoever holds the lease tells the notices, in their order; after a failure nobody does for a while.
CREATE TABLE google.event_teller (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    leased_until timestamptz NOT NULL DEFAULT '-infinity',
    failures integer NOT NULL DEFAULT 0
);
INSERT INTO google.event_teller DEFAULT VALUES;

-- Every event is told by whichever statement and release writes it; objects that we do not know are nobody's passes.
CREATE FUNCTION google.notice_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO google.event_notices (kind, serial_number, at)
    SELECT CASE new.kind WHEN 'googleSaved' THEN 'saved' ELSE 'deleted' END, o.serial_number, new.at
    FROM google.objects o WHERE o.object_id = new.object_id;
    RETURN NULL;
END
$$;
CREATE TRIGGER events_notice AFTER INSERT ON google.events
    FOR EACH ROW WHEN (new.kind IN ('googleSaved', 'googleDeleted'))
    EXECUTE FUNCTION google.notice_event();
