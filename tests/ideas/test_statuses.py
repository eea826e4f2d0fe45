"""A campaign's own statuses: made in the form, chosen in answers, shown everywhere, never lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from common.errors import Refused
from ideas.actions import publish_answer, publish_idea
from ideas.actions.statuses import follow_statuses
from ideas.models import Campaign, CampaignStatus, Idea
from tests import factories
from tests.ideas.conftest import signed_in

LETTER = "Wir haben die Stelle angesehen und bauen im Mai."


@pytest.fixture
def statuses(campaign: Campaign) -> dict[str, CampaignStatus]:
    rows = (("Eingegangen", "sky", "new"), ("Im Bauplan", "river", "planned"), ("Gebaut", "done", "done"))
    return {
        name: CampaignStatus.objects.create(
            campaign=campaign, name=name, look=look, progress=progress, sort_order=place
        )
        for place, (name, look, progress) in enumerate(rows)
    }


def test_the_address_of_a_status_is_readable_its_own_and_stays(campaign: Campaign) -> None:
    made = [
        CampaignStatus.objects.create(campaign=campaign, name=name) for name in ("Größe geprüft", "Neu", "Neu", "?")
    ]
    assert [one.slug for one in made] == ["groesse-geprueft", "neu-2", "neu-3", "stand"]
    made[0].name = "Anders"
    made[0].save()
    assert made[0].slug == "groesse-geprueft"


def test_a_new_idea_gets_the_status_that_stands_for_new(campaign: Campaign, statuses: dict[str, Any]) -> None:
    waiting = factories.idea(campaign=campaign, state="waiting")
    assert publish_idea(waiting.pk).status == statuses["Eingegangen"]


def test_offices_answer_in_the_campaigns_words(campaign: Campaign, statuses: dict[str, Any], office: User) -> None:
    idea, desk = factories.idea(campaign=campaign), signed_in(office)
    address = f"/ideen/{idea.pk}/antwort/"
    form = desk.get(address).text
    assert "Im Bauplan" in form
    assert "Nicht umsetzbar" not in form
    wrong = desk.post(address, {"text": LETTER, "progress": "done"})
    assert wrong.status_code == 422
    assert LETTER in wrong.text
    assert desk.post(address, {"text": LETTER, "progress": "im-bauplan"}).status_code in (302, 303)
    idea.refresh_from_db()
    answer = idea.answers.get()
    assert (idea.status, idea.progress) == (answer.status, answer.progress) == (statuses["Im Bauplan"], "planned")
    page = Client().get(idea.get_absolute_url()).text
    assert page.count("mw-chip--river") >= 2
    assert "Grünflächenamt: Im Bauplan." in page
    assert "Wird umgesetzt" not in page


def test_the_status_of_another_campaign_is_refused(statuses: dict[str, Any], office: User) -> None:
    with pytest.raises(Refused, match="anderen Kampagne"):
        publish_answer(idea=factories.idea(), author=office, text=LETTER, status=statuses["Gebaut"])


def test_a_list_is_narrowed_by_own_statuses(campaign: Campaign, statuses: dict[str, Any]) -> None:
    from ideas.queries.listing import listing, read_wish

    factories.idea(campaign=campaign, title="Steht schon", status=statuses["Gebaut"], progress="done")
    factories.idea(campaign=campaign, title="Kommt noch", status=statuses["Im Bauplan"], progress="planned")
    found = listing(read_wish({"status": ["gebaut"]}), "/x/", campaign)
    assert [(card["title"], card["chip"]) for card in found.cards] == [
        ("Steht schon", {"look": "done", "icon": "check", "text": "Gebaut"})
    ]


def test_ideas_follow_when_a_status_stands_for_something_else(campaign: Campaign, statuses: dict[str, Any]) -> None:
    built = factories.idea(campaign=campaign, status=statuses["Im Bauplan"], progress="planned")
    older = factories.idea(campaign=campaign)
    statuses["Im Bauplan"].progress = "reviewed"
    statuses["Im Bauplan"].save()
    assert follow_statuses(campaign) == 1
    built.refresh_from_db()
    older.refresh_from_db()
    assert (built.progress, older.status) == ("reviewed", statuses["Eingegangen"])


@pytest.fixture
def campaign(campaign: Campaign) -> Campaign:
    """The phase begins and ends after noon: at night a form cannot say which of two hours it means when summer time ends."""
    noon = timezone.localtime().replace(hour=12, minute=0, second=17, microsecond=5)
    campaign.phases.update(opens_at=noon - timedelta(days=2), closes_at=noon + timedelta(days=2))
    return campaign


def form_of(campaign: Campaign, statuses: list[CampaignStatus], **changed: str) -> dict[str, str]:
    phase = campaign.phases.get()
    fields = {
        "title": campaign.title, "slug": campaign.slug, "audience": "everybody", "check_ideas": "before", "check_comments": "after",
        "phases-TOTAL_FORMS": "1", "phases-INITIAL_FORMS": "1", "phases-0-id": str(phase.pk), "phases-0-kind": phase.kind,
        "phases-0-opens_at": f"{phase.opens_at.astimezone():%Y-%m-%d %H:%M}",
        "phases-0-closes_at": f"{phase.closes_at.astimezone():%Y-%m-%d %H:%M}",
        "phases-0-allows_support": "on", "phases-0-ORDER": "1",
        "statuses-TOTAL_FORMS": str(len(statuses)), "statuses-INITIAL_FORMS": str(len(statuses)),
        "questions-TOTAL_FORMS": "0", "questions-INITIAL_FORMS": "0",
    }  # fmt: skip
    for place, one in enumerate(statuses):
        row = {
            "id": str(one.pk),
            "name": one.name,
            "look": one.look,
            "progress": one.progress,
            "text": "",
            "ORDER": str(place),
        }
        fields |= {f"statuses-{place}-{name}": value for name, value in row.items()}
    return fields | changed


def test_a_status_that_ideas_have_is_not_deleted(campaign: Campaign, statuses: dict[str, Any]) -> None:
    factories.idea(campaign=campaign, status=statuses["Gebaut"], progress="done")
    desk = signed_in(factories.make_person("redaktion@example.org", groups=["Redaktion"]))
    address = f"/cms/snippets/ideas/campaign/edit/{campaign.pk}/"
    rows = list(statuses.values())
    answer = desk.post(address, form_of(campaign, rows, **{"statuses-2-DELETE": "on"}))
    assert answer.status_code == 200
    assert "„Gebaut“ lässt sich nicht löschen: 1 Idee oder Antwort hat diesen Stand." in answer.text
    assert desk.post(address, form_of(campaign, rows, **{"statuses-1-DELETE": "on"})).status_code == 302
    assert [one.name for one in campaign.statuses.order_by("sort_order")] == ["Eingegangen", "Gebaut"]
    assert Idea.objects.get().status == statuses["Gebaut"]


def test_editors_see_the_page_as_it_will_be_before_they_save(campaign: Campaign) -> None:
    from cms.models import CampaignIndexPage, CampaignPage

    desk = signed_in(factories.make_person("redaktion@example.org", groups=["Redaktion"]))
    address = f"/cms/snippets/ideas/campaign/preview/{campaign.pk}/"
    changed = form_of(campaign, [], summary="Noch nicht gespeichert.", **{"phases-0-title": "Große Wahl"})
    assert desk.post(address, changed).json()["is_valid"]
    assert "Diese Kampagne hat noch keine Seite." in desk.get(address).text
    CampaignIndexPage.objects.get().add_child(instance=CampaignPage(title="Spielräume", campaign=campaign))
    assert desk.post(address, changed).json()["is_valid"]
    shown = desk.get(address).text
    assert "Noch nicht gespeichert." in shown
    assert "Große Wahl" in shown
    campaign.refresh_from_db()
    assert campaign.summary == ""


def test_a_running_phase_is_guarded_in_the_form(campaign: Campaign) -> None:
    desk = signed_in(factories.make_person("redaktion@example.org", groups=["Redaktion"]))
    address, phase = f"/cms/snippets/ideas/campaign/edit/{campaign.pk}/", campaign.phases.get()
    moved = desk.post(address, form_of(campaign, [], **{"phases-0-opens_at": "2020-01-01 08:00"}))
    assert "Diese Phase hat begonnen." in moved.text
    gone = desk.post(address, form_of(campaign, [], **{"phases-0-DELETE": "on"}))
    assert gone.status_code == 200
    assert campaign.phases.get() == phase
    assert desk.post(address, form_of(campaign, [], title="Anders")).status_code == 302
    kept = campaign.phases.get()
    assert (kept.opens_at, kept.closes_at) == (phase.opens_at, phase.closes_at)


def test_a_new_phase_allows_what_its_kind_is_for(campaign: Campaign) -> None:
    desk = signed_in(factories.make_person("redaktion@example.org", groups=["Redaktion"]))
    row = {"kind": "collect", "opens_at": "2090-05-01 08:00", "closes_at": "2090-06-01 18:00", "ORDER": "2"}
    fields = form_of(campaign, [], **{"phases-TOTAL_FORMS": "2"}) | {
        f"phases-1-{name}": value for name, value in row.items()
    }
    answer = desk.post(f"/cms/snippets/ideas/campaign/edit/{campaign.pk}/", fields, follow=True)
    made = campaign.phases.get(kind="collect")
    assert (made.allows_ideas, made.allows_comments, made.allows_support) == (True, True, False)
    assert "ist eine Lücke" in answer.text
