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


def provide(state):
    """Stores the demo's wallet configuration, campaign and images, and returns a link. Can be repeated."""
    _provide_authority()
    _provide_campaign(state)
    return _link(state)


def follow_one_pass(state):
    """Shows each step of a pass's life with its HTTP exchanges."""
    _say("A demo authority signs a pass certificate; both are stored with a campaign and its images")
    link = provide(state)
    _say("Personalisation asks for a link:  POST /pers/v1/urls")
    print(f"  {link}")
    # The phone begins anew: what an interrupted run left in its wallet is registered under another device.
    shutil.rmtree(WALLET, ignore_errors=True)
    _say("The phone opens the link, verifies the package, registers the pass and asks what changed")
    _phone("add", link)
    _phone("refresh")
    serial = _serial_number()
    points = _change(state, serial)
    _say(f"The shop changes the pass:  PATCH /admin/v1/passes/{serial}  ({points} points)")
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


def _pem(name):
    return (AUTHORITY / name).read_text(encoding="utf-8")


def _provide_campaign(state):
    admin, base = state["tokens"]["admin"], state["issuer"]["internal"] + "/admin/v1"
    web.call("PUT", f"{base}/wallet-configurations/{CONFIGURATION}", admin, {
        "name": "Demo", "organizationName": "Demo Ltd",
        "apple": {"certificate": _pem("pass.pem"), "privateKey": _pem("pass.key.pem"),
                  "intermediate": _pem("intermediate.pem")},
    })
    campaign = json.loads((SOURCE / "campaign.json").read_text(encoding="utf-8"))
    campaign["walletConfigurationId"] = CONFIGURATION
    web.call("PUT", f"{base}/campaigns/{CAMPAIGN}", admin, campaign)
    for image in sorted((SOURCE / "images").rglob("*.png")):
        name = image.relative_to(SOURCE / "images").as_posix()
        web.call("PUT", f"{base}/campaigns/{CAMPAIGN}/images/{name}", admin, image.read_bytes(), "image/png")
    _, stored = web.call("GET", f"{base}/campaigns/{CAMPAIGN}", admin)
    if stored["state"] != "active":
        raise Failure(f"the demo campaign is {stored['state']}: {stored.get('warnings')}")


def _link(state):
    _, answer = web.call("POST", state["issuer"]["internal"] + "/pers/v1/urls", state["tokens"]["personalisation"], {
        "requests": [{"id": "1", "campaignId": CAMPAIGN, "platform": "apple", "contact": CONTACT,
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


def _change(state, serial):
    """Adds ten points to the pass and returns how many it has now."""
    admin, place = state["tokens"]["admin"], f"{state['issuer']['internal']}/admin/v1/passes/{serial}"
    _, stored = web.call("GET", place, admin)
    points = int((stored.get("voucher") or {}).get("points", 0)) + 10
    web.call("PATCH", place, admin, {"voucher": {"points": points}}, "application/merge-patch+json")
    return points


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
