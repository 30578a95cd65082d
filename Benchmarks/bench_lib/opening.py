"""P2: first opens of links over HTTP against RSA on all cores. P3: batches of links over HTTP against a loop in C."""
import http.client
import json
import os
import statistics
import subprocess
import time
import urllib.parse

from sandbox_lib import keys

from . import demo, limits, wrk
from .report import against
from .sink import certificates

PAIRS = 5
SECONDS = 3
# As many as saturate: the more open at once, the more share a statement.
CONNECTIONS = 256
# More than can be opened in that time.
LINKS = 20_000
BATCH = 10_000
BATCHES = 10
OPEN_GOAL = 0.60
MINT_GOAL = 0.10
CAMPAIGN = "opening"
# Every request comes from one address here.
SETTINGS = {"CREATE_RATE_PER_ADDRESS": "0"}
# Has OpenSSL do without the vector instructions that make RSA twice as fast where there are some (bit 21 of the second
# word of OPENSSL_ia32cap(3)).
SCALAR_RSA = {"OPENSSL_ia32cap": ":~0x200000"}


def measure(platform):
    """The rows of P2 and of P3 over HTTP."""
    authority = certificates()
    with platform.running("pass-issuer", settings=SETTINGS) as processes:
        demo.provide(platform, authority, CAMPAIGN)
        rows = [_first_opens(platform), _batches(platform, processes["pass-issuer"])]
    if _has_vector_rsa():
        with platform.running("pass-issuer", settings=SETTINGS | SCALAR_RSA):
            rows.append(_first_opens(platform, SCALAR_RSA, ", without the vector instructions for RSA on either side"))
    return rows


def _has_vector_rsa():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        return "avx512ifma" in file.read().split()


def _first_opens(platform, environment=None, condition=""):
    base = platform.urls["issuer"]["public"]
    pairs, tails, medians = [], [], []
    for number in range(PAIRS + 1):
        opens = requests(platform, f"{number}{'-scalar' if environment else ''}")
        before = _passes(platform)
        load = wrk.run(base, opens, SECONDS, connections=CONNECTIONS)
        made = _passes(platform) - before
        # What was under way when wrk stopped is stored and not counted.
        if not load.requests <= made <= load.requests + CONNECTIONS:
            raise SystemExit(f"bench: {load.requests} links were opened, {made} passes made")
        if number > 0:
            pairs.append((limits.rsa_signatures(SECONDS, os.cpu_count() or 1, environment), load.rate))
            tails.append(load.p99_milliseconds)
            medians.append(load.median_milliseconds)
    return against(
        f"P2 first opens of links a second, each pass stored durably, against RSA-2048 on all cores{condition}",
        OPEN_GOAL, pairs,
        f"{CONNECTIONS} connections, median {statistics.median(medians):.1f} ms, p99 {statistics.median(tails):.1f} ms")


def _batches(platform, process):
    """Answers to the same 10,000 requests, the service on one core, the caller on another."""
    body = json.dumps({"requests": [_request(0, number) for number in range(BATCH)]}).encode()
    _pin(process.pid, 0)
    _pin(os.getpid(), 1)
    try:
        pairs = []
        for _ in range(PAIRS):
            limit = limits.links_in_c(300_000)
            started = time.monotonic()
            for _ in range(BATCHES):
                _call(platform, body)
            pairs.append((limit, BATCH * BATCHES / (time.monotonic() - started)))
    finally:
        _pin(os.getpid(), None)
    return against(
        "P3 links a second over HTTP in batches of 10,000, one core, against a loop in C", MINT_GOAL, pairs,
        "the caller on another core")


def requests(platform, run, count=LINKS, campaign=lambda: CAMPAIGN, on="apple", headers=()):
    """Requests that open links to passes that no other run has, each of a campaign that is asked for."""
    opens = []
    for start in range(0, count, BATCH):
        body = {"requests": [_request(run, number, campaign(), on) for number in range(start, min(start + BATCH, count))]}
        answer = json.loads(_call(platform, json.dumps(body).encode()))
        opens += [["GET", urllib.parse.urlsplit(entry["url"]).path, *headers] for entry in answer["urls"]]
    return opens


def _request(run, number, campaign=CAMPAIGN, on="apple"):
    return {"id": f"r-{number}", "campaignId": campaign, "platform": on, "passKey": f"{run}-{number}",
            "contact": {"id": f"c-{number}", "firstName": "Ada", "lastName": "Lovelace"},
            "voucher": {"points": number}}


def _call(platform, body):
    address = urllib.parse.urlsplit(platform.urls["issuer"]["internal"])
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
    connection.request("POST", "/pers/v1/urls", body, {
        "Authorization": f"Bearer {keys.token('personalisation')}", "Content-Type": "application/json"})
    response = connection.getresponse()
    answer = response.read()
    connection.close()
    if response.status != 200:
        raise SystemExit(f"bench: POST /pers/v1/urls answered {response.status} {answer[:300]}")
    return answer


def _passes(platform):
    [[count]] = platform.execute(f"SELECT count(*) FROM issuer.passes WHERE campaign_id = '{CAMPAIGN}'")
    return int(count)


def _pin(pid, core):
    """Every thread of a process to one core, or to all with None."""
    count = os.cpu_count() or 1
    if count > 1:
        cores = str(core) if core is not None else f"0-{count - 1}"
        subprocess.run(["taskset", "-acp", cores, str(pid)], check=True, stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL)
