"""The page for staff that says how the search is: figures, buttons for those who may, and German."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.utils import timezone

from accounts.models import User
from common.models import Delivery
from search import elastic, ledger, receivers, reindex
from search.models import SearchChange, SearchDocument
from search.models.ledger import MAX_ATTEMPTS
from search.sync import sync
from tests.search.notes import Note

pytestmark = pytest.mark.django_db
PAGE = "/cms/suche/stand/"


@pytest.fixture
def editor(client: Client) -> Client:
    person = User.objects.create(email="redaktion@example.org", is_staff=True)
    person.groups.add(Group.objects.get(name="Redaktion"))
    client.force_login(person)
    return client


@pytest.fixture
def keeper(editor: Client) -> Client:
    person = User.objects.get(email="redaktion@example.org")
    person.user_permissions.add(Permission.objects.get(codename="change_searchindex"))
    return editor


def left_aside(note: Note) -> None:
    row = SearchDocument.objects.get(object_id=note.pk)
    SearchChange.objects.create(
        document=row,
        version=1,
        built=True,
        hidden=False,
        since=timezone.now(),
        attempts=MAX_ATTEMPTS,
        last_error="Gift",
    )


def test_editors_see_how_it_is_but_have_no_buttons(editor: Client, write: Any) -> None:
    left_aside(write("Bank"))
    words = editor.get(PAGE).content.decode()
    assert "Stand des Verzeichnisses" in words
    assert "Die Datenbank. Diese Stadt hat keinen Suchserver" in words
    assert "Gift" in words
    assert 'name="deed"' not in words
    assert editor.post(PAGE, {"deed": "retry"}).status_code == 302  # Wagtail leads away who may not
    assert ledger.quarantine().count() == 1


def test_citizens_do_not_see_it(client: Client) -> None:
    client.force_login(User.objects.create(email="frau@example.org"))
    assert client.get(PAGE).status_code in {302, 403, 404}


def test_what_was_left_aside_is_tried_again_by_button(keeper: Client, write: Any) -> None:
    left_aside(write("Bank"))
    assert "Alle noch einmal versuchen" in keeper.get(PAGE).content.decode()
    assert "noch einmal versucht: 1" in keeper.post(PAGE, {"deed": "retry"}, follow=True).content.decode()
    assert not ledger.quarantine().exists()


def test_comparing_is_ordered_and_its_result_stands_there(keeper: Client, write: Any) -> None:
    note = write("Bank")
    SearchDocument.objects.filter(object_id=note.pk).update(title="falsch")
    keeper.post(PAGE, {"deed": "check"})
    assert Delivery.objects.filter(event="search_check_wanted").exists()
    receivers.compare()
    assert "Keine Abweichung" in keeper.get(PAGE).content.decode()
    assert SearchDocument.objects.get(object_id=note.pk).title == "Bank"


def test_a_button_that_does_not_exist_is_refused(keeper: Client) -> None:
    assert keeper.post(PAGE, {"deed": "drop"}).status_code == 400


@pytest.mark.server
def test_a_new_index_is_begun_followed_and_taken_back_by_button(keeper: Client, write: Any, elasticsearch: str) -> None:
    write("Bank")
    sync()
    first = reindex.answering()
    assert "Ein neues Verzeichnis wird gefüllt" in keeper.post(PAGE, {"deed": "rebuild"}, follow=True).content.decode()
    words = keeper.get(PAGE).content.decode()
    assert "wird gefüllt" in words
    assert "0 %" in words
    receivers.fill_index()
    assert reindex.answering() != first
    words = keeper.post(PAGE, {"deed": "back"}, follow=True).content.decode()
    assert "Das vorige Verzeichnis antwortet wieder" in words
    assert reindex.answering() == first


@pytest.mark.server
def test_a_server_that_is_away_is_named_and_its_buttons_say_so(
    keeper: Client, write: Any, elasticsearch: str, settings: Any
) -> None:
    write("Bank")
    sync()
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    words = keeper.get(PAGE).content.decode()
    assert "Der Suchserver antwortet nicht" in words
    assert "später noch einmal" in keeper.post(PAGE, {"deed": "rebuild"}, follow=True).content.decode()
    assert elastic.known().count() == 1
