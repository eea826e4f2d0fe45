"""``manage.py seed_demo``: fill Musterstadt an der Lippe, the invented town."""

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import translation

from common.database import is_postgres
from config.demo.fill import fill
from config.demo.people import PASSWORD
from config.demo.texts import read

WORDS = {
    "citizen": "Bürgerin, Bürger", "moderation": "Moderation", "editing": "Redaktion", "office": "Fachamt", "admin": "Verwaltung",
}  # fmt: skip


class Command(BaseCommand):
    help = "Fills the demo town; safe to repeat. Prints the address and the accounts to try it with."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fresh", action="store_true", help="throw everything away first: the whole database")
        parser.add_argument("--address", default=settings.SITE_URL, help="where the town is served, to print it")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PROFILE != "demo":
            raise CommandError(
                "The demo town has accounts whose password everybody knows. It is only filled with MITWIRK_PROFILE=demo."
            )
        if options["fresh"]:
            self.throw_away()
        with translation.override("de"):
            is_new = fill(silent=not sys.stderr.isatty())
        self.stdout.write(
            "Musterstadt ist gefüllt." if is_new else "Musterstadt war schon gefüllt, nichts wurde verändert."
        )
        self.print_accounts(options["address"])

    def throw_away(self) -> None:
        """Empty the database. Its record cannot be deleted row by row: triggers guard it."""
        if is_postgres():
            call_command("flush", interactive=False, verbosity=0)
            return
        path = str(connection.settings_dict["NAME"])
        connection.close()
        for name in (path, f"{path}-wal", f"{path}-shm"):
            Path(name).unlink(missing_ok=True)
        call_command("migrate", verbosity=0)

    def print_accounts(self, address: str) -> None:
        """Print where to go and how to sign in."""
        lines = [
            f"{entry['email']:<28}{WORDS[entry['role']]} ({entry['name']})" for entry in read("people")["accounts"]
        ]
        self.stdout.write("\n".join(["", address, "", *lines, "", f"Kennwort für alle: {PASSWORD}", ""]))
