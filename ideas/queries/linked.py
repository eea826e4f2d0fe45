"""What an idea is linked with, from whichever side it was linked, as far as a person may see it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ideas.linkable import Linkable, Person, Target, linkable, linkables, register
from ideas.models import Goal, Idea, IdeaLink
from ideas.models.campaign import in_groups_of
from search.queries import search

Kind = IdeaLink.Kind
# In this order they stand on the page.
HEADINGS = {
    Kind.IDEA: gettext_lazy("Ideas"),
    Kind.NEWS: gettext_lazy("News"),
    Kind.GOAL: gettext_lazy("Goals of the town"),
    Kind.MEASURE: gettext_lazy("Measures"),
    Kind.PROCESS: gettext_lazy("Core processes"),
    Kind.PAPER: gettext_lazy("Council papers"),
    Kind.CHAPTER: gettext_lazy("Chapters of reports"),
}
ICONS = {
    Kind.IDEA: "bulb",
    Kind.NEWS: "news",
    Kind.GOAL: "goal",
    Kind.MEASURE: "hammer",
    Kind.PROCESS: "settings",
    Kind.PAPER: "document",
    Kind.CHAPTER: "book",
}


@dataclass(frozen=True)
class Linked:
    """One link of an idea. ``pk`` is None where another room's table names the idea; ``host`` tells foreign addresses."""

    kind: str
    title: str
    url: str
    note: str = ""
    host: str = ""
    pk: int | None = None
    since: datetime | None = None


@dataclass(frozen=True)
class Group:
    """The links of one kind."""

    heading: str
    icon: str
    links: list[Linked]


def linked_with(idea: Idea, user: Person) -> list[Linked]:
    """Return the links of an idea that ``user`` may see; one statement, and one or two for each kind there is."""
    rows = list(IdeaLink.objects.filter(Q(idea=idea) | Q(kind=Kind.IDEA, object_id=idea.pk)).order_by("pk"))
    ends: dict[str, dict[int, IdeaLink | None]] = defaultdict(dict)
    for row in rows:
        if row.object_id is not None:
            ends[row.kind][row.object_id if row.idea_id == idea.pk else row.idea_id] = row
    for kind in linkables():
        for object_id in kind.naming(idea.pk):
            ends[kind.kind].setdefault(object_id, None)
    found = [_of_site(target, ends[name][pk]) for name, ids in ends.items() for pk, target in _targets(name, ids, user)]
    return found + [_of_address(row) for row in rows if row.object_id is None]


def _targets(kind: str, ids: Iterable[int], user: Person) -> list[tuple[int, Target]]:
    known = linkable(kind)
    seen = known.get(user, list(ids)) if known else {}
    return [(pk, seen[pk]) for pk in ids if pk in seen]


def _of_site(target: Target, row: IdeaLink | None) -> Linked:
    return Linked(
        target.kind,
        target.title,
        target.url,
        target.note,
        pk=row.pk if row else None,
        since=row.created_at if row else None,
    )


def _of_address(row: IdeaLink) -> Linked:
    return Linked(row.kind, row.title, row.address, host=host_of(row.address), pk=row.pk, since=row.created_at)


def host_of(address: str) -> str:
    """Return the name of the site an address leads to, as people know it."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


def grouped(links: Iterable[Linked]) -> list[Group]:
    """Return the links under their headings."""
    by_kind = defaultdict(list)
    for link in links:
        by_kind[link.kind].append(link)
    return [Group(str(words), ICONS[kind], by_kind[kind]) for kind, words in HEADINGS.items() if by_kind[kind]]


def link_entries(links: Iterable[Linked]) -> list[tuple[datetime, dict[str, Any]]]:
    """Return what the evidence trail tells of the links: when each was made."""
    return [
        (
            link.since,
            {"verb": _("Linked"), "text": f"{Kind(link.kind).label}: {link.title}", "by": "town", "icon": "link"},
        )
        for link in links
        if link.since is not None
    ]


def ideas_linked_with(kind: str, object_id: int, user: Person) -> list[Target]:
    """Return the ideas linked with something, for the page of that thing."""
    ids = list(IdeaLink.objects.filter(kind=kind, object_id=object_id).values_list("idea_id", flat=True))
    return [target for _pk, target in _targets(Kind.IDEA, ids, user)] if ids else []


def from_search(kind: str, user: Person, words: str, limit: int) -> list[Target]:
    """Return what the search finds of one kind; only what everybody may see stands in its index."""
    hits = search(user, words, filters={"kind": [kind]}, size=limit).hits
    return [Target(kind, hit.object_id, hit.title, hit.url, hit.note) for hit in hits]


@register
class LinkableIdea(Linkable):
    """Other ideas, by words, number or address."""

    kind, label = Kind.IDEA.value, HEADINGS[Kind.IDEA]

    def find(self, user: Person, words: str, limit: int) -> list[Target]:
        named = [
            int(part) for part in words.replace("#", "/").split("/") if part.strip().isdecimal() and len(part) < 18
        ]
        if named:
            return list(self.get(user, named[:1]).values())
        found = from_search(self.kind, user, words, limit)
        # What stands in closed groups is in no index; there it is little enough to look through.
        here = self.readable(user).filter(in_groups_of(user), title__icontains=words)[: limit - len(found)]  # type: ignore[arg-type]
        known = {target.object_id for target in found}
        return found + [self.target(idea) for idea in here if idea.pk not in known]

    def get(self, user: Person, ids: Iterable[int]) -> dict[int, Target]:
        return {idea.pk: self.target(idea) for idea in self.readable(user).filter(pk__in=ids)}

    @staticmethod
    def readable(user: Person) -> Any:
        """Return the ideas whose page tells more than that something waits or was hidden."""
        ideas = Idea.objects.visible_to(user).filter(state__in=Idea.READABLE)
        return ideas.select_related("campaign").only("title", "slug", "state", "campaign__title")

    def target(self, idea: Idea) -> Target:
        """Return an idea as the end of a link."""
        note = idea.campaign.title if idea.state == Idea.State.PUBLIC else str(Idea.State(idea.state).label)
        return Target(self.kind, idea.pk, idea.title, idea.get_absolute_url(), note)


@register
class LinkableGoal(Linkable):
    """Goals of the town; they lead to the ideas that serve them."""

    kind, label = Kind.GOAL.value, HEADINGS[Kind.GOAL]

    def find(self, user: Person, words: str, limit: int) -> list[Target]:
        return [self.target(goal) for goal in Goal.objects.filter(name__icontains=words)[:limit]]

    def get(self, user: Person, ids: Iterable[int]) -> dict[int, Target]:
        return {goal.pk: self.target(goal) for goal in Goal.objects.filter(pk__in=ids)}

    def target(self, goal: Goal) -> Target:
        """Return a goal as the end of a link."""
        return Target(self.kind, goal.pk, goal.name, f"/ideen/?ziel={goal.slug}")
