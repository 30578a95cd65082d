-- The steps of a push, each one statement to the caller. They are functions where a step must see what was committed while
-- a lock was waited for, or where what follows depends on what came before.

-- The number of a pass type's topic, made when it is not known.
CREATE FUNCTION push.topic_of(pass_type text) RETURNS integer
    LANGUAGE plpgsql VOLATILE STRICT
AS $$
DECLARE
    known integer;
BEGIN
    SELECT t.topic INTO known FROM push.topics t WHERE t.pass_type_identifier = pass_type;
    IF known IS NULL THEN
        INSERT INTO push.topics (pass_type_identifier) VALUES (pass_type)
        ON CONFLICT (pass_type_identifier) DO NOTHING;
        SELECT t.topic INTO STRICT known FROM push.topics t WHERE t.pass_type_identifier = pass_type;
    END IF;
    RETURN known;
END
$$;

-- Takes pushes in. A push to a token that still waits joins it; one to a token that is on its way is remembered there, and
-- waits anew when that has ended. A delivery told before changes nothing and is answered as it was then.
CREATE FUNCTION push.enqueue(
    id text, pass_type text, tokens text[], new_pace integer, minimum_interval interval, refused_before integer,
    OUT accepted_count integer, OUT coalesced_count integer, OUT refused_count integer)
    LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
    topic_id integer;
    stamp timestamptz;
BEGIN
    -- A twin on another connection is waited for here, and its row then seen below.
    INSERT INTO push.deliveries (push_id) VALUES (id) ON CONFLICT (push_id) DO NOTHING;
    IF NOT FOUND THEN
        SELECT d.accepted, d.coalesced, d.refused INTO STRICT accepted_count, coalesced_count, refused_count
        FROM push.deliveries d WHERE d.push_id = id;
        RETURN;
    END IF;

    topic_id := push.topic_of(pass_type);
    stamp := clock_timestamp();

    -- In the order of tokens, so that two deliveries can't wait for each other.
    WITH wanted AS (
        SELECT DISTINCT decode(t.token, 'hex') AS token FROM unnest(tokens) AS t (token) ORDER BY 1
    ), stored AS (
        INSERT INTO push.jobs AS j (topic, token, pace, due_at, queued_at)
        SELECT topic_id, w.token, new_pace,
            CASE WHEN minimum_interval > interval '0'
                THEN greatest(stamp, push.last_accepted(topic_id, w.token, stamp - minimum_interval) + minimum_interval)
                ELSE stamp END,
            stamp
        FROM wanted w
        ON CONFLICT (topic, token) DO UPDATE SET
            again_at = CASE WHEN j.lease IS NOT NULL THEN coalesce(j.again_at, stamp) END,
            again_pace = CASE WHEN j.lease IS NOT NULL AND excluded.pace IS NOT NULL
                THEN CASE WHEN j.again_at IS NULL THEN excluded.pace ELSE j.again_pace END END,
            -- Whoever has no pace need not wait for those that have one.
            pace = CASE WHEN j.lease IS NOT NULL OR excluded.pace IS NOT NULL THEN j.pace END
        WHERE (j.lease IS NOT NULL AND j.again_at IS NULL)
            OR (excluded.pace IS NULL
                AND CASE WHEN j.lease IS NULL THEN j.pace ELSE j.again_pace END IS NOT NULL)
        -- xmax is 0 in a row just inserted; DO UPDATE locks the old row first, which leaves the transaction's id there.
        RETURNING j.xmax = 0 OR j.again_at = stamp AS is_new
    )
    SELECT count(*) FILTER (WHERE s.is_new IS TRUE) INTO STRICT accepted_count FROM stored s;

    coalesced_count := cardinality(tokens) - accepted_count;
    refused_count := refused_before;
    UPDATE push.deliveries d
    SET accepted = accepted_count, coalesced = coalesced_count, refused = refused_count
    WHERE d.push_id = id;
END
$$;

-- When APNs last took a push to a token, not earlier than an instant; NULL when it did not.
CREATE FUNCTION push.last_accepted(topic_id integer, wanted bytea, since timestamptz) RETURNS timestamptz
    LANGUAGE sql STABLE STRICT
    RETURN (
        SELECT max(r.at) FROM push.results r
        WHERE r.token = wanted AND r.topic = topic_id AND r.at > since AND r.reason IS NULL);

-- Takes the oldest pushes of a lane that are due and that nobody holds.
CREATE FUNCTION push.take(topic_id integer, wanted_lane smallint, amount integer, duration interval)
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
            WHERE k.topic = topic_id AND k.lane = wanted_lane AND k.due_at <= clock_timestamp()
                AND (k.leased_until IS NULL OR k.leased_until <= clock_timestamp())
            ORDER BY k.due_at LIMIT amount FOR UPDATE SKIP LOCKED))
        RETURNING j.token, j.apns_id, j.attempts, j.queued_at, j.lease
    )
    SELECT encode(t.token, 'hex'), t.apns_id::text, t.attempts, t.queued_at, t.lease FROM taken t
