"""The demo campaign, and the way of one of its passes from link to phone to update."""
import json
import re
import shutil
import subprocess
import time

from . import demo_google, simulators, web
from .layout import BINARIES, LOCAL, ROOT, Failure
from .simulators import AUTHORITY, PASS_TYPE

CAMPAIGN = "demo"
CONFIGURATION = "demo"
SOURCE = ROOT / "Simulators" / "Demo"
WALLET = LOCAL / "demo" / "phone"
CONTACT = {"id": "ada", "firstName": "Ada", "lastName": "Lovelace"}
# How long a change may take to the phone, in seconds.
DELIVERED_WITHIN = 30


def provide(state, shows=False):
    """Stores the demo's wallet configuration, campaign and images, and returns a link. Can be repeated."""
    simulators.prepare()
    google = demo_google.configuration() if demo_google.is_simulated(state) else None
    provide_campaign(_admin(state, shows), AUTHORITY, google)
    return new_link(web.Caller(state["issuer"]["internal"], state["tokens"]["personalisation"], shows), CONTACT)


def follow_one_pass(state):
    """Shows each step of a pass's life with its HTTP exchanges."""
    _say("A demo authority has signed a pass certificate; the shop stores it with a campaign and asks for a link")
    link = provide(state, shows=True)
    print(f"  {link}")
    # The phone begins anew: what an interrupted run left in its wallet is registered under another device.
    shutil.rmtree(WALLET, ignore_errors=True)
    phone = phone_of(state)
    _say("The phone opens the link, verifies the package, registers the pass and asks what changed")
    phone("add", link)
    phone("refresh")
    serial = phone.serial_number()
    _say("The shop gives ten points")
    add_points(_admin(state, shows=True), serial)
    if phone.gets_pushes:
        _say("pass-issuer tells device-registry, which tells push-sender, which pushes; the phone asks and fetches")
        phone("watch", "--within", str(DELIVERED_WITHIN))
    else:
        _say("The phone asks again and fetches the new version (pushes go to the APNs that you named, not to it)")
        phone.refresh_until_updated()
    phone("refresh")
    if demo_google.is_simulated(state):
        _follow_to_google(state, link, serial)
    _say("The user deletes the pass")
    phone("remove", serial)
    print(f"\nopen in a browser, or on a phone that reaches this machine:\n  {link}")


def _follow_to_google(state, link, serial):
    """The same pass on an Android phone."""
    android = demo_google.Android(state, CAMPAIGN)
    _say("The same link on an Android phone: pass-issuer and google-bridge lead to Google's save page")
    android.wait_for_class()
    page = android.save(link)
    android.wait_for_callback(serial)
    _say("The shop gives ten points more; google-bridge changes the object at Google")
    points = add_points(_admin(state, shows=True), serial)
    android.wait_for_points(serial, points)
    print(f"  the save page, on {demo_google.host(page)}: {page}", flush=True)


def _say(text):
    print(f"\n{text}", flush=True)


def _admin(state, shows):
    return web.Caller(state["issuer"]["internal"], state["tokens"]["admin"], shows)


def provide_campaign(admin, authority, google=None):
    """Stores the demo's wallet configuration, with the pass certificate in a folder, its campaign and images."""
    names = {"certificate": "pass.pem", "privateKey": "pass.key.pem", "intermediate": "intermediate.pem"}
    configuration = {
        "name": "Demo", "organizationName": "Demo Ltd",
        "apple": {key: (authority / name).read_text(encoding="utf-8") for key, name in names.items()},
    }
    if google:
        configuration["google"] = google
    admin("PUT", f"/admin/v1/wallet-configurations/{CONFIGURATION}", configuration)
    campaign = json.loads((SOURCE / "campaign.json").read_text(encoding="utf-8"))
    campaign["walletConfigurationId"] = CONFIGURATION
    admin("PUT", f"/admin/v1/campaigns/{CAMPAIGN}", campaign)
    for image in sorted((SOURCE / "images").rglob("*.png")):
        name = image.relative_to(SOURCE / "images").as_posix()
        admin("PUT", f"/admin/v1/campaigns/{CAMPAIGN}/images/{name}", image.read_bytes(), "image/png")
    stored = admin("GET", f"/admin/v1/campaigns/{CAMPAIGN}")
    if stored["state"] != "active":
        raise Failure(f"the demo campaign is {stored['state']}: {stored.get('warnings')}")


def new_link(personalisation, contact):
    """A link of the demo campaign for somebody."""
    answer = personalisation("POST", "/pers/v1/urls", {
        "requests": [{"id": "1", "campaignId": CAMPAIGN, "platform": "any", "contact": contact,
                      "voucher": {"points": 120}}],
    })
    result = answer["urls"][0]
    if "url" not in result:
        raise Failure(f"no link: {result.get('error')}")
    return result["url"]


def phone_of(state):
    """The phone with the demo's wallet."""
    apns = state.get("simulators", {}).get("apns")
    command = [str(BINARIES / "iphone"), "--wallet", str(WALLET), "--ca", str(AUTHORITY / "root.pem")]
    return Phone(command + (["--apns", apns["control"]] if apns else []), gets_pushes=apns is not None)


class Phone:
    """The simulated phone on the command line."""

    def __init__(self, command, gets_pushes=True):
        self.gets_pushes = gets_pushes
        self._command = command

    def __call__(self, *arguments):
        """Runs it, its lines indented, and fails when it refuses something."""
        lines = []
        with subprocess.Popen([*self._command, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True) as process:
            for line in process.stdout:
                print("  " + line.rstrip(), flush=True)
                lines.append(line.rstrip())
        if process.returncode != 0:
            raise Failure(f"the simulated phone gave up: {' '.join(lines[-1:])}")

    def _output(self, *arguments):
        result = subprocess.run([*self._command, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, text=True)
        return result.returncode, result.stdout

    def serial_number(self):
        """The serial number of the pass in its wallet."""
        _, shown = self._output("show")
        match = re.search(rf"^(\S+)  {re.escape(PASS_TYPE)}", shown, re.MULTILINE)
        if match is None:
            raise Failure(f"the phone's wallet does not show the pass:\n{shown}")
        return match.group(1)

    def refresh_until_updated(self):
        """Lets it ask until the change has come; shows the time that it came."""
        deadline = time.monotonic() + DELIVERED_WITHIN
        while True:
            status, text = self._output("refresh")
            if ": updated" in text:
                print("".join("  " + line + "\n" for line in text.splitlines()), end="", flush=True)
                return
            if status != 0 or time.monotonic() > deadline:
                raise Failure(f"the phone was not told of the change:\n{text}")
            time.sleep(0.1)


def add_points(admin, serial):
    """Changes a pass of the demo; returns its new points."""
    stored = admin("GET", f"/admin/v1/passes/{serial}")
    points = int((stored.get("voucher") or {}).get("points", 0)) + 10
    admin("PATCH", f"/admin/v1/passes/{serial}", {"voucher": {"points": points}}, "application/merge-patch+json")
    return points
