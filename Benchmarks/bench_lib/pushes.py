"""P7: pushes from the call that hands them over to APNs' answer on record, against h2load on the same sink.
P8: a campaign's change to many phones, through pass-issuer, device-registry and push-sender to the last push."""
import hashlib
import json
import statistics
import time

from sandbox_lib import keys, web

from . import demo
from .memory import peak_megabytes
from .report import MEMORY_GROWTH_GOAL_MEGABYTES, Row, against, grown
from .sink import PASS_TYPE, Sink, certificates, h2load

PAIRS = 5
LIMIT_REQUESTS = 200_000
# The fewer, the more of the time is the way of the first and the last.
PUSHES = (10_000, 100_000)
IN_ONE_CALL = 10_000
RATE_GOAL = 0.08
ROUNDS = 3
PHONES = (10_000, 100_000)
MEMORY_GOAL_MEGABYTES = 100
# Queues that push-sender finds at its start.
BACKLOGS = (10_000, 100_000, 1_000_000)
SERVICES = ("pass-issuer", "device-registry", "push-sender")
# Longer than any of it should take, in seconds.
PATIENCE = 300


def measure(platform):
    """The rows of P7 and P8."""
    authority = certificates()
    with Sink(authority) as sink:
        rows, rate = _queue(platform, sink, authority)
        rows += _fan_out(platform, sink, authority, rate)
        # Last: a million rows that went leave tables that autovacuum is busy with.
        return rows + _backlog(platform, sink, authority)


def running(platform, sink, authority, names, settings=None):
    """Services that push to the sink, as `platform.running` runs them."""
    return platform.running(*names, settings=(settings or {}) | {
        "APNS_URL": f"https://127.0.0.1:{sink.port}", "APNS_CA_FILE": str(authority / "root.pem")})


class Topic:
    """The pass type at push-sender."""

    def __init__(self, platform, sink):
        self._admin = web.Caller(platform.urls["push"]["internal"], keys.token("admin"))
        self._sink = sink

    def _state(self):
        topics = self._admin("GET", "/admin/v1/topics")["items"]
        return next((topic for topic in topics if topic["passTypeIdentifier"] == PASS_TYPE),
                    {"accepted": 0, "queued": 0, "inFlight": 0})

    def accepted(self):
        return self._state()["accepted"]

    def wait_for_arrival(self, arrived):
        """Waits until so many pushes have come to the sink, which is asked and costs nobody anything."""
        deadline = time.monotonic() + PATIENCE
        while self._sink.requests < arrived:
            _check(deadline)
            time.sleep(0.02)

    def wait(self, accepted, arrived):
        """Waits until so many pushes have come and are on record as accepted; returns when that was."""
        self.wait_for_arrival(arrived)
        deadline = time.monotonic() + PATIENCE
        while True:
            state = self._state()
            if state["accepted"] >= accepted and state["queued"] + state["inFlight"] == 0:
                return time.monotonic()
            _check(deadline)
            time.sleep(0.02)


def _check(deadline):
    if time.monotonic() > deadline:
        raise SystemExit(f"bench: the pushes did not arrive within {PATIENCE} s")


def _queue(platform, sink, authority):
    """P7; returns its rows and the pushes a second."""
    with running(platform, sink, authority, ["push-sender"]) as processes:
        push = platform.urls["push"]["internal"]
        web.Caller(push, keys.token("pass-issuer"))("PUT", f"/rpc/v1/credentials/{PASS_TYPE}", {
            name: (authority / file).read_text(encoding="utf-8")
            for name, file in (("certificate", "pass.pem"), ("privateKey", "pass.key.pem"),
                               ("intermediate", "intermediate.pem"))})
        registry = web.Caller(push, keys.token("device-registry"))
        topic = Topic(platform, sink)
        _hand_over(registry, topic, sink, "first", IN_ONE_CALL)
        rows = []
        for pushes in PUSHES:
            pairs = []
            for number in range(PAIRS):
                limit = LIMIT_REQUESTS / h2load(sink, LIMIT_REQUESTS)["seconds"]
                pairs.append((limit, pushes / _hand_over(registry, topic, sink, f"{pushes}-{number}", pushes)))
            rows.append(against(
                f"P7 durable pushes a second, {pushes:,} from the call to APNs' answer on record, against h2load",
                RATE_GOAL, pairs, "fdatasync on", digits=3))
        peak = peak_megabytes(processes["push-sender"])
    rows.append(Row("P7 push-sender, peak memory", f"{peak:.0f} MB", f"≤ {MEMORY_GOAL_MEGABYTES} MB",
                    peak <= MEMORY_GOAL_MEGABYTES, "VmHWM"))
    return rows, statistics.median(ours for _, ours in pairs)


def _hand_over(registry, topic, sink, run, count):
    """Seconds from the first call to the last answer on record."""
    bodies = [json.dumps({
        "pushId": f"bench-{run}-{start}", "passTypeIdentifier": PASS_TYPE,
        "pushTokens": [hashlib.sha256(f"{run}/{number}".encode()).hexdigest()
                       for number in range(start, start + IN_ONE_CALL)],
    }).encode() for start in range(0, count, IN_ONE_CALL)]
    accepted, arrived = topic.accepted() + count, sink.requests + count
    started = time.monotonic()
    for body in bodies:
        registry("POST", "/rpc/v1/pushes", body)
    return topic.wait(accepted, arrived) - started


