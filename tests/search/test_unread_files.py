"""Staff see which files cannot be searched, why, and what helps; they can have one read once more."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client

from search.attachments.reading import read_waiting
from search.models import SearchFile
from tests.search.notes import Note
from tests.search.papers import pdf
from tests.search.test_attachments import Attach, Write, attach  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
PAGE = "/cms/suche/anhaenge/"


@pytest.fixture
def staff() -> Client:
    person = get_user_model().objects.create(email="nora@town.example", display_name="Nora")
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = Client()
    client.force_login(person)
    return client


def test_the_list_names_the_reason_and_what_helps(staff: Client, write: Write, attach: Attach) -> None:  # noqa: F811
    assert "Alle Dateien sind durchsuchbar" in staff.get(PAGE).text
    attach(write("Der Steg"), ("Scan.pdf", pdf("")), ("Zu.pdf", pdf("x", password="geheim")), ("Gut.pdf", pdf("Wort")))
    shown = staff.get(PAGE).text
    assert "Scan.pdf" in shown
    assert "nur Bilder von Seiten, kein Text" in shown
    assert "mit einem Passwort geschützt" in shown
    assert "Der Steg" in shown
    assert "Gut.pdf" not in shown
    Note.objects.update(public=False)
    assert "Der Steg" not in staff.get(PAGE).text


def test_a_file_is_read_once_more(staff: Client, write: Write, attach: Attach) -> None:  # noqa: F811
    attach(write("Der Steg"), ("Scan.pdf", pdf("")))
    file = SearchFile.objects.get()
    SearchFile.objects.update(state=SearchFile.State.SLOW, attempts=3)
    assert staff.post(PAGE, {"file": file.pk}).status_code == 302
    read_waiting()
    assert SearchFile.objects.get().state == SearchFile.State.SCANNED
    for odd in ("", "x", "9" * 30, "-1", "999999"):
        assert staff.post(PAGE, {"file": odd}).status_code == 302


def test_others_do_not_get_in(client: Client) -> None:
    assert client.get(PAGE).status_code == 302
    person = get_user_model().objects.create(email="anna@town.example", display_name="Anna")
    client.force_login(person)
    assert client.get(PAGE).status_code in {302, 403}
