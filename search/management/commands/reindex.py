"""Build the whole search index anew without downtime; broken off, it goes on where it stood."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from search import actions, elastic, reindex
from search.models import SearchDocument
from search.verify import differences


class Command(BaseCommand):
    help = "Build the search index anew from what is in the database; the old one answers until the new one is right."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--verify", action="store_true", help="compare afterwards; exit 1 when something differs")
        parser.add_argument("--outside", action="store_true", help="only Elasticsearch, from the rows as they are")
        parser.add_argument("--rollback", action="store_true", help="let the Elasticsearch index before answer again")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["rollback"]:
            self._back()
            return
        if not options["outside"]:
            self._rows()
        if elastic.is_used():
            self._outside()
        if options["verify"] and (found := list(differences())):
            raise CommandError("\n".join(found))

    def _rows(self) -> None:
        with tqdm(total=actions.rebuild_size(), unit="rows", desc="database", file=self.stderr, disable=None) as bar:
            done = actions.rebuild(bar.update)
        self.stdout.write(f"{done} rows built.")

    def _outside(self) -> None:
        name = reindex.begin()
        total, start = SearchDocument.objects.count(), reindex.done(name)
        if start:
            self.stdout.write(f"Goes on with {name} after {start} of {total} rows.")
        with tqdm(total=total, initial=start, unit="rows", desc="Elasticsearch", file=self.stderr, disable=None) as bar:
            if not reindex.fill(name, bar.update):
                raise CommandError("Elasticsearch takes no more just now. The worker goes on; so does this command.")
        try:
            reindex.finish(name)
        except reindex.NotRight as error:
            raise CommandError(f"{name} is not right and does not answer: {error}") from error
        self.stdout.write(f"Elasticsearch answers from {name}. The index before is kept for an hour (--rollback).")

    def _back(self) -> None:
        try:
            self.stdout.write(f"Elasticsearch answers from {reindex.rollback()} again.")
        except LookupError as error:
            raise CommandError(str(error)) from error
