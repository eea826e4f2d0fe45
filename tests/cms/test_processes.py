"""Core processes: what they offer, when their door is open, how far they are, and the ideas about them."""

import datetime as dt
import json
import re
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar
from wagtail.models import PageViewRestriction

from cms.models import Contact, ContactIndexPage, Place, ProcessIndexPage, ProcessPage, StartPage
from ideas.actions import hide_idea, link_idea
from ideas.models import Topic
from search.queries import search
from tests import factories
from tests.cms.test_places import OFFICE
from tests.ideas.conftest import with_right

pytestmark = pytest.mark.django_db
AT = "/kernprozesse/familienrathaus/"


def stream(*entries: tuple[str, Any]) -> str:
    return json.dumps([{"type": name, "value": value} for name, value in entries])


def milestone(day: str, title: str, **more: object) -> tuple[str, Any]:
    return "milestone", {"day": day, "when": "", "title": title, "text": "", "reached": False, **more}


@pytest.fixture
def index(start: StartPage) -> ProcessIndexPage:
    page = start.add_child(instance=ProcessIndexPage(title="Kernprozesse", lead="Drei große Vorhaben."))
    start.refresh_from_db()
    return page


@pytest.fixture
def place(db: None) -> Place:
    values = {
        "street": "Am Lippeufer 12",
        "zipcode": "59999",
        "city": "Musterstadt",
        "latitude": 51.6,
        "longitude": 8.3,
    }
    return Place.objects.create(name="Familienrathaus", hours=json.dumps(OFFICE), **values)


@pytest.fixture
def page(index: ProcessIndexPage, place: Place, topic: Topic) -> ProcessPage:
    contact = Contact.objects.create(office="Empfang", slug="empfang", phone="02999 17-4410", location=place)
    made = ProcessPage(
        title="Familienrathaus", slug="familienrathaus", lead="Eine Tür für alle Fragen.", state="running",
        state_note="Offen seit März.", place=place, topic=topic,
        services=stream(("service", {"title": "Kitaplatz suchen", "words_below": "Mit Ihnen zusammen.", "text": "",
                                     "page": None, "url": "/suche/"})),
        milestones=stream(
            milestone("2027-01-12", "Sprechstunde im Nordfeld"),
            milestone("2026-03-02", "Haus eröffnet", reached=True),
            milestone("2026-09-01", "Aufzug mit Ansage", when="Herbst 2026"),
        ),
        dates=stream(
            ("date", {"title": "Offener Abend", "day": "2026-12-03", "begins": "18:00"}),
            ("date", {"title": "Längst vorbei", "day": "2026-01-03"}),
        ),
        contacts=stream(("contact", contact.pk)),
        partners=stream(("partner", {"name": "Hebammenverein", "words": "Sprechstunde", "url": "https://hebammen.example"})),
        questions=stream(("question", {"title": "Brauche ich einen Termin?", "text": "<p>Nein, <b>nie</b>.</p>"})),
    )  # fmt: skip
    return index.add_child(instance=made)


def text_of(client: Client, url: str = AT) -> str:
    with time_machine.travel("2026-11-23T09:00:00+01:00", tick=False):
        answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_shows_everything_about_a_process(client: Client, page: ProcessPage):
    text = text_of(client)
    for words in (
        "in Betrieb", "Offen seit März.", "<b>Jetzt geöffnet</b>, schließt um 12:30 Uhr.", "Was Sie hier bekommen",
        '<a href="/suche/">Kitaplatz suchen</a>', "Mit Ihnen zusammen.", "Offener Abend", "Brauche ich einen Termin?",
        "<b>nie</b>", 'href="https://hebammen.example"', 'href="tel:02999174410"', "geo:51.600000,8.300000",
        "Noch keine Idee.", 'href="/ideen/neu/?thema=spiel"', "Montag bis Mittwoch",
    ):  # fmt: skip
        assert words in text, words
    assert "Längst vorbei" not in text
    assert " style=" not in text


def test_milestones_stand_in_their_order_and_say_what_is_late(client: Client, page: ProcessPage):
    text = text_of(client)
    places = [text.index(words) for words in ("Haus eröffnet", "Herbst 2026, noch nicht erreicht", "12. Januar 2027")]
    assert places == sorted(places)


