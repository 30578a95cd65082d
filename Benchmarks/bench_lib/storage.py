"""What an installed pass costs in PostgreSQL: bytes of disk, indexes included, and what its changes leave behind."""
from . import pushes
from .report import Row
from .sink import Sink, certificates

PASSES = 100_000
# Each table that has a row for an installed pass, and what stands in it.
TABLES = {
    "issuer.passes": "the pass",
    "registry.devices": "its phone",
    "registry.registrations": "the phone's registration",
    "registry.passes": "its update tag, once it has changed",
    "issuer.pass_events": "each change, in its timeline",
    "push.results": "each push, in its timeline",
}
# Those whose rows are written anew by each change, or go once it is told.
REWRITTEN = ("issuer.passes", "registry.passes", "push.jobs")
CHANGES = 12
BLOAT_GOAL = 1.1


def measure(platform):
    """A row for each table, and one for the room that dead rows take after many changes of each pass."""
    authority = certificates()
    tables = {*TABLES, *REWRITTEN}
    with Sink(authority) as sink, pushes.running(platform, sink, authority, pushes.SERVICES):
        before = _sizes(platform, tables)
        sizes = [_sizes(platform, tables)
                 for _ in pushes.changes(platform, sink, authority, PASSES, CHANGES, campaign="storage")]
    # After one change, each pass was pushed once.
    rows = [
        Row(f"Disk for {what} ({table})", f"{(sizes[0][table] - before[table]) / PASSES:.0f} bytes", "–", True,
            f"{PASSES:,} rows, indexes included")
        for table, what in TABLES.items()]
    last, earlier = sizes[-1], sizes[CHANGES // 2 - 1]
    growth = max(last[table] / earlier[table] for table in REWRITTEN)
    rows.append(Row(
        f"Disk for what each change writes anew, after {CHANGES} changes of each pass, against {CHANGES // 2}",
        f"{growth:.2f}", f"≤ {BLOAT_GOAL:.1f}", growth <= BLOAT_GOAL,
        ", ".join(f"{table} {last[table] / 1e6:.0f} of {earlier[table] / 1e6:.0f} MB" for table in REWRITTEN)
        + "; one change after the other, without a pause"))
    return rows


def _sizes(platform, tables):
    # A table that has partitions holds nothing itself; one that has none is no partition tree.
    sums = ", ".join(
        f"pg_total_relation_size('{table}') + (SELECT coalesce(sum(pg_total_relation_size(relid)), 0)"
        f" FROM pg_partition_tree('{table}') WHERE isleaf)" for table in tables)
    [sizes] = platform.execute(f"SELECT {sums}")
    return dict(zip(tables, map(int, sizes)))
