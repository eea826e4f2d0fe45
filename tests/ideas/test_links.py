"""Links: staff make them, both sides show them, nobody sees more than they may."""

import json

import pytest
from django.test import Client

from ideas.actions import hide_idea, link_idea, recount_links
from ideas.models import Campaign, Goal, Idea, IdeaLink, Member, Topic
from news.models import ArticleIdea, NewsArticlePage, NewsIndexPage
from tests import factories
from tests.ideas.conftest import signed_in, with_right

pytestmark = pytest.mark.django_db
PAPER = {
    "action": "elsewhere",
    "kind": "paper",
    "title": "Vorlage 1043/2026",
    "address": "https://rat.example.org/vo?1043",
}


@pytest.fixture
def staff(office: object) -> Client:
    return signed_in(office)


@pytest.fixture
def two(campaign: Campaign) -> tuple[Idea, Idea]:
    return (
        factories.idea(campaign=campaign, title="Schatten für die Rutsche"),
        factories.idea(campaign=campaign, title="Sonnensegel am Marktplatz"),
    )


def article(*, live: bool = True, ideas: tuple[Idea, ...] = (), title: str = "Segel sind bestellt") -> NewsArticlePage:
    topic, _new = Topic.objects.get_or_create(slug="spiel", defaults={"name": "Spiel und Freizeit"})
    page = NewsArticlePage(title=title, teaser="Im Mai.", topic=topic, live=live, body=json.dumps([]))
    for number, idea in enumerate(ideas):
        page.idea_links.add(ArticleIdea(idea=idea, sort_order=number))
    NewsIndexPage.objects.get().add_child(instance=page)
    if live:
        page.save_revision().publish()
    return NewsArticlePage.objects.get(pk=page.pk)


def page(idea: Idea, client: Client | None = None) -> str:
    idea.refresh_from_db()
    return (client or Client()).get(idea.get_absolute_url()).content.decode()


def links(idea: Idea) -> str:
    return f"/ideen/{idea.pk}/verweise/"


def test_a_link_between_ideas_stands_on_both_pages(staff: Client, two: tuple[Idea, Idea]) -> None:
    first, second = two
    answer = staff.post(links(first), {"action": "add", "kind": "idea", "id": second.pk})
    assert (answer.status_code, answer["Location"]) == (303, links(first))
    for here, there in (two, two[::-1]):
        text = page(here)
        assert "Das gehört zusammen" in text
        assert f'href="{there.get_absolute_url()}"' in text
        assert "Verknüpft" in text  # in the evidence trail
        assert here.link_count == 1


def test_the_same_link_is_made_once_from_whichever_side(staff: Client, two: tuple[Idea, Idea]) -> None:
    first, second = two
    for here, there in ((first, second), (second, first), (first, second)):
        assert staff.post(links(here), {"action": "add", "kind": "idea", "id": there.pk}).status_code == 303
    assert IdeaLink.objects.count() == 1


def test_a_link_can_be_removed_from_the_other_side(staff: Client, two: tuple[Idea, Idea]) -> None:
    first, second = two
    staff.post(links(first), {"action": "add", "kind": "idea", "id": second.pk})
    staff.post(links(second), {"action": "remove", "link": IdeaLink.objects.get().pk})
    assert not IdeaLink.objects.exists()
    for idea in two:
        assert "Das gehört zusammen" not in page(idea)
        assert idea.link_count == 0


def test_the_link_to_a_hidden_idea_vanishes_and_comes_back(office: object, two: tuple[Idea, Idea]) -> None:
    first, second = two
    link_idea(idea=first, by=office, kind="idea", object_id=second.pk)
    hide_idea(second.pk)
    assert second.title not in page(first)
    assert "Das gehört zusammen" not in page(first)
    assert second.title not in Client().get(f"/ideen/{first.pk}/verlauf/").content.decode()
    Idea.objects.filter(pk=second.pk).update(state="public")
    assert second.title in page(first)


