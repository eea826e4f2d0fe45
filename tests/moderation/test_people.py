"""Public names are looked at; measures about people come in steps, end by themselves, and stop every surface of writing."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.actions import confirm_address
from accounts.models import User
from common.database import now
from common.errors import Refused
from ideas.actions import change_idea, submit_idea, write_comment
from ideas.content import IdeaContent
from ideas.models import Comment, Idea, Topic
from moderation.actions import complain, decide, decide_complaint, open_case, report
from moderation.measures import require_may_write, stop_of
from moderation.models import Case, Decision, ProfileName, RuleVersion, Sanction
from tests import factories

pytestmark = pytest.mark.django_db
SETTINGS = "/mein/einstellungen/"
CONTENT = IdeaContent(
    "Sonnensegel für alle", "Ab elf Uhr ist die Rutsche am Lippeufer so heiß, dass kein Kind rutscht."
)


@pytest.fixture
def mira(moderator):
    return moderator("Mira Kaya")


@pytest.fixture
def idea():
    """Return an idea that waits, by somebody who has written nothing before."""
    return submit_idea(author=factories.person("Wolkenfeder"), campaign=factories.campaign(), content=CONTENT)


@pytest.fixture
def law(rule) -> RuleVersion:
    """Return the words of a rule that rests on a law."""
    said = {"title": "Strafbares", "text": "Wir zeigen nichts, was strafbar ist.", "provision": "§ 130 StGB"}
    return RuleVersion.objects.create(rule=type(rule.rule).objects.create(number=9), ground="law", **said)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def entered(person: User) -> Client:
    """Sign in as people do, so that the device is known."""
    client = Client()
    client.post("/konto/login/", {"login": person.email, "password": "Probe-Passwort-1"})
    return client


def measure(person: User, actor: User, decision: str, rule: RuleVersion | None = None, target: str = "") -> Decision:
    """Take a measure by the same action as the page."""
    with transaction.atomic():
        case = open_case("profile", person.pk, reason=Case.Reason.OWN)
    return decide(
        case_id=case.pk, version=case.version, actor=actor, decision=decision, rule_version=rule,
        reason="Drei Kommentare gegen eine Nachbarin.", target=target,
    )  # fmt: skip


def stopped(person: User) -> bool:
    return stop_of(person) is not None


def refused(act, *args, **given) -> Refused:
    with pytest.raises(Refused) as caught:
        act(*args, **given)
    return caught.value


def test_a_new_name_beside_read_words_waits_and_nobody_reads_it(idea, mira):
    answer = signed_in(idea.author).post(SETTINGS, {"display_name": "Rabenfeder"}, follow=True)
    assert "wartet, bis ihn jemand angesehen hat" in answer.content.decode()
    idea.author.refresh_from_db()
    assert idea.author.display_name == "Wolkenfeder"
    case = Case.objects.get(kind="profile", object_id=idea.author_id, state="open")
    page = signed_in(mira).get(f"/cms/moderation/{case.pk}/").content.decode()
    assert "Rabenfeder" in page
    assert "Namen freigeben" in page
    assert "Name bisher: Wolkenfeder" in page
    signed_in(mira).post(f"/cms/moderation/{case.pk}/", {"version": case.version, "decision": "approve"})
    idea.author.refresh_from_db()
    assert (idea.author.display_name, idea.author.name_key) == ("Rabenfeder", "rabenfeder")
    call_command("verify_audit", stdout=StringIO())


def test_who_has_written_nothing_changes_the_name_at_once():
    anna = factories.person("Anna")
    answer = signed_in(anna).post(SETTINGS, {"display_name": "Anna Neu"}, follow=True)
    assert "Ihr öffentlicher Name ist geändert." in answer.content.decode()
    assert not Case.objects.filter(kind="profile").exists()


def test_a_second_new_name_makes_the_first_decision_stale(idea, mira):
    client = signed_in(idea.author)
    client.post(SETTINGS, {"display_name": "Rabenfeder"})
    case = Case.objects.get(kind="profile", state="open")
    client.post(SETTINGS, {"display_name": "Krähenfuß"})
    said = refused(decide, case_id=case.pk, version=case.version, actor=mira, decision="approve")
    assert said.status == 409
    case.refresh_from_db()
    decide(case_id=case.pk, version=case.version, actor=mira, decision="approve")
    assert User.objects.get(pk=idea.author_id).display_name == "Krähenfuß"


def test_a_name_somebody_else_took_meanwhile_cannot_be_approved(idea, mira):
    signed_in(idea.author).post(SETTINGS, {"display_name": "Rabenfeder"})
    factories.person("Rabenfeder")
    case = Case.objects.get(kind="profile", state="open")
    said = refused(decide, case_id=case.pk, version=case.version, actor=mira, decision="approve")
    assert (said.status, "hat schon jemand" in str(said)) == (409, True)


def test_a_hidden_name_gives_way_to_a_neutral_one_until_another_is_approved(idea, mira, rule):
    entry = measure(idea.author, mira, "hide", rule)
    person = User.objects.get(pk=idea.author_id)
    assert person.display_name.startswith("Mitglied ")
    signed_in(person).post(SETTINGS, {"display_name": "Nebelfeder"})
    assert User.objects.get(pk=person.pk).display_name.startswith("Mitglied ")
    case = Case.objects.get(kind="profile", state="open")
    decide(case_id=case.pk, version=case.version, actor=mira, decision="approve")
    assert User.objects.get(pk=person.pk).display_name == "Nebelfeder"
    assert entry.scope
    call_command("verify_audit", stdout=StringIO())


def test_after_a_complaint_the_hidden_name_is_back(idea, mira, moderator, rule):
    entry = measure(idea.author, mira, "hide", rule)
    complaint = complain(code=entry.code, text="So heißt ein Vogel.")
    version = Case.objects.get(kind="complaint").version
    decide_complaint(
        complaint_id=complaint.pk,
        version=version,
        actor=moderator("Jonas Beck"),
        outcome="overturned",
        answer="Stimmt.",
    )
    assert User.objects.get(pk=idea.author_id).display_name == "Wolkenfeder"
    assert ProfileName.objects.get(person=idea.author).state == "public"


def test_no_pause_and_no_block_without_a_warning_in_force(idea, mira, rule):
    for decision in ("pause", "block"):
        assert refused(measure, idea.author, mira, decision, rule, "14").code == "no_warning"
    warning = measure(idea.author, mira, "warn", rule)
    Sanction.objects.filter(decision=warning).update(ends_at=now() - timedelta(seconds=1))
    assert refused(measure, idea.author, mira, "pause", rule, "14").code == "no_warning"
    assert not stopped(idea.author)


def test_the_database_refuses_a_stop_without_a_warning_on_every_road(idea, mira, rule):
    entry = measure(idea.author, mira, "warn", rule)
    warning = Sanction.objects.get(decision=entry)
    other = measure(idea.author, mira, "advise")
    Sanction.objects.filter(decision=other).delete()
    end = now() + timedelta(days=3)
    fine = {"person": idea.author, "step": "pause", "decision": other, "starts_at": now(), "ends_at": end}
    stranger = factories.person()
    for more in (
        {},
        {"is_manifest": True},
        {"after_warning": warning, "person": stranger},
        {"after_warning_id": 10**9},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Sanction.objects.create(**fine | more)
    Sanction.objects.create(**fine, after_warning=warning)


def test_manifestly_illegal_content_is_stopped_at_once_with_a_law(idea, mira, rule, law):
    assert refused(measure, idea.author, mira, "block", rule, "manifest").code == "not_illegal"
    entry = measure(idea.author, mira, "block", law, "manifest")
    assert stopped(idea.author)
    assert (entry.ground, Sanction.objects.get(decision=entry).is_manifest) == ("law", True)


def paused(idea: Idea, mira: User, rule: RuleVersion) -> Decision:
    """Warn the author of an idea, and pause their writing for a fortnight."""
    measure(idea.author, mira, "warn", rule)
    return measure(idea.author, mira, "pause", rule, "14")


def test_a_pause_stops_every_surface_of_writing_and_ends_by_itself(idea, mira, rule):
    entry, author, campaign = paused(idea, mira, rule), idea.author, idea.campaign
    other = factories.idea(campaign=campaign, author=factories.person())
    comment = Comment.objects.create(idea=other, author=author, text="Ein Satz.", created_at=now())
    roads = [
        lambda: submit_idea(author=author, campaign=campaign, content=CONTENT),
        lambda: change_idea(idea=idea, editor=author, content=IdeaContent("Neu", CONTENT.text)),
        lambda: write_comment(author=author, idea=other, text="Ein Satz."),
        lambda: report(kind="idea", object_id=other.pk, reason="other", reporter=author),
        lambda: require_may_write(author),
    ]
    for road in roads:
        said = refused(road)
        assert (said.code, said.status) == ("paused", 403)
        assert "bis einschließlich" in str(said)
    page = signed_in(author).post(f"/kommentare/{comment.pk}/bearbeiten/", {"text": "Anders", "version": 1})
    assert page.status_code in (403, 404, 422)
    assert (
        signed_in(author).put(f"/ideen/{other.pk}/unterstuetzung/", headers={"Accept": "application/json"}).status_code
        == 200
    )
    Sanction.objects.filter(decision=entry).update(ends_at=now() - timedelta(seconds=1))
    submit_idea(author=author, campaign=campaign, content=CONTENT)


def test_what_was_typed_stays_and_the_answer_says_until_when(idea, mira, rule):
    paused(idea, mira, rule)
    other = factories.idea(campaign=idea.campaign, author=factories.person())
    client = signed_in(idea.author)
    answer = client.post(f"/ideen/{other.pk}/kommentare/", {"text": "Mein langer Satz."})
    assert answer.status_code == 403
    assert "Mein langer Satz." in answer.content.decode()
    Topic.objects.create(name="Spiel", slug="spiel")
    fields = {"campaign": idea.campaign.slug, "title": "Eine Bank am Ufer", "topic": "spiel", "step": "submit"}
    fields |= {"text": f"Mein anderer Satz ist lang. {CONTENT.text}", "request_key": "einmal-9"}
    answer = client.post("/ideen/neu/", fields)
    page = answer.content.decode()
    assert answer.status_code == 403, answer.context["form"].errors
    assert "Mein anderer Satz ist lang." in page
    assert "Schreiben ist pausiert, bis einschließlich" in page
    assert "/bescheid/" in page


def test_a_block_signs_out_on_all_devices_and_votes_stay(idea, mira, rule):
    measure(idea.author, mira, "warn", rule)
    confirm_address(idea.author)
    client = entered(idea.author)
    assert client.get("/mein/").status_code == 200
    measure(idea.author, mira, "block", rule)
    assert client.get("/mein/").status_code in (302, 303)
    assert signed_in(idea.author).get("/mein/bescheide/").status_code == 200
    assert Sanction.objects.stops().get().ends_at is None


def test_a_lifted_measure_stops_nothing_and_names_who_lifted_it(idea, mira, rule):
    paused(idea, mira, rule)
    entry = measure(idea.author, mira, "lift")
    assert not stopped(idea.author)
    assert Sanction.objects.get(step="pause").lifted_by == entry


def test_an_overturned_complaint_lifts_the_measure_and_another_person_decides(idea, mira, moderator, rule):
    complaint = complain(code=paused(idea, mira, rule).code, text="Das war ich nicht.")
    version, given = Case.objects.get(kind="complaint").version, {"outcome": "overturned", "answer": "Stimmt."}
    said = refused(decide_complaint, complaint_id=complaint.pk, version=version, actor=mira, **given)
    assert said.status == 403
    decide_complaint(complaint_id=complaint.pk, version=version, actor=moderator("Jonas Beck"), **given)
    assert not stopped(idea.author)
    call_command("verify_audit", stdout=StringIO())


def test_the_page_takes_a_warning_and_a_pause_in_the_form(idea, mira, rule):
    desk, person = signed_in(mira), idea.author
    for decision, more in (("warn", {}), ("pause", {"days": "7"})):
        answer = desk.post(f"/cms/moderation/neu/profile/{person.pk}/")
        case = Case.objects.get(kind="profile", state="open")
        assert answer["Location"] == case.get_absolute_url()
        fields = {"version": case.version, "decision": decision, "rule": rule.pk, "reason": "Dreimal derselbe Ton."}
        draft = desk.post(f"/cms/moderation/{case.pk}/brief/", {**fields, **more}).content.decode()
        assert ("bis einschließlich" in draft) == (decision == "pause" or "Verwarnung" in draft)
        assert desk.post(f"/cms/moderation/{case.pk}/", {**fields, **more}).status_code == 303
    assert stopped(person)
    history = desk.get(f"/cms/moderation/personen/{person.pk}/").content.decode()
    assert "Schreibpause" in history
    assert "Verwarnung" in history
    assert person.display_name in desk.get("/cms/moderation/personen/").content.decode()


def test_a_pause_without_days_is_asked_for_and_nothing_typed_is_lost(idea, mira, rule):
    measure(idea.author, mira, "warn", rule)
    desk = signed_in(mira)
    desk.post(f"/cms/moderation/neu/profile/{idea.author_id}/")
    case = Case.objects.get(kind="profile", state="open")
    fields = {"version": case.version, "decision": "pause", "rule": rule.pk, "reason": "Dreimal derselbe Ton."}
    for days in ("", "0", "91", "x", "9" * 30):
        answer = desk.post(f"/cms/moderation/{case.pk}/", {**fields, "days": days})
        assert answer.status_code == 422
        assert "Dreimal derselbe Ton." in answer.content.decode()


def test_only_who_can_read_a_name_can_report_it(client, idea):
    assert client.get(f"/melden/profile/{idea.author_id}/").status_code == 404
    public = factories.idea(author=factories.person("Uferläufer"))
    assert client.get(f"/melden/profile/{public.author_id}/").status_code == 200
    assert client.get("/melden/profile/999999/").status_code == 404
