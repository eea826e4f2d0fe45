"""Take over contributions from a CSV or JSONL file; repeatable, because each row keeps the id it had."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _
from tqdm import tqdm

from ideas.actions.importing import Imported, import_ideas
from ideas.imports import Unusable, read_rows
from ideas.models import Campaign, District


class Command(BaseCommand):
    """``import_contributions FILE --campaign SLUG [--publish] [--dry-run]``."""

    help = (
        "Takes contributions over as ideas of a campaign. JSONL or CSV with the fields title and text, and if wanted "
        "id, url, city, district, tags, created. Names of authors are not taken over. Prints every row it refused."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--campaign", required=True, help="address name of the campaign")
        parser.add_argument("--publish", action="store_true", help="public at once, without a moderator's decision")
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")

    def handle(self, *args: Any, **options: Any) -> None:
        campaign = Campaign.objects.filter(slug=options["campaign"]).first()
        if campaign is None:
            raise CommandError(_("There is no campaign “%(slug)s”.") % {"slug": options["campaign"]})
        districts = {key.casefold(): term for term in District.objects.all() for key in (term.slug, term.name)}
        try:
            rows = list(tqdm(read_rows(options["file"], districts), desc=_("Reading"), unit="", disable=None))
        except Unusable as reason:
            raise CommandError(str(reason)) from reason
        with transaction.atomic(), tqdm(total=len(rows), desc=_("Taking over"), unit="", disable=None) as bar:
            report = import_ideas(campaign=campaign, rows=rows, publish=options["publish"], progress=bar.update)
            if options["dry_run"]:
                transaction.set_rollback(True)
        self.tell(report, dry=options["dry_run"])

    def tell(self, report: Imported, *, dry: bool) -> None:
        """Print what happened, row by row where something was unusual."""
        for number, note in report.notes:
            self.stdout.write(_("Row %(number)d: %(note)s") % {"number": number, "note": note})
        for number, reason in report.refused:
            self.stdout.write(_("Row %(number)d refused: %(reason)s") % {"number": number, "reason": reason})
        if dry:
            self.stdout.write(_("Only tried, nothing was saved."))
        counts = {"added": report.added, "known": report.known, "refused": len(report.refused)}
        self.stdout.write(_("%(added)d added, %(known)d known already, %(refused)d refused.") % counts)
