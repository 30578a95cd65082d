-- What pass-issuer is told of: that devices installed and removed passes, for the webhooks of campaigns.
--
-- Locks: nothing here waits for anything; see V0001 for what may wait for what.

-- Unlike pass_events, which are diagnostics and bounded, a notice stays until pass-issuer has it.
CREATE TABLE registry.event_notices (
    -- Taken while the device's row is held, so that of one registration's beginning and end the first comes first.
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id uuid NOT NULL DEFAULT gen_random_uuid(),
    kind text NOT NULL CHECK (kind IN ('installed', 'removed')),
    serial_number text NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Whoever holds the lease tells the notices, in their order; after a failure nobody does for a while.
CREATE TABLE registry.event_teller (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    leased_until timestamptz NOT NULL DEFAULT '-infinity',
    failures integer NOT NULL DEFAULT 0
);
INSERT INTO registry.event_teller DEFAULT VALUES;

-- Every beginning and end is written here by the functions of V0002, by whichever release calls them.
CREATE FUNCTION registry.notice_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO registry.event_notices (kind, serial_number, at)
    VALUES (CASE new.kind WHEN 'registered' THEN 'installed' ELSE 'removed' END, new.serial_number, new.at);
    RETURN NULL;
END
$$;
CREATE TRIGGER pass_events_notice AFTER INSERT ON registry.pass_events
    FOR EACH ROW WHEN (new.kind IN ('registered', 'unregistered', 'rejected'))
    EXECUTE FUNCTION registry.notice_event();
