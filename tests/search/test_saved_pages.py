"""Keeping a search on pages: with an account, without one by confirmed mail, by links that say and cost nothing else."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from common.models import Bucket
from search.models import SavedHit, SavedMail, SavedReader, SavedSearch
from search.registry import register, unregister
from search.saved import keeping
from search.saved.keeping import MOST, Wish
from tests.factories import deliver_outbox, make_person
from tests.search.notes import Note
from tests.search.test_saved import PlacedNotes, keep, signed_in

pytestmark = pytest.mark.django_db
Write = Callable[..., Note]
NEW = "/suche/merken/"
ASKED = {"q": "Brunnen", "rhythmus": "at_once", "email": "neu@example.org"}


@pytest.fixture(autouse=True)
def placed(only_test_kinds: None, settings: Any) -> None:
    unregister("note")
    register(PlacedNotes)
    settings.SITE_URL = "https://mitwirk.example"


@pytest.fixture
def anna() -> User:
    return make_person("anna@example.org", "Anna")


def link_in(letter: Any, part: str) -> str:
    """Return the path of the link with this part."""
    return re.search(rf"https://mitwirk\.example(\S*{part}\S+)", letter.body)[1]  # type: ignore[index]


def confirmed(client: Client, **fields: Any) -> str:
    """Keep a search by mail and confirm it; return the address of its owner's page."""
    client.post(NEW, ASKED | fields)
    answer = client.post(link_in(deliver_outbox()[-1], "bestaetigen"))
    return answer.headers["Location"]


def test_the_search_page_leads_to_a_short_form_with_everything_filled_in(anna: User) -> None:
    page = signed_in(anna).get(
        f"{NEW}?q=Radweg&thema=verkehr&stadtteil=ufer&stadtteil=geheim&art=note&sort=neu&seite=3"
    )
    text = page.content.decode()
    assert page.status_code == 200
    assert "Radweg" in text
    assert "Am Ufer" in text
    assert "geheim" not in text
    assert "Ihre Mail-Adresse" not in text
    answer = signed_in(anna).post(
        NEW,
        {"q": "Radweg", "thema": "verkehr", "stadtteil": ["ufer"], "art": "note", "rhythmus": "weekly"},
        follow=True,
    )
    assert "„Radweg, Notizen, Verkehr, Am Ufer“ ist gemerkt" in answer.content.decode()
    search = SavedSearch.objects.get()
    assert search.filters == {"kind": ["note"], "category": ["verkehr"], "district": ["ufer"]}
    assert (search.person, search.rhythm, search.state) == (anna, "weekly", "active")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"q": ""}, "Bitte sagen Sie, worüber wir Bescheid geben sollen"),
        ({"q": "und der die"}, "Diese Wörter stehen in fast jedem Text"),
        ({"q": "Brunnen", "ort": "Nirgendwo"}, "Diesen Ort kennen wir nicht"),
        ({"q": "Brunnen", "stadtteil": "gibt-es-nicht"}, "gibt-es-nicht"),
        ({"q": "Brunnen", "rhythmus": "stündlich"}, "stündlich"),
        ({"q": "x" * 201}, "201"),
        ({"q": "Brun\x00nen"}, "Zeichen"),
        ({"q": "Brunnen", "lat": "nan", "lng": "1e99", "ort": "x", "bekannt": "x"}, "Bitte prüfen Sie"),
    ],
)
def test_a_form_that_is_not_right_comes_back_with_what_was_typed(
    typed: dict[str, str], sentence: str, anna: User
) -> None:
    answer = signed_in(anna).post(NEW, {"rhythmus": "daily", "name": "Mein Wunschname"} | typed)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in text
    assert "Mein Wunschname" in text
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("q=%00&lat=nan&lng=x", 400),  # refused before it gets here, like everywhere
        ("art=%27&umkreis=-1&ort=%F0%9F%98%80&q=%E2%80%AE", 200),
        ("q=" + "a" * 5000, 200),
        ("lat=inf&lng=inf&q=*:*", 200),
    ],
)
def test_no_address_breaks_the_form(query: str, status: int) -> None:
    assert Client().get(f"{NEW}?{query}").status_code == status


