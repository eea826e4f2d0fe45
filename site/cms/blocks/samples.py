"""What the preview of a block shows before anybody has filled it: invented words, and the site's own newest things."""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.utils import timezone
from wagtail.documents import get_document_model

TEXT = "<p>Am Ufer fehlen Bänke. <b>Bis zum Sommer</b> stellt die Stadt zwölf neue auf.</p>"


def picture() -> Any:
    """Return the newest picture that may be shown, if there is one."""
    from cms.models import Picture

    return Picture.objects.filter(usable_until=None).order_by("-pk").first()


def document(*endings: str) -> Any:
    """Return the newest document with one of the endings, if there is one."""
    wanted = Q()
    for ending in endings:
        wanted |= Q(file__iendswith=f".{ending}")
    return get_document_model().objects.filter(wanted).order_by("-pk").first()


def campaign() -> Any:
    """Return the newest public campaign, if there is one."""
    from ideas.models import Campaign

    return Campaign.objects.filter(is_public=True).order_by("-pk").first()


def contact() -> Any:
    """Return a contact of the list, if there is one."""
    from cms.models import Contact

    return Contact.objects.order_by("pk").first()


def one_campaign() -> dict[str, Any]:
    """The card of the newest campaign."""
    return {"campaign": campaign()}


def one_picture() -> dict[str, Any]:
    """A picture with words below."""
    return {"picture": picture(), "caption": "Das Ufer im Mai"}


def gallery() -> dict[str, Any]:
    """The newest pictures."""
    from cms.models import Picture

    found = Picture.objects.filter(usable_until=None).order_by("-pk")[:4]
    return {"title": "So sieht es aus", "pictures": [{"picture": one, "caption": ""} for one in found]}


def table() -> dict[str, Any]:
    """A small table."""
    return {
        "table": {
            "caption": "Neue Bänke je Stadtteil",
            "columns": [{"type": "text", "heading": "Stadtteil"}, {"type": "number", "heading": "Bänke"}],
            "rows": [{"values": ["Uferstadt", 5]}, {"values": ["Weststadt", 7]}],
        },
        "first_column_heads": True,
        "source": "Grünflächenamt",
    }


def figures() -> dict[str, Any]:
    """Three numbers."""
    entries = [("12", "neue Bänke"), ("3", "Spielplätze"), ("480", "Ideen von Ihnen")]
    return {
        "title": "Das Jahr in Zahlen",
        "entries": [{"value": value, "words": words} for value, words in entries],
        "source": "Stand: Dezember 2026",
    }


def video() -> dict[str, Any]:
    """A film elsewhere, so that the sentence about it is seen."""
    return {
        "title": "Rundgang am Ufer",
        "file": document("mp4", "webm"),
        "url": "" if document("mp4", "webm") else "https://video.example.org/rundgang",
        "spoken": "Eine Planerin zeigt, wo die Bänke stehen werden.",
    }


def vote() -> dict[str, Any]:
    """The vote of the newest campaign."""
    return {"campaign": campaign(), "words": "Stimmen Sie mit ab!"}


def documents() -> dict[str, Any]:
    """The newest document."""
    found = document("pdf")
    return {"title": "Zum Nachlesen", "documents": [{"document": found, "words": ""}] if found else []}


def dates() -> dict[str, Any]:
    """One date."""
    day = timezone.localdate() + dt.timedelta(days=14)
    return {
        "title": "",
        "dates": [{"title": "Rundgang am Ufer", "day": day, "begins": dt.time(17), "place": "Alte Brücke"}],
    }


QUOTE = {"text": "Endlich kann man sitzen.", "person": "Renate Ohlig", "role": "Anwohnerin"}
ACCORDION = {"entries": [{"title": "Wer darf mitmachen?", "text": "<p>Alle, auch Kinder.</p>"}]}
CONTACT = {"office": "Stabsstelle Familie", "persons": "Katrin Sander", "phone": "02999 17-0"}
CALL = {
    "title": "Was fehlt am Ufer?",
    "words_below": "Schreiben Sie es uns.",
    "text": "Idee einreichen",
    "url": "/ideen/",
}
HEADING = {"text": "Was sich am Ufer ändert", "level": "2"}
IDEAS = {"title": "Ideen vom Ufer", "campaign": None, "count": 3}
NEWS = {"title": "", "campaign": None, "count": 3}
