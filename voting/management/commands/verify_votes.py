"""Recount everything about votes; name each difference."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.database import is_postgres
from voting.audit import differences
from voting.models import Vote


@contextmanager
def one_view() -> Iterator[None]:
    """Let all statements see the same moment, while people go on voting."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and is_postgres():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


class Command(BaseCommand):
    help = "Recounts all votes from the rows and compares them with counters, events, ballots, results and roots; exit 1 on any difference."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write one line for each difference; leave with 1 if there is any."""
        found = 0
        with one_view():
            for sentence in differences():
                self.stdout.write(sentence)
                found += 1
            total = Vote.objects.count()
        if found:
            raise CommandError(ngettext("%(number)d difference.", "%(number)d differences.", found) % {"number": found})
        self.stdout.write(
            _("%(number)d supports: rows, counters, events, ballots, results and roots agree.") % {"number": total}
        )
