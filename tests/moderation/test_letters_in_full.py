"""Every letter is whole: on page, in the list of one's own, by mail that comes late, and for machines without people in it."""

import json
from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import User
from common.models import Delivery
from ideas.actions import submit_idea
from ideas.content import IdeaContent
from ideas.models import Idea
from moderation.actions import complain, decide, decide_complaint, open_case, report
from moderation.models import Case, Decision, RuleVersion
from moderation.queries import letter, statement
from notifications.models import Message
from tests import factories

pytestmark = pytest.mark.django_db
# What the database asks for, after "API and Schema" on transparency.dsa.ec.europa.eu.
REQUIRED = {
    "decision_facts", "decision_ground", "content_type", "category", "territorial_scope", "content_date",
    "application_date", "source_type", "automated_detection", "automated_decision", "puid",
}  # fmt: skip
KNOWN = REQUIRED | {
    "decision_visibility", "decision_visibility_other", "decision_provision", "end_date_service_restriction", "account_type",
    "illegal_content_legal_ground", "illegal_content_explanation", "incompatible_content_ground",
    "incompatible_content_explanation", "incompatible_content_illegal", "content_language",
}  # fmt: skip
ONE_OF = ("decision_visibility", "decision_monetary", "decision_provision", "decision_account")
VALUES = {
    "decision_ground": {"DECISION_GROUND_ILLEGAL_CONTENT", "DECISION_GROUND_INCOMPATIBLE_CONTENT"},
    "source_type": {"SOURCE_ARTICLE_16", "SOURCE_VOLUNTARY"},
    "automated_detection": {"Yes", "No"},
    "automated_decision": {"AUTOMATED_DECISION_NOT_AUTOMATED"},
    "decision_provision": {"DECISION_PROVISION_PARTIAL_SUSPENSION"},
}
TITLE, NAME, TEXT = "Markertitel Eisvogelinsel", "Markername Wolkenfeder", "Der Markertext über den Nistplatz ist lang."
REPORTER = {"name": "Markermelder Groll", "email": "marker.melder@example.org", "text": "Markerwort der Meldung"}
REASON = f"{NAME} schreibt in „{TITLE}“: {TEXT} Anruf unter 02581 445566, marker@example.org, https://marker.example/x"


@pytest.fixture
def mira(moderator) -> User:
    return moderator("Markerin Kaya")


@pytest.fixture
def idea() -> Idea:
    author = factories.person(NAME, email="marker.autorin@example.org")
    return submit_idea(author=author, campaign=factories.campaign(), content=IdeaContent(TITLE, TEXT))


@pytest.fixture
def decided(idea, mira, rule):
    """Return a function that decides the open case of the idea, or a new one about something."""

    def make(decision: str, kind: str = "idea", *, target: str = "", law: RuleVersion | None = None) -> Decision:
        number = idea.pk if kind == "idea" else idea.author_id
        case = Case.objects.filter(kind=kind, object_id=number, state="open").first()
        case = case or open_case(kind, number, reason=Case.Reason.OWN)
        return decide(
            case_id=case.pk, version=case.version, actor=mira, decision=decision, rule_version=law or rule,
            reason=REASON, target=target,
        )  # fmt: skip

    return make


def check(words: dict) -> None:
    """Assert that a statement fits the schema and names nobody."""
    assert set(words) >= REQUIRED
    assert set(words) <= KNOWN
    assert any(words.get(name) for name in ONE_OF)
    for name, allowed in VALUES.items():
        assert name not in words or words[name] in allowed
    ground = "illegal" if words["decision_ground"].endswith("ILLEGAL_CONTENT") else "incompatible"
    assert words[f"{ground}_content_explanation"]
    assert words.get("illegal_content_legal_ground" if ground == "illegal" else "incompatible_content_ground")
    assert date.fromisoformat(words["content_date"]) <= date.fromisoformat(words["application_date"])
    assert isinstance(words["content_type"], list)
    assert len(words["decision_facts"]) <= 5000
    text = json.dumps(words | {"puid": ""}, ensure_ascii=False)  # that is a hash, with any digits
    assert "arker" not in text
    assert "445566" not in text


def every_kind(decided, idea: Idea, moderator) -> list[Decision]:
    """Decide in each way there is, one after the other."""
    other = factories.idea(campaign=idea.campaign)
    away = factories.campaign()
    made = [decided("request_change"), decided("refuse"), decided("restore"), decided("hide"), decided("restore")]
    made += [decided("move", target=str(away.pk)), decided("move", target=str(idea.campaign_id))]
    made += [decided("merge", target=str(other.pk))]
    made += [decided("advise", "profile"), decided("warn", "profile"), decided("pause", "profile", target="7")]
    made += [decided("lift", "profile"), decided("block", "profile"), decided("hide", "profile")]
    complaint = complain(code=made[-2].code, text="Das war ich nicht.")
    given = {"outcome": "upheld", "answer": "Doch.", "actor": moderator("Jonas Beck")}
    decide_complaint(complaint_id=complaint.pk, version=Case.objects.get(kind="complaint").version, **given)
    return [*made, Decision.objects.order_by("sequence").last()]


