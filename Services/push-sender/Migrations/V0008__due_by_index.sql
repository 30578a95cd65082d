-- Pushes that are due later, after a failure or by their pace, were gone through in search of one that is due now: an index
-- can't look for what `clock_timestamp()` says, which is another instant for each row. `statement_timestamp()` is one.

-- Takes the oldest pushes of a lane that are due and that nobody holds.
CREATE OR REPLACE FUNCTION push.take(topic_id integer, wanted_lane smallint, amount integer, duration interval)
    RETURNS TABLE (token text, apns_id text, attempts integer, queued_at timestamptz, lease bigint)
    LANGUAGE sql VOLATILE STRICT
    SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off
AS $$
    WITH taken AS (
        UPDATE push.jobs j SET
            lease = n.lease, leased_until = clock_timestamp() + duration, attempts = j.attempts + 1,
            -- Whoever pushed again before this moment is served by what goes out after it.
            again_at = NULL, again_pace = NULL
        FROM (SELECT nextval('push.leases') AS lease) n
        WHERE j.ctid = ANY (ARRAY(
            SELECT k.ctid FROM push.jobs k
            WHERE k.topic = topic_id AND k.lane = wanted_lane AND k.due_at <= statement_timestamp()
                AND (k.leased_until IS NULL OR k.leased_until <= statement_timestamp())
            ORDER BY k.due_at LIMIT amount FOR UPDATE SKIP LOCKED))
        RETURNING j.token, j.apns_id, j.attempts, j.queued_at, j.lease
    )
    SELECT encode(t.token, 'hex'), t.apns_id::text, t.attempts, t.queued_at, t.lease FROM taken t
$$;

-- Takes the one push that an open breaker lets through, when its minute has come.
CREATE OR REPLACE FUNCTION push.lease_probe(
    topic_id integer, known_revision bigint, duration interval, next_probe interval)
    RETURNS TABLE (token text, apns_id text, attempts integer, queued_at timestamptz, lease bigint)
    LANGUAGE plpgsql VOLATILE STRICT
AS $$
DECLARE
    oldest_lane smallint;
BEGIN
    -- Held by another replica: that one takes it.
    PERFORM FROM push.topics t JOIN push.credentials c ON c.topic = t.topic
    WHERE t.topic = topic_id AND c.revision = known_revision AND t.probe_at <= statement_timestamp()
        AND t.paused_at IS NULL AND t.stopped_at IS NULL AND t.opened_at IS NOT NULL
    FOR UPDATE OF t SKIP LOCKED;
    IF NOT FOUND THEN RETURN; END IF;

    SELECT h.lane INTO oldest_lane
    FROM unnest(ARRAY[0, 1]::smallint[]) AS l (lane)
    CROSS JOIN LATERAL (
        SELECT l.lane, j.due_at FROM push.jobs j
        WHERE j.topic = topic_id AND j.lane = l.lane AND j.due_at <= statement_timestamp()
            AND (j.leased_until IS NULL OR j.leased_until <= statement_timestamp())
        ORDER BY j.due_at LIMIT 1
    ) h
    ORDER BY h.due_at LIMIT 1;

    RETURN QUERY SELECT t.token, t.apns_id, t.attempts, t.queued_at, t.lease
        FROM push.take(topic_id, oldest_lane, 1, duration) t;
    IF FOUND THEN
        UPDATE push.topics t SET probe_at = clock_timestamp() + next_probe WHERE t.topic = topic_id;
    END IF;
END
$$;

-- The topics that have a push to send now.
CREATE OR REPLACE FUNCTION push.due_topics()
    RETURNS TABLE (topic integer, pass_type_identifier text, revision bigint, is_probe boolean)
    LANGUAGE sql STABLE
    SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off
AS $$
    SELECT t.topic, t.pass_type_identifier, c.revision, t.opened_at IS NOT NULL
    FROM push.topics t JOIN push.credentials c ON c.topic = t.topic
    WHERE t.paused_at IS NULL AND t.stopped_at IS NULL
        AND (t.opened_at IS NULL OR t.probe_at <= statement_timestamp())
        AND EXISTS (
            SELECT FROM unnest(ARRAY[0, 1]::smallint[]) AS l (lane)
            CROSS JOIN LATERAL (
                SELECT FROM push.jobs j
                WHERE j.topic = t.topic AND j.lane = l.lane AND j.due_at <= statement_timestamp()
                    AND (j.leased_until IS NULL OR j.leased_until <= statement_timestamp())
                ORDER BY j.due_at LIMIT 1
            ) head)
$$;