$$;

-- Takes pushes without a pace of a topic that runs under these very credentials.
CREATE FUNCTION push.lease(topic_id integer, known_revision bigint, amount integer, duration interval)
    RETURNS TABLE (token text, apns_id text, attempts integer, queued_at timestamptz, lease bigint)
    LANGUAGE plpgsql VOLATILE STRICT
AS $$
BEGIN
    IF push.runs(topic_id, known_revision) THEN
        RETURN QUERY SELECT t.token, t.apns_id, t.attempts, t.queued_at, t.lease
            FROM push.take(topic_id, 0::smallint, amount, duration) t;
    END IF;
END
$$;

-- Whether pushes of a topic go out, under these very credentials.
CREATE FUNCTION push.runs(topic_id integer, known_revision bigint) RETURNS boolean
    LANGUAGE sql STABLE STRICT
    RETURN EXISTS (
        SELECT FROM push.topics t JOIN push.credentials c ON c.topic = t.topic
        WHERE t.topic = topic_id AND c.revision = known_revision
            AND t.paused_at IS NULL AND t.stopped_at IS NULL AND t.opened_at IS NULL);

-- Takes the one push that an open breaker lets through, when its minute has come.
CREATE FUNCTION push.lease_probe(
    topic_id integer, known_revision bigint, duration interval, next_probe interval)
    RETURNS TABLE (token text, apns_id text, attempts integer, queued_at timestamptz, lease bigint)
    LANGUAGE plpgsql VOLATILE STRICT
AS $$
DECLARE
    oldest_lane smallint;
BEGIN
    -- Held by another replica: that one takes it.
    PERFORM FROM push.topics t JOIN push.credentials c ON c.topic = t.topic
    WHERE t.topic = topic_id AND c.revision = known_revision AND t.probe_at <= clock_timestamp()
        AND t.paused_at IS NULL AND t.stopped_at IS NULL AND t.opened_at IS NOT NULL
    FOR UPDATE OF t SKIP LOCKED;
    IF NOT FOUND THEN RETURN; END IF;

    SELECT h.lane INTO oldest_lane
    FROM unnest(ARRAY[0, 1]::smallint[]) AS l (lane)
    CROSS JOIN LATERAL (
        SELECT l.lane, j.due_at FROM push.jobs j
        WHERE j.topic = topic_id AND j.lane = l.lane AND j.due_at <= clock_timestamp()
            AND (j.leased_until IS NULL OR j.leased_until <= clock_timestamp())
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

-- Records what became of pushes. The outcomes:
--   0 accepted   1 rejected for good   2 rejected, the token being suspect   3 given up
--   4 refused for now, to be sent again at the instant   5 not answered, to be sent again at the instant
-- A push whose lease was lost is another's, and so is what becomes of it. The instants of 1 and 2 are those
-- of the rejection. Answers the breaker's window.
CREATE FUNCTION push.settle(
    topic_id integer, tokens text[], leases bigint[], outcomes integer[], reasons text[], instants timestamptz[],
    counts_attempt boolean[], minimum_interval interval, suspicion interval,
    OUT answer_count bigint, OUT suspect_count bigint, OUT window_epoch integer, OUT is_open boolean)
    LANGUAGE plpgsql VOLATILE
    SET enable_seqscan = off SET enable_bitmapscan = off SET enable_hashjoin = off SET enable_mergejoin = off
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
        DELETE FROM push.jobs j USING u
        WHERE j.topic = topic_id AND j.token = u.token AND j.lease = u.lease AND j.again_at IS NULL
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

-- The part of `settle` for pushes that do not leave the queue: those that were pushed for again, and those that wait longer.
CREATE FUNCTION push.settle_rest(
    topic_id integer, tokens text[], leases bigint[], outcomes integer[], reasons text[], instants timestamptz[],
    counts_attempt boolean[], moment timestamptz, minimum_interval interval, suspicion interval, OUT ended integer[], OUT ended_reasons text[])
    LANGUAGE plpgsql VOLATILE
    SET enable_seqscan = off SET enable_bitmapscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
BEGIN
    WITH old AS (
        SELECT j.token, j.queued_at, j.attempts, j.apns_id, j.again_at, j.again_pace, u.outcome,
            u.reason, u.instant
        FROM (
            SELECT decode(x.token, 'hex') AS token, x.lease, x.outcome, x.reason, x.instant
            FROM unnest(tokens, leases, outcomes, reasons, instants) AS x (token, lease, outcome, reason, instant)
            WHERE x.outcome <= 3
            ORDER BY 1
        ) u
        JOIN push.jobs j ON j.topic = topic_id AND j.token = u.token AND j.lease = u.lease AND j.again_at IS NOT NULL
        FOR UPDATE OF j
    ), renewed AS (
        UPDATE push.jobs j SET
            queued_at = o.again_at, due_at = greatest(o.again_at, moment + minimum_interval), pace = o.again_pace,
            attempts = 0, lease = NULL, leased_until = NULL, again_at = NULL, again_pace = NULL,
            apns_id = gen_random_uuid(), last_fault = NULL
        FROM old o WHERE j.topic = topic_id AND j.token = o.token
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
            ORDER BY 1
        ) u
        WHERE j.topic = topic_id AND j.token = u.token AND j.lease = u.lease
        RETURNING u.outcome, u.reason
    ), all_of_them AS (
        SELECT o.outcome, o.reason FROM old o UNION ALL SELECT w.outcome, w.reason FROM waiting w
    )
    SELECT array_agg(a.outcome), array_agg(a.reason) INTO ended, ended_reasons FROM all_of_them a;
