"""Deliver the outbox without a broker."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from common import outbox, schedule
from common.dispatcher import DUE_EVERY, PAUSE


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
        looks = 0
        while True:
            if looks % DUE_EVERY == 0:
                schedule.run_due()
            looks += 1
            if not outbox.drain(seconds=30):
                time.sleep(PAUSE)
