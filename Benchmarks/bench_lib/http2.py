"""P6: pushes over HTTP/2 by our library against h2load, on the same sink in the same run."""
import os
import re
import resource
import statistics
import subprocess
import time

from sandbox_lib.layout import LOCAL, ROOT, SCRIPTS

from .report import Row

FOLDER = LOCAL / "bench"
RELEASE = ROOT / ".build" / "release"
PAIRS = 5
REQUESTS = 200_000
STREAMS = 1_000
GOAL = 0.30
PATH = "/3/device/" + "ab" * 32
# What Libraries/HTTP2 sends beside the pseudo fields.
FIELDS = ["apns-topic: pass.example.demo", "apns-id: eabeae54-14a8-11e5-b60b-1697f925ec7b", "apns-priority: 10"]


def measure():
    """The rows of P6. The sink has a core of its own where there are two."""
    certificates = FOLDER / "certificates"
    subprocess.run([SCRIPTS / "certificates", certificates, "server"], check=True, stdin=subprocess.DEVNULL)
    with _Sink(certificates) as sink:
        _ours(sink, certificates, 10_000)
        pairs = []
        for _ in range(PAIRS):
            pairs.append((_h2load(sink), _ours(sink, certificates, REQUESTS)))
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


def _pinned(core, command):
    """The command on one core, where there is more than one."""
    return ["taskset", "-c", str(core), *map(str, command)] if (os.cpu_count() or 1) > 1 else list(map(str, command))


def _h2load(sink):
    body = FOLDER / "push.json"
    body.write_text("{}", encoding="utf-8")
    fields = [word for field in FIELDS for word in ("-H", field)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    result = subprocess.run(
        _pinned(0, ["h2load", "-n", REQUESTS, "-c", 1, "-t", 1, "-m", STREAMS, "-d", body, *fields,
                    f"https://127.0.0.1:{sink.port}{PATH}"]),
        check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    finished = re.search(r"finished in ([0-9.]+)(ms|s), ", result.stdout)
    if not finished or f"{REQUESTS} succeeded, 0 failed" not in result.stdout:
        raise SystemExit(f"bench: h2load did not succeed:\n{result.stdout}")
    seconds = float(finished.group(1)) / (1000 if finished.group(2) == "ms" else 1)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"seconds": seconds, "cpu": cpu}


def _ours(sink, certificates, requests):
    result = subprocess.run(
        _pinned(0, [RELEASE / "http2-load", "--port", sink.port, "--ca", certificates / "root.pem", "--requests", requests,
                    "--streams", STREAMS, "--connections", 1]),
        check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    return {name: float(value) for name, value in (word.split("=") for word in result.stdout.split())}


class _Sink:
    """The APNs simulator as a sink, on the other core."""

    def __init__(self, certificates):
        self._certificates = certificates

    def __enter__(self):
        log = FOLDER / "apns.log"
        log.write_bytes(b"")
        with open(log, "ab") as output:
            self._process = subprocess.Popen(
                _pinned(1, [RELEASE / "apns", "--certificate", self._certificates / "server.pem", "--key",
                            self._certificates / "server.key.pem", "--client-ca", self._certificates / "root.pem",
                            "--port", 0, "--control-port", 0, "--sink"]),
                stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and self._process.poll() is None:
            found = re.search(r"apns https://[0-9.]+:(\d+)\n", log.read_text(encoding="utf-8"))
            if found:
                self.port = int(found.group(1))
                return self
            time.sleep(0.02)
        self._process.kill()
        raise SystemExit(f"bench: the sink did not start, see {log}")

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait(timeout=30)
