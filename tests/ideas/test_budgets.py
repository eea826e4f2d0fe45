"""What a page costs in statements: little, exact, and the same for ten and for a thousand ideas."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.db.models import OuterRef, Subquery
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from common.database import is_postgres
from ideas.models import Campaign, Comment, Idea, IdeaVersion
from search.actions import touch_many
from tests import factories
from tests.ideas.conftest import signed_in


def fill(campaign: Campaign, number: int, author: User) -> Idea:
    """Make that many ideas, the last with thirty comments."""
    now = timezone.now()
    ideas = Idea.objects.bulk_create(
        Idea(
            campaign=campaign,
            author=author,
            title=f"Schatten am Platz {place}",
            slug="schatten",
            teaser="Ein Segel.",
            fair_rank=place,
        )
        for place in range(number)
    )
    IdeaVersion.objects.bulk_create(
        IdeaVersion(idea=idea, number=1, title=idea.title, text="Ein Segel.", author=author) for idea in ideas
    )
    version = Subquery(IdeaVersion.objects.filter(idea=OuterRef("pk")).values("pk"))
    Idea.objects.update(state="public", published_at=now, approved_version=version, latest_version=version)
    touch_many("idea", [idea.pk for idea in ideas[-8:]])
    people = [factories.person() for _number in range(5)]
    Comment.objects.bulk_create(
        Comment(idea=ideas[-1], author=people[place % 5], text="Das finde ich gut.", state="public", published_at=now)
        for place in range(30)
    )
    Idea.objects.filter(pk=ideas[-1].pk).update(comment_count=30)
    return Idea.objects.get(pk=ideas[-1].pk)


def cost(ask: Callable[[], object]) -> int:
    """Return the number of statements of the second call; the first fills what a process remembers."""
    ask()
    with CaptureQueriesContext(connection) as seen:
        ask()
    return len(seen)


@pytest.fixture(params=[10, 1000])
def idea(request: pytest.FixtureRequest, campaign: Campaign, author: User, terms: None) -> Idea:
    return fill(campaign, request.param, author)


def test_the_list_costs_the_same_however_long_it_is(idea: Idea, author: User) -> None:
    assert cost(lambda: Client().get("/ideen/")) <= 8
    reader = signed_in(factories.person())
    assert cost(lambda: reader.get("/ideen/")) <= 12
    assert cost(lambda: Client().get("/ideen/?sort=neu")) <= 8


def test_a_campaigns_list_costs_four_statements(idea: Idea, rf: RequestFactory) -> None:
    template = Template("{% load ideas %}{% campaign_ideas campaign %}")
    campaign = Campaign.objects.get()
    assert cost(lambda: template.render(Context({"campaign": campaign, "request": rf.get("/mitmachen/x/")}))) == 4


def test_sending_an_idea(campaign: Campaign, author: User) -> None:
    client = signed_in(author)
    texts = {
        "campaign": campaign.slug,
        "title": "Ein Segel am Ufer",
        "text": "Ein Segel über dem Sand hilft allen Kindern.",
        "step": "submit",
    }
    # Four of them are savepoints, of which two are there only because the test is a transaction itself.
    # Eight are what moderation asks and keeps: may the author write, is trusted, marks and what they compare with.
    assert cost(lambda: client.post("/ideen/neu/", texts)) <= 28  # two of them are locks, on PostgreSQL only


def test_the_page_of_an_idea_with_twenty_comments(idea: Idea) -> None:
    client, address = Client(), idea.get_absolute_url()
    page = client.get(address)
    assert page.text.count('<article class="mw-comment') == 20
    assert "Ähnliche Ideen" in page.text
    assert cost(lambda: client.get(address)) == 7 + is_postgres()
