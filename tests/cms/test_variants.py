"""Pages in other words: Leichte Sprache, plain language, sign language, English; explained words; the editors' overview."""

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents import get_document_model

from accounts.models import User
from cms import renditions
from cms.models import CampaignPage, GoalIndexPage, GoalPage, PlainPage, StartPage, Term, Variant
from ideas.models import Goal, Member
from tests import factories
from tests.cms.pieces import make_picture

pytestmark = pytest.mark.django_db
TEXT = "<p>Alle sollen sicher ankommen. Auch Kinder. Das ist am 6. Dezember wichtig.</p>"


@pytest.fixture
def mobility(start: StartPage) -> GoalPage:
    index = start.add_child(instance=GoalIndexPage(title="Zielsetzung"))
    goal = Goal.objects.create(name="Mobilität", slug="mobilitaet", position=1)
    page = index.add_child(instance=GoalPage(title="Mobilität", goal=goal, lead="Alle gelangen verlässlich ans Ziel."))
    page.save_revision().publish()
    start.refresh_from_db()
    return page


def body(text: str = TEXT) -> str:
    return json.dumps([{"type": "text", "value": text}])


def write(page: Any, level: str = "leicht", **fields: Any) -> Variant:
    """Write a version and show it."""
    given = {"title": "Gut unterwegs", "lead": "Hier geht es um Wege.", "body": body(), "live": True, **fields}
    made = Variant(page=page, level=level, **given)
    made.full_clean()
    made.save()
    return made


def text_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def easy(mobility: GoalPage, django_capture_on_commit_callbacks: Any) -> Variant:
    with django_capture_on_commit_callbacks(execute=True):
        return write(mobility, checked_by="Prüfgruppe der Lebenshilfe")


def test_a_page_offers_its_versions_as_addresses(client, mobility, easy):
    text = text_of(client, "/ziele/mobilitaet/")
    assert '<a href="/ziele/mobilitaet/?sprache=leicht" data-level>Leichte Sprache</a>' in text
    assert 'aria-current="true" data-level>Alltagssprache</a>' in text
    assert "Gut unterwegs" not in text
    assert 'href="/ziele/mobilitaet/?sprache=einfach"' not in text


def test_leichte_sprache_stands_alone_large_and_a_line_for_each_sentence(client, easy):
    text = text_of(client, "/ziele/mobilitaet/?sprache=leicht")
    assert "<h1>Gut unterwegs</h1>" in text
    assert "Alle sollen sicher ankommen.<br>Auch Kinder.<br>Das ist am 6. Dezember wichtig." in text
    assert 'class="mw-easy"' in text
    assert "Prüfgruppe der Lebenshilfe" in text
    assert "Alle gelangen verlässlich ans Ziel." not in text.split("<main")[1]
    assert "<title>Gut unterwegs – Leichte Sprache" in text
    assert 'rel="canonical" href="http://127.0.0.1:8000/ziele/mobilitaet/?sprache=leicht"' in text
    assert " style=" not in text


