"""The APNs simulator as a sink: it accepts everything unseen, and serves h2load and push-sender alike."""
import json
import os
import re
import resource
import subprocess
import time
import urllib.request

from sandbox_lib.layout import LOCAL, ROOT, SCRIPTS

FOLDER = LOCAL / "bench"
RELEASE = ROOT / ".build" / "release"
PASS_TYPE = "pass.example.demo"
STREAMS = 1_000
PATH = "/3/device/" + "ab" * 32
# What Libraries/HTTP2 sends beside the pseudo fields.
FIELDS = [f"apns-topic: {PASS_TYPE}", "apns-id: eabeae54-14a8-11e5-b60b-1697f925ec7b", "apns-priority: 10"]

_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def pinned(core, command):
    """The command on one core, where there is more than one."""
    return ["taskset", "-c", str(core), *map(str, command)] if (os.cpu_count() or 1) > 1 else list(map(str, command))


def certificates():
    """The folder of an authority with a pass certificate and a server's."""
    folder = FOLDER / "certificates"
    subprocess.run([SCRIPTS / "certificates", folder, "server"], check=True, stdin=subprocess.DEVNULL)
    return folder


def h2load(sink, requests):
    """Seconds and processor seconds that h2load takes for so many pushes on one connection of 1,000 streams."""
    body = FOLDER / "push.json"
    body.write_text("{}", encoding="utf-8")
    fields = [word for field in FIELDS for word in ("-H", field)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    result = subprocess.run(
        pinned(0, ["h2load", "-n", requests, "-c", 1, "-t", 1, "-m", STREAMS, "-d", body, *fields,
                   f"https://127.0.0.1:{sink.port}{PATH}"]),
        check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    finished = re.search(r"finished in ([0-9.]+)(ms|s), ", result.stdout)
    if not finished or f"{requests} succeeded, 0 failed" not in result.stdout:
        raise SystemExit(f"bench: h2load did not succeed:\n{result.stdout}")
    seconds = float(finished.group(1)) / (1000 if finished.group(2) == "ms" else 1)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"seconds": seconds, "cpu": cpu}


class Sink:
    """The process, on the second core where there is one."""

    def __init__(self, authority):
        self._authority = authority

    def __enter__(self):
        log = FOLDER / "apns.log"
        log.write_bytes(b"")
        with open(log, "ab") as output:
            self._process = subprocess.Popen(
                pinned(1, [RELEASE / "apns", "--certificate", self._authority / "server.pem", "--key",
                           self._authority / "server.key.pem", "--client-ca", self._authority / "root.pem",
                           "--port", 0, "--control-port", 0, "--sink"]),
                stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and self._process.poll() is None:
            found = re.search(r"apns https://[0-9.]+:(\d+)\ncontrol (\S+)\n", log.read_text(encoding="utf-8"))
            if found:
                self.port, self.control = int(found.group(1)), found.group(2)
                return self
            time.sleep(0.02)
        self._process.kill()
        raise SystemExit(f"bench: the sink did not start, see {log}")

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait(timeout=30)

    @property
    def requests(self):
        """How many pushes have come."""
        with _opener.open(f"{self.control}/counters", timeout=10) as response:
            return json.load(response)["requests"]
