"""The public page of the advisory board."""

import json
import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from boards.models import Answer, BoardPage
from search.models import SearchDocument
from search.queries import search
from tests import factories
from tests.ideas.conftest import signed_in

pytestmark = pytest.mark.django_db
ADDRESS = "/familienbeirat/"


def text_of(client: Client, url: str = ADDRESS) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_everybody_reads_task_term_meetings_and_recommendations(client, board, meeting, advice, seat):
    today = timezone.localdate()
    board.term_begins, board.term_ends, board.rhythm = (
        today - timedelta(days=9),
        today + timedelta(days=900),
        "Alle acht Wochen.",
    )
    board.save_revision().publish()
    meeting(access="yes", access_words="Aufzug im Hof")
    meeting("Sitzung in der Mitte", days=-20, minutes="1. Begrüßung", minutes_public=True)
    advice()
    seat(role="Vorsitz")
    text = text_of(client)
    for words in (
        "Amtszeit", "Alle acht Wochen.", "Sitzung im Nordfeld", "Stufenlos. Aufzug im Hof", "mit Protokoll",
        "Wickelplätze in allen Ämtern", "Stabsstelle Familie antwortet bis", "Hanna Deichmann", "Vorsitz",
    ):  # fmt: skip
        assert words in text, words
    assert " style=" not in text


def test_machines_read_the_next_meetings_that_take_place(client, board, meeting):
    meeting()
    meeting("Fällt weg", cancelled="Sturm")
    meeting("Nur intern", is_public=False)
    found = re.search(r'<script type="application/ld.json"[^>]*>(.*?)</script>', text_of(client), re.DOTALL)
    nodes = json.loads(found[1])
    events = [node for node in nodes.get("@graph", [nodes]) if node["@type"] == "Event"]
    assert [node["name"] for node in events] == ["Sitzung im Nordfeld"]


def test_the_page_takes_few_statements(client, board, meeting, advice, seat, django_assert_max_num_queries):
    for number in range(3):
        meeting(f"Sitzung {number}", days=number + 1)
        meeting(f"Frühere {number}", days=-10 - number)
        advice(f"Empfehlung {number}")
        seat(f"Person {number}")
    text_of(client)
    with django_assert_max_num_queries(12):
        text_of(client)


def test_a_name_stands_there_only_while_its_owner_agrees(client, board, seat):
    made, day = seat(words="Mutter von drei Kindern"), timezone.localdate()
    assert "Hanna Deichmann" in text_of(client)
    kept = type(made).objects.filter(pk=made.pk)
    was = kept.values("consent_on", "shown_until", "withdrawn_at", "until", "since").get()
    for changed in (
        {"consent_on": None, "shown_until": None}, {"shown_until": day - timedelta(days=1)},
        {"withdrawn_at": timezone.now()}, {"until": day - timedelta(days=1)}, {"since": day + timedelta(days=1)},
    ):  # fmt: skip
        kept.update(**(was | changed))
        text = text_of(client)
        assert "Hanna Deichmann" not in text, changed
        assert "Mutter von drei Kindern" not in text, changed


def test_who_is_not_named_is_counted(client, board, seat):
    seat()
    seat("Ungenannt", consent_on=None, shown_until=None)
    text = text_of(client)
    assert "Ungenannt" not in text
    assert "Und ein weiteres Mitglied, das hier nicht genannt wird." in text


def test_consent_has_an_end(seat):
    with pytest.raises(ValidationError, match="Niemand stimmt für immer zu"):
        seat(shown_until=None)
    with pytest.raises(ValidationError, match="Das Ende liegt vor dem Anfang"):
        seat(shown_until=timezone.localdate() - timedelta(days=60))


def test_names_of_members_are_not_in_the_search(client, board, seat):
    seat("Unverwechselbara Deichgraf")
    board.save_revision().publish()
    assert SearchDocument.objects.filter(kind="board", visible=True).exists()
    assert "/familienbeirat/" not in text_of(client, "/suche/?q=Unverwechselbara")


def test_people_are_invited_while_the_board_looks_for_members(client, board):
    assert "Zurzeit sind alle Plätze besetzt" in text_of(client)
    board.seeks_members, board.apply_text = True, "Ein Anruf genügt."
    board.save_revision().publish()
    text = text_of(client)
    assert "Der Beirat sucht Mitglieder." in text
    assert "Ein Anruf genügt." in text
    board.apply_until = timezone.localdate() - timedelta(days=1)
    board.save_revision().publish()
    assert "Der Beirat sucht Mitglieder" not in text_of(client)


