"""Reporting: who has to say what, how many, the receipt by mail, what it becomes in the case."""

import altcha
import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import User
from common.buckets import forget_full
from common.database import now
from common.models import Bucket
from moderation.actions import close_case, decide, report
from moderation.actions.pace import PER_HOUR_PLAIN, Sender, forget_spent, network_of
from moderation.models import Case, Report, ReportMail, SpentProof
from moderation.puzzles import new_puzzle, read_solution
from tests import factories
from tests.factories import deliver_outbox

pytestmark = pytest.mark.django_db
GOOD = {"reason": "insult", "text": "Im zweiten Satz.", "name": "", "email": "", "good_faith": "on", "website": ""}


def solved(puzzle: str) -> str:
    """Do what the browser does."""
    import json

    challenge = altcha.Challenge.from_dict(json.loads(puzzle))
    return altcha.Payload(challenge, altcha.solve_challenge(challenge)).to_base64()


def send(client, item, **changes):
    return client.post(f"/melden/thing/{item.pk}/", {**GOOD, **changes})


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"reason": "illegal"}, ("verlangt das Gesetz",)),
        ({"reason": "illegal", "text": "", "name": "P", "email": "p@example.org"}, ("für verboten halten",)),
        ({"reason": "illegal", "name": "Petra", "email": "p@example.org"}, ()),
        ({"reason": "child"}, ()),
        ({"reason": "other", "text": ""}, ()),
    ],
)
def test_who_says_that_something_is_illegal_says_why_and_who_but_not_with_the_abuse_of_children(
    client, thing, changes, missing
):
    answer = send(client, thing("public"), **changes)
    assert answer.status_code == (422 if missing else 302)
    assert all(words in answer.content.decode() for words in missing)
    assert Report.objects.exists() is not bool(missing)


def test_whoever_is_signed_in_need_not_say_who_they_are(client, thing):
    person = User.objects.create_user("petra@example.org", display_name="Petra")
    client.force_login(person)
    item = thing("public")
    assert "Ihr Name" not in client.get(f"/melden/thing/{item.pk}/").content.decode()
    assert send(client, item, reason="illegal").status_code == 302
    deliver_outbox()
    assert [message.to for message in mail.outbox] == [["petra@example.org"]]


def test_receipt_and_outcome_come_by_mail_once_with_the_way_to_complain(client, thing, moderator):
    item = thing("public")
    at = send(client, item, email="p@example.org")["Location"]
    deliver_outbox()
    entry = Report.objects.get()
    decide(case_id=entry.case_id, version=1, actor=moderator(), decision="approve")
    deliver_outbox()
    deliver_outbox()
    first, second = mail.outbox
    assert first.subject == "Wir haben Ihre Meldung"
    assert at in first.body
    assert "Im zweiten Satz" not in first.body + second.body
    assert "verstößt er weder gegen eine Regel" in second.body
    assert f"{at}beschwerde/" in second.body
    assert "&" not in first.body + second.body
    assert ReportMail.objects.filter(mailed_at=None).count() == 0


def test_who_reported_what_its_author_took_away_is_told_too(client, thing):
    item = thing("public")
    at = send(client, item, email="p@example.org")["Location"]
    close_case("thing", item.pk)
    deliver_outbox()
    assert "Der Beitrag ist nicht mehr da" in client.get(at).content.decode()
    assert len(mail.outbox) == 2
    assert client.get(f"{at}beschwerde/").status_code == 409


