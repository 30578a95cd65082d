"""New links while a campaign's change goes to many phones, and each of them asks what changed and fetches its pass."""
import email.utils
import hashlib
import statistics
import threading
import time

from sandbox_lib import keys, web

from . import demo, opening, people, pressure, pushes, registry
from .probe import Probe, percentile
from .report import Row
from .sink import PASS_TYPE, Sink, certificates

PHONES = 100_000
CONNECTIONS = 3_000
CAMPAIGN = "rush"
# So many pushes ahead of the phones, which come in the order of the rollout: none asks before it was told.
HEAD_START = 20_000
LINKS = 20_000
LINKS_PER_SECOND = 50
GOAL = 200
# Longer than it should take until the last phone has its pass, in seconds.
PATIENCE = 300


def measure(platform):
    """The row of the rush."""
    authority = certificates()
    settings = pressure.SETTINGS
    with Sink(authority) as sink, pushes.running(platform, sink, authority, pushes.SERVICES, settings):
        demo.provide(platform, authority, opening.CAMPAIGN)
        content = demo.provide(platform, authority, CAMPAIGN)
        pushes.install(platform, CAMPAIGN, PHONES)
        phones = _phones(platform)
        links = opening.requests(platform, CAMPAIGN, LINKS)
        content["pass"]["storeCard"]["backFields"][0]["value"] = "What every phone is to show"
        # Times of passes are whole seconds.
        time.sleep(1)
        admin = web.Caller(platform.urls["issuer"]["internal"], keys.token("admin"))
        topic, arrived, fetches = pushes.Topic(platform, sink), sink.requests, []
        accepted = topic.accepted()
        with Probe(platform.urls["issuer"]["public"], links, LINKS_PER_SECOND) as probe:
            time.sleep(1)
            begun = time.monotonic()
            admin("PUT", f"/admin/v1/campaigns/{CAMPAIGN}", content)
            topic.wait_for_arrival(arrived + HEAD_START)
            crowd = threading.Thread(target=lambda: fetches.append(people.run(
                platform.urls["registry"]["public"], phones, PATIENCE, connections=CONNECTIONS, rest_seconds=0,
                allows_refusals=True, once=True)))
            crowd.start()
            pushed = topic.wait(accepted + PHONES, arrived + PHONES) - begun
            crowd.join()
            took = time.monotonic() - begun
    if not fetches:
        raise SystemExit("bench: the phones did not get their passes")
    return [_row(probe, begun, fetches[0], pushed, took)]


def _row(probe, begun, fetches, pushed, took):
    opens = [answer for answer in probe.answers[:-1] if answer.at >= begun]
    times = [answer.milliseconds for answer in opens]
    tail, failed = percentile(times, 0.99), sum(answer.status != 200 for answer in opens)
    return Row(
        f"new links while a change goes to {PHONES:,} phones, and each asks and fetches its pass: p99",
        f"{tail:.0f} ms", f"≤ {GOAL} ms", tail <= GOAL and failed == 0 and fetches.empty == 0,
        f"median {statistics.median(times):.0f} ms of {len(times)} opens, {failed} not answered by a pass; the last push "
        f"after {pushed:.0f} s, the last phone after {took:.0f} s; {fetches.empty * fetches.seconds:,.0f} phones came before "
        f"their pass had changed, {fetches.refused * fetches.seconds:,.0f} times one was asked to come again (503)")


def _phones(platform):
    """What phones send once they were woken: what changed, and the pass that did, in the order of serial numbers."""
    [[clock]] = platform.execute(f"SELECT clock FROM registry.pass_types WHERE pass_type_identifier = '{PASS_TYPE}'"
                                 " UNION ALL SELECT 0 ORDER BY clock DESC LIMIT 1")
    held = email.utils.formatdate(time.time(), usegmt=True)
    serials = sorted((hashlib.sha256(f"{CAMPAIGN}-{number}".encode()).hexdigest()[:32], number)
                     for number in range(1, PHONES + 1))
    requests = []
    for serial, number in serials:
        requests.append(["GET", f"/v1/devices/{CAMPAIGN}-{number}/registrations/{PASS_TYPE}?passesUpdatedSince={clock}"])
        requests.append(["GET", f"/v1/passes/{PASS_TYPE}/{serial}", registry.authorization(serial),
                         f"If-Modified-Since: {held}"])
    return requests
