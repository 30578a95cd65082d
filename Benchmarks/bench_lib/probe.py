"""One caller that asks now and then and writes down what it is answered, and when."""
import http.client
import threading
import time
import urllib.parse
from dataclasses import dataclass


@dataclass
class Answer:
    """One answer: when it was asked for by the monotonic clock, its status, and how long it took."""
    at: float
    status: int
    milliseconds: float
    retry_after: str | None


class Probe:
    """Asks for each of the paths once, at a fixed pace on one connection, until it is left."""

    def __init__(self, base, requests, per_second):
        address = urllib.parse.urlsplit(base)
        self._connection = http.client.HTTPConnection(address.hostname, address.port, timeout=10)
        self._requests = iter(requests)
        self._pause = 1 / per_second
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._ask)
        self.answers = []

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._ends.set()
        self._thread.join()
        self._connection.close()

    def _ask(self):
        for method, path, *headers in self._requests:
            begun = time.monotonic()
            try:
                self._connection.request(method, path, headers=dict(header.split(": ", 1) for header in headers))
                response = self._connection.getresponse()
                response.read()
                status, retry_after = response.status, response.getheader("Retry-After")
            except (OSError, http.client.HTTPException):
                self._connection.close()
                status, retry_after = 0, None
            took = time.monotonic() - begun
            self.answers.append(Answer(begun, status, took * 1000, retry_after))
            if self._ends.wait(max(0.0, self._pause - took)):
                return


def percentile(values, part):
    """The value below which a part of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]