def test_the_same_form_sent_twice_is_one_report(client, thing):
    item = thing("public")
    key = "6f0c7b0e-7a5f-4d4e-9f4e-2c4b7f0d2a11"
    answers = [send(client, item, key=key) for _each in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert (Report.objects.count(), Case.objects.get().report_count) == (1, 1)


def test_without_a_solved_puzzle_fewer_reports_get_through_and_nothing_typed_is_lost(client, thing):
    item = thing("public")
    codes = [send(client, item).status_code for _each in range(PER_HOUR_PLAIN + 1)]
    assert codes == [302] * PER_HOUR_PLAIN + [429]
    answer = send(client, item)
    assert "Im zweiten Satz." in answer.content.decode()
    assert "schalten Sie in Ihrem Browser JavaScript ein" in answer.content.decode()
    assert "in 12 Minuten" in answer.content.decode()
    assert 0 < int(answer["Retry-After"]) <= 720
    assert send(client, item, solution=solved(new_puzzle())).status_code == 302
    assert Report.objects.count() == PER_HOUR_PLAIN + 1


def test_a_solution_counts_once_and_a_wrong_one_never(client, thing):
    item = thing("public")
    for _each in range(PER_HOUR_PLAIN):
        send(client, item)
    solution = solved(new_puzzle())
    assert [send(client, item, solution=solution).status_code for _each in range(2)] == [302, 429]
    for wrong in ("x", "e30=", "[" * 3000, solution[:-8], "9" * 4001):
        assert read_solution(wrong) is None
        assert send(client, item, solution=wrong).status_code in (422, 429)


def test_limits_are_counted_in_the_database_and_forgotten_after_their_hour(thing):
    item = thing("public")
    report(kind="thing", object_id=item.pk, reason="other", sender=Sender("192.0.2.7", None, solved(new_puzzle())))
    assert "192.0.2.7" not in Bucket.objects.get().name
    Bucket.objects.update(ahead=0)
    SpentProof.objects.update(expires_at=now() - timezone.timedelta(seconds=1))
    assert (forget_full(), forget_spent()) == (1, 1)
    assert network_of("2001:db8::1") == network_of("2001:db8::ffff") != network_of("2001:db8:0:1::1")
    assert (network_of("::ffff:192.0.2.7"), network_of("x")) == ("192.0.2.7", "unknown")


def test_fifty_fresh_accounts_reporting_one_thing_leave_it_public_in_one_flagged_case(thing, moderator):
    item = thing("public")
    for number in range(50):
        person = User.objects.create_user(f"neu{number}@example.org", display_name=f"Neu {number}")
        report(kind="thing", object_id=item.pk, reason="insult", good_faith=True, reporter=person)
    item.refresh_from_db()
    case = Case.objects.get()
    assert (item.office, case.report_count, case.state) == ("public", 50, "open")
    assert "sehr viele Meldungen" in case.marks
    assert "viele Meldungen von neuen Konten" in case.marks
    # Whoever has the case open decides on what they saw, however many come in meanwhile.
    decide(case_id=case.pk, version=1, actor=moderator(), decision="approve")


def test_what_was_reported_stays_as_it_was_when_it_is_changed_or_hidden(client, thing):
    item = thing("public")
    send(client, item)
    User.objects.filter(pk=item.pk).update(display_name="Ganz anders", office="hidden")
    entry = Report.objects.get()
    assert entry.snapshot.startswith(item.display_name)
    assert (entry.subject_version, entry.address) == (1, "http://127.0.0.1:8000/")
    assert item.display_name in client.get(f"/meldung/{entry.code}/").content.decode()


def test_what_is_hidden_and_what_never_was_get_the_same_clear_answer(client, thing):
    hidden = thing("hidden")
    answers = [client.get(url) for url in (f"/melden/thing/{hidden.pk}/", "/melden/thing/999999/", "/melden/nix/1/")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert "Das ist nicht (mehr) öffentlich" in answers[0].content.decode()
    assert "Im zweiten Satz." in send(client, hidden).content.decode()


def test_a_grave_reason_makes_the_case_grave(client, thing):
    send(client, thing("public"), reason="child")
    assert Case.objects.get().risk == Case.Risk.GRAVE


def test_the_contact_point_stands_in_every_footer_and_names_languages(client):
    assert '<a href="/kontaktstelle/">Kontaktstelle</a>' in client.get("/ideen/").content.decode()
    page = client.get("/kontaktstelle/").content.decode()
    assert "Deutsch, Englisch" in page
    assert "Verordnung (EU) 2022/2065" in page


def test_beside_a_contribution_the_person_can_be_reported(client):
    idea = factories.idea(title="Eine Bank am Markt", author=factories.person("Blöder Name"))
    at = f"/melden/idea/{idea.pk}/"
    assert "um die Person: den Namen „Blöder Name“" in client.get(at).content.decode()
    for about, kind, number in (("thing", "idea", idea.pk), ("person", "profile", idea.author_id)):
        client.post(at, {**GOOD, "about": about})
        entry = Report.objects.latest("pk")
        assert (entry.kind, entry.object_id) == (kind, number)
    assert entry.text.endswith(f"http://127.0.0.1:8000{idea.get_absolute_url()}")
    assert client.post(at, {**GOOD, "about": "quatsch"}).status_code == 422
