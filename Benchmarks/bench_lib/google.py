"""P9: save links against raw RSA. Objects a second at the simulated Google, and what mapping one pass costs."""
import contextlib
import json
import subprocess
import time

from sandbox_lib import keys, web
from sandbox_lib.layout import ROOT

from . import limits
from .memory import peak_megabytes
from .report import Row, against, grown
from .sink import FOLDER, RELEASE, certificates, pinned

PAIRS = 5
SECONDS = 3
LINKS = 8_000
MAPPED = 2_000
LINK_GOAL = 0.95
# By the number of objects, to show the growth.
OBJECTS = (2_000, 20_000, 200_000)
IN_ONE_CALL = 500
MEMORY_GOAL_MEGABYTES = 100
# Longer than any of it should take, in seconds.
PATIENCE = 300
ISSUER = "3388000000000000001"
PASS = {
    "description": "A coupon", "organizationName": "Bench",
    "coupon": {
        "primaryFields": [{"key": "offer", "label": "Offer", "value": "Spring"}],
        "auxiliaryFields": [{"key": "text", "label": "Text", "value": "text"}],
    },
}


def measure(platform):
    """The rows of google-bridge."""
    return [_links(), _mapping(), *_objects(platform)]


def _links():
    key = certificates() / "pass.key.pem"
    command = pinned(0, [RELEASE / "google-library-benchmark", "links", LINKS, key])
    pairs = [(limits.rsa_signatures(SECONDS), limits.rate(command)) for _ in range(PAIRS)]
    return against("P9 save links a second in the library, one core, against raw RSA-2048", LINK_GOAL, pairs, "RS256")


def _mapping():
    text = subprocess.run(
        pinned(0, [RELEASE / "google-library-benchmark", "mapping", MAPPED, ROOT / "Tests" / "Fixtures" / "google"]),
        check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True).stdout
    costs = {kind: nanoseconds / 1e3 for kind, nanoseconds in json.loads(text).items()}
    return Row("Mapping a pass to Google's object, validation included", f"{max(costs.values()):.0f} µs", "–", True,
               "the dearest kind; " + ", ".join(f"{kind} {cost:.0f}" for kind, cost in costs.items()))


def _objects(platform):
    """Objects from the call that hands them over to Google's answer on record, the pace lifted."""
    rows, rates = [], {}
    with wallet() as (control, address, account):
        with platform.running("google-bridge", settings=settings(address)) as processes:
            internal = platform.urls["bridge"]["internal"]
            issuer = web.Caller(internal, keys.token("pass-issuer"))
            issuer("PUT", "/rpc/v1/issuers/bench", {"issuerId": ISSUER, "serviceAccount": account})
            issuer("PUT", "/rpc/v1/classes/bench", {
                "walletConfigurationId": "bench", "version": 1, "name": "Bench", "pass": PASS, "localizations": {},
                "tokenPointers": ["/pass/coupon/auxiliaryFields/0/value"], "images": []})
            for count in OBJECTS:
                rates[count] = count / _write(issuer, control, count)
                peak = peak_megabytes(processes["google-bridge"])
                rows.append(Row(
                    f"Objects at Google a second, of {count:,}, the pace lifted", f"{rates[count]:,.0f}", "–", True,
                    "from PATCH /rpc/v1/objects to the simulated Google's answer, stored durably on the way"))
                rows.append(Row(
                    f"google-bridge, peak memory with {count:,} objects queued", f"{peak:.0f} MB",
                    f"≤ {MEMORY_GOAL_MEGABYTES} MB", peak <= MEMORY_GOAL_MEGABYTES, "VmHWM"))
    fewest, most = OBJECTS[0], OBJECTS[-1]
    rows.append(grown(f"Objects at Google a second, of {most:,}, against {fewest:,}", rates[most], rates[fewest],
                       "the pace lifted"))
    return rows


def _write(issuer, control, count):
    """Seconds from the first call until the simulator holds all objects."""
    there = control("GET", "/control/v1/state")["objects"] + count
    started = time.monotonic()
    for start in range(0, count, IN_ONE_CALL):
        issuer("PATCH", "/rpc/v1/objects", {
            "updateId": f"bench-{count}-{start}",
            "objects": [_object(f"bench-{count}-{number}") for number in range(start, start + IN_ONE_CALL)]})
    deadline = time.monotonic() + PATIENCE
    while control("GET", "/control/v1/state")["objects"] < there:
        if time.monotonic() > deadline:
            raise SystemExit(f"bench: the objects did not arrive within {PATIENCE} s")
        time.sleep(0.05)
    return time.monotonic() - started


def _object(serial):
    return {"serialNumber": serial, "campaignId": "bench", "walletConfigurationId": "bench", "campaignVersion": 1,
            "version": 1, "pass": PASS, "localizations": {}, "images": [], "voided": False}


def settings(address):
    """What google-bridge is told of the simulated Google Wallet; the pace is lifted."""
    return {"GOOGLE_WALLET_URL": address, "GOOGLE_SAVE_URL": f"{address}/gp/v/save",
            "GOOGLE_KEYS_URL": f"{address}/gp/m/issuer/keys", "GOOGLE_RATE_PER_SECOND": "0"}


@contextlib.contextmanager
def wallet():
    """The simulated Google Wallet without a pace: its control interface, its address, a service account's key file."""
    key, log = FOLDER / "service-account.json", FOLDER / "google-wallet.log"
    key.unlink(missing_ok=True)
    log.write_bytes(b"")
    with open(log, "ab") as output:
        process = subprocess.Popen(
            [RELEASE / "google-wallet", "--port", "0", "--control-port", "0", "--issuer", ISSUER, "--service-account",
             key, "--calls-per-second", "0"], stdin=subprocess.DEVNULL, stdout=output, stderr=output)
    try:
        control = _control(process, log)
        call = web.Caller(control, None)
        yield call, call("GET", "/control/v1/state")["url"], json.loads(key.read_text(encoding="utf-8"))
    finally:
        process.terminate()
        process.wait(timeout=30)


def _control(process, log):
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        for line in log.read_text(encoding="utf-8").splitlines():
            if line.startswith("control") and "http" in line:
                return line.split()[-1].removesuffix("/").removesuffix("/control/v1")
        time.sleep(0.02)
    raise SystemExit(f"bench: the simulated Google Wallet did not start, see {log}")
