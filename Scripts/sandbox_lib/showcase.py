"""Campaigns, passes and a month of figures to look at, for screenshots; meant for a sandbox of its own."""
import io
import json
import math
import os
import random
import subprocess
import time
import urllib.request
import zipfile
from importlib.machinery import SourceFileLoader
from types import ModuleType

from . import demo, web
from .layout import ROOT, SCRIPTS, Failure
from .simulators import PASS_TYPE

_draw = ModuleType("demo_images")
SourceFileLoader("demo_images", str(SCRIPTS / "demo-images")).exec_module(_draw)
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148"
NAMES = ("Ada Lovelace", "Grace Hopper", "Alan Turing", "Katherine Johnson", "Edsger Dijkstra", "Barbara Liskov",
         "Donald Knuth", "Radia Perlman", "Tony Hoare", "Frances Allen", "Ken Thompson", "Margaret Hamilton")
PASSES = 48
# Of a key that nobody has.
PUBLIC_KEY = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEAmKSM52hI+0mmmnEy91iQ2GmCHvN38P2Jt1Eu5fiojM3z5rGNsJ6ZSe8iRYk3UmDp5q1AAMzTFfA7CuC9Fh8w=="

COUPON = {
    "name": "Autumn coupon",
    "pass": {
        "organizationName": "Spring Coffee", "description": "Coupon of Spring Coffee", "logoText": "Spring Coffee",
        "backgroundColor": "rgb(122, 58, 30)", "foregroundColor": "rgb(255, 246, 232)", "labelColor": "rgb(255, 209, 150)",
        "coupon": {
            "primaryFields": [{"key": "offer", "label": "On any cake", "value": "20 % off"}],
            "secondaryFields": [{"key": "for", "label": "For", "value": "{{contact.firstName}}"},
                                {"key": "until", "label": "Until", "value": "2030-11-30T23:59:00+01:00",
                                 "dateStyle": "PKDateStyleMedium", "timeStyle": "PKDateStyleNone"}],
            "backFields": [{"key": "terms", "label": "Terms", "value": "Once a person, not on drinks."}],
        },
        "barcodes": [{"format": "PKBarcodeFormatPDF417", "message": "AUTUMN-{{contact.id}}",
                      "messageEncoding": "iso-8859-1", "altText": "AUTUMN-{{contact.id}}"}],
    },
}
TICKET = {
    "name": "Open air by the sea",
    "pass": {
        "organizationName": "Seaside Concerts", "description": "Ticket of Seaside Concerts", "logoText": "Seaside",
        "backgroundColor": "rgb(28, 34, 84)", "foregroundColor": "rgb(255, 255, 255)", "labelColor": "rgb(190, 205, 255)",
        "eventTicket": {
            "headerFields": [{"key": "gate", "label": "Gate", "value": "4"}],
            "primaryFields": [{"key": "event", "label": "Event", "value": "Open air by the sea"}],
            "secondaryFields": [{"key": "place", "label": "Place", "value": "Pier Stage"}],
            "auxiliaryFields": [{"key": "row", "label": "Row", "value": "12"}, {"key": "seat", "label": "Seat", "value": "{{voucher.seat}}"},
                                {"key": "at", "label": "Starts", "value": "2030-07-14T20:00:00+02:00",
                                 "dateStyle": "PKDateStyleShort", "timeStyle": "PKDateStyleShort"}],
            "backFields": [{"key": "rain", "label": "When it rains", "value": "The concert takes place in the hall."}],
        },
        "barcodes": [{"format": "PKBarcodeFormatAztec", "message": "SEA-{{voucher.seat}}", "messageEncoding": "iso-8859-1"}],
    },
    "localizations": {"de": {"Gate": "Tor", "Event": "Konzert", "Place": "Ort", "Row": "Reihe", "Seat": "Platz",
                             "Starts": "Beginn", "When it rains": "Bei Regen"}},
    "tokens": {"onMissing": "reject", "defaults": {"voucher.seat": "18"}},
}
POSTER = TICKET | {
    "name": "Night of lights",
    "pass": TICKET["pass"] | {
        "description": "Ticket of Seaside Concerts", "preferredStyleSchemes": ["posterEventTicket", "eventTicket"],
        "sharingProhibited": True,
        "nfc": {"message": "{{voucher.seat}}", "requiresAuthentication": True, "encryptionPublicKey": PUBLIC_KEY},
        "semantics": {
            "eventType": "PKEventTypeLivePerformance", "eventName": "Night of lights", "venueName": "Pier Stage", "venueRegionName": "Seaside",
            "venueRoom": "Open air", "eventStartDate": "2030-08-02T21:00:00+02:00", "performerNames": ["The Lanterns"],
            "seats": [{"seatSection": "B", "seatRow": "12", "seatNumber": "18"}],
        },
    },
}
JOURNEY = {
    "name": "Coast line",
    "pass": {
        "organizationName": "Coast Railway", "description": "Ticket of Coast Railway", "logoText": "Coast Railway",
        "backgroundColor": "rgb(240, 244, 248)", "foregroundColor": "rgb(20, 40, 66)", "labelColor": "rgb(70, 96, 128)",
        "boardingPass": {
            "transitType": "PKTransitTypeTrain",
            "headerFields": [{"key": "train", "label": "Train", "value": "C 204"}],
            "primaryFields": [{"key": "from", "label": "Harbour", "value": "HAR"}, {"key": "to", "label": "Lighthouse", "value": "LIG"}],
            "auxiliaryFields": [{"key": "passenger", "label": "Passenger", "value": "{{contact.firstName}}"},
                                {"key": "coach", "label": "Coach", "value": "7"}, {"key": "place", "label": "Place", "value": "41"}],
            "secondaryFields": [{"key": "leaves", "label": "Leaves", "value": "2030-07-14T09:12:00+02:00",
                                 "dateStyle": "PKDateStyleShort", "timeStyle": "PKDateStyleShort"}],
            "backFields": [],
        },
        "barcodes": [{"format": "PKBarcodeFormatQR", "message": "C204-{{contact.id}}", "messageEncoding": "iso-8859-1"}],
    },
}
MEMBER = {
    "name": "Library card",
    "pass": {
        "organizationName": "City Library", "description": "Card of the City Library", "logoText": "City Library",
        "backgroundColor": "rgb(96, 28, 66)", "foregroundColor": "rgb(255, 255, 255)", "labelColor": "rgb(255, 196, 224)",
        "generic": {
            "primaryFields": [{"key": "reader", "label": "Reader", "value": "{{contact.firstName}}"}],
            "secondaryFields": [{"key": "since", "label": "Since", "value": "2021"}, {"key": "kind", "label": "Card", "value": "Adult"}],
            "backFields": [{"key": "hours", "label": "Hours", "value": "Tuesday to Sunday, 10 to 20"}],
        },
        "barcodes": [{"format": "PKBarcodeFormatCode128", "message": "LIB-{{contact.id}}", "messageEncoding": "iso-8859-1",
                      "altText": "LIB-{{contact.id}}"}],
    },
}
DAWN, DUSK, SEA, SAND = (0xFF, 0xC2, 0x8A), (0x2A, 0x2F, 0x78), (0x1E, 0x6E, 0x8C), (0xF4, 0xD8, 0xA8)
RUST, PLUM, ROSE, SKY = (0x8C, 0x43, 0x22), (0x52, 0x16, 0x38), (0xE8, 0x7C, 0xA6), (0x9C, 0xC8, 0xE8)
VIOLET = (0x6B, 0x3F, 0x7A)
CAMPAIGNS = {
    "autumn-coupon": (COUPON, {"icon": (29, 29, RUST, DAWN), "logo": (50, 50, DAWN, RUST), "strip": (375, 144, RUST, DAWN)}),
    "open-air": (TICKET, {"icon": (29, 29, DUSK, DAWN), "logo": (50, 50, DAWN, DUSK), "background": (180, 220, DUSK, VIOLET),
                          "thumbnail": (90, 90, DAWN, SEA)}),
    "night-of-lights": (POSTER, {"icon": (29, 29, DUSK, DAWN), "logo": (50, 50, DAWN, DUSK), "artwork": (358, 448, DUSK, VIOLET),
                                 "background": (180, 220, DUSK, VIOLET), "thumbnail": (90, 90, DAWN, SEA)}),
    "coast-line": (JOURNEY, {"icon": (29, 29, SEA, SKY), "logo": (50, 50, SKY, SEA), "footer": (286, 15, SAND, SEA)}),
    "library-card": (MEMBER, {"icon": (29, 29, PLUM, ROSE), "logo": (50, 50, ROSE, PLUM), "thumbnail": (90, 90, PLUM, ROSE)}),
}


