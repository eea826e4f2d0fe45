"""Compare the search index with what it was built from."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.verify import differences


class Command(BaseCommand):
    help = "Compare the search index with the objects; name each difference and exit 1 when there is one."

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(differences())
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write("The search index is right.")
