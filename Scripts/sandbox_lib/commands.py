"""What the user types."""
import os
import shutil
import signal
import subprocess
import sys
import time

from . import database, demo, supervisor, web
from .layout import (CONFIGURATION, LOCAL, LOGS, ROOT, RUN, SCRIPTS, SUPERVISOR_LOG, Failure, read_json,
                     sandbox_is_on)


def build():
    print(f"building ({CONFIGURATION})", flush=True)
    log = LOGS / "build.log"
    started = time.monotonic()
    with open(log, "w", encoding="utf-8") as file:
        # The whole of it on a terminal, where it shows progress; else only when it fails.
        output = None if sys.stdout.isatty() else file
        status = subprocess.run([str(SCRIPTS / "build"), "-c", CONFIGURATION], cwd=ROOT, stdin=subprocess.DEVNULL,
                                stdout=output, stderr=subprocess.STDOUT if output else None).returncode
    if status != 0:
        raise Failure(log.read_text(encoding="utf-8", errors="replace")[-8000:] + "\nthe build failed")
    print(f"built in {time.monotonic() - started:.0f} s", flush=True)


def start():
    """Starts what is not running; returns what run.json says."""
    LOGS.mkdir(parents=True, exist_ok=True)
    if supervisor.running_supervisor() is not None:
        print("running already", flush=True)
        database.start()
        return _wait_until_ready()
    build()
    RUN.unlink(missing_ok=True)
    with open(SUPERVISOR_LOG, "ab") as log:
        log_start = log.tell()
        process = subprocess.Popen([sys.executable, str(SCRIPTS / "sandbox"), "supervise"], cwd=ROOT,
                                   stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
    try:
        return _wait_until_ready(process, log_start)
    except (Failure, KeyboardInterrupt):
        stop()
        raise


def _wait_until_ready(process=None, log_start=0):
    """Waits for run.json and for every service; `process` is the supervisor if this command has started it."""
    deadline = time.monotonic() + supervisor.READY_WITHIN + supervisor.PATIENCE + 30
    while time.monotonic() < deadline:
        run = read_json(RUN, None)
        if run is not None and _all_ready(run):
            return run
        # With status 0 it has found that another one is already there.
        if process is not None and process.poll() not in (None, 0):
            with open(SUPERVISOR_LOG, encoding="utf-8", errors="replace") as log:
                log.seek(log_start)
                raise Failure(log.read().strip())
        time.sleep(0.05)
    raise Failure(f"not ready in time; see {LOGS.relative_to(ROOT)}/")


def _all_ready(run):
    return all(web.is_ready(run[short]["internal"]) for short in ("issuer", "registry", "bridge", "push"))


def stop():
    """Ends everything; harmless when nothing runs."""
    pid = supervisor.running_supervisor()
    if pid:
        try:
            os.kill(pid, signal.SIGTERM)
        except ProcessLookupError:
            pass
        deadline = time.monotonic() + supervisor.PATIENCE + 20
        while supervisor.running_supervisor() == pid:
            if time.monotonic() > deadline:
                raise Failure(f"the supervisor (process {pid}) does not end; see {SUPERVISOR_LOG.relative_to(ROOT)}")
            time.sleep(0.02)
    if LOCAL.exists():
        supervisor.end_leftovers()
        database.stop()


def reset():
    stop()
    if LOCAL.exists():
        shutil.rmtree(LOCAL)


def run():
    """`make run`: in the foreground; Ctrl-C, a closed terminal and `make stop` end it."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        state = start()
        if sandbox_is_on():
            demo.follow_one_pass(state)
        _print_addresses(state)
        print("\nCtrl-C stops everything.", flush=True)
        while supervisor.running_supervisor() is not None:
            time.sleep(0.5)
        print("stopped from elsewhere", flush=True)
    except KeyboardInterrupt:
        print("\nstopping", flush=True)
    finally:
        # A second Ctrl-C must not leave things behind.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        stop()
    print("stopped", flush=True)


def _interrupt(_number, _frame):
    raise KeyboardInterrupt


def _print_addresses(state):
    print("\nrunning:")
    for short, name in (("issuer", "pass-issuer"), ("registry", "device-registry"), ("bridge", "google-bridge"),
                        ("push", "push-sender")):
        listeners = "  ".join(f"{listener} {url}" for listener, url in state[short].items())
        print(f"  {name:<16} {listeners}")
    for name, listeners in state.get("simulators", {}).items():
        print(f"  {name:<16} " + "  ".join(f"{listener} {url}" for listener, url in listeners.items()))
    print(f"  tokens, database, process ids: {RUN.relative_to(ROOT)}; logs: {LOGS.relative_to(ROOT)}/", flush=True)


def main(arguments, usage):
    """Runs the command that the arguments name."""
    known = {"run": run, "start": start_in_background, "stop": stop, "reset": reset, "supervise": supervisor.main}
    if len(arguments) != 1 or arguments[0] not in known:
        sys.exit(usage)
    try:
        known[arguments[0]]()
    except Failure as failure:
        sys.exit(f"sandbox: {failure}")
    except BrokenPipeError:
        # Nobody reads on; what was asked for is done or has been undone.
        os._exit(1)


def start_in_background():
    """`make start`."""
    state = start()
    if sandbox_is_on():
        try:
            print("a link for a phone or a browser: " + demo.provide(state), flush=True)
        except Failure as failure:
            # The services are up, which is what was asked for.
            print(f"sandbox: no demo campaign: {failure}", file=sys.stderr)
    _print_addresses(state)
