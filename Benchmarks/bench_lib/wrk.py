"""Load over HTTP by wrk: one thread, requests from a file."""
import subprocess
from dataclasses import dataclass

from sandbox_lib.layout import ROOT

from .sink import FOLDER

CONNECTIONS = 16


@dataclass
class Load:
    """What one run of wrk saw."""
    requests: int
    seconds: float
    median_milliseconds: float
    p99_milliseconds: float

    @property
    def rate(self):
        """Requests a second that were served."""
        return self.requests / self.seconds


def run(base, requests, seconds, *, connections=CONNECTIONS):
    """Sends requests (method, path, headers and a body of JSON each) in their order; anything but success ends the benchmark."""
    file = FOLDER / "requests.tsv"
    with open(file, "w", encoding="utf-8") as lines:
        for request in requests:
            lines.write("\t".join(request) + "\n")
    script = ROOT / "Benchmarks" / "wrk" / "requests.lua"
    text = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s", str(script), base, "--",
         str(file)],
        check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True).stdout
    figures = next((line.split()[1:] for line in text.splitlines() if line.startswith("figures ")), None)
    if figures is None or int(figures[2]) or int(figures[3]):
        raise SystemExit(f"bench: wrk saw errors at {base}:\n{text}")
    return Load(int(figures[0]), int(figures[1]) / 1e6, int(figures[4]) / 1e3, int(figures[5]) / 1e3)
