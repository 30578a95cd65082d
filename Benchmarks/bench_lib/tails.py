"""How long the slowest wait at 70 % of saturation, at each endpoint that phones, browsers and Google reach."""
import hashlib
import json
from dataclasses import dataclass
from typing import Callable

from sandbox_lib import keys, services, web

from . import demo, google, limits, opening, people, pressure, pushes, registry, wrk
from .report import Row
from .sink import PASS_TYPE, Sink, certificates

PART = 0.7
GOAL = 5
# The machine stands still now and then, for as long as a median or ten: one run sees more of it than another.
ROUNDS = 3
SECONDS = 5
CONNECTIONS = 64
SETTINGS = pressure.SETTINGS | {
    "PERSONALIZATION_RATE_PER_ADDRESS": "0", "CALLBACK_RATE_PER_ADDRESS": "0", "DEVICE_LOG_LINES_PER_SECOND": "0"}
BROWSER = ("Accept: text/html", "User-Agent: Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0")
PROGRAM = ("Accept: application/json",)
ONCE_MORE = 2_000
# Longer than it should take to open them, in seconds.
PATIENCE = 60
SAVED = "saving"
# Objects that callbacks are about, and how many callbacks a run has: more than can be sent in its time.
OBJECTS = 500
CALLBACKS = 40_000
# Devices to be ended in each run of a round, of which the first and the last are the longest.
LEAVING = (110_000, 40_000, 40_000, 40_000, 90_000)
# Passes that ask their owner to fill in a form, enough for each run.
FORM = "form"
FORMS = 10_000
FORM_CONTENT = {
    "pass": {"nfc": {"message": "bench", "encryptionPublicKey":
                     "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEk+PqVi7NyHMqq60PGd1l/0yx3f6sM6eMMS0DnbwzvV5qv0gil/2KL4"
                     "m9lF1mG//Nk6bC55YUF5h3kC7Iffsskg=="}},
    "personalization": {"requiredFields": ["name"], "description": "Join us"},
}
LINES = ["Web service error for pass.example.demo (https://passes.example.com): Response to 'What changed?' request"]


@dataclass
class _Endpoint:
    """What is asked of an address in each of its runs, which are numbered."""
    name: str
    base: str
    requests: Callable
    # What is done before each round.
    before: Callable = lambda: None
    # Whether a request that is sent again does less.
    is_once: bool = False


def measure(platform):
    """A row for each endpoint, and one for what the machine itself makes of so short a time."""
    authority = certificates()
    with Sink(authority) as sink, google.wallet() as (control, address, account):
        with pushes.running(platform, sink, authority, services.SERVICES, SETTINGS | google.settings(address)):
            demo.provide(platform, authority, registry.CAMPAIGN)
            registry.fill(platform)
            demo.provide(platform, authority, opening.CAMPAIGN)
            demo.provide(platform, authority, FORM, FORM_CONTENT)
            demo.provide_google(platform, google.ISSUER, account, SAVED)
            return [*map(_row, _endpoints(platform, control)), _machine(platform)]


def _endpoints(platform, control):
    issuer, phones, bridge = (platform.urls[name]["public"] for name in ("issuer", "registry", "bridge"))
    # The same links: one that is minted later brings later data.
    opened = opening.requests(platform, "once-more", ONCE_MORE)
    people.Callers(issuer, opened, PATIENCE, connections=CONNECTIONS, rest_seconds=0, once=True).begin().crowd()
    return (
        _Endpoint("first opens of links", issuer,
                  lambda run: opening.requests(platform, f"tail-{run}", pressure.LINKS), is_once=True),
        _Endpoint("opens of links once more", issuer, lambda _: opened),
        _Endpoint("pages of links", issuer,
                  lambda run: opening.requests(platform, f"page-{run}", on="any", headers=BROWSER)),
        _Endpoint("first opens of links to Google's save page", issuer,
                  lambda run: opening.requests(platform, f"save-{run}", campaign=lambda: SAVED, on="google",
                                               headers=PROGRAM), is_once=True),
        _Endpoint("images", issuer, _image_requests),
        _Endpoint("registrations", phones, lambda run: registry.register_requests(f"tail-{run}"), is_once=True),
        _Endpoint("\"what changed\"", phones, registry.changes_requests),
        _Endpoint("unchanged passes (304)", phones, registry.pass_requests),
        _Endpoint("packages of passes", phones, _package_requests),
        _Endpoint("unregistrations", phones, _unregister_requests, lambda: _leave(platform), is_once=True),
        _Endpoint("logs of phones", phones, _log_requests),
        _Endpoint("forms of passes", phones, _form_requests, lambda: _ask_owners(platform), is_once=True),
        _Endpoint("Google's callbacks", bridge, lambda _: _callback_requests(platform, control),
                  is_once=True),
    )


