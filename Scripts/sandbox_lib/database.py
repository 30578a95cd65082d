"""The private PostgreSQL cluster, through Scripts/postgres."""
import os
import shlex
import subprocess

from .layout import POSTGRES, SCRIPTS, Failure
from .processes import unblock_signals


def _call(command):
    return subprocess.run([str(SCRIPTS / "postgres"), command, str(POSTGRES)], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=unblock_signals)


def start():
    """Starts the cluster if it is down and returns its URLs by name."""
    result = _call("start")
    if result.returncode != 0:
        raise Failure(result.stderr.strip() or "PostgreSQL did not start")
    return dict(word.split("=", 1) for word in shlex.split(result.stdout))


def stop():
    _call("stop")


def has_crashed():
    """True when the server has gone without its shutdown: one that was stopped on purpose has removed this file."""
    data = POSTGRES / "data"
    try:
        pid = (data / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0].strip()
    except OSError:
        return False
    try:
        return os.readlink(f"/proc/{pid}/cwd") != str(data)
    except OSError:
        return pid.isdigit()
