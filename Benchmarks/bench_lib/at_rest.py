"""What a service costs before anyone has called it: memory, and the time from its start to ready."""
import statistics
import time

from .memory import resident_megabytes
from .report import Row

STARTS = 7
START_GOAL_MILLISECONDS = 300
# Long enough for what a start leaves running to come to rest.
REST_SECONDS = 5.0


def measure(platform, service, memory_goal_megabytes):
    """The figures of one service. Its first start, which migrates, is not among them."""
    times, memory = [], 0.0
    for number in range(STARTS + 1):
        started = time.monotonic()
        process = platform.launch(service)
        try:
            ready = platform.wait_until_ready(service, process)
            if number > 0:
                times.append((ready - started) * 1000)
            if number == STARTS:
                time.sleep(REST_SECONDS)
                memory = resident_megabytes(process)
        finally:
            process.terminate()
            process.wait(timeout=60)
    return [
        Row(f"{service}, resident at rest", f"{memory:.1f} MB", f"≤ {memory_goal_megabytes} MB",
            memory <= memory_goal_megabytes, "VmRSS, 5 s after ready"),
        Row(f"{service}, start to ready", f"{statistics.median(times):.0f} ms", f"< {START_GOAL_MILLISECONDS} ms",
            statistics.median(times) < START_GOAL_MILLISECONDS,
            f"median of {STARTS} starts, {min(times):.0f}–{max(times):.0f} ms"),
    ]
