"""Messages in the account, and the admins' page of what could not be delivered."""

import pytest
from django.utils import timezone

from common.models import Delivery
from notifications import actions
from notifications.models import Message
from tests.factories import make_person

pytestmark = pytest.mark.django_db
LIST = "/mein/nachrichten/"


@pytest.fixture
def anna(client):
    person = make_person("anna@example.org", "Anna")
    client.force_login(person)
    return person


def write(person, number: int = 1) -> Message:
    said = {"kind": "receipt", "text": "Zeile eins\n\nZeile <b>zwei</b>", "url": "/ideen/1/", "about": ("idea", number)}
    return actions.tell(person=person, key=f"k{number}", subject=f"Nachricht {number}", **said)


def test_visitors_are_asked_to_sign_in(client):
    assert client.get(LIST).url == f"/konto/login/?next={LIST}"


def test_empty_list_says_what_will_stand_here(client, anna):
    assert "Noch keine Nachrichten" in client.get(LIST).content.decode()


def test_new_messages_are_marked_and_counted(client, anna):
    write(anna)
    page = client.get(LIST).content.decode()
    assert "Nachricht 1" in page
    assert "Neu" in page
    assert "1 neu" in page


def test_looking_changes_nothing_and_the_button_marks_as_read(client, anna):
    message = write(anna)
    page = client.get(f"{LIST}{message.pk}/").content.decode()
    assert "Zeile &lt;b&gt;zwei" in page
    assert 'href="/ideen/1/"' in page
    message.refresh_from_db()
    assert message.read_at is None
    assert client.get(f"{LIST}{message.pk}/gelesen/").status_code == 405
    client.post(f"{LIST}{message.pk}/gelesen/")
    message.refresh_from_db()
    assert message.read_at is not None
    assert "1 neu" not in client.get(LIST).content.decode()


def test_all_can_be_marked_at_once(client, anna):
    write(anna, 1)
    write(anna, 2)
    client.post(f"{LIST}gelesen/")
    assert not Message.objects.filter(read_at=None).exists()


def test_messages_of_others_are_not_there(client, anna):
    message = write(make_person("ben@example.org", "Ben"))
    assert client.get(f"{LIST}{message.pk}/").status_code == 404
    assert client.post(f"{LIST}{message.pk}/gelesen/").status_code == 404
    assert "Nachricht 1" not in client.get(LIST).content.decode()


def test_list_pages_by_cursor(client, anna):
    for number in range(45):
        write(anna, number)
    first = client.get(LIST).content.decode()
    assert "Nachricht 44" in first
    assert "Nachricht 24" not in first
    oldest = Message.objects.get(key="k25").pk
    assert f"?nach={oldest}" in first
    second = client.get(f"{LIST}?nach={oldest}").content.decode()
    assert "Nachricht 24" in second
    assert "Neueste Nachrichten" in second


@pytest.mark.parametrize("cursor", ["x", "-1", "1e9", "9" * 30, "１２", "1;2", "%00"])
def test_forged_cursors_are_refused(client, anna, cursor):
    assert client.get(f"{LIST}?nach={cursor}").status_code == 400


def test_list_costs_the_same_however_many(client, anna, django_assert_max_num_queries):
    for number in range(60):
        write(anna, number)
    with django_assert_max_num_queries(12):
        client.get(LIST)


@pytest.mark.parametrize("address", ["999999", "9223372036854775807", "99999999999999999999"])
def test_wrong_ids_are_not_found(client, anna, address):
    assert client.get(f"{LIST}{address}/").status_code in (400, 404)


def dead(number: int = 1) -> Delivery:
    return Delivery.objects.create(
        event="message_written", receiver="notifications.receivers.mail_message", key=f"k{number}", ids={"message_id": 1},
        state="dead", attempts=80, next_try=timezone.now(), last_error="ConnectionRefusedError(111)",
    )  # fmt: skip


def test_admins_see_what_was_given_up_and_try_it_again(client):
    client.force_login(make_person("admin@example.org", "Ada", is_superuser=True))
    one = dead(1)
    dead(2)
    page = client.get("/cms/zustellungen/").content.decode()
    assert "ConnectionRefusedError" in page
    assert "Noch einmal versuchen" in page
    client.post("/cms/zustellungen/", {"delivery": one.pk})
    assert list(Delivery.objects.filter(state="dead").values_list("key", flat=True)) == ["k2"]
    client.post("/cms/zustellungen/")
    assert not Delivery.objects.filter(state="dead").exists()
    assert "Nichts wurde aufgegeben" in client.get("/cms/zustellungen/").content.decode()


def test_other_staff_do_not(client):
    client.force_login(make_person("mo@example.org", "Mo", groups=["Moderation"]))
    dead()
    answer = client.get("/cms/zustellungen/")
    assert answer.status_code in (302, 403)
    assert "ConnectionRefused" not in answer.content.decode()
    client.post("/cms/zustellungen/")
    assert Delivery.objects.filter(state="dead").exists()
