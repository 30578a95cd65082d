-- The topics that have a push to send now. A queue is empty at one moment and long at the next: with a plan made while it was
-- empty, each look went through all of the table. Here there is one way to the oldest push of a lane, its index.
CREATE FUNCTION push.due_topics()
    RETURNS TABLE (topic integer, pass_type_identifier text, revision bigint, is_probe boolean)
    LANGUAGE sql STABLE
    SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off
AS $$
    SELECT t.topic, t.pass_type_identifier, c.revision, t.opened_at IS NOT NULL
    FROM push.topics t JOIN push.credentials c ON c.topic = t.topic
    WHERE t.paused_at IS NULL AND t.stopped_at IS NULL
        AND (t.opened_at IS NULL OR t.probe_at <= clock_timestamp())
        AND EXISTS (
            SELECT FROM unnest(ARRAY[0, 1]::smallint[]) AS l (lane)
            CROSS JOIN LATERAL (
                SELECT FROM push.jobs j
                WHERE j.topic = t.topic AND j.lane = l.lane AND j.due_at <= clock_timestamp()
                    AND (j.leased_until IS NULL OR j.leased_until <= clock_timestamp())
                ORDER BY j.due_at LIMIT 1
            ) head)
$$;
