"""The tally of public ideas: moved by the database with every change, however it is made."""

from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F, Value

from ideas.actions import gather_tally
from ideas.models import Campaign, CampaignStatus, District, Goal, Idea, IdeaTally, Topic
from ideas.queries.tally import tally_differences
from tests import factories

pytestmark = pytest.mark.django_db


def summed() -> int:
    return sum(IdeaTally.objects.values_list("number", flat=True))


CHANGES: list[Callable[[Idea], object]] = [
    lambda idea: Idea.objects.filter(pk=idea.pk).update(state="hidden"),
    lambda idea: Idea.objects.filter(pk=idea.pk).update(topic=Topic.objects.create(name="Wasser", slug="wasser")),
    lambda idea: Idea.objects.filter(pk=idea.pk).update(goal=Goal.objects.create(name="Gesund", slug="gesund")),
    lambda idea: Idea.objects.filter(pk=idea.pk).update(district=District.objects.create(name="Ufer", slug="ufer")),
    lambda idea: Idea.objects.filter(pk=idea.pk).update(progress="done"),
    lambda idea: Idea.objects.filter(pk=idea.pk).update(campaign=factories.campaign()),
    lambda idea: Idea.objects.filter(pk=idea.pk).update(
        status=CampaignStatus.objects.create(campaign=idea.campaign, name="Top", slug="top")
    ),
]


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_is_counted_at_once(change: Callable[[Idea], object], campaign: Campaign) -> None:
    factories.idea(campaign=campaign)
    idea = factories.idea(campaign=campaign)
    assert list(tally_differences()) == []
    change(idea)
    assert list(tally_differences()) == []


def test_what_waits_is_not_counted_and_rows_written_at_once_are(campaign: Campaign) -> None:
    factories.idea(campaign=campaign, state=Idea.State.WAITING)
    assert summed() == 0
    ready = factories.idea(campaign=campaign)
    copies = [
        Idea(campaign=campaign, title="Eine von vielen", slug="eine", teaser="", state="public",
             approved_version=ready.approved_version, published_at=ready.published_at)
        for _number in range(50)
    ]  # fmt: skip
    Idea.objects.bulk_create(copies)
    assert summed() == 51
    last = Idea.objects.filter(campaign=campaign).latest("pk")
    Idea.objects.filter(pk=last.pk)._raw_delete("default")  # type: ignore[attr-defined]
    assert summed() == 50


def test_supports_and_places_leave_the_tally_alone(campaign: Campaign) -> None:
    idea = factories.idea(campaign=campaign)
    before = list(IdeaTally.objects.values_list("pk", flat=True))
    Idea.objects.filter(pk=idea.pk).update(support_count=F("support_count") + Value(1), fair_rank=7)
    idea.refresh_from_db()
    idea.save()
    assert list(IdeaTally.objects.values_list("pk", flat=True)) == before


def test_rows_are_added_together(campaign: Campaign) -> None:
    ideas = [factories.idea(campaign=campaign) for _number in range(5)]
    Idea.objects.filter(pk__in=[idea.pk for idea in ideas[:2]]).update(progress="done")
    gather_tally()
    assert sorted(IdeaTally.objects.values_list("progress", "number")) == [("done", 2), ("new", 3)]
    Idea.objects.filter(campaign=campaign).update(progress="new")
    gather_tally()
    assert list(IdeaTally.objects.values_list("progress", "number")) == [("new", 5)]
    assert list(tally_differences()) == []
    last = IdeaTally.objects.get().pk
    gather_tally()
    assert IdeaTally.objects.get().pk == last


def test_the_command_names_what_is_wrong_and_mends_it(campaign: Campaign, capsys: pytest.CaptureFixture[str]) -> None:
    factories.idea(campaign=campaign)
    call_command("verify_counts")
    IdeaTally.objects.update(number=3)
    Campaign.objects.filter(pk=campaign.pk).update(idea_count=9)
    with pytest.raises(CommandError, match="2"):
        call_command("verify_counts")
    assert "spielraeume" in capsys.readouterr().out
    call_command("verify_counts", "--mend")
    call_command("verify_counts")
    campaign.refresh_from_db()
    assert (campaign.idea_count, summed()) == (1, 1)
