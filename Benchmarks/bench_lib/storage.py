"""What an installed pass costs in PostgreSQL: bytes of disk, indexes included, by schema."""
from . import pushes
from .report import Row
from .sink import Sink, certificates

PASSES = 200_000
# Each table that has a row for an installed pass, and what stands in it.
TABLES = {
    "issuer.passes": "the pass",
    "registry.devices": "its phone",
    "registry.registrations": "the phone's registration",
    "registry.passes": "its update tag, once it has changed",
    "issuer.pass_events": "each change, in its timeline",
    "push.results": "each push, in its timeline",
}


def measure(platform):
    """A row for each table."""
    authority = certificates()
    with Sink(authority) as sink, pushes.running(platform, sink, authority, pushes.SERVICES):
        before = _sizes(platform)
        # One round: each pass changes once and is pushed once.
        pushes.change_all(platform, sink, authority, PASSES, rounds=1, campaign="storage")
        after = _sizes(platform)
    rows = []
    for table, what in TABLES.items():
        size = (after[table] - before[table]) / PASSES
        rows.append(Row(f"Disk for {what} ({table})", f"{size:.0f} bytes", "–", True, f"{PASSES:,} rows, indexes included"))
    return rows


def _sizes(platform):
    # A table that has partitions holds nothing itself; one that has none is no partition tree.
    sums = ", ".join(
        f"pg_total_relation_size('{table}') + (SELECT coalesce(sum(pg_total_relation_size(relid)), 0)"
        f" FROM pg_partition_tree('{table}') WHERE isleaf)" for table in TABLES)
    [sizes] = platform.execute(f"SELECT {sums}")
    return dict(zip(TABLES, map(int, sizes)))
