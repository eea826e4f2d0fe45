"""Complaining, and the second look by another person."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction

from accounts.models import User
from common.database import now
from common.errors import Refused
from moderation.actions import complain, complain_as_reporter, decide, decide_complaint, open_case, report
from moderation.models import Case, Complaint, Decision, Report
from moderation.queries import letter
from moderation.queries.complaints import Share, overturned_share
from tests.factories import deliver_outbox
from tests.moderation.guards import lifted

pytestmark = pytest.mark.django_db


def url(decision: Decision) -> str:
    return f"/beschwerde/{decision.code}/"


def state(decision: Decision) -> str:
    return User.objects.get(pk=decision.object_id).office


def late(decision: Decision, **ago: float) -> None:
    with lifted("moderation_decision"):
        Decision.objects.filter(pk=decision.pk).update(complaint_until=now() - timedelta(**ago))


def test_the_author_complains_once_from_the_letter_without_signing_in(client, refused):
    decision = refused()
    assert "Beschwerde absenden" in client.get(url(decision)).content.decode()
    assert client.post(url(decision), {"text": " "}).status_code == 422
    answer = client.post(url(decision), {"text": "Das war nicht so gemeint."})
    assert answer["Location"] == url(decision)
    assert "Wir haben Ihre Beschwerde" in client.get(url(decision)).content.decode()
    again = client.post(url(decision), {"text": "Noch einmal."})
    assert again.status_code == 409
    assert Complaint.objects.count() == 1
    assert Case.objects.get(kind="complaint").reason == "complaint"
    assert state(decision) == "refused"


def test_the_window_is_open_on_day_182_and_then_closes_with_a_date(client, refused):
    decision = refused()
    assert decision.complaint_until - decision.decided_at > timedelta(days=182)
    late(decision, seconds=1)
    for answer in (client.get(url(decision)), client.post(url(decision), {"text": "Zu spät?"})):
        assert answer.status_code == 410
        assert "Die Frist für eine Beschwerde endete am" in answer.content.decode()


def test_against_an_approval_nobody_can_complain(client, opened, moderator):
    decision = decide(case_id=opened().pk, version=1, actor=moderator(), decision="approve")
    assert client.get(url(decision)).status_code == 404
    assert client.post(url(decision), {"text": "Doch!"}).status_code == 404


def test_whoever_decided_first_cannot_answer_neither_by_page_nor_in_the_database(client, refused):
    decision = refused()
    complaint = complain(code=decision.code, text="Nein.")
    client.force_login(decision.actor)
    page = f"/cms/moderation/beschwerden/{complaint.pk}/"
    assert "Diese Entscheidung haben Sie selbst getroffen" in client.get(page).content.decode()
    answer = client.post(page, {"version": 1, "outcome": "upheld", "answer": "Bleibt so."})
    assert answer.status_code == 403
    with pytest.raises(Refused) as refusal:
        decide_complaint(complaint_id=complaint.pk, version=1, actor=decision.actor, outcome="upheld", answer="x")
    assert refusal.value.status == 403
    with pytest.raises(DatabaseError), transaction.atomic():
        Complaint.objects.filter(pk=complaint.pk).update(decided_by=decision.actor)


@pytest.mark.parametrize(("first", "before", "after"), [("refuse", "waiting", "public"), ("hide", "public", "public")])
def test_a_successful_complaint_brings_the_contribution_back(client, refused, moderator, first, before, after):
    decision = refused(first, before)
    complaint = complain(code=decision.code, text="Das war ein Zitat.")
    client.force_login(moderator("Jörg Pohl"))
    page = f"/cms/moderation/beschwerden/{complaint.pk}/"
    assert "Das war ein Zitat." in client.get(page).content.decode()
    answer = client.post(page, {"version": 1, "outcome": "overturned", "answer": "Sie haben recht."})
    assert answer["Location"] == "/cms/moderation/beschwerden/"
    assert state(decision) == after
    second = Complaint.objects.get().second_decision
    assert (second.source, second.object_id, second.state_after) == ("complaint", decision.object_id, after)
    assert Case.objects.get(kind="complaint").state == "decided"
    public = client.get(url(decision)).content.decode()
    assert "Ihre Beschwerde hatte Erfolg" in public
    letter = client.get(f"/bescheid/{second.code}/").content.decode()
    assert "Sie haben recht." in letter
    assert "Sie haben sich beschwert." in letter


def test_a_decision_that_stands_is_answered_and_recorded_too(client, refused, moderator):
    decision = refused()
    complaint = complain(code=decision.code, text="Nein.")
    decide_complaint(
        complaint_id=complaint.pk, version=1, actor=moderator("Jörg Pohl"), outcome="upheld", answer="Bleibt."
    )
    complaint.refresh_from_db()
    assert (complaint.outcome, complaint.second_decision.decision, state(decision)) == ("upheld", "uphold", "refused")
    letter = client.get(f"/bescheid/{complaint.second_decision.code}/").content.decode()
    assert "Unsere Entscheidung bleibt bestehen" in letter
    assert client.get(url(complaint.second_decision)).status_code == 404


def test_a_complaint_is_answered_once_and_not_on_the_page_of_cases(client, refused, moderator):
    decision = refused()
    complaint = complain(code=decision.code, text="Nein.")
    case = Case.objects.get(kind="complaint")
    joerg = moderator("Jörg Pohl")
    client.force_login(joerg)
    assert client.get(f"/cms/moderation/{case.pk}/")["Location"] == f"/cms/moderation/beschwerden/{complaint.pk}/"
    with pytest.raises(Refused):
        decide(case_id=case.pk, version=1, actor=joerg, decision="approve")
    data = {"version": 1, "outcome": "upheld", "answer": "Bleibt."}
    page = f"/cms/moderation/beschwerden/{complaint.pk}/"
    assert client.post(page, {**data, "answer": ""}).status_code == 422
    assert client.post(page, {**data, "outcome": "quatsch"}).status_code == 422
    assert client.post(page, {**data, "version": ""}).status_code == 422
    assert client.post(page, {**data, "version": 9}).status_code == 409
    assert client.post(page, data).status_code == 302
    assert client.post(page, data).status_code == 409
    assert client.get("/cms/moderation/beschwerden/999999/").status_code == 404
    assert Decision.objects.count() == 2


def test_what_the_author_took_away_meanwhile_stays_away(refused, moderator):
    decision = refused()
    complaint = complain(code=decision.code, text="Nein.")
    User.objects.filter(pk=decision.object_id).update(office="withdrawn")
    decide_complaint(
        complaint_id=complaint.pk, version=1, actor=moderator("Jörg Pohl"), outcome="overturned", answer="Ja."
    )
    assert state(decision) == "withdrawn"


def test_the_helper_of_these_tests_puts_the_guards_back(refused):
    decision = refused()
    late(decision, days=1)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE moderation_decision SET reason = 'x'")


def reported(thing, moderator, decision: str = "approve", **more) -> Report:
    """Return a report that Mira Kaya has decided on."""
    item = thing("public")
    mira = User.objects.filter(display_name="Mira Kaya").first() or moderator("Mira Kaya")
    entry = report(kind="thing", object_id=item.pk, reason="insult", email="p@example.org", good_faith=True)
    decide(case_id=entry.case_id, version=1, actor=mira, decision=decision, **more)
    return entry


def test_a_reporter_who_was_refused_complains_from_the_status_page(client, thing, moderator, rule):
    entry = reported(thing, moderator)
    at = f"/meldung/{entry.code}/"
    assert f"{at}beschwerde/" in client.get(at).content.decode()
    assert "kostenlos" in client.get(at).content.decode()
    assert client.post(f"{at}beschwerde/", {"text": " "}).status_code == 422
    assert client.post(f"{at}beschwerde/", {"text": "Doch, das beleidigt."})["Location"] == at
    assert client.post(f"{at}beschwerde/", {"text": "Noch einmal."}).status_code == 409
    assert client.get(f"{at}beschwerde/")["Location"] == at
    complaint = Complaint.objects.get()
    client.force_login(moderator("Jörg Pohl"))
    page = f"/cms/moderation/beschwerden/{complaint.pk}/"
    assert "Person, die den Beitrag gemeldet hat" in client.get(page).content.decode()
    data = {"version": 1, "outcome": "overturned", "answer": "Sie haben recht.", "reason": "Das greift jemanden an."}
    assert client.post(page, data).status_code == 422
    assert client.post(page, {**data, "rule_version": rule.pk}).status_code == 302
    second = Complaint.objects.get().second_decision
    assert (second.decision, second.source, second.reason) == ("hide", "report", "Das greift jemanden an.")
    assert second.complaint_until > second.decided_at
    assert User.objects.get(pk=entry.object_id).office == "hidden"
    told = client.get(at).content.decode()
    assert "Ihre Beschwerde hatte Erfolg" in told
    assert "Sie haben recht." in told
    assert "Jemand hat den Beitrag gemeldet" in client.get(f"/bescheid/{second.code}/").content.decode()
    deliver_outbox()
    assert [message.subject for message in mail.outbox][-1] == "Die Antwort auf Ihre Beschwerde"
    assert "Sie haben recht." in mail.outbox[-1].body


def test_an_answer_to_a_reporter_is_no_letter_to_the_author(thing, moderator):
    entry = reported(thing, moderator)
    complaint = complain_as_reporter(code=entry.code, text="Doch.")
    decide_complaint(
        complaint_id=complaint.pk, version=1, actor=moderator("Jörg Pohl"), outcome="upheld", answer="Es bleibt dabei."
    )
    complaint.refresh_from_db()
    assert not letter(complaint.second_decision).wanted
    assert User.objects.get(pk=entry.object_id).office == "public"


def test_a_reporter_cannot_complain_before_a_decision_nor_when_we_acted_nor_too_late(client, thing, moderator, rule):
    waiting = report(kind="thing", object_id=thing("public").pk, reason="other", good_faith=True)
    acted = reported(thing, moderator, "hide", rule_version=rule, reason="Ton.")
    for entry, words in ((waiting, "noch nicht entschieden"), (acted, "Wir sind Ihrer Meldung gefolgt")):
        url_ = f"/meldung/{entry.code}/beschwerde/"
        for answer in (client.get(url_), client.post(url_, {"text": "Nein."})):
            assert answer.status_code == 409
            assert words in answer.content.decode()
    old = reported(thing, moderator)
    for days, status in ((182, 200), (190, 410)):
        with lifted("moderation_decision"):
            Decision.objects.filter(case=old.case_id).update(decided_at=now() - timedelta(days=days))
        answer = client.get(f"/meldung/{old.code}/beschwerde/")
        assert answer.status_code == status
    assert "Die Frist für eine Beschwerde endete am" in answer.content.decode()


def test_what_was_shown_again_meanwhile_or_hidden_anew_for_another_reason_stays_so(thing, refused, moderator, rule):
    joerg = moderator("Jörg Pohl")
    for rounds, after in ((("restore",), "public"), (("restore", "hide"), "hidden")):
        decision = refused("hide", "public")
        complaint = complain(code=decision.code, text="Nein.")
        for what in rounds:
            case = again(decision)
            reasons = {"rule_version": rule, "reason": "Neu."} if what == "hide" else {}
            decide(case_id=case.pk, version=case.version, actor=joerg, decision=what, **reasons)
        case = Case.objects.get(kind="complaint", object_id=complaint.pk)
        decide_complaint(
            complaint_id=complaint.pk, version=case.version, actor=joerg, outcome="overturned", answer="Ja."
        )
        assert state(decision) == after


def again(decision: Decision) -> Case:
    """Open a case on the same contribution once more."""
    with transaction.atomic():
        return open_case(decision.kind, decision.object_id, reason=Case.Reason.OWN)


def test_the_overturned_share_is_counted_by_who_complained(thing, refused, moderator):
    since, joerg = now() - timedelta(minutes=1), moderator("Jörg Pohl")
    for outcome in ("upheld", "overturned", "overturned"):
        complaint = complain(code=refused().code, text="Nein.")
        decide_complaint(complaint_id=complaint.pk, version=1, actor=joerg, outcome=outcome, answer="Antwort.")
    entry = reported(thing, moderator)
    complaint = complain_as_reporter(code=entry.code, text="Doch.")
    decide_complaint(complaint_id=complaint.pk, version=1, actor=joerg, outcome="upheld", answer="Nein.")
    until = now() + timedelta(minutes=1)
    assert overturned_share(since, until) == Share(4, 2)
    assert overturned_share(since, until, by_reporters=True) == Share(1, 0)
    assert overturned_share(since, until, by_reporters=False).percent == pytest.approx(200 / 3)
    assert overturned_share(until, until).percent is None