def test_a_place_is_found_by_the_name_ideas_give_it(anna: User, write: Write) -> None:
    write("Brunnen", "Am Alten Markt", source_id="Alter Markt|0.01")
    client = signed_in(anna)
    client.post(NEW, {"q": "", "ort": "alter markt", "umkreis": "500", "rhythmus": "daily"})
    search = SavedSearch.objects.get()
    assert (search.place, search.radius, round(search.latitude or 0, 2)) == ("alter markt", 500, 51.69)
    page = client.get(f"/mein/suchen/{search.pk}/").content.decode()
    assert "500 m um: alter markt" in page
    client.post(f"/mein/suchen/{search.pk}/", {"q": "Bank", "ort": "", "umkreis": "500", "rhythmus": "daily"})
    search.refresh_from_db()
    assert (search.text, search.radius, search.latitude) == ("Bank", None, None)


def test_without_an_account_nothing_runs_before_the_mail_is_confirmed(write: Write) -> None:
    client = Client()
    answer = client.post(NEW, ASKED)
    assert "Noch ein Schritt" in answer.content.decode()
    write("Brunnen eins")
    (letter,) = deliver_outbox()
    assert letter.to == ["neu@example.org"]
    link = link_in(letter, "bestaetigen")
    assert "Ja, ich möchte diese Mails" in client.get(link).content.decode()
    assert SavedSearch.objects.get().state == "waiting"  # programs look at links
    page = client.post(link, follow=True).content.decode()
    assert "„Brunnen“ läuft jetzt" in page
    assert "neu@example.org" in page
    agreed = SavedSearch.objects.get().confirmed_at
    client.post(link)  # twice is no harm
    assert agreed == SavedSearch.objects.get().confirmed_at is not None
    write("Brunnen zwei", published_at=timezone.now())
    news = deliver_outbox()[-1]
    assert news.subject == "1 neuer Treffer: Brunnen"
    own = link_in(news, "/meine/")
    assert "<mark>Brunnen</mark> zwei" in client.get(own).content.decode()


def test_the_page_by_link_shows_changes_pauses_and_deletes(write: Write) -> None:
    client = Client()
    own = confirmed(client)
    write("Brunnen eins", published_at=timezone.now())
    deliver_outbox()
    search = SavedSearch.objects.get()
    assert "1 neuer Treffer" in client.get(own).content.decode()
    assert "<mark>Brunnen</mark> eins" in client.get(f"{own}{search.pk}/").content.decode()
    client.post(f"{own}{search.pk}/aktion/", {"action": "seen"})
    assert "nichts Neues" in client.get(own).content.decode()
    changed = client.post(f"{own}{search.pk}/", {"name": "Bänke", "q": "Bank", "rhythmus": "weekly"}, follow=True)
    assert "Ihre Suche ist geändert." in changed.content.decode()
    assert client.post(f"{own}{search.pk}/", {"q": "Bank", "rhythmus": "account"}).status_code == 422
    assert client.get(f"{own}daten/").json()["saved_searches"][0]["name"] == "Bänke"
    assert client.post(f"{own}{search.pk}/aktion/", {"action": "seen it all"}).status_code == 400
    assert (
        "Sie bekommen keine Mails mehr"
        in client.post(f"{own}{search.pk}/aktion/", {"action": "delete"}).content.decode()
    )
    assert not SavedReader.objects.exists()
    assert client.get(own).status_code == 410


