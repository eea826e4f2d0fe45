"""Search from the terminal, the same way as the page."""

import json
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandParser

from search.queries import search
from search.types import Hit


class Command(BaseCommand):
    help = "Search as everybody may, the same way as the page."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("words", metavar="WORDS")
        parser.add_argument("--campaign", metavar="SLUG", help="only in this campaign")
        parser.add_argument("--limit", type=int, default=20, help="hits at most (20)")
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        limit = max(1, min(options["limit"], 1_000))
        filters = {"campaign": [options["campaign"]]} if options["campaign"] else {}
        page = search(AnonymousUser(), options["words"], filters=filters, size=limit)
        hits = [*page.recommended, *page.hits, *page.similar_hits][:limit]
        if options["json"]:
            answer = {"total": page.total, "backend": page.backend, "hits": [_facts(hit) for hit in hits]}
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        self.stdout.write(f"{page.total} · {page.backend} · {page.took_ms:.0f} ms")
        for hit in hits:
            self.stdout.write(f"{hit.score:8.3f}  {hit.key:14}  {hit.title}")


def _facts(hit: Hit) -> dict[str, Any]:
    return {"key": hit.key, "kind": hit.kind, "id": hit.object_id, "source_id": hit.doc.source_id, "title": hit.title}
