"""``manage.py count_budget RUN``: count a participatory budget in a process of its own (the embedded profile does)."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from voting.actions.budget_runs import count


class Command(BaseCommand):
    help = "Counts a participatory budget that was asked for, by the number of its run."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("run", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        os.nice(10)  # pages come first
        count(options["run"])
