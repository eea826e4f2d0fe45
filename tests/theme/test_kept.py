"""Parts that are kept: the same values give the same HTML, other values other HTML, and nothing personal stays."""

import pytest
from django.test import Client, RequestFactory
from django.utils import translation
from django.utils.functional import lazystr
from django.utils.safestring import mark_safe

from theme.kept import Shelf, Unkeepable, frozen


def test_a_part_is_made_once_for_a_language_and_a_key() -> None:
    shelf, made = Shelf(10), []

    def make() -> str:
        made.append(translation.get_language())
        return mark_safe("<b>x</b>")

    for language in ("de", "de", "en"):
        with translation.override(language):
            assert shelf.html(("a",), make) == "<b>x</b>"
    assert made == ["de", "en"]


def test_a_full_shelf_begins_anew_and_never_grows_beyond_its_size() -> None:
    shelf = Shelf(3)
    for number in range(50):
        shelf.html((number,), lambda: mark_safe(""))
        assert len(shelf.parts) <= 3


@pytest.mark.parametrize(
    ("one", "other"),
    [("<b>", mark_safe("<b>")), (1, True), (1, "1"), (None, ""), ({"a": 1}, {"a": 2}), ({"a": 1}, {"b": 1})],
)
def test_values_that_look_different_have_different_keys(one: object, other: object) -> None:
    assert frozen(one) != frozen(other)


def test_words_of_the_moment_count_as_what_they_say() -> None:
    assert frozen(lazystr("Neu")) == frozen("Neu")


def test_what_nobody_can_vouch_for_is_not_kept() -> None:
    with pytest.raises(Unkeepable):
        frozen({"steps": object()})


@pytest.mark.django_db
def test_the_frame_differs_for_those_who_are_signed_in(client: Client) -> None:
    from tests import factories

    before = client.get("/ideen/").content.decode()
    client.force_login(factories.person(), backend="allauth.account.auth_backends.AuthenticationBackend")
    inside = client.get("/ideen/").content.decode()
    after = Client().get("/ideen/").content.decode()
    assert "/konto/logout/" in inside
    assert "/konto/logout/" not in before + after
    assert before == after


@pytest.mark.django_db
def test_words_that_were_searched_stay_with_the_one_who_searched(client: Client) -> None:
    assert "Geheimwort" in client.get("/suche/?q=Geheimwort").content.decode()
    assert "Geheimwort" not in client.get("/suche/").content.decode()


def test_a_nonce_is_in_the_policy_only_where_a_page_asked_for_it() -> None:
    from django.http import HttpResponse

    from theme.policy import PolicyMiddleware

    headers = []
    for wanted in (True, True, False):
        request = RequestFactory().get("/")
        answer = PolicyMiddleware(lambda asked, wanted=wanted: HttpResponse(str(asked.csp_nonce) if wanted else ""))
        response = answer(request)
        header = response["Content-Security-Policy"]
        assert (f"'nonce-{response.content.decode()}'" in header) is wanted
        headers.append(header)
    assert headers[0] != headers[1]
    assert "nonce" not in headers[2].lower()
