"""Compare the search index with what it was built from."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search import repair


class Command(BaseCommand):
    help = "Compare the search index with the objects; name each difference and exit 1 when there is one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--repair", action="store_true", help="set right what differs; exit 1 only for what is left"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = repair.check(repair=options["repair"])
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write("The search index is right.")
