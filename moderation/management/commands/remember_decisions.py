"""``manage.py remember_decisions``: let the memory know decisions that came in another way than by the receiver."""

from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from moderation.actions.remembering import remember
from moderation.models import Decision


class Command(BaseCommand):
    """Repeatable; says how many decisions it went through."""

    help = "Keep by which words decided cases are found, and how cases with marks ended."

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through the record from the beginning."""
        numbers = Decision.objects.order_by("sequence").values_list("pk", flat=True)
        total = numbers.count()
        for pk in tqdm(numbers.iterator(chunk_size=2000), total=total, unit=" decisions"):
            remember(pk)
        self.stdout.write(f"{total} Entscheidungen gemerkt.")