def fill(state):
    """Fills a sandbox; returns what the pages to photograph need to know."""
    admin = web.Caller(state["issuer"]["internal"], state["tokens"]["admin"])
    demo.provide(state)
    admin("PUT", "/admin/v1/wallet-configurations/seaside", {"name": "Seaside Concerts", "organizationName": "Seaside Concerts Ltd"})
    for identifier, (campaign, pictures) in CAMPAIGNS.items():
        admin("PUT", f"/admin/v1/campaigns/{identifier}", campaign | {"walletConfigurationId": demo.CONFIGURATION})
        for role, (width, height, *colours) in pictures.items():
            for scale in (1, 2):
                name = f"{role}{'' if scale == 1 else '@2x'}.png"
                admin("PUT", f"/admin/v1/campaigns/{identifier}/images/{name}", _picture(width, height, scale, *colours), "image/png")
    _issue(state)
    _update_some(state, admin)
    serial = _leave_one_waiting(state, admin)
    _complain(state, serial)
    _remember(state)
    content = json.loads((demo.SOURCE / "campaign.json").read_text(encoding="utf-8")) | {"walletConfigurationId": demo.CONFIGURATION}
    content["pass"]["logoText"] = "Spring Coffee Club"
    return {"serial": serial, "rollout": admin("PUT", f"/admin/v1/campaigns/{demo.CAMPAIGN}", content)["rollout"]["id"]}


