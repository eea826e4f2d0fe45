"""The access matrix's column for those who write along: every address of an idea, in every state."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ideas.models import Campaign, CoAuthor, Idea
from tests import factories
from tests.ideas.conftest import signed_in
from tests.security.conftest import PENDING, SECRET, SHOWN, make_idea

# State → what a co-author is answered at: page, versions, trail, notice to print, writing together, change (GET),
# change (POST), withdraw, report, receipt, answer for the town, comment (POST), support (PUT).
# Their own support is refused (403), as for the lead; the receipt belongs to the person who sent it in.
MATRIX: dict[str, tuple[int, ...]] = {
    "waiting":   (200, 200, 200, 404, 200, 200, 303, 403, 200, 404, 403, 409, 404),
    "public":    (200, 200, 200, 200, 200, 200, 303, 403, 200, 404, 403, 303, 403),
    "changed":   (200, 200, 200, 200, 200, 200, 303, 403, 200, 404, 403, 303, 403),
    "refused":   (200, 200, 200, 404, 200, 403, 403, 403, 200, 404, 403, 409, 404),
    "hidden":    (200, 200, 200, 404, 200, 403, 403, 403, 200, 404, 403, 409, 404),
    "withdrawn": (200, 200, 200, 404, 200, 403, 403, 403, 200, 404, 403, 409, 409),
    "merged":    (200, 200, 200, 404, 200, 403, 403, 403, 200, 404, 403, 409, 409),
}  # fmt: skip
LEFT = (404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404)


@pytest.fixture
def friend(browsers: dict[str, Client]) -> Client:
    person = factories.make_person("mit@example.org", "Deichgräfin")
    browser = signed_in(person)
    browser.person = person  # type: ignore[attr-defined]
    browser.raise_request_exception = False
    return browser


def written_along(state: str, campaign: Campaign, browsers: dict[str, Client], friend: Client) -> Idea:
    """Return the author's idea in that state, at which the friend writes along."""
    idea, now = make_idea(state, campaign, browsers), timezone.now()
    person = friend.person  # type: ignore[attr-defined]
    CoAuthor.objects.create(idea=idea, person=person, state="accepted", ends_at=now, answered_at=now)
    Idea.objects.filter(pk=idea.pk).update(coauthor_count=1)
    return Idea.objects.get(pk=idea.pk)


def answers(idea: Idea, browser: Client) -> tuple[int, ...]:
    """Return what the browser is answered at every address of the matrix."""
    at, number = f"/ideen/{idea.pk}/", idea.latest_version.number  # type: ignore[union-attr]
    words = {
        "title": "Ein Platz für alle Vögel",
        "text": "Ein Nistplatz für alle Vögel am alten Wehr.",
        "version": number,
    }

    def get(path: str) -> int:
        return browser.get(path).status_code

    def post(path: str, data: dict[str, Any]) -> int:
        return browser.post(path, data).status_code

    pages = [idea.get_absolute_url(), f"{at}fassungen/", f"{at}verlauf/", f"{at}aushang/", f"{at}mitautoren/"]
    shown = [get(path) for path in pages]
    support = browser.put(f"{at}unterstuetzung/", headers={"accept": "application/json"}).status_code
    comment = post(f"{at}kommentare/", {"text": "Ich mache mit."})
    rest = [get(f"/melden/idea/{idea.pk}/"), get(f"{at}danke/"), get(f"{at}antwort/"), comment, support]
    change = [get(f"{at}bearbeiten/"), post(f"{at}bearbeiten/", words), get(f"{at}zurueckziehen/")]
    return (*shown, *change, *rest)


@pytest.mark.parametrize("state", list(MATRIX))
def test_what_those_who_write_along_are_answered(
    state: str, campaign: Campaign, browsers: dict[str, Client], friend: Client
) -> None:
    assert answers(written_along(state, campaign, browsers, friend), friend) == MATRIX[state]


@pytest.mark.parametrize("state", ["waiting", "refused", "hidden"])
def test_once_they_have_left_there_is_nothing(
    state: str, campaign: Campaign, browsers: dict[str, Client], friend: Client
) -> None:
    idea = written_along(state, campaign, browsers, friend)
    CoAuthor.objects.update(state="left")
    assert answers(idea, friend) == LEFT


def test_an_invitation_alone_shows_nothing_that_is_not_public(
    campaign: Campaign, browsers: dict[str, Client], friend: Client
) -> None:
    idea = written_along("waiting", campaign, browsers, friend)
    CoAuthor.objects.update(state="invited", ends_at=timezone.now() + timedelta(days=1))
    assert answers(idea, friend) == LEFT
    assert SECRET not in friend.get("/mein/").content.decode()


def test_pictures_and_words_that_wait_are_theirs_to_read(
    campaign: Campaign, browsers: dict[str, Client], friend: Client
) -> None:
    idea = written_along("changed", campaign, browsers, friend)
    newer = idea.versions.get(number=2).pictures.get().picture
    assert friend.get(newer.address(320)).status_code == 200
    assert browsers["citizen"].get(newer.address(320)).status_code == 404
    assert PENDING in friend.get(f"/ideen/{idea.pk}/fassungen/").content.decode()
    assert SHOWN in friend.get(idea.get_absolute_url()).content.decode()
    assert PENDING not in browsers["citizen"].get(f"/ideen/{idea.pk}/fassungen/").content.decode()


@pytest.mark.parametrize("role", ["visitor", "citizen", "moderator", "editor"])
def test_the_page_for_writing_together_is_for_writers_only(
    role: str, campaign: Campaign, browsers: dict[str, Client], friend: Client
) -> None:
    idea = written_along("public", campaign, browsers, friend)
    for method in (browsers[role].get, browsers[role].post):
        status = method(f"/ideen/{idea.pk}/mitautoren/").status_code
        assert status == (303 if role == "visitor" else 404)
