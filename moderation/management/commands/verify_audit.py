"""``manage.py verify_audit``: is the record of decisions whole and true?"""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from moderation.models import Decision
from moderation.queries.audit import differences


class Command(BaseCommand):
    help = "Recomputes the chained record of decisions and compares it with cases and contributions; exit 1 names each difference."

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for found, words in enumerate(differences(), 1):  # noqa: B007
            self.stderr.write(self.style.ERROR(words))
        count = Decision.objects.count()
        if found:
            self.stderr.write(_("%(found)d differences in %(count)d entries.") % {"found": found, "count": count})
            sys.exit(1)
        self.stdout.write(self.style.SUCCESS(_("%(count)d entries, all whole.") % {"count": count}))
