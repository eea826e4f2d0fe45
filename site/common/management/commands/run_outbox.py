"""Deliver the outbox without a broker."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from common import outbox, schedule


class Command(BaseCommand):
    help = "Deliver what is in the outbox (for good, once, or until it is empty)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="one batch, then stop")
        parser.add_argument("--drain", action="store_true", help="until nothing is due, then stop")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"] or options["drain"]:
            count = outbox.drain() if options["drain"] else outbox.run()
            self.stdout.write(f"{count} delivered or tried")
            return
        while True:
            if not outbox.drain():
                schedule.run_due()
                time.sleep(1)
