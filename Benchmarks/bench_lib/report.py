"""The table, with what machine and which versions it was made."""
import os
import platform as machine
import subprocess
import time
from dataclasses import dataclass

from sandbox_lib.layout import ROOT


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


def write(rows, platform):
    """Writes Benchmarks/results.md and returns its text."""
    commit = _output("git", "rev-parse", "--short", "HEAD") or "unknown"
    kernel = machine.release().split("-")[0]
    lines = [
        "# Results",
        "",
        "Written by `make bench`. Release build.",
        "",
        "| figure | measured | goal | | remark |",
        "|---|---|---|---|---|",
        *(f"| {row.figure} | {row.measured} | {row.goal} | {row.mark} | {row.remark} |" for row in rows),
        "",
        f"- {time.strftime('%Y-%m-%d', time.gmtime())}, commit {commit}",
        f"- {_processor()}, {os.cpu_count()} cores, {_memory()} GiB; Linux {kernel}",
        f"- {_output('swift', '--version').splitlines()[0]}; PostgreSQL {platform.version()}; "
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
