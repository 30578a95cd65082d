"""The Google side of the demo: the campaign's class, the save page, a callback, and an update."""
import json
import time
from urllib.parse import urlencode, urlsplit

from . import simulators, web
from .layout import Failure

ANDROID = "Mozilla/5.0 (Linux; Android 16; Pixel 10) AppleWebKit/537.36 Mobile Safari/537.36"
# How long Google's side may take for a step, in seconds.
DONE_WITHIN = 60


def is_simulated(state):
    """Whether the simulated Google Wallet runs; with the real one the demo needs an issuer account of the user's."""
    return "google-wallet" in state.get("simulators", {})


def configuration():
    """The Google part of the demo's wallet configuration."""
    account = json.loads(simulators.SERVICE_ACCOUNT.read_text(encoding="utf-8"))
    return {"issuerId": simulators.GOOGLE_ISSUER, "serviceAccount": account}


class Android:
    """An Android phone's browser with Google Wallet behind it."""

    def __init__(self, state, campaign):
        self._bridge = web.Caller(state["bridge"]["internal"], state["tokens"]["admin"])
        self._control = web.Caller(state["simulators"]["google-wallet"]["control"], None)
        self._campaign = campaign

    def wait_for_class(self):
        """Waits until the campaign's class is at Google, and says so."""
        found = self._until(lambda: self._class_when_ready(), "the class did not come to Google")
        print(f"  the class at Google: {found['classId']}", flush=True)

    def save(self, link):
        """Opens the link, and the save page that it leads to, and saves; returns the page's address."""
        status, headers, _ = web.browse("GET", link, agent=ANDROID)
        page = headers.get("Location")
        if status != 303 or not page:
            raise Failure(f"the link was answered {status} on an Android phone")
        web.browse("GET", page, agent=ANDROID)
        status, _, text = web.browse("POST", page, urlencode({"action": "save"}).encode(), agent=ANDROID)
        if status != 200:
            raise Failure(f"the save page answered {status}: {text[:300]}")
        return page

    def wait_for_callback(self, serial):
        """Waits until google-bridge has believed Google's callback about the pass."""
        self._until(lambda: self._object(serial).get("saved") or None, "no callback told that the pass was saved")
        print("  google-bridge has verified Google's callback: the pass is saved", flush=True)

    def wait_for_points(self, serial, points):
        """Waits until Google holds the new value."""
        identifier = self._object(serial)["objectId"]

        def shown():
            text = json.dumps(self._control("GET", f"/control/v1/resources/object/{identifier}"))
            return text if f'"{points}"' in text or f" {points}" in text else None

        self._until(shown, "the new points did not come to Google")
        print(f"  the object at Google shows {points} points", flush=True)

    def _class_when_ready(self):
        found = self._bridge("GET", f"/admin/v1/classes/{self._campaign}")
        if found["state"] == "failed":
            raise Failure(f"Google refuses the class: {found.get('error')}")
        return found if found["state"] == "ready" else None

    def _object(self, serial):
        page = self._bridge("GET", f"/admin/v1/classes/{self._campaign}/objects?limit=500")
        return next((each for each in page["items"] if each["serialNumber"] == serial), {})

    def _until(self, body, what):
        deadline = time.monotonic() + DONE_WITHIN
        while True:
            try:
                found = body()
            except Failure as failure:
                found, last = None, failure
                if "refuses" in str(failure):
                    raise
            else:
                last = None
            if found:
                return found
            if time.monotonic() > deadline:
                raise Failure(f"{what}{f': {last}' if last else ''}")
            time.sleep(0.2)


def host(url):
    """Where a page is, for people."""
    return urlsplit(url).netloc
