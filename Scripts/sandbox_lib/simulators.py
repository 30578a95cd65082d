"""The stand-ins for Apple and Google that run beside the services, unless SANDBOX=off or the user names others."""
import os
import subprocess

from . import web
from .layout import BINARIES, LOCAL, ROOT, SCRIPTS, Failure, sandbox_is_on

# Signs the demo's pass certificate, and the certificates that the simulators show.
AUTHORITY = LOCAL / "demo" / "authority"
PASS_TYPE = "pass.example.demo"
PORTS = {"apns": {"providers": 2197, "control": 2198}}


def wanted():
    """The names of those to start."""
    names_another = any(os.environ.get(name) for name in ("APNS_URL", "APNS_URL_FILE", "APNS_CA", "APNS_CA_FILE"))
    return [] if names_another or not sandbox_is_on() else ["apns"]


def prepare():
    """Makes the authority, and the certificate that simulators show."""
    arguments = [str(SCRIPTS / "certificates"), str(AUTHORITY), "--pass-type", PASS_TYPE]
    if not (AUTHORITY / "server.pem").exists():
        arguments.append("server")
    AUTHORITY.parent.mkdir(parents=True, exist_ok=True)
    result = subprocess.run(arguments, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, text=True)
    if result.returncode != 0:
        raise Failure(result.stdout.strip())


def addresses(ports):
    """Where they listen, shaped as in run.json."""
    return {"apns": {"providers": f"https://127.0.0.1:{ports['apns']['providers']}",
                     "control": f"http://127.0.0.1:{ports['apns']['control']}"}} if "apns" in ports else {}


def command(name, ports):
    """What starts one."""
    return [str(BINARIES / name), "--certificate", str(AUTHORITY / "server.pem"),
            "--key", str(AUTHORITY / "server.key.pem"), "--client-ca", str(AUTHORITY / "root.pem"),
            "--port", str(ports[name]["providers"]), "--control-port", str(ports[name]["control"])]


def settings(service, urls):
    """What a service must be told to use them."""
    if service == "push-sender" and "apns" in urls:
        return {"APNS_URL": urls["apns"]["providers"], "APNS_CA_FILE": str(AUTHORITY / "root.pem")}
    return {}


def is_ready(name, urls):
    """Whether it serves."""
    return web.answers(urls[name]["control"] + "/counters")
