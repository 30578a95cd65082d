"""The stand-ins for Apple and Google that run beside the services, unless SANDBOX=off or the user names others."""
import os
import subprocess

from . import web
from .layout import BINARIES, LOCAL, ROOT, SCRIPTS, Failure, sandbox_is_on

# Signs the demo's pass certificate, and the certificates that the simulators show.
AUTHORITY = LOCAL / "demo" / "authority"
PASS_TYPE = "pass.example.demo"
GOOGLE = LOCAL / "demo" / "google"
GOOGLE_ISSUER = "3388000000000000001"
SERVICE_ACCOUNT = GOOGLE / "service-account.json"
PORTS = {"apns": {"providers": 2197, "control": 2198}, "google-wallet": {"public": 8090, "control": 8091}}
# A user who sets one of these has another service in mind.
_NAMES_ANOTHER = {
    "apns": ("APNS_URL", "APNS_URL_FILE", "APNS_CA", "APNS_CA_FILE"),
    "google-wallet": ("GOOGLE_WALLET_URL", "GOOGLE_SAVE_URL", "GOOGLE_KEYS_URL"),
}


def wanted():
    """The names of those to start."""
    if not sandbox_is_on():
        return []
    return [name for name, settings in _NAMES_ANOTHER.items() if not any(os.environ.get(each) for each in settings)]


def prepare():
    """Makes the authority, and the certificate that simulators show."""
    arguments = [str(SCRIPTS / "certificates"), str(AUTHORITY), "--pass-type", PASS_TYPE]
    if not (AUTHORITY / "server.pem").exists():
        arguments.append("server")
    AUTHORITY.parent.mkdir(parents=True, exist_ok=True)
    GOOGLE.mkdir(parents=True, exist_ok=True)
    result = subprocess.run(arguments, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, text=True)
    if result.returncode != 0:
        raise Failure(result.stdout.strip())


def addresses(ports):
    """Where they listen, shaped as in run.json."""
    found = {}
    if "apns" in ports:
        found["apns"] = {"providers": f"https://127.0.0.1:{ports['apns']['providers']}",
                         "control": f"http://127.0.0.1:{ports['apns']['control']}"}
    if "google-wallet" in ports:
        found["google-wallet"] = {listener: f"http://127.0.0.1:{port}"
                                  for listener, port in ports["google-wallet"].items()}
    return found


def command(name, ports):
    """What starts one."""
    chosen = ports[name]
    if name == "apns":
        return [str(BINARIES / name), "--certificate", str(AUTHORITY / "server.pem"),
                "--key", str(AUTHORITY / "server.key.pem"), "--client-ca", str(AUTHORITY / "root.pem"),
                "--port", str(chosen["providers"]), "--control-port", str(chosen["control"])]
    return [str(BINARIES / name), "--port", str(chosen["public"]), "--control-port", str(chosen["control"]),
            "--issuer", GOOGLE_ISSUER, "--service-account", str(SERVICE_ACCOUNT),
            "--journal", str(GOOGLE / "journal"), "--images", "fetched"]


def settings(service, urls):
    """What a service must be told to use them."""
    if service == "push-sender" and "apns" in urls:
        return {"APNS_URL": urls["apns"]["providers"], "APNS_CA_FILE": str(AUTHORITY / "root.pem")}
    if service == "google-bridge" and "google-wallet" in urls:
        base = urls["google-wallet"]["public"]
        return {"GOOGLE_WALLET_URL": base, "GOOGLE_SAVE_URL": f"{base}/gp/v/save",
                "GOOGLE_KEYS_URL": f"{base}/gp/m/issuer/keys"}
    return {}


def is_ready(name, urls):
    """Whether it serves."""
    if name == "apns":
        return web.answers(urls[name]["control"] + "/counters")
    # The key file is written once it listens.
    return web.answers(urls[name]["control"] + "/control/v1/state") and SERVICE_ACCOUNT.exists()