def _row(endpoint):
    rounds = sorted((_round(endpoint, number) for number in range(ROUNDS)), key=lambda a_round: a_round.tail)
    median = rounds[ROUNDS // 2]
    row = Row(
        f"{endpoint.name} at {median.part:.0%} of saturation: p99 against median", f"{median.tail:.1f}", f"≤ {GOAL}",
        median.tail <= GOAL,
        f"median of {ROUNDS}, {rounds[0].tail:.1f}–{rounds[-1].tail:.1f}; median "
        f"{median.load.median_milliseconds:.1f} ms, p99 {median.load.p99_milliseconds:.1f} ms at "
        f"{median.load.served:,.0f} of {median.peak:,.0f} a second")
    print(f"tail of {row.figure} {row.measured}", flush=True)
    return row


def _round(endpoint, number):
    def numbered(run):
        return endpoint.requests(10 * number + run)

    endpoint.before()
    first = numbered(1)
    peak = wrk.run(endpoint.base, first, SECONDS, connections=CONNECTIONS)
    if endpoint.is_once and peak.requests > len(first):
        raise SystemExit(f"bench: {endpoint.name} came to an end after {len(first):,}")
    return people.Round(
        peak.rate, people.run_at(PART * peak.rate, endpoint.base, numbered, SECONDS, connections=CONNECTIONS))


def _machine(platform):
    """The tail of a bare statement: what the machine's own standing still makes of something so short."""
    database, variables = platform.database["SUPERUSER_DATABASE_URL"], registry.variables()
    rounds = []
    for _ in range(ROUNDS):
        peak = limits.pgbench(database, registry.CHANGES, SECONDS, variables)
        median, p99 = limits.pgbench_times(database, registry.CHANGES, SECONDS, PART * peak, variables)
        rounds.append((p99 / median, median, p99))
    ratio, median, p99 = sorted(rounds)[ROUNDS // 2]
    return Row(f"the statement of \"what changed\" by pgbench at {PART:.0%} of saturation: p99 against median",
               f"{ratio:.1f}", "–", True,
               f"median of {ROUNDS}; median {median:.1f} ms, p99 {p99:.1f} ms: the machine's own tail")


def _package_requests(run):
    """Fetches of whole packages, as phones send them after a push."""
    return [request[:3] for request in registry.pass_requests(run)]


def _leave(platform):
    """Devices to be ended; what their coming leaves to be done is done before they go."""
    registry.leaving(platform, sum(LEAVING))
    for statement in ("VACUUM ANALYZE registry.devices, registry.registrations", "CHECKPOINT"):
        platform.execute(statement)


def _unregister_requests(run):
    """A part of those who leave, another one in each run of a round."""
    start = sum(LEAVING[:run % 10 - 1])
    return registry.unregister_requests(run, sum(LEAVING))[start:start + LEAVING[run % 10 - 1]]


def _image_requests(_run):
    return [["GET", f"/images/{hashlib.sha256((demo.SOURCE / 'images' / name).read_bytes()).hexdigest()}.png"]
            for name in demo.IMAGES]


def _log_requests(_run):
    return [["POST", "/v1/log", "Content-Type: application/json", json.dumps({"logs": LINES})]]


def _ask_owners(platform):
    """Passes anew whose owners have not been asked, those of the round before away."""
    platform.execute(f"""
        DELETE FROM issuer.passes WHERE campaign_id = '{FORM}';
        DELETE FROM registry.registrations WHERE device_library_identifier LIKE '{FORM}-%';
        DELETE FROM registry.devices WHERE device_library_identifier LIKE '{FORM}-%'""")
    pushes.install(platform, FORM, 5 * FORMS)


def _form_requests(run):
    """Names for passes, each once in a round."""
    requests = []
    for number in range((run % 10 - 1) * FORMS, run % 10 * FORMS):
        serial = hashlib.sha256(f"{FORM}-{number + 1}".encode()).hexdigest()[:32]
        body = {"personalizationToken": f"token-{number}",
                "requiredPersonalizationInfo": {"fullName": "Ada Lovelace", "givenName": "Ada", "familyName": "Lovelace"}}
        requests.append(["POST", f"/v1/passes/{PASS_TYPE}/{serial}/personalize", "Content-Type: application/json",
                         json.dumps(body)])
    return requests


def _callback_requests(platform, control):
    """Callbacks that nobody has seen, about objects of links that were opened."""
    admin = web.Caller(platform.urls["bridge"]["internal"], keys.token("admin"))
    objects = admin("GET", f"/admin/v1/classes/{SAVED}/objects?limit={OBJECTS}")["items"]
    signed = control("POST", "/control/v1/signed-callbacks", {
        "objectIds": [item["objectId"] for item in objects], "event": "save", "count": CALLBACKS})["callbacks"]
    return [["POST", "/callbacks/google", "Content-Type: application/json", body] for body in signed]