def _picture(width, height, scale, low, high):
    """Hills before a sky, in two colours."""
    canvas = _draw.Canvas(width, height, scale)

    def paint(x, y):
        hill = height * (0.62 + 0.12 * math.sin(x / width * 5) + 0.06 * math.sin(x / width * 13))
        sky = _draw.mix(high, low, y / height * 0.75)
        sun = 1 - _draw.smooth(height * 0.13, height * 0.16, math.hypot(x - width * 0.72, y - height * 0.36))
        return _draw.mix(low, (0, 0, 0), 0.15 + 0.3 * (y - hill) / height) if y > hill else _draw.mix(sky, (255, 255, 255), sun * 0.8)

    canvas.fill(paint)
    return canvas.png()


def _links(state, requests):
    caller = web.Caller(state["issuer"]["internal"], state["tokens"]["personalisation"])
    return [entry["url"] for entry in caller("POST", "/pers/v1/urls", {"requests": requests})["urls"]]


def _issue(state):
    """People open their links; most keep the pass on an iPhone."""
    people = [NAMES[index % len(NAMES)].split() for index in range(PASSES)]
    urls = _links(state, [{
        "id": str(index), "campaignId": demo.CAMPAIGN, "platform": "apple",
        "contact": {"id": f"member-{index:03}", "firstName": first, "lastName": last}, "voucher": {"points": 40 + 7 * index},
    } for index, (first, last) in enumerate(people)])
    apns = web.Caller(state["simulators"]["apns"]["control"], None)
    for index, url in enumerate(urls):
        with urllib.request.urlopen(urllib.request.Request(url, headers={"User-Agent": IPHONE})) as answer:
            package = zipfile.ZipFile(io.BytesIO(answer.read()))
        if index % 6 == 5:
            continue
        content = json.loads(package.read("pass.json"))
        token = apns("POST", "/devices", {})["token"]
        path = f"/v1/devices/showcase-{index}/registrations/{PASS_TYPE}/{content['serialNumber']}"
        request = urllib.request.Request(state["registry"]["public"] + path, method="POST", data=json.dumps({"pushToken": token}).encode(),
                                         headers={"Authorization": f"ApplePass {content['authenticationToken']}", "Content-Type": "application/json"})
        urllib.request.urlopen(request).close()


