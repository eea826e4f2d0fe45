"""A campaign is copied in one step: what an editor made, never what people did."""

import json
from datetime import UTC, date, datetime, timedelta
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from accounts.models import User
from cms.models import CampaignIndexPage, CampaignPage
from ideas.actions.copying import Shift, copy_campaign
from ideas.models import Campaign, CampaignStatus, Comment, Draft, Idea, Member, Phase, Question
from tests import factories
from voting.actions import close_phase, give_support
from voting.models import Ballot, Vote

TOWN = ZoneInfo("Europe/Berlin")


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=TOWN).astimezone(UTC)


@pytest.fixture
def campaign(db: None) -> Campaign:
    made = factories.campaign(
        title="Sommer am Fluss", slug="sommer", phase=False, summary="Worum es geht.", who_text="Alle.", support_limit=3,
        rules_text="Seien Sie freundlich.", answer_office="Grünflächenamt", answer_days=21, answer_until=date(2026, 12, 1),
        counts_hidden_until=at(2026, 10, 20, 12), check_comments="before",
    )  # fmt: skip
    collect = {"allows_ideas": True, "allows_comments": True}
    Phase.objects.create(
        campaign=made, kind="collect", opens_at=at(2026, 9, 1, 8), closes_at=at(2026, 10, 1, 18), **collect
    )
    Phase.objects.create(
        campaign=made, kind="vote", opens_at=at(2026, 10, 1, 18), closes_at=at(2026, 11, 2, 18), allows_support=True
    )
    Question.objects.create(
        campaign=made, key="wer", label="Für wen?", kind="choice", options=["Kinder", "Alle"], is_required=True
    )
    CampaignStatus.objects.create(
        campaign=made, name="Im Bauplan", look="river", text="Es wird geplant.", progress="planned"
    )
    return made


@pytest.fixture
def page(campaigns: CampaignIndexPage, campaign: Campaign) -> CampaignPage:
    dates = [{"type": "item", "value": {"title": "Auftakt", "day": "2026-09-05", "last_day": None}}]
    body = [
        {"type": "text", "value": "<p>Der Fluss gehört allen.</p>"},
        {"type": "dates", "value": {"title": "", "dates": dates}},
        {"type": "ideas", "value": {"title": "", "campaign": campaign.pk, "count": 3}},
    ]
    made = CampaignPage(
        title="Sommer am Fluss", campaign=campaign, lead="Kurz.", body=json.dumps(body), result_shown=True
    )
    return campaigns.add_child(instance=made)


def crowd(campaign: Campaign) -> None:
    """People have used the campaign."""
    person = factories.person()
    idea = factories.idea(campaign=campaign, author=person)
    Comment.objects.create(idea=idea, author=person, text="Gut.")
    Draft.objects.create(owner=person, campaign=campaign)
    Member.objects.create(campaign=campaign, person=person)


def test_everything_an_editor_made_is_there_and_nothing_that_people_did(
    desk: Client, campaign: Campaign, page: CampaignPage
):
    crowd(campaign)
    address = f"/cms/kampagnen/{campaign.pk}/kopieren/"
    assert "Was Menschen getan haben, bleibt" in desk.get(address).text
    answer = desk.post(address, {"title": "Winter am Fluß", "starts_on": "2027-03-01"}, follow=True)
    assert "Niemand sieht die Kampagne" in answer.text
    made = Campaign.objects.get(slug="winter-am-fluss")
    same = (
        "summary",
        "who_text",
        "support_limit",
        "rules_text",
        "answer_office",
        "answer_days",
        "check_ideas",
        "check_comments",
    )
    assert [getattr(made, name) for name in same] == [getattr(campaign, name) for name in same]
    assert (made.is_published, made.is_public, made.idea_count) == (False, False, 0)
    question, status = made.questions.get(), made.statuses.get()
    assert (question.key, question.label, question.options, question.is_required) == (
        "wer",
        "Für wen?",
        ["Kinder", "Alle"],
        True,
    )
    assert (status.name, status.slug, status.look, status.text, status.progress) == (
        "Im Bauplan", "im-bauplan", "river", "Es wird geplant.", "planned",
    )  # fmt: skip
    for model in (Idea, Member, Draft, Ballot, Vote):
        assert not model._default_manager.filter(campaign=made).exists(), model
    copy = CampaignPage.objects.get(campaign=made)
    assert (copy.live, copy.lead, copy.slug, copy.result_shown) == (False, "Kurz.", "winter-am-fluss", False)
    text = json.dumps(list(copy.body.raw_data), default=str, ensure_ascii=False)
    assert "Der Fluss gehört allen." in text
    assert "2027-03-05" in text
    assert copy.body[2].value["campaign"] == made
    assert Client().get("/mitmachen/winter-am-fluss/").status_code == 404


