"""Fill a campaign with load data, to measure how speed depends on size."""

import json
import random
from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from common.database import is_postgres
from ideas.imports import shortened
from ideas.models import Campaign, Phase
from search.actions import touch_many
from voting.loading import Loader
from voting.loading_sets import SetLoader

WORDS = (
    "Radweg Spielplatz Bank Baum Schatten Brunnen Kreuzung Schule Markt Brücke Ufer Park Bahnhof Laterne Bus Gehweg Wiese Platz "
    "sicher breit hell grün sauber ruhig bequem neu mehr besser für mit an auf unter zwischen Kinder Familien Ältere Nachbarn"
)


class Command(BaseCommand):
    """``seed_load --ideas N [--texts FILE]``."""

    help = "Fills the campaign last-N with N public ideas, 10 N supports, 3 N comments; the same from the same texts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--ideas", type=int, required=True)
        parser.add_argument("--texts", type=Path, help="JSONL file with title and text")
        parser.add_argument("--index", action="store_true", help="bring the ideas into search too")

    def handle(self, *args: Any, **options: Any) -> None:
        count: int = options["ideas"]
        if count < 1:
            raise CommandError("--ideas must be at least 1.")
        campaign, is_new = Campaign.objects.get_or_create(
            slug=f"last-{count}", defaults={"title": f"Last {count}", "is_published": True}
        )
        if not is_new:
            self.stdout.write(f"{campaign.slug} is there already.")
            return
        open_everything(campaign)
        began = perf_counter()
        with tqdm(total=count, unit=" ideas", disable=None) as bar:
            loader = SetLoader if is_postgres() else Loader
            loader(campaign, texts_of(options["texts"]), count).run(bar.update)
        seconds = perf_counter() - began
        self.stdout.write(f"{campaign.slug}: {count} ideas in {seconds:.1f} s, {count / seconds:.0f} ideas/s")
        if options["index"]:
            ids = list(campaign.ideas.values_list("pk", flat=True))
            with tqdm(total=count, unit=" documents", disable=None) as bar:
                touch_many("idea", ids, progress=bar.update)


def open_everything(campaign: Campaign) -> None:
    """Give the campaign a phase in which everything is allowed."""
    now = timezone.now()
    Phase.objects.create(
        campaign=campaign,
        kind=Phase.Kind.VOTE,
        opens_at=now - timedelta(days=90),
        closes_at=now + timedelta(days=365),
        allows_ideas=True,
        allows_comments=True,
        allows_support=True,
    )


def texts_of(path: Path | None) -> list[tuple[str, str]]:
    """Return (title, text) pairs from the file, else made of a few words."""
    if path is None:
        chance = random.Random(7)  # noqa: S311 - load data, not a secret
        return [
            (" ".join(chance.choices(WORDS.split(), k=5)), " ".join(chance.choices(WORDS.split(), k=60)) + ".")
            for _number in range(500)
        ]
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return [(shortened(row["title"].strip() or "Ohne Titel"), row["text"].strip()) for row in rows]
