"""What no program of this design can beat, measured beside it: OpenSSL's signatures, PostgreSQL's statements, C."""
import json
import os
import re
import subprocess
import tempfile
from pathlib import Path

from sandbox_lib.layout import ROOT

from .sink import FOLDER, pinned


def rsa_signatures(seconds, processes=1, environment=None):
    """RSA-2048 signatures a second: `openssl speed`, on the first core or on so many cores, with more variables."""
    command = ["openssl", "speed", "-mr", "-seconds", seconds]
    command = (pinned(0, [*command, "rsa2048"]) if processes == 1
               else [*map(str, command), "-multi", str(processes), "rsa2048"])
    text = subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, text=True, env=os.environ | (environment or {})).stdout
    # The last line of its kind: with -multi each process prints its own first.
    found = re.findall(r"^\+F2:\d+:2048:([0-9.]+):", text, re.MULTILINE)
    if not found:
        raise SystemExit(f"bench: openssl speed printed no RSA figure:\n{text}")
    return float(found[-1])


def links_in_c(count):
    """Links a second that a loop in C mints."""
    return rate(pinned(0, [compiled("limits/links.c", "-lcrypto"), count]))


def compiled(source, *libraries):
    """The program of a file in C below Benchmarks/, compiled unless it is newer."""
    source = ROOT / "Benchmarks" / source
    program = FOLDER / source.stem
    if not program.exists() or program.stat().st_mtime < source.stat().st_mtime:
        subprocess.run(["cc", "-O2", "-Wall", "-o", program, source, *libraries], check=True)
    return program


def rate(command):
    """What a program says that prints a count and nanoseconds in one line of JSON, as a rate."""
    text = subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True).stdout
    figures = json.loads(text)
    return figures["count"] / figures["nanoseconds"] * 1e9


def pgbench(url, script, seconds, variables=None):
    """Transactions a second of a script: prepared, 16 connections, one thread."""
    return float(re.search(r"tps = ([0-9.]+)", _pgbench(url, script, seconds, variables)).group(1))


def pgbench_times(url, script, seconds, rate, variables=None):
    """The median and the p99 in milliseconds of a script that is run so many times a second."""
    with tempfile.TemporaryDirectory() as folder:
        _pgbench(url, script, seconds, variables, "--rate", int(rate), "--log", f"--log-prefix={folder}/times")
        times = sorted(int(line.split()[2]) / 1e3 for file in Path(folder).iterdir()
                       for line in file.read_text(encoding="utf-8").splitlines())
    return times[len(times) // 2], times[int(len(times) * 0.99)]


def _pgbench(url, script, seconds, variables, *options):
    file = FOLDER / "statement.sql"
    file.write_text(script, encoding="utf-8")
    defined = [word for name, value in (variables or {}).items() for word in ("-D", f"{name}={value}")]
    command = ["pgbench", "-n", "-M", "prepared", "-c", "16", "-j", "1", "-T", seconds, *options, *defined, "-f", file, url]
    result = subprocess.run(list(map(str, command)), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, text=True)
    if result.returncode != 0 or "number of failed transactions: 0 " not in result.stdout:
        raise SystemExit(f"bench: pgbench failed:\n{result.stdout}")
    return result.stdout
