"""The newsletter from the reader's side: asked for, confirmed by mail, changed, ended – and nobody learns about others."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import User
from ideas.models import Topic
from news import due
from news.models import Subscriber, Wish
from news.newsletter import links
from tests.factories import deliver_outbox, make_person

pytestmark = pytest.mark.django_db
HOME = "/aktuelles/newsletter/"
WISH = {"themen": ["spiel"], "rhythmus": "every", "email": "Anna@Example.org"}


@pytest.fixture(autouse=True)
def address_of_the_site(settings: Any, topic: Topic) -> Topic:
    settings.SITE_URL = "https://mitwirk.example"
    return topic


@pytest.fixture
def anna() -> User:
    return make_person("anna@example.org", "Anna")


def path_in(letter: Any, part: str) -> str:
    """Return the address with this part that a mail names, without the site."""
    found = re.search(rf"https://mitwirk\.example(/aktuelles/newsletter/{part}/\S+)", letter.body)
    assert found, letter.body
    return found[1]


def asked(client: Client, **more: Any) -> str:
    """Ask for the newsletter and return the address in the mail."""
    answer = client.post(HOME, WISH | more)
    assert answer.status_code == 200, answer.content.decode()
    return path_in(deliver_outbox()[-1], "bestaetigen")


def test_without_an_account_a_mail_asks_first_and_the_button_behind_its_link_subscribes(client: Client) -> None:
    page = client.get(HOME).content.decode()
    assert "Spiel und Freizeit" in page
    path = asked(client)
    letter = mail.outbox[-1]
    assert letter.to == ["anna@example.org"]
    assert letter.subject.startswith("Bitte bestätigen: Newsletter")
    assert path in letter.alternatives[0][0]
    assert not Subscriber.objects.exists()
    for _looks in range(2):  # mail programs look at links
        assert "Ja, ich möchte den Newsletter" in client.get(path).content.decode()
    assert not Subscriber.objects.exists()
    done = client.post(path, follow=True)
    assert "Der Newsletter ist bestellt." in done.content.decode()
    subscriber = Subscriber.objects.get()
    assert (subscriber.address, subscriber.rhythm, subscriber.has_all) == ("anna@example.org", "every", False)
    assert [topic.slug for topic in subscriber.topics.all()] == ["spiel"]
    assert client.post(path, follow=True).status_code == 200
    assert Subscriber.objects.count() == 1


def test_with_an_account_it_is_set_at_once_and_changed_on_the_same_page(client: Client, anna: User) -> None:
    client.force_login(anna)
    assert 'name="email"' not in client.get(HOME).content.decode()
    page = client.post(HOME, {"themen": ["alle"], "rhythmus": "weekly"}, follow=True).content.decode()
    assert "Er kommt an anna@example.org." in page
    assert "Mein Newsletter" in page
    client.post(HOME, {"themen": ["spiel"], "rhythmus": "every"})
    kept = Subscriber.objects.get()
    assert (kept.person, kept.address, kept.has_all, kept.rhythm) == (anna, None, False, "every")
    assert deliver_outbox() == []


def test_whose_address_has_an_account_finds_the_newsletter_there_and_gets_it_once(client: Client, anna: User) -> None:
    client.post(asked(client))
    kept = Subscriber.objects.get()
    assert (kept.person, kept.address) == (anna, None)
    Subscriber.objects.all().delete()
    Subscriber.objects.create(address="anna@example.org", has_all=True)  # from before there was an account
    client.force_login(anna)
    client.post(HOME, {"themen": ["alle"], "rhythmus": "every"})
    assert [one.person for one in Subscriber.objects.all()] == [anna]


def test_nobody_learns_whether_an_address_is_subscribed(client: Client, anna: User) -> None:
    Subscriber.objects.create(address="bodo@example.org", has_all=True)
    answers = [client.post(HOME, WISH | {"email": f"{name}@example.org"}) for name in ("anna", "bodo", "cora")]
    words = {re.sub(r"anna|bodo|cora", "NAME", answer.content.decode()) for answer in answers}
    bare = {re.sub(r'(csrfmiddlewaretoken" value="|nonce-)[^"]*', "", one) for one in words}
    assert len(bare) == 1
    letters = deliver_outbox()
    assert [letter.to for letter in letters] == [["anna@example.org"], ["bodo@example.org"], ["cora@example.org"]]
    assert len({letter.subject for letter in letters}) == 1


def test_asking_for_somebody_who_is_subscribed_changes_nothing_without_their_button(client: Client) -> None:
    kept = Subscriber.objects.create(address="anna@example.org", has_all=True, rhythm="weekly")
    path = asked(client)
    kept.refresh_from_db()
    assert kept.has_all
    client.post(path)
    kept.refresh_from_db()
    assert (kept.has_all, kept.rhythm) == (False, "every")


def test_one_address_is_asked_three_times_an_hour_and_one_sender_twenty(client: Client) -> None:
    for _time in range(5):
        assert client.post(HOME, WISH).status_code == 200
    assert len(deliver_outbox()) == 3
    for number in range(15):
        assert client.post(HOME, WISH | {"email": f"n{number}@example.org"}).status_code == 200
    answer = client.post(HOME, WISH | {"email": "zu@viel.example"})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert "zu@viel.example" in answer.content.decode()
    assert len(deliver_outbox()) == 18


def test_programs_that_fill_in_everything_get_no_mail_and_no_sign(client: Client) -> None:
    answer = client.post(HOME, WISH | {"website": "https://spam.example"})
    assert "Noch ein Schritt" in answer.content.decode()
    assert deliver_outbox() == []
    assert not Wish.objects.exists()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"themen": []}, "Bitte wählen Sie mindestens ein Thema"),
        ({"themen": ["gibtsnicht"]}, "Bitte eine gültige Auswahl treffen"),
        ({"email": "anna"}, "Bitte gültige E-Mail-Adresse eingeben."),
        ({"email": ""}, "Dieses Feld muss ausgefüllt werden."),
        ({"email": "anna@example.org\r\nBcc: alle@example.org"}, "E-Mail-Adresse"),
        ({"rhythmus": "stuendlich"}, "Bitte eine gültige Auswahl treffen"),
        ({"rhythmus": ""}, "Dieses Feld muss ausgefüllt werden."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_sent(client: Client, changed: dict[str, Any], words: str) -> None:
    answer = client.post(HOME, WISH | changed)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert deliver_outbox() == []


def test_links_of_others_open_nothing_and_old_ones_say_so(client: Client) -> None:
    path = asked(client)
    token = path.rstrip("/").rpartition("/")[2]
    changed = token[:-2] + ("yy" if token.endswith("xx") else "xx")
    for part in ("bestaetigen", "meine", "abmelden"):
        assert client.get(f"{HOME}{part}/irgendwas/").status_code == 404
        assert client.post(f"{HOME}{part}/{changed}/").status_code == 404
    # A link is good for its own purpose alone.
    assert client.post(f"{HOME}abmelden/{token}/").status_code == 404
    assert client.get(f"{HOME}meine/{token}/").status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=3, minutes=1)):
        late = client.get(path)
        assert late.status_code == 410
        assert "Dieser Link gilt nicht mehr" in late.content.decode()
        assert client.post(path).status_code == 410
    assert not Subscriber.objects.exists()


def test_an_address_nobody_confirmed_is_forgotten_after_three_days(client: Client) -> None:
    asked(client)
    for age, left in ((timedelta(days=2, hours=23), 1), (timedelta(days=3, hours=2), 0)):
        Wish.objects.update(created_at=timezone.now() - age)
        due.forget_wishes()
        assert Wish.objects.count() == left


def test_one_click_ends_it_without_signing_in_and_the_address_is_gone(client: Client) -> None:
    client.post(asked(client))
    subscriber = Subscriber.objects.get()
    path = f"{HOME}abmelden/{links.leave_token(subscriber)}/"
    assert client.get(path).status_code == 200
    assert Subscriber.objects.exists()  # looking is not leaving
    stranger = Client(enforce_csrf_checks=True)
    answer = stranger.post(path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert "Der Newsletter ist abbestellt" in answer.content.decode()
    assert not Subscriber.objects.exists()
    assert not Wish.objects.exists()
    assert stranger.post(path).status_code == 200  # again is no error


def test_by_the_link_of_a_mail_topics_are_changed_without_an_account(client: Client) -> None:
    client.post(asked(client))
    subscriber = Subscriber.objects.get()
    page = client.get(f"{HOME}meine/{links.page_token(subscriber)}/")
    assert "anna@example.org" in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    path = f"{HOME}meine/{links.page_token(subscriber)}/"
    assert client.post(path, {"themen": [], "rhythmus": "weekly"}).status_code == 422
    client.post(path, {"themen": ["alle", "spiel"], "rhythmus": "weekly"})
    subscriber.refresh_from_db()
    assert (subscriber.has_all, subscriber.rhythm, subscriber.topics.count()) == (True, "weekly", 0)
    Subscriber.objects.all().delete()
    assert client.get(path).status_code == 410


def test_deleting_the_account_ends_it(anna: User) -> None:
    Subscriber.objects.create(person=anna, has_all=True)
    anna.delete()
    assert not Subscriber.objects.exists()


def test_whose_topics_are_all_gone_is_forgotten(topic: Topic) -> None:
    kept = Subscriber.objects.create(address="anna@example.org")
    kept.topics.add(topic)
    due.forget_old()
    assert Subscriber.objects.exists()
    topic.delete()
    due.forget_old()
    assert not Subscriber.objects.exists()
