"""Bad luck of those outside the town hall, and of many cases at once: clear answers, nothing lost, no 500."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from common import outbox
from common.database import replayed_at
from common.models import Delivery
from ideas.actions import change_idea, hide_idea, merge_ideas, submit_idea, withdraw_idea
from ideas.content import IdeaContent
from ideas.models import Idea
from moderation.actions import decide, open_case, report
from moderation.actions.proposals import propose
from moderation.models import Case, Complaint, ContactMessage, Decision, Proposal, Remit, Report, Rule, RuleVersion
from tests import factories
from tests.moderation.test_audit import verify

pytestmark = pytest.mark.django_db
TEXT = "Ein Segel über dem Sand hilft allen Kindern am Ufer."
WORDS = "Das habe ich lange getippt."
LONG = ("Wort " * 20_000)[:19_999] + "."
GOOD = {"reason": "insult", "text": WORDS, "good_faith": "on", "website": ""}


@pytest.fixture
def mira(moderator: Callable[..., User]) -> User:
    return moderator("Mira Kaya")


@pytest.fixture
def desk(mira: User) -> Client:
    return entered(mira)


def entered(person: User) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


@pytest.fixture
def idea() -> Idea:
    return factories.idea(title="Sonnensegel", author=factories.person("Federwolke"))


def case_on(idea: Idea) -> Case:
    """Open a case on an idea and return it."""
    with transaction.atomic():
        return open_case("idea", idea.pk, reason="own")


def hidden(idea: Idea, mira: User, rule: RuleVersion) -> Decision:
    case = case_on(idea)
    words = {"decision": "hide", "rule_version": rule, "reason": "Das greift jemanden an."}
    return decide(case_id=case.pk, version=case.version, actor=mira, **words)


def test_fifty_fresh_accounts_report_one_idea_and_it_stays(idea, desk):
    for number in range(50):
        person = User.objects.create_user(f"neu{number}@example.org", display_name=f"Neu {number}")
        assert entered(person).post(f"/melden/idea/{idea.pk}/", GOOD).status_code == 302
    case = Case.objects.get()
    assert (case.report_count, case.version, Idea.objects.get().state) == (50, 1, "public")
    assert Client().get(idea.get_absolute_url()).status_code == 200
    page = desk.get(f"/cms/moderation/{case.pk}/").content.decode()
    assert "viele Meldungen von neuen Konten" in page
    assert desk.post(f"/cms/moderation/{case.pk}/", {"version": 1, "decision": "approve"}).status_code == 303
    assert verify()[0] == 0


@pytest.mark.parametrize("signed_in", [False, True])
def test_what_is_hidden_while_the_form_is_open_is_reported_no_more_and_the_words_come_back(idea, signed_in):
    browser = entered(factories.person()) if signed_in else Client()
    assert browser.get(f"/melden/idea/{idea.pk}/").status_code == 200
    with transaction.atomic():
        hide_idea(idea.pk)
    answer = browser.post(f"/melden/idea/{idea.pk}/", GOOD)
    assert answer.status_code == 404
    assert WORDS in answer.content.decode()
    assert "Sonnensegel" not in answer.content.decode()
    assert not Report.objects.exists()


def test_reports_before_and_after_something_is_hidden_have_a_status_page(idea, desk, mira, rule):
    at = Client().post(f"/melden/idea/{idea.pk}/", GOOD)["Location"]
    case = Case.objects.get()
    decide(case_id=case.pk, version=1, actor=mira, decision="hide", rule_version=rule, reason="Nein.")
    page = Client().get(at)
    assert page.status_code == 200
    assert "nicht mehr zu lesen" in page.text or "ist nicht mehr" in page.text
    assert Client().get(f"{at}beschwerde/").status_code == 409


@pytest.mark.parametrize(("days", "status"), [(0, 302), (182, 302), (184, 302), (185, 410), (400, 410)])
@pytest.mark.parametrize("who", ["author", "reporter"])
def test_a_complaint_on_day_182_and_after(idea, mira, rule, days, status, who):
    if who == "author":
        entry = hidden(idea, mira, rule)
        at = f"/beschwerde/{entry.code}/"
    else:
        sent = report(kind="idea", object_id=idea.pk, reason="insult", good_faith=True)
        entry = decide(case_id=sent.case_id, version=1, actor=mira, decision="approve")
        at = f"/meldung/{sent.code}/beschwerde/"
    # Days as people count them: so many times 24 hours is another day when the clock has changed in between.
    moment = timezone.localtime(entry.decided_at) + timedelta(days=days)
    with replayed_at(moment if days == 0 else moment.replace(hour=12)):
        assert Client().get(at).status_code == (200 if status == 302 else 410)
        answer = Client().post(at, {"text": WORDS})
    assert answer.status_code == status
    assert Complaint.objects.count() == (status == 302)
    if status == 410:
        assert "endete am" in answer.content.decode()
        assert WORDS in answer.content.decode()


def test_words_of_20000_characters_are_refused_with_a_number_and_kept_everywhere(idea, desk, mira, rule):
    entry = hidden(idea, mira, rule)
    other = factories.idea(title="Eine Bank", author=factories.person())
    case = case_on(other)
    tries = [
        (Client(), f"/melden/idea/{other.pk}/", {**GOOD, "text": LONG}),
        (Client(), "/kontaktstelle/", {"topic": "other", "text": LONG, "website": ""}),
        (Client(), f"/beschwerde/{entry.code}/", {"text": LONG}),
        (desk, f"/cms/moderation/{case.pk}/", {"version": 1, "decision": "hide", "rule": rule.pk, "reason": LONG}),
        (
            desk,
            "/cms/moderation/viele/",
            {
                "fall": f"{case.pk}-1",
                "step": "do",
                "key": str(uuid4()),
                "decision": "hide",
                "rule": rule.pk,
                "reason": LONG,
            },
        ),
    ]
    for browser, at, form in tries:
        answer = browser.post(at, form)
        assert answer.status_code == 422, at
        assert LONG in answer.content.decode(), at
    assert (Report.objects.count(), ContactMessage.objects.count(), Complaint.objects.count()) == (0, 0, 0)
    assert Decision.objects.count() == 1


def test_a_rule_that_ended_while_many_were_chosen_decides_none_of_them(idea, desk, rule):
    case = case_on(idea)
    Rule.objects.update(ended_at=timezone.now())
    form = {
        "fall": f"{case.pk}-1",
        "step": "do",
        "key": str(uuid4()),
        "decision": "hide",
        "rule": rule.pk,
        "reason": WORDS,
    }
    answer = desk.post("/cms/moderation/viele/", form)
    assert answer.status_code == 422
    assert WORDS in answer.content.decode()
    assert not Decision.objects.exists()


@pytest.mark.parametrize("how", ["ended", "new words"])
def test_nobody_agrees_to_a_proposal_by_a_rule_that_ended_or_has_other_words(idea, desk, moderator, rule, how):
    Rule.objects.update(needs_second=True)
    rule.rule.refresh_from_db()
    case, jo = case_on(idea), moderator("Jo Pohl")
    proposal = propose(
        case_id=case.pk, version=1, actor=jo, decision="hide", rule_version=rule, reason="Das greift jemanden an."
    )
    if how == "ended":
        Rule.objects.update(ended_at=timezone.now())
    else:
        RuleVersion.objects.create(rule=rule.rule, number=2, title="Ton", text="Bitte freundlich.")
    at = f"/cms/moderation/vorschlaege/{proposal.pk}/"
    page = desk.post(at, {"answer": "agree", "word": "Ja."}, follow=True).content.decode()
    assert "gilt nicht mehr so" in page
    assert (Decision.objects.count(), Proposal.objects.get().state) == (0, "open")
    desk.post(at, {"answer": "decline", "word": "Die Regel ist eine andere."})
    assert Proposal.objects.get().state == "declined"


def test_of_many_those_withdrawn_changed_or_merged_meanwhile_are_left_alone_and_named(desk, mira):
    campaign, author = factories.campaign(check_ideas="before"), factories.person("Federwolke")
    fine, withdrawn, changed = (
        submit_idea(author=author, campaign=campaign, content=IdeaContent(f"Segel {number}", TEXT))
        for number in range(3)
    )
    merged, target = (factories.idea(campaign=campaign, author=author) for _each in range(2))
    case_on(merged)
    chosen = [f"{case.pk}-{case.version}" for case in Case.objects.filter(state="open")]
    assert len(chosen) == 4
    withdraw_idea(idea=withdrawn, by=author)
    change_idea(idea=changed, editor=author, content=IdeaContent("Segel", TEXT + " Wirklich."))
    merge_ideas(source=merged, target=target, reason="Dasselbe.", actor=mira)
    form = {"fall": chosen, "step": "do", "key": str(uuid4()), "decision": "approve"}
    answer = desk.post("/cms/moderation/viele/", form)
    page = desk.get(answer["Location"]).content.decode()
    assert "2 Fälle entschieden" in page, "the merged one stays as it is: somebody looked at it"
    assert "2 Fälle blieben" in page
    approved = set(Decision.objects.filter(decision="approve").values_list("object_id", flat=True))
    assert approved == {fine.pk, merged.pk}
    assert Idea.objects.get(pk=merged.pk).state == "merged"
    assert Client().get(Idea.objects.get(pk=withdrawn.pk).get_absolute_url()).status_code in (404, 410)


def test_who_loses_the_role_takes_nothing_back_and_decides_on_none(idea, desk, mira, rule):
    case = case_on(idea)
    form = {"fall": f"{case.pk}-1", "step": "do", "decision": "hide", "rule": rule.pk, "reason": WORDS}
    run = desk.post("/cms/moderation/viele/", {**form, "key": str(uuid4())})["Location"]
    mira.user_permissions.clear()
    mira.groups.clear()
    assert desk.post(run).status_code in (302, 403)
    assert desk.post("/cms/moderation/viele/", {**form, "key": str(uuid4())}).status_code in (302, 403)
    assert list(Decision.objects.values_list("decision", flat=True)) == ["hide"]


def test_whose_remit_ends_with_a_case_open_finds_it_gone_and_somebody_else_decides(idea, desk, mira, moderator, rule):
    case = case_on(idea)
    desk.post(f"/cms/moderation/{case.pk}/uebernehmen/")
    Remit.objects.create(person=mira)
    form = {"version": 1, "decision": "hide", "rule": rule.pk, "reason": WORDS}
    assert desk.post(f"/cms/moderation/{case.pk}/", form).status_code == 404
    assert not Decision.objects.exists()
    Case.objects.update(claimed_until=timezone.now())
    assert entered(moderator("Jo Pohl")).post(f"/cms/moderation/{case.pk}/", form).status_code == 303


def test_the_mail_server_is_down_for_a_day_and_reporters_and_writers_get_each_mail_once(idea, desk, mira, settings):
    settings.EMAIL_BACKEND = "tests.moderation.test_bad_luck.Down"
    mail.outbox.clear()
    sent = Client().post(f"/melden/idea/{idea.pk}/", {**GOOD, "email": "petra@example.org"})
    form = {"topic": "question", "text": WORDS, "way": "mail", "email": "helga@example.org", "website": ""}
    written = Client().post("/kontaktstelle/", form)
    assert (
        desk.post(f"/cms/moderation/{Report.objects.get().case_id}/", {"version": 1, "decision": "approve"}).status_code
        == 303
    )
    message = ContactMessage.objects.get()
    desk.post(f"/cms/moderation/nachrichten/{message.pk}/", {"version": 1, "answer": "Ja, sehr gern."})
    outbox.drain()
    for _hour in range(30):
        Delivery.objects.filter(state="waiting").update(next_try=timezone.now())
        outbox.run()
    assert mail.outbox == []
    assert not Delivery.objects.filter(state="dead").exists()
    assert (
        "Wir haben es geprüft" in Client().get(sent["Location"]).text
        or Client().get(sent["Location"]).status_code == 200
    )
    assert "Ja, sehr gern." in Client().get(written["Location"]).text
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    for _try in range(3):
        Delivery.objects.filter(state="waiting").update(next_try=timezone.now())
        outbox.drain()
    to = sorted(letter.to[0] for letter in mail.outbox)
    assert to == ["helga@example.org"] * 2 + ["petra@example.org"] * 2