def test_dates_move_and_hours_stay_across_the_change_of_the_clocks(campaign: Campaign):
    made = copy_campaign(campaign=campaign, title="Noch einmal", starts_on=date(2027, 3, 1))
    phases = [(phase.kind, phase.opens_at, phase.closes_at) for phase in made.phases.all()]
    # 1 October to 2 November passed the change to winter time, 31 March to 2 May the one to summer time.
    assert phases == [
        ("collect", at(2027, 3, 1, 8), at(2027, 3, 31, 18)),
        ("vote", at(2027, 3, 31, 18), at(2027, 5, 2, 18)),
    ]
    assert made.counts_hidden_until == at(2027, 4, 19, 12)
    assert made.answer_until == date(2027, 5, 31)
    assert all(phase.sealed_at is None for phase in made.phases.all())


def test_an_hour_that_does_not_exist_becomes_the_next():
    assert Shift(1).moment(at(2027, 3, 27, 2, 30)) == at(2027, 3, 28, 3, 30)
    assert Shift(1).moment(at(2028, 2, 28, 12)) == at(2028, 2, 29, 12)


def test_a_sealed_vote_is_copied_open(campaign: Campaign):
    voter, idea = factories.person(), factories.idea(campaign=campaign)
    Phase.objects.filter(campaign=campaign, kind="vote").update(closes_at=datetime.now(UTC) + timedelta(days=400))
    Phase.objects.filter(campaign=campaign, kind="collect").update(closes_at=at(2026, 9, 2))
    give_support(voter=voter, idea=idea)
    close_phase(phase=campaign.phases.get(kind="vote"))
    made = copy_campaign(campaign=campaign, title="Zweite Runde", starts_on=date(2029, 1, 1))
    assert made.phases.get(kind="vote").sealed_at is None


def test_equal_titles_get_addresses_of_their_own(campaign: Campaign):
    slugs = [
        copy_campaign(campaign=campaign, title="Noch einmal", starts_on=date(2027, 3, 1)).slug for _number in range(3)
    ]
    assert slugs == ["noch-einmal", "noch-einmal-2", "noch-einmal-3"]


@pytest.mark.parametrize("wrong", [
    {"title": "", "starts_on": "2027-03-01"},
    {"title": "Winter", "starts_on": "2027-02-30"},
    {"title": "Winter", "starts_on": "9999-12-31"},
    {"title": "W" * 121, "starts_on": "2027-03-01"},
    {"title": "Win\x00ter", "starts_on": ""},
])  # fmt: skip
def test_what_is_missing_is_said_and_what_was_typed_stays(
    desk: Client, campaign: Campaign, page: CampaignPage, wrong: dict[str, str]
):
    answer = desk.post(f"/cms/kampagnen/{campaign.pk}/kopieren/", wrong)
    assert answer.status_code == 422
    assert wrong["title"].replace("\x00", "")[:3] in answer.text
    assert Campaign.objects.count() == CampaignPage.objects.count() == 1


def test_only_editors_copy_and_never_a_group_they_do_not_belong_to(
    client: Client, desk: Client, campaign: Campaign, editor: User
):
    address = f"/cms/kampagnen/{campaign.pk}/kopieren/"
    assert client.get(address).status_code == 302
    client.force_login(factories.make_person("mod@example.org", groups=["Moderation"]))
    assert client.get(address).status_code in (302, 403)
    campaign.audience = Campaign.Audience.MEMBERS
    campaign.save()
    assert desk.get(address).status_code == 404
    Member.objects.create(campaign=campaign, person=editor)
    assert desk.get(address).status_code == 200


def test_a_full_campaign_is_copied_within_a_second(desk: Client, campaign: Campaign, page: CampaignPage):
    for number in range(20):
        Question.objects.create(campaign=campaign, key=f"frage-{number}", label=f"Frage {number}")
        CampaignStatus.objects.create(campaign=campaign, name=f"Stand {number}")
    started = perf_counter()
    answer = desk.post(f"/cms/kampagnen/{campaign.pk}/kopieren/", {"title": "Viel", "starts_on": "2027-03-01"})
    assert answer.status_code == 302
    seconds = perf_counter() - started
    print(f"{seconds:.2f} s for a campaign with 20 questions and 20 statuses")
    assert seconds < 12  # a second on an idle machine
    desk_list = desk.get("/cms/snippets/ideas/campaign/").text
    assert f"/cms/kampagnen/{campaign.pk}/kopieren/" in desk_list
