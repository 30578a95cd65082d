"""A PostgreSQL and the services' release executables, for as long as figures are taken."""
import contextlib
import os
import shlex
import socket
import subprocess
import time
from pathlib import Path

from sandbox_lib import ports, services
from sandbox_lib.layout import LOCAL, ROOT, SCRIPTS

FOLDER = LOCAL / "bench"


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Platform:
    """Starts services one at a time beside a running PostgreSQL.

    PostgreSQL is set as docs/operations.md says; with `is_large` as for a large installation, two fifths of the machine's
    memory for its pages.
    """

    def __init__(self, is_large=False):
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        self._settings = {"POSTGRES_AUTOVACUUM_NAPTIME": "10s"}
        if is_large:
            self._settings |= {"POSTGRES_SHARED_BUFFERS": f"{memory * 2 // 5 >> 20}MB", "POSTGRES_MAX_WAL_SIZE": "16GB"}

    def __enter__(self):
        FOLDER.mkdir(parents=True, exist_ok=True)
        for log in FOLDER.glob("*.log"):
            # Millions of requests are gigabytes of lines.
            log.unlink()
        self._postgres("reset")
        self.database = dict(word.split("=", 1) for word in shlex.split(self._postgres("start")))
        self._use_log_files()
        services.migrate(ROOT / ".build" / "release", self.database)
        self.ports = {service: {listener: _free_port() for listener in listeners}
                      for service, listeners in ports.DEFAULTS.items()}
        return self

    def __exit__(self, *_):
        self._postgres("reset")

    def _use_log_files(self):
        """Has PostgreSQL write its log once, as one that has run for a while has: new files cost as much as what is written."""
        for statement in ("CREATE TABLE filler AS SELECT repeat(md5(n::text), 30) FROM generate_series(1, 1000000) n",
                          "DROP TABLE filler", "CHECKPOINT"):
            self.execute(statement)

    def execute(self, statements):
        """Has PostgreSQL execute statements, as its superuser; returns the rows of the last one, each a list of texts."""
        output = subprocess.run(
            ["psql", "--no-psqlrc", "-qAt", "-v", "ON_ERROR_STOP=1", "-c", statements,
             self.database["SUPERUSER_DATABASE_URL"]],
            check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True).stdout
        return [line.split("|") for line in output.splitlines()]

    @property
    def log_file(self):
        """What PostgreSQL writes down."""
        return Path(self.database["POSTGRES_DATA"]) / "server.log"

    def log(self):
        """What PostgreSQL has written down."""
        return self.log_file.read_text(encoding="utf-8", errors="replace")

    def _postgres(self, command):
        return subprocess.run([str(SCRIPTS / "postgres"), command, str(FOLDER / "postgres")], check=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
                              env=os.environ | self._settings).stdout

    @property
    def urls(self):
        """The base URLs of the services' listeners."""
        return ports.addresses(self.ports)

    @contextlib.contextmanager
    def running(self, *names, settings=None):
        """Services with settings beside the usual ones, from when all are ready; yields their processes by name."""
        processes = {}
        try:
            for name in names:
                processes[name] = self.launch(name, settings)
            for name in names:
                self.wait_until_ready(name, processes[name])
            yield processes
        finally:
            for process in processes.values():
                process.terminate()
            for process in processes.values():
                process.wait(timeout=60)

    def launch(self, service, settings=None):
        """Starts a service with settings beside the usual ones; returns its process."""
        environment = services.environment(service, self.urls, self.ports, self.database, settings)
        # What production writes.
        environment["LOG_FORMAT"] = "json"
        with open(FOLDER / f"{service}.log", "ab") as log:
            return subprocess.Popen([ROOT / ".build" / "release" / service], env=environment, cwd="/",
                                    stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def wait_until_ready(self, service, process, limit=30.0):
        """Asks /readyz without a pause until it answers 200; returns when that was, by the monotonic clock."""
        port = self.ports[services.SERVICES[service][0]]["internal"]
        deadline = time.monotonic() + limit
        while time.monotonic() < deadline:
            if process.poll() is not None:
                raise SystemExit(f"bench: {service} ended with status {process.returncode}, see {FOLDER}/{service}.log")
            if _answers_200(port):
                return time.monotonic()
            time.sleep(0.001)
        raise SystemExit(f"bench: {service} was not ready within {limit:g} s, see {FOLDER}/{service}.log")

    def version(self):
        """PostgreSQL's version."""
        data = self.database["POSTGRES_DATA"]
        with open(os.path.join(data, "PG_VERSION"), encoding="utf-8") as file:
            return file.read().strip()


def _answers_200(port):
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
            connection.sendall(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            return connection.recv(64).split(b" ")[1:2] == [b"200"]
    except OSError:
        return False