def test_what_is_open_now_is_kept_by_nobody(client: Client, page: ProcessPage):
    assert client.get(AT)["Cache-Control"] == "no-cache"
    with time_machine.travel("2026-11-23T12:31:00+01:00", tick=False):
        assert "<b>Jetzt geschlossen</b>, öffnet wieder heute um 14 Uhr." in client.get(AT).content.decode()


def test_a_page_for_young_people_says_du(client: Client, page: ProcessPage):
    page.says_du = True
    page.save()
    text = text_of(client)
    assert "Was du hier bekommst" in text
    assert "Was fehlt dir hier?" in text
    assert "Was Sie hier bekommen" not in text


def test_an_idea_about_it_is_linked_from_both_sides_while_it_is_public(client: Client, page: ProcessPage):
    idea = factories.idea(title="Eine Rutsche im Wartezimmer")
    link_idea(idea=idea, by=with_right("Amt", "ideas.answer"), kind="process", object_id=page.pk)
    assert "Eine Rutsche im Wartezimmer" in text_of(client)
    assert f'href="{AT}"' in text_of(client, idea.get_absolute_url())
    hide_idea(idea.pk)
    assert "Eine Rutsche im Wartezimmer" not in text_of(client)


def kinds_found() -> list[str]:
    """What is found by the name; the place is that of a listed contact, and public by that."""
    return sorted(hit.kind for hit in search(AnonymousUser(), "Familienrathaus").hits)


def test_a_process_that_is_taken_down_is_named_nowhere(client: Client, page: ProcessPage):
    idea = factories.idea(title="Eine Rutsche")
    link_idea(idea=idea, by=with_right("Amt", "ideas.answer"), kind="process", object_id=page.pk)
    page.unpublish()
    assert client.get(AT).status_code == 404
    for url in ("/kernprozesse/", idea.get_absolute_url(), "/sitemap-seiten.xml"):
        assert "amilienrathaus" not in text_of(client, url), url
    assert kinds_found() == ["place"]


def test_a_closed_process_is_named_nowhere_either(client: Client, page: ProcessPage):
    page.save_revision().publish()
    assert kinds_found() == ["place", "process"]
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert "Familienrathaus" not in text_of(client, "/kernprozesse/")
    assert kinds_found() == ["place"]


def test_services_and_questions_are_found(page: ProcessPage):
    page.save_revision().publish()
    for words in ("Kitaplatz", "Termin", "Hebammenverein"):
        assert [hit.url for hit in search(AnonymousUser(), words).hits] == [AT], words


def test_newest_ideas_of_the_topic_are_shown(client: Client, page: ProcessPage, topic: Topic):
    for number in range(5):
        factories.idea(title=f"Vorschlag {number}", topic=topic)
    text = text_of(client)
    assert text.count("Vorschlag ") == 3
    assert 'href="/ideen/?thema=spiel"' in text


def test_the_list_shows_every_process_with_its_state_and_door(client: Client, page: ProcessPage):
    text = text_of(client, "/kernprozesse/")
    assert f'<a href="{AT}">Familienrathaus</a>' in text
    assert "in Betrieb" in text
    assert "<b>Jetzt geöffnet</b>" in text


def test_an_empty_list_says_what_will_come(client: Client, index: ProcessIndexPage):
    assert "Es gibt noch keinen Kernprozess" in text_of(client, "/kernprozesse/")


def test_what_it_showed_may_be_deleted(client: Client, page: ProcessPage, place: Place, topic: Topic):
    Contact.objects.all().delete()
    place.delete()
    topic.delete()
    text = text_of(client)
    assert "Kitaplatz suchen" in text
    assert "Jetzt geöffnet" not in text


