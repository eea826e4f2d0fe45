"""From rows of the index to what a person may see: read afresh, through ``visible_to``."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter

from django.db.models import Model

from search.documents import documents_of, key_of
from search.highlight import Wanted, excerpt, in_title
from search.registry import Builder, Doc, builder_for, builders, facet_labels, is_kind
from search.types import Found, Hit, Scope


def scope_for(user: object) -> Scope:
    """Return what a person may search at all. It is never made from request data."""
    return Scope(kinds=frozenset(builder.kind for builder in builders()))


def hydrate(found: Sequence[Found], user: object) -> list[Hit]:
    """Return the hits that this person may see, in the same order; one query for each kind."""
    hits: dict[str, Hit] = {}
    for kind, rows in groupby(sorted(found, key=attrgetter("kind")), key=attrgetter("kind")):
        if is_kind(kind):
            hits |= _of_kind(builder_for(kind), {row.object_id: row.score for row in rows}, user)
    ordered = (hits.get(key_of(row.kind, row.object_id)) for row in found)
    return [hit for hit in ordered if hit]


def _of_kind(builder: Builder, scores: dict[int, float], user: object) -> dict[str, Hit]:
    objects = list(builder.prepare(builder.visible_to(user)).filter(pk__in=list(scores)))
    docs = documents_of(builder, objects)
    return {key_of(builder.kind, obj.pk): _hit(builder, obj, docs[obj.pk], scores[obj.pk]) for obj in objects}


def _hit(builder: Builder, obj: Model, doc: Doc, score: float) -> Hit:
    return Hit(
        key=key_of(builder.kind, obj.pk),
        kind=builder.kind,
        object_id=obj.pk,
        title=doc.title or doc.about,
        url=builder.url(obj),
        label=str(builder.label),
        icon=builder.icon,
        note=builder.note(obj),
        doc=doc,
        object=obj,
        score=score,
        language=builder.language,
    )


def mark(hits: Iterable[Hit], want: Wanted, known: Mapping[str, str] | None = None) -> None:
    """Fill in titles and excerpts with what was found marked, and the district in words (``known``: those asked for before)."""
    hits, places = list(hits), dict(known or {})
    places |= facet_labels("district", {hit.doc.district for hit in hits if hit.doc.district} - places.keys())
    for hit in hits:
        hit.place = places.get(hit.doc.district, "")
        hit.title_html, hit.excerpt_html = in_title(hit.title, want), excerpt(hit.doc.body, want)
