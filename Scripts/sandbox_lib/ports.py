"""The ports of the services and the simulators: the defaults, moved up when another program has them, kept from then on."""
import json
import socket

from .layout import PORTS, Failure, read_json, write_atomically

DEFAULTS = {
    "issuer": {"public": 8081, "internal": 9081},
    "registry": {"public": 8082, "internal": 9082},
    "bridge": {"public": 8083, "internal": 9083},
    "push": {"internal": 9084},
}


def _is_free(port):
    # On every address: a program that holds 0.0.0.0 holds the loopback too, and the other way round.
    for address in ("127.0.0.1", "0.0.0.0"):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((address, port))
            except OSError:
                return False
    return True


def choose(others=None):
    """Ports that are free now, of the services and of others; those of the last run wherever they still are."""
    kept = read_json(PORTS, {})
    all_defaults = DEFAULTS | (others or {})
    wanted = {(service, listener): kept.get(service, {}).get(listener, default)
              for service, listeners in all_defaults.items() for listener, default in listeners.items()}
    # A listener that moves up leaves the places of the others to them.
    taken = list(wanted.values())
    chosen = {service: {} for service in all_defaults}
    for (service, listener), port in wanted.items():
        taken.remove(port)
        while port in taken or not _is_free(port):
            port += 1
            if port > 65535:
                raise Failure("no free port is left")
        taken.append(port)
        chosen[service][listener] = port
    write_atomically(PORTS, json.dumps(kept | chosen, indent=2) + "\n")
    return chosen


def addresses(ports):
    """The base URLs of the listeners, shaped as in run.json."""
    return {service: {listener: f"http://127.0.0.1:{port}" for listener, port in listeners.items()}
            for service, listeners in ports.items() if service in DEFAULTS}
