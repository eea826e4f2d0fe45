"""The access matrix: what each role meets of an idea in each state, on every surface; the tables are written by hand."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from ideas.actions import publish_idea
from ideas.models import Campaign, Comment, Idea, OfficialAnswer
from moderation.actions import report
from moderation.models import Case, Report
from search.actions import rebuild
from search.models import SearchDocument
from tests import factories
from tests.security.conftest import PENDING, ROLES, SECRET, SHOWN, change, make_idea
from voting.models import Vote

STATES = ("waiting", "public", "changed", "refused", "hidden", "withdrawn", "merged", "closed")
# Each table: state → answers to visitor, citizen, author, moderator, editor. "closed" is public, its campaign is not.
PAGE = {
    "waiting": (404, 404, 200, 200, 404),
    "public": (200, 200, 200, 200, 200),
    "changed": (200, 200, 200, 200, 200),
    "refused": (404, 404, 200, 200, 404),
    "hidden": (404, 404, 200, 200, 404),
    "withdrawn": (200, 200, 200, 200, 200),
    "merged": (200, 200, 200, 200, 200),
    "closed": (404, 404, 200, 200, 404),
}
PICTURE = PAGE | {"withdrawn": (404, 404, 200, 200, 404)}
PENDING_PICTURE = (404, 404, 200, 200, 404)
EDIT = {
    "waiting": (303, 404, 200, 404, 404),
    "public": (303, 404, 200, 404, 404),
    "changed": (303, 404, 200, 404, 404),
    "refused": (303, 404, 403, 404, 404),
    "hidden": (303, 404, 403, 404, 404),
    "withdrawn": (303, 404, 403, 404, 404),
    "merged": (303, 404, 403, 404, 404),
    "closed": (303, 404, 409, 404, 404),
}
RECEIPT = dict.fromkeys(STATES, (303, 404, 200, 404, 404))
COMMENT = {
    "waiting": (404, 404, 409, 409, 404),
    "public": (303, 303, 303, 303, 303),
    "changed": (303, 303, 303, 303, 303),
    "refused": (404, 404, 409, 409, 404),
    "hidden": (404, 404, 409, 409, 404),
    "withdrawn": (303, 409, 409, 409, 409),
    "merged": (303, 409, 409, 409, 409),
    "closed": (404, 404, 409, 409, 404),
}
SUPPORT = {
    "waiting": (404, 404, 404, 404, 404),
    "public": (401, 200, 403, 200, 200),
    "changed": (401, 200, 403, 200, 200),
    "refused": (404, 404, 404, 404, 404),
    "hidden": (404, 404, 404, 404, 404),
    "withdrawn": (401, 409, 409, 409, 409),
    "merged": (401, 409, 409, 409, 409),
    "closed": (404, 404, 404, 404, 404),
}
LISTED = ("public", "changed")
PUBLIC_PLACES = (
    "/", "/ideen/", "/ideen/?sort=neu", "/ideen/?sort=trend", "/ideen/feed/", "/mitmachen/spielraeume/", "/mitmachen/",
    f"/suche/?q={SHOWN}", f"/suche/?q={SECRET}", "/suche/?q=Platz&kampagne=spielraeume", "/sitemap-ideen-1.xml",
)  # fmt: skip


@pytest.fixture(params=STATES)
def state(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def idea(state: str, campaign: Campaign, browsers: dict[str, Client]) -> Idea:
    made = make_idea("public" if state == "closed" else state, campaign, browsers)
    if state == "closed":
        Campaign.objects.update(is_public=False, is_published=False)
    rebuild()
    return made


def statuses(browsers: dict[str, Client], method: str, path: str, *data: Any, **more: Any) -> tuple[int, ...]:
    """Return what each role is answered."""
    return tuple(getattr(browsers[role], method)(path, *data, **more).status_code for role in ROLES)


def test_pages_and_permalinks(state: str, idea: Idea, browsers: dict[str, Client]) -> None:
    comment = idea.comments.get()
    assert statuses(browsers, "get", idea.get_absolute_url()) == PAGE[state]
    assert statuses(browsers, "get", f"/ideen/{idea.pk}/verlauf/") == PAGE[state]
    assert statuses(browsers, "get", f"/melden/idea/{idea.pk}/") == PAGE[state]
    found = tuple(200 if code == 302 else code for code in statuses(browsers, "get", f"/kommentare/{comment.pk}/"))
    assert found == PAGE[state]


def test_the_short_address_tells_nothing(state: str, idea: Idea, browsers: dict[str, Client]) -> None:
    for address in (f"/ideen/{idea.pk}/", f"/ideen/{idea.pk}/falsch/"):
        found = statuses(browsers, "get", address)
        assert found == tuple(code if code == 404 else 301 if "falsch" in address else 302 for code in PAGE[state])


def test_pictures(state: str, idea: Idea, browsers: dict[str, Client]) -> None:
    first = idea.versions.get(number=1).pictures.get().picture
    assert statuses(browsers, "get", first.address(320)) == PICTURE[state]
    if state == "changed":
        newer = idea.versions.get(number=2).pictures.get().picture
        assert statuses(browsers, "get", newer.address(320)) == PENDING_PICTURE


def test_changing_and_receipt(state: str, idea: Idea, browsers: dict[str, Client]) -> None:
    assert statuses(browsers, "get", f"/ideen/{idea.pk}/bearbeiten/") == EDIT[state]
    assert statuses(browsers, "get", f"/ideen/{idea.pk}/danke/") == RECEIPT[state]
    answers = statuses(browsers, "get", f"/ideen/{idea.pk}/antwort/")
    assert answers == (303, *(404 if code == 404 else 403 for code in PAGE[state][1:]))


def test_comments(state: str, idea: Idea, browsers: dict[str, Client]) -> None:
    before = Comment.objects.count()
    assert statuses(browsers, "post", f"/ideen/{idea.pk}/kommentare/", {"text": "Ich mache mit."}) == COMMENT[state]
    assert Comment.objects.count() - before == (4 if state in LISTED else 0)


def test_supports(state: str, idea: Idea, browsers: dict[str, Client]) -> None:
    address = reverse("voting:support", args=[idea.pk])
    assert statuses(browsers, "put", address, headers={"accept": "application/json"}) == SUPPORT[state]
    assert Vote.objects.count() == (3 if state in LISTED else 0)


@pytest.mark.parametrize("path", PUBLIC_PLACES)
def test_lists_feed_search_site_map_and_start_page(path: str, campaign: Campaign, browsers: dict[str, Client]) -> None:
    made = {state: make_idea(state, campaign, browsers) for state in STATES if state != "closed"}
    rebuild()
    for role in ROLES:
        answer = browsers[role].get(path)
        assert answer.status_code == 200
        text = answer.content.decode()
        shown = {state for state, idea in made.items() if f"/ideen/{idea.pk}/" in text}
        assert shown in (set(), set(LISTED)), role
        assert shown or SECRET in path or path == "/mitmachen/", role
        assert PENDING not in text, role
        assert f"die {SECRET}" not in text, role


def test_nothing_of_a_closed_campaign_is_listed(campaign: Campaign, browsers: dict[str, Client]) -> None:
    idea = make_idea("public", campaign, browsers)
    rebuild()
    Campaign.objects.update(is_public=False, is_published=False)
    for role in ROLES:
        for path in PUBLIC_PLACES:
            text = browsers[role].get(path).content.decode()
            # The index learns of it a moment later; who may read the idea anyway may find it until then.
            assert f"/ideen/{idea.pk}/" not in text or role in ("author", "moderator"), (role, path)


def test_words_that_wait_are_shown_to_nobody_else(campaign: Campaign, browsers: dict[str, Client]) -> None:
    idea = make_idea("changed", campaign, browsers)
    for role in ("visitor", "citizen", "editor"):
        for path in (idea.get_absolute_url(), f"/ideen/{idea.pk}/verlauf/", f"/melden/idea/{idea.pk}/"):
            text = browsers[role].get(path).content.decode()
            assert SHOWN in text, (role, path)
            assert PENDING not in text, (role, path)


def test_withdrawn_words_are_gone_everywhere(campaign: Campaign, browsers: dict[str, Client]) -> None:
    idea = make_idea("withdrawn", campaign, browsers)
    for role in ("visitor", "citizen", "editor"):
        for path in (idea.get_absolute_url(), f"/ideen/{idea.pk}/verlauf/", f"/melden/idea/{idea.pk}/"):
            assert "alten Wehr" not in browsers[role].get(path).content.decode(), (role, path)


def test_a_reason_for_withdrawing_is_read_by_nobody_unread(campaign: Campaign, browsers: dict[str, Client]) -> None:
    idea = make_idea("public", campaign, browsers)
    browsers["author"].post(f"/ideen/{idea.pk}/zurueckziehen/", {"kind": "done", "reason": f"Kauft bei {SECRET}"})
    for role in ROLES:
        text = browsers[role].get(idea.get_absolute_url()).content.decode()
        assert "Diese Idee wurde zurückgezogen" in text
        assert (f"Kauft bei {SECRET}" in text) == (role in ("author", "moderator")), role
        assert SECRET not in browsers[role].get(f"/ideen/{idea.pk}/verlauf/").content.decode(), role


def test_a_merged_idea_does_not_name_a_hidden_one(campaign: Campaign, browsers: dict[str, Client]) -> None:
    idea, other = (make_idea(state, campaign, browsers) for state in ("merged", "hidden"))
    Idea.objects.filter(pk=idea.pk).update(merged_into=other)
    assert SECRET not in browsers["visitor"].get(idea.get_absolute_url()).content.decode()


def test_search_does_not_name_a_campaign_that_is_not_public(campaign: Campaign, browsers: dict[str, Client]) -> None:
    factories.campaign(title=f"Geheimplan {SECRET}", slug="geheim", is_public=False)
    text = browsers["visitor"].get("/suche/?q=Platz&kampagne=geheim").content.decode()
    assert "geheim" in text  # what was chosen is shown, by its name in the address
    assert "Geheimplan" not in text


def test_an_old_title_is_not_found_through_the_towns_answer(campaign: Campaign, browsers: dict[str, Client]) -> None:
    idea = make_idea("public", campaign, browsers)
    OfficialAnswer.objects.create(idea=idea, office="Bauhof", text="Machen wir.", progress="new", published_at=now())
    rebuild()
    change(idea)
    publish_idea(idea.pk)
    assert not SearchDocument.objects.filter(title__contains=SHOWN).exists()


def test_a_report_keeps_the_words_that_were_read(campaign: Campaign, browsers: dict[str, Client]) -> None:
    idea = make_idea("changed", campaign, browsers)
    report(kind="idea", object_id=idea.pk, reason="other", good_faith=True)
    assert SHOWN in Report.objects.get().snapshot
    assert PENDING not in Report.objects.get().snapshot
    assert Case.objects.get().subject_version == 2
