"""German and English pages side by side: addresses, what is said openly, the switch, what machines are told."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation
from wagtail.models import Locale, PageViewRestriction

from cms.models import PlainPage, StartPage
from search.queries import search
from tests import factories
from tests.cms import structured

pytestmark = pytest.mark.django_db
NOT_YET = "This page does not exist in English yet. You see the German one."


@pytest.fixture(autouse=True)
def _german_again() -> Iterator[None]:
    yield
    translation.activate("de")


@pytest.fixture
def english() -> Locale:
    return Locale.objects.get(language_code="en")


@pytest.fixture
def about(start: StartPage) -> PlainPage:
    page = start.add_child(instance=PlainPage(title="Wie es geht", slug="wie-es-geht", lead="In drei Schritten."))
    page.save_revision().publish()
    start.refresh_from_db()
    return page


def translated(page: StartPage | PlainPage, locale: Locale, **fields: object) -> StartPage | PlainPage:
    """Copy a page into the English tree as the admin does, and publish it with other words."""
    made = page.copy_for_translation(locale)
    for name, value in fields.items():
        setattr(made, name, value)
    made.save_revision().publish()
    made.refresh_from_db()
    return made


@pytest.fixture
def home(start: StartPage, english: Locale) -> StartPage:
    return translated(start, english, title="Home", hero_title="What would help you?")


@pytest.fixture
def how(home: StartPage, about: PlainPage, english: Locale) -> PlainPage:
    return translated(about, english, title="How it works", slug="how-it-works", lead="In three steps.")


def text_of(client: Client, url: str, **headers: str) -> str:
    answer = client.get(url, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_english_pages_lie_below_en_and_german_addresses_stay(client, how, about):
    assert (how.get_absolute_url(), how.url) == ("/en/how-it-works/", "/en/how-it-works/")
    assert (about.get_absolute_url(), about.url) == ("/wie-es-geht/", "/wie-es-geht/")
    text = text_of(client, "/en/how-it-works/")
    assert '<html lang="en">' in text
    assert "In three steps." in text
    assert "Skip to content" in text
    assert "What would help you?" in text_of(client, "/en/")
    german = text_of(client, "/wie-es-geht/")
    assert '<html lang="de">' in german
    assert "In drei Schritten." in german


def test_a_german_page_speaks_german_whatever_the_browser_asks_for(client, about):
    text = text_of(client, "/wie-es-geht/", **{"Accept-Language": "en"})
    assert '<html lang="de">' in text
    assert "Zum Inhalt springen" in text


def test_a_page_that_is_not_translated_says_so_and_marks_its_german(client, about, home):
    text = text_of(client, "/en/wie-es-geht/")
    assert '<html lang="en">' in text
    assert NOT_YET in text
    main = text.split("<main", 1)[1]
    assert main.startswith(' id="inhalt" tabindex="-1" lang="de"')
    assert '<div class="mw-wide mw-said" lang="en">' in main
    assert "In drei Schritten." in main
    assert 'rel="canonical" href="http://127.0.0.1:8000/wie-es-geht/"' in text
    assert "hreflang=" not in text.split("</head>")[0]


def test_the_old_address_below_en_leads_to_the_translation(client, how):
    answer = client.get("/en/wie-es-geht/")
    assert (answer.status_code, answer["Location"]) == (302, "/en/how-it-works/")


def test_without_an_english_tree_everything_is_shown_in_german_and_said_so(client, about):
    assert NOT_YET in text_of(client, "/en/")
    assert NOT_YET in text_of(client, "/en/wie-es-geht/")
    assert NOT_YET in text_of(client, "/en/aktuelles/")


def test_drafts_and_closed_pages_show_below_en_no_more_than_elsewhere(client, about, how):
    how.unpublish()
    assert NOT_YET in text_of(client, "/en/wie-es-geht/")
    assert client.get("/en/how-it-works/").status_code == 404
    PageViewRestriction.objects.create(page=about, restriction_type="login")
    assert client.get("/en/wie-es-geht/").status_code == 302
    about.unpublish()
    assert client.get("/en/wie-es-geht/").status_code == 404


def test_what_is_not_there_is_not_there_in_english_words(client):
    answer = client.get("/en/gibt-es-nicht/")
    assert answer.status_code == 404
    assert '<html lang="en">' in answer.content.decode()
    assert client.get("/en").status_code == 301


@pytest.mark.parametrize(
    ("language", "from_page", "to"),
    [
        ("en", "http://testserver/wie-es-geht/?seite=2", "/en/wie-es-geht/?seite=2"),
        ("de", "http://testserver/en/wie-es-geht/", "/wie-es-geht/"),
        ("en", "http://testserver/ideen/?q=bank", "/ideen/?q=bank"),
        ("en", "http://boese.example/wie-es-geht/", "/en/"),
        ("en", "http://testserver//boese.example/", "/boese.example/"),
        ("en", "", "/en/"),
        ("en", "http://testserver/sprache/de/", "/en/"),
    ],
)
def test_the_switch_stays_on_the_same_page(client, about, language, from_page, to):
    answer = client.get(f"/sprache/{language}/", headers={"Referer": from_page})
    assert answer.status_code == 302
    assert answer["Location"].replace("/en/boese", "/boese") == to
    assert answer.cookies["django_language"].value == language
    assert not answer.cookies["django_language"]["max-age"]


def test_the_switch_to_german_finds_the_german_address(client, how):
    answer = client.get("/sprache/de/", headers={"Referer": "http://testserver/en/how-it-works/"})
    assert answer["Location"] == "/wie-es-geht/"
    assert client.get("/sprache/fr/").status_code == 404
    assert client.post("/sprache/en/").status_code == 405


def test_after_the_switch_rooms_speak_english_and_lead_to_english_pages(client, about):
    client.get("/sprache/en/")
    text = text_of(client, "/ideen/")
    assert '<html lang="en">' in text
    assert 'href="/en/mitmachen/"' in text
    assert 'href="/sprache/de/" lang="de" hreflang="de"' in text


def test_both_languages_name_each_other_for_machines(client, how):
    for url in ("/wie-es-geht/", "/en/how-it-works/"):
        head = text_of(client, url).split("</head>")[0]
        assert 'hreflang="de" href="http://127.0.0.1:8000/wie-es-geht/"' in head
        assert 'hreflang="en" href="http://127.0.0.1:8000/en/how-it-works/"' in head
        assert 'hreflang="x-default" href="http://127.0.0.1:8000/wie-es-geht/"' in head
        assert f'rel="canonical" href="http://127.0.0.1:8000{url}"' in head


def test_every_language_is_answered_by_a_page_that_names_the_same_ones(client, how, settings):
    told = {}
    for url in ("/", "/en/", "/wie-es-geht/", "/en/how-it-works/"):
        head = structured.head(text_of(client, url).encode())
        rows = [one for one in head.iter("link") if one.get("rel") == "alternate" and one.get("hreflang")]
        told[url] = {one.get("hreflang"): one.get("href").removeprefix(settings.SITE_URL) for one in rows}
        assert len(rows) == len(told[url]) == 3, url
        (canonical,) = [one.get("href") for one in head.iter("link") if one.get("rel") == "canonical"]
        assert canonical == settings.SITE_URL + url
    for url, others in told.items():
        assert url in others.values(), "each names itself"
        for other in others.values():
            assert told[other] == others


def test_search_and_site_map_hold_each_page_once(client, how):
    sitemap = client.get("/sitemap-seiten.xml").content.decode()
    assert sitemap.count("/en/how-it-works/</loc>") == 1
    assert "/en/wie-es-geht/" not in sitemap
    assert [hit.title for hit in search(None, "Wie es geht").hits] == ["Wie es geht"]
    assert [hit.url for hit in search(None, "How it works").hits] == ["/en/how-it-works/"]


def test_pages_in_english_name_contributions_as_german(client, home):
    factories.idea(title="Bank am Deich")
    text = text_of(client, "/en/")
    assert '<h3 class="mw-card__title" lang="de">' in text
    assert ' lang="de"' not in text_of(client, "/").split("<main")[1]


def test_an_english_page_costs_no_more_statements_than_a_german_one(client, how, django_assert_max_num_queries):
    for url in ("/en/", "/en/how-it-works/", "/en/aktuelles/", "/wie-es-geht/"):
        client.get(url)
        with django_assert_max_num_queries(12):
            client.get(url)


def test_an_editor_translates_a_page_in_the_admin(desk, about, home, english):
    url = f"/cms/translation/submit/page/{about.pk}/"
    assert desk.get(url).status_code == 200
    assert 'type="hidden" name="include_subtree"' in desk.get(url).content.decode()
    answer = desk.post(url, {"locales": [english.pk]})
    made = PlainPage.objects.get(locale=english)
    assert (answer.status_code, answer["Location"]) == (302, f"/cms/pages/{made.pk}/edit/")
    assert made.get_parent().url_path == "/en/"
    assert not made.live


def test_pages_that_exist_once_are_not_doubled(desk, campaigns, home):
    answer = desk.get(f"/cms/translation/submit/page/{campaigns.pk}/")
    assert answer.status_code == 302
    assert f"?page={campaigns.pk}&level=en" in answer["Location"]


def test_nobody_takes_the_addresses_of_languages(start):
    for slug in ("en", "sprache", "woerter"):
        with pytest.raises(Exception, match="andere"):
            start.add_child(instance=PlainPage(title="Falle", slug=slug))
        start.refresh_from_db()


def test_the_english_root_has_its_address_from_the_first_draft_on(start, english):
    draft = start.copy_for_translation(english)
    draft.refresh_from_db()
    assert (draft.slug, draft.url_path, draft.live) == ("en", "/en/", False)
