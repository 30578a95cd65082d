"""Debian's Chromium, driven over WebDriver by its own chromedriver; nobody sees its window."""
import base64
import json
import socket
import subprocess
import time
import urllib.error
import urllib.request

from .layout import Failure


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Browser:
    """One window, for as long as it is entered."""

    def __enter__(self):
        port = free_port()
        self._base, self._session = f"http://127.0.0.1:{port}", None
        self._driver = subprocess.Popen(["chromedriver", f"--port={port}"], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 20
        while True:
            try:
                if self._call("GET", "/status")["ready"]:
                    break
            except (OSError, ValueError):
                if time.monotonic() > deadline or self._driver.poll() is not None:
                    self._driver.kill()
                    raise Failure("chromedriver does not start") from None
                time.sleep(0.05)
        arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"]
        made = self._call("POST", "/session", {"capabilities": {"alwaysMatch": {
            "browserName": "chrome", "goog:chromeOptions": {"args": arguments}}}})
        self._session = f"/session/{made['sessionId']}"
        return self

    def __exit__(self, *_):
        if self._session:
            self._call("DELETE", self._session)
        self._driver.terminate()
        self._driver.wait()

    def _call(self, method, path, body=None):
        request = urllib.request.Request(self._base + path, method=method,
                                         data=None if body is None else json.dumps(body).encode(),
                                         headers={"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise Failure(f"chromedriver: {error.read().decode(errors='replace')[:300]}") from None

    def command(self, name, **parameters):
        """A command of the DevTools protocol."""
        return self._call("POST", f"{self._session}/goog/cdp/execute", {"cmd": name, "params": parameters})

    def appear(self, size, agent, languages, theme):
        """Becomes another device: its window, `User-Agent`, languages and theme."""
        self.command("Emulation.setUserAgentOverride", userAgent=agent, acceptLanguage=languages)
        self.command("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": theme}])
        self._size = size
        self._resize(size)

    def _resize(self, size, scale=2):
        self.command("Emulation.setDeviceMetricsOverride", width=size[0], height=size[1], deviceScaleFactor=scale,
                     mobile=False)

    def open(self, url):
        """Opens an address and waits until it is loaded."""
        self._call("POST", f"{self._session}/url", {"url": url})

    def evaluate(self, script, *arguments):
        """What the body of a function returns in the page."""
        return self._call("POST", f"{self._session}/execute/sync", {"script": script, "args": list(arguments)})

    def wait(self, what, expression, seconds=15):
        """Waits until an expression is true in the page."""
        deadline = time.monotonic() + seconds
        while not self.evaluate(f"return Boolean({expression})"):
            if time.monotonic() > deadline:
                raise Failure(f"the page never came to {what}: {self.evaluate('return location.href')}")
            time.sleep(0.05)

    def sign_in(self, base, token):
        """Signs in to the console, as a person does."""
        self.open(f"{base}/console")
        self.wait("its form or its pages", "document.querySelector('#token, #nav a[aria-current]')")
        if self.evaluate("return Boolean(document.querySelector('#token'))"):
            self.evaluate("document.querySelector('#token').value = arguments[0];"
                          "document.querySelector('form button').click()", token)
        self.wait("the overview", "document.querySelector('.figures')")

    def photograph(self):
        """The whole page as PNG, in a window as high as the page: what sticks to its edges stands at the page's."""
        width, height = self._size
        self._resize((width, max(height, self.evaluate("return document.documentElement.scrollHeight"))))
        picture = self.command("Page.captureScreenshot", format="png")["data"]
        self._resize(self._size)
        return base64.b64decode(picture)

    def photograph_window(self, size):
        """What a window shows, small: as WebP, a pixel to a pixel."""
        self._resize(size, 1)
        picture = self.command("Page.captureScreenshot", format="webp", quality=84)["data"]
        self._resize(self._size)
        return base64.b64decode(picture)
