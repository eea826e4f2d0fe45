"""``make demo``: migrate, fill the town once, serve it. The second start only serves."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / ".venv" / "bin"


def step(words: str, *command: str) -> None:
    """Say what comes, then do it."""
    print(f"── {words}", flush=True)
    subprocess.run([sys.executable, str(ROOT / "manage.py"), *command], check=True, cwd=ROOT)


def main(port: str) -> None:
    """Fill and serve."""
    os.environ["PYTHONPATH"] = f"{ROOT}:{ROOT / 'site'}"
    step("preparing the database", "migrate", "--verbosity", "0")
    step("collecting styles and scripts", "collectstatic", "--noinput", "--verbosity", "0")
    step("filling the town", "seed_demo", "--address", os.environ["SITE_URL"])
    server = str(BIN / "gunicorn")
    os.execv(server, [server, "--config", "scripts/gunicorn.conf.py", "--bind", f"127.0.0.1:{port}", "config.wsgi"])


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "8000")
