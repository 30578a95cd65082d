"""P4: what phones ask of Apple's web service. P5: what they tell it. Both against pgbench with a statement for each."""
import base64
import hashlib
import hmac
import json
import random
import statistics

from sandbox_lib import keys

from . import demo, limits, wrk
from .report import against
from .sink import PASS_TYPE, certificates

PAIRS = 5
SECONDS = 3
PASSES = 100_000
# As many devices, two registrations each.
DEVICES = PASSES
REQUESTS = 50_000
# Devices that are ended.
LEAVING = 200_000
CAMPAIGN = "registry"
# Every request comes from one address here.
NO_LIMITS = {"CREATE_RATE_PER_ADDRESS": "0", "DEVICE_RATE_PER_DEVICE": "0"}

CHANGES = """
\\set n random(1, :devices)
WITH now AS (
    SELECT coalesce((SELECT t.clock FROM registry.pass_types t WHERE t.pass_type_identifier = :pass_type), 0) AS clock,
        1::bigint AS since
)
SELECT now.clock, ARRAY(
    SELECT r.serial_number
    FROM registry.registrations r
    LEFT JOIN registry.passes p
        ON p.pass_type_identifier = r.pass_type_identifier AND p.serial_number = r.serial_number
    WHERE r.device_library_identifier = 'registry-' || :n AND r.pass_type_identifier = :pass_type
        AND (now.since IS NULL OR now.since > now.clock OR greatest(r.tag, p.tag) > now.since)
    ORDER BY r.serial_number
)
FROM now;
"""
PASS = """
\\set n random(1, :passes)
SELECT serial_number, campaign_id, pass_key, platforms, contact, voucher, voided, campaign_version, version,
    token_key_id, data_at, last_modified, changed_at, created_at, updated_at
FROM issuer.passes WHERE serial_number = 'registry-' || :n;
SELECT c.created_at, c.current_version, c.activated_at, c.ends_at, c.ended_at, w.id, w.revision,
    w.pass_type_identifier, w.google_issuer_id IS NOT NULL, w.organization_name IS NOT NULL
FROM issuer.campaigns c JOIN issuer.wallet_configurations w ON w.id = c.wallet_configuration_id
WHERE c.id = 'registry';
"""
REGISTER = """
\\set i :i + 1
SELECT registry.register_device('pgbench-' || :run || '-' || :client_id || '-' || :i,
    encode(sha256((:run || '-' || :client_id || '-' || :i)::bytea), 'hex'), :pass_type,
    'registry-' || (1 + :i::int % :passes::int));
"""
UNREGISTER = """
\\set i :i + 1
SELECT registry.unregister_device('leaving-' || (:i::int * 16 + :client_id::int), :pass_type, 'registry-1');
"""


def measure(platform):
    """The rows of P4 and P5."""
    authority = certificates()
    with platform.running("pass-issuer", "device-registry"):
        demo.provide(platform, authority, CAMPAIGN)
        fill(platform)
        return [
            _row(platform, "P4 \"what changed\" a second", 0.45, 10, changes_requests, CHANGES),
            _row(platform, "P4 unchanged passes (304) a second", 0.45, 10, pass_requests, PASS),
            _row(platform, "P5 registrations a second, durable", 0.65, 15, register_requests, REGISTER),
            _row(platform, "P5 unregistrations a second, durable", 0.65, 15, unregister_requests, UNREGISTER,
                 before=leaving),
        ]


def _row(platform, figure, goal, tail_goal, requests, script, before=None):
    pairs, tails = [], []
    for number in range(PAIRS + 1):
        if before:
            before(platform)
        limit = limits.pgbench(platform.database["SUPERUSER_DATABASE_URL"], script, SECONDS, variables(number))
        if before:
            before(platform)
        load = wrk.run(platform.urls["registry"]["public"], requests(number), SECONDS)
        # The first warms both up.
        if number > 0:
            pairs.append((limit, load.rate))
            tails.append(load.p99_milliseconds)
    return against(
        f"{figure}, against pgbench with a statement for each", goal, pairs,
        f"16 connections, {PASSES:,} passes, {2 * DEVICES:,} registrations", tail=(statistics.median(tails), tail_goal))


def variables(run=0):
    """What the scripts name."""
    return {"pass_type": PASS_TYPE, "devices": DEVICES, "passes": PASSES, "i": 0, "run": run}


def changes_requests(number, devices=DEVICES):
    """What devices ask, each for what changed."""
    chooser = random.Random(number)
    return [["GET", f"/v1/devices/registry-{chooser.randint(1, devices)}/registrations/{PASS_TYPE}"
             "?passesUpdatedSince=1"] for _ in range(REQUESTS)]


def pass_requests(number, passes=PASSES):
    """Fetches of passes that phones hold already."""
    chooser = random.Random(number)
    requests = []
    for _ in range(REQUESTS):
        serial = f"registry-{chooser.randint(1, passes)}"
        requests.append(["GET", f"/v1/passes/{PASS_TYPE}/{serial}", authorization(serial),
                         "If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT"])
    return requests


def register_requests(number):
    """Registrations of devices that nobody has seen."""
    requests = []
    # More than can be sent in the time: each device is new.
    for index in range(3 * REQUESTS):
        serial = f"registry-{1 + index % PASSES}"
        body = json.dumps({"pushToken": hashlib.sha256(f"{number}-{index}".encode()).hexdigest()})
        requests.append(["POST", f"/v1/devices/wrk-{number}-{index}/registrations/{PASS_TYPE}/{serial}",
                         authorization(serial), "Content-Type: application/json", body])
    return requests


def unregister_requests(_number, count=LEAVING):
    """The ends of what `leaving` has put there."""
    shown = authorization("registry-1")
    return [["DELETE", f"/v1/devices/leaving-{index}/registrations/{PASS_TYPE}/registry-1", shown]
            for index in range(1, count + 1)]


_codes = {}


def authorization(serial):
    """The header by which a phone shows that it holds a pass."""
    if not _codes:
        kid, key = keys.key_ring("pass-token-keys").read_text(encoding="utf-8").strip().split(",")[0].split(":", 1)
        _codes.update(kid=kid, key=base64.b64decode(key))
    code = hmac.digest(_codes["key"], PASS_TYPE.encode() + b"\0" + serial.encode(), hashlib.sha256)
    return f"Authorization: ApplePass {_codes['kid']}.{base64.urlsafe_b64encode(code).decode().rstrip('=')}"


def fill(platform, passes=PASSES, behind=0):
    """Passes and registrations as links and phones leave them, two to a device; every tenth pass has changed.

    `behind` says how many are there already; what is there stays. Without triggers and checks of references, which
    would take hours at 10,000,000: what they write is not what is measured.
    """
    kid = keys.key_ring("pass-token-keys").read_text(encoding="utf-8").split(":", 1)[0]
    platform.execute(f"""
        SET session_replication_role = replica;
        INSERT INTO issuer.passes (serial_number, campaign_id, pass_key, platforms, contact, voucher, campaign_version,
            version, token_key_id, data_at, last_modified, created_at, updated_at)
        SELECT 'registry-' || n, '{CAMPAIGN}', n::text, '{{apple}}',
            json_build_object('id', n::text, 'firstName', 'Ada', 'lastName', 'Lovelace'),
            json_build_object('points', n), c.current_version, 1, '{kid}', now(), extract(epoch FROM now())::bigint,
            now(), now()
        FROM issuer.campaigns c, generate_series({behind + 1}, {passes}) n WHERE c.id = '{CAMPAIGN}'
        ON CONFLICT DO NOTHING;
        INSERT INTO registry.pass_types (pass_type_identifier, clock) VALUES ('{PASS_TYPE}', 5)
        ON CONFLICT (pass_type_identifier) DO UPDATE SET clock = greatest(registry.pass_types.clock, 5);
        INSERT INTO registry.passes (pass_type_identifier, serial_number, tag)
        SELECT '{PASS_TYPE}', 'registry-' || n, 2 FROM generate_series({behind + 1}, {passes}, 10) n
        ON CONFLICT DO NOTHING;
        INSERT INTO registry.devices (device_library_identifier, push_token)
        SELECT 'registry-' || n, encode(sha256(('registry' || n)::bytea), 'hex')
        FROM generate_series({behind + 1}, {passes}) n ON CONFLICT DO NOTHING;
        INSERT INTO registry.registrations (device_library_identifier, pass_type_identifier, serial_number, tag)
        SELECT 'registry-' || n, '{PASS_TYPE}', 'registry-' || (1 + (n::bigint * k) % {passes}), 5
        FROM generate_series({behind + 1}, {passes}) n, generate_series(1, 2) k ON CONFLICT DO NOTHING;
        """)
    platform.execute("VACUUM ANALYZE")


def leaving(platform, count=LEAVING):
    """Devices with one registration each, to be ended.

    One that is there is held: requests that were under way when the load ended may still take it away.
    """
    platform.execute(f"""
        INSERT INTO registry.devices (device_library_identifier, push_token)
        SELECT 'leaving-' || n, encode(sha256(('leaving' || n)::bytea), 'hex') FROM generate_series(1, {count}) n
        ON CONFLICT (device_library_identifier) DO UPDATE SET push_token = excluded.push_token;
        INSERT INTO registry.registrations (device_library_identifier, pass_type_identifier, serial_number)
        SELECT 'leaving-' || n, '{PASS_TYPE}', 'registry-1' FROM generate_series(1, {count}) n
        ON CONFLICT DO NOTHING;
        """)
