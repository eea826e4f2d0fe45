"""A small participatory budget for tests: 1.000 € to share out, five projects."""

from datetime import timedelta
from types import SimpleNamespace

from django.test import Client
from django.utils import timezone

from ideas.models import District, Phase
from tests import factories
from voting.actions.baskets import give_basket
from voting.models import Project

COSTS = (40_000, 30_000, 30_000, 25_000, 60_001)


def budget(*, costs=COSTS, rule="sum", number=None, cents=100_000, campaign=None, **phase):
    """Return campaign, phase, ideas and projects; the phase is open unless said otherwise."""
    made = campaign or factories.campaign(phase=False, title="Bürgerhaushalt")
    rules = {"method": Phase.Method.BUDGET, "budget_cents": cents, "budget_rule": rule, "budget_number": number}
    phase = factories.phase(campaign=made, allows_ideas=False, **rules | phase)
    ideas = [factories.idea(campaign=made, title=f"Vorhaben {place}") for place in range(1, len(costs) + 1)]
    projects = [
        Project.objects.create(phase=phase, idea=idea, cost_cents=cost) for idea, cost in zip(ideas, costs, strict=True)
    ]
    return SimpleNamespace(campaign=made, phase=phase, ideas=ideas, projects=projects, ids=[one.pk for one in ideas])


def in_north(made, *places):
    """Put the ideas at these places into a district of their own; return it."""
    north, _is_new = District.objects.get_or_create(name="Nordfeld", defaults={"slug": f"nordfeld-{made.phase.pk}"})
    for place in places:
        type(made.ideas[place]).objects.filter(pk=made.ideas[place].pk).update(district=north)
    return north


def fill(made, baskets):
    """Let a person each give a basket; ``baskets`` are lists of places."""
    for places in baskets:
        give_basket(
            user=factories.person(), phase=made.phase, idea_ids=[made.ids[place] for place in places], version=0
        )


def signed_in(person=None):
    """Return the browser of somebody."""
    browser = Client()
    browser.person = person or factories.person()
    browser.force_login(browser.person)
    return browser


def end(made):
    """Let the phase be over by the clock."""
    now = timezone.now()
    Phase.objects.filter(pk=made.phase.pk).update(closes_at=now - timedelta(seconds=1))
    made.phase.refresh_from_db()
