-- A queue is empty at one moment and long at the next, so whatever PostgreSQL believes of it is wrong: with a plan made while
-- it was empty, each answer of a batch was compared with every push of the topic. Here there is one way to a push, which is
-- right at any length: LATERAL and OFFSET 0 look one answer up after the other, by the key, which begins with the token
-- (`topic + 0` is offered by no other index), and its place leads to the row.
ALTER TABLE push.jobs DROP CONSTRAINT jobs_pkey, ADD PRIMARY KEY (token, topic);

-- As before, but for the way to the pushes.
CREATE OR REPLACE FUNCTION push.settle(
    topic_id integer, tokens text[], leases bigint[], outcomes integer[], reasons text[], instants timestamptz[],
    counts_attempt boolean[], minimum_interval interval, suspicion interval,
    OUT answer_count bigint, OUT suspect_count bigint, OUT window_epoch integer, OUT is_open boolean)
    LANGUAGE plpgsql VOLATILE
    SET enable_seqscan = off SET enable_bitmapscan = off SET enable_hashjoin = off SET enable_mergejoin = off
    SET enable_material = off
AS $$
DECLARE
    moment timestamptz := clock_timestamp();
    -- What was found as it was left here, and is counted: nothing is counted twice, however often it is told.
    ended integer[];
    ended_reasons text[];
    rest record;
BEGIN
    WITH u AS (
        SELECT decode(x.token, 'hex') AS token, x.lease, x.outcome, x.reason, x.instant
        FROM unnest(tokens, leases, outcomes, reasons, instants) AS x (token, lease, outcome, reason, instant)
        WHERE x.outcome <= 3
        ORDER BY 1
    ), gone AS (
        DELETE FROM push.jobs j
        USING u CROSS JOIN LATERAL (
            SELECT k.ctid AS place FROM push.jobs k WHERE k.token = u.token AND k.topic + 0 = topic_id OFFSET 0) k
        WHERE j.ctid = k.place AND j.lease = u.lease AND j.again_at IS NULL
        RETURNING j.token, j.queued_at, j.attempts, j.apns_id, u.outcome, u.reason, u.instant
    ), told AS (
        INSERT INTO push.rejections (topic, token, reason, rejected_at, is_suspect, queued_at, next_attempt_at)
        SELECT topic_id, g.token, g.reason, g.instant, g.outcome = 2, g.queued_at,
            moment + CASE g.outcome WHEN 2 THEN suspicion ELSE interval '0' END
        FROM gone g WHERE g.outcome IN (1, 2)
    ), kept AS (
        INSERT INTO push.results (topic, token, queued_at, at, attempts, apns_id, reason)
        SELECT topic_id, g.token, g.queued_at, moment, g.attempts, g.apns_id, g.reason FROM gone g
    )
    SELECT array_agg(g.outcome), array_agg(g.reason) INTO ended, ended_reasons FROM gone g;
    IF coalesce(cardinality(ended), 0) < cardinality(tokens) THEN
        SELECT r.ended, r.ended_reasons INTO STRICT rest FROM push.settle_rest(
            topic_id, tokens, leases, outcomes, reasons, instants, counts_attempt, moment, minimum_interval, suspicion) r;
        ended := ended || rest.ended;
        ended_reasons := ended_reasons || rest.ended_reasons;
    END IF;
    IF 0 = ANY (outcomes) AND EXISTS (SELECT FROM push.rejections r WHERE r.topic = topic_id AND r.is_suspect) THEN
        DELETE FROM push.rejections d WHERE d.position IN (
            SELECT r.position
            FROM unnest(tokens, outcomes) AS x (token, outcome)
            JOIN push.rejections r ON r.topic = topic_id AND r.token = decode(x.token, 'hex') AND r.is_suspect
            WHERE x.outcome = 0
            FOR UPDATE OF r SKIP LOCKED);
    END IF;

    INSERT INTO push.tallies AS t (topic, day, outcome, reason, count)
    SELECT topic_id, (moment AT TIME ZONE 'UTC')::date,
        CASE x.outcome WHEN 0 THEN 'accepted' WHEN 4 THEN 'refused' ELSE 'rejected' END AS outcome,
        coalesce(x.reason, '') AS reason, count(*)
    FROM unnest(ended, ended_reasons) AS x (outcome, reason)
    WHERE x.outcome <= 4
    GROUP BY 3, 4 ORDER BY 3, 4
    ON CONFLICT (topic, day, outcome, reason) DO UPDATE SET count = t.count + excluded.count;

    SELECT t.epoch, t.opened_at IS NOT NULL INTO STRICT window_epoch, is_open
    FROM push.topics t WHERE t.topic = topic_id;
    INSERT INTO push.answers AS a (topic, epoch, second, answers, suspects)
    SELECT topic_id, window_epoch, floor(extract(epoch FROM moment)),
        count(*) FILTER (WHERE x.outcome <= 4), count(*) FILTER (WHERE x.outcome = 2)
    FROM unnest(ended) AS x (outcome)
    ON CONFLICT (topic, epoch, second)
    DO UPDATE SET answers = a.answers + excluded.answers, suspects = a.suspects + excluded.suspects;
    SELECT coalesce(sum(a.answers), 0), coalesce(sum(a.suspects), 0) INTO STRICT answer_count, suspect_count
    FROM push.answers a
    WHERE a.topic = topic_id AND a.epoch = window_epoch AND a.second > floor(extract(epoch FROM moment)) - 60;
