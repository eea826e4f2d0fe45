"""What a page says to machines: how it is shared, where it stands, what it is about in the words of schema.org.

Page types add their own by ``json_ld`` (``docs/maschinen.md``). Values may be a ``Picture``: the template tag puts the
address of a public size in its place, or takes the entry away when the picture may not be shown any more.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.utils import timezone
from django.utils.functional import cached_property

from theme.town import Town, town_for

if TYPE_CHECKING:
    from cms.models.picture import Picture

Node = dict[str, Any]
TEXTS = ("search_description", "hero_text", "teaser", "lead_text", "lead", "intro")
PICTURES = ("picture", "hero_picture")


class ForMachines:
    """The part of a page that browsers and search engines read; costs no statement beyond what the page shows anyway."""

    share_kind: ClassVar[str] = "website"
    title: str

    @cached_property
    def crumbs(self) -> list[tuple[str, str]]:
        """Return the pages above and this one: title and path."""
        raise NotImplementedError

    def get_absolute_url(self) -> str:
        """Return the path of the page."""
        raise NotImplementedError

    @property
    def share_title(self) -> str:
        """Return the title beside a shared link."""
        return str(getattr(self, "seo_title", "") or getattr(self, "hero_title", "") or self.title)

    @property
    def share_text(self) -> str:
        """Return one or two sentences beside a shared link."""
        return next((str(text) for name in TEXTS if (text := getattr(self, name, ""))), "")

    @property
    def share_picture(self) -> "Picture | None":
        """Return the picture beside a shared link; without one the site draws one with the title."""
        return next((found for name in PICTURES if (found := getattr(self, name, None))), None)

    def canonical_path(self, request: Any) -> str:
        """Return the one address of what is shown, whatever stands behind the question mark."""
        return self.get_absolute_url()

    def alternates(self, request: Any) -> list[tuple[str, str]]:
        """Return (language, path) of this page in every language it exists in, itself too; empty: in one only."""
        return []

    def json_ld(self, request: Any) -> list[Node]:
        """Return what the page is about, a node of schema.org each; kinds of pages add theirs to what this returns."""
        return [*breadcrumbs(self), *events(self)]


def absolute(path: str) -> str:
    """Return the full address of a path on this site."""
    return path if path.startswith(("http://", "https://")) else f"{settings.SITE_URL}{path}"


def breadcrumbs(page: ForMachines) -> list[Node]:
    """Return where the page stands, from the start page on; nothing for the start page itself."""
    if getattr(page, "depth", 0) <= 2:  # a start page
        return []
    found = [(str(town_for(None).name), "/"), *page.crumbs]
    items = [
        {
            "@type": "ListItem",
            "position": place,
            "name": title,
            "item": absolute(path or page.get_absolute_url()),
        }
        for place, (title, path) in enumerate(found, 1)
    ]
    return [{"@type": "BreadcrumbList", "itemListElement": items}]


def events(page: ForMachines) -> list[Node]:
    """Return the dates that editors put into the text of a page."""
    found: Iterable[Any] = getattr(page, "body", None) or ()
    entries = [entry for block in found if block.block_type == "dates" for entry in block.value["dates"]]
    return [
        event(
            entry["title"],
            begins=moment(entry["day"], entry.get("begins")),
            ends=end_of(entry),
            place=entry.get("place") or "",
            text=entry.get("text") or "",
            url=entry.get("url") or page.get_absolute_url(),
        )
        for entry in entries
        if entry.get("day")
    ]


def end_of(entry: Mapping[str, Any]) -> dt.date | None:
    """Return when a date is over; nothing when nobody said so."""
    if not (entry.get("last_day") or entry.get("ends")):
        return None
    return moment(entry.get("last_day") or entry["day"], entry.get("ends"))


def moment(day: dt.date, hour: dt.time | None) -> dt.date:
    """Return the moment in the town's time zone, or the day when no hour is known."""
    return timezone.make_aware(dt.datetime.combine(day, hour)) if hour else day


def event(
    name: str, *, begins: dt.date, url: str, ends: dt.date | None = None, place: str = "", text: str = ""
) -> Node:
    """Return something that takes place: a meeting, a tour, a deadline with an hour."""
    town = town_for(None)
    made: Node = {
        "@type": "Event",
        "name": name,
        "startDate": begins.isoformat(),
        "eventStatus": "https://schema.org/EventScheduled",
        "location": {"@type": "Place", "name": place or str(town.full_name), "address": place or str(town.full_name)},
        "organizer": publisher(town),
        "url": absolute(url),
    }
    if ends:
        made["endDate"] = ends.isoformat()
    return made | ({"description": text} if text else {})


def publisher(town: Town) -> Node:
    """Return the town in short, as publisher or organiser."""
    return {"@type": "GovernmentOrganization", "name": str(town.full_name), "url": absolute("/")}


def organization(town: Town) -> Node:
    """Return the town with the way to reach it; the mail address stays where collecting machines do not look."""
    made = publisher(town) | {
        "@id": absolute("/#stadt"),
        "alternateName": str(town.name),
        "logo": absolute(town.icon(512)),
    }
    if town.address:
        made["address"] = town.address
    office = next((str(line) for line in town.contact_lines), "")
    if town.phone:
        made["telephone"] = town.phone
        made["contactPoint"] = contact_point(office, phone=town.phone)
    return made


def contact_point(office: str, *, phone: str = "", fax: str = "", url: str = "", hours: str = "") -> Node:
    """Return a way to reach somebody."""
    given = {"telephone": phone, "faxNumber": fax, "url": absolute(url) if url else ""}
    return {
        "@type": "ContactPoint",
        "contactType": office or "Bürgerkontakt",
        "availableLanguage": ["de"],
        **{name: value for name, value in given.items() if value},
    }


def article(page: Any, *, published: dt.date, changed: dt.datetime | None, topic: str, author: str) -> Node:
    """Return a piece of news."""
    town = town_for(None)
    made: Node = {
        "@type": "NewsArticle",
        "headline": page.title,
        "description": page.share_text,
        "datePublished": published.isoformat(),
        "dateModified": (changed or published).isoformat(),
        "inLanguage": "de",
        "mainEntityOfPage": absolute(page.get_absolute_url()),
        "publisher": publisher(town),
        "author": {"@type": "Organization", "name": author, "url": absolute("/")} if author else publisher(town),
        "image": page.share_picture,
        "isAccessibleForFree": True,
    }
    return made | ({"articleSection": topic} if topic else {})


def website(town: Town) -> Node:
    """Return the site with its search."""
    return {
        "@type": "WebSite",
        "name": f"{town.name} {town.claim}".strip(),
        "url": absolute("/"),
        "inLanguage": "de",
        "publisher": {"@id": absolute("/#stadt")},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": absolute("/suche/?q={search_term_string}")},
            "query-input": "required name=search_term_string",
        },
    }
