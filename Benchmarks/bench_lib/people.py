"""People who rest between an answer and their next request, each on a connection of their own: load/people.c."""
import json
import subprocess
import urllib.parse
from dataclasses import dataclass

from . import limits
from .sink import FOLDER

TRIALS = 3
TRIAL_SECONDS = 2


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
        """Requests a second that the callers could send on one processor."""
        return self.asked / self.processors


@dataclass
class Round:
    """One run beside the most that the machine makes just then: it is not the same minutes later."""
    peak: float
    load: Crowd

    @property
    def part(self):
        """What was served, of the most."""
        return self.load.served / self.peak

    @property
    def tail(self):
        """p99 against median."""
        return self.load.p99_milliseconds / self.load.median_milliseconds


class Callers:
    """Connections that send requests (method, path, headers and a body of JSON each) in their order.

    `rest_seconds` is how long a connection rests on average. With `once` each request is sent until it is served, and
    `seconds` is how long that may take.
    """

    def __init__(self, base, requests, seconds, *, connections, rest_seconds, once=False):
        address = urllib.parse.urlsplit(base)
        self._base, self._count, self._seconds, self._once = base, len(requests), seconds, once
        self._file = FOLDER / f"requests-{address.port}.txt"
        with open(self._file, "w", encoding="utf-8") as lines:
            for method, path, *rest in requests:
                headers, body = (rest[:-1], rest[-1]) if rest and rest[-1].startswith("{") else (rest, None)
                head = [f"{method} {path} HTTP/1.1", f"Host: {address.netloc}", *headers]
                if body:
                    head.append(f"Content-Length: {len(body.encode())}")
                text = "\r\n".join(head) + "\r\n\r\n" + (body or "")
                lines.write(text.replace("\\", "\\\\").replace("\r", "\\r").replace("\n", "\\n") + "\n")
        self._command = list(map(str, [
            limits.compiled("load/people.c"), address.port, self._file, connections, seconds, f"{rest_seconds:.9f}",
            *(["once"] if once else [])]))

    def begin(self):
        """Sends the first ones."""
        self._process = subprocess.Popen(self._command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        return self

    def end(self):
        """Sends no more."""
        self._process.terminate()
        return self

    def crowd(self, allows_refusals=False):
        """What they saw; anything but success ends the benchmark, unless 503 with Retry-After is fine too."""
        output, _ = self._process.communicate()
        self._file.unlink()
        if self._process.returncode:
            raise SystemExit("bench: people.c failed")
        figures = json.loads(output)
        if figures["failed"] or (figures["refused"] and not allows_refusals):
            raise SystemExit(f"bench: people saw errors at {self._base}: {output}")
        if self._once and figures["served"] != self._count:
            raise SystemExit(
                f"bench: {figures['served']:,} of {self._count:,} requests were served within {self._seconds} s")
        length = figures["seconds"]
        return Crowd(figures["served"] / length, figures["empty"] / length, figures["refused"] / length,
                     figures["median"] / 1e3, figures["p99"] / 1e3, figures["p99refused"] / 1e3,
                     figures["processor"] / length, length)


def run(base, requests, seconds, *, connections, rest_seconds, allows_refusals=False):
    """What callers see in so many seconds."""
    callers = Callers(base, requests, seconds, connections=connections, rest_seconds=rest_seconds)
    return callers.begin().crowd(allows_refusals)


def run_at(rate, base, requests, seconds, *, connections, **options):
    """What callers see who ask so often a second in all, however long an answer takes them.

    `requests` are those of a run by its number, from 2 on: some come before, until callers rest as long as they have to.
    """
    between = connections / rate
    rest = between
    for trial in range(TRIALS):
        load = run(base, requests(trial + 2), TRIAL_SECONDS, connections=connections, rest_seconds=rest, **options)
        # Part of the way: with more requests there are more refusals, which take less time. Where all stood still for so
        # long that nobody asked, nothing is known.
        if load.asked:
            rest = max(0, rest + 0.7 * (between - connections / load.asked))
    return run(base, requests(TRIALS + 2), seconds, connections=connections, rest_seconds=rest, **options)
