"""Moderators with a responsibility see and decide on its campaigns only, on every surface."""

import pytest
from django.contrib.auth.models import Permission
from django.db import transaction
from django.test import Client

from accounts.models import User
from common.errors import Refused
from ideas.actions.withholding import withhold_version
from ideas.models import Comment, Idea, IdeaPicture, OfficialAnswer
from ideas.rules import is_exempt, may_link, text_shown
from moderation.actions import claim_case, complain, decide, decide_complaint, hand_over, open_case
from moderation.actions.remits import give_remit
from moderation.models import Case, Decision, RemitCampaign, RemitChange
from moderation.queries import history
from moderation.queries.queue import overview
from moderation.rules import may_decide_in
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(db) -> User:
    person = factories.person("Ina Boss", is_staff=True)
    person.user_permissions.add(*Permission.objects.filter(codename__in=("change_user", "access_admin")))
    return person


@pytest.fixture
def town(moderator, boss, rule):
    """Two campaigns with a waiting and a public idea each; Mira moderates the first one only."""
    here, there = factories.campaign(title="Hier"), factories.campaign(title="Andernorts")
    mira = moderator("Mira Kaya")
    give_remit(person=mira, by=boss, campaigns={here.pk: here.title})
    ideas = {}
    for campaign in (here, there):
        for state in ("waiting", "public"):
            idea = factories.idea(campaign=campaign, state=state, title=f"{state} in {campaign.title}")
            ideas[campaign.title, state] = idea
            with transaction.atomic():
                open_case("idea", idea.pk, reason=Case.Reason.NEW if state == "waiting" else Case.Reason.OWN)
    browser = Client()
    browser.force_login(mira)
    return {"mira": mira, "here": here, "there": there, "ideas": ideas, "browser": browser}


def case_of(idea: Idea) -> Case:
    return Case.objects.get(kind="idea", object_id=idea.pk)


def test_queue_counts_panel_and_menu_speak_of_her_campaign_only(town):
    page = town["browser"].get("/cms/moderation/").content.decode()
    assert "waiting in Hier" in page
    assert "Andernorts" not in page
    assert "2 Beiträge warten" in page
    start = town["browser"].get("/cms/").content.decode()
    assert "Moderation (2)" in start
    assert overview(town["mira"]).waiting == 2
    live = town["browser"].get("/cms/moderation/stand/").content.decode()
    assert "Andernorts" not in live


@pytest.mark.parametrize(
    ("method", "more"),
    [
        ("get", ""), ("get", "beitrag/"), ("post", ""), ("post", "uebernehmen/"), ("post", "abgeben/"),
        ("post", "uebergeben/"), ("post", "brief/"),
    ],
)  # fmt: skip
def test_no_page_of_a_case_elsewhere_is_there_for_her(town, method, more):
    case = case_of(town["ideas"]["Andernorts", "waiting"])
    answer = getattr(town["browser"], method)(
        f"/cms/moderation/{case.pk}/{more}", {"decision": "approve", "version": 1}
    )
    assert answer.status_code == 404
    assert not Decision.objects.exists()