def test_only_members_learn_of_a_link_into_a_closed_group(two: tuple[Idea, Idea]) -> None:
    first, _second = two
    closed = factories.campaign(audience="members")
    inner, member = factories.idea(campaign=closed, title="Im kleinen Kreis"), factories.person()
    moderator = with_right("Amt", "ideas.answer")
    for one in (member, moderator):
        Member.objects.create(campaign=closed, person=one)
    link_idea(idea=first, by=moderator, kind="idea", object_id=inner.pk)
    assert inner.title not in page(first)
    assert "Das gehört zusammen" not in page(first)
    assert inner.title not in page(first, signed_in(with_right("Andere", "moderation.decide")))
    assert inner.title in page(first, signed_in(member))
    assert first.title in page(inner, signed_in(member))


def test_who_may_not_see_an_idea_cannot_link_it(staff: Client, two: tuple[Idea, Idea]) -> None:
    inner = factories.idea(campaign=factories.campaign(audience="members"), title="Im kleinen Kreis")
    waiting = factories.idea(campaign=two[0].campaign, state="waiting")
    for other in (inner.pk, waiting.pk, 10**12, two[0].pk):
        answer = staff.post(links(two[0]), {"action": "add", "kind": "idea", "id": other})
        assert answer.status_code == 422
        assert inner.title not in answer.content.decode()
    assert not IdeaLink.objects.exists()


def test_goals_measures_and_papers(staff: Client, two: tuple[Idea, Idea], terms: None) -> None:
    idea = two[0]
    staff.post(links(idea), {"action": "add", "kind": "goal", "id": Goal.objects.get().pk})
    staff.post(links(idea), PAPER)
    text = page(idea)
    assert 'href="/ideen/?ziel=gesund"' in text
    assert 'href="https://rat.example.org/vo?1043" rel="noopener nofollow external"' in text
    assert "auf rat.example.org" in text
    assert idea.link_count == 2


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "//rat.example.org", "http://", "ftp://rat.example.org/x", "rat.example.org",
     "https://rathaus", "https://10.0.0.1/", "https://name:wort@rat.example.org/", "https://rat.example.org\\@boese.example/",
     "https://rat.example.org/a b", "https://[::1]/", "https://[", "https://" + "a" * 600 + ".example.org"],
)  # fmt: skip
def test_addresses_nobody_should_follow_are_refused_and_come_back(
    staff: Client, two: tuple[Idea, Idea], address: str
) -> None:
    answer = staff.post(links(two[0]), PAPER | {"address": address})
    assert answer.status_code == 422
    assert "Vorlage 1043/2026" in answer.content.decode()
    assert not IdeaLink.objects.exists()


@pytest.mark.parametrize(
    "data",
    [{}, {"action": "?"}, {"action": "add", "kind": "idea", "id": "x"}, {"action": "add", "kind": "nichts", "id": "1"},
     {"action": "remove", "link": "9" * 30}, {"action": "elsewhere", "kind": "idea", "title": "x" * 300, "address": "y"}],
)  # fmt: skip
def test_nonsense_is_refused(staff: Client, two: tuple[Idea, Idea], data: dict[str, str]) -> None:
    assert staff.post(links(two[0]), data).status_code in (400, 422)


def test_things_of_this_site_are_found_by_words_and_number(staff: Client, two: tuple[Idea, Idea], terms: None) -> None:
    from search.actions import rebuild

    paper = article()
    rebuild()
    found = staff.get(links(two[0]), {"q": "Sonnensegel"}).content.decode()
    assert f'name="id" value="{two[1].pk}"' in found
    assert f'name="id" value="{paper.pk}"' in staff.get(links(two[0]), {"q": "bestellt"}).content.decode()
    assert two[1].title in staff.get(links(two[0]), {"q": f"/ideen/{two[1].pk}/"}).content.decode()
    assert "Gesund aufwachsen" in staff.get(links(two[0]), {"q": "gesund"}).content.decode()
    assert "Dazu passt nichts" in staff.get(links(two[0]), {"q": "Zeppelin"}).content.decode()
    assert staff.get(links(two[0]), {"q": "x" * 500}).status_code == 200


def test_articles_and_ideas_know_each_other_whoever_named_whom(office: object, two: tuple[Idea, Idea]) -> None:
    first, second = two
    made = article(ideas=(first,))
    link_idea(idea=second, by=office, kind="news", object_id=made.pk)
    text = Client().get(made.get_absolute_url()).content.decode()
    assert text.index(first.title) < text.index(second.title)
    for idea in two:
        assert made.title in page(idea)
        assert idea.link_count == 1


