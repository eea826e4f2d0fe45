"""Hints at similar ideas: few and really alike, never what somebody may not see or has written, and support instead."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from ideas.models import Campaign, Comment, Draft, HintTally, Idea, Member
from search.actions import touch
from tests import factories
from tests.ideas.conftest import signed_in
from voting.models import Vote

TITLE = "Mehr Schatten auf Spielplätzen"


def public(campaign: Campaign, title: str = TITLE, **fields: Any) -> Idea:
    with transaction.atomic():
        idea = factories.idea(campaign=campaign, title=title, text="Im Sommer brennt dort die Sonne.", **fields)
        touch("idea", idea.pk)
    return idea


def hints(client: Client, campaign: Campaign, title: str = TITLE, **more: str) -> Any:
    return client.get("/ideen/neu/aehnlich/", {"campaign": campaign.slug, "title": title, "erste": "1", **more})


@pytest.fixture
def crowd(campaign: Campaign) -> list[Idea]:
    """Other ideas, so that words tell something."""
    titles = ["Ein Brunnen am Markt", "Sichere Radwege zur Schule", "Bänke am Fluss", "Ein Fest im Park", "Neue Bücher"]
    return [public(campaign, title) for title in titles]


def tally(campaign: Campaign) -> tuple[int, int, int]:
    rows = HintTally.objects.filter(campaign=campaign).values_list("shown", "followed", "ignored")
    shown, followed, ignored = (sum(numbers) for numbers in zip((0, 0, 0), *rows, strict=True))
    return shown, followed, ignored


def test_a_similar_title_is_hinted_at_and_counted(client: Client, campaign: Campaign, crowd: list[Idea]) -> None:
    idea = public(campaign)
    page = hints(client, campaign, "Schatten für die Spielplätze")
    assert idea.title in page.text
    assert "Das ist auch meine Idee" in page.text
    assert f'formaction="/ideen/{idea.pk}/auch-meine/"' in page.text
    assert "Bänke" not in page.text
    assert "<html" not in page.text
    assert tally(campaign) == (1, 0, 0)
    hints(client, campaign, "Schatten für die Spielplätze", erste="0")
    assert tally(campaign) == (1, 0, 0)


@pytest.mark.parametrize("title", ["Ein Chor für alle", "Mehr", "", "\x00\x00", "x" * 5000, "Spielplätze und Skaten"])
def test_what_is_not_alike_gets_no_hint(client: Client, campaign: Campaign, crowd: list[Idea], title: str) -> None:
    public(campaign)
    page = hints(client, campaign, title)
    assert page.status_code in (200, 400)
    assert TITLE not in page.text
    assert tally(campaign) == (0, 0, 0)


def test_own_ideas_and_what_one_may_not_see_are_left_out(
    client: Client, campaign: Campaign, crowd: list[Idea], author: User
) -> None:
    own = public(campaign, author=author)
    assert own.title not in hints(signed_in(author), campaign).text
    assert own.title in hints(client, campaign).text
    for state in ("waiting", "refused", "hidden", "withdrawn"):
        Idea.objects.filter(pk=own.pk).update(state=state)
        assert own.title not in hints(client, campaign).text
        assert own.title not in hints(signed_in(author), campaign).text


def test_ideas_of_other_campaigns_are_left_out(client: Client, campaign: Campaign, crowd: list[Idea]) -> None:
    public(factories.campaign(title="Anderswo", slug="anderswo"))
    assert TITLE not in hints(client, campaign).text


def test_a_closed_group_hints_only_its_members(client: Client, author: User) -> None:
    closed = factories.campaign(title="Beirat", slug="beirat", audience="members")
    idea = public(closed)
    Member.objects.create(campaign=closed, person=author)
    assert idea.title in hints(signed_in(author), closed).text
    assert hints(client, closed).status_code == 404
    assert hints(signed_in(factories.person()), closed).status_code == 404
    assert hints(client, closed).content == b""


def test_the_preview_hints_without_script(client: Client, typed: dict[str, Any], campaign: Campaign) -> None:
    public(campaign, title=typed["title"])
    page = client.post("/ideen/neu/", typed | {"text": "Zu heiß dort.  " * 6, "step": "preview"})
    page = client.post("/ideen/neu/", typed | {"step": "preview", "text": "Im Sommer brennt dort die Sonne sehr."})
    assert "Gibt es das schon?" in page.text
    assert 'name="hints" value="1"' in page.text


def test_hints_are_limited(client: Client, campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ideas.views.limits.HINTS_A_MINUTE", 2)
    assert [hints(client, campaign).status_code for _time in range(3)] == [200, 200, 429]


def test_sending_all_the_same_is_counted(typed: dict[str, Any], author: User, campaign: Campaign) -> None:
    signed_in(author).post("/ideen/neu/", typed | {"hints": "1", "step": "submit"})
    assert tally(campaign) == (0, 0, 1)


def test_that_is_mine_too_supports_and_takes_the_text_as_a_comment(
    typed: dict[str, Any], author: User, campaign: Campaign
) -> None:
    idea, client = public(campaign), signed_in(author)
    answer = client.post(f"/ideen/{idea.pk}/auch-meine/", typed)
    assert answer.status_code == 303
    draft = Draft.objects.get()
    page = client.get(answer.headers["Location"])
    assert "Das ist auch meine Idee" in page.text
    assert "Ein Segel hilft allen Kindern." in page.text
    done = client.post(
        f"/ideen/{idea.pk}/auch-meine/",
        {
            "action": "support",
            "entwurf": str(draft.key),
            "wanted": "on",
            "text": "Bei uns in der Uferstadt fehlt er auch.",
        },
        follow=True,
    )
    assert "Ihre Unterstützung zählt" in done.text
    assert Vote.objects.filter(idea=idea).count() == 1
    assert Comment.objects.get().text == "Bei uns in der Uferstadt fehlt er auch."
    assert not Draft.objects.exists()
    assert tally(campaign) == (0, 1, 0)
    assert Idea.objects.count() == 1


def test_signed_out_it_is_done_after_signing_in(
    client: Client, typed: dict[str, Any], author: User, campaign: Campaign
) -> None:
    idea = public(campaign)
    client.post(f"/ideen/{idea.pk}/auch-meine/", typed)
    key = str(Draft.objects.get().key)
    answer = client.post(
        f"/ideen/{idea.pk}/auch-meine/",
        {"action": "support", "entwurf": key, "wanted": "on", "text": "Das fehlt hier auch."},
    )
    assert urlsplit(answer.headers["Location"]).path == "/konto/login/"
    assert not Vote.objects.exists()
    client.force_login(author)
    done = client.get(f"/ideen/{idea.pk}/auch-meine/nachholen/", follow=True)
    assert "Ihre Unterstützung zählt" in done.text
    assert (Vote.objects.count(), Comment.objects.count(), Draft.objects.count()) == (1, 1, 0)
    client.get(f"/ideen/{idea.pk}/auch-meine/nachholen/")
    assert (Vote.objects.count(), Comment.objects.count()) == (1, 1)


def test_without_a_wish_nothing_is_supported_by_an_address(author: User, campaign: Campaign) -> None:
    idea = public(campaign)
    signed_in(author).get(f"/ideen/{idea.pk}/auch-meine/nachholen/")
    assert not Vote.objects.exists()


def test_a_refused_support_leaves_the_draft(typed: dict[str, Any], author: User, campaign: Campaign) -> None:
    idea, client = public(campaign), signed_in(author)
    client.post(f"/ideen/{idea.pk}/auch-meine/", typed)
    campaign.phases.update(allows_support=False)
    key = str(Draft.objects.get().key)
    page = client.post(f"/ideen/{idea.pk}/auch-meine/", {"action": "support", "entwurf": key, "text": ""}, follow=True)
    assert "Ihr Text bleibt bei Ihren Entwürfen." in page.text
    assert Draft.objects.get().fields["text"] == typed["text"]
    assert tally(campaign) == (0, 0, 0)


@pytest.mark.parametrize("state", ["waiting", "refused", "hidden"])
def test_what_is_not_public_is_nobodys_idea_too(typed: dict[str, Any], campaign: Campaign, state: str) -> None:
    idea = factories.idea(campaign=campaign, state="public")
    Idea.objects.filter(pk=idea.pk).update(state=state)
    reader = signed_in(factories.person())
    assert reader.get(f"/ideen/{idea.pk}/auch-meine/").status_code == 404
    assert reader.post(f"/ideen/{idea.pk}/auch-meine/", typed).status_code == 404


def test_a_comment_that_is_too_long_comes_back(typed: dict[str, Any], author: User, campaign: Campaign) -> None:
    idea, client = public(campaign), signed_in(author)
    words = {"action": "support", "wanted": "on", "text": "Viel zu viel. " * 300}
    answer = client.post(f"/ideen/{idea.pk}/auch-meine/", words)
    assert answer.status_code == 422
    assert "zu lang" in answer.text
    assert "Viel zu viel. Viel zu viel." in answer.text
    assert client.post(f"/ideen/{idea.pk}/auch-meine/", words | {"text": " "}).status_code == 422
    assert not Vote.objects.exists()


def test_editors_read_what_became_of_the_hints(campaign: Campaign, author: User) -> None:
    editor = signed_in(factories.make_person("redaktion@example.org", "Rieke Rand", groups=["Redaktion"]))
    HintTally.objects.create(campaign=campaign, day=timezone.localdate(), shown=8, followed=2, ignored=3)
    page = editor.get("/cms/hinweise/")
    assert campaign.title in page.text
    assert "25 %" in page.text
    assert signed_in(author).get("/cms/hinweise/").status_code in (302, 403)
