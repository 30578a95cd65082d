"""People who rest between an answer and their next request, each on a connection of their own: Benchmarks/load/people.c."""
import json
import subprocess
import urllib.parse
from dataclasses import dataclass

from . import limits
from .sink import FOLDER


@dataclass
class Crowd:
    """What one run saw; times are milliseconds, rates are of a second."""
    served: float
    # Those of the served that brought nothing new: 204 and 304.
    empty: float
    refused: float
    median_milliseconds: float
    p99_milliseconds: float
    refused_p99_milliseconds: float
    # How many processors the callers took.
    processors: float
    seconds: float

    @property
    def asked(self):
        """Requests a second, answered either way."""
        return self.served + self.refused

    @property
    def ceiling(self):
        """Requests a second that the callers could send with a processor of their own."""
        return self.asked / self.processors


def run(base, requests, seconds, body=None, *, connections, rest_seconds, allows_refusals=False, once=False):
    """Requests (method, path and headers each) in their order; anything but success ends the benchmark.

    With `allows_refusals` 503 with Retry-After is fine too. `rest_seconds` is how long a connection rests on average.
    With `once` it ends when each request has been served; `seconds` is then how long that may take.
    """
    address = urllib.parse.urlsplit(base)
    file = FOLDER / "requests.txt"
    with open(file, "w", encoding="utf-8") as lines:
        for method, path, *headers in requests:
            head = [f"{method} {path} HTTP/1.1", f"Host: {address.netloc}", *headers]
            if body:
                head.append(f"Content-Length: {len(body)}")
            text = "\r\n".join(head) + "\r\n\r\n" + (body or "")
            lines.write(text.replace("\\", "\\\\").replace("\r", "\\r").replace("\n", "\\n") + "\n")
    program = limits.compiled("load/people.c")
    command = [program, address.port, file, connections, seconds, f"{rest_seconds:.9f}", *(["once"] if once else [])]
    output = subprocess.run(list(map(str, command)), check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            text=True).stdout
    figures = json.loads(output)
    if figures["failed"] or (figures["refused"] and not allows_refusals):
        raise SystemExit(f"bench: people saw errors at {base}: {output}")
    if once and figures["served"] != len(requests):
        raise SystemExit(f"bench: {figures['served']:,} of {len(requests):,} requests were served within {seconds} s")
    length = figures["seconds"]
    return Crowd(figures["served"] / length, figures["empty"] / length, figures["refused"] / length,
                 figures["median"] / 1e3, figures["p99"] / 1e3, figures["p99refused"] / 1e3,
                 figures["processor"] / length, length)
