"""``make demo``: migrate, fill the town once, serve it – in one process, so that the second start is quick."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main(port: str) -> None:
    """Prepare and serve; the web processes are forks of this one and need not load everything again."""
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.chdir(ROOT)
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

    import django
    from django.core.management import call_command
    from django.db import connections

    print("── loading", flush=True)
    django.setup()
    print("── preparing the database", flush=True)
    call_command("migrate", verbosity=0)
    print("── collecting styles and scripts", flush=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    print("── filling the town", flush=True)
    call_command("seed_demo", address=os.environ["SITE_URL"])
    connections.close_all()
    serve(port)


def serve(port: str) -> None:
    """Hand over to the web server; returns when it is stopped."""
    from gunicorn.app.wsgiapp import run

    sys.argv = ["gunicorn", "--config", "scripts/gunicorn.conf.py", "--bind", f"127.0.0.1:{port}", "config.wsgi"]
    run()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "8000")
