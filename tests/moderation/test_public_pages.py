"""What everybody sees: reports, letters."""

import json

import pytest
from django.utils import timezone

from accounts.models import User
from moderation.actions import decide, report
from moderation.models import Case, Report

pytestmark = pytest.mark.django_db
GOOD = {"reason": "insult", "text": "Im zweiten Satz.", "name": "", "email": "", "good_faith": "on", "website": ""}


def test_anybody_reports_and_gets_a_receipt(client, thing, moderator):
    item = thing("public")
    page = client.get(f"/melden/thing/{item.pk}/")
    assert item.display_name in page.content.decode()
    answer = client.post(f"/melden/thing/{item.pk}/", GOOD)
    entry = Report.objects.get()
    assert answer["Location"] == f"/meldung/{entry.code}/"
    assert item.display_name in entry.snapshot
    receipt = client.get(answer["Location"])
    assert "Danke, wir haben Ihre Meldung" in receipt.content.decode()
    assert receipt["X-Robots-Tag"].startswith("noindex")
    assert "no-store" in receipt["Cache-Control"]
    decide(case_id=entry.case_id, version=1, actor=moderator(), decision="approve")
    assert "Der Beitrag bleibt stehen" in client.get(answer["Location"]).content.decode()


def test_equal_reports_share_one_case_and_alone_never_hide(client, thing):
    item = thing("public")
    for _each in range(50):
        report(kind="thing", object_id=item.pk, reason="other", good_faith=True)
    item.refresh_from_db()
    case = Case.objects.get()
    assert (item.office, case.report_count, case.reports.count()) == ("public", 50, 50)


def test_what_came_by_report_says_so_in_the_letter_but_not_who(thing, moderator, rule, client):
    item = thing("public")
    entry = report(
        kind="thing", object_id=item.pk, reason="insult", name="Petra Petze", email="p@example.org", good_faith=True
    )
    decision = decide(
        case_id=entry.case_id, version=1, actor=moderator(), decision="hide", rule_version=rule, reason="Angriff."
    )
    page = client.get(f"/bescheid/{decision.code}/").content.decode()
    assert "Jemand hat den Beitrag gemeldet. Wer, erfahren Sie nicht." in page
    assert "Petze" not in page
    assert "nicht mehr zu lesen" in client.get(f"/meldung/{entry.code}/").content.decode()


@pytest.mark.parametrize("path", ["thing/999999", "thing/" + "9" * 30, "quatsch/1", "complaint/1"])
def test_what_cannot_be_seen_cannot_be_reported(client, thing, path):
    hidden = thing("hidden")
    for url in (f"/melden/{path}/", f"/melden/thing/{hidden.pk}/"):
        assert client.get(url).status_code == 404
        assert client.post(url, GOOD).status_code == 404
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": ""}, "Was stimmt nicht?"),
        ({"reason": "quatsch"}, "Was stimmt nicht?"),
        ({"good_faith": ""}, "in gutem Glauben"),
        ({"email": "keine"}, "E-Mail-Adresse"),
        ({"text": "x" * 4001}, "Zeichen"),
        ({"text": "a\x00b"}, "nicht speichern"),
        ({"website": "https://spam.example"}, "frei"),
    ],
)
def test_a_report_with_mistakes_comes_back_with_its_text(client, thing, changes, words):
    answer = client.post(f"/melden/thing/{thing('public').pk}/", {**GOOD, **changes})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    if "text" not in changes:
        assert "Im zweiten Satz." in page
    assert not Report.objects.exists()


def test_the_letter_has_every_part_and_is_private(client, refused):
    decision = refused()
    answer = client.get(f"/bescheid/{decision.code}/")
    page = answer.content.decode()
    for words in (
        "Wir haben Ihr Ding nicht veröffentlicht", "Uferläufer", f"M-{timezone.localtime(decision.decided_at):%Y}-0001",
        "Um diesen Beitrag geht es", "Ein Baum.",
        "Das greift jemanden an.", "Regel 3, „Respektvoller Ton“ (Fassung vom", "Ein Gesetz haben Sie damit",
        "bei unserer eigenen Prüfung", "kein Programm war beteiligt", "überall auf dieser Plattform", "ohne zeitliche Grenze",
        "kostenlos bis", "Streitbeilegungsstelle", f"/beschwerde/{decision.code}/",
    ):  # fmt: skip
        assert words in page, words
    assert "Mira Kaya" not in page
    assert answer["X-Robots-Tag"].startswith("noindex")
    assert "no-store" in answer["Cache-Control"]


def test_the_letter_for_machines_names_nobody(client, refused):
    decision = refused()
    said = json.loads(client.get(f"/bescheid/{decision.code}.json").content)
    assert said["decision_ground"] == "DECISION_GROUND_INCOMPATIBLE_CONTENT"
    assert said["automated_decision"] == "AUTOMATED_DECISION_NOT_AUTOMATED"
    words = json.dumps(said, ensure_ascii=False)
    assert not [name for name in User.objects.values_list("display_name", flat=True) if name in words]


def test_codes_nobody_was_given_are_not_found(client, refused):
    refused()
    for path in ("bescheid/abc/", "bescheid/abc.json", "beschwerde/abc/", "meldung/abc/", "meldung/abc/beschwerde/"):
        assert client.get(f"/{path}").status_code == 404
