"""Served processes for tests that must see the real thing: gunicorn over loopback, worker and beat, on both databases.

    with served("postgres", celery=True) as town:
        town.manage("seed_demo")
        town.get("/")                       # -> http answer
        town.kill_web_worker()              # kill -9 of one of gunicorn's processes
        town.restart()                      # everything is killed and started anew, same port, same data

Each has its own folder (data, mail, media, log) and its own database, copied from one that is migrated once per run.
"""

import fcntl
import http.client
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import redis

from tests import databases

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PATIENCE = 180.0  # seconds until a started town must answer


class NeverStarted(AssertionError):
    """A process ended, or did not answer in time; the message ends with its log."""


# Below those that the kernel gives to outgoing connections: one of these could take the port while a town restarts.
PORTS = range(20_000, 32_000)
_given: set[int] = set()


def process_number() -> int:
    """Return which of the processes of a test run this is."""
    return int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))


def free_port() -> int:
    """Return a port of the loopback address that nobody uses at the moment; no process of a run is given another's."""
    own = PORTS[process_number() % 8 :: 8]
    for _try in range(10 * len(own)):
        port = secrets.choice(own)
        with socket.socket() as probe, suppress(OSError):
            if port not in _given:
                probe.bind(("127.0.0.1", port))
                _given.add(port)
                return port
    raise LookupError(f"No port between {PORTS.start} and {PORTS.stop} is free.")


