"""What goes wrong on a moderator's desk: a clear answer each time, what was typed is kept, nothing happens twice, no 500."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from common import outbox
from common.models import Delivery
from ideas.actions import change_idea, delete_comment, merge_ideas, submit_idea, withdraw_idea, write_comment
from ideas.content import IdeaContent
from ideas.models import Comment, Idea
from moderation.actions import open_case
from moderation.models import Case, Decision, RuleVersion
from tests import factories
from tests.moderation.test_audit import verify

pytestmark = pytest.mark.django_db
TEXT = "Ein Segel über dem Sand hilft allen Kindern am Ufer."
WORDS = "Diese Begründung habe ich lange getippt."


@pytest.fixture
def author() -> User:
    return factories.make_person("autorin@example.org", "Federwolke")


@pytest.fixture
def idea(author: User) -> Idea:
    return submit_idea(author=author, campaign=factories.campaign(), content=IdeaContent("Sonnensegel für alle", TEXT))


@pytest.fixture
def mira(moderator: Callable[..., User]) -> User:
    return moderator("Mira Kaya")


@pytest.fixture
def desk(mira: User) -> Client:
    browser = Client()
    browser.force_login(mira)
    return browser


def case_of(thing: Idea | Comment) -> Case:
    """Return the open case of an idea or a comment."""
    return Case.objects.get(kind=type(thing).__name__.lower(), object_id=thing.pk, state="open")


def sent(desk: Client, case: Case, **form: object) -> tuple[int, str]:
    """Send the form of a case as it was when it was opened; return status and page."""
    answer = desk.post(f"/cms/moderation/{case.pk}/", {"version": case.version, "reason": WORDS, **form})
    return answer.status_code, answer.content.decode()


def refuse(rule: RuleVersion, **more: object) -> dict[str, object]:
    return {"decision": "refuse", "rule": rule.pk, **more}


def nothing_decided() -> None:
    assert not Decision.objects.exists()
    assert verify()[0] == 0


@pytest.mark.parametrize("version", ["", "abc", "-1", "²", "1.5", "99", "9" * 400, "0"])
def test_a_missing_or_wrong_version_decides_nothing(desk, idea, rule, version):
    status, page = sent(desk, case_of(idea), **refuse(rule, version=version))
    assert status in (409, 422)
    assert WORDS in page
    nothing_decided()


def test_the_idea_was_withdrawn_meanwhile(desk, idea, author, rule):
    case = case_of(idea)
    withdraw_idea(idea=idea, by=author)
    status, page = sent(desk, case, **refuse(rule))
    assert (status, WORDS in page) == (409, True)
    nothing_decided()


def test_the_idea_was_changed_meanwhile(desk, idea, author, rule):
    case = case_of(idea)
    change_idea(idea=idea, editor=author, content=IdeaContent("Sonnensegel", TEXT + " Wirklich."))
    status, page = sent(desk, case, **refuse(rule))
    assert (status, WORDS in page) == (409, True)
    nothing_decided()


def test_the_idea_was_merged_meanwhile(desk, author, mira, rule):
    campaign = factories.campaign()
    source, target = (factories.idea(campaign=campaign, author=author) for _each in range(2))
    with transaction.atomic():
        case = open_case("idea", source.pk, reason="own")
    merge_ideas(source=source, target=target, reason="Dasselbe.", actor=mira)
    status, page = sent(desk, case, decision="hide", rule=rule.pk)
    assert status in (303, 409, 422)
    assert status == 303 or WORDS in page
    assert Idea.objects.get(pk=source.pk).state in ("merged", "hidden")


def test_the_comment_was_deleted_meanwhile(desk, author, rule):
    campaign = factories.campaign(check_comments="before")
    comment = write_comment(author=author, idea=factories.idea(campaign=campaign), text="Nun ja.")
    case = case_of(comment)
    delete_comment(comment=comment, by=author)
    status, page = sent(desk, case, **refuse(rule))
    assert (status, WORDS in page) == (409, True)
    nothing_decided()


def test_a_contribution_that_is_gone_altogether_breaks_no_page(desk, rule):
    case = Case.objects.create(kind="idea", object_id=987_654, title="Weg")
    assert desk.get(f"/cms/moderation/{case.pk}/").status_code in (200, 404, 410)
    assert desk.get(f"/cms/moderation/{case.pk}/beitrag/").status_code in (200, 404, 410)
    assert desk.get("/cms/moderation/").status_code == 200
    status, _page = sent(desk, case, **refuse(rule))
    assert status in (404, 409, 410, 422)
    nothing_decided()


def test_a_rule_that_ended_meanwhile_is_no_reason_any_more(desk, idea, rule):
    rule.rule.ended_at = timezone.now()
    rule.rule.save()
    status, page = sent(desk, case_of(idea), **refuse(rule))
    assert (status, WORDS in page) == (422, True)
    nothing_decided()


def test_a_rule_with_new_words_is_not_decided_by_its_old_ones(desk, idea, rule):
    newer = RuleVersion.objects.create(rule=rule.rule, number=2, title="Ton", text="Bitte freundlich.")
    status, page = sent(desk, case_of(idea), **refuse(rule))
    assert (status, WORDS in page) == (422, True)
    nothing_decided()
    assert sent(desk, case_of(idea), **refuse(newer))[0] == 303


@pytest.mark.parametrize("length", [4001, 20_000])
def test_a_reason_that_is_too_long_is_kept_and_said(desk, idea, rule, length):
    words = ("Wort " * length)[: length - 1] + "."
    status, page = sent(desk, case_of(idea), **refuse(rule, reason=words))
    assert (status, words in page) == (422, True)
    assert "4000" in page or "4.000" in page
    nothing_decided()


def test_who_loses_the_role_with_a_case_open_decides_nothing(desk, idea, mira, rule):
    case = case_of(idea)
    desk.post(f"/cms/moderation/{case.pk}/uebernehmen/")
    mira.user_permissions.clear()
    mira.groups.clear()
    status, _page = sent(desk, case, **refuse(rule))
    assert status in (302, 403)
    nothing_decided()


def test_a_case_of_somebody_who_lost_the_role_is_free_when_its_time_is_up(desk, idea, mira, moderator, rule):
    case = case_of(idea)
    desk.post(f"/cms/moderation/{case.pk}/uebernehmen/")
    mira.user_permissions.clear()
    other = Client()
    other.force_login(moderator("Jörg Pohl"))
    Case.objects.filter(pk=case.pk).update(claimed_until=timezone.now())
    case.refresh_from_db()
    assert sent(other, case, **refuse(rule))[0] == 303


def test_who_is_switched_off_with_a_case_open_decides_nothing(desk, idea, mira, rule):
    case = case_of(idea)
    User.objects.filter(pk=mira.pk).update(is_active=False)
    assert sent(desk, case, **refuse(rule))[0] in (302, 403)
    nothing_decided()


def test_the_mail_server_is_down_for_a_day(desk, idea, rule, settings):
    """The decision holds at once, the author reads it here, and the letter comes once when mail works again."""
    mail.outbox.clear()
    settings.EMAIL_BACKEND = "tests.moderation.test_bad_luck.Down"
    assert sent(desk, case_of(idea), **refuse(rule))[0] == 303
    outbox.drain()
    assert mail.outbox == []
    reader = Client()
    reader.force_login(idea.author)
    assert "nicht veröffentlicht" in reader.get("/mein/nachrichten/").content.decode()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    for _try in range(3):
        Delivery.objects.filter(state="waiting").update(next_try=timezone.now())
        outbox.drain()
    letters = [letter for letter in mail.outbox if WORDS in letter.body]
    assert [letter.to for letter in letters] == [[idea.author.email]]
    assert verify()[0] == 0


class Down:
    """A mail server that takes nothing."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        pass

    def send_messages(self, messages: object) -> int:
        raise OSError("connection refused")
