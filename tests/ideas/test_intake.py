"""The intake desk: what came by telephone, letter or at an event is written down, and claimed later with a code."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from accounts.models import User
from common.database import replayed_at
from ideas.actions import Received, claim_idea, publish_idea, take_in_idea
from ideas.content import IdeaContent
from ideas.models import Campaign, Idea, Intake, Member
from ideas.receipt_codes import ALPHABET, digest, new_code, normal
from moderation.models import Case
from tests import factories
from tests.ideas.conftest import signed_in, with_right
from voting.actions import give_support
from voting.models import Vote

pytestmark = pytest.mark.django_db
NEW, CLAIM = "/cms/eingang/neu/", "/ideen/abholen/"
CODE = re.compile(r"\b[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}\b")


@pytest.fixture
def clerk(db: None, settings: Any) -> User:
    settings.STAFF_SECOND_FACTOR = False
    made = with_right("Anmeldung Rathaus", "ideas.take_in", is_staff=True)
    made.user_permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    return made


@pytest.fixture
def desk(clerk: User) -> Client:
    return signed_in(clerk)


@pytest.fixture
def card(campaign: Campaign, terms: None) -> dict[str, Any]:
    return {
        "campaign": campaign.slug, "channel": "event", "occasion": "beim Stadtteilfest Nordfeld",
        "received_on": timezone.localdate().isoformat(), "title": "Eine Bank am Brunnen",
        "text": "Damit man beim Warten sitzen kann.", "district": "altstadt", "topic": "spiel", "request_key": "karte-1",
    }  # fmt: skip


def taken(clerk: User, campaign: Campaign, **more: Any) -> tuple[Idea, str]:
    content = IdeaContent(title=more.get("title", "Eine Bank am Brunnen"), text="Damit man sitzen kann.")
    received = Received("phone", timezone.localdate())
    made = take_in_idea(by=clerk, campaign=campaign, content=content, received=received)
    return made.intake.idea, made.code or ""


def code_in(answer: Any) -> str:
    found = CODE.search(answer.content.decode())
    assert found
    return found.group()


def test_a_card_becomes_an_idea_without_author_that_waits(desk: Client, card: dict[str, Any]) -> None:
    people = User.objects.count()
    answer = desk.post(NEW, card)
    assert answer.status_code == 200
    idea, intake = Idea.objects.get(), Intake.objects.get()
    assert (idea.state, idea.author, idea.channel, idea.title) == ("waiting", None, "event", card["title"])
    assert idea.versions.get().author is None
    assert intake.code_sha256 == digest(code_in(answer))
    assert User.objects.count() == people
    assert Case.objects.get().state == "open"
    assert "Aufgeschrieben" in answer.content.decode()


def test_everybody_reads_where_it_came_from(desk: Client, card: dict[str, Any]) -> None:
    desk.post(NEW, card)
    idea = publish_idea(Idea.objects.get().pk)
    text = Client().get(idea.get_absolute_url()).content.decode()
    assert "Eingegangen beim Stadtteilfest Nordfeld, aufgeschrieben von der Stadt" in text
    assert "auf anderem Weg eingereicht" in text
    assert "ehemalig" not in text
    assert "Anmeldung Rathaus" not in text


def test_words_of_others_are_checked_even_when_a_moderator_typed_them(campaign: Campaign, moderator: User) -> None:
    idea, _code = taken(moderator, campaign)
    assert idea.state == "waiting"
    Campaign.objects.filter(pk=campaign.pk).update(check_ideas="after")
    campaign.refresh_from_db()
    idea, _code = taken(moderator, campaign, title="Noch eine Bank am Brunnen")
    idea.refresh_from_db()
    assert idea.state == "public"
    assert Case.objects.filter(state="open").count() == 2


def test_the_next_card_of_the_pile_begins_where_the_last_one_did(desk: Client, card: dict[str, Any]) -> None:
    text = desk.post(NEW, card).content.decode()
    again = desk.get(NEW).content.decode()
    for page in (text, again):
        assert 'value="beim Stadtteilfest Nordfeld"' in page
        assert '<option value="event" selected>' in page
        assert card["title"] not in page.split("<form method")[-1]
    assert not CODE.search(again)


def test_a_second_click_makes_no_second_idea(desk: Client, card: dict[str, Any]) -> None:
    first = desk.post(NEW, card)
    second = desk.post(NEW, card | {"confirmed": "1"})
    assert Idea.objects.count() == 1
    assert CODE.search(first.content.decode())
    assert not CODE.search(second.content.decode())
    assert "schon aufgeschrieben" in second.content.decode()


def test_a_pasted_text_gives_its_first_line_as_title(desk: Client, card: dict[str, Any]) -> None:
    pasted = "Mehr Bänke an der Lippe\n\nSeit Jahren fehlen sie.\nBitte!"
    desk.post(NEW, card | {"title": "", "text": pasted})
    version = Idea.objects.get().latest_version
    assert (version.title, version.text) == ("Mehr Bänke an der Lippe", "Seit Jahren fehlen sie.\nBitte!")


@pytest.mark.parametrize(
    ("changed", "word"),
    [({"title": "", "text": ""}, "Titel oder"), ({"title": "", "text": "Bank"}, "erste Zeile"), ({"channel": "taube"}, "channel"),
     ({"received_on": "gestern"}, "kein Tag"), ({"title": "x" * 91}, "title"), ({"text": "y" * 4001}, "text"),
     ({"title": "a\x00b" * 9}, "")],
)  # fmt: skip
def test_what_is_wrong_comes_back_as_typed(
    desk: Client, card: dict[str, Any], changed: dict[str, str], word: str
) -> None:
    answer = desk.post(NEW, card | changed)
    assert answer.status_code in (400, 422)
    assert word in answer.content.decode()
    assert not Idea.objects.exists()


def test_what_came_in_time_can_be_written_down_later(desk: Client, card: dict[str, Any], campaign: Campaign) -> None:
    now = timezone.now()
    campaign.phases.update(opens_at=now - timedelta(days=20), closes_at=now - timedelta(days=5))

    def on(days: int) -> int:
        day = (timezone.localdate(now) - timedelta(days=days)).isoformat()
        with replayed_at(now):  # or tomorrow might be today when the card arrives
            return desk.post(
                NEW, card | {"received_on": day, "request_key": f"tag{days}", "confirmed": "1"}
            ).status_code

    assert (on(6), on(19)) == (200, 200)
    assert (on(1), on(25)) == (409, 409)
    assert on(-1) == 422
    campaign.phases.update(opens_at=now - timedelta(days=90), closes_at=now - timedelta(days=40))
    assert on(50) == 409
    assert Idea.objects.count() == 2


def test_what_is_probably_there_already_is_asked_about_first(
    desk: Client, card: dict[str, Any], campaign: Campaign
) -> None:
    from search.actions import rebuild

    there = factories.idea(campaign=campaign, title=card["title"], text=card["text"])
    rebuild()
    answer = desk.post(NEW, card)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert there.get_absolute_url() in text
    assert "Niemand unterstützt für andere" in text
    assert Idea.objects.count() == 1
    assert desk.post(NEW, card | {"confirmed": "1"}).status_code == 200
    assert Vote.objects.count() == 0


def test_only_the_desk_gets_in(author: User, campaign: Campaign, card: dict[str, Any], settings: Any) -> None:
    for client in (Client(), signed_in(author)):
        for path in ("/cms/eingang/", NEW):
            assert client.get(path).status_code in (302, 403)
        assert client.post(NEW, card).status_code in (302, 403)
    assert not Idea.objects.exists()


def test_a_closed_group_does_not_exist_for_a_clerk_outside(desk: Client, clerk: User, card: dict[str, Any]) -> None:
    closed = factories.campaign(audience="members", title="Kleiner Kreis", slug="kreis")
    inside = with_right("Gastgeberin", "ideas.take_in")
    Member.objects.create(campaign=closed, person=inside)
    idea, _code = taken(inside, closed, title="Nur für uns gedacht")
    assert desk.get(NEW, {"kampagne": "kreis"}).status_code == 404
    assert desk.post(NEW, card | {"campaign": "kreis"}).status_code == 404
    text = desk.get("/cms/eingang/").content.decode() + desk.get(NEW, {"wechseln": ""}).content.decode()
    assert "Kleiner Kreis" not in text
    assert idea.title not in text
    assert desk.post(f"/cms/eingang/{idea.intake.pk}/code/").status_code == 404


def test_the_list_narrows_down_and_renews_lost_codes(
    desk: Client, clerk: User, campaign: Campaign, author: User
) -> None:
    idea, old = taken(clerk, campaign)
    assert idea.title in desk.get("/cms/eingang/", {"weg": "telefon", "abgeholt": "nein"}).content.decode()
    assert idea.title not in desk.get("/cms/eingang/", {"weg": "brief"}).content.decode()
    for nonsense in ({"weg": "taube"}, {"abgeholt": "vielleicht"}, {"seite": "0"}, {"seite": "9" * 40}, {"seite": "x"}):
        assert desk.get("/cms/eingang/", nonsense).status_code == 400
    fresh = code_in(desk.post(f"/cms/eingang/{idea.intake.pk}/code/"))
    browser = signed_in(author)
    assert browser.post(CLAIM, {"code": old}).status_code == 422
    assert browser.post(CLAIM, {"code": fresh}).status_code == 303
    assert desk.post(f"/cms/eingang/{idea.intake.pk}/code/").status_code == 409


def test_codes_are_readable_and_not_kept(clerk: User, campaign: Campaign) -> None:
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(CODE.fullmatch(code) for code in codes)
    assert not set("01OILU") & set(ALPHABET)
    code = codes.pop()
    assert normal(f" {code.lower().replace('-', ' ')} ") == code.replace("-", "")
    _idea, code = taken(clerk, campaign)
    row = str(Intake.objects.values().get())
    assert code not in row
    assert code.replace("-", "") not in row


def test_looking_at_the_page_claims_nothing(clerk: User, campaign: Campaign, author: User) -> None:
    idea, code = taken(clerk, campaign)
    assert Client().get(CLAIM).status_code == 303
    assert Client().post(CLAIM, {"code": code}).status_code == 303
    browser = signed_in(author)
    for method in (browser.get, browser.head):
        assert method(CLAIM, {"code": code}).status_code == 200
    idea.refresh_from_db()
    assert idea.author is None


def test_the_person_becomes_the_author_and_the_trail_says_so(clerk: User, campaign: Campaign, author: User) -> None:
    idea, code = taken(clerk, campaign)
    publish_idea(idea.pk)
    answer = signed_in(author).post(CLAIM, {"code": code.lower().replace("-", " ")})
    idea.refresh_from_db()
    assert (answer.status_code, answer["Location"], idea.author) == (303, idea.get_absolute_url(), author)
    text = Client().get(idea.get_absolute_url()).content.decode()
    assert "von Lippespatz, mit dem Code auf dem Beleg" in text
    assert "hat sie inzwischen übernommen" in text
    assert Case.objects.get().author == author
    assert idea.title in signed_in(author).get("/mein/").content.decode()
    assert signed_in(author).get(f"/ideen/{idea.pk}/bearbeiten/").status_code == 200


def test_a_code_works_once(clerk: User, campaign: Campaign, author: User) -> None:
    idea, code = taken(clerk, campaign)
    other = signed_in(factories.person("Zweite"))
    assert signed_in(author).post(CLAIM, {"code": code}).status_code == 303
    late, wrong = other.post(CLAIM, {"code": code}), other.post(CLAIM, {"code": "ABCD-EFGH-2345"})
    assert (late.status_code, wrong.status_code) == (422, 422)
    assert "Dieser Code öffnet nichts" in late.content.decode()
    idea.refresh_from_db()
    assert idea.author == author
    # the same person again is led to the idea
    assert signed_in(author).post(CLAIM, {"code": code})["Location"] == idea.get_absolute_url()


def test_guessing_is_stopped(clerk: User, campaign: Campaign, author: User) -> None:
    _idea, code = taken(clerk, campaign)
    browser = signed_in(author)
    assert [browser.post(CLAIM, {"code": new_code()}).status_code for _ in range(12)] == [422] * 10 + [429] * 2
    assert browser.post(CLAIM, {"code": code}).status_code == 429
    assert signed_in(factories.person()).post(CLAIM, {"code": code}).status_code == 303


@pytest.mark.parametrize(
    "typed", ["", " ", "x" * 5000, "ABCD\x00EFGH2345", "ÄÖÜß-ÄÖÜß-ÄÖÜß", "٢٣٤٥-٢٣٤٥-٢٣٤٥", "%s%n", "<b>"]
)
def test_rubbish_opens_nothing(author: User, typed: str) -> None:
    assert signed_in(author).post(CLAIM, {"code": typed}).status_code in (400, 422)


def test_an_idea_of_a_closed_group_is_claimed_by_members_only(author: User) -> None:
    closed = factories.campaign(audience="members")
    host = with_right("Gastgeberin", "ideas.take_in")
    Member.objects.create(campaign=closed, person=host)
    idea, code = taken(host, closed)
    answer = signed_in(author).post(CLAIM, {"code": code})
    assert answer.status_code == 422
    assert "Dieser Code öffnet nichts" in answer.content.decode()
    assert idea.title not in answer.content.decode()
    Member.objects.create(campaign=closed, person=author)
    assert signed_in(author).post(CLAIM, {"code": code}).status_code == 303


@pytest.mark.parametrize(("support_own", "left"), [(False, 0), (True, 1)])
def test_an_own_support_follows_the_campaigns_rule(clerk: User, author: User, support_own: bool, left: int) -> None:
    campaign = factories.campaign(support_own=support_own)
    idea, code = taken(clerk, campaign)
    idea = publish_idea(idea.pk)
    give_support(voter=author, idea=Idea.objects.select_related("campaign").get(pk=idea.pk))
    claim_idea(by=author, code=code)
    factories.deliver_outbox()
    idea.refresh_from_db()
    assert (idea.support_count, Vote.objects.count()) == (left, left)


def test_what_is_sealed_stays_counted(clerk: User, author: User) -> None:
    campaign = factories.campaign()
    idea, code = taken(clerk, campaign)
    publish_idea(idea.pk)
    give_support(voter=author, idea=Idea.objects.select_related("campaign").get(pk=idea.pk))
    now = timezone.now()
    campaign.phases.update(opens_at=now - timedelta(days=2), closes_at=now - timedelta(days=1))
    claim_idea(by=author, code=code)
    factories.deliver_outbox()
    assert Vote.objects.count() == 1