def test_its_address_is_given_and_there_is_one(board):
    board.slug = "anders"
    board.save_revision().publish()
    board.refresh_from_db()
    assert board.get_absolute_url() == ADDRESS
    assert not type(board).can_create_at(board.get_parent())


@pytest.mark.parametrize("how", ["taken down", "closed"])
def test_without_a_public_page_there_is_nothing_below_it(client, board, meeting, advice, how):
    one, two = meeting(), advice("Einzigartige Hebebühne")
    paths = [
        "sitzungen/",
        "sitzungen.ics",
        f"sitzungen/{one.pk}/",
        f"sitzungen/{one.pk}.ics",
        f"empfehlungen/{two.pk}/",
    ]
    assert [client.get(ADDRESS + path).status_code for path in paths] == [200] * 5
    if how == "closed":
        PageViewRestriction.objects.create(page=board, restriction_type="login")
    else:
        board.unpublish()
    assert [client.get(ADDRESS + path).status_code for path in paths] == [404] * 5
    assert not SearchDocument.objects.filter(kind__in=("board", "advice"), visible=True).exists()


def test_recommendations_and_answers_are_found(client, board, advice):
    made = advice("Hebebühne im Freibad")
    Answer.objects.create(recommendation=made, result="taken", text="Der Lifter kommt im Mai.", office="Bäderamt")
    assert [hit.title for hit in search(None, "Lifter", filters={}).hits] == ["Hebebühne im Freibad"]
    made.is_public = False
    made.save()
    assert not SearchDocument.objects.filter(kind="advice", visible=True).exists()
    assert client.get(made.get_absolute_url()).status_code == 404


def test_editors_keep_everything_in_one_menu(board, meeting, advice, seat):
    meeting(), advice(), seat()
    editor = signed_in(factories.make_person("redaktion@example.org", "Rieke Rand", groups=["Redaktion"]))
    menu = editor.get("/cms/").content.decode()
    assert "Geschlossener Raum des Beirats" in menu
    for name in ("meeting", "recommendation", "answer", "seat"):
        assert editor.get(f"/cms/snippets/boards/{name}/").status_code == 200, name
        assert editor.get(f"/cms/snippets/boards/{name}/add/").status_code == 200, name
    assert "Familienbeirat" in editor.get(f"/cms/pages/{board.pk}/edit/").content.decode()


def test_a_meeting_needs_no_choice_of_the_board_but_a_board(start):
    editor = signed_in(factories.make_person("redaktion@example.org", "Rieke Rand", groups=["Redaktion"]))
    sent = {
        "title": "Sitzung", "starts_at": "2031-03-10 18:00", "ends_at": "2031-03-10 20:00", "place": "Feuerwehrhaus",
        "address": "", "access": "yes", "access_words": "", "agenda": "", "minutes": "", "is_public": "on", "cancelled": "",
    }  # fmt: skip
    answer = editor.post("/cms/snippets/boards/meeting/add/", sent)
    assert answer.status_code == 200
    assert "Legen Sie zuerst die Seite des Beirats an" in answer.content.decode()
    page = BoardPage(title="Familienbeirat")
    start.add_child(instance=page)
    assert editor.post("/cms/snippets/boards/meeting/add/", sent).status_code == 302
    assert page.meetings.get().place == "Feuerwehrhaus"


def test_offices_answer_and_change_nothing_else(board, advice):
    made = advice()
    office = signed_in(factories.make_person("amt@example.org", "Amt Amtsson", groups=["Fachamt"]))
    assert "Der Beirat wartet auf Antworten" not in office.get("/cms/").content.decode()
    type(made).objects.update(answer_by=timezone.localdate() - timedelta(days=1))
    assert "Der Beirat wartet auf Antworten" in office.get("/cms/").content.decode()
    sent = {
        "recommendation": made.pk, "result": "taken", "text": "Ja, ab Mai.", "office": "Bauamt", "signed_by": "",
        "answered_on": timezone.localdate().isoformat(),
    }  # fmt: skip
    assert office.post("/cms/snippets/boards/answer/add/", sent).status_code == 302
    assert "Ja, ab Mai." in Client().get(made.get_absolute_url()).content.decode()
    for name in ("meeting", "recommendation", "seat"):
        assert office.get(f"/cms/snippets/boards/{name}/").status_code == 302, name
