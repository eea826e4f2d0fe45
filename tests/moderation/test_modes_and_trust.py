"""Before or after publication: said to everybody with the measured time, changed with a name and a reason, skipped by trust."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from common.errors import Refused
from ideas.actions import accept_invitation, change_idea, invite_by_link, submit_idea, write_comment
from ideas.actions.modes import change_mode
from ideas.content import IdeaContent
from ideas.models import Campaign
from moderation.actions.trust import end_trust, give_trust
from moderation.models import Case, ModeChange, Remit, RemitCampaign, Trust
from moderation.queries.modes import pace
from tests import factories
from tests.ideas.test_editors import campaign_fields, phase_fields

CONTENT = IdeaContent(title="Bänke am Ufer", text="Am Ufer fehlen Bänke, auf denen man sich ausruhen kann.")


@pytest.fixture(autouse=True)
def _fresh(db):
    caches["fast"].clear()


@pytest.fixture
def campaign(db) -> Campaign:
    return factories.campaign(title="Am Ufer", slug="ufer", check_ideas="before", check_comments="before")


@pytest.fixture
def author(db):
    return factories.make_person("autorin@example.org", "Federwolke")


@pytest.fixture
def mira(moderator):
    return moderator("Mira Kaya")


def decided(campaign: Campaign, hours: list[int]) -> None:
    now = timezone.now() - timedelta(days=1)
    for number, waited in enumerate(hours):
        Case.objects.create(
            kind="idea", object_id=1000 + number, title="x", state="decided", campaign_id_copy=campaign.pk,
            opened_at=now - timedelta(hours=waited), decided_at=now,
        )  # fmt: skip


def test_the_form_and_the_rules_say_how_long_a_check_takes(campaign):
    decided(campaign, [2, 4, 5, 9, 30])
    words = "Beiträge erscheinen nach Prüfung, im Mittel nach 5 Stunden."
    assert words in Client().get("/ideen/neu/?kampagne=ufer").content.decode()
    idea = factories.idea(campaign=campaign)
    assert words in Client().get(f"/ideen/{idea.pk}/{idea.slug}/").content.decode()


def test_where_too_few_were_checked_nothing_is_promised(campaign):
    decided(campaign, [2, 4, 5, 9])
    text = Client().get("/ideen/neu/?kampagne=ufer").content.decode()
    assert "Wie lange sie dauert, zeigt sich nach den ersten Beiträgen." in text
    assert "im Mittel" not in text


def test_the_median_is_that_of_the_last_thirty_days(campaign):
    decided(campaign, [1, 1, 10, 20, 40, 50])
    assert pace(campaign.pk).median == timedelta(hours=15)
    old = timezone.now() - timedelta(days=40)
    Case.objects.filter(object_id__in=(1000, 1001)).update(opened_at=old, decided_at=old)
    caches["fast"].clear()
    assert pace(campaign.pk).median is None


def test_a_change_of_mode_has_a_name_a_time_and_a_reason(campaign, mira):
    with pytest.raises(Refused) as refusal:
        change_mode(campaign=campaign, actor=mira, reason=" ", ideas="after")
    assert refusal.value.status == 422
    assert Campaign.objects.get().check_ideas == "before"
    change_mode(campaign=campaign, actor=mira, reason="Es läuft friedlich.", ideas="after")
    change = ModeChange.objects.get()
    assert (change.what, change.before, change.after, change.actor) == ("ideas", "before", "after", mira)
    assert "Es läuft friedlich." in Client().get(f"/moderationsbuch/?jahr={timezone.localdate().year}").content.decode()


def test_the_database_writes_down_what_went_past_the_pages(campaign):
    Campaign.objects.filter(pk=campaign.pk).update(check_comments="after")
    Campaign.objects.filter(pk=campaign.pk).update(check_comments="before", summary="Neu")
    Campaign.objects.filter(pk=campaign.pk).update(summary="Noch neuer")
    assert list(ModeChange.objects.order_by("pk").values_list("after", "actor")) == [("after", None), ("before", None)]


def test_the_log_of_modes_only_grows(campaign, mira):
    change_mode(campaign=campaign, actor=mira, reason="Es läuft.", ideas="after")
    for act in (lambda: ModeChange.objects.update(reason="Anders."), lambda: ModeChange.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_in_the_ledger_no_closed_group_is_named(mira):
    group = factories.campaign(title="Geheimrunde", audience="members", check_ideas="before")
    change_mode(campaign=group, actor=mira, reason="Unter uns.", ideas="after")
    text = Client().get("/moderationsbuch/").content.decode()
    assert "Geheimrunde" not in text
    assert "Unter uns" not in text


def test_a_trusted_authors_idea_appears_at_once_and_still_has_a_case(campaign, author, mira):
    give_trust(
        person=author,
        actor=mira,
        reason="Schreibt seit Jahren sachlich.",
        campaign_id=campaign.pk,
        campaign_title="Am Ufer",
    )
    idea = submit_idea(author=author, campaign=campaign, content=CONTENT)
    assert idea.state == "public"
    assert Case.objects.get(kind="idea", object_id=idea.pk).state == "open"
    changed = change_idea(idea=idea, editor=author, content=replace(CONTENT, title="Bänke und Tische"))
    assert changed.title == "Bänke und Tische"
    comment = write_comment(author=author, idea=idea, text="Noch ein Gedanke.")
    assert comment.state == "public"
    assert Case.objects.filter(kind="comment", object_id=comment.pk, state="open").exists()


def test_trust_holds_where_it_was_given_and_until_it_is_ended(campaign, author, mira):
    trust = give_trust(person=author, actor=mira, reason="Sachlich.", campaign_id=campaign.pk)
    other = factories.campaign(check_ideas="before")
    assert submit_idea(author=author, campaign=other, content=CONTENT).state == "waiting"
    end_trust(trust_id=trust.pk, actor=mira, reason="War doch Werbung.")
    assert submit_idea(author=author, campaign=campaign, content=CONTENT).state == "waiting"
    with pytest.raises(Refused) as again:
        end_trust(trust_id=trust.pk, actor=mira, reason="Nochmal.")
    assert again.value.status == 409


def test_what_waits_already_is_not_let_through_by_trust_given_later(campaign, author, mira):
    idea = submit_idea(author=author, campaign=campaign, content=CONTENT)
    give_trust(person=author, actor=mira, reason="Sachlich.")
    assert change_idea(idea=idea, editor=author, content=replace(CONTENT, title="Anders")).state == "waiting"


def test_trust_lets_nobody_elses_words_through(campaign, author, mira):
    public = factories.idea(campaign=campaign, author=author, title=CONTENT.title, text=CONTENT.text)
    helper = factories.make_person("mit@example.org", "Mitautor")
    row, _token = invite_by_link(idea=public, lead=author)
    accept_invitation(invitation=row, person=helper)
    public.refresh_from_db()
    change_idea(
        idea=public, editor=helper, content=replace(CONTENT, text="Ungelesene Worte, die niemand freigegeben hat.")
    )
    give_trust(person=author, actor=mira, reason="Sachlich.")
    after = change_idea(
        idea=public, editor=author, content=replace(CONTENT, text="Ungelesene Worte, die niemand freigegeben hat!")
    )
    assert after.has_pending_change


def test_only_who_moderates_there_gives_trust_and_never_to_oneself(campaign, author, mira, moderator):
    jon = moderator("Jon Weber")
    RemitCampaign.objects.create(remit=Remit.objects.create(person=jon), campaign_id_copy=campaign.pk + 1)
    for person, actor, place in ((author, jon, campaign.pk), (author, jon, 0), (author, author, 0), (mira, mira, 0)):
        with pytest.raises(Refused) as refusal:
            give_trust(person=person, actor=actor, reason="Sachlich.", campaign_id=place)
        assert refusal.value.status == 403
    assert not Trust.objects.exists()


def test_trust_is_given_and_ended_on_its_page(campaign, author):
    browser = Client()
    browser.force_login(factories.make_person("ida@example.org", "Ida Sommer", groups=["Moderation"]))
    page = "/cms/moderation/vertrauen/"
    wrong = browser.post(page, {"name": "Niemand", "campaign": campaign.pk, "reason": "Sachlich."})
    assert wrong.status_code == 422
    assert "Niemand" in wrong.content.decode()
    assert browser.post(page, {"name": "federwolke", "campaign": campaign.pk, "reason": "Sachlich."}).status_code == 302
    assert "Am Ufer" in browser.get(page).content.decode()
    again = browser.post(page, {"name": "Federwolke", "campaign": campaign.pk, "reason": "Sachlich."})
    assert (again.status_code, "schon Vertrauensperson" in again.content.decode()) == (409, True)
    trust = Trust.objects.get()
    assert browser.post(f"{page}{trust.pk}/beenden/", {"reason": ""}).status_code == 302
    assert Trust.objects.get().ended_at is None
    browser.post(f"{page}{trust.pk}/beenden/", {"reason": "Vorbei."})
    assert Trust.objects.get().end_reason == "Vorbei."
    assert browser.post(f"{page}999999999/beenden/", {"reason": "x"}).status_code == 404


def test_an_editor_says_why_when_a_published_campaign_is_checked_differently(desk):
    add = "/cms/snippets/ideas/campaign/add/"
    assert desk.post(add, campaign_fields() | phase_fields()).status_code == 302
    made = Campaign.objects.get(slug="wege")
    Campaign.objects.update(is_published=True, is_public=True)
    own = phase_fields(id=str(made.phases.get().pk)) | {"phases-INITIAL_FORMS": "1"}
    form = campaign_fields(check_ideas="after") | own
    url = f"/cms/snippets/ideas/campaign/edit/{made.pk}/"
    assert "Bitte schreiben Sie, warum" in desk.post(url, form).content.decode()
    assert not ModeChange.objects.exists()
    assert desk.post(url, form | {"mode_reason": "Es läuft friedlich."}).status_code == 302
    change = ModeChange.objects.get()
    assert (change.actor.display_name, change.reason) == ("Nele Hartwig", "Es läuft friedlich.")
    assert Campaign.objects.get(slug="wege").check_ideas == "after"
