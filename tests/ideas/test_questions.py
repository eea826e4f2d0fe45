"""A campaign's own questions: asked, checked, kept with the words of their time, shown to whom they are for."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from ideas.models import Campaign, Draft, Idea, Question
from search.queries import search
from tests import factories
from tests.ideas.conftest import signed_in

ASKED: list[dict[str, Any]] = [
    {"key": "wer", "label": "Wem hilft das am meisten?", "is_required": True, "is_searchable": True},
    {"key": "mehr", "kind": "long", "label": "Was wurde schon versucht?"},
    {"key": "wann", "kind": "choice", "label": "Wann fehlt es Ihnen?", "options": ["morgens", "abends"]},
    {"key": "womit", "kind": "several", "label": "Womit kommen Sie?", "options": ["zu Fuß", "Rad", "Bus"]},
    {"key": "kosten", "kind": "number", "label": "Was würde es kosten?", "help_text": "In Euro."},
    {"key": "tag", "kind": "date", "label": "Bis wann?"},
    {"key": "haus", "label": "Wer könnte mitmachen?", "is_public": False, "is_searchable": True},
]
GIVEN = {
    "field_wer": "Familien mit Zwillingen",
    "field_mehr": "Ein Antrag.\n\nEr liegt noch.",
    "field_wann": "abends",
    "field_womit": ["zu Fuß", "Bus"],
    "field_kosten": "1.234,50",
    "field_tag": "24.12.2026",
    "field_haus": "Herr Knospelwitz",
}


@pytest.fixture
def asked(campaign: Campaign) -> list[Question]:
    campaign.check_ideas = Campaign.Check.AFTER
    campaign.save()
    return [Question.objects.create(campaign=campaign, sort_order=n, **fields) for n, fields in enumerate(ASKED)]


@pytest.fixture
def answered(typed: dict[str, Any], asked: list[Question]) -> dict[str, Any]:
    return typed | GIVEN


def sent(person: User, fields: dict[str, Any]) -> Idea:
    answer = signed_in(person).post("/ideen/neu/", fields | {"step": "submit"})
    assert answer.status_code == 303, answer.text
    idea = Idea.objects.get()
    assert idea.latest_version is not None
    return idea


def test_the_form_asks_them_in_order_and_says_who_reads_the_answer(client: Client, answered: dict[str, Any]) -> None:
    page = client.get("/ideen/neu/?kampagne=spielraeume").text
    places = [page.index(str(question["label"])) for question in ASKED]
    assert places == sorted(places)
    assert "Nur die Verwaltung liest diese Antwort." in page
    assert "In Euro." in page
    assert 'name="field_womit"' in page


def test_answers_are_kept_with_the_words_that_were_asked(answered: dict[str, Any], author: User) -> None:
    version = sent(author, answered).latest_version
    assert version is not None
    first, *_rest = version.answers
    assert first == {
        "key": "wer",
        "version": 1,
        "label": "Wem hilft das am meisten?",
        "kind": "text",
        "value": "Familien mit Zwillingen",
        "shown": "Familien mit Zwillingen",
        "public": True,
    }
    assert {answer["key"]: answer["value"] for answer in version.answers} == {
        "wer": "Familien mit Zwillingen",
        "mehr": "Ein Antrag.\n\nEr liegt noch.",
        "wann": "abends",
        "womit": ["zu Fuß", "Bus"],
        "kosten": 1234.5,
        "tag": "2026-12-24",
        "haus": "Herr Knospelwitz",
    }
    assert {answer["key"]: answer["shown"] for answer in version.answers}["tag"] == "24. Dezember 2026"


def test_everybody_reads_public_answers_only_staff_and_author_the_others(
    answered: dict[str, Any], author: User, moderator: User
) -> None:
    idea = sent(author, answered)
    address = idea.get_absolute_url()
    for reader in (Client(), signed_in(factories.person())):
        page = reader.get(address).text
        assert "Familien mit Zwillingen" in page
        assert "1.234,5" in page
        assert "Knospelwitz" not in page
        assert "Wer könnte mitmachen?" not in page
    for reader in (signed_in(author), signed_in(moderator)):
        assert "Knospelwitz" in reader.get(address).text
    assert "Knospelwitz" in signed_in(author).get(f"/ideen/{idea.pk}/danke/").text


def test_a_question_made_private_hides_answers_and_one_made_public_shows_none(
    answered: dict[str, Any], author: User
) -> None:
    address = sent(author, answered).get_absolute_url()
    Question.objects.filter(key="wer").update(is_public=False)
    Question.objects.filter(key="haus").update(is_public=True)
    page = Client().get(address).text
    assert "Zwillingen" not in page
    assert "Knospelwitz" not in page


def test_search_finds_answers_that_are_public_and_marked(answered: dict[str, Any], author: User) -> None:
    sent(author, answered)
    assert search(factories.person(), "Zwillingen").total == 1
    assert search(factories.person(), "Knospelwitz").total == 0
    assert search(factories.person(), "Antrag").total == 0


def test_the_preview_shows_answers_and_carries_them_on(answered: dict[str, Any], client: Client) -> None:
    page = client.post("/ideen/neu/", answered | {"step": "preview"}).text
    assert "Was würde es kosten?" in page
    assert "24. Dezember 2026" in page
    for value in ("zu Fuß", "Bus", "1.234,50", "Herr Knospelwitz"):
        assert f'value="{value}"' in page
    assert page.count('name="field_womit"') == 2


WRONG = {
    "missing": ({"field_wer": " \u200b "}, "Bitte beantworten Sie diese Frage."),
    "too long": ({"field_wer": "x" * 301}, "Die Antwort ist zu lang: 301 Zeichen, höchstens 300."),
    "long text too long": ({"field_mehr": "x" * 3001}, "höchstens 3000"),
    "NUL": ({"field_mehr": "a\x00b"}, "nicht speichern"),
    "unknown choice": ({"field_wann": "nachts"}, "„nachts“ steht nicht mehr zur Auswahl."),
    "unknown among several": ({"field_womit": ["Bus", "Boot"]}, "„Boot“ steht nicht mehr zur Auswahl."),
    "no number": ({"field_kosten": "viel"}, "Bitte schreiben Sie eine Zahl"),
    "NaN": ({"field_kosten": "NaN"}, "Bitte schreiben Sie eine Zahl"),
    "infinite": ({"field_kosten": "1e400"}, "Bitte schreiben Sie eine Zahl"),
    "long number": ({"field_kosten": "9" * 40}, "Die Zahl ist zu lang"),
    "other digits": ({"field_kosten": "٣"}, "Bitte schreiben Sie eine Zahl"),
    "no day": ({"field_tag": "31.02.2026"}, "Bitte schreiben Sie einen Tag"),
    "far day": ({"field_tag": "24.12.9999"}, "zwischen den Jahren 1900 und 2100"),
}


@pytest.mark.parametrize("name", list(WRONG))
def test_wrong_answers_come_back_with_a_reason(name: str, answered: dict[str, Any], author: User) -> None:
    changed, words = WRONG[name]
    answer = signed_in(author).post("/ideen/neu/", answered | changed | {"step": "submit"})
    assert answer.status_code == 422
    assert words in answer.text
    assert "Ein Segel hilft allen Kindern." in answer.text
    assert "Herr Knospelwitz" in answer.text
    assert not Idea.objects.exists()


@pytest.mark.parametrize(
    ("typed_number", "kept"),
    [("1.234", 1234), ("1234.5", 1234.5), ("-3,25", -3.25), ("1 000 000", 1000000), ("-0", 0), ("0,5", 0.5)],
)
def test_numbers_are_read_as_germans_write_them(
    typed_number: str, kept: float, answered: dict[str, Any], author: User
) -> None:
    version = sent(author, answered | {"field_kosten": typed_number}).latest_version
    assert {answer["key"]: answer["value"] for answer in version.answers}["kosten"] == kept  # type: ignore[union-attr]


def test_a_draft_keeps_answers_through_sign_in(answered: dict[str, Any], author: User) -> None:
    client = Client()
    client.post("/ideen/neu/", answered | {"step": "submit"})
    draft = Draft.objects.get()
    client.force_login(author)
    page = client.get(f"/ideen/neu/?entwurf={draft.key}").text
    assert "Herr Knospelwitz" in page
    assert 'value="Bus" checked' in page
    assert "1.234,50" in page
    assert "24. Dezember 2026" in client.get(f"/ideen/neu/?entwurf={draft.key}&schritt=pruefen").text


def test_a_question_changed_while_somebody_writes_is_asked_once_more(
    answered: dict[str, Any], author: User, asked: list[Question]
) -> None:
    seen = ",".join(f"{question.key}:{question.version}" for question in asked)
    asked[0].label = "Wem schadet das am meisten?"
    asked[0].save()
    answer = signed_in(author).post("/ideen/neu/", answered | {"questions_seen": seen, "step": "submit"})
    assert answer.status_code == 422
    assert "Diese Frage wurde geändert, während Sie geschrieben haben." in answer.text
    assert "Familien mit Zwillingen" in answer.text
    assert 'value="wer:2,mehr:1' in answer.text
    again = answered | {"questions_seen": seen.replace("wer:1", "wer:2"), "step": "submit"}
    assert signed_in(author).post("/ideen/neu/", again).status_code == 303


def test_versions_grow_only_when_it_matters(asked: list[Question]) -> None:
    first = Question.objects.get(key="wer")
    first.help_text, first.is_public, first.key = "Anders", False, "neu"
    first.save()
    first.refresh_from_db()
    assert (first.key, first.version) == ("wer", 1)
    first.label = "Wem nützt es?"
    first.save()
    assert Question.objects.get(key="wer").version == 2


def test_deleted_and_changed_questions_leave_old_answers_readable(
    answered: dict[str, Any], author: User, asked: list[Question]
) -> None:
    idea = sent(author, answered)
    asked[2].delete()
    asked[0].label = "Ganz anders gefragt?"
    asked[0].save()
    page = Client().get(idea.get_absolute_url()).text
    assert "Wem hilft das am meisten?" in page
    assert "Wann fehlt es Ihnen?" in page
    assert "abends" in page
    assert "Ganz anders" not in page


def test_changing_an_idea_starts_with_its_answers_and_keeps_those_no_longer_asked(
    answered: dict[str, Any], author: User, asked: list[Question]
) -> None:
    idea = sent(author, answered)
    asked[2].delete()
    Question.objects.create(campaign=idea.campaign, key="neu", label="Neu gefragt?", is_required=True)
    client = signed_in(author)
    page = client.get(f"/ideen/{idea.pk}/bearbeiten/").text
    assert "24.12.2026" in page
    assert 'value="Bus" checked' in page
    fields = {name: value for name, value in answered.items() if name != "field_wann"} | {"field_kosten": "5"}
    assert client.post(f"/ideen/{idea.pk}/bearbeiten/", fields | {"version": "1"}).status_code == 303
    idea.refresh_from_db()
    assert idea.latest_version is not None
    kept = {answer["key"]: answer["value"] for answer in idea.latest_version.answers}
    assert (kept["kosten"], kept["wann"], "neu" in kept) == (5, "abends", False)


def test_ideas_of_other_campaigns_answer_nothing(answered: dict[str, Any], author: User) -> None:
    other = factories.campaign(slug="andere", check_ideas=Campaign.Check.AFTER)
    idea = sent(author, answered | {"campaign": other.slug})
    assert idea.latest_version is not None
    assert idea.latest_version.answers == []
