"""``manage.py verify_audit``: is the record of decisions whole and true?"""

import json
import re
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from common.database import is_postgres
from moderation.models import Decision
from moderation.queries.audit import differences
from moderation.queries.audit_chain import Mark
from moderation.queries.audit_kinds import Tampering


@contextmanager
def one_view() -> Iterator[None]:
    """Let all statements see the same moment while people go on deciding; on SQLite without keeping them from it."""
    if connection.in_atomic_block:
        yield
    elif is_postgres():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def marks(said: str) -> list[Mark]:
    """Read anchors: a file as the public page gives it, or „NUMBER:HASH“; raises ``CommandError``."""
    if found := re.fullmatch(r"(\d{1,18}):([0-9a-f]{64})", said.strip()):
        return [Mark(int(found[1]), found[2])]
    try:
        rows = json.loads(Path(said).read_text(encoding="utf-8"))["anchors"]
        return [Mark(int(row["sequence"]), str(row["hash"])) for row in rows]
    except (OSError, ValueError, KeyError, TypeError) as error:
        words = _("“%(said)s” is neither a file of anchors nor NUMBER:HASH (%(error)s).")
        raise CommandError(words % {"said": said, "error": error}) from None


class Command(BaseCommand):
    help = "Recomputes the chained record of decisions and compares it with cases, states and anchors; exit 1 names each difference."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take anchors that were kept elsewhere."""
        words = "anchor kept elsewhere: a JSON file of the public page, or NUMBER:HASH; may be given several times"
        parser.add_argument("--anchor", action="append", default=[], help=words)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write one line for each difference, with the number of its kind; leave with 1 if there is any."""
        kept = [mark for said in options["anchor"] for mark in marks(said)]
        kinds: set[Tampering] = set()
        found = 0
        with one_view():
            for finding in differences(kept):
                found += 1
                kinds.add(finding.kind)
                self.stderr.write(self.style.ERROR(str(finding)))
            count = Decision.objects.count()
        if found:
            self.tell(found, count, kinds)
            sys.exit(1)
        self.stdout.write(self.style.SUCCESS(_("%(count)d entries, all whole.") % {"count": count}))

    def tell(self, found: int, count: int, kinds: set[Tampering]) -> None:
        """Sum up."""
        for kind in sorted(kinds):
            self.stderr.write(f"[{kind.value}] = {kind.label}")
        self.stderr.write(_("%(found)d differences in %(count)d entries.") % {"found": found, "count": count})
