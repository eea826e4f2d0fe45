"""What the database does alone: ``INSERT … ON CONFLICT`` by eight connections, by pgbench or, where it is missing, by ourselves."""

import random
import re
import shutil
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import psycopg

TABLE = """
DROP TABLE IF EXISTS bench_support;
CREATE TABLE bench_support (id bigserial PRIMARY KEY, idea bigint NOT NULL, voter char(64) NOT NULL, UNIQUE (idea, voter))"""
SCRIPT = """\\set idea random(1, 1000000)
\\set voter random(1, 1000000000)
INSERT INTO bench_support (idea, voter) VALUES (:idea, repeat('0', 54) || lpad(:voter::text, 10, '0')) ON CONFLICT DO NOTHING;
"""


def per_second(url: str, seconds: int) -> tuple[float, str]:
    """Return upserts per second and what has measured them."""
    with psycopg.connect(url, autocommit=True) as database:
        database.execute(TABLE)
    tool = pgbench()
    return (by_pgbench(tool, url, seconds), "pgbench") if tool else (by_ourselves(url, seconds), "psycopg")


def pgbench() -> str:
    """Return where pgbench lies; empty when there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pgbench"))
    return shutil.which("pgbench") or (str(found[-1]) if found else "")


def by_pgbench(tool: str, url: str, seconds: int) -> float:
    """Let pgbench measure."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(SCRIPT)
        script.flush()
        done = subprocess.run(
            [tool, "-n", "-c", "8", "-j", "2", "-T", str(seconds), "-f", script.name, url],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
    found = re.search(r"tps = ([\d.]+) \(without", done.stdout)
    assert found, done.stdout
    return float(found.group(1))


def by_ourselves(url: str, seconds: int) -> float:
    """Measure with eight threads; slower than pgbench, so the goal is easier then."""
    counts, end = [0] * 8, time.monotonic() + seconds

    def work(place: int) -> None:
        with psycopg.connect(url, autocommit=True) as database:
            while time.monotonic() < end:
                values = (random.randrange(10**6), f"{random.randrange(10**9):064d}")
                database.execute(
                    "INSERT INTO bench_support (idea, voter) VALUES (%s, %s) ON CONFLICT DO NOTHING", values
                )
                counts[place] += 1

    threads = [threading.Thread(target=work, args=(place,)) for place in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds
