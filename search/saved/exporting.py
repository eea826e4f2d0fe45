"""Everything that is kept about somebody's saved searches, for them alone (GDPR, Art. 15 and 20)."""

from typing import Any

from search.models import SavedHit, SavedMail, SavedSearch
from search.saved.owners import Owner


def data_of(owner: Owner) -> dict[str, Any]:
    """Return the searches of an owner, what was found, and when mails went out."""
    hits: dict[int, list[dict[str, Any]]] = {}
    mine = (
        SavedSearch.objects.filter(person=owner.person)
        if owner.person
        else SavedSearch.objects.filter(reader=owner.reader)
    )
    for row in SavedHit.objects.filter(search__in=mine).order_by("pk"):
        hits.setdefault(row.search_id, []).append({"kind": row.kind, "id": row.object_id, "found_at": row.found_at})
    names = (
        "name",
        "text",
        "filters",
        "place",
        "latitude",
        "longitude",
        "radius",
        "rhythm",
        "state",
        "created_at",
        "confirmed_at",
        "since",
        "seen_at",
    )
    return {
        "address": owner.address,
        "saved_searches": [
            {**{name: getattr(row, name) for name in names}, "hits": hits.get(row.pk, [])}
            for row in mine.order_by("pk")
        ],
        "mails": list(mails_of(owner).order_by("pk").values("kind", "created_at", "mailed_at")),
    }


def mails_of(owner: Owner) -> Any:
    """Return the mails that went to an owner, as far as they are remembered."""
    return (
        SavedMail.objects.filter(person=owner.person) if owner.person else SavedMail.objects.filter(reader=owner.reader)
    )