def test_links_are_for_one_purpose_one_owner_and_a_time(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client()
    own = confirmed(client)
    token = own.rstrip("/").rsplit("/", 1)[1]
    other = keep(make_person("ben@example.org", "Ben"), "Bank")
    assert client.get(f"{own}{other.pk}/").status_code == 404
    for address in (f"bestaetigen/{token}", f"abmelden/{token}", f"meine/{token}x", "meine/x"):
        assert client.get(f"{NEW}{address}/").status_code == 404, address
    monkeypatch.setattr("search.saved.links.PAGE_FOR", timedelta(seconds=-1))
    assert client.get(own).status_code == 410


def test_a_confirmation_ends_after_three_days(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client()
    client.post(NEW, ASKED)
    link = link_in(deliver_outbox()[-1], "bestaetigen")
    monkeypatch.setattr("search.saved.links.CONFIRM_WITHIN", timedelta(seconds=-1))
    answer = client.post(link)
    assert answer.status_code == 410
    assert "Dieser Link gilt nicht mehr" in answer.content.decode()
    assert SavedSearch.objects.get().state == "waiting"


def test_leaving_by_link_forgets_the_address(write: Write) -> None:
    client = Client()
    confirmed(client)
    confirmed(client, q="Bank")
    write("Brunnen eins", published_at=timezone.now())
    news = deliver_outbox()[-1]
    both = news.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("https://mitwirk.example")
    one = next(link for link in re.findall(r"https://mitwirk\.example(\S*abmelden\S+)", news.body) if link != both)
    assert "Keine Mails mehr zu „Brunnen“" in client.get(one).content.decode()
    client.post(one)
    assert list(SavedSearch.objects.values_list("text", flat=True)) == ["Bank"]
    client.post(both)
    assert not SavedReader.objects.exists()
    assert not SavedMail.objects.exists()
    assert client.post(both).status_code == 200


def test_whoever_asks_learns_nothing_about_an_address(anna: User) -> None:
    full = SavedReader.objects.create(address="voll@example.org")
    SavedSearch.objects.bulk_create(SavedSearch(reader=full, name="x", text="x") for _number in range(MOST))
    pages = set()
    for address in ("neu@example.org", "anna@example.org", "voll@example.org"):
        answer = Client().post(NEW, ASKED | {"email": address})
        assert answer.status_code == 200
        pages.add(re.sub(r"nonce=\"[^\"]*\"|[\w.]+@example\.org", "", answer.content.decode()))
    assert len(pages) == 1
    assert sorted(letter.to[0] for letter in deliver_outbox()) == ["anna@example.org", "neu@example.org"]


def test_nobody_can_be_flooded_with_mails() -> None:
    client = Client()
    pages = {client.post(NEW, ASKED | {"email": "Neu@Example.org"}).status_code for _time in range(6)}
    assert pages == {200}
    assert len(deliver_outbox()) == 3
    assert SavedSearch.objects.count() == 3
    answers = [client.post(NEW, ASKED | {"email": f"opfer{number}@example.org"}) for number in range(20)]
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert "opfer19@example.org" in answers[-1].content.decode()
    assert len(deliver_outbox()) <= 3 + 14 + 3
    assert Bucket.objects.count() < 30


def test_a_program_that_fills_in_the_hidden_field_sends_nothing() -> None:
    assert Client().post(NEW, ASKED | {"website": "https://spam.example"}).status_code == 200
    assert deliver_outbox() == []
    assert not SavedSearch.objects.exists()


def test_who_has_an_account_with_that_address_finds_the_search_there(anna: User) -> None:
    client = Client()
    client.post(NEW, ASKED | {"email": "Anna@example.org"})
    answer = client.post(link_in(deliver_outbox()[-1], "bestaetigen"))
    assert answer.headers["Location"] == "/mein/suchen/"
    search = SavedSearch.objects.get()
    assert (search.person, search.reader) == (anna, None)
    assert not SavedReader.objects.exists()
    assert "Brunnen" in signed_in(anna).get("/mein/suchen/").content.decode()


def test_thirty_searches_are_the_most(anna: User) -> None:
    for number in range(MOST):
        keeping.save(person=anna, wish=Wish(f"Suche {number}", "Brunnen"))
    answer = signed_in(anna).post(NEW, {"q": "Bank", "rhythmus": "daily"})
    assert answer.status_code == 409
    assert "höchstens 30 Suchen" in answer.content.decode()


def test_searches_of_others_are_not_there(anna: User) -> None:
    other = keep(make_person("ben@example.org", "Ben"), "Bank")
    client = signed_in(anna)
    assert client.get(f"/mein/suchen/{other.pk}/").status_code == 404
    assert client.post(f"/mein/suchen/{other.pk}/aktion/", {"action": "delete"}).status_code == 404
    assert client.get(f"/mein/suchen/{2**70}/").status_code == 404
    assert Client().get("/mein/suchen/").status_code == 302
    assert SavedSearch.objects.count() == 1


def test_the_list_says_what_is_new_and_the_export_has_all_of_it(anna: User, write: Write) -> None:
    client = signed_in(anna)
    assert "Noch keine gemerkte Suche" in client.get("/mein/suchen/").content.decode()
    search = keep(anna, "Brunnen", rhythm="account")
    write("Brunnen am Markt", published_at=timezone.now())
    deliver_outbox()
    text = client.get("/mein/suchen/").content.decode()
    assert "1 neuer Treffer" in text
    assert "1 neu" in client.get("/mein/nachrichten/").content.decode()
    page = client.get(f"/mein/suchen/{search.pk}/")
    assert "<mark>Brunnen</mark> am Markt" in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    data = client.get("/mein/suchen/daten/").json()
    assert data["saved_searches"][0]["hits"][0]["kind"] == "note"
    assert data["address"] == "anna@example.org"
    client.post(f"/mein/suchen/{search.pk}/aktion/", {"action": "seen"})
    assert "nichts Neues" in client.get("/mein/suchen/").content.decode()
    assert SavedHit.objects.count() == 1
