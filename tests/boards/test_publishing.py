"""„Veröffentlichen": what leaves the room, in which words, and that nothing else goes along."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from boards.actions.publishing import Leaving, publish
from boards.models import Poll, PollOption, Published, Recommendation, ResultPage, Voice
from cms.models import TownSettings
from common.errors import Refused
from ideas.models import Comment, Idea
from search.queries import search
from tests import factories
from tests.cms.test_editorial import approve
from tests.ideas.conftest import signed_in

pytestmark = pytest.mark.django_db
ROOM = "/familienbeirat/raum/"
ORIGIN = "Das kommt aus dem Beirat"


@pytest.fixture
def draft(room, people) -> Idea:
    """A draft with a comment, by a member."""
    made = factories.idea(
        campaign=room.campaign,
        author=people["member"],
        title="Entwurf mit Arbeitstitel",
        text="Wir wollen Wickelplätze. Sagt Hanna.",
    )
    Comment.objects.create(
        idea=made, author=people["other"], text="Nur unter uns.", state="public", published_at=made.created_at
    )
    return made


@pytest.fixture
def poll(room, people) -> Poll:
    """A secret poll that is over: two for it, one against."""
    moment = timezone.now()
    made = Poll.objects.create(
        room=room,
        question="Wickelplätze empfehlen?",
        opened_at=moment - timedelta(days=2),
        closes_at=moment,
        author=people["host"],
    )
    for place, (text, count) in enumerate((("Ja", 2), ("Nein", 1))):
        PollOption.objects.create(poll=made, text=text, position=place, secret_count=count)
    for role in ("host", "member", "other"):
        Voice.objects.create(poll=made, person=people[role])
    return made


def let_out(browser: Client, source: str, pk: int, **fields: Any) -> Any:
    sent = {
        "target": "page",
        "title": "Mehr Wickelplätze",
        "text": "Wir wollen **mehr** Wickelplätze in den Ämtern.",
        "checked": "on",
    }
    return browser.post(f"{ROOM}veroeffentlichen/{source}/{pk}/", sent | fields)


def test_a_draft_becomes_a_page_that_says_where_it_comes_from(browsers, draft):
    form = browsers["host"].get(f"{ROOM}veroeffentlichen/draft/{draft.pk}/").content.decode()
    assert "Wir wollen Wickelplätze. Sagt Hanna." in form
    answer = let_out(browsers["host"], "draft", draft.pk)
    assert answer.status_code == 303
    assert answer["Location"] == "/familienbeirat/mehr-wickelplaetze/"
    text = browsers["visitor"].get(answer["Location"]).content.decode()
    assert ORIGIN in text
    assert "<strong>mehr</strong>" in text
    for secret in ("Arbeitstitel", "Hanna", "unter uns", "Cem aus Nordfeld"):
        assert secret not in text, secret
    assert "Mehr Wickelplätze" in browsers["visitor"].get("/familienbeirat/").content.decode()
    assert [hit.title for hit in search(None, "Wickelplätze", filters={}).hits] == ["Mehr Wickelplätze"]
    assert "Mehr Wickelplätze" in browsers["member"].get(ROOM).content.decode()


def test_a_poll_becomes_a_recommendation_with_a_clock(browsers, poll):
    form = browsers["host"].get(f"{ROOM}veroeffentlichen/poll/{poll.pk}/").content.decode()
    assert "- Ja: 2 Stimmen" in form
    answer = let_out(browsers["host"], "poll", poll.pk, target="advice")
    text = browsers["visitor"].get(answer["Location"]).content.decode()
    assert "das Ergebnis einer geheimen Umfrage" in text
    assert "Stabsstelle Familie antwortet bis" in text
    assert Recommendation.objects.get().origin.startswith(ORIGIN)


def test_a_draft_becomes_an_idea_that_is_checked_like_others(browsers, draft):
    public = factories.campaign(title="Spielräume", check_ideas="before")
    answer = let_out(browsers["host"], "draft", draft.pk, target="idea", campaign=public.pk)
    made = Idea.objects.get(campaign=public)
    assert answer["Location"] == made.get_absolute_url()
    assert made.state == "waiting"
    assert ORIGIN in made.latest_version.text
    assert browsers["visitor"].get(made.get_absolute_url()).status_code == 404


def test_each_result_is_published_once_as_each_thing(browsers, draft):
    assert let_out(browsers["host"], "draft", draft.pk).status_code == 303
    again = let_out(browsers["host"], "draft", draft.pk)
    assert again.status_code == 409
    assert "Das wurde schon veröffentlicht." in again.content.decode()
    assert let_out(browsers["host"], "draft", draft.pk, target="advice").status_code == 303
    assert ResultPage.objects.count() == 1


def test_equal_titles_get_addresses_of_their_own(browsers, draft, poll):
    sources = (("draft", draft.pk), ("poll", poll.pk))
    found = [let_out(browsers["host"], kind, pk, title="Sitzungen")["Location"] for kind, pk in sources]
    assert found == ["/familienbeirat/ergebnis-sitzungen/", "/familienbeirat/ergebnis-sitzungen-2/"]
    assert [browsers["visitor"].get(address).status_code for address in found] == [200, 200]


def test_what_is_missing_is_said_and_nothing_gets_out(browsers, draft):
    for fields, words in (
        ({"checked": ""}, "Bitte bestätigen Sie, dass der Beirat einverstanden ist."),
        ({"target": "zaubern"}, "zaubern"),
        ({"target": "idea"}, "Bitte wählen Sie eine Kampagne."),
        ({"target": "idea", "campaign": "999999"}, "Kampagne"),
        ({"title": ""}, "Feld"),
        ({"text": ""}, "Feld"),
        ({"text": "x\x00y"}, "Zeichen"),
    ):
        answer = let_out(browsers["host"], "draft", draft.pk, **fields)
        assert answer.status_code in (400, 422), fields
        assert words in answer.content.decode(), fields
    assert not Published.objects.exists()


def test_an_idea_needs_the_words_of_an_idea(browsers, draft):
    public = factories.campaign(title="Spielräume")
    for fields, words in (
        ({"title": "Wickelplätze " * 8}, "10 bis 90 Zeichen"),
        ({"text": "Lang. " * 700}, "kann hier"),
    ):
        answer = let_out(browsers["host"], "draft", draft.pk, target="idea", campaign=public.pk, **fields)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert not Published.objects.exists()
    closed = factories.campaign(title="Zu", phase=False)
    assert let_out(browsers["host"], "draft", draft.pk, target="idea", campaign=closed.pk).status_code == 422


def test_only_hosts_let_something_out(browsers, people, room, draft):
    assert let_out(browsers["member"], "draft", draft.pk).status_code == 403
    assert let_out(browsers["citizen"], "draft", draft.pk).status_code == 404
    leaving = Leaving(source="draft", source_id=draft.pk, target="page", title="Heimlich", text="Text", origin="")
    for role, status in (("member", 403), ("citizen", 404)):
        with pytest.raises(Refused) as refused:
            publish(person=people[role], room=room, leaving=leaving)
        assert refused.value.status == status
    assert not ResultPage.objects.exists()


def test_what_is_not_in_the_room_or_not_over_cannot_be_let_out(browsers, poll, people):
    elsewhere = factories.idea(title="Öffentliche Idee von anderswo")
    Poll.objects.update(closes_at=timezone.now() + timedelta(days=1))
    for path in (f"draft/{elsewhere.pk}", f"poll/{poll.pk}", "draft/999999", "seat/1", f"draft/{'9' * 30}"):
        assert browsers["host"].get(f"{ROOM}veroeffentlichen/{path}/").status_code == 404, path


def test_where_nobody_publishes_alone_a_page_waits_for_a_second_person(browsers, draft):
    town = TownSettings.load()
    town.two_persons = True
    town.save()
    answer = let_out(browsers["host"], "draft", draft.pk)
    assert (answer.status_code, answer["Location"]) == (303, ROOM)
    room = browsers["host"].get(ROOM).content.decode()
    assert "In dieser Stadt veröffentlicht niemand allein" in room
    assert "nicht öffentlich: jemand aus der Redaktion muss es freigeben" in room
    page = ResultPage.objects.get()
    address = page.get_absolute_url()
    assert browsers["visitor"].get(address).status_code == 404
    for path in ("/familienbeirat/", "/sitemap-seiten.xml"):
        assert "mehr-wickelplaetze" not in browsers["visitor"].get(path).content.decode()
    assert not search(None, "Wickelplätze", filters={}).hits
    second = signed_in(factories.make_person("rieke@example.org", "Rieke Rand", groups=["Redaktion"]))
    assert "Mehr Wickelplätze" in second.get("/cms/").content.decode()
    assert approve(second, page) == 302
    assert ORIGIN in browsers["visitor"].get(address).content.decode()
    assert "nicht öffentlich" not in browsers["host"].get(ROOM).content.decode()


def test_what_editors_take_down_again_is_said_in_the_room(browsers, draft):
    let_out(browsers["host"], "draft", draft.pk)
    ResultPage.objects.get().unpublish()
    assert "nicht öffentlich" in browsers["member"].get(ROOM).content.decode()
