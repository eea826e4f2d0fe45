"""Everything that goes wrong is a German page with a way on."""

import pytest
from django.test import Client

pytestmark = [pytest.mark.urls("tests.theme.addresses"), pytest.mark.django_db]


@pytest.mark.parametrize(
    ("kind", "status", "words"),
    [
        ("denied", 403, "Das ist für Sie nicht offen"),
        ("suspicious", 400, "Das haben wir nicht verstanden"),
        ("too-big", 413, "Das war zu viel auf einmal"),
        ("refused", 409, "Die Abstimmung ist schon vorbei."),
        ("broken", 500, "Bei uns ist etwas kaputtgegangen"),
        ("nul", 400, "Das haben wir nicht verstanden"),
        ("surrogate", 400, "Das haben wir nicht verstanden"),
        ("out-of-range", 400, "Das haben wir nicht verstanden"),
    ],
)
def test_trouble_becomes_a_page_in_our_look(kind: str, status: int, words: str) -> None:
    answer = Client(raise_request_exception=False).get(f"/trouble/{kind}/")
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert "Zur Startseite" in answer.content.decode()


def test_an_unknown_address_offers_a_search(client: Client) -> None:
    answer = client.get("/gibt-es-nicht/")
    assert answer.status_code == 404
    assert 'action="/suche/"' in answer.content.decode()
    assert "Hier ist nichts" in answer.content.decode()


@pytest.mark.parametrize("address", ["/plain/?q=%00", "/plain/?q=%ff%fe", "/plain/?%ed%a0%80=1", "/pl%00ain/"])
def test_broken_addresses_are_refused_before_any_view(client: Client, address: str) -> None:
    path, _, query = address.partition("?")
    assert client.get(path, QUERY_STRING=query).status_code == 400


@pytest.mark.parametrize("address", ["/stra%C3%9Fe/", "/pl%ffain/", "/plain%2500/"])
def test_unusual_addresses_are_simply_not_there(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_programs_get_json(client: Client) -> None:
    answer = client.get("/trouble/refused/", headers={"accept": "application/json"})
    assert answer.status_code == 409
    assert answer.json()["detail"] == "Die Abstimmung ist schon vorbei."


def test_an_expired_form_gives_the_text_back_and_a_way_to_send_it_again() -> None:
    client = Client(enforce_csrf_checks=True)
    typed = {"title": "Mehr <Schatten>", "text": "Zeile eins\nZeile zwei", "password": "geheim-123"}
    answer = client.post("/posted/", typed, headers={"origin": "http://testserver"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Mehr &lt;Schatten&gt;" in page
    assert "Zeile eins" in page
    assert "geheim-123" not in page
    assert "Noch einmal senden" in page
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    again = client.post("/posted/", typed | {"csrfmiddlewaretoken": token}, headers={"origin": "http://testserver"})
    assert again.content.decode() == "Mehr <Schatten>"


def test_a_form_from_elsewhere_is_shown_but_never_offered_again() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/posted/", {"title": "Fremder Text"}, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403
    assert "Noch einmal senden" not in answer.content.decode()


def test_the_page_for_broken_servers_asks_nothing(django_assert_num_queries: object) -> None:
    from theme.errors import still

    with django_assert_num_queries(0):  # type: ignore[operator]
        assert still(500).status_code == 500
        assert still(503).status_code == 503
