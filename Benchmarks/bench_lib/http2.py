"""P6: pushes over HTTP/2 by our library against h2load, on the same sink in the same run."""
import statistics
import subprocess

from .report import Row
from .sink import RELEASE, STREAMS, Sink, certificates, h2load, pinned

PAIRS = 5
REQUESTS = 200_000
GOAL = 0.30


def measure():
    """The rows of P6. The sink has a core of its own where there are two."""
    authority = certificates()
    with Sink(authority) as sink:
        _ours(sink, authority, 10_000)
        pairs = []
        for _ in range(PAIRS):
            pairs.append((h2load(sink, REQUESTS), _ours(sink, authority, REQUESTS)))
        lost = int(sum(ours["failed"] for _, ours in pairs))
    rates = [limit["seconds"] / ours["seconds"] for limit, ours in pairs]
    costs = [limit["cpu"] / ours["cpu"] for limit, ours in pairs]
    growth = max(ours["resident_late_kb"] - ours["resident_early_kb"] for _, ours in pairs) / 1024
    per_second = statistics.median(REQUESTS / ours["seconds"] for _, ours in pairs)
    limit_per_second = statistics.median(REQUESTS / limit["seconds"] for limit, _ in pairs)
    microseconds = statistics.median(ours["cpu"] / REQUESTS * 1e6 for _, ours in pairs)
    resident = max(ours["resident_late_kb"] for _, ours in pairs) / 1024
    return [
        Row("P6 pushes a second, one connection of 1,000 streams, against h2load", f"{statistics.median(rates):.2f}",
            f"≥ {GOAL:.2f}", statistics.median(rates) >= GOAL,
            f"{per_second:,.0f} of {limit_per_second:,.0f}; {PAIRS} pairs of {REQUESTS:,}, "
            f"{min(rates):.2f}–{max(rates):.2f}; the sink limits h2load"),
        Row("P6 the same by processor time for each push", f"{statistics.median(costs):.2f}", f"≥ {GOAL:.2f}",
            statistics.median(costs) >= GOAL, f"{microseconds:.1f} µs; {min(costs):.2f}–{max(costs):.2f}"),
        Row("P6 pushes lost, the sink allowing 1,000 resets and 33 a second", f"{lost}", "0", lost == 0,
            f"of {PAIRS * REQUESTS:,}"),
        Row("P6 memory that the client gains from the first tenth to the end", f"{growth:.1f} MB", "≤ 4 MB",
            growth <= 4, f"{resident:.0f} MB in all"),
    ]


def _ours(sink, authority, requests):
    result = subprocess.run(
        pinned(0, [RELEASE / "http2-load", "--port", sink.port, "--ca", authority / "root.pem", "--requests", requests,
                    "--streams", STREAMS, "--connections", 1]),
        check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    return {name: float(value) for name, value in (word.split("=") for word in result.stdout.split())}
