"""The four services and the settings that each is started with."""
import os
import subprocess

from . import keys
from .layout import Failure

# The executable, its name in run.json, the login of its database, the services that call it.
SERVICES = {
    "pass-issuer": ("issuer", "PASS_ISSUER", ["device-registry", "push-sender", "google-bridge"]),
    "device-registry": ("registry", "DEVICE_REGISTRY", ["pass-issuer", "push-sender"]),
    "google-bridge": ("bridge", "GOOGLE_BRIDGE", ["pass-issuer"]),
    "push-sender": ("push", "PUSH_SENDER", ["pass-issuer", "device-registry"]),
}
KEY_RINGS = {
    "pass-issuer": ["MASTER_KEYS", "LINK_KEYS", "PASS_TOKEN_KEYS"],
    "device-registry": ["PASS_TOKEN_KEYS"],
    "google-bridge": ["MASTER_KEYS"],
    "push-sender": ["MASTER_KEYS"],
}


def migrate(binaries, database):
    """Brings every schema up to date, each with its owner's login."""
    running = {}
    for service, (_, login, _) in SERVICES.items():
        settings = {"MIGRATION_DATABASE_URL": database[f"{login}_OWNER_DATABASE_URL"], "LOG_FORMAT": "text"}
        running[service] = subprocess.Popen([str(binaries / service), "migrate"], env=_plain() | settings,
                                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                            stderr=subprocess.STDOUT, text=True)
    said = {service: process.communicate()[0] for service, process in running.items()}
    for service, process in running.items():
        if process.returncode != 0:
            raise Failure(f"{service} migrate: status {process.returncode}\n{said[service]}")


def _plain():
    """The user's environment without any database's address."""
    names = ("DATABASE_URL", "DATABASE_URL_FILE", "MIGRATION_DATABASE_URL", "MIGRATION_DATABASE_URL_FILE")
    return {name: value for name, value in os.environ.items() if name not in names}


def environment(service, urls, ports, database, stand_ins=None):
    """The environment of a service: the user's own, with what it leaves open filled in.

    `stand_ins` are settings that lead it to simulators.

    What ties the services to each other here (database, ports, tokens) is always ours.
    """
    short, login, callers = SERVICES[service]
    result = _plain()
    ours = {"DATABASE_URL": database[f"{login}_DATABASE_URL"], "INTERNAL_PORT": str(ports[short]["internal"])}
    if "public" in ports[short]:
        ours["PUBLIC_PORT"] = str(ports[short]["public"])
    digests = {"ADMIN": "admin"} | {caller.upper().replace("-", "_"): caller for caller in callers}
    if service == "pass-issuer":
        digests["PERSONALISATION"] = "personalisation"
    for scope, token in digests.items():
        name = f"{scope}_TOKEN_SHA256"
        ours[name] = ",".join(filter(None, [keys.token_digest(token), os.environ.get(name)]))
    for name, value in ours.items():
        result.pop(f"{name}_FILE", None)
        result[name] = value
    result.pop("SERVICE_TOKEN", None)
    result["SERVICE_TOKEN_FILE"] = str(keys.token_file(service))
    for name, value in (_defaults(service, urls) | (stand_ins or {})).items():
        stem = name.removesuffix("_FILE")
        if not os.environ.get(stem) and not os.environ.get(f"{stem}_FILE"):
            result.pop(stem, None)
            result[name] = value
    return result


def _defaults(service, urls):
    rings = {}
    for ring in KEY_RINGS[service]:
        file = ring.lower().replace("_", "-")
        # Data at rest: each service has keys of its own. Links and pass tokens are shared.
        rings[f"{ring}_FILE"] = str(keys.key_ring(f"{service}-{file}" if ring == "MASTER_KEYS" else file))
    return rings | {
        "PUBLIC_ADDRESS": "127.0.0.1",
        "INTERNAL_ADDRESS": "127.0.0.1",
        "LOG_FORMAT": "text",
        "LINK_BASE_URL": urls["issuer"]["public"],
        "ASSET_BASE_URL": urls["issuer"]["public"],
        "WEB_SERVICE_URL": urls["registry"]["public"],
        "CALLBACK_BASE_URL": urls["bridge"]["public"],
        "PASS_ISSUER_URL": urls["issuer"]["internal"],
        "DEVICE_REGISTRY_URL": urls["registry"]["internal"],
        "GOOGLE_BRIDGE_URL": urls["bridge"]["internal"],
        "PUSH_SENDER_URL": urls["push"]["internal"],
    }
