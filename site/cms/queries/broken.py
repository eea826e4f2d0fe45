"""Links that lead nowhere, on public pages and in the menus: only links within this site are looked at."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.db.models import Model
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.models import CampaignPage, Picture, TownSettings, open_to_all
from cms.models.pages import address
from cms.queries.naming import Named, named
from ideas.models import Campaign, Idea

KEY, SECONDS = "cms:broken-links", 600
IDEA = re.compile(r"/ideen/(\d{1,12})(?:[-/]|$)")
DOCUMENT = re.compile(r"/dokumente/(\d{1,12})/")


@dataclass(frozen=True)
class Broken:
    """One link or block that leads nowhere: where it stands, where to edit that, what it says, what is wrong."""

    title: str
    edit_url: str
    words: str
    fault: str


def broken_links(*, fresh: bool = False) -> list[Broken]:
    """Return what leads nowhere; looked up every ten minutes at most, or now."""
    found: list[Broken] | None = None if fresh else caches["default"].get(KEY)
    if found is None:
        found = list(look())
        caches["default"].set(KEY, found, SECONDS)
    return found


def look() -> Iterator[Broken]:
    """Look through all public pages and the menus."""
    rows = [*from_pages(), *from_settings()]
    judge = Judge([one for _title, _url, one in rows])
    for title, url, one in rows:
        if fault := judge.fault(one):
            yield Broken(title, url, one.words, fault)


def from_pages() -> Iterator[tuple[str, str, Named]]:
    """Return what public pages name; as many statements as there are kinds of pages."""
    for page in Page.objects.live().filter(depth__gt=1).specific(defer=False).iterator(chunk_size=200):
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        yield from ((page.title, url, one) for one in in_streams(page))


def from_settings() -> Iterator[tuple[str, str, Named]]:
    """Return what the menus name."""
    kept = TownSettings.objects.first()
    if kept:
        url = AdminURLFinder().get_edit_url(kept) or reverse(
            "wagtailsettings:edit", args=["cms", "townsettings", kept.pk]
        )
        yield from ((str(TownSettings._meta.verbose_name), url, one) for one in in_streams(kept))


def in_streams(thing: Model) -> Iterator[Named]:
    """Return what all blocks of a page name."""
    for field in thing._meta.get_fields():
        if isinstance(field, StreamField):
            stream = getattr(thing, field.name)
            yield from named(stream.stream_block, list(stream.raw_data))


class Judge:
    """Knows which of the named things are there and public; asks once for each kind of thing."""

    def __init__(self, things: Iterable[Named]) -> None:
        wanted: dict[type[Model], set[int]] = defaultdict(set)
        paths: set[str] = set()
        for one in things:
            if one.model is None:
                paths.add(one.path)
            else:
                wanted[root(one.model)].add(one.key)
        self.there = {model: self.known(model, keys) for model, keys in wanted.items()}
        self.paths = {path: fault for path in paths if (fault := fault_of_path(path))}

    def known(self, model: type[Model], keys: set[int]) -> dict[int, bool]:
        """Return which things exist, and whether everybody may see them."""
        rows: Any = model._default_manager.filter(pk__in=keys)
        public = rows
        if model is Page:
            public = open_to_all(rows)
        elif model is Campaign:
            public = rows.filter(is_public=True, pk__in=CampaignPage.objects.live().values("campaign"))
        shown = set(public.values_list("pk", flat=True))
        return {pk: pk in shown for pk in rows.values_list("pk", flat=True)}

    def fault(self, one: Named) -> str:
        """Return in words what is wrong; empty when nothing is."""
        if one.model is None:
            return self.paths.get(one.path, "")
        model = root(one.model)
        state = self.there[model].get(one.key)
        name = kind_name(model)
        if state is None:
            return _("%(kind)s was deleted.") % {"kind": name}
        return "" if state else _("%(kind)s is not public.") % {"kind": name}


def root(model: type[Model]) -> type[Model]:
    """Return the general class of pages for every page class, others as they are."""
    return Page if issubclass(model, Page) else model


def kind_name(model: type[Model]) -> str:
    """Return what the thing is, as the subject of a sentence."""
    known = {
        Page: _("The page"), Campaign: _("The campaign"), Picture: _("The picture"), get_document_model(): _("The document"),
    }  # fmt: skip
    return known.get(model) or f"„{model._meta.verbose_name}“"


def fault_of_path(path: str) -> str:
    """Return what is wrong with an address on this site."""
    try:
        match = resolve(path)
    except Resolver404:
        return _("There is nothing at %(path)s.") % {"path": path}
    if match.url_name == "wagtail_serve":
        return "" if leads_to_page(path) else _("There is nothing at %(path)s.") % {"path": path}
    if found := IDEA.match(path):
        seen = Idea.objects.visible_to(AnonymousUser()).filter(pk=found[1]).exists()
        return "" if seen else _("The idea is not public, or was deleted.")
    if found := DOCUMENT.match(path):
        return "" if get_document_model().objects.filter(pk=found[1]).exists() else _("The document was deleted.")
    return ""


def leads_to_page(path: str) -> bool:
    """Tell whether there is a public page or a redirect at a path."""
    if path == "/":
        return True
    wanted = path if path.endswith("/") else f"{path}/"
    slug = wanted.strip("/").rpartition("/")[2]
    if any(address(page) == wanted for page in open_to_all(Page.objects.filter(slug=slug))):
        return True
    return Redirect.objects.filter(old_path=Redirect.normalise_path(path)).exists()
