"""One case inside Wagtail's admin."""

import pytest

from moderation.actions import claim_case, decide, open_case
from moderation.models import Case, Decision

pytestmark = pytest.mark.django_db


@pytest.fixture
def mira(client, moderator):
    person = moderator("Mira Kaya")
    client.force_login(person)
    return person


def url(case: Case, more: str = "") -> str:
    return f"/cms/moderation/{case.pk}/{more}"


def test_the_page_shows_contribution_rules_and_form(client, mira, opened, rule):
    case = opened()
    page = client.get(url(case)).content.decode()
    for words in (
        case.title,
        "Respektvoller Ton",
        "Freigeben",
        "Um Änderung bitten",
        'name="version"',
        "Noch bearbeitet niemand",
    ):
        assert words in page
    assert 'value="hide"' not in page  # nothing public to hide
    assert case.title in client.get(url(case, "beitrag/")).content.decode()


def test_a_decision_leads_to_the_next_case(client, mira, opened):
    first, second = opened(), opened()
    answer = client.post(url(first), {"version": 1, "decision": "approve"})
    assert (answer.status_code, answer["Location"]) == (303, url(second))
    page = client.get(url(second)).content.decode()
    assert "Freigeben: „" in page
    answer = client.post(url(second), {"version": 1, "decision": "approve"})
    assert answer["Location"] == "/cms/moderation/"
    assert Decision.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"decision": "approve"}, "Es fehlt, welche Fassung"),
        ({"version": "x", "decision": "approve"}, "Es fehlt, welche Fassung"),
        ({"version": 1, "decision": "verschwinde"}, "Entscheidung"),
        ({"version": 1}, "Entscheidung"),
        ({"version": 1, "decision": "refuse", "reason": "Mein Grund"}, "Bitte wählen Sie die Regel"),
        ({"version": 1, "decision": "refuse", "rule": "999999999", "reason": "Mein Grund"}, "Mein Grund"),
        ({"version": 1, "decision": "refuse", "rule": "RULE"}, "Bitte schreiben Sie eine Begründung"),
        ({"version": 1, "decision": "refuse", "rule": "RULE", "reason": "Grund " * 4000}, "Grund Grund"),
        ({"version": 1, "decision": "approve", "reason": "a\x00b"}, "nicht"),
        ({"version": 1, "decision": "approve", "reason": "\ud800"}, "nicht"),
    ],
)
def test_what_is_missing_or_broken_is_422_with_the_text_kept(client, mira, opened, rule, fields, words):
    case = opened()
    fields = {name: str(rule.pk) if value == "RULE" else value for name, value in fields.items()}
    if any("\ud800" in str(value) for value in fields.values()):
        data = "&".join(f"{n}={'%ED%A0%80' if n == 'reason' else v}" for n, v in fields.items())
        answer = client.post(url(case), data, content_type="application/x-www-form-urlencoded")
        assert answer.status_code in (303, 422)
        return
    answer = client.post(url(case), fields)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    if fields.get("reason") == "Mein Grund":
        assert "Mein Grund</textarea>" in answer.content.decode()
    assert not Decision.objects.exists()


