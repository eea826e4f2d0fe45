"""``manage.py dsa_report 2026``: the yearly report of DSA, Art. 15 and 24, in the columns of the Commission's template."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from moderation.dsa_files import tables, workbook
from moderation.queries.dsa_report import Period, raw, report


class Command(BaseCommand):
    help = "Writes the yearly report (CSV for each part, XLSX) into a folder; --raw adds what its figures are computed from."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("period", help="a year (2026) or two days (2026-01-01/2026-06-30)")
        parser.add_argument("folder", nargs="?", default=".", type=Path)
        parser.add_argument("--raw", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        period, folder = read_period(options["period"]), options["folder"]
        folder.mkdir(parents=True, exist_ok=True)
        parts = report(period)
        for name, text in tables(parts).items():
            (folder / name).write_text("\ufeff" + text, encoding="utf-8", newline="")
        (folder / "transparency_report.xlsx").write_bytes(workbook(parts))
        if options["raw"]:
            (folder / "raw.json").write_text(json.dumps(raw(period), ensure_ascii=False), encoding="utf-8")
        self.stdout.write(_("The report of %(period)s is in %(folder)s.") % {"period": period, "folder": folder})


def read_period(text: str) -> Period:
    """Return the period in words of the command line; raises ``CommandError``."""
    first, _slash, last = text.partition("/")
    try:
        if not last:
            return Period(date(int(first), 1, 1), date(int(first), 12, 31))
        period = Period(date.fromisoformat(first), date.fromisoformat(last))
    except ValueError as error:
        raise CommandError(_("This is no period: %(text)s") % {"text": text}) from error
    if period.first > period.last:
        raise CommandError(_("This is no period: %(text)s") % {"text": text})
    return period
