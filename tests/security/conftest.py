"""What tests of security share: ideas in every state, people of every role, the words that must not leak."""

import json

import pytest
from django.core.cache import caches
from django.test import Client

from cms.models import CampaignIndexPage, CampaignPage, StartPage
from ideas.actions import keep_picture
from ideas.images import clean_picture
from ideas.models import Campaign, Comment, Idea, IdeaVersion, VersionPicture
from tests import factories
from tests.ideas.conftest import picture_file, signed_in

ROLES = ("visitor", "citizen", "author", "moderator", "editor")
# In the words everybody may read, in the words of a change that waits, and in those of ideas nobody else may see.
SHOWN, PENDING, SECRET = "Uferschwalbe", "Nebelkrähe", "Feldlerche"


@pytest.fixture(autouse=True)
def fresh_caches(db: None) -> None:
    for name in caches:
        caches[name].clear()


@pytest.fixture
def campaign(db: None) -> Campaign:
    """A campaign with a published page; the start page shows it, and ideas."""
    made = factories.campaign(title="Spielräume für alle", slug="spielraeume", check_ideas="before")
    page = CampaignPage(title="Spielräume für alle", campaign=made)
    CampaignIndexPage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    start = StartPage.objects.get()
    blocks = [("campaigns", {"title": "", "count": 3}), ("ideas", {"title": "", "count": 3})]
    start.sections = json.dumps([{"type": name, "value": value} for name, value in blocks])
    start.save_revision().publish()
    made.refresh_from_db()
    return made


@pytest.fixture
def browsers(db: None) -> dict[str, Client]:
    """One browser for each role."""
    people = {
        "citizen": factories.make_person("buergerin@example.org", "Lippespatz"),
        "author": factories.make_person("autor@example.org", "Federwolke"),
        "moderator": factories.make_person("moderation@example.org", "Mira Moor", groups=["Moderation"]),
        "editor": factories.make_person("redaktion@example.org", "Rieke Rand", groups=["Redaktion"]),
    }
    browsers = {"visitor": Client()} | {name: signed_in(person) for name, person in people.items()}
    for name, browser in browsers.items():
        browser.person = people.get(name)  # type: ignore[attr-defined]
        browser.raise_request_exception = False
    return browsers


def make_idea(state: str, campaign: Campaign, browsers: dict[str, Client]) -> Idea:
    """Return the author's idea in that state, with picture and comment; ``changed`` is public with a change that waits."""
    author = browsers["author"].person  # type: ignore[attr-defined]
    words = SECRET if state in ("waiting", "refused", "hidden") else SHOWN
    kept = "public" if state == "changed" else state
    text = f"Ein Nistplatz für die {words} am alten Wehr."
    idea = factories.idea(campaign=campaign, author=author, state=kept, title=f"Platz für die {words}", text=text)
    if state == "refused":  # it never was public
        Idea.objects.filter(pk=idea.pk).update(approved_version=None, published_at=None)
    add_picture(idea, idea.latest_version)  # type: ignore[arg-type]
    Comment.objects.create(idea=idea, author=author, text="Gut so.", state="public", published_at=idea.created_at)
    if state == "changed":
        change(idea)
    return Idea.objects.get(pk=idea.pk)


def change(idea: Idea) -> None:
    """Give the idea a newer version that waits, with another picture."""
    newer = IdeaVersion.objects.create(
        idea=idea, number=2, title=f"Platz für die {PENDING}", text=f"Die {PENDING}.", author=idea.author
    )
    add_picture(idea, newer)
    Idea.objects.filter(pk=idea.pk).update(latest_version=newer)


def add_picture(idea: Idea, version: IdeaVersion) -> None:
    """Let a version show a picture of its own."""
    file = picture_file(300, 200)
    picture = keep_picture(clean=clean_picture(file, file.size or 0), uploader=idea.author)
    VersionPicture.objects.create(version=version, picture=picture, alt="Ein Vogel")