def test_whoever_comes_second_is_told_who_decided_and_keeps_the_reason(client, mira, opened, moderator, rule):
    case = opened()
    decide(case_id=case.pk, version=1, actor=moderator("Jörg Pohl"), decision="approve")
    answer = client.post(
        url(case), {"version": 1, "decision": "refuse", "rule": rule.pk, "reason": "Mein langer Grund"}
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Jörg Pohl hat diesen Fall schon entschieden: Freigeben" in page
    assert "Mein langer Grund" in page
    assert 'name="version"' not in page


def test_after_an_edit_meanwhile_the_form_comes_back_with_the_new_version(client, mira, opened, rule):
    from django.db import transaction

    case = opened()
    with transaction.atomic():
        open_case("thing", case.object_id)
    typed = {"version": 1, "decision": "refuse", "rule": rule.pk, "reason": "Mein Grund"}
    answer = client.post(url(case), typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "hat sich inzwischen geändert" in page
    assert "Mein Grund</textarea>" in page
    assert client.post(url(case), {**typed, "version": 2}).status_code == 303


def test_claiming_works_by_button_and_by_script(client, mira, opened, moderator):
    case = opened()
    answer = client.post(url(case, "uebernehmen/"), headers={"accept": "application/json"})
    assert answer.json()["held"] is True
    assert "Sie bearbeiten diesen Fall" in client.get(url(case)).content.decode()
    client.post(url(case, "abgeben/"))
    claim_case(case_id=case.pk, actor=moderator("Jörg Pohl"))
    answer = client.post(url(case, "uebernehmen/"), headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["held"]) == (409, False)
    assert "Jörg Pohl" in answer.json()["text"]
    assert client.post(url(case, "uebernehmen/")).status_code == 302
    answer = client.post(url(case), {"version": 1, "decision": "approve"})
    assert answer.status_code == 409
    assert "Jörg Pohl bearbeitet diesen Fall" in answer.content.decode()


def test_looking_at_a_case_changes_nothing(client, mira, opened):
    case = opened()
    client.get(url(case))
    client.head(url(case))
    case.refresh_from_db()
    assert (case.claimed_by, case.version) == (None, 1)


def test_the_letter_follows_the_form(client, mira, opened, rule):
    case = opened()
    typed = {"version": 1, "decision": "refuse", "rule": rule.pk, "reason": "Das greift <b>jemanden</b> an."}
    page = client.post(url(case, "brief/"), typed).content.decode()
    assert "Wir haben Ihr Ding nicht veröffentlicht" in page
    assert "Regel 3, „Respektvoller Ton“" in page
    assert "&lt;b&gt;jemanden" in page
    assert "kostenlos bis" in page
    assert "Wählen Sie eine Entscheidung" in client.post(url(case, "brief/"), {"decision": "quatsch"}).content.decode()


@pytest.mark.parametrize("more", ["", "brief/", "beitrag/", "uebernehmen/", "abgeben/"])
def test_unknown_cases_are_404_and_strangers_get_nowhere(client, mira, thing, opened, more):
    method = client.post if more not in ("", "beitrag/") else client.get
    for number in (999_999, 10**30):
        assert method(f"/cms/moderation/{number}/{more}").status_code == 404
    client.force_login(thing())
    case = opened()
    assert method(url(case, more)).status_code == 302
    case.refresh_from_db()
    assert case.claimed_by is None


def test_a_case_on_ones_own_initiative(client, mira, thing):
    item = thing("public")
    answer = client.post(f"/cms/moderation/neu/thing/{item.pk}/")
    case = Case.objects.get()
    assert answer["Location"] == url(case)
    assert case.reason == "own"
    assert client.post("/cms/moderation/neu/thing/999999/").status_code == 404
    assert client.post("/cms/moderation/neu/quatsch/1/").status_code == 404
    assert client.get(f"/cms/moderation/neu/thing/{item.pk}/").status_code == 405


def test_rules_get_new_words_and_keep_the_old(client, mira, rule):
    assert "Respektvoller Ton" in client.get("/cms/moderation/regeln/").content.decode()
    fields = {"title": "Ton", "text": "Neue Worte.", "ground": "terms", "provision": ""}
    assert client.post("/cms/moderation/regeln/3/", fields).status_code == 302
    page = client.get("/cms/moderation/regeln/3/").content.decode()
    assert "Neue Worte." in page
    assert "Kritik an Ideen ist erwünscht" in page
    assert client.post("/cms/moderation/regeln/0/", fields).status_code == 302
    assert "4 – Ton" in client.get("/cms/moderation/regeln/").content.decode()
    assert client.post("/cms/moderation/regeln/0/", {**fields, "ground": "law"}).status_code == 422
    assert client.get("/cms/moderation/regeln/99/").status_code == 404