def test_pages_cost_few_statements(client: Client, page: ProcessPage, topic: Topic, start: StartPage, place: Place):
    for number in range(4):
        idea = factories.idea(title=f"Vorschlag {number}", topic=topic)
        link_idea(idea=idea, by=with_right(f"Amt {number}", "ideas.answer"), kind="process", object_id=page.pk)
        Contact.objects.create(office=f"Stelle {number}", slug=f"stelle-{number}", phone="02999 1", location=place)
    numbers = range(4)
    page.contacts = stream(*(("contact", Contact.objects.get(slug=f"stelle-{number}").pk) for number in numbers))
    page.save()
    ContactIndexPage.objects.update(place=place)
    for url in (AT, "/kernprozesse/", "/kontakt/", "/bildnachweise/"):
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(url).status_code == 200
        assert len(asked) <= 12, (url, [one["sql"][:120] for one in asked])


def test_dates_and_milestones_with_a_day_go_into_a_calendar(client: Client, page: ProcessPage):
    assert 'href="/kernprozesse/familienrathaus/termine.ics"' in text_of(client)
    with time_machine.travel("2026-11-23T09:00:00+01:00", tick=False):
        answer = client.get(f"{AT}termine.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    events = {str(one["SUMMARY"]): one for one in Calendar.from_ical(answer.content).walk("VEVENT")}
    assert set(events) == {"Offener Abend", "Längst vorbei", "Sprechstunde im Nordfeld", "Haus eröffnet"}
    assert events["Offener Abend"]["DTSTART"].dt == dt.datetime(2026, 12, 3, 17, tzinfo=dt.UTC)
    whole = events["Sprechstunde im Nordfeld"]
    assert (whole["DTSTART"].dt, whole["DTEND"].dt) == (dt.date(2027, 1, 12), dt.date(2027, 1, 13))
    assert str(whole["URL"]).endswith(AT)
    assert len({str(one["UID"]) for one in events.values()}) == 4


def test_what_people_typed_breaks_no_calendar_and_a_hidden_process_has_none(client: Client, page: ProcessPage):
    odd = {"title": "Abend; \r\nBEGIN:VALARM \x07😀", "day": "2026-12-03", "last_day": "2026-12-05", "begins": "10:00"}
    page.dates, page.milestones = stream(("date", odd)), ""
    page.save()
    with time_machine.travel("2026-11-23T09:00:00+01:00", tick=False):
        [one] = Calendar.from_ical(client.get(f"{AT}termine.ics").content).walk("VEVENT")
    assert "BEGIN:VALARM" in str(one["SUMMARY"])
    assert one["DTEND"].dt == dt.datetime(2026, 12, 5, 23, tzinfo=dt.UTC)
    page.unpublish()
    assert client.get(f"{AT}termine.ics").status_code == 404
    assert client.get("/kernprozesse/gibt-es-nicht/termine.ics").status_code == 404


def test_machines_read_hours_dates_and_ways_to_ask(client: Client, page: ProcessPage, start: StartPage, place: Place):
    nodes = {node["@type"]: node for node in graph(text_of(client))}
    hours = nodes["GovernmentOffice"]["openingHoursSpecification"]
    assert hours[0] == {
        "@type": "OpeningHoursSpecification", "opens": "08:00", "closes": "12:30",
        "dayOfWeek": [f"https://schema.org/{day}" for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")],
    }  # fmt: skip
    assert nodes["GovernmentOffice"]["address"]["streetAddress"] == "Am Lippeufer 12"
    assert "Event" in nodes
    ContactIndexPage.objects.update(place=place)
    nodes = {node["@type"]: node for node in graph(text_of(client, "/kontakt/"))}
    assert nodes["GovernmentOrganization"]["contactPoint"][0]["telephone"] == "02999 17-4410"


def graph(text: str) -> list[dict[str, Any]]:
    """Everything that stands in a page's data for machines."""
    found = [
        json.loads(one)
        for one in re.findall(r"<script type=.application/ld\+json.[^>]*>(.*?)</script>", text, re.DOTALL)
    ]
    return [node for one in found for node in (one.get("@graph") or [one])]


def test_an_editor_adds_a_process_in_the_admin(desk: Client, index: ProcessIndexPage):
    answer = desk.get(f"/cms/pages/add/cms/processpage/{index.pk}/")
    text = answer.content.decode()
    assert answer.status_code == 200
    for words in ("Angebote", "Meilensteine", "Häufige Fragen", "Thema der Ideen", "Partner"):
        assert words in text, words
    assert desk.get("/cms/snippets/cms/contact/").status_code == 200