@dataclass
class Town:
    """One served site with its processes, folder and database."""

    database_url: str
    folder: Path
    workers: int = 2
    threads: int = 8
    celery: bool = False
    extra: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    scene: SimpleNamespace = field(default_factory=SimpleNamespace)  # what a test put into the town, by name

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.folder / "served.log"

    @property
    def mails(self) -> list[str]:
        """Return the text of every mail sent so far, oldest first."""
        files = sorted((self.folder / "mail").glob("*.log"), key=lambda path: (path.stat().st_mtime_ns, path.name))
        return [path.read_text(encoding="utf-8") for path in files]

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment of all processes of this town: nothing of the caller's settings shines through."""
        foreign = ("MITWIRK_", "DATABASE_", "CELERY_", "REDIS_", "ELASTICSEARCH_", "EMAIL_", "DJANGO_", "PYTEST_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
        return kept | {
            "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "MITWIRK_PROFILE": "embedded",
            "MITWIRK_DATA_DIR": str(self.folder),
            "DATABASE_URL": self.database_url,
            "SITE_URL": self.url,
            "EMAIL_URL": f"file://{self.folder / 'mail'}",
            "WEB_WORKERS": str(self.workers),
            "WEB_THREADS": str(self.threads),
            "IDEAS_PER_HOUR": "0",  # how much may be sent is proved in tests/common/test_buckets.py
            "COMMENTS_PER_HOUR": "0",
            "VOTES_PER_MINUTE": "0",  # tests press faster than people; the pace is proved in test_support_path.py
            **self.extra,
        }

    def start(self) -> None:
        """Start all processes and wait until the site answers."""
        self._run(
            "web", "gunicorn", "--config", "scripts/gunicorn.conf.py", "-b", f"127.0.0.1:{self.port}", "config.wsgi"
        )
        if self.celery:
            self._run("worker", "celery", "-A", "config", "worker", "--concurrency", "1", "--loglevel", "WARNING")
            schedule = ["--schedule", str(self.folder / "beat"), "--pidfile", ""]
            self._run("beat", "celery", "-A", "config", "beat", "--loglevel", "WARNING", *schedule)
        self.wait()

    def wait(self) -> None:
        """Return when the site answers; raise ``NeverStarted`` with the log when it never does."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            gone = [name for name, process in self.processes.items() if process.poll() is not None]
            if gone:
                raise NeverStarted(f"{gone} ended\n{self.log_tail()}")
            with suppress(OSError, http.client.HTTPException):
                self.get("/livez")
                return
            time.sleep(0.1)
        raise NeverStarted(f"no answer in {PATIENCE} s\n{self.log_tail()}")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End all processes with their children, gently or by ``SIGKILL``."""
        for process in self.processes.values():
            with suppress(ProcessLookupError):
                os.killpg(process.pid, how)
        for process in self.processes.values():
            try:
                process.wait(90)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(90)
        self.processes.clear()

    def restart(self, how: signal.Signals = signal.SIGKILL) -> None:
        """Take everything away and start it again at the same address with the same data."""
        self.stop(how)
        self.start()

    def web_workers(self) -> list[int]:
        """Return the process ids of gunicorn's workers."""
        main = self.processes["web"].pid
        return [int(pid) for pid in Path(f"/proc/{main}/task/{main}/children").read_text().split()]

    def kill_web_worker(self) -> None:
        """Take one of the web workers away as the kernel would; gunicorn starts another."""
        end = time.monotonic() + PATIENCE
        while not (there := self.web_workers()) and time.monotonic() < end:
            time.sleep(0.05)  # all were taken away, and the next are still to come
        with suppress(ProcessLookupError):
            os.kill(secrets.choice(there), signal.SIGKILL)

    def manage(
        self, *command: str, check: bool = True, stdin: str = "", patience: float = 900
    ) -> subprocess.CompletedProcess[str]:
        """Run a management command in this town's environment; its output is text."""
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, input=stdin, timeout=patience,
        )  # fmt: skip
        if check and done.returncode:
            raise AssertionError(f"manage.py {' '.join(command)} failed:\n{done.stdout}\n{done.stderr}")
        return done

    def python(self, code: str) -> str:
        """Run Python with the site's models at hand in a process of its own; return what it prints."""
        return self.manage("shell", "--no-imports", "--verbosity", "0", stdin=code).stdout

    def rows(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """Ask the town's database directly (parameters as %s on both kinds); changes are committed."""
        return databases.rows(self.database_url, statement, values)

    def get(self, path: str) -> str:
        """Return the body of a page as anybody sees it; error pages too."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=120) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError as error:
            return error.read().decode()

    def log_tail(self, lines: int = 60) -> str:
        """Return the end of the common log of all processes."""
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])

    def _run(self, name: str, *command: str) -> None:
        with self.log.open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", *command] if command[0] == "celery" else [str(BIN / command[0]), *command[1:]],
                cwd=ROOT, env=self.environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip


@contextmanager
def broker() -> Iterator[dict[str, str]]:
    """Give a broker of the town's own: an empty one of the numbered databases of the environment's Redis server.

    A locked file says that a number is taken, so that no town empties another's; it is free when the process ends.
    """
    url = os.environ.get("CELERY_BROKER_URL", "")
    if not url:
        raise LookupError("No Redis server: CELERY_BROKER_URL is not set.")
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for number in range(4, 16):
            with (
                (databases.CACHE / f"broker-{urlsplit(url).port}-{number}").open("w") as handle,
                suppress(BlockingIOError),
            ):
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                own = f"{url.rsplit('/', 1)[0]}/{number}"
                with redis.Redis.from_url(own) as server:
                    server.flushdb()
                yield {"CELERY_BROKER_URL": own}
                return
        time.sleep(0.5)
    raise LookupError("All brokers are taken.")


@contextmanager
def served(database: str = "sqlite", *, start: bool = True, **options: object) -> Iterator[Town]:
    """Serve a fresh, migrated town on ``sqlite`` or ``postgres``; options are the fields of ``Town``.

    With ``start=False`` the caller fills it first and calls ``start()``.
    """
    folder = Path(tempfile.mkdtemp(prefix="mitwirk-town-"))
    town = Town(databases.fresh(database, folder), folder, **options)  # type: ignore[arg-type]
    resources = ExitStack()
    try:
        if town.celery:
            town.extra = resources.enter_context(broker()) | town.extra
        if start:
            town.start()
        yield town
    finally:
        town.stop(signal.SIGKILL)
        resources.close()
        databases.drop(town.database_url)
        shutil.rmtree(folder, ignore_errors=True)
