"""Say how the search is: what answers, what is outstanding, what is left aside and why."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search import ledger
from search.status import status
from search.sync import sync_if_possible


class Command(BaseCommand):
    help = "Say which index answers, what is outstanding, and what is left aside with its reason."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--retry", action="store_true", help="try everything again that was left aside")
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["retry"]:
            self.stdout.write(f"{ledger.retry_quarantine()} rows are tried again.", self.style.NOTICE)
            sync_if_possible()
        now = status()
        if options["json"]:
            self.stdout.write(json.dumps(asdict(now), default=str, ensure_ascii=False))
            return
        self.stdout.write(f"answers: {now.backend}{' (instead of Elasticsearch)' if now.degraded else ''}")
        self.stdout.write(f"rows: {now.rows}, visible {now.visible}; outstanding {now.outstanding}, {now.lag:.0f} s")
        for index in now.indexes:
            self.stdout.write(f"{index.state:9} {index.name} {index.percent} %")
        for row in now.quarantine:
            self.stdout.write(f"left aside: {row.key}: {row.reason}")
        if now.checked_at:
            self.stdout.write(f"compared {now.checked_at:%Y-%m-%d %H:%M}: {now.differences} differences")
