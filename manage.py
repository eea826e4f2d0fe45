#!/usr/bin/env python
"""The front door: puts this checkout and its ``site/`` folder first on the import path, then hands over to Django."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
# What answers people or runs for ever keeps the bound on statements; an index over a million rows may take its time.
BOUNDED = {"runserver", "run_outbox", "run_due"}


def main() -> None:
    """Run a management command."""
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if not BOUNDED & set(sys.argv[1:2]):
        os.environ.setdefault("DATABASE_STATEMENT_SECONDS", "0")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
