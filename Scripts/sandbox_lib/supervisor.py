"""The process that starts services and simulators, starts them again when they die, and ends them."""
import fcntl
import json
import os
import signal
import struct
import sys
import time

from . import database, keys, ports, processes, services, simulators, web
from .layout import (BINARIES, LOCAL, LOCK, LOGS, PROCESSES, ROOT, RUN, Failure, read_json, write_atomically)

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 10.0
# A service that has run this long has recovered: its next pause is the first one again.
RECOVERED_AFTER = 30.0
READY_WITHIN = 60.0
# Longer than the services' own shutdown deadline.
PATIENCE = 40.0
WRONG_CONFIGURATION = 78
SIGNALS = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD}


class Child:
    """One service or simulator: its process, and when it may be started again."""

    def __init__(self, name, command, environment):
        self.name = name
        self.command = command
        self.environment = environment
        self.process = None
        self.started = 0.0
        self.start_at = 0.0
        self.pause = FIRST_PAUSE

    def start(self):
        self.process = processes.spawn(self.command, self.environment, self.name)
        self.started = time.monotonic()

    def note_end(self, status):
        self.process = None
        now = time.monotonic()
        if now - self.started > RECOVERED_AFTER:
            self.pause = FIRST_PAUSE
        self.start_at = now + self.pause
        log(f"{self.name} ended ({_describe(status)}); it is started again in {self.pause:g} s")
        self.pause = min(self.pause * 2, LONGEST_PAUSE)


def log(text):
    print(f"{time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())} {text}", flush=True)


def _describe(status):
    return f"signal {-status}" if status < 0 else f"status {status}"


def end_leftovers():
    """Ends the services of a supervisor that was killed, so that their ports and their database are free."""
    identities = [tuple(entry) for entry in read_json(PROCESSES, {}).values()]
    if not processes.end(identities, PATIENCE):
        raise Failure("processes of an earlier run do not end: " + json.dumps(read_json(PROCESSES, {})))
    PROCESSES.unlink(missing_ok=True)
    RUN.unlink(missing_ok=True)


class Supervisor:
    """Owns the services from their start to their end."""

    def __init__(self):
        self.database = database.start()
        services.migrate(BINARIES, self.database)
        stand_ins = simulators.wanted()
        if stand_ins:
            simulators.prepare()
        chosen = ports.choose({name: simulators.PORTS[name] for name in stand_ins})
        self.urls = ports.addresses(chosen)
        self.simulators = simulators.addresses(chosen)
        self.children = [Child(name, simulators.command(name, chosen), dict(os.environ)) for name in stand_ins]
        self.children += [
            Child(name, [str(BINARIES / name)],
                  services.environment(name, self.urls, chosen, self.database,
                                       simulators.settings(name, self.simulators)))
            for name in services.SERVICES]
        self.is_ready = False
        self.database_pause = FIRST_PAUSE
        self.check_database_at = 0.0

    def run(self):
        """Returns after SIGTERM, SIGINT or SIGHUP."""
        deadline = time.monotonic() + READY_WITHIN
        try:
            while not self._is_told_to_end():
                self._start_what_is_due()
                if not self.is_ready:
                    self._become_ready(deadline)
                self._mend_database()
        finally:
            self._end()

    def _is_told_to_end(self):
        received = signal.sigtimedwait(SIGNALS, self._time_to_next())
        for child in self.children:
            status = child.process.poll() if child.process else None
            if status is not None:
                if status == WRONG_CONFIGURATION and not self.is_ready:
                    raise Failure(f"{child.name} refuses its configuration:\n{last_lines(child.name)}")
                child.note_end(status)
                self._write_state()
        return received is not None and received.si_signo != signal.SIGCHLD

    def _time_to_next(self):
        waits = [child.start_at - time.monotonic() for child in self.children if child.process is None]
        return max(0.0, min([*waits, 1.0 if self.is_ready else 0.02]))

    def _start_what_is_due(self):
        started = False
        for child in self.children:
            if child.process is None and time.monotonic() >= child.start_at:
                child.start()
                started = True
        if started:
            self._write_state()

    def _become_ready(self, deadline):
        late = [name for name, (short, _, _) in services.SERVICES.items()
                if not web.is_ready(self.urls[short]["internal"])]
        late += [name for name in self.simulators if not simulators.is_ready(name, self.simulators)]
        if not late:
            self.is_ready = True
            self._write_state()
            log("every service is ready")
        elif time.monotonic() > deadline:
            raise Failure("not ready in time: " + ", ".join(late) + "\n"
                          + "\n".join(last_lines(name) for name in late))

    def _mend_database(self):
        """A server that was stopped on purpose stays down until the next start; one that crashed comes back."""
        now = time.monotonic()
        if now < self.check_database_at:
            return
        self.check_database_at = now + 1.0
        if not database.has_crashed():
            self.database_pause = FIRST_PAUSE
            return
        log("PostgreSQL has crashed; it is started again")
        try:
            database.start()
        except Failure as failure:
            log(str(failure))
            self.check_database_at = time.monotonic() + self.database_pause
            self.database_pause = min(self.database_pause * 2, LONGEST_PAUSE)

    def _write_state(self):
        running = {child.name: child.process.pid for child in self.children if child.process}
        identities = {name: [pid, processes.started_at(pid)] for name, pid in running.items()}
        write_atomically(PROCESSES, json.dumps(identities) + "\n")
        if self.is_ready:
            content = self.urls | {
                "simulators": self.simulators,
                "tokens": {name: keys.token(name) for name in ("admin", "personalisation")},
                "database": self.database["SUPERUSER_DATABASE_URL"],
                "processes": {name: pid for name, pid in running.items() if name in services.SERVICES},
            }
            # It holds tokens and a password.
            write_atomically(RUN, json.dumps(content, indent=2) + "\n", mode=0o600)

    def _end(self):
        RUN.unlink(missing_ok=True)
        running = [child.process.pid for child in self.children if child.process]
        processes.end([(pid, processes.started_at(pid)) for pid in running], PATIENCE)
        PROCESSES.unlink(missing_ok=True)
        database.stop()
        log("everything has ended")


def last_lines(service, count=15):
    try:
        lines = (LOGS / f"{service}.log").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    return "\n".join("  | " + line for line in lines[-count:])


def take_lock():
    """The lock that the supervisor holds all its life; None when another one has it."""
    LOCAL.mkdir(parents=True, exist_ok=True)
    file = open(LOCK, "a", encoding="utf-8")
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        return None
    return file


def running_supervisor():
    """The process id of the supervisor, or None when there is none. It takes no lock that one starting now needs."""
    try:
        with open(LOCK, "rb") as file:
            layout = "hhqqi"
            question = struct.pack(layout, fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0)
            answer = struct.unpack(layout, fcntl.fcntl(file, fcntl.F_GETLK, question))
    except FileNotFoundError:
        return None
    return None if answer[0] == fcntl.F_UNLCK else answer[4]


def main():
    """The body of `Scripts/sandbox supervise`; its output goes to a log."""
    lock = take_lock()
    if lock is None:
        return
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    LOGS.mkdir(parents=True, exist_ok=True)
    os.chdir(ROOT)
    try:
        end_leftovers()
        Supervisor().run()
    except Failure as failure:
        log(str(failure))
        sys.exit(1)
