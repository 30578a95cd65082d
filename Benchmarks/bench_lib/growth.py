"""P11: the same figures with ten and a hundred times the data. P8: a campaign's change to ten times as many phones."""
import statistics

from . import demo, opening, plans, pushes, registry, wrk
from .memory import peak_megabytes
from .report import MEMORY_GROWTH_GOAL_MEGABYTES, Row, grown
from .sink import Sink, certificates

SCALES = (1, 10, 100)
ROUNDS = 3
SECONDS = 5
FIGURES = ("P2 first opens of links", "P4 \"what changed\"", "P4 unchanged passes (304)", "P5 registrations",
           "P5 unregistrations")
# Phones that a campaign's change is told to, and what the most may cost beyond the fewest, which are a tenth.
PHONES = (100_000, 1_000_000)
FAN_OUT_GOAL = 10.5


def fan_out(platform):
    """The rows of P8's growth."""
    authority = certificates()
    times, peaks = {}, {}
    with Sink(authority) as sink:
        for phones in PHONES:
            seconds, megabytes = pushes.fan_out(platform, sink, authority, phones)
            times[phones], peaks[phones] = statistics.median(seconds), max(megabytes.values())
            print(f"a change to {phones:,} phones: {times[phones]:.1f} s, {peaks[phones]:.0f} MB", flush=True)
    fewest, most = PHONES
    ratio, more = times[most] / times[fewest], peaks[most] - peaks[fewest]
    return [
        Row(f"P8 a campaign's change to {most:,} phones, against {fewest:,}", f"{ratio:.1f} times as long",
            f"≤ {FAN_OUT_GOAL}", ratio <= FAN_OUT_GOAL,
            f"{times[most]:.1f} s of {times[fewest]:.1f} s, medians of {pushes.ROUNDS}"),
        Row("P8 peak memory of a service, beyond that with the fewest", f"{more:.0f} MB",
            f"≤ {MEMORY_GROWTH_GOAL_MEGABYTES} MB", more <= MEMORY_GROWTH_GOAL_MEGABYTES,
            f"VmHWM: {peaks[most]:.0f} MB of {peaks[fewest]:.0f} MB"),
    ]


def measure(platform, scales=SCALES):
    """A row for each figure and scale beyond the first, and one of the statements' plans with the most data."""
    authority = certificates()
    loads, peaks, behind = {}, {}, 0
    for scale in scales:
        passes = registry.PASSES * scale
        # Anew for each: what they took at most is then of this scale.
        with platform.running("pass-issuer", "device-registry", settings=registry.NO_LIMITS) as processes:
            demo.provide(platform, authority, registry.CAMPAIGN)
            demo.provide(platform, authority, opening.CAMPAIGN)
            print(f"filling {passes:,} passes and {2 * passes:,} registrations", flush=True)
            registry.fill(platform, passes, behind)
            behind = passes
            print(f"bytes a row, indexes included: {_sizes(platform)}", flush=True)
            loads[scale] = _loads(platform, scale, passes)
            peaks[scale] = {name: peak_megabytes(process) for name, process in processes.items()}
        print(f"{passes:,} passes: " + ", ".join(f"{load.rate:,.0f}" for load in loads[scale]) + " a second; "
              + ", ".join(f"{name} {peak:.0f} MB" for name, peak in peaks[scale].items()), flush=True)
    return [*_rows(scales, loads, peaks), plans.measure(platform, authority, passes)]


def _sizes(platform):
    """What a row of each table that grows takes."""
    tables = ("issuer.passes", "registry.devices", "registry.registrations", "registry.passes")
    query = " UNION ALL ".join(
        f"SELECT '{table} ' || pg_total_relation_size('{table}') / count(*) FROM {table}" for table in tables)
    return ", ".join(size for [size] in platform.execute(query))


def _loads(platform, scale, passes):
    """The round with the median rate of each figure; one more than counts warms the caches up."""
    issuer, phones = platform.urls["issuer"]["public"], platform.urls["registry"]["public"]

    def median(base, requests, before=None):
        loads = []
        for number in range(ROUNDS + 1):
            if before:
                before(platform)
            loads.append(wrk.run(base, requests(number), SECONDS))
        return sorted(loads[1:], key=lambda load: load.rate)[ROUNDS // 2]

    return (
        median(issuer, lambda number: opening.requests(platform, f"{scale}-{number}")),
        median(phones, lambda number: registry.changes_requests(number, passes)),
        median(phones, lambda number: registry.pass_requests(number, passes)),
        median(phones, lambda number: registry.register_requests(f"{scale}-{number}")),
        median(phones, registry.unregister_requests, before=registry.leaving),
    )


def _rows(scales, loads, peaks):
    first = scales[0]
    rows = []
    for scale in scales[1:]:
        size = f"{registry.PASSES * scale:,} passes, {2 * registry.PASSES * scale:,} registrations"
        for figure, ours, fewest in zip(FIGURES, loads[scale], loads[first]):
            rows.append(grown(
                f"P11 {figure} a second with {scale // first}× the data, against 1×", ours.rate, fewest.rate,
                f"p99 {ours.p99_milliseconds:.1f} ms of {fewest.p99_milliseconds:.1f} ms; {size}"))
        more = max(peak - peaks[first][name] for name, peak in peaks[scale].items())
        rows.append(Row(
            f"P11 peak memory of a service with {scale // first}× the data, beyond that with 1×", f"{more:.0f} MB",
            f"≤ {MEMORY_GROWTH_GOAL_MEGABYTES} MB", more <= MEMORY_GROWTH_GOAL_MEGABYTES,
            "VmHWM: " + ", ".join(f"{name} {peak:.0f} of {peaks[first][name]:.0f} MB"
                                  for name, peak in peaks[scale].items())))
    return rows