END
$$;

-- As before, but for the way to the pushes.
CREATE OR REPLACE FUNCTION push.settle_rest(
    topic_id integer, tokens text[], leases bigint[], outcomes integer[], reasons text[], instants timestamptz[],
    counts_attempt boolean[], moment timestamptz, minimum_interval interval, suspicion interval,
    OUT ended integer[], OUT ended_reasons text[])
    LANGUAGE plpgsql VOLATILE
    SET enable_seqscan = off SET enable_bitmapscan = off SET enable_hashjoin = off SET enable_mergejoin = off
    SET enable_material = off
AS $$
BEGIN
    -- Locked first, in the order of tokens: the next statement sees each as it is, and finds it where it stays.
    PERFORM FROM (
        SELECT decode(x.token, 'hex') AS token, x.lease FROM unnest(tokens, leases) AS x (token, lease) ORDER BY 1
    ) u
    CROSS JOIN LATERAL (
        SELECT FROM push.jobs k WHERE k.token = u.token AND k.topic + 0 = topic_id AND k.lease = u.lease FOR UPDATE) k;

    WITH old AS (
        SELECT k.place, j.token, j.queued_at, j.attempts, j.apns_id, j.again_at, j.again_pace, u.outcome, u.reason,
            u.instant
        FROM (
            SELECT decode(x.token, 'hex') AS token, x.lease, x.outcome, x.reason, x.instant
            FROM unnest(tokens, leases, outcomes, reasons, instants) AS x (token, lease, outcome, reason, instant)
            WHERE x.outcome <= 3
        ) u
        CROSS JOIN LATERAL (
            SELECT k.ctid AS place FROM push.jobs k WHERE k.token = u.token AND k.topic + 0 = topic_id OFFSET 0) k
        JOIN push.jobs j ON j.ctid = k.place AND j.lease = u.lease AND j.again_at IS NOT NULL
    ), renewed AS (
        UPDATE push.jobs j SET
            queued_at = o.again_at, due_at = greatest(o.again_at, moment + minimum_interval), pace = o.again_pace,
            attempts = 0, lease = NULL, leased_until = NULL, again_at = NULL, again_pace = NULL,
            apns_id = gen_random_uuid(), last_fault = NULL
        FROM old o WHERE j.ctid = o.place
    ), told AS (
        INSERT INTO push.rejections (topic, token, reason, rejected_at, is_suspect, queued_at, next_attempt_at)
        SELECT topic_id, o.token, o.reason, o.instant, o.outcome = 2, o.queued_at,
            moment + CASE o.outcome WHEN 2 THEN suspicion ELSE interval '0' END
        FROM old o WHERE o.outcome IN (1, 2)
    ), kept AS (
        INSERT INTO push.results (topic, token, queued_at, at, attempts, apns_id, reason)
        SELECT topic_id, o.token, o.queued_at, moment, o.attempts, o.apns_id, o.reason FROM old o
    ), waiting AS (
        -- What is sent later serves whoever pushed again meanwhile.
        UPDATE push.jobs j SET
            due_at = u.instant, attempts = j.attempts - CASE WHEN u.counts THEN 0 ELSE 1 END,
            pace = CASE WHEN j.again_at IS NULL OR j.again_pace IS NOT NULL THEN j.pace END,
            lease = NULL, leased_until = NULL, again_at = NULL, again_pace = NULL, last_fault = u.reason
        FROM (
            SELECT decode(x.token, 'hex') AS token, x.lease, x.outcome, x.reason, x.instant, x.counts
            FROM unnest(tokens, leases, outcomes, reasons, instants, counts_attempt)
                AS x (token, lease, outcome, reason, instant, counts)
            WHERE x.outcome >= 4
        ) u
        CROSS JOIN LATERAL (
            SELECT k.ctid AS place FROM push.jobs k WHERE k.token = u.token AND k.topic + 0 = topic_id OFFSET 0) k
        WHERE j.ctid = k.place AND j.lease = u.lease
        RETURNING u.outcome, u.reason
    ), all_of_them AS (
        SELECT o.outcome, o.reason FROM old o UNION ALL SELECT w.outcome, w.reason FROM waiting w
    )
    SELECT array_agg(a.outcome), array_agg(a.reason) INTO ended, ended_reasons FROM all_of_them a;
END
$$;
