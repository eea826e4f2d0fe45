"""Ideas that came by telephone, letter or at an event: how that is said, and the desk's list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from common.errors import Refused
from ideas.models import Campaign, Idea, Intake
from ideas.models.intake import IntakeQuerySet
from theme import dates

if TYPE_CHECKING:
    from accounts.models import User

PAGE_SIZE = 50
# Names in addresses.
CHANNELS = {"telefon": "phone", "brief": "letter", "veranstaltung": "event", "mail": "mail"}
TAKEN = {"ja": True, "nein": False}


def intake_of(idea: Idea) -> Intake | None:
    """Return how the idea came in, None where its author typed it here; asks the database only if there is something."""
    return Intake.objects.filter(idea=idea).first() if idea.channel else None


def how(intake: Intake) -> str:
    """Return the words after "received": the occasion as staff wrote it, else the way."""
    return intake.occasion or str(intake.get_channel_display())


def source_line(intake: Intake | None) -> str:
    """Return where an idea comes from, for everybody."""
    return _("Received %(how)s, written down by the town") % {"how": how(intake)} if intake else ""


def intake_entries(idea: Idea, intake: Intake | None) -> list[tuple[datetime, dict[str, Any]]]:
    """Return what the evidence trail tells of it."""
    if intake is None:
        return []
    said = _("%(how)s on %(day)s, written down by the town")
    text = said % {"how": how(intake), "day": dates.short_day(intake.received_on)}
    found: list[tuple[datetime, dict[str, Any]]] = [
        (idea.created_at, {"verb": _("Received"), "text": text, "by": "town", "icon": "pencil"})
    ]
    if intake.claimed_at is not None:
        name = idea.author.display_name if idea.author else _("a former member")
        text = _("by %(name)s, with the code on the receipt") % {"name": name}
        found.append((intake.claimed_at, {"verb": _("Taken over"), "text": text, "by": "citizen"}))
    return found


@dataclass(frozen=True)
class Desk:
    """One page of what was taken in."""

    intakes: list[Intake]
    chosen: dict[str, str]
    next_url: str
    previous_url: str
    campaigns: list[Campaign]


def desk(user: "User", asked: Mapping[str, str]) -> Desk:
    """Return what was taken in, newest first, as the address narrows it down; unknown values are refused (400)."""
    rows = Intake.objects.visible_to(user).select_related("idea__campaign", "entered_by", "idea__author")
    chosen = {name: asked[name] for name in ("kampagne", "weg", "abgeholt") if asked.get(name)}
    rows = narrowed(rows, chosen)
    number = asked.get("seite", "1")
    if not (number.isascii() and number.isdigit() and 1 <= len(number) <= 4 and int(number)):
        raise unknown("seite")
    first = (int(number) - 1) * PAGE_SIZE
    found = list(rows[first : first + PAGE_SIZE + 1])
    pages = [int(number) - 1, int(number) + 1 if len(found) > PAGE_SIZE else 0]
    previous, following = (f"?{urlencode({**chosen, 'seite': page})}" if page else "" for page in pages)
    ids = Intake.objects.visible_to(user).values("idea__campaign_id")
    return Desk(found[:PAGE_SIZE], chosen, following, previous, list(Campaign.objects.filter(pk__in=ids)))


def narrowed(rows: IntakeQuerySet, chosen: Mapping[str, str]) -> IntakeQuerySet:
    """Return the rows that fit."""
    if "kampagne" in chosen:
        rows = rows.filter(idea__campaign__slug=chosen["kampagne"])
    if "weg" in chosen:
        if chosen["weg"] not in CHANNELS:
            raise unknown("weg")
        rows = rows.filter(channel=CHANNELS[chosen["weg"]])
    if "abgeholt" in chosen:
        if chosen["abgeholt"] not in TAKEN:
            raise unknown("abgeholt")
        rows = rows.filter(claimed_at__isnull=not TAKEN[chosen["abgeholt"]])
    return rows


def unknown(name: str) -> Refused:
    """Return the refusal of a value that no list knows."""
    message = _("The list does not know this value of “%(name)s”.") % {"name": name}
    return Refused(message, code="unknown_value", status=400)
