"""Everything that is due by the clock."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from common import schedule


class Command(BaseCommand):
    help = "Run everything that is due by the clock; safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="run every job now, due or not")

    def handle(self, *args: Any, **options: Any) -> None:
        for name in schedule.run_due(all_now=options["all"]):
            self.stdout.write(name)