def test_plain_language_takes_the_place_of_the_words_and_leaves_the_page(
    client, mobility, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        write(mobility, "einfach")
    text = text_of(client, "/ziele/mobilitaet/?sprache=einfach")
    assert "<h1>Gut unterwegs</h1>" in text
    assert "Hier geht es um Wege." in text
    assert "Ideen zu diesem Ziel" in text
    assert GoalPage.objects.get().title == "Mobilität"


def test_a_version_that_is_missing_is_said_and_an_unknown_one_refused(client, mobility, easy):
    assert "Diese Seite gibt es noch nicht in Einfacher Sprache." in text_of(
        client, "/ziele/mobilitaet/?sprache=einfach"
    )
    assert client.get("/ziele/mobilitaet/?sprache=klingonisch").status_code == 400


def test_drafts_of_versions_are_shown_to_nobody(client, mobility):
    write(mobility, live=False)
    text = text_of(client, "/ziele/mobilitaet/?sprache=leicht")
    assert "Gut unterwegs" not in text
    assert "Diese Seite gibt es noch nicht in Leichter Sprache." in text


def test_a_page_that_is_not_public_shows_no_version(client, mobility, easy):
    mobility.unpublish()
    assert client.get("/ziele/mobilitaet/?sprache=leicht").status_code == 404


def test_the_choice_is_remembered_only_when_a_button_was_pressed(client, mobility, easy):
    assert not client.get("/ziele/mobilitaet/?sprache=leicht").cookies
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/sprache/", {"fassung": "leicht", "weiter": "/ziele/mobilitaet/?sprache=leicht"})
    assert (answer.status_code, answer["Location"]) == (302, "/ziele/mobilitaet/?sprache=leicht")
    led = strict.get("/ziele/mobilitaet/")
    assert (led.status_code, led["Location"]) == (302, "/ziele/mobilitaet/?sprache=leicht")
    assert "Cookie" in led["Vary"]
    page = strict.get("/ziele/mobilitaet/?sprache=standard")
    assert page.status_code == 200
    assert "private" in page["Cache-Control"]
    assert "Meine Wahl vergessen" in page.content.decode()
    assert strict.get("/").status_code == 200  # has no such version
    strict.post("/sprache/", {"fassung": "", "weiter": "https://boese.example/"})
    assert strict.get("/ziele/mobilitaet/").status_code == 200


def test_bad_choices_lead_home_and_keep_nothing(client):
    answer = client.post("/sprache/", {"fassung": "klingonisch", "weiter": "https://boese.example/"})
    assert answer["Location"] == "/"
    assert not answer.cookies["sprache"].value
    assert client.get("/sprache/").status_code == 405


def test_english_of_a_page_that_exists_once_is_a_version(client, mobility, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        write(mobility, "en", title="Getting around", lead="Everybody gets there safely.", body=body("<p>Words.</p>"))
    text = text_of(client, "/en/ziele/mobilitaet/")
    assert "<h1>Getting around</h1>" in text
    assert "does not exist in English" not in text
    assert "Ideas for this goal" in text
    assert 'hreflang="en" href="http://127.0.0.1:8000/en/ziele/mobilitaet/"' in text
    assert 'rel="canonical" href="http://127.0.0.1:8000/en/ziele/mobilitaet/"' in text
    assert "Sprache dieser Seite" not in text_of(client, "/ziele/mobilitaet/")


def test_a_film_in_sign_language_is_loaded_after_a_click_only(client, mobility, django_capture_on_commit_callbacks):
    film, words = (
        get_document_model().objects.create(title=name, file=ContentFile(b"x", name))
        for name in ("film.mp4", "film.vtt")
    )
    with pytest.raises(ValidationError):
        write(mobility, "dgs", lead="")
    value = {"title": "Mobilität in Gebärdensprache", "file": film.pk, "captions": words.pk, "url": "", "spoken": ""}
    with django_capture_on_commit_callbacks(execute=True):
        write(mobility, "dgs", body=json.dumps([{"type": "video", "value": value}]))
    text = text_of(client, "/ziele/mobilitaet/?sprache=dgs")
    assert 'preload="none"' in text
    assert 'kind="captions"' in text


def test_a_version_is_out_of_date_when_the_page_says_something_else(desk, mobility, easy):
    mobility.save_revision().publish()  # nothing new
    easy.refresh_from_db()
    assert easy.outdated_since is None
    mobility.lead = "Alle kommen gut an."
    mobility.save_revision()  # only a draft
    easy.refresh_from_db()
    assert easy.outdated_since is None
    mobility.save_revision().publish()
    easy.refresh_from_db()
    assert easy.outdated_since is not None
    overview = text_of(desk, "/cms/sprachfassungen/uebersicht/?nur=alt")
    assert "Mobilität" in overview
    assert "veraltet seit" in overview
    assert "Die Fassung „Mobilität (Leichte Sprache)“ ist veraltet" in text_of(desk, "/cms/")
    easy.save()
    easy.refresh_from_db()
    assert easy.outdated_since is None


def test_the_overview_shows_what_is_missing_and_is_for_editors(client, desk, mobility, easy):
    text = text_of(desk, "/cms/sprachfassungen/uebersicht/")
    assert "aktuell" in text
    assert f"?page={mobility.pk}&amp;level=einfach" in text
    assert "Mobilität" not in text_of(desk, "/cms/sprachfassungen/uebersicht/?nur=alt").split("<main")[1]
    assert client.get("/cms/sprachfassungen/uebersicht/").status_code == 302
    moderator = Client()
    moderator.force_login(factories.make_person("m@example.org", "Mo", groups=["Moderation"]))
    assert moderator.get("/cms/sprachfassungen/uebersicht/").status_code in {302, 403}


def test_an_editor_writes_a_version_in_the_admin(desk, editor: User, mobility):
    form = text_of(desk, f"/cms/snippets/cms/variant/add/?page={mobility.pk}&level=leicht")
    assert 'value="leicht" selected' in form
    given = {
        "page": mobility.pk, "level": "leicht", "title": "", "lead": "Ein Satz.", "checked_by": "", "action-publish": "1",
        "body-count": "0",
    }  # fmt: skip
    assert desk.post("/cms/snippets/cms/variant/add/", given).status_code == 302
    assert Variant.objects.get().live
    again = desk.post("/cms/snippets/cms/variant/add/", given)
    assert "Diese Seite hat schon eine solche Fassung" in again.content.decode()


def test_what_makes_no_sense_is_refused_with_words(start, mobility):
    for page, level, fields in (
        (start, "einfach", {}),
        (start, "en", {}),
        (mobility, "leicht", {"lead": "", "body": "[]"}),
    ):
        with pytest.raises(ValidationError):
            write(page, level, **fields)


def test_long_sentences_are_counted_for_leichte_sprache(easy):
    assert easy.long_sentences() == 0
    easy.lead = "Wort " * 20 + "."
    assert easy.long_sentences() == 1


def test_the_start_page_has_leichte_sprache(client, start, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        write(start, title="Willkommen")
    text = text_of(client, "/?sprache=leicht")
    assert "<h1>Willkommen</h1>" in text


def test_a_word_is_explained_once_on_a_page_and_not_inside_links(client, start, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        Term.objects.create(word="Familienbeirat", also="Familienbeirats", explanation="Eine Gruppe & mehr.")
    text = '<p><a href="/x/">Familienbeirat</a> Des Familienbeirats Familienbeirat. Familienbeiratssitzung</p>'
    start.add_child(instance=PlainPage(title="Beirat", slug="beirat", body=body(text)))
    shown = text_of(client, "/beirat/")
    assert shown.count("mw-term__word") == 1
    assert ">Familienbeirats</button>" in shown
    assert '<a href="/x/">Familienbeirat</a>' in shown
    assert "Eine Gruppe &amp; mehr." in shown
    assert "popovertarget=" in shown
    assert "<dt>Familienbeirat</dt>" in text_of(client, "/woerter/")


def test_words_too_short_to_mark_are_refused():
    with pytest.raises(ValidationError):
        Term(word="EU", explanation="…").full_clean()


def test_versions_and_words_cost_one_statement_more(client, mobility, easy, django_assert_max_num_queries):
    Term.objects.create(word="sicher", explanation="Ohne Gefahr.")
    for url in ("/ziele/mobilitaet/", "/ziele/mobilitaet/?sprache=leicht"):
        client.get(url)
        with django_assert_max_num_queries(12):
            client.get(url)


def test_the_goal_of_an_idea_leads_to_its_page(client, mobility, django_capture_on_commit_callbacks):
    idea = factories.idea(goal=mobility.goal, title="Bank am Deich")
    assert 'href="/ziele/mobilitaet/">Mobilität</a>' in text_of(client, idea.get_absolute_url())
    with django_capture_on_commit_callbacks(execute=True):
        mobility.unpublish()
    assert 'href="/ideen/?ziel=mobilitaet">Mobilität</a>' in text_of(client, idea.get_absolute_url())


def test_what_belongs_to_a_closed_group_stays_there_in_any_words(start, campaigns, django_capture_on_commit_callbacks):
    picture = make_picture()
    group = factories.campaign(title="Runde", slug="runde", audience="members")
    page = CampaignPage(title="Runde", campaign=group, picture=picture)
    campaigns.add_child(instance=page)
    page.save_revision().publish()
    rows = [{"type": "picture_text", "value": {"picture": picture.pk, "text": TEXT}}]
    with django_capture_on_commit_callbacks(execute=True):
        write(page, body=json.dumps(rows))
        write(page, "en", title="Round")
    places = ("/mitmachen/runde/", "/mitmachen/runde/?sprache=leicht", "/en/mitmachen/runde/")
    file = renditions.prepare(picture, "card")[0].url
    assert [Client().get(url).status_code for url in (*places, file)] == [404] * 4
    member = Client()
    member.force_login(person := factories.person())
    Member.objects.create(campaign=group, person=person)
    assert [member.get(url).status_code for url in (*places, file)] == [200] * 4
    assert "Gut unterwegs" in text_of(member, places[1])
    assert "<h1>Round</h1>" in text_of(member, places[2])