def test_every_kind_of_decision_has_a_whole_letter_and_a_statement(client, decided, idea, moderator):
    for entry in every_kind(decided, idea, moderator):
        page = client.get(f"/bescheid/{entry.code}/")
        assert page.status_code == 200
        found, text = letter(entry), page.content.decode()
        assert found.heading in text
        if entry.decision in Decision.CONTESTABLE:
            for words in ("Wie wir entschieden haben", "kostenlos", "Streitbeilegungsstelle", found.reference):
                assert words in text
            assert entry.complaint_until
            assert f"/beschwerde/{entry.code}/" in text
            assert statement(entry) == client.get(f"/bescheid/{entry.code}.json").json()
            check(statement(entry))
        if entry.decision in Decision.RESTRICTIVE:
            assert entry.scope in text
            assert entry.duration in text
        if entry.decision in ("warn", "pause", "block", "lift"):
            assert "Ihr Konto ist nicht eingeschränkt" not in text


def test_a_measure_with_a_law_names_it_and_its_end(decided, rule):
    said = {"title": "Strafbares", "text": "Wir zeigen nichts Strafbares.", "provision": "§ 130 StGB"}
    law = RuleVersion.objects.create(rule=type(rule.rule).objects.create(number=9), ground="law", **said)
    entry = decided("pause", "profile", target="7 manifest", law=law)
    words = statement(entry)
    check(words)
    end = timezone.localdate(entry.decided_at) + timedelta(days=7)
    assert (words["illegal_content_legal_ground"], words["end_date_service_restriction"]) == ("§ 130 StGB", str(end))


def test_no_word_of_a_reporter_is_in_letter_or_statement(client, decided, idea):
    decided("approve")
    report(kind="idea", object_id=idea.pk, reason="insult", good_faith=True, **REPORTER)
    entry = decided("hide")
    assert statement(entry)["source_type"] == "SOURCE_ARTICLE_16"
    check(statement(entry))
    page = client.get(f"/bescheid/{entry.code}/").content.decode()
    for words in REPORTER.values():
        assert words not in page


def test_staff_export_all_statements_of_a_time_and_others_do_not(decided, mira):
    decided("refuse")
    desk, citizen = Client(), Client()
    desk.force_login(mira)
    citizen.force_login(factories.person())
    rows = json.loads(desk.get("/cms/moderation/begruendungen.json").content)["statements"]
    assert len(rows) == 1
    check(rows[0])
    assert json.loads(desk.get("/cms/moderation/begruendungen.json?von=2001-01-01&bis=2002-13-45").content)[
        "statements"
    ]
    assert not json.loads(desk.get("/cms/moderation/begruendungen.json?bis=2001-01-01").content)["statements"]
    assert citizen.get("/cms/moderation/begruendungen.json").status_code in (302, 303, 403)


def test_the_author_reads_every_letter_while_no_mail_goes_out_and_gets_it_once_later(decided, idea):
    settings_backend = "django.core.mail.backends.smtp.EmailBackend"
    entry = decided("refuse")
    browser = Client()
    browser.force_login(idea.author)
    own = browser.get("/mein/bescheide/").content.decode()
    assert letter(entry).heading in own  # even before anything was delivered
    with pytest.MonkeyPatch.context() as down:
        from django.conf import settings

        down.setattr(settings, "EMAIL_BACKEND", settings_backend)
        down.setattr(settings, "EMAIL_HOST", "127.0.0.1")
        down.setattr(settings, "EMAIL_PORT", 9)  # nobody listens there
        factories.deliver_outbox()
    assert not [one for one in mail.outbox if letter(entry).heading in one.subject]
    message = Message.objects.get(person=idea.author, subject__contains=letter(entry).heading)
    assert entry.reason in browser.get(f"/mein/nachrichten/{message.pk}/").content.decode() or message.text
    assert f"/bescheid/{entry.code}/" in browser.get("/mein/bescheide/").content.decode()
    for _turn in range(2):  # a day later the server is back
        Delivery.objects.update(next_try=timezone.now())
        factories.deliver_outbox()
    assert len([one for one in mail.outbox if letter(entry).heading in one.subject]) == 1


def test_nobody_reads_the_letters_of_others(decided, client):
    decided("refuse")
    stranger = Client()
    stranger.force_login(factories.person())
    assert TITLE not in stranger.get("/mein/bescheide/").content.decode()
    assert client.get("/mein/bescheide/").status_code in (302, 303)


def test_everybody_reads_the_criteria_of_measures(client, rule):
    page = client.get("/massnahmen/").content.decode()
    for words in ("Verwarnung", "höchstens 90", "offensichtlich Rechtswidriges", "eine andere Person", rule.title):
        assert words in page
