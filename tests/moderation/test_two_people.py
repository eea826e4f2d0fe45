"""Rules for two people, notes, and letter templates with a closed list of placeholders."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import User
from common.errors import Refused
from moderation.actions import complain, decide, decide_complaint, open_case
from moderation.actions.notes import add_note
from moderation.actions.proposals import agree, decline, propose
from moderation.models import Case, CaseEvent, Decision, LetterTemplate, Note, Proposal, Rule

pytestmark = pytest.mark.django_db


@pytest.fixture
def grave(rule):
    """Return the words of a rule that needs two people."""
    Rule.objects.filter(pk=rule.rule_id).update(needs_second=True)
    rule.rule.refresh_from_db()
    return rule


@pytest.fixture
def mira(moderator):
    return moderator("Mira Kaya")


@pytest.fixture
def jonas(moderator):
    return moderator("Jonas Beck")


def desk(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def refused(act, **given) -> Refused:
    with pytest.raises(Refused) as caught:
        act(**given)
    return caught.value


def proposed(case: Case, actor: User, rule) -> Proposal:
    given = {"decision": "refuse", "rule_version": rule, "reason": "Das greift jemanden an."}
    return propose(case_id=case.pk, version=case.version, actor=actor, **given)


def test_a_rule_for_two_is_proposed_by_one_and_decided_by_another(opened, mira, jonas, grave):
    case = opened()
    fields = {"version": 1, "decision": "refuse", "rule": grave.pk, "reason": "Das greift jemanden an."}
    assert desk(mira).post(f"/cms/moderation/{case.pk}/", fields).status_code == 303
    assert not Decision.objects.exists()
    proposal = Proposal.objects.get()
    own = desk(mira).get(f"/cms/moderation/{case.pk}/").content.decode()
    assert "Das ist Ihr eigener Vorschlag" in own
    page = desk(jonas).get(f"/cms/moderation/{case.pk}/").content.decode()
    assert "Vorschlag für zwei" in page
    desk(jonas).post(f"/cms/moderation/vorschlaege/{proposal.pk}/", {"answer": "agree", "word": "Sehe ich auch so."})
    entry = Decision.objects.get()
    proposal.refresh_from_db()
    assert (entry.actor, proposal.state, proposal.decision) == (jonas, "agreed", entry)
    for words in ("Mira Kaya", "Jonas Beck", "Sehe ich auch so."):
        assert words in entry.note
    logged = list(CaseEvent.objects.filter(case=case).values_list("kind", flat=True))
    assert {"proposed", "confirmed", "decided"} <= set(logged)


def test_no_road_decides_by_such_a_rule_alone(opened, mira, grave):
    case = opened()
    given = {"decision": "refuse", "rule_version": grave, "reason": "Das greift jemanden an."}
    said = refused(decide, case_id=case.pk, version=1, actor=mira, **given)
    assert (said.code, said.status) == ("needs_second", 422)


def test_nobody_agrees_to_their_own_proposal_not_even_in_the_database(opened, mira, grave):
    proposal = proposed(opened(), mira, grave)
    assert refused(agree, proposal_id=proposal.pk, actor=mira).status == 403
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(second=mira)


def test_a_declined_proposal_needs_a_word_and_the_case_goes_on_waiting(opened, mira, jonas, grave):
    case = opened()
    proposal = proposed(case, mira, grave)
    assert refused(decline, proposal_id=proposal.pk, actor=jonas, word=" ").status == 422
    decline(proposal_id=proposal.pk, actor=jonas, word="Das ist nur scharf.")
    case.refresh_from_db()
    assert (case.state, Decision.objects.count()) == ("open", 0)
    assert refused(agree, proposal_id=proposal.pk, actor=jonas).status == 409
    assert proposed(case, mira, grave).state == "open"


def test_a_proposal_is_stale_when_the_case_has_changed(opened, mira, jonas, grave):
    case = opened()
    proposal = proposed(case, mira, grave)
    Case.objects.filter(pk=case.pk).update(version=2)
    assert refused(agree, proposal_id=proposal.pk, actor=jonas).code == "stale"
    case.refresh_from_db()
    decide(case_id=case.pk, version=2, actor=jonas, decision="approve")
    proposal.refresh_from_db()
    assert proposal.state == "stale"


def test_one_proposal_at_a_time(opened, mira, jonas, grave):
    case = opened()
    proposed(case, mira, grave)
    with pytest.raises(Refused) as caught:
        proposed(case, jonas, grave)
    assert caught.value.code == "proposed"


def test_neither_of_the_two_decides_the_complaint(opened, mira, jonas, moderator, grave):
    entry = agree(proposal_id=proposed(opened(), mira, grave).pk, actor=jonas)
    complaint = complain(code=entry.code, text="Das stimmt nicht.")
    given = {"complaint_id": complaint.pk, "outcome": "upheld", "answer": "Doch."}
    version = Case.objects.get(kind="complaint").version
    for actor in (mira, jonas):
        assert refused(decide_complaint, version=version, actor=actor, **given).status == 403
    decide_complaint(version=version, actor=moderator("Ada Lind"), **given)


def test_notes_stand_on_the_case_and_nowhere_public(client, opened, mira):
    case = opened()
    desk(mira).post(f"/cms/moderation/{case.pk}/notiz/", {"text": "Am Telefon nachgefragt."})
    assert Note.objects.get().case == case
    assert "Am Telefon nachgefragt." in desk(mira).get(f"/cms/moderation/{case.pk}/").content.decode()
    entry = decide(case_id=case.pk, version=1, actor=mira, decision="approve")
    assert "Telefon" not in client.get(f"/bescheid/{entry.code}/").content.decode()
    assert refused(add_note, author=mira, case=case, text="x" * 2001).status == 422
    assert refused(add_note, author=mira, case=case, text=" ").status == 422


@pytest.mark.parametrize("text", ["Guten Tag {nme}", "{user.__init__}", "{{7*7}}", "{ name }", "Rest {", "}", "{}"])
def test_unknown_placeholders_are_refused_at_saving_with_those_that_exist(mira, text):
    with pytest.raises(ValidationError) as caught:
        LetterTemplate(title="Ton", text=text).full_clean()
    assert "{titel}" in str(caught.value)
    answer = desk(mira).post("/cms/moderation/vorlagen/new/", {"title": "Ton", "text": text, "decision": ""})
    assert answer.status_code == 200
    assert "{titel}" in answer.content.decode()
    assert not LetterTemplate.objects.exists()


def test_a_template_is_kept_in_the_admin_and_only_by_moderators(mira):
    fields = {"title": "Ton", "text": "Guten Tag, {name}. %(x)s", "decision": "refuse", "is_offered": "on"}
    desk(mira).post("/cms/moderation/vorlagen/new/", fields)
    assert LetterTemplate.objects.get().text == "Guten Tag, {name}. %(x)s"
    assert "Ton" in desk(mira).get("/cms/moderation/vorlagen/").content.decode()
    citizen = User.objects.create_user("ben@example.org", display_name="Ben")
    assert desk(citizen).get("/cms/moderation/vorlagen/").status_code in (302, 303, 403)


def test_a_template_is_put_into_the_reason_without_a_script_and_nothing_is_decided(opened, mira, rule):
    case = opened()
    Case.objects.filter(pk=case.pk).update(author_name="{titel}")
    template = LetterTemplate.objects.create(title="Ton", text="Guten Tag, {name}: zu „{titel}“. %(x)s bis {frist}")
    fields = {
        "version": 1,
        "decision": "refuse",
        "rule": rule.pk,
        "reason": "Vorweg.",
        "template": template.pk,
        "insert": "1",
    }
    page = desk(mira).post(f"/cms/moderation/{case.pk}/", fields).content.decode()
    assert "Guten Tag, {titel}: zu „Ding 0“. %(x)s bis " in page
    assert "Vorweg." in page
    assert not Decision.objects.exists()


def test_measures_are_not_for_staff(mira, jonas, rule):
    with transaction.atomic():
        case = open_case("profile", jonas.pk, reason=Case.Reason.OWN)
    given = {"decision": "warn", "rule_version": rule, "reason": "Der Ton."}
    assert refused(decide, case_id=case.pk, version=1, actor=mira, **given).code == "staff"
