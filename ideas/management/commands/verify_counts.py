"""Recount the public ideas and the replies to comments; name each difference."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ideas.actions import mend_counts
from ideas.models import Idea
from ideas.queries.replies import reply_differences
from ideas.queries.tally import differences


class Command(BaseCommand):
    """``verify_counts [--mend]``."""

    help = (
        "Recounts public ideas and replies and compares them with the tally of the lists, the campaigns and the comments; "
        "exit 1 on any difference."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--mend",
            action="store_true",
            help="let the tally say what the ideas say, and comments what their replies say",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write one line for each difference; leave with 1 if there is any that was not mended."""
        found = [*differences(), *reply_differences()]
        for sentence in found:
            self.stdout.write(sentence)
        if found and options["mend"]:
            mend_counts()
            return
        if found:
            number = len(found)
            raise CommandError(
                ngettext("%(number)d difference.", "%(number)d differences.", number) % {"number": number}
            )
        total = Idea.objects.filter(state=Idea.State.PUBLIC).count()
        self.stdout.write(_("%(number)d public ideas: tally and campaigns agree.") % {"number": total})
