"""P12: what happens beyond saturation."""
import os
import statistics
import time

from . import demo, opening, people, registry, wrk
from .probe import Probe
from .report import Row
from .sink import certificates

SECONDS = 10
# More than can be answered in that time.
LINKS = 60_000
SATURATING = 256
# Enough that more requests are under way than a listener takes.
CROWD = 3_000
CROWDS = 5
SETTINGS = registry.NO_LIMITS | {"MAX_CONNECTIONS_PER_ADDRESS": "4096"}


def measure(platform):
    """The rows of P12: first opens by crowds that ask twice as often as they can be made, answered or refused."""
    authority = certificates()
    with platform.running("pass-issuer", settings=SETTINGS):
        demo.provide(platform, authority, opening.CAMPAIGN)
        return _overload(platform)


def _overload(platform):
    base = platform.urls["issuer"]["public"]
    with Probe(base, _links(platform, "probe"), per_second=20) as probe:
        time.sleep(2)
        begun = time.monotonic()
        rounds = sorted((_crowd(platform, base, number) for number in range(CROWDS)), key=lambda a_round: a_round.part)
        ended = time.monotonic()
        time.sleep(5)
    refused = [answer for answer in probe.answers if answer.status == 503]
    before = statistics.median(answer.milliseconds for answer in probe.answers if answer.at < begun)
    after = [answer for answer in probe.answers if answer.at > ended + 2]
    recovered = statistics.median(answer.milliseconds for answer in after)
    named = all(answer.retry_after for answer in refused)
    median = rounds[CROWDS // 2]
    peak, load = median.peak, median.load
    return [
        Row("P12 first opens a second under twice the load that saturates, against the most", f"{median.part:.2f}",
            "≥ 0.90", median.part >= 0.9,
            f"{CROWDS} pairs, {rounds[0].part:.2f}–{rounds[-1].part:.2f}; {load.served:,.0f} of {peak:,.0f}; {CROWD:,} people "
            f"ask {load.asked / peak:.1f} times as often, and take {load.processors:.2f} of {os.cpu_count()} cores"),
        Row("P12 what is refused then is 503 with Retry-After, at p99", f"{load.refused_p99_milliseconds:.0f} ms",
            "≤ 50 ms",
            named and load.refused_p99_milliseconds <= 50
            and all(answer.status in (200, 503) for answer in probe.answers),
            f"{load.refused:,.0f} a second"),
        Row("The callers' own ceiling, requests a second on one processor, against those that the crowd sent",
            f"{load.ceiling / load.asked:.1f}", "≥ 2", load.ceiling >= 2 * load.asked,
            f"{load.ceiling:,.0f} of {load.asked:,.0f}, by the processor time of people.c"),
        Row("P12 an open two seconds after the crowd has gone", f"{recovered:.0f} ms", f"≤ {2 * before:.0f} ms",
            recovered <= 2 * before and all(answer.status == 200 for answer in after),
            f"{before:.0f} ms before it came"),
    ]


def _crowd(platform, base, number):
    peak = wrk.run(base, _links(platform, f"peak-{number}"), SECONDS, connections=SATURATING).rate
    # More than are asked for: a link that is opened again costs no signature.
    count = int(2.5 * peak * SECONDS)

    def numbered(run):
        return opening.requests(platform, f"crowd-{number}-{run}", count)

    return people.Round(
        peak, people.run_at(2 * peak, base, numbered, SECONDS, connections=CROWD, allows_refusals=True))


def _links(platform, run):
    return opening.requests(platform, run, LINKS)
