"""Build the whole search index anew; the old rows answer until each is replaced."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from search import actions, elastic
from search.sync import rebuild_index
from search.verify import differences


class Command(BaseCommand):
    help = "Build the search index anew from what is in the database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--verify", action="store_true", help="compare afterwards; exit 1 when something differs")

    def handle(self, *args: Any, **options: Any) -> None:
        with tqdm(total=actions.rebuild_size(), unit="rows", file=self.stderr, disable=None) as bar:
            done = actions.rebuild(bar.update)
        self.stdout.write(f"{done} rows built.")
        if elastic.is_used():
            self.stdout.write(f"Elasticsearch answers from {rebuild_index()}.")
        if options["verify"] and (found := list(differences())):
            raise CommandError("\n".join(found))