def _update_some(state, admin):
    """A mass update, and its end."""
    passes = admin("GET", f"/admin/v1/campaigns/{demo.CAMPAIGN}/passes?limit=3")["items"]
    lines = "".join(json.dumps({"serialNumber": each["serialNumber"], "voucher": {"tier": "Bloom"}}) + "\n" for each in passes)
    rollout = admin("POST", "/admin/v1/pass-updates", lines.encode(), "application/x-ndjson")["rolloutId"]
    _wait("the update's end", lambda: admin("GET", f"/admin/v1/rollouts/{rollout}")["state"] == "done")


def _leave_one_waiting(state, admin):
    """A pass that its phone keeps up to date, until a change that it has not fetched yet."""
    [url] = _links(state, [{"id": "1", "campaignId": demo.CAMPAIGN, "platform": "apple", "contact": demo.CONTACT, "voucher": {"points": 120}}])
    phone = demo.phone_of(state)
    phone("add", url)
    phone("refresh")
    serial = phone.serial_number()
    for points, fetches in ((130, True), (150, False)):
        admin("PATCH", f"/admin/v1/passes/{serial}", {"voucher": {"points": points}}, "application/merge-patch+json")
        _wait("the push", lambda: admin("GET", f"/admin/v1/passes/{serial}/timeline")["waitingFor"] == "changesListed")
        if fetches:
            phone("refresh")
    return serial


def _wait(what, condition, seconds=30):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise Failure(f"{what} did not come")
        time.sleep(0.1)


def _complain(state, serial):
    lines = [
        f"[2026-07-14 09:12:00 +0200] Get pass task (pass type {PASS_TYPE}, serial number {serial}, if-modified-since (null); "
        "with web service url http://127.0.0.1) encountered error: Authentication failure",
        f"[2026-07-14 09:14:00 +0200] Web service error for {PASS_TYPE}: Server requested update to serial '{serial}', but the pass was unchanged.",
    ]
    request = urllib.request.Request(state["registry"]["public"] + "/v1/log", method="POST", data=json.dumps({"logs": lines}).encode(),
                                     headers={"Content-Type": "application/json"})
    urllib.request.urlopen(request).close()


def _remember(state):
    """The figures of the month before."""
    chance = random.Random(4)
    rows = {"issuer": [], "registry": [], "google": [], "push": []}
    for back in range(1, 90):
        day = f"current_date - {back}"
        busy = (1.35 if back % 7 in (2, 3) else 1) * (1 + 0.4 * math.sin(back / 9)) * chance.uniform(0.8, 1.2)
        rows["issuer"].append(f"('history', {day}, 0, {int(420 * busy)}, {int(900 * busy)})")
        rows["registry"].append(f"({day}, {int(330 * busy)}, {int(38 * busy)})")
        rows["google"].append(f"({day}, {int(120 * busy)}, {int(11 * busy)})")
        rows["push"].append(f"({day}, 'accepted', '', {int(1100 * busy)}), ({day}, 'rejected', 'Unregistered', {int(24 * busy)})")
    statements = (
        f"INSERT INTO issuer.activity (campaign_id, day, shard, issued, updates) VALUES {', '.join(rows['issuer'])};"
        f"INSERT INTO registry.activity_days (day, installed, removed) VALUES {', '.join(rows['registry'])};"
        f"INSERT INTO google.activity_days (date, saved, deleted) VALUES {', '.join(rows['google'])};"
        "INSERT INTO push.tallies (topic, day, outcome, reason, count) SELECT t.topic, r.* FROM push.topics t, "
        f"(VALUES {', '.join(rows['push'])}) r WHERE t.pass_type_identifier = '{PASS_TYPE}';")
    subprocess.run(["psql", "--no-psqlrc", "-q", "-v", "ON_ERROR_STOP=1", "-c", statements, state["database"]], check=True,
                   stdin=subprocess.DEVNULL, cwd=ROOT, env=os.environ)
