"""Processes: started so that they end with us, and recognised when an earlier run has left them."""
import ctypes
import os
import signal
import subprocess
import time

from .layout import LOGS

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def unblock_signals():
    """What a child does first: the supervisor blocks the signals that it waits for."""
    signal.pthread_sigmask(signal.SIG_SETMASK, [])


def spawn(command, environment, log_name):
    """Starts a program with its output appended to its log. It gets SIGTERM when this process dies, however it dies."""
    parent = os.getpid()

    def prepare():
        unblock_signals()
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(0)

    with open(LOGS / f"{log_name}.log", "ab") as log:
        return subprocess.Popen(command, env=environment, cwd="/", stdin=subprocess.DEVNULL, stdout=log,
                                stderr=subprocess.STDOUT, start_new_session=True, preexec_fn=prepare)


def started_at(pid):
    """When a process began, in ticks since boot; None when it is gone. With the pid it names a process for good."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            fields = file.read().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in ("Z", "X") else int(fields[19])


def end(identities, patience):
    """Ends processes, given as (pid, start) pairs: SIGTERM, then SIGKILL when `patience` seconds are over."""
    left = [(pid, start) for pid, start in identities if start is not None and started_at(pid) == start]
    for number, limit in ((signal.SIGTERM, patience), (signal.SIGKILL, 5)):
        for pid, _ in left:
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                pass
        deadline = time.monotonic() + limit
        while left and time.monotonic() < deadline:
            left = [(pid, start) for pid, start in left if started_at(pid) == start]
            if left:
                time.sleep(0.02)
    return not left
