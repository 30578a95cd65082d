"""Where everything lies."""
import json
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SCRIPTS = ROOT / "Scripts"
# A second sandbox can stand beside the first: the screenshots' own.
LOCAL = ROOT / (os.environ.get("SANDBOX_FOLDER") or ".local")
LOGS = LOCAL / "log"
SECRETS = LOCAL / "secrets"
POSTGRES = LOCAL / "postgres"
RUN = LOCAL / "run.json"
PORTS = LOCAL / "ports.json"
PROCESSES = LOCAL / "processes.json"
LOCK = LOCAL / "supervisor.lock"
SUPERVISOR_LOG = LOGS / "sandbox.log"

# The release build: what the services are in production, at a tenth of the debug build's cost per request.
CONFIGURATION = os.environ.get("SANDBOX_BUILD") or "release"
BINARIES = ROOT / ".build" / CONFIGURATION


class Failure(Exception):
    """Something that the user should read, without a stack trace."""


def write_atomically(path, text, mode=0o644):
    """A reader sees the old file or the new one, never a part."""
    temporary = path.with_name(path.name + ".new")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(temporary, path)


def read_json(path, default):
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return default


def sandbox_is_on():
    return os.environ.get("SANDBOX", "on").lower() not in ("off", "no", "0", "false")