END
$$;

-- Lets the pushes of suspect tokens wait again, for the breaker says that the fault is ours; how many they were.
CREATE FUNCTION push.recall_suspects(topic_id integer, amount integer) RETURNS integer
    LANGUAGE plpgsql VOLATILE STRICT
AS $$
DECLARE
    recalled integer;
BEGIN
    WITH gone AS (
        DELETE FROM push.rejections d WHERE d.position IN (
            SELECT r.position FROM push.rejections r
            WHERE r.topic = topic_id AND r.is_suspect
            ORDER BY r.token LIMIT amount FOR UPDATE SKIP LOCKED)
        RETURNING d.token, d.queued_at
    ), counted AS (
        SELECT count(*) AS number FROM gone
    ), back AS (
        INSERT INTO push.jobs (topic, token, due_at, queued_at)
        SELECT topic_id, g.token, clock_timestamp(), min(g.queued_at) FROM gone g GROUP BY g.token ORDER BY g.token
        ON CONFLICT (topic, token) DO NOTHING
    )
    SELECT c.number INTO STRICT recalled FROM counted c;
    RETURN recalled;
END
$$;

-- Makes partitions of results for a day and the two after it, and drops those that end before another day.
CREATE FUNCTION push.roll_results(today date, oldest date) RETURNS void
    LANGUAGE plpgsql VOLATILE STRICT
AS $$
DECLARE
    day date;
    part text;
BEGIN
    -- One replica at a time.
    PERFORM pg_advisory_xact_lock(hashtextextended('push.roll_results', 0));
    FOREACH day IN ARRAY ARRAY[today, today + 1, today + 2] LOOP
        part := 'results_' || to_char(day, 'YYYYMMDD');
        CONTINUE WHEN to_regclass('push.' || part) IS NOT NULL;
        -- Rows of that day may stand in the last partition; they stay there, and so does its day.
        CONTINUE WHEN EXISTS (
            SELECT FROM push.results_of_other_days r
            WHERE r.at >= day::timestamp AT TIME ZONE 'UTC' AND r.at < (day + 1)::timestamp AT TIME ZONE 'UTC');
        EXECUTE format('CREATE TABLE push.%I PARTITION OF push.results FOR VALUES FROM (%L) TO (%L)', part,
            day::timestamp AT TIME ZONE 'UTC', (day + 1)::timestamp AT TIME ZONE 'UTC');
    END LOOP;

    FOR part IN
        SELECT c.relname FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'push.results'::regclass AND c.relname ~ '^results_[0-9]{8}$'
            AND to_date(right(c.relname, 8), 'YYYYMMDD') < oldest
    LOOP
        EXECUTE format('DROP TABLE push.%I', part);
    END LOOP;
    DELETE FROM push.results_of_other_days r WHERE r.at < oldest::timestamp AT TIME ZONE 'UTC';
END
$$;

-- Gives up pushes that have waited since before an instant in topics without credentials; how many they were.
CREATE FUNCTION push.give_up_orphans(oldest timestamptz, amount integer) RETURNS integer
    LANGUAGE plpgsql VOLATILE STRICT
AS $$
DECLARE
    moment timestamptz := clock_timestamp();
    given_up integer;
BEGIN
    WITH gone AS (
        DELETE FROM push.jobs d WHERE d.ctid = ANY (ARRAY(
            SELECT j.ctid FROM push.jobs j
            WHERE j.queued_at < oldest AND NOT EXISTS (SELECT FROM push.credentials c WHERE c.topic = j.topic)
            LIMIT amount FOR UPDATE SKIP LOCKED))
        RETURNING d.topic, d.token, d.queued_at, d.attempts, d.apns_id
    ), told AS (
        INSERT INTO push.results (topic, token, queued_at, at, attempts, apns_id, reason)
        SELECT g.topic, g.token, g.queued_at, moment, g.attempts, g.apns_id, 'NoCredentials' FROM gone g
    ), counted AS (
        INSERT INTO push.tallies AS t (topic, day, outcome, reason, count)
        SELECT g.topic, (moment AT TIME ZONE 'UTC')::date, 'rejected', 'NoCredentials', count(*)
        FROM gone g GROUP BY g.topic ORDER BY g.topic
        ON CONFLICT (topic, day, outcome, reason) DO UPDATE SET count = t.count + excluded.count
    )
    SELECT count(*) INTO STRICT given_up FROM gone;
    RETURN given_up;
END
$$;
