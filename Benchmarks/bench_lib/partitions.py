"""What hash partitions of the tables of phones would bring: the statements of a phone's way on copies that have some."""
from . import demo, limits, registry
from .report import Row, against
from .sink import PASS_TYPE, certificates

PASSES = 1_000_000
PARTITIONS = 16
PAIRS = 5
SECONDS = 3
SCHEMA = "parted"
# By what each is partitioned, as docs/scaling.md says.
TABLES = {"registrations": "device_library_identifier", "passes": "serial_number"}
REGISTRATION = """
\\set n random(1, :devices)
\\set m random(1, :passes)
INSERT INTO registry.registrations (device_library_identifier, pass_type_identifier, serial_number)
VALUES ('registry-' || :n, :pass_type, 'registry-' || :m)
ON CONFLICT (device_library_identifier, pass_type_identifier, serial_number) DO UPDATE SET renewed_at = now();
"""


def measure(platform):
    """A row for what phones ask and one for what they tell, each with partitions against without."""
    with platform.running("pass-issuer"):
        demo.provide(platform, certificates(), registry.CAMPAIGN)
    print(f"filling {PASSES:,} passes and {2 * PASSES:,} registrations, with {PARTITIONS} partitions and without", flush=True)
    registry.fill(platform, PASSES)
    _copy(platform)
    return [_row(platform, "\"what changed\"", registry.CHANGES), _row(platform, "registrations", REGISTRATION)]


def _copy(platform):
    statements = [f"CREATE SCHEMA {SCHEMA}",
                  f"CREATE TABLE {SCHEMA}.pass_types (LIKE registry.pass_types INCLUDING ALL)",
                  f"INSERT INTO {SCHEMA}.pass_types SELECT * FROM registry.pass_types"]
    for table, column in TABLES.items():
        statements.append(f"CREATE TABLE {SCHEMA}.{table} (LIKE registry.{table} INCLUDING ALL) PARTITION BY HASH ({column})")
        statements += [f"CREATE TABLE {SCHEMA}.{table}_{number} PARTITION OF {SCHEMA}.{table}"
                       f" FOR VALUES WITH (MODULUS {PARTITIONS}, REMAINDER {number}) WITH (fillfactor = 80)"
                       for number in range(PARTITIONS)]
        statements.append(f"INSERT INTO {SCHEMA}.{table} SELECT * FROM registry.{table}")
    # Copies have no references of their own.
    statements.append(f"ALTER TABLE {SCHEMA}.registrations ADD FOREIGN KEY (device_library_identifier)"
                      " REFERENCES registry.devices")
    for statement in [*statements, "VACUUM ANALYZE", "CHECKPOINT"]:
        platform.execute(statement)


def _row(platform, name, script):
    url = platform.database["SUPERUSER_DATABASE_URL"]
    variables = registry.variables() | {"pass_type": PASS_TYPE, "devices": PASSES, "passes": PASSES}
    pairs = [(limits.pgbench(url, script, SECONDS, variables),
              limits.pgbench(url, script.replace("registry.", f"{SCHEMA}."), SECONDS, variables))
             for _ in range(PAIRS)]
    row = against(f"The statement of {name} a second with {PARTITIONS} hash partitions, against none", 0, pairs,
                  f"pgbench, 16 connections, {PASSES:,} passes, {2 * PASSES:,} registrations")
    return Row(row.figure, row.measured, "–", True, row.remark)
