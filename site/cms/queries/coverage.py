"""Which pages exist in which words, and which of them are out of date."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wagtail.models import Page

from cms.models import CampaignPage, TownPage, Variant
from cms.models.pages import ENGLISH
from ideas.models import Campaign

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from accounts.models import User

Level = Variant.Level
LEVELS = (Level.EASY, Level.PLAIN, Level.SIGNED, Level.ENGLISH)


@dataclass(frozen=True)
class Cell:
    """One version of one page; ``since`` is when the page began to say something else."""

    level: str
    words: str
    variant: Variant | None = None
    translation: Page | None = None
    since: dt.datetime | None = None
    is_possible: bool = True

    @property
    def state(self) -> str:
        """Return ``there``, ``old``, ``draft``, ``missing`` or ``never``."""
        found = self.variant or self.translation
        if found is None:
            return "missing" if self.is_possible else "never"
        if self.since:
            return "old"
        is_public = self.variant.live if self.variant else bool(self.translation and self.translation.live)
        return "there" if is_public else "draft"

    @property
    def has_draft(self) -> bool:
        """Tell whether somebody is writing a newer one, which is not shown yet."""
        found = self.variant or self.translation
        return bool(found and found.live and found.has_unpublished_changes)


@dataclass(frozen=True)
class Row:
    """One German page with its versions."""

    page: Page
    cells: list[Cell]


def rows(user: "User | AnonymousUser") -> list[Row]:
    """Return the public German pages in the order of the tree; four statements and one for each kind of page."""
    found = Page.objects.live().filter(depth__gt=1).exclude(url_path__startswith=ENGLISH).exclude(pk__in=secret(user))
    pages = [page for page in found.order_by("path") if issubclass(page.specific_class or Page, TownPage)]
    variants: dict[int, dict[str, Variant]] = defaultdict(dict)
    for variant in Variant.objects.all():
        variants[variant.page_id][variant.level] = variant
    english = {one.translation_key: one for one in Page.objects.filter(url_path__startswith=ENGLISH)}
    return [Row(page, cells(page, variants[page.pk], english.get(page.translation_key))) for page in pages]


def secret(user: "User | AnonymousUser | None" = None) -> "QuerySet[CampaignPage]":
    """Return the pages of closed groups that ``user`` is no member of; without one those of all closed groups."""
    closed = CampaignPage.objects.filter(campaign__audience=Campaign.Audience.MEMBERS)
    shown = closed.exclude(campaign__in=Campaign.objects.visible_to(user)) if user else closed
    return shown.order_by().values("pk")  # type: ignore[return-value]


def cells(page: Page, variants: dict[str, Variant], english: Page | None) -> list[Cell]:
    """Return the versions of one page, also those that are missing."""
    return [cell(page, level, variants.get(level), english if level == Level.ENGLISH else None) for level in LEVELS]


def cell(page: Page, level: Variant.Level, variant: Variant | None, english: Page | None) -> Cell:
    """Return one version."""
    if english is not None:
        return Cell(level.value, str(level.label), translation=english, since=newer(page, english))
    name = page.specific_class.__name__
    is_never = level == Level.PLAIN and name == "StartPage"
    since = variant.outdated_since if variant else None
    return Cell(level.value, str(level.label), variant, since=since, is_possible=not is_never)


def newer(page: Page, english: Page) -> dt.datetime | None:
    """Return when the German page was changed after the English one was published; nothing when it was not."""
    there, here = english.last_published_at, page.last_published_at
    return here if here and there and here > there else None


def outdated(limit: int = 8) -> list[Variant]:
    """Return versions that are shown although their page says something else by now, the oldest first."""
    found = Variant.objects.filter(live=True, outdated_since__isnull=False).exclude(page__in=secret())
    return list(found.select_related("page").order_by("outdated_since")[:limit])
