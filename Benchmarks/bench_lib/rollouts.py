"""Many rollouts that are open at the same time: what they take of memory, and whether each goes at its rate."""
import time

from sandbox_lib import keys, web

from . import campaigns, demo, pushes
from .memory import peak_megabytes
from .report import Row
from .sink import Sink, certificates

ROLLOUTS = (10, 100, 1_000)
ORIGINAL = "open"
PASSES = 200
# Of each rollout: all are open for longer than it takes to begin and to watch them.
PER_SECOND = 1
SECONDS = 20
# Campaigns in memory are another figure.
SETTINGS = {"ROLLOUT_RATE_PER_SECOND": str(PER_SECOND), "CAMPAIGN_CACHE_MEGABYTES": "4"}
MEMORY_GOAL_MEGABYTES = 16
RATE_GOAL = 0.9


def measure(platform):
    """The rows of memory and of pace, for the most rollouts against the fewest."""
    authority = certificates()
    with Sink(authority) as sink:
        loads = [_open(platform, sink, authority, count, behind)
                 for count, behind in zip(ROLLOUTS, (0, *ROLLOUTS))]
    (_, least), (rate, most) = loads[0], loads[-1]
    more = most - least
    return [
        Row(f"P11 peak memory of pass-issuer with {ROLLOUTS[-1]:,} open rollouts, beyond that with {ROLLOUTS[0]}",
            f"{more:.0f} MB", f"≤ {MEMORY_GOAL_MEGABYTES} MB", more <= MEMORY_GOAL_MEGABYTES,
            "VmHWM: " + ", ".join(f"{peak:.0f} MB with {count:,}" for count, (_, peak) in zip(ROLLOUTS, loads))),
        Row(f"P11 passes a second of {ROLLOUTS[-1]:,} open rollouts, against the rate that they are set to", f"{rate:.2f}",
            f"≥ {RATE_GOAL:.2f}", rate >= RATE_GOAL,
            f"{PER_SECOND} pass a second each; " + ", ".join(
                f"{rate:.2f} with {count:,}" for count, (rate, _) in zip(ROLLOUTS, loads))),
    ]


def _open(platform, sink, authority, count, behind):
    """What part of their rates so many open rollouts make, and pass-issuer's peak memory."""
    with pushes.running(platform, sink, authority, pushes.SERVICES, SETTINGS) as processes:
        content = demo.provide(platform, authority, ORIGINAL)
        campaigns.fill(platform, ORIGINAL, behind, count)
        pushes.install(platform, f"{ORIGINAL}-{count}", PASSES * count, f"'{ORIGINAL}-' || (1 + n % {count})")
        admin = web.Caller(platform.urls["issuer"]["internal"], keys.token("admin"))
        content["pass"]["storeCard"]["backFields"][0]["value"] = f"What {count} campaigns are to show"
        for number in range(1, count + 1):
            admin("PUT", f"/admin/v1/campaigns/{ORIGINAL}-{number}", content)
        (before, _), begun = _state(platform), time.monotonic()
        time.sleep(SECONDS)
        (after, running), took = _state(platform), time.monotonic() - begun
        peak = peak_megabytes(processes["pass-issuer"])
    if running != count:
        raise SystemExit(f"bench: {running} of {count} rollouts are open")
    rate = (after - before) / took / (PER_SECOND * count)
    print(f"{count:,} open rollouts: {rate:.2f} of their rates, {peak:.0f} MB", flush=True)
    return rate, peak


def _state(platform):
    """How many passes were treated, and how many rollouts are open."""
    [[treated, running]] = platform.execute(
        "SELECT sum(notified), count(*) FILTER (WHERE state = 'running') FROM issuer.rollouts")
    return int(treated), int(running)
