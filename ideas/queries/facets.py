"""By what a list can be narrowed; every choice is a link."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Value
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from taggit.models import Tag

from common.errors import Refused
from ideas.models import District, Goal, Topic
from ideas.queries.looks import SLUG_STATUS, status_labels

if TYPE_CHECKING:
    from ideas.queries.listing import Wish

# Name in the address → column of the idea.
FACETS = {
    "thema": "topic_id",
    "stadtteil": "district_id",
    "ziel": "goal_id",
    "status": "progress",
    "schlagwort": "",
}


@dataclass(frozen=True)
class Facet:
    """One group of choices."""

    name: str
    label: str
    column: str
    options: list[dict[str, Any]]
    values: list[Any]

    @property
    def active(self) -> list[dict[str, Any]]:
        return [option for option in self.options if option["active"]]


def facets_for(wish: "Wish", path: str) -> list[Facet]:
    """Return all facets with their links; raises ``Refused`` (400) for a value that does not exist."""
    known = known_terms()
    known["status"] = {slug: (progress, status_labels()[slug]) for slug, progress in SLUG_STATUS.items()}
    known["schlagwort"] = _chosen_tags(wish)
    labels = {
        "thema": _("Topic"),
        "stadtteil": _("District"),
        "ziel": _("Goal"),
        "status": pgettext("of an idea", "Status"),
        "schlagwort": _("Tag"),
    }
    return [_facet(name, labels[name], known[name], wish, path) for name in FACETS]


def known_terms() -> dict[str, dict[str, tuple[Any, str]]]:
    """Return topics, districts and goals in one statement: {facet: {slug: (id, name)}}."""
    parts = [
        model.objects.order_by().values_list(Value(name), "pk", "slug", "name", "position")
        for name, model in (("thema", Topic), ("stadtteil", District), ("ziel", Goal))
    ]
    known: dict[str, dict[str, tuple[Any, str]]] = {"thema": {}, "stadtteil": {}, "ziel": {}}
    for name, pk, slug, label, _position in sorted(
        parts[0].union(*parts[1:], all=True), key=lambda row: (row[4], row[3])
    ):
        known[name][slug] = (pk, label)
    return known


def _chosen_tags(wish: "Wish") -> dict[str, tuple[Any, str]]:
    chosen = [slug for slug in wish.chosen.get("schlagwort", ()) if slug.isprintable() and len(slug) <= 100]
    if not chosen:
        return {}
    return {
        slug: (pk, name) for pk, slug, name in Tag.objects.filter(slug__in=chosen).values_list("pk", "slug", "name")
    }


def _facet(name: str, label: str, known: dict[str, tuple[Any, str]], wish: "Wish", path: str) -> Facet:
    chosen = wish.chosen.get(name, ())
    if any(value not in known for value in chosen):
        message = _("The list does not know this value of “%(name)s”.") % {"name": name}
        raise Refused(message, code="unknown_value", status=400)
    options = []
    for slug, (_value, words) in known.items():
        active = slug in chosen
        rest = tuple(value for value in chosen if value != slug) if active else (*chosen, slug)
        options.append({"slug": slug, "label": words, "active": active, "url": wish.url(path, {name: rest})})
    column = FACETS[name]
    return Facet(name, label, column, options, [known[slug][0] for slug in chosen] if column else [])
