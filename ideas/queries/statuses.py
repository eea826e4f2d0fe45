"""A campaign's own statuses: which there are, which are in use."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Count, OuterRef, Subquery

from ideas.models import Campaign, CampaignStatus, Idea, OfficialAnswer


def own_statuses(campaign: Campaign) -> list[CampaignStatus]:
    """Return the campaign's own statuses in their order; none where it uses the common ones."""
    return list(campaign.statuses.all())


def first_status() -> Subquery:
    """Return, inside a statement about ideas, the campaign's own status that stands for how far an idea has come."""
    fitting = CampaignStatus.objects.filter(campaign=OuterRef("campaign"), progress=OuterRef("progress"))
    return Subquery(fitting.order_by("sort_order", "pk").values("pk")[:1])


def used_statuses(statuses: Iterable[CampaignStatus]) -> Counter[int]:
    """Return how many ideas and answers have each of the statuses."""
    ids, found = [status.pk for status in statuses], Counter[int]()
    if ids:
        for model in (Idea, OfficialAnswer):
            rows = (
                model._default_manager.filter(status__in=ids).order_by().values_list("status").annotate(n=Count("pk"))
            )
            found.update(dict(rows))
    return found
