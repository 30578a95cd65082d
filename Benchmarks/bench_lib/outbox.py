"""Changes of single passes that wait in pass-issuer's outbox, as after an hour without device-registry."""
import time

from sandbox_lib import keys, web

from . import demo, pushes
from .memory import peak_megabytes
from .report import MEMORY_GROWTH_GOAL_MEGABYTES, Row, grown
from .sink import Sink, certificates

MESSAGES = (10_000, 100_000)
CAMPAIGN = "waiting"


def measure(platform):
    """The rows of rate and memory, for the most messages against the fewest."""
    authority = certificates()
    with Sink(authority) as sink:
        rates, peaks = zip(*(_deliver(platform, sink, authority, count) for count in MESSAGES))
    fewest, most = MESSAGES
    more = peaks[1] - peaks[0]
    return [
        grown(f"P11 changes of single passes a second with {most:,} in the outbox, against {fewest:,}", rates[1], rates[0],
              "from the first push to the last on record"),
        Row(f"P11 peak memory of a service with {most:,} in the outbox, beyond that with {fewest:,}", f"{more:.0f} MB",
            f"≤ {MEMORY_GROWTH_GOAL_MEGABYTES} MB", more <= MEMORY_GROWTH_GOAL_MEGABYTES,
            f"VmHWM: {peaks[1]:.0f} MB of {peaks[0]:.0f} MB"),
    ]


def _deliver(platform, sink, authority, count):
    """Messages a second from the first on, and the most memory that one of them took."""
    with platform.running("pass-issuer"):
        demo.provide(platform, authority, CAMPAIGN)
        pushes.install(platform, f"{CAMPAIGN}-{count}", count, f"'{CAMPAIGN}'")
        _leave(platform, count)
    arrived = sink.requests
    with pushes.running(platform, sink, authority, pushes.SERVICES) as processes:
        topic = pushes.Topic(platform, sink)
        # From the first on: a service that finds another one not ready yet rests for a second.
        topic.wait_for_arrival(arrived + 1)
        started, first = time.monotonic(), sink.requests - arrived
        rate = (count - first) / (topic.wait(0, arrived + count) - started)
        peak = max(map(peak_megabytes, processes.values()))
    print(f"{count:,} changes in the outbox: {rate:,.0f} a second, {peak:.0f} MB", flush=True)
    return rate, peak


def _leave(platform, count):
    """Has each new pass changed, the first by a call, and what it leaves copied for the others."""
    [[serial]] = platform.execute(
        f"SELECT serial_number FROM issuer.passes WHERE campaign_id = '{CAMPAIGN}' ORDER BY created_at DESC LIMIT 1")
    admin = web.Caller(platform.urls["issuer"]["internal"], keys.token("admin"))
    admin("PATCH", f"/admin/v1/passes/{serial}", {"voucher": {"points": count + 1}})
    platform.execute(f"""
        INSERT INTO issuer.messages (kind, destination, is_bulk, payload)
        SELECT m.kind, m.destination, m.is_bulk, replace(m.payload::text, '{serial}', p.serial_number)::json
        FROM issuer.messages m, issuer.passes p
        WHERE strpos(m.payload::text, '{serial}') > 0 AND p.campaign_id = '{CAMPAIGN}' AND p.serial_number <> '{serial}'
            AND p.created_at = (SELECT max(created_at) FROM issuer.passes WHERE campaign_id = '{CAMPAIGN}')""")
