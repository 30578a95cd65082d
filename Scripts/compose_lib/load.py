"""People who open links and phones that ask, while something else happens."""
import collections
import http.client
import threading
import time

from .edge import content_of

# Below the limit of links for one address; the phones know no limit.
LINKS_PER_SECOND = 8
PHONES = 3


class Load:
    """Requests through the edge until it is left; every answer is counted."""

    def __init__(self, edge, links):
        self._edge, self._links = edge, links
        self._ends = threading.Event()
        self._lock = threading.Lock()
        self.answers = collections.Counter()
        self.failures = []
        self.slowest = 0.0
        status, package = edge.open_link(links[0])
        if status != 200:
            raise AssertionError(f"a link was answered {status}")
        content = content_of(package)
        self._type, self._serial = content["passTypeIdentifier"], content["serialNumber"]
        self._authorization = {"Authorization": f"ApplePass {content['authenticationToken']}"}

    def __enter__(self):
        self._threads = [threading.Thread(target=self._open_links)]
        self._threads += [threading.Thread(target=self._be_a_phone, args=(number,)) for number in range(PHONES)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._ends.set()
        for thread in self._threads:
            thread.join()

    @property
    def total(self):
        return sum(self.answers.values())

    def _open_links(self):
        kept = self._edge.connection()
        for number, link in enumerate(self._links[1:]):
            if self._ends.wait(1 / LINKS_PER_SECOND):
                return
            # One on a connection that is kept, one on a new connection, in turn.
            self._count("link", {200}, lambda: self._edge.open_link(link, over=kept if number % 2 else None)[0])

    def _be_a_phone(self, number):
        kept = self._edge.connection()
        device = f"{number:032x}"
        registration = f"/v1/devices/{device}/registrations/{self._type}/{self._serial}"
        body = b'{"pushToken":"' + f"{number + 1:064x}".encode() + b'"}'
        headers = self._authorization | {"Content-Type": "application/json"}
        while not self._ends.is_set():
            self._count("register", {200, 201},
                        lambda: self._edge("POST", registration, body, headers, over=kept)[0])
            self._count("ask", {200, 204}, lambda: self._edge("GET", registration.rpartition("/")[0], over=kept)[0])
            self._count("fetch", {200, 304},
                        lambda: self._edge("GET", f"/v1/passes/{self._type}/{self._serial}",
                                           headers=self._authorization)[0])
            self._ends.wait(0.02)

    def _count(self, what, expected, request):
        started = time.monotonic()
        try:
            status = request()
        except (OSError, http.client.HTTPException) as error:
            status = f"{type(error).__name__}: {error}"
        took = time.monotonic() - started
        with self._lock:
            self.answers[what] += 1
            self.slowest = max(self.slowest, took)
            if status not in expected:
                self.failures.append(f"{what}: {status}")
