"""The tails at 70 % of saturation, and what happens beyond it."""
import json
import os
import statistics
import time
from dataclasses import dataclass

from . import demo, limits, opening, people, registry, wrk
from .probe import Probe
from .report import Row
from .sink import certificates

SECONDS = 10
# What people ask before the run that counts, until they rest as long as they have to.
TRIALS = 3
TRIAL_SECONDS = 2
# More than can be answered in that time.
LINKS = 60_000
PART = 0.7
TAIL_GOAL = 5
# The machine stands still now and then, for as long as a median or ten: one run sees more of it than another.
TAIL_ROUNDS = 5
TAIL_SECONDS = 5
CONNECTIONS = 64
SATURATING = 256
# Enough that more requests are under way than a listener takes.
CROWD = 3_000
CROWDS = 5
SETTINGS = registry.NO_LIMITS | {"MAX_CONNECTIONS_PER_ADDRESS": "4096"}


def measure(platform):
    """The rows of the tails and of P12."""
    authority = certificates()
    with platform.running("pass-issuer", "device-registry", settings=SETTINGS):
        demo.provide(platform, authority, registry.CAMPAIGN)
        registry.fill(platform)
        demo.provide(platform, authority, opening.CAMPAIGN)
        return [*_tails(platform), *_overload(platform)]


def _tails(platform):
    issuer, phones = platform.urls["issuer"]["public"], platform.urls["registry"]["public"]
    body = json.dumps({"pushToken": registry.PUSH_TOKEN})
    rows = []
    for name, base, requests, body in (
        ("first opens of links", issuer, lambda run: _links(platform, f"tail-{run}"), None),
        ("\"what changed\"", phones, registry.changes_requests, None),
        ("unchanged passes (304)", phones, registry.pass_requests, None),
        ("packages of passes", phones, _package_requests, None),
        ("registrations", phones, lambda run: registry.register_requests(f"tail-{run}"), body),
    ):
        rounds = sorted((_tail(base, requests, body, number) for number in range(TAIL_ROUNDS)),
                        key=lambda a_round: a_round.tail)
        median = rounds[TAIL_ROUNDS // 2]
        rows.append(Row(
            f"{name} at {median.part:.0%} of saturation: p99 against median",
            f"{median.tail:.1f}", f"≤ {TAIL_GOAL}", median.tail <= TAIL_GOAL,
            f"median of {TAIL_ROUNDS}, {rounds[0].tail:.1f}–{rounds[-1].tail:.1f}; median "
            f"{median.load.median_milliseconds:.1f} ms, p99 {median.load.p99_milliseconds:.1f} ms at "
            f"{median.load.served:,.0f} of {median.peak:,.0f} a second"))
    return [*rows, _machine(platform)]


@dataclass
class _Round:
    """One run beside the most that the machine makes just then: it is not the same minutes later."""
    peak: float
    load: people.Crowd

    @property
    def part(self):
        """What was served, of the most."""
        return self.load.served / self.peak

    @property
    def tail(self):
        """p99 against median."""
        return self.load.p99_milliseconds / self.load.median_milliseconds


def _tail(base, requests, body, number):
    def numbered(run):
        return requests(10 * number + run)

    peak = wrk.run(base, numbered(1), TAIL_SECONDS, body).rate
    return _Round(peak, _people(base, numbered, PART * peak, CONNECTIONS, TAIL_SECONDS, body))


def _machine(platform):
    """The tail of a bare statement: what the machine's own standing still makes of something so short."""
    database, variables = platform.database["SUPERUSER_DATABASE_URL"], registry.variables()
    rounds = []
    for _ in range(TAIL_ROUNDS):
        peak = limits.pgbench(database, registry.CHANGES, TAIL_SECONDS, variables)
        median, p99 = limits.pgbench_times(database, registry.CHANGES, TAIL_SECONDS, PART * peak, variables)
        rounds.append((p99 / median, median, p99))
    ratio, median, p99 = sorted(rounds)[TAIL_ROUNDS // 2]
    return Row(f"the statement of \"what changed\" by pgbench at {PART:.0%} of saturation: p99 against median",
               f"{ratio:.1f}", "–", True,
               f"median of {TAIL_ROUNDS}; median {median:.1f} ms, p99 {p99:.1f} ms: the machine's own tail")


def _people(base, requests, rate, connections, seconds=SECONDS, body=None, **options):
    """Lets so many people ask that often a second in all, however long an answer takes them."""
    between = connections / rate
    rest = between
    for trial in range(TRIALS):
        load = people.run(base, requests(trial + 2), TRIAL_SECONDS, body, connections=connections, rest_seconds=rest,
                          **options)
        # Part of the way: with more requests there are more refusals, which take less time.
        rest = max(0, rest + 0.7 * (between - connections / load.asked))
    return people.run(base, requests(TRIALS + 2), seconds, body, connections=connections, rest_seconds=rest, **options)


def _overload(platform):
    """First opens by crowds that ask twice as often as they can be made, answered or refused."""
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

    return _Round(peak, _people(base, numbered, 2 * peak, CROWD, allows_refusals=True))


def _links(platform, run):
    return opening.requests(platform, run, LINKS)


def _package_requests(number):
    """Fetches of whole packages, as phones send them after a push."""
    return [request[:3] for request in registry.pass_requests(number)]
