"""How PostgreSQL carries out the statements on a phone's way where it holds as much as it is to hold."""
import re
import time

from sandbox_lib import keys, web

from . import opening, people, pushes, registry
from .report import Row
from .sink import PASS_TYPE, Sink

SECONDS = 2
CONNECTIONS = 4
# Resting so long, callers ask often enough, and what is written down stays small.
REST_SECONDS = 0.01
CHANGED = 200
# A table that PostgreSQL is right to read as a whole is smaller.
LARGE_BYTES = 1 << 20
# Words of statements whose plans must be among them, so that an empty log proves nothing.
EXPECTED = ("INTO issuer.passes", "registry.register", "registry.unregister", "registry.apply_update", "push.settle",
            "greatest(r.tag, p.tag)", "FROM issuer.passes", "UPDATE issuer.passes")


def measure(platform, authority, passes):
    """The row of plans that read a whole table."""
    [[database]] = platform.execute("SELECT quote_ident(current_database())")
    for setting in ("session_preload_libraries = 'auto_explain'", "auto_explain.log_min_duration = 0",
                    "auto_explain.log_nested_statements = on"):
        platform.execute(f"ALTER DATABASE {database} SET {setting}")
    behind = len(platform.log())
    with Sink(authority) as sink, pushes.running(
            platform, sink, authority, pushes.SERVICES, registry.NO_LIMITS):
        _circle(platform, sink, passes)
    for setting in ("session_preload_libraries", "auto_explain.log_min_duration", "auto_explain.log_nested_statements"):
        platform.execute(f"ALTER DATABASE {database} RESET {setting}")
    plans = platform.log()[behind:].split("plan:\n")[1:]
    missing = [words for words in EXPECTED if not any(words in plan for plan in plans)]
    if missing:
        raise SystemExit(f"bench: no plan of {', '.join(missing)} among {len(plans):,} in PostgreSQL's log")
    large = [name for [name] in platform.execute(
        f"SELECT DISTINCT relname FROM pg_stat_user_tables WHERE pg_relation_size(relid) > {LARGE_BYTES} ORDER BY 1")]
    whole = {}
    for plan in plans:
        # What measures a queue every few seconds reads all of it.
        if plan.lstrip().startswith("Query Text: SELECT count(*)"):
            continue
        for name in re.findall(r"Seq Scan on (\w+)", plan):
            if name in large:
                whole.setdefault(name, plan)
    for name, plan in whole.items():
        print(f"{name} is read as a whole:\n" + re.split(r"^\d", plan, flags=re.MULTILINE)[0], flush=True)
    return Row(f"Large tables that a statement on a phone's way reads as a whole, {passes:,} passes",
               ", ".join(sorted(whole)) or "none", "none", not whole,
               f"of {len(plans):,} plans that auto_explain wrote down; of {', '.join(large)}")


def _circle(platform, sink, passes):
    """Opens, registrations, changes by push, fetches and ends, as the figures have them."""
    issuer, phones = platform.urls["issuer"]["public"], platform.urls["registry"]["public"]
    registry.leaving(platform)
    for base, requests in (
            (issuer, opening.requests(platform, "plans")),
            (phones, registry.changes_requests(7, passes)),
            (phones, registry.pass_requests(7, passes)),
            (phones, [request[:3] for request in registry.pass_requests(8, passes)]),
            (phones, registry.register_requests("plans")),
            (phones, registry.unregister_requests(0))):
        people.run(base, requests, SECONDS, connections=CONNECTIONS, rest_seconds=REST_SECONDS)
    admin = web.Caller(platform.urls["issuer"]["internal"], keys.token("admin"))
    serials = [f"{registry.CAMPAIGN}-{number}" for number in range(2, 2 * CHANGED + 2)]
    told, arrived = _told(platform, serials), sink.requests
    for serial in serials[:CHANGED]:
        admin("PATCH", f"/admin/v1/passes/{serial}", {"voucher": {"points": -1}})
    lines = "".join(f'{{"serialNumber": "{serial}", "voucher": {{"points": -2}}}}\n' for serial in serials[CHANGED:])
    admin("POST", "/admin/v1/pass-updates", lines.encode(), "application/x-ndjson")
    pushes.Topic(platform, sink).wait_for_arrival(arrived + told)
    # What APNs answered is written down in batches.
    time.sleep(2)


def _told(platform, serials):
    """How many pushes tell all phones that have one of the passes: one for each token."""
    names = ", ".join(f"'{serial}'" for serial in serials)
    # Its own plan is not on a phone's way.
    [[count]] = platform.execute(
        "SET auto_explain.log_min_duration = -1;"
        " SELECT count(DISTINCT push_token) FROM registry.registrations JOIN registry.devices"
        f" USING (device_library_identifier) WHERE pass_type_identifier = '{PASS_TYPE}' AND serial_number IN ({names})")
    return int(count)