def _backlog(platform, sink, authority):
    """What a long queue costs push-sender in time and memory, until all of it is sent."""
    rates, peaks = {}, {}
    for queued in BACKLOGS:
        platform.execute(f"""
            INSERT INTO push.jobs (topic, token, due_at, queued_at)
            SELECT topic, decode(lpad(to_hex(n), 64, '0'), 'hex'), now(), now()
            FROM push.topics, generate_series(1, {queued}) n WHERE pass_type_identifier = '{PASS_TYPE}'""")
        arrived = sink.requests + queued
        with running(platform, sink, authority, ["push-sender"]) as processes:
            started = time.monotonic()
            rates[queued] = queued / (Topic(platform, sink).wait(0, arrived) - started)
            peaks[queued] = peak_megabytes(processes["push-sender"])
    shortest, longest = BACKLOGS[0], BACKLOGS[-1]
    more = peaks[longest] - peaks[shortest]
    rows = [
        grown(f"P7 pushes a second with {queued:,} queued, against {shortest:,}", rates[queued], rates[shortest],
               "from ready to the last answer on record")
        for queued in BACKLOGS[1:]]
    rows.append(Row(
        f"P7 peak memory with {longest:,} queued, beyond that with {shortest:,}", f"{more:.0f} MB",
        f"≤ {MEMORY_GROWTH_GOAL_MEGABYTES} MB", more <= MEMORY_GROWTH_GOAL_MEGABYTES,
        "VmHWM until all is sent: " + ", ".join(f"{peak:.0f} MB with {queued:,}" for queued, peak in peaks.items())))
    return rows


def _fan_out(platform, sink, authority, rate):
    rows = []
    for phones in PHONES:
        times, peaks = fan_out(platform, sink, authority, phones)
        goal = 1.3 * phones / rate + 2
        seconds = statistics.median(times)
        rows.append(Row(
            f"P8 a campaign's change to {phones:,} phones, to the last push on record", f"{seconds:.1f} s",
            f"≤ {goal:.1f} s", seconds <= goal,
            f"median of {ROUNDS}, {min(times):.1f}–{max(times):.1f} s; goal: 1.3 × phones at P7's rate + 2 s"))
        rows.append(Row(
            f"P8 peak memory of each service, {phones:,} phones", f"{max(peaks.values()):.0f} MB",
            f"≤ {MEMORY_GOAL_MEGABYTES} MB", max(peaks.values()) <= MEMORY_GOAL_MEGABYTES,
            "VmHWM: " + ", ".join(f"{name} {peak:.0f}" for name, peak in peaks.items())))
    return rows


def fan_out(platform, sink, authority, phones):
    """The seconds of each change to so many phones, and the megabytes that each service took at most, by its name."""
    with running(platform, sink, authority, SERVICES) as processes:
        times = list(changes(platform, sink, authority, phones))
        return times, {name: peak_megabytes(process) for name, process in processes.items()}


def changes(platform, sink, authority, phones, rounds=ROUNDS, campaign=None):
    """Changes a campaign with so many passes, each on a phone of its own, time and again; yields the seconds of each time."""
    campaign = campaign or f"fan-out-{phones}"
    admin = web.Caller(platform.urls["issuer"]["internal"], keys.token("admin"))
    content = demo.provide(platform, authority, campaign)
    install(platform, campaign, phones)
    topic = Topic(platform, sink)
    for number in range(rounds):
        demo.show(content, f"Round {number} for {phones}")
        accepted, arrived = topic.accepted() + phones, sink.requests + phones
        started = time.monotonic()
        admin("PUT", f"/admin/v1/campaigns/{campaign}", content)
        yield topic.wait(accepted, arrived) - started


def install(platform, name, phones, campaign=None):
    """Passes and registrations as links and phones leave them: in the order of their making no serial number follows another.

    All are of the campaign of that name, unless `campaign` says in SQL of which the n-th is.
    """
    campaign = campaign or f"'{name}'"
    serial_number = f"left(encode(sha256(('{name}-' || n)::bytea), 'hex'), 32)"
    key = keys.key_ring("pass-token-keys").read_text(encoding="utf-8").split(":", 1)[0]
    statements = f"""
        INSERT INTO issuer.passes (serial_number, campaign_id, pass_key, platforms, contact, voucher, campaign_version,
            version, token_key_id, data_at, last_modified, created_at, updated_at)
        SELECT {serial_number}, c.id, n::text, '{{apple}}',
            json_build_object('id', n::text, 'firstName', 'Ada', 'lastName', 'Lovelace'),
            json_build_object('points', n), c.current_version, 1, '{key}', now(), extract(epoch FROM now())::bigint,
            now(), now()
        FROM generate_series(1, {phones}) n JOIN issuer.campaigns c ON c.id = {campaign};
        INSERT INTO registry.devices (device_library_identifier, push_token)
        SELECT '{name}-' || n, encode(sha256(('{name}' || n)::bytea), 'hex')
        FROM generate_series(1, {phones}) n;
        INSERT INTO registry.registrations (device_library_identifier, pass_type_identifier, serial_number)
        SELECT '{name}-' || n, '{PASS_TYPE}', {serial_number} FROM generate_series(1, {phones}) n;
        """
    platform.execute(statements)
    platform.execute("VACUUM ANALYZE")
