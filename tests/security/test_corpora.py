"""Bad input by class against the forms that citizens fill in: stored clean or refused with the text, never an error of ours."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from ideas import content
from ideas.models import Idea, Question
from tests import factories
from tests.ideas.conftest import signed_in
from tests.security.corpora import Entry, Limits, date_entries, length_entries, number_entries, unicode_entries

KEPT = "Ein Segel hilft allen Kindern."
LONG = "Auf der Rutsche ist es im Sommer zu heiß."
BASE = {
    "campaign": "spielraeume", "title": "Mehr Schatten auf Spielplätzen", "step": "submit", "district": "", "topic": "", "goal": "",
    "text": f"Im Sommer ist es auf der Rutsche zu heiß. {KEPT}", "tags": "", "place": "", "lat": "", "lng": "",
}  # fmt: skip
TITLE, TEXT = Limits(content.TITLE_SHORTEST, content.TITLE_LONGEST), Limits(content.TEXT_SHORTEST, content.TEXT_LONGEST)


@pytest.fixture
def browser(campaign: Any) -> Client:
    client = signed_in(factories.person("Lippespatz"))
    client.raise_request_exception = False
    return client


def send(browser: Client, field: str, entry: Entry, address: str = "/ideen/neu/", **more: str) -> Any:
    """Send the form with one field as the entry has it, byte for byte."""
    others = {name: value for name, value in {**BASE, **more}.items() if name != field}
    body = f"{urlencode(others)}&{field}={entry.encoded}"
    return browser.post(address, body, content_type="application/x-www-form-urlencoded")


def judge(entry: Entry, field: str, answer: Any, before: int) -> str:
    """Return what is wrong with the answer, or nothing."""
    status, text = answer.status_code, answer.content.decode("utf-8", "replace")
    made = Idea.objects.count() - before
    if status >= 500 or (entry.expected == "taken" and status != 303) or (entry.expected == "refused" and status < 400):
        return f"{entry.id}: {status}"
    if status == 303 and entry.stored is not None:
        stored = getattr(Idea.objects.latest("pk").latest_version, field)
        return "" if stored == entry.stored else f"{entry.id}: stored {stored!r}"
    if status >= 400 and status != 413:
        other = KEPT if field != "text" else BASE["title"]
        return "" if made == 0 and other in text else f"{entry.id}: {status} without the text, {made} made"
    return "" if made == (1 if status == 303 else 0) else f"{entry.id}: {status}, {made} made"


def faults(browser: Client, field: str, entries: list[Entry], **more: str) -> list[str]:
    """Send all entries; return what is wrong."""
    found = []
    for entry in entries:
        before = Idea.objects.count()
        found.append(judge(entry, field, send(browser, field, entry, **more), before))
    return [fault for fault in found if fault]


def longer(entry: Entry) -> Entry:
    """Put a sentence before it."""
    stored = None if entry.stored is None else f"{LONG} {entry.stored}"
    return Entry(entry.id, f"{LONG} ".encode() + entry.raw, entry.expected, stored)


@pytest.mark.parametrize("field", ["title", "text"])
def test_odd_signs_are_cleaned_or_refused(field: str, browser: Client) -> None:
    entries = unicode_entries()
    assert len(entries) >= 120
    if field == "text":  # it needs a sentence, its lines stay lines, and its spaces stay as they are
        entries = [longer(entry) for entry in entries if not entry.id.startswith(("space", "unseen"))]
    assert faults(browser, field, entries) == []


@pytest.mark.parametrize(("field", "limits"), [("title", TITLE), ("text", TEXT)])
def test_limits_hold_to_the_sign(field: str, limits: Limits, browser: Client) -> None:
    entries = length_entries(limits, lines=field == "text")
    assert faults(browser, field, entries) == []


@pytest.mark.parametrize("field", ["tags", "place", "request_key", "district", "topic", "goal"])
def test_odd_signs_in_small_fields_are_no_error(field: str, browser: Client) -> None:
    entries = [Entry(entry.id, entry.raw, "either") for entry in unicode_entries()[::6]]
    entries += [Entry(entry.id, entry.raw, "either") for entry in length_entries(Limits(1, 120), lines=False)]
    assert faults(browser, field, entries) == []


@pytest.mark.parametrize("field", ["lat", "lng"])
def test_odd_numbers_as_a_place_are_no_error(field: str, browser: Client) -> None:
    other = {"lat": "lng", "lng": "lat"}[field]
    assert faults(browser, field, number_entries(), **{other: "8.3"}) == []


def test_odd_answers_to_questions_are_no_error(browser: Client, campaign: Any) -> None:
    number = Question.objects.create(campaign=campaign, kind="number", label="Wie viele Kinder?")
    day = Question.objects.create(campaign=campaign, kind="date", label="Seit wann?")
    assert faults(browser, f"field_{number.key}", number_entries()) == []
    assert faults(browser, f"field_{day.key}", date_entries()) == []


def test_odd_signs_in_a_change_never_reach_the_page(browser: Client, campaign: Any) -> None:
    idea = factories.idea(campaign=campaign, author=None, title="Mehr Schatten auf Spielplätzen")
    Idea.objects.filter(pk=idea.pk).update(author=browser.session["_auth_user_id"])
    for entry in [*unicode_entries()[::3], *length_entries(TITLE, lines=False)]:
        answer = send(browser, "title", entry, f"/ideen/{idea.pk}/bearbeiten/")
        assert answer.status_code < 500, entry.id
        if entry.expected == "refused":
            assert answer.status_code == 422, entry.id
            assert KEPT in answer.content.decode(), entry.id


@pytest.mark.parametrize(
    "name", ["nach", "sort", "thema", "stadtteil", "ziel", "status", "schlagwort", "kampagne", "q", "ab"]
)
def test_odd_values_in_addresses_are_no_error(name: str, browser: Client, campaign: Any) -> None:
    idea = factories.idea(campaign=campaign)
    for entry in [*number_entries()[::4], *unicode_entries()[::16]]:
        for path in ("/ideen/", "/ideen/karte/", "/mitmachen/spielraeume/", idea.get_absolute_url()):
            answer = browser.get(f"{path}?{name}={entry.encoded[:1500]}")
            assert answer.status_code in (200, 400, 404), (path, entry.id)


@pytest.mark.parametrize("box", number_entries()[::3], ids=lambda entry: entry.id)
def test_odd_boxes_on_the_map_are_refused(box: Entry, browser: Client) -> None:
    for bbox in (box.encoded, f"8.1,51.5,{box.encoded},51.8", f"{box.encoded},51.5,8.5,51.8"):
        assert browser.get(f"/ideen/karte.geojson?bbox={bbox[:1500]}").status_code in (200, 400)
