"""The demo campaign, and the way of one of its passes from link to phone to update."""
import json
import re
import shutil
import subprocess
import time

from . import web
from .layout import BINARIES, LOCAL, ROOT, SCRIPTS, Failure

CAMPAIGN = "demo"
CONFIGURATION = "demo"
PASS_TYPE = "pass.example.demo"
SOURCE = ROOT / "Simulators" / "Demo"
FOLDER = LOCAL / "demo"
AUTHORITY = FOLDER / "authority"
WALLET = FOLDER / "phone"
CONTACT = {"id": "ada", "firstName": "Ada", "lastName": "Lovelace"}
# How long a change may take from pass-issuer's outbox to device-registry.
DELIVERED_WITHIN = 15.0


def provide(state, shows=False):
    """Stores the demo's wallet configuration, campaign and images, and returns a link. Can be repeated."""
    _provide_authority()
    _provide_campaign(_admin(state, shows))
    return _link(web.Caller(state["issuer"]["internal"], state["tokens"]["personalisation"], shows))


def follow_one_pass(state):
    """Shows each step of a pass's life with its HTTP exchanges."""
    _say("A demo authority has signed a pass certificate; the shop stores it with a campaign and asks for a link")
    link = provide(state, shows=True)
    print(f"  {link}")
    # The phone begins anew: what an interrupted run left in its wallet is registered under another device.
    shutil.rmtree(WALLET, ignore_errors=True)
    _say("The phone opens the link, verifies the package, registers the pass and asks what changed")
    _phone("add", link)
    _phone("refresh")
    serial = _serial_number()
    _say("The shop gives ten points")
    _add_points(_admin(state, shows=True), serial)
    _say("The phone asks again and fetches the new version")
    _fetch_update()
    _phone("refresh")
    _say("The user deletes the pass")
    _phone("remove", serial)
    print(f"\nopen in a browser, or on a phone that reaches this machine:\n  {link}")


def _say(text):
    print(f"\n{text}", flush=True)


def _provide_authority():
    FOLDER.mkdir(parents=True, exist_ok=True)
    result = subprocess.run([str(SCRIPTS / "certificates"), str(AUTHORITY), "--pass-type", PASS_TYPE], cwd=ROOT,
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if result.returncode != 0:
        raise Failure(result.stdout.strip())


def _admin(state, shows):
    return web.Caller(state["issuer"]["internal"], state["tokens"]["admin"], shows)


def _pem(name):
    return (AUTHORITY / name).read_text(encoding="utf-8")


def _provide_campaign(admin):
    admin("PUT", f"/admin/v1/wallet-configurations/{CONFIGURATION}", {
        "name": "Demo", "organizationName": "Demo Ltd",
        "apple": {"certificate": _pem("pass.pem"), "privateKey": _pem("pass.key.pem"),
                  "intermediate": _pem("intermediate.pem")},
    })
    campaign = json.loads((SOURCE / "campaign.json").read_text(encoding="utf-8"))
    campaign["walletConfigurationId"] = CONFIGURATION
    admin("PUT", f"/admin/v1/campaigns/{CAMPAIGN}", campaign)
    for image in sorted((SOURCE / "images").rglob("*.png")):
        name = image.relative_to(SOURCE / "images").as_posix()
        admin("PUT", f"/admin/v1/campaigns/{CAMPAIGN}/images/{name}", image.read_bytes(), "image/png")
    stored = admin("GET", f"/admin/v1/campaigns/{CAMPAIGN}")
    if stored["state"] != "active":
        raise Failure(f"the demo campaign is {stored['state']}: {stored.get('warnings')}")


def _link(personalisation):
    answer = personalisation("POST", "/pers/v1/urls", {
        "requests": [{"id": "1", "campaignId": CAMPAIGN, "platform": "any", "contact": CONTACT,
                      "voucher": {"points": 120}}],
    })
    result = answer["urls"][0]
    if "url" not in result:
        raise Failure(f"no link: {result.get('error')}")
    return result["url"]


def _phone_command(*arguments):
    return [str(BINARIES / "iphone"), "--wallet", str(WALLET), "--ca", str(AUTHORITY / "root.pem"), *arguments]


def _phone(*arguments):
    """Runs the simulated phone, its lines indented, and fails when it refuses something."""
    lines = []
    with subprocess.Popen(_phone_command(*arguments), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True) as process:
        for line in process.stdout:
            print("  " + line.rstrip(), flush=True)
            lines.append(line.rstrip())
    if process.returncode != 0:
        raise Failure(f"the simulated phone gave up: {' '.join(lines[-1:])}")


def _serial_number():
    """The serial number of the pass in the phone's wallet."""
    shown = subprocess.run(_phone_command("show"), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True).stdout
    match = re.search(rf"^(\S+)  {re.escape(PASS_TYPE)}", shown, re.MULTILINE)
    if match is None:
        raise Failure(f"the phone's wallet does not show the pass:\n{shown}")
    return match.group(1)


def _add_points(admin, serial):
    stored = admin("GET", f"/admin/v1/passes/{serial}")
    points = int((stored.get("voucher") or {}).get("points", 0)) + 10
    admin("PATCH", f"/admin/v1/passes/{serial}", {"voucher": {"points": points}}, "application/merge-patch+json")


def _fetch_update():
    """Lets the phone ask until the change has come from pass-issuer's outbox; shows the time that it came."""
    deadline = time.monotonic() + DELIVERED_WITHIN
    while True:
        result = subprocess.run(_phone_command("refresh"), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, text=True)
        if ": updated" in result.stdout:
            print("".join("  " + line + "\n" for line in result.stdout.splitlines()), end="", flush=True)
            return
        if result.returncode != 0 or time.monotonic() > deadline:
            raise Failure(f"the phone was not told of the change:\n{result.stdout}")
        time.sleep(0.1)
