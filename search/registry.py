"""How a kind of contribution becomes searchable: one small file ``searchable.py`` in its own room.

    # ideas/searchable.py
    from search.registry import Builder, Doc, register

    @register
    class IdeaSearch(Builder):
        kind = "idea"                                  # stands in keys ("idea:17"), addresses and JSON; never change it
        label, label_plural = _("Idea"), _("Ideas")    # shown at a hit; on the tab
        icon, order = "bulb", 10                       # name in the icon sprite; place among the tabs

        def visible_to(self, user):                    # the one permission truth of the kind
            return Idea.objects.visible_to(user)

        def prepare(self, queryset):                   # joins that document(), url() and note() need; no filters
            return queryset.select_related("campaign", "district").prefetch_related("tags")

        def document(self, idea):                      # from the *public* version only, never from a pending one
            return Doc(title=idea.title, body=idea.text, campaign=idea.campaign.slug, ...)

Rules:

* The index holds exactly what ``visible_to(AnonymousUser())`` returns. Everything else is a tombstone without text.
* Hits are read again through ``visible_to(user)`` and shown from ``document(obj)``; the index never decides what is shown.
* The room calls ``search.actions.touch("idea", idea.pk)`` inside the transaction of every change that may alter the document
  or its visibility (publish, edit, hide, delete, merge, counter). ``touch`` reads the object afresh, so call it after saving.
  After a deletion call it with the old id. Many at once: ``touch_many(kind, ids)``. A campaign that appears, changes or
  vanishes: ``touch_campaign(slug)`` (one statement; the rows follow in the background, hydration hides them at once).
* Values of ``campaign``, ``status``, ``category`` (the topic), ``district``, ``tags`` are short stable names (slugs);
  ``labels`` gives the words for people.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet
from django.utils.functional import Promise


@dataclass(frozen=True)
class Doc:
    """What is searched and shown of one object; plain text, no markup."""

    title: str
    body: str = ""
    campaign: str = ""
    status: str = ""
    category: str = ""
    district: str = ""
    tags: tuple[str, ...] = ()
    published_at: datetime | None = None
    votes: int = 0
    files: tuple["Attachment", ...] = ()  # filled from ``Builder.attachments``
    about: str = ""  # what it belongs to: shown where it has no title of its own, but not searched
    source_id: str = ""  # the id an import brought along; shown by ``find --json``


class Place(NamedTuple):
    """Where something is: in words, perhaps none, and in degrees."""

    words: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Attachment:
    """A file beside a contribution that everybody may read who may read the contribution."""

    source: str  # names this content of this file, at most 80 signs: another content, another name
    name: str
    kind: str  # pdf, odt or docx
    url: str
    open: Callable[[], IO[bytes]] = field(compare=False)


@dataclass(frozen=True)
class Name:
    """A topic, place or tag that public things have, and the page that shows them."""

    text: str
    url: str
    label: str  # what it is, in words
    icon: str = "tag"


class Builder:
    """One kind of contribution, as search sees it."""

    kind: str
    label: str | Promise
    label_plural: str | Promise
    icon: str = "document"
    order: int = 50
    language: str = "de"  # what its texts are written in

    def visible_to(self, user: object) -> QuerySet:
        """Return the objects that this person may see."""
        raise NotImplementedError

    def document(self, obj: Model) -> Doc:
        """Return the public text and facts of an object."""
        raise NotImplementedError

    def prepare(self, queryset: QuerySet) -> QuerySet:
        """Return the queryset with the joins that the other methods need."""
        return queryset

    def url(self, obj: Model) -> str:
        """Return the address of the object's page."""
        return obj.get_absolute_url()  # type: ignore[attr-defined]

    def note(self, obj: Model) -> str:
        """Return a few words beside the kind, such as “on the idea …” or an office; may be empty."""
        return ""

    def labels(self, facet: str, values: Iterable[str]) -> dict[str, str]:
        """Return the words for people of facet values (facet: campaign, status, category, district, tags)."""
        return {}

    def choices(self, facet: str) -> dict[str, str]:
        """Return all values that a facet can have for everybody, with the words for people (for forms)."""
        return {}

    def place(self, obj: Model) -> Place | None:
        """Return where the object is, when it says so."""
        return None

    def authors(self, obj: Model) -> Iterable[int]:
        """Return the ids of the accounts that wrote the object; they are not alerted to it."""
        return ()

    def attachments(self, objects: Sequence[Model]) -> Mapping[int, Sequence[Attachment]]:
        """Return the files beside these objects (from ``prepare``), by their ids; one statement for all, none if none has any."""
        return {}

    def names(self, words: Sequence[str], limit: int) -> Iterable[Name]:
        """Return names that begin with these folded words (``search.completing.begins``) and that something public has."""
        return ()

    def public(self) -> QuerySet:
        """Return what everybody may see, which is what the index holds."""
        return self.prepare(self.visible_to(AnonymousUser()))

    def visible_pks(self) -> Iterable[int]:
        """Return the ids of everything public."""
        return self.visible_to(AnonymousUser()).order_by("pk").values_list("pk", flat=True).iterator(chunk_size=5_000)


_builders: dict[str, Builder] = {}


def register(builder: type[Builder]) -> type[Builder]:
    """Add a kind; raises ``ValueError`` when its name is taken or does not fit into a key."""
    kind = builder.kind
    if kind in _builders or not kind.isidentifier() or len(kind) > 20:
        raise ValueError(f"Kind {kind!r} is registered twice or is no short name.")
    _builders[kind] = builder()
    return builder


def unregister(kind: str) -> None:
    """Take a kind away again (for tests)."""
    _builders.pop(kind, None)


def builders() -> list[Builder]:
    """Return all kinds, in the order of the tabs."""
    return sorted(_builders.values(), key=lambda builder: (builder.order, builder.kind))


def builder_for(kind: str) -> Builder:
    """Return the builder of a kind; raises ``LookupError`` for an unknown one."""
    return _builders[kind]


def is_kind(kind: str) -> bool:
    """Tell whether such a kind is registered."""
    return kind in _builders


def facet_labels(facet: str, values: Iterable[str]) -> dict[str, str]:
    """Return the words for people of facet values, the value itself where no kind knows better."""
    known: dict[str, str] = {}
    unknown = set(values)
    for builder in builders():
        if unknown:
            known |= {value: str(label) for value, label in builder.labels(facet, unknown).items() if value in unknown}
            unknown -= known.keys()
    return known | {value: value for value in unknown}


def facet_choices(facet: str) -> dict[str, str]:
    """Return all values that a facet can have, with the words for people."""
    return {value: label for builder in builders() for value, label in builder.choices(facet).items()}
