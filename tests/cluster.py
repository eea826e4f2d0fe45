"""A PostgreSQL server of a test's own, to be killed without disturbing anybody: made in a folder, thrown away afterwards."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.served import free_port

NEEDED = ("initdb", "pg_ctl", "psql", "pg_dump")
SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 60
shared_buffers = 32MB
"""


def programs() -> Path | None:
    """Return the folder of PostgreSQL's own programs, or None where only a client, or nothing, is installed."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -float(path.parent.name))
    return next((folder for folder in folders if all((folder / name).exists() for name in NEEDED)), None)


@dataclass
class Cluster:
    """One server with its folder; it runs as somebody who is not the superuser of the machine, who must not."""

    bin: Path
    folder: Path
    port: int
    role: str

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def make(self) -> None:
        """Make the files of an empty server."""
        self._run("initdb", "-D", str(self.data), "-U", self.role, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.write(f"{SETTINGS}port = {self.port}\n")

    def start(self) -> None:
        """Start it; after a kill, as soon as its last processes are gone."""
        words = ("-D", str(self.data), "-l", str(self.folder / "log"), "-w", "-t", "300")
        for _try in range(240):
            done = self._run("pg_ctl", *words, "start", check=False)
            if done.returncode == 0:
                return
            time.sleep(0.25)
        raise AssertionError((self.folder / "log").read_text())

    def kill(self) -> None:
        """Take the server away as the kernel would; nothing is written out any more."""
        number = int((self.data / "postmaster.pid").read_text().split()[0])
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)

    def stop(self) -> None:
        """Stop it for good."""
        self._run("pg_ctl", "-D", str(self.data), "-m", "immediate", "stop", check=False)

    def take_over(self, url: str) -> str:
        """Copy a database of another server here, under its name; return its new address."""
        name = urlsplit(url).path[1:]
        own = f"postgres://{self.role}@127.0.0.1:{self.port}"
        self._run("psql", "-q", "-d", f"{own}/postgres", "-c", f"CREATE DATABASE {name}")
        dump = subprocess.run([str(self.bin / "pg_dump"), "--no-owner", url], capture_output=True, check=True).stdout
        self._run("psql", "-q", "-v", "ON_ERROR_STOP=1", "-d", f"{own}/{name}", stdin=dump)
        return f"{own}/{name}"

    def _run(
        self, name: str, *words: str, check: bool = True, stdin: bytes = b""
    ) -> "subprocess.CompletedProcess[bytes]":
        other = {"user": self.owner, "group": pwd.getpwnam(self.owner).pw_gid} if os.getuid() == 0 else {}
        # Its output goes to a file: a server that was started would keep a pipe open.
        with (self.folder / "said").open("ab") as said:
            return subprocess.run(
                [str(self.bin / name), *words], stdout=said, stderr=said, input=stdin, check=check, cwd=self.folder,
                **other,  # type: ignore[call-overload]
            )  # fmt: skip

    @property
    def owner(self) -> str:
        """Return as whom it runs."""
        with suppress(KeyError):
            return pwd.getpwnam("postgres").pw_name
        return "nobody"


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Run a server of one's own. Raises ``LookupError`` where PostgreSQL is not installed."""
    if (found := programs()) is None:
        raise LookupError("No initdb: install PostgreSQL, or put its programs into PATH.")
    folder = Path(tempfile.mkdtemp(prefix="mitwirk-cluster-"))
    made = Cluster(found, folder, free_port(), "mitwirk")
    if os.getuid() == 0:
        shutil.chown(folder, made.owner)
    try:
        made.make()
        made.start()
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)
