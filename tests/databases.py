"""Fresh, migrated databases for tests and served towns, and collected static files: made once per state of the sources, then copied."""

import fcntl
import hashlib
import os
import re
import secrets
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).resolve().parents[1]
# The name that Django gives the database of tests; it lives as long as somebody is connected.
IN_MEMORY = "file:memorydb_default?mode=memory&cache=shared"
KEPT = 4  # templates on the PostgreSQL server
CACHE = Path(tempfile.gettempdir()) / f"mitwirk-test-cache-{os.getuid()}"


def server() -> str:
    """Return the address of the PostgreSQL server of the environment, without a database; empty when there is none."""
    url = os.environ.get("DATABASE_URL", "")
    return url.rsplit("/", 1)[0] if url.startswith("postgres") else ""


def kinds() -> list[str]:
    """Return the kinds of database that can be had here."""
    return ["sqlite", "postgres"] if server() else ["sqlite"]


def fresh(kind: str, folder: Path) -> str:
    """Return the address of a new, migrated database of its own; its static files are put into ``folder`` too."""
    with _alone():
        (folder / "static").symlink_to(_static())
        template = _template(kind)
        if kind == "sqlite":
            shutil.copy(template, folder / "mitwirk.sqlite3")
            return f"sqlite:///{folder / 'mitwirk.sqlite3'}"
        name = f"mitwirk_town_{secrets.token_hex(6)}"
        _admin(f"CREATE DATABASE {name} TEMPLATE {template}")
        return f"{server()}/{name}"


def prepare_tests(settings: dict[str, Any]) -> Iterator[None]:
    """Let the database of a test run begin as a copy of a migrated one, as long as the iterator is held.

    ``settings`` are those of the database; its migrations find nothing to do then.
    """
    if settings["ENGINE"].endswith("postgresql"):
        with _alone():
            settings["TEST"]["TEMPLATE"] = _template("postgres")
        yield
        return
    with _alone():
        path = _template("sqlite")
    with closing(sqlite3.connect(path)) as migrated, closing(sqlite3.connect(IN_MEMORY, uri=True)) as database:
        migrated.backup(database)
        yield


def drop(url: str) -> None:
    """Throw a database of ``fresh`` away."""
    if url.startswith("postgres"):
        _admin(f"DROP DATABASE IF EXISTS {urlsplit(url).path[1:]} WITH (FORCE)")


def rows(url: str, statement: str, values: Sequence[object]) -> list[tuple[object, ...]]:
    """Run one statement on a database and return its rows; parameters are %s."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), timeout=120)) as database, database:
            return database.execute(statement.replace("%s", "?"), tuple(values)).fetchall()
    with psycopg.connect(url, autocommit=True) as database:
        cursor = database.execute(statement, values)  # type: ignore[call-overload]
        return cursor.fetchall() if cursor.description else []


def _template(kind: str) -> str:
    mark = _digest(_schema_files())
    if kind == "sqlite":
        path = CACHE / f"{mark}.sqlite3"
        if not path.exists():
            making = CACHE / f"{mark}.making"
            making.unlink(missing_ok=True)
            _manage(f"sqlite:///{making}", "migrate", "--verbosity", "0")
            with closing(sqlite3.connect(making)) as database:
                database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            making.rename(path)
        return str(path)
    name = f"mitwirk_template_{mark}"
    if not rows(f"{server()}/postgres", "SELECT 1 FROM pg_database WHERE datname = %s", [name]):
        _drop_old_templates()
        _admin(f"CREATE DATABASE {name}_making")
        _manage(f"{server()}/{name}_making", "migrate", "--verbosity", "0")
        _admin(f"ALTER DATABASE {name}_making RENAME TO {name}")
    return name


def _drop_old_templates() -> None:
    """Throw away what was begun, and all others when there are many: several states are tested side by side while one works."""
    statement = "SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY datname LIKE %s DESC"
    names = [name for (name,) in rows(f"{server()}/postgres", statement, ["mitwirk_template_%", "%_making"])]
    for name in names if len(names) > KEPT else [name for name in names if name.endswith("_making")]:
        _admin(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _static() -> Path:
    path = CACHE / f"static-{_digest(_static_files())}"
    if not path.exists():
        with tempfile.TemporaryDirectory(dir=CACHE) as folder:
            _manage(f"sqlite:///{folder}/none.sqlite3", "collectstatic", "--noinput", "--verbosity", "0", folder=folder)
            (Path(folder) / "static").rename(path)
    return path


def _schema_files() -> Iterator[Path]:
    """Yield what decides how a migrated database looks: migrations, and whatever acts after them."""
    for path in sorted([*ROOT.glob("*/**/*.py")]):
        parts = path.relative_to(ROOT).parts
        if parts[0] in {"tests", "node_modules", "var", ".venv"}:
            continue
        if "migrations" in parts or "post_migrate" in path.read_text(encoding="utf-8"):
            yield path


def _static_files() -> Iterator[Path]:
    for folder in (*ROOT.glob("*/static"), *ROOT.glob("site/*/static"), ROOT / "var" / "assets"):
        yield from sorted(path for path in folder.rglob("*") if path.is_file())
    yield ROOT / "requirements" / "base.txt"


def _digest(paths: Iterable[Path]) -> str:
    found = hashlib.sha256()
    for path in paths:
        found.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return found.hexdigest()[:16]


def _manage(url: str, *command: str, folder: str = "") -> None:
    kept = {
        name: value for name, value in os.environ.items() if not re.match("MITWIRK|DATABASE|CELERY|REDIS|DJANGO", name)
    }
    environment = kept | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": url,
        "MITWIRK_DATA_DIR": folder or str(CACHE / "making"),
    }
    done = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    if done.returncode:
        raise AssertionError(f"manage.py {' '.join(command)} failed:\n{done.stdout}\n{done.stderr}")


def _admin(statement: str) -> None:
    end = time.monotonic() + 60
    while True:
        try:
            with psycopg.connect(f"{server()}/postgres", autocommit=True) as database:
                database.execute(statement)  # type: ignore[call-overload]
            return
        except psycopg.errors.ObjectInUse:  # somebody is still leaving, or looks after statistics
            if time.monotonic() > end:
                raise
            time.sleep(0.5)


@contextmanager
def _alone() -> Iterator[None]:
    """Let only one test process at a time make templates."""
    CACHE.mkdir(exist_ok=True, mode=0o700)
    with (CACHE / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