def test_an_article_that_no_longer_names_an_idea_is_gone_from_its_page(two: tuple[Idea, Idea]) -> None:
    made = article(ideas=(two[0],))
    made.idea_links.clear()
    made.save_revision().publish()
    assert made.title not in page(two[0])
    assert two[0].link_count == 0


def test_a_draft_article_is_named_nowhere(office: object, two: tuple[Idea, Idea]) -> None:
    made = article(live=False, ideas=(two[0],), title="Noch geheim")
    assert made.title not in page(two[0])
    assert made.title not in page(two[0], signed_in(office))
    answer = signed_in(office).post(links(two[1]), {"action": "add", "kind": "news", "id": made.pk})
    assert answer.status_code == 422


def test_an_article_names_no_hidden_idea(office: object, two: tuple[Idea, Idea]) -> None:
    made = article()
    link_idea(idea=two[0], by=office, kind="news", object_id=made.pk)
    hide_idea(two[0].pk)
    assert two[0].title not in Client().get(made.get_absolute_url()).content.decode()


def test_only_staff_link(author: object, campaign: Campaign) -> None:
    idea = factories.idea(campaign=campaign, author=author)
    assert Client().get(links(idea)).status_code == 303
    assert signed_in(author).get(links(idea)).status_code == 403
    assert signed_in(author).post(links(idea), PAPER).status_code == 403
    for right in ("ideas.answer", "moderation.decide", "ideas.change_campaign"):
        assert signed_in(with_right(f"Mit {right}", right)).get(links(idea)).status_code == 200
    assert Client().get(links(idea).replace(str(idea.pk), "999999")).status_code == 303


def test_counting_anew_mends_a_wrong_count(office: object, two: tuple[Idea, Idea]) -> None:
    link_idea(idea=two[0], by=office, kind="idea", object_id=two[1].pk)
    Idea.objects.update(link_count=7)
    recount_links(*(idea.pk for idea in two))
    assert set(Idea.objects.values_list("link_count", flat=True)) == {1}


# State → answers to somebody else, the author, a moderator; visitors are always asked to sign in first.
ANSWERS = {
    "waiting": (404, 403, 200),
    "public": (403, 403, 200),
    "merged": (403, 403, 200),
    "withdrawn": (403, 403, 403),
    "hidden": (404, 403, 403),
    "refused": (404, 403, 403),
}


@pytest.mark.parametrize("state", ANSWERS)
def test_the_page_of_links_tells_nothing_it_should_not(campaign: Campaign, author: object, state: str) -> None:
    idea = factories.idea(campaign=campaign, author=author, title="Feldlerche")
    Idea.objects.filter(pk=idea.pk).update(state=state)
    clients = [signed_in(person) for person in (factories.person(), author, with_right("Mira", "moderation.decide"))]
    assert tuple(client.get(links(idea)).status_code for client in clients) == ANSWERS[state]
    assert "Feldlerche" not in clients[0].get(links(idea)).content.decode()
    assert Client().get(links(idea)).status_code == 303
    assert Client().post(links(idea), PAPER).status_code == 303
    assert not IdeaLink.objects.exists()


def test_the_page_of_links_of_a_closed_group_does_not_exist_for_others(office: object) -> None:
    closed = factories.campaign(audience="members")
    idea = factories.idea(campaign=closed, title="Feldlerche")
    for person in (factories.person(), office, with_right("Mira", "moderation.decide")):
        assert signed_in(person).get(links(idea)).status_code == 404
    Member.objects.create(campaign=closed, person=office)
    other = factories.idea(campaign=closed, title="Goldammer im Park")
    found = signed_in(office).get(links(idea), {"q": "goldammer"})
    assert (found.status_code, other.title in found.content.decode()) == (200, True)
    elsewhere = factories.idea()
    assert (
        other.title
        not in signed_in(with_right("Mira 2", "moderation.decide"))
        .get(links(elsewhere), {"q": "goldammer"})
        .content.decode()
    )
