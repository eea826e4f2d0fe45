"""An editor's way with an article: write, look, plan, publish, take back – through the Wagtail admin."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms import due
from cms.models import CampaignIndexPage, CampaignPage, Picture
from ideas.models import Topic
from news.models import Issue, IssueArticle, NewsArticlePage, NewsIndexPage
from news.newsletter.composing import articles_of
from tests import factories
from tests.factories import deliver_outbox

ADDRESS = "/aktuelles/wasserspielplatz/"


@pytest.fixture
def form(topic: Topic, picture: Picture) -> dict[str, str]:
    """The form of an article as an editor fills it in."""
    words = rich_text("<p>Der Rat hat den Plan <b>beschlossen</b>.</p>", features=["bold"])
    blocks = [("text", words), ("picture", {"picture": str(picture.pk), "caption": "So sah es aus."})]
    return nested_form_data(
        {
            "title": "Der Wasserspielplatz nimmt Form an",
            "slug": "wasserspielplatz",
            "teaser": "Im März beginnen die Bauarbeiten.",
            "date": "2026-11-20",
            "topic": str(topic.pk),
            "district": "",
            "author_office": "Redaktion: Nele Hartwig",
            "picture": str(picture.pk),
            "caption": "Pumpe und Rinne",
            "body": streamfield(blocks),
            "campaign": "",
            "idea_links": inline_formset([]),
            "seo_title": "",
            "search_description": "",
            "go_live_at": "",
            "expire_at": "",
            "comments": inline_formset([]),
        }
    )


def add_address(news: NewsIndexPage) -> str:
    return f"/cms/pages/add/news/newsarticlepage/{news.pk}/"


def edit_address(article: NewsArticlePage) -> str:
    return f"/cms/pages/{article.pk}/edit/"


def write(desk: Client, news: NewsIndexPage, form: dict[str, str], **more: str) -> NewsArticlePage:
    answer = desk.post(add_address(news), form | more)
    assert answer.status_code == 302, answer.context["form"].errors
    return NewsArticlePage.objects.get()


def planned() -> tuple[datetime, datetime, dict[str, str]]:
    """Return when an article comes and goes, and what an editor types for it: noon, an hour that every day has once."""
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    begins, ends = noon + timedelta(days=1), noon + timedelta(days=3)
    return begins, ends, {"go_live_at": f"{begins:%Y-%m-%d %H:%M}", "expire_at": f"{ends:%Y-%m-%d %H:%M}"}


def test_the_form_speaks_german(desk: Client, news: NewsIndexPage):
    page = desk.get(add_address(news)).content.decode()
    for words in ("Anreißer", "Stadtteil", "Zugehörige Kampagne", "Ideen in diesem Artikel", "Entwurf speichern"):
        assert words in page, words


def test_a_draft_is_seen_by_nobody_and_previewed_by_its_editor(
    desk: Client, client: Client, news: NewsIndexPage, form: dict[str, str]
):
    article = write(desk, news, form)
    assert not article.live
    assert client.get(ADDRESS).status_code == 404
    assert "Wasserspielplatz" not in client.get("/aktuelles/").content.decode()
    assert desk.post(f"{edit_address(article)}preview/", form).json()["is_valid"]
    shown = desk.get(f"{edit_address(article)}preview/").content.decode()
    assert "Der Rat hat den Plan <b>beschlossen</b>." in shown
    assert "Illustration: Mara Lindner" in shown


def test_publishing_puts_it_on_its_page_the_list_the_start_page_and_the_feed(
    desk: Client, client: Client, news: NewsIndexPage, form: dict[str, str]
):
    write(desk, news, form, **{"action-publish": "1"})
    page = client.get(ADDRESS).content.decode()
    for words in (
        "Im März beginnen",
        "Spiel und Freizeit",
        "Freitag, 20. November 2026",
        "1 Minute Lesezeit",
        "Redaktion: Nele Hartwig",
    ):
        assert words in page, words
    assert 'alt="Kinder spielen am Wasser"' in page
    assert "So sah es aus." in page
    for address in ("/aktuelles/", "/", "/aktuelles/feed/", "/sitemap-seiten.xml"):
        assert "wasserspielplatz" in client.get(address).content.decode(), address


def test_a_scheduled_article_appears_when_its_time_has_come_and_goes_when_it_is_over(
    desk: Client, client: Client, news: NewsIndexPage, form: dict[str, str]
):
    begins, ends, typed = planned()
    article = write(desk, news, form, **typed, **{"action-publish": "1"})
    assert client.get(ADDRESS).status_code == 404
    assert "erscheint" in desk.get("/cms/").content.decode()
    with time_machine.travel(begins + timedelta(hours=1)):
        due.publish_scheduled_pages()
        assert client.get(ADDRESS).status_code == 200
    with time_machine.travel(ends + timedelta(hours=1)):
        due.publish_scheduled_pages()
        assert client.get(ADDRESS).status_code == 404
    article.refresh_from_db()
    assert article.expired


def test_taking_it_back_hides_it(desk: Client, client: Client, news: NewsIndexPage, form: dict[str, str]):
    article = write(desk, news, form, **{"action-publish": "1"})
    desk.post(f"/cms/pages/{article.pk}/unpublish/")
    assert client.get(ADDRESS).status_code == 404
    assert "wasserspielplatz" not in client.get("/aktuelles/feed/").content.decode()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"title": ""}, "Dieses Feld muss ausgefüllt werden."),
        ({"teaser": ""}, "Dieses Feld muss ausgefüllt werden."),
        ({"teaser": "x" * 301}, "300"),
        ({"topic": "999999"}, "Bitte eine gültige Auswahl treffen."),
        ({"date": "31.02.2026"}, "Bitte ein gültiges Datum eingeben."),
    ],
)
def test_what_is_wrong_is_said_at_the_field(
    desk: Client, news: NewsIndexPage, form: dict[str, str], changed: dict[str, str], words: str
):
    answer = desk.post(add_address(news), form | changed | {"action-publish": "1"})
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not NewsArticlePage.objects.exists()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "//example.org", "ideen", "data:text/html,x"])
def test_a_link_leads_to_an_address_or_is_refused(desk: Client, news: NewsIndexPage, form: dict[str, str], url: str):
    call = {"title": "Aufruf", "words_below": "", "text": "Los", "page": "", "url": url}
    answer = desk.post(add_address(news), form | nested_form_data({"body": streamfield([("call", call)])}))
    assert answer.status_code == 200
    assert "Bitte beginnen Sie mit https://" in answer.content.decode()


def test_an_article_calls_to_its_campaign_and_names_its_ideas(
    desk: Client, client: Client, news: NewsIndexPage, form: dict[str, str]
):
    campaign = factories.campaign(title="Spielräume", slug="spielraeume")
    public, hidden = (
        factories.idea(campaign=campaign, title="Sonnensegel"),
        factories.idea(campaign=campaign, title="Geheim", state="hidden"),
    )
    links = [{"idea": str(public.pk), "ORDER": "1"}, {"idea": str(hidden.pk), "ORDER": "2"}]
    more = nested_form_data({"campaign": str(campaign.pk), "idea_links": inline_formset(links)})
    write(desk, news, form | more, **{"action-publish": "1"})
    page = client.get(ADDRESS).content.decode()
    assert "Sonnensegel" in page
    assert "Geheim" not in page


def shown(client: Client) -> str:
    """Return the article without the frame around it."""
    return client.get(ADDRESS).content.decode().split("<main")[1].split("</main>")[0]


def test_every_article_calls_to_something_that_is_still_possible(
    desk: Client, client: Client, news: NewsIndexPage, form: dict[str, str]
):
    article = write(desk, news, form, **{"action-publish": "1"})
    page = shown(client)
    assert "Und Sie?" in page
    assert '<a class="kern-btn kern-btn--primary" href="/ideen/neu/">' in page
    campaign = factories.campaign(title="Spielräume", slug="spielraeume")
    CampaignIndexPage.objects.get().add_child(instance=CampaignPage(title="Spielräume", campaign=campaign))
    NewsArticlePage.objects.filter(pk=article.pk).update(campaign=campaign)
    page = shown(client)
    assert "<h2>Mitmachen</h2>" in page
    assert "Und Sie?" not in page
    campaign.phases.update(opens_at=timezone.now() - timedelta(days=9), closes_at=timezone.now() - timedelta(days=2))
    page = shown(client)
    assert "<h2>Worum es ging</h2>" in page
    assert "<h2>Mitmachen</h2>" not in page


def test_the_windows_for_choosing_open_and_find(desk: Client):
    found = factories.idea(title="Sonnensegel über der Rutsche")
    factories.idea(title="Im Verborgenen", state="waiting")
    window = desk.get("/cms/waehlen/idee/").json()["html"]
    assert "Sonnensegel" in window
    assert "Verborgenen" not in window
    assert "Sonnensegel" in desk.get("/cms/waehlen/idee/results/?q=segel").content.decode()
    assert "Sonnensegel" not in desk.get("/cms/waehlen/idee/results/?q=xyz").content.decode()
    assert found.campaign.title in desk.get("/cms/waehlen/kampagne/").json()["html"]
    assert desk.get("/cms/waehlen/idee/?q=%00").status_code in (200, 400)


EVERYWHERE = (
    "/",
    "/aktuelles/",
    "/aktuelles/?thema=spiel",
    "/aktuelles/feed/",
    "/aktuelles/feed/spiel/",
    "/sitemap-seiten.xml",
)


def places_of(client: Client) -> set[str]:
    """Return where an article is told of: lists, feeds, site map, search, and a newsletter that would go out now."""
    found = {path for path in EVERYWHERE if "wasserspielplatz" in client.get(path).content.decode()}
    if "/aktuelles/wasserspielplatz/" in client.get("/suche/?q=Wasserspielplatz").content.decode():
        found.add("search")
    issue = Issue.objects.get()
    if articles_of(issue):
        found.add("newsletter")
    return found


def test_by_the_clock_it_comes_and_goes_in_lists_feeds_search_site_map_and_newsletter(
    desk: Client, client: Client, news: NewsIndexPage, form: dict[str, str]
):
    begins, ends, typed = planned()
    article = write(desk, news, form, **typed, **{"action-publish": "1"})
    issue = Issue.objects.create(subject="Neues")
    IssueArticle.objects.create(issue=issue, article=article)
    assert places_of(client) == set()
    with time_machine.travel(begins + timedelta(hours=1)):
        due.publish_scheduled_pages()
        deliver_outbox()
        assert places_of(client) == {*EVERYWHERE, "search", "newsletter"}
    with time_machine.travel(ends + timedelta(hours=1)):
        due.publish_scheduled_pages()
        deliver_outbox()
        assert places_of(client) == set()


def test_a_second_person_approves_an_article_before_it_appears(
    desk: Client, client: Client, news: NewsIndexPage, form: dict[str, str]
):
    article = write(desk, news, form, **{"action-submit": "1"})
    state = article.current_workflow_task_state
    approve = f"/cms/pages/workflow/action/{article.pk}/approve/{state.pk}/"
    desk.post(approve, {"comment": ""})
    assert client.get(ADDRESS).status_code == 404  # not by whoever wrote it
    second = Client()
    second.force_login(factories.make_person("zweite@example.org", "Zoe Zweite", groups=["Redaktion"]))
    second.post(approve, {"comment": "Gut so."})
    assert client.get(ADDRESS).status_code == 200
