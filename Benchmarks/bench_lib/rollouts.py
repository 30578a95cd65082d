"""Many rollouts that are open at the same time: what they take of memory, and whether they come to their rates."""
import statistics
import time

from sandbox_lib import keys, web

from . import campaigns, demo, pushes
from .memory import peak_megabytes
from .report import MEMORY_GROWTH_GOAL_MEGABYTES, Row
from .sink import Sink, certificates

ROLLOUTS = (10, 100, 1_000)
ORIGINAL = "open"
PASSES = 200
# Of each rollout: all are open for longer than it takes to begin and to watch them.
PER_SECOND = 1
SECONDS = 40
# Campaigns in memory are another figure.
SETTINGS = {"ROLLOUT_RATE_PER_SECOND": str(PER_SECOND), "CAMPAIGN_CACHE_MEGABYTES": "4"}
RATE_GOAL = 0.9


def measure(platform):
    """The rows of memory and of pace, for the most rollouts against the fewest."""
    authority = certificates()
    with Sink(authority) as sink:
        loads = [_open(platform, sink, authority, count, behind)
                 for count, behind in zip(ROLLOUTS, (0, *ROLLOUTS))]
    (_, least), (_, most) = loads[0], loads[-1]
    rates, more = loads[-1][0], most - least
    mean = statistics.mean(rates)
    return [
        Row(f"P11 peak memory of pass-issuer with {ROLLOUTS[-1]:,} open rollouts, beyond that with {ROLLOUTS[0]}",
            f"{more:.0f} MB", f"≤ {MEMORY_GROWTH_GOAL_MEGABYTES} MB", more <= MEMORY_GROWTH_GOAL_MEGABYTES,
            "VmHWM: " + ", ".join(f"{peak:.0f} MB with {count:,}" for count, (_, peak) in zip(ROLLOUTS, loads))),
        Row(f"P11 passes a second of {ROLLOUTS[-1]:,} open rollouts, against the rate that they are set to", f"{mean:.2f}",
            f"≥ {RATE_GOAL:.2f}", mean >= RATE_GOAL,
            f"{PER_SECOND} pass a second each, the slowest {min(rates):.2f}, the fastest {max(rates):.2f} of it in "
            f"{SECONDS} s"),
    ]


def _open(platform, sink, authority, count, behind):
    """What part of its rate each of so many open rollouts comes to, and pass-issuer's peak memory."""
    with pushes.running(platform, sink, authority, pushes.SERVICES, SETTINGS) as processes:
        content = demo.provide(platform, authority, ORIGINAL)
        campaigns.fill(platform, ORIGINAL, behind, count)
        pushes.install(platform, f"{ORIGINAL}-{count}", PASSES * count, f"'{ORIGINAL}-' || (1 + n % {count})")
        admin = web.Caller(platform.urls["issuer"]["internal"], keys.token("admin"))
        demo.show(content, f"What {count} campaigns are to show")
        for number in range(1, count + 1):
            admin("PUT", f"/admin/v1/campaigns/{ORIGINAL}-{number}", content)
        before, begun = _treated(platform), time.monotonic()
        time.sleep(SECONDS)
        after, took = _treated(platform), time.monotonic() - begun
        peak = peak_megabytes(processes["pass-issuer"])
    if len(after) != count:
        raise SystemExit(f"bench: {len(after)} of {count} rollouts are open")
    rates = [(after[rollout] - before[rollout]) / took / PER_SECOND for rollout in after]
    print(f"{count:,} open rollouts: {statistics.mean(rates):.2f} of their rates, {peak:.0f} MB", flush=True)
    return rates, peak


def _treated(platform):
    """How many passes each open rollout has treated."""
    rows = platform.execute("SELECT id, notified + unchanged + failed FROM issuer.rollouts WHERE state = 'running'")
    return {rollout: int(treated) for rollout, treated in rows}
