"""The pages beside a campaign's: its rules, its result."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cms.models import CampaignIndexPage, CampaignPage
from ideas.models import Campaign, CampaignStatus, District, Idea, Member, Phase, Topic
from tests import factories
from voting.actions import close_phase, give_support

NOW = timezone.now


def page_for(campaigns: CampaignIndexPage, campaign: Campaign, **fields: object) -> CampaignPage:
    campaigns.refresh_from_db()
    made: CampaignPage = campaigns.add_child(instance=CampaignPage(title=campaign.title, campaign=campaign, **fields))
    campaign.refresh_from_db()
    return made


@pytest.fixture
def campaign(db: None) -> Campaign:
    return factories.campaign(
        title="Spielräume", slug="spielraeume", summary="Wo fehlen Plätze?", answer_office="Jugendamt", answer_days=21,
        support_limit=5, who_text="Alle ab zehn Jahren.", rules_text="Eine **Idee** je Beitrag.",
    )  # fmt: skip


def test_rules_say_who_when_how_much_who_checks_and_who_answers(
    client: Client, campaigns: CampaignIndexPage, campaign: Campaign
):
    CampaignStatus.objects.create(campaign=campaign, name="Im Bauplan", text="Das Amt plant schon.", progress="planned")
    page_for(campaigns, campaign)
    assert 'href="/mitmachen/spielraeume/regeln/"' in client.get("/mitmachen/spielraeume/").text
    rules = client.get("/mitmachen/spielraeume/regeln/").text
    for words in (
        "Alle ab zehn Jahren.", "Eine <strong>Idee</strong> je Beitrag.", "Abstimmen", "Ideen einreichen, Kommentieren",
        "Jede Person kann 5 Ideen unterstützen.", "Die eigene Idee kann man nicht unterstützen.", "keine Maschine entscheidet",
        "Jugendamt antwortet zuerst innerhalb von 21 Werktagen.", "Im Bauplan", "Das Amt plant schon.",
        '<link rel="canonical" href="http',
    ):  # fmt: skip
        assert words in rules, words


def test_the_page_answers_who_what_when(client: Client, campaigns: CampaignIndexPage, campaign: Campaign):
    page_for(campaigns, campaign)
    shown = client.get("/mitmachen/spielraeume/").text
    for words in (
        "Jetzt: Ideen einreichen, bis ",
        "Sie sind hier",
        "Alle ab zehn Jahren.",
        "innerhalb von 21 Werktagen",
    ):
        assert words in shown, words
    assert "/ergebnis/" not in shown
    assert client.get("/mitmachen/spielraeume/ergebnis/").status_code == 404


@pytest.fixture
def decided(campaigns: CampaignIndexPage, campaign: Campaign) -> list[Idea]:
    topic, district = (
        Topic.objects.create(name="Spiel", slug="spiel"),
        District.objects.create(name="Ufer", slug="ufer"),
    )
    people = [factories.person() for _number in range(3)]
    made = [
        factories.idea(
            campaign=campaign, title=f"=Idee {n}", author=people[n % 2], topic=topic, district=district if n else None
        )
        for n in range(3)
    ]
    for voter in people[1:]:
        give_support(voter=voter, idea=made[0])
    Idea.objects.filter(pk=made[0].pk).update(progress="planned")
    factories.idea(campaign=campaign, title="Geheim", state="waiting")
    factories.idea(title="Von anderswo")
    page_for(campaigns, campaign, result_shown=True)
    return made


def test_the_result_tells_what_came_in_and_what_was_decided(client: Client, campaign: Campaign, decided: list[Idea]):
    close_phase(phase=campaign.phases.get())
    page = client.get("/mitmachen/spielraeume/ergebnis/").text
    for words in (
        "<b>3</b> <span>Ideen</span>", "<b>2</b> <span>Menschen mit einer Idee</span>", "<b>2</b> <span>Unterstützungen</span>",
        "Ideen nach Thema", "kein Stadtteil", "Wird umgesetzt", "=Idee 0", "Auf 0 von 3 Ideen",
        "2 Menschen haben abgestimmt, 2 Stimmen zählen",
        "67 %", "Prüfsumme", "zahlen.csv",
    ):  # fmt: skip
        assert words in page, words
    assert "Geheim" not in page
    assert "Von anderswo" not in page
    assert "Zum Ergebnis" in client.get("/mitmachen/spielraeume/").text


def test_the_numbers_are_there_as_a_table(client: Client, decided: list[Idea], campaign: Campaign):
    close_phase(phase=campaign.phases.get())
    answer = client.get("/mitmachen/spielraeume/ergebnis/zahlen.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    rows = answer.content.decode("utf-8-sig").splitlines()
    assert "Insgesamt;Ideen;3" in rows
    assert "Stadtteil;Ufer;2" in rows
    assert any("'=Idee 0" in row for row in rows)


def test_hidden_numbers_stay_hidden_in_the_result(client: Client, decided: list[Idea], campaign: Campaign):
    close_phase(phase=campaign.phases.get())
    Campaign.objects.filter(pk=campaign.pk).update(counts_hidden_until=NOW() + timedelta(days=3))
    page = client.get("/mitmachen/spielraeume/ergebnis/").text
    assert "Die Zahlen der einzelnen Ideen zeigen wir ab" in page
    assert "<b>2</b> <span>Unterstützungen</span>" in page  # the total is public all along
    for words in ("haben abgestimmt", "Prüfsumme"):
        assert words not in page, words
    table = client.get("/mitmachen/spielraeume/ergebnis/zahlen.csv").text
    assert "Insgesamt;Unterstützungen;2" in table
    assert "SHA-256" not in table


def test_the_result_appears_with_its_phase(client: Client, campaigns: CampaignIndexPage, campaign: Campaign):
    page_for(campaigns, campaign)
    moments = {"opens_at": NOW() + timedelta(days=2), "closes_at": NOW() + timedelta(days=9)}
    phase = Phase.objects.create(campaign=campaign, kind="result", **moments)
    assert client.get("/mitmachen/spielraeume/ergebnis/").status_code == 404
    Phase.objects.filter(pk=phase.pk).update(opens_at=NOW() - timedelta(hours=1))
    page = client.get("/mitmachen/spielraeume/ergebnis/")
    assert page.status_code == 200
    assert "In dieser Kampagne wurde keine Idee veröffentlicht." in page.text


@pytest.mark.parametrize("name", ["regeln/", "ergebnis/", "ergebnis/zahlen.csv"])
def test_pages_of_a_closed_group_are_for_members_only(
    client: Client, campaigns: CampaignIndexPage, campaign: Campaign, name: str
):
    member, stranger = factories.person(), factories.person()
    page_for(campaigns, campaign, result_shown=True)
    campaign.audience = Campaign.Audience.MEMBERS
    campaign.save()
    Member.objects.create(campaign=campaign, person=member)
    address = f"/mitmachen/spielraeume/{name}"
    missing = client.get(f"/mitmachen/gibt-es-nicht/{name}")
    closed = client.get(address)
    assert closed.status_code == missing.status_code == 404
    assert "Spielräume" not in closed.text
    client.force_login(stranger)
    assert client.get(address).status_code == 404
    client.force_login(member)
    assert client.get(address).status_code == 200


def test_unpublished_campaigns_have_no_rules_for_others(
    client: Client, campaigns: CampaignIndexPage, campaign: Campaign
):
    page = page_for(campaigns, campaign)
    page.unpublish()
    assert client.get("/mitmachen/spielraeume/regeln/").status_code == 404


@pytest.mark.parametrize("number", [3, 40])
def test_pages_of_a_campaign_cost_few_statements(
    client: Client, campaigns: CampaignIndexPage, campaign: Campaign, number: int, django_assert_max_num_queries
):
    for _place in range(number):
        factories.idea(campaign=campaign)
    page_for(campaigns, campaign, result_shown=True)
    for address, most in (("", 8), ("regeln/", 4), ("ergebnis/", 10)):
        client.get(f"/mitmachen/spielraeume/{address}")
        with django_assert_max_num_queries(most):
            client.get(f"/mitmachen/spielraeume/{address}")
