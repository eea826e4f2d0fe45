"""By what ideas are sorted, in one statement: topics, districts, goals, and a campaign's own statuses."""

from typing import Any

from django.db.models import CharField, QuerySet, Value

from ideas.models import Campaign, CampaignStatus, District, Goal, Topic

Known = dict[str, tuple[Any, str]]
"""{name in addresses: (value in the database, words)}"""

_KINDS = (("thema", Topic), ("stadtteil", District), ("ziel", Goal))


def known_terms() -> dict[str, Known]:
    """Return topics, districts and goals: {facet: {slug: (id, name)}}."""
    return terms_of(None)[0]


def terms_of(campaign: Campaign | None) -> tuple[dict[str, Known], list[CampaignStatus]]:
    """Return all terms, and the campaign's own statuses in their order, by one statement."""
    empty = [Value("", CharField())] * 3
    parts: list[QuerySet] = [
        model.objects.order_by().values_list(Value(name), "pk", "slug", "name", "position", *empty)
        for name, model in _KINDS
    ]
    if campaign is not None:
        own = CampaignStatus.objects.filter(campaign=campaign).order_by()
        parts.append(own.values_list(Value("status"), "pk", "slug", "name", "sort_order", "look", "text", "progress"))
    known: dict[str, Known] = {name: {} for name, _model in _KINDS}
    statuses = []
    for kind, pk, slug, name, place, look, text, progress in parts[0].union(*parts[1:], all=True):
        if kind == "status":
            values = {"name": name, "slug": slug, "look": look, "text": text, "progress": progress}
            statuses.append(CampaignStatus(pk=pk, campaign=campaign, sort_order=place, **values))
        else:
            known[kind][slug] = (place, pk, name)  # type: ignore[assignment]
    return {kind: _in_order(found) for kind, found in known.items()}, sorted(
        statuses, key=lambda one: (one.sort_order, one.pk)
    )


def _in_order(found: dict[str, Any]) -> Known:
    """Sort by position and name."""
    rows = sorted(found.items(), key=lambda row: (row[1][0], row[1][2]))
    return {slug: (pk, name) for slug, (_place, pk, name) in rows}
