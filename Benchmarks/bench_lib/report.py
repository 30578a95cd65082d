"""The table, with what machine and which versions it was made."""
import os
import platform as machine
import statistics
import subprocess
import time
from dataclasses import dataclass

from sandbox_lib.layout import ROOT

# What of a rate must be left with a hundred times the data (P11).
GROWTH_GOAL = 0.7
# What a service may take beyond its peak memory with the least data.
MEMORY_GROWTH_GOAL_MEGABYTES = 16


@dataclass
class Row:
    """One figure beside its goal."""
    figure: str
    measured: str
    goal: str
    is_met: bool
    remark: str

    @property
    def mark(self):
        """How the table says it."""
        return "✓" if self.is_met else "✗"


def against(figure, goal, pairs, remark, digits=2, tail=None):
    """The row of pairs, each the limit's rate and ours: the median of their ratios, and the spread.

    `tail` is a p99 and the most that it may be, in milliseconds.
    """
    ratios = [ours / limit for limit, ours in pairs]
    ratio = statistics.median(ratios)
    limit, ours = (statistics.median(column) for column in zip(*pairs))
    measured, wanted, is_met = f"{ratio:.{digits}f}", f"≥ {goal:.2f}", ratio >= goal
    if tail:
        measured, wanted = f"{measured}, p99 {tail[0]:.1f} ms", f"{wanted}, ≤ {tail[1]} ms"
        is_met = is_met and tail[0] <= tail[1]
    spread = f"{min(ratios):.{digits}f}–{max(ratios):.{digits}f}"
    return Row(figure, measured, wanted, is_met, f"{ours:,.0f} of {limit:,.0f}; {len(pairs)} pairs, {spread}; {remark}")


def grown(figure, ours, fewest, remark):
    """The row of a rate with more data, against the one with the least."""
    return Row(figure, f"{ours / fewest:.2f}", f"≥ {GROWTH_GOAL:.2f}", ours / fewest >= GROWTH_GOAL,
               f"{ours:,.0f} of {fewest:,.0f}; {remark}")


def table(rows):
    """The rows as they stand in the file."""
    return "\n".join([
        "| figure | measured | goal | | remark |", "|---|---|---|---|---|",
        *(f"| {row.figure} | {row.measured} | {row.goal} | {row.mark} | {row.remark} |" for row in rows)])


def write(rows, postgres_version):
    """Writes Benchmarks/results.md and returns its text."""
    commit = _output("git", "rev-parse", "--short", "HEAD") or "unknown"
    kernel = machine.release().split("-")[0]
    lines = [
        "# Results",
        "",
        "Written by `make bench`. Release build.",
        "",
        table(rows),
        "",
        f"- {time.strftime('%Y-%m-%d', time.gmtime())}, commit {commit}",
        f"- {_processor()}, {os.cpu_count()} cores, {_memory()} GiB; Linux {kernel}",
        f"- {_output('swift', '--version').splitlines()[0]}; PostgreSQL {postgres_version}; "
        f"{_output('openssl', 'version').split(' (')[0]}",
        "",
    ]
    text = "\n".join(lines)
    (ROOT / "Benchmarks" / "results.md").write_text(text, encoding="utf-8")
    return text


def _output(*command):
    try:
        result = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    except OSError:
        return ""
    return result.stdout.strip()


def _processor():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        names = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
    return names[0] if names else machine.machine()


def _memory():
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)