def test_no_action_lets_her_decide_elsewhere(town, moderator, rule):
    mira, case = town["mira"], case_of(town["ideas"]["Andernorts", "waiting"])
    jo = moderator("Jo Pohl")
    for act in (
        lambda: claim_case(case_id=case.pk, actor=mira),
        lambda: decide(case_id=case.pk, version=1, actor=mira, decision="approve"),
        lambda: hand_over(case_id=case.pk, actor=mira, to=jo),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.status == 404
    with pytest.raises(Refused) as refusal:
        hand_over(case_id=case.pk, actor=jo, to=mira)
    assert refusal.value.status == 422
    entry = decide(case_id=case.pk, version=1, actor=jo, decision="refuse", rule_version=rule, reason="Nein.")
    complaint = complain(code=entry.code, text="Doch.")
    with pytest.raises(Refused) as refusal:
        decide_complaint(complaint_id=complaint.pk, version=1, actor=mira, outcome="upheld", answer="Nein.")
    assert refusal.value.status in (403, 404)
    assert town["browser"].get(f"/cms/moderation/beschwerden/{complaint.pk}/").status_code == 404
    assert "Andernorts" not in town["browser"].get("/cms/moderation/beschwerden/").content.decode()


def test_in_bulk_cases_elsewhere_are_not_there(town):
    chosen = [f"{case.pk}-{case.version}" for case in Case.objects.order_by("pk")]
    answer = town["browser"].post("/cms/moderation/viele/", {"fall": chosen, "step": ""})
    page = answer.content.decode()
    assert "Andernorts" not in page
    assert "2 gewählte Fälle gibt es nicht mehr" in page


def test_she_opens_no_case_elsewhere_and_has_no_button_for_it(town):
    idea = town["ideas"]["Andernorts", "public"]
    Case.objects.all().delete()
    assert town["browser"].post(f"/cms/moderation/neu/idea/{idea.pk}/").status_code == 404
    page = town["browser"].get(idea.get_absolute_url()).content.decode()
    assert f"/cms/moderation/neu/idea/{idea.pk}/" not in page
    mine = town["ideas"]["Hier", "public"]
    assert f"/cms/moderation/neu/idea/{mine.pk}/" in town["browser"].get(mine.get_absolute_url()).content.decode()


def test_of_ideas_comments_answers_and_pictures_elsewhere_she_sees_what_everybody_sees(town):
    mira, there = town["mira"], town["ideas"]["Andernorts", "public"]
    Comment.objects.create(idea=there, text="Noch nicht geprüft.", state="waiting")
    said = Comment.objects.create(idea=there, text="Öffentlich.", state="public")
    assert set(Idea.objects.visible_to(mira).values_list("title", flat=True)) == {
        "waiting in Hier", "public in Hier", "public in Andernorts",
    }  # fmt: skip
    assert list(Comment.objects.visible_to(mira)) == [said]
    assert list(Comment.objects.placed_for(mira).filter(idea=there)) == [said]
    assert "Noch nicht geprüft." not in town["browser"].get(there.get_absolute_url()).content.decode()
    assert town["browser"].get(town["ideas"]["Andernorts", "waiting"].get_absolute_url()).status_code == 404
    assert not OfficialAnswer.objects.visible_to(mira).exists()
    assert not IdeaPicture.objects.visible_to(mira).exists()


def test_the_table_of_ideas_is_hers_in_her_campaign_only(town):
    from django.urls import reverse

    ours, theirs = (reverse("ideas_cms_table", args=[town[name].pk]) for name in ("here", "there"))
    assert town["browser"].get(ours).status_code == 200
    assert town["browser"].get(theirs).status_code in (302, 403)


def test_what_she_writes_elsewhere_is_checked_and_withholding_and_linking_are_not_hers(town):
    mira, here, there = town["mira"], town["ideas"]["Hier", "public"], town["ideas"]["Andernorts", "public"]
    assert is_exempt(mira, here.campaign_id)
    assert not is_exempt(mira, there.campaign_id)
    assert may_link(mira, here)
    assert not may_link(mira, there)
    there.state = "withdrawn"
    assert not text_shown(there, mira)
    with pytest.raises(Refused) as refusal:
        withhold_version(idea=there, number=1, by=mira, reason="Weg damit.")
    assert refusal.value.status == 403


def test_the_history_of_an_author_counts_her_campaign_only(town, moderator, rule):
    author, jo = factories.person("Uli"), moderator("Jo Pohl")
    Case.objects.update(author=author)
    for title in ("Hier", "Andernorts"):
        case = case_of(town["ideas"][title, "waiting"])
        decide(case_id=case.pk, version=1, actor=jo, decision="refuse", rule_version=rule, reason="Nein.")
    found = history.of_author(case_of(town["ideas"]["Hier", "public"]), town["mira"])
    assert [entry.case.campaign_title for entry in found.latest] == ["Hier"]


def test_an_empty_responsibility_shows_nothing_and_none_shows_all(town, boss):
    mira = town["mira"]
    give_remit(person=mira, by=boss, campaigns={})
    assert not Case.objects.visible_to(mira).exists()
    give_remit(person=mira, by=boss, campaigns=None)
    assert Case.objects.visible_to(mira).count() == 4
    assert may_decide_in(User.objects.get(pk=mira.pk), None)


def test_administrators_give_and_take_responsibilities_and_it_is_written_down(client, town, boss):
    mira, there = town["mira"], town["there"]
    client.force_login(boss)
    page = client.get("/cms/moderation/zustaendig/").content.decode()
    assert "Mira Kaya" in page
    url = f"/cms/moderation/zustaendig/{mira.pk}/"
    assert "Andernorts" in client.get(url).content.decode()
    answer = client.post(url, {"scope": "some", "campaign": [there.pk, 999_999, "x"], "deputy": [there.pk]})
    assert answer.status_code == 302
    rows = RemitCampaign.objects.filter(remit__person=mira)
    assert list(rows.values_list("campaign_id_copy", "is_deputy")) == [(there.pk, True)]
    last = RemitChange.objects.first()
    assert (last.person, last.actor, last.before, last.after) == (mira, boss, "Hier", "Andernorts (in Vertretung)")
    client.post(url, {"scope": "all"})
    assert Case.objects.visible_to(mira).count() == 4


def test_nobody_else_gives_responsibilities(town, moderator):
    mira = town["mira"]
    for method, more in (("get", ""), ("get", f"{mira.pk}/"), ("post", f"{mira.pk}/")):
        assert getattr(town["browser"], method)(f"/cms/moderation/zustaendig/{more}").status_code == 302
    with pytest.raises(Refused):
        give_remit(person=mira, by=mira, campaigns=None)
    assert town["browser"].get("/cms/moderation/zustaendig/").status_code == 302
