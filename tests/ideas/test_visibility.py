"""Who sees an idea in which state: on its page, in lists, feed, history, pictures and comments."""

import pytest
from django.test import Client

from accounts.models import User
from ideas.actions import keep_picture
from ideas.images import clean_picture
from ideas.models import Campaign, Comment, Idea, VersionPicture
from tests import factories
from tests.ideas.conftest import picture_file, signed_in

# State → status for: everybody, another citizen, the author, a moderator.
PAGE = {
    "public": (200, 200, 200, 200),
    "waiting": (404, 404, 200, 200),
    "refused": (404, 404, 200, 200),
    "hidden": (404, 404, 200, 200),
    "withdrawn": (200, 200, 200, 200),
    "merged": (200, 200, 200, 200),
}
PICTURE = PAGE | {"withdrawn": (404, 404, 200, 200)}
WORDS = "Geheimwort Lippefee"


@pytest.fixture
def readers(author: User, moderator: User) -> list[Client]:
    return [Client(), signed_in(factories.person()), signed_in(author), signed_in(moderator)]


def make(state: str, campaign: Campaign, author: User) -> Idea:
    idea = factories.idea(campaign=campaign, author=author, state=state, title="Ein Segel am Ufer", text=WORDS)
    file = picture_file()
    picture = keep_picture(clean=clean_picture(file, file.size or 0), uploader=author)
    VersionPicture.objects.create(version=idea.latest_version, picture=picture, alt="Ein Segel")
    Comment.objects.create(idea=idea, author=author, text="Kommentarwort", state="public", published_at=idea.created_at)
    return idea


@pytest.mark.parametrize("state", list(PAGE))
def test_page_history_and_pictures(state: str, campaign: Campaign, author: User, readers: list[Client]) -> None:
    idea = make(state, campaign, author)
    address = idea.latest_version.pictures.get().picture.address(800)
    for reader, page, picture in zip(readers, PAGE[state], PICTURE[state], strict=True):
        assert reader.get(idea.get_absolute_url()).status_code == page
        assert reader.get(f"/ideen/{idea.pk}/verlauf/").status_code == page
        assert reader.get(address).status_code == picture
        comment = idea.comments.get()
        assert reader.get(f"/kommentare/{comment.pk}/").status_code == (302 if page == 200 else 404)


@pytest.mark.parametrize("state", list(PAGE))
def test_lists_and_feed_show_public_ideas_only(
    state: str, campaign: Campaign, author: User, readers: list[Client]
) -> None:
    make(state, campaign, author)
    for reader in readers:
        for address in ("/ideen/", "/ideen/?sort=neu", "/ideen/feed/"):
            assert ("Ein Segel am Ufer" in reader.get(address).text) == (state == "public")


@pytest.mark.parametrize("state", ["public", "withdrawn", "merged"])
def test_an_unpublished_campaign_takes_its_ideas_along(state: str, campaign: Campaign, author: User) -> None:
    idea = make(state, campaign, author)
    Campaign.objects.update(is_public=False, is_published=False)
    stranger = Client()
    assert stranger.get(idea.get_absolute_url()).status_code == 404
    assert stranger.get(idea.latest_version.pictures.get().picture.address(800)).status_code == 404
    assert "Ein Segel am Ufer" not in stranger.get("/ideen/").text


def test_withdrawn_words_are_gone_but_the_page_says_so(campaign: Campaign, author: User) -> None:
    from ideas.actions import withdraw_idea

    idea = make("public", campaign, author)
    withdraw_idea(idea=idea, by=author, reason="Hat sich erledigt.")
    page = Client().get(idea.get_absolute_url()).text
    assert "Diese Idee wurde zurückgezogen" in page
    assert "Hat sich erledigt." not in page  # nobody of the moderation has read it
    assert "Hat sich erledigt." in signed_in(author).get(idea.get_absolute_url()).text
    assert WORDS not in page
    assert "Kommentarwort" in page


def test_the_author_reads_why_an_idea_waits_or_is_hidden(campaign: Campaign, author: User) -> None:
    hidden = make("hidden", campaign, author)
    assert "Diese Idee ist ausgeblendet" in signed_in(author).get(hidden.get_absolute_url()).text


def test_only_public_pictures_may_be_kept_by_everybody(campaign: Campaign, author: User) -> None:
    idea = make("public", campaign, author)
    address = idea.latest_version.pictures.get().picture.address(320)
    seen = Client().get(address)
    assert seen.headers["Cache-Control"] == "public, max-age=60"
    known = {"headers": {"If-None-Match": seen.headers["ETag"]}}
    again = Client().get(address, **known)
    assert (again.status_code, again.content, again.headers["Cache-Control"]) == (304, b"", "public, max-age=60")
    assert Client().get(address, headers={"If-None-Match": '"other"'}).status_code == 200
    Idea.objects.update(state="hidden")
    own = signed_in(author).get(address, **known)
    assert (own.status_code, own.headers["Cache-Control"], "ETag" in own.headers) == (200, "private, no-store", False)
    assert Client().get(address, **known).status_code == 404, "whoever has it learns that it is gone"


def test_unknown_sizes_and_numbers_are_not_there(client: Client, campaign: Campaign, author: User) -> None:
    idea = make("public", campaign, author)
    picture = idea.latest_version.pictures.get().picture
    assert client.get(f"/ideen/bild/{picture.key}/9999.webp").status_code == 404
    for address in (
        "/ideen/99999999999999999999999/",
        "/ideen/0/",
        "/kommentare/99999999999999999999/",
        f"/ideen/{idea.pk}/x/?ab=1e9",
    ):
        assert client.get(address, follow=True).status_code == 404


def test_other_spellings_lead_to_the_address(client: Client, campaign: Campaign, author: User) -> None:
    idea = make("public", campaign, author)
    assert client.get(f"/ideen/{idea.pk}/").headers["Location"] == idea.get_absolute_url()
    wrong = client.get(f"/ideen/{idea.pk}/anders/")
    assert (wrong.status_code, wrong.headers["Location"]) == (301, idea.get_absolute_url())
