"""New links while a campaign's change goes to many phones, and each of them asks what changed and fetches its pass."""
import email.utils
import time

from sandbox_lib import keys, web

from . import demo, opening, people, pressure, pushes, registry
from .report import Row
from .sink import PASS_TYPE, Sink, certificates

PHONES = 100_000
# At once; each is a phone after the other.
CONNECTIONS = 3_000
CAMPAIGN = "rush"
# So many pushes ahead of the phones, which come in the order of the rollout: none asks before it was told.
HEAD_START = 20_000
# Who open new links meanwhile, each one a second.
PEOPLE = 50
LINKS = 20_000
GOAL = 200
# Longer than it should take until the last phone has its pass, in seconds.
PATIENCE = 300


def measure(platform):
    """The row of the rush."""
    authority = certificates()
    with Sink(authority) as sink, pushes.running(platform, sink, authority, pushes.SERVICES, pressure.SETTINGS):
        demo.provide(platform, authority, opening.CAMPAIGN)
        content = demo.provide(platform, authority, CAMPAIGN)
        pushes.install(platform, CAMPAIGN, PHONES)
        opens = people.Callers(platform.urls["issuer"]["public"], opening.requests(platform, CAMPAIGN, LINKS),
                               PATIENCE, connections=PEOPLE, rest_seconds=1)
        fetches = people.Callers(platform.urls["registry"]["public"], _phones(platform), PATIENCE,
                                 connections=CONNECTIONS, rest_seconds=0, once=True)
        demo.show(content, "What every phone is to show")
        # Times of passes are whole seconds.
        time.sleep(1)
        admin = web.Caller(platform.urls["issuer"]["internal"], keys.token("admin"))
        topic, arrived = pushes.Topic(platform, sink), sink.requests
        accepted = topic.accepted()
        begun = time.monotonic()
        opens.begin()
        admin("PUT", f"/admin/v1/campaigns/{CAMPAIGN}", content)
        topic.wait_for_arrival(arrived + HEAD_START)
        fetches.begin()
        pushed = topic.wait(accepted + PHONES, arrived + PHONES) - begun
        phones = fetches.crowd(allows_refusals=True)
        took = time.monotonic() - begun
        links = opens.end().crowd()
    return [Row(
        f"new links while a change goes to {PHONES:,} phones, and each asks and fetches its pass: p99",
        f"{links.p99_milliseconds:.0f} ms", f"≤ {GOAL} ms", links.p99_milliseconds <= GOAL and phones.empty == 0,
        f"median {links.median_milliseconds:.0f} ms of {links.served * links.seconds:,.0f} opens, none refused; the last "
        f"push after {pushed:.0f} s, the last phone after {took:.0f} s; {CONNECTIONS:,} phones at once, which were asked "
        f"{phones.refused * phones.seconds:,.0f} times to come again (503)")]


def _phones(platform):
    """What phones send once they were woken, in the order of serial numbers: what changed, and the pass that did.

    Both at about the same time, while a phone waits for the first answer.
    """
    [[clock]] = platform.execute(
        f"SELECT coalesce(max(clock), 0) FROM registry.pass_types WHERE pass_type_identifier = '{PASS_TYPE}'")
    held = email.utils.formatdate(time.time(), usegmt=True)
    requests = []
    for device, serial in platform.execute(
            "SELECT device_library_identifier, serial_number FROM registry.registrations"
            f" WHERE pass_type_identifier = '{PASS_TYPE}' ORDER BY serial_number"):
        requests.append(["GET", f"/v1/devices/{device}/registrations/{PASS_TYPE}?passesUpdatedSince={clock}"])
        requests.append(["GET", f"/v1/passes/{PASS_TYPE}/{serial}", registry.authorization(serial),
                         f"If-Modified-Since: {held}"])
    return requests
