"""What waits too long is told to those who look after it: by working days, once for each stage, in one mail each."""

import re
import time
from datetime import datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.management import call_command

from accounts.models import User
from common import events, schedule
from common.database import replayed_at
from common.working_days import before_working_hours
from moderation.actions import complain
from moderation.actions.reminders import remind
from moderation.deadlines import is_late
from moderation.models import Case, Reminder, Remit, RemitCampaign
from tests import crowd, databases, factories
from tests.served import Town

BERLIN = ZoneInfo("Europe/Berlin")


def at(month: int, day: int, hour: int = 9, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=BERLIN)


@pytest.fixture
def since(opened):
    """Return a function that makes an open case, opened then, perhaps in another campaign than 1."""

    def make(opened_at: datetime, campaign: int = 1) -> Case:
        case = opened()
        Case.objects.filter(pk=case.pk).update(opened_at=opened_at, campaign_id_copy=campaign)
        return case

    return make


def mails(moment: datetime) -> list[tuple[str, str]]:
    """Remind at that moment and return the new mails as (address, text)."""
    before = len(mail.outbox)
    with replayed_at(moment):
        remind()
    factories.deliver_outbox()
    return sorted((one.to[0], one.subject + "\n" + one.body) for one in mail.outbox[before:])


@pytest.mark.parametrize(
    ("opened_at", "hours", "late_from"),
    [
        (at(11, 17), 24, at(11, 18)),  # Tuesday to Wednesday
        (at(11, 20, 15), 24, at(11, 23, 15)),  # over a weekend
        (at(11, 20, 15), 72, at(11, 25, 15)),
        (at(11, 21), 24, at(11, 24, 0)),  # came in on a Saturday: all of Monday
        (at(12, 23, 12), 24, at(12, 24, 12)),  # Christmas Eve is a working day by law
        (at(12, 24, 12), 24, at(12, 28, 12)),  # both Christmas days fall on Friday and Saturday
        (at(10, 23, 12), 24, at(10, 26, 12)),  # the clock goes back on the Sunday between
        (at(5, 26, 12, year=2027), 24, at(5, 28, 12, year=2027)),  # Corpus Christi, a holiday here
    ],
)
def test_hours_count_on_working_days_only(opened_at, hours, late_from):
    minute = at(1, 1, 0, 1) - at(1, 1, 0, 0)
    assert before_working_hours(late_from, hours) >= opened_at
    assert before_working_hours(late_from - minute, hours) < opened_at
    if hours == 24:
        assert is_late(opened_at, late_from)
        assert not is_late(opened_at, late_from - minute)


def test_after_a_day_all_moderators_get_one_mail_with_everything_that_waits(since, moderator):
    moderator("Mira Kaya"), moderator("Jon Weber")
    factories.person(email="niemand@example.org")
    since(at(11, 16)), since(at(11, 17, 8))
    since(at(11, 18, 8))  # not late yet
    got = mails(at(11, 18, 9))
    assert [to for to, _text in got] == ["jon@example.org", "mira@example.org"]
    assert "2 Fälle warten auf Sie" in got[0][1]
    # The year stands there when it is not the present one.
    assert re.search(r"Ding, Radverkehr, seit Montag, 16\. November( 2026)?, 9 Uhr", got[0][1])
    assert "/cms/moderation/" in got[0][1]
    assert "Uferläufer" not in got[0][1]  # mail is not safe: no names, no words


def test_each_stage_is_told_once_however_often_it_runs(since, moderator):
    moderator("Mira Kaya")
    since(at(11, 16))
    assert len(mails(at(11, 17, 10))) == 1
    assert mails(at(11, 17, 11)) == []
    assert mails(at(11, 18, 11)) == []
    second = mails(at(11, 19, 10))
    assert "Länger als 72 Stunden" in second[0][1]
    assert mails(at(11, 19, 11)) == []
    assert list(Reminder.objects.values_list("stage", flat=True)) == ["first", "second"]


def test_the_job_of_the_clock_is_this_function(since, moderator):
    moderator("Mira Kaya")
    since(at(11, 16))
    assert "moderation.due.remind_moderators" in events.due_jobs
    with replayed_at(at(11, 17, 10)):
        call_command("run_due", stdout=StringIO())
        schedule.run_due(all_now=True)  # what beat's task calls
    factories.deliver_outbox()
    assert [one.to for one in mail.outbox] == [["mira@example.org"]]


def test_who_looks_after_a_campaign_is_told_and_the_others_are_not(since, moderator):
    mira, jon, ida = moderator("Mira Kaya"), moderator("Jon Weber"), moderator("Ida Sommer")
    in_charge(mira, 7)
    in_charge(jon, 7, is_deputy=True)
    since(at(11, 16), 7)
    assert [to for to, _text in mails(at(11, 17, 10))] == ["mira@example.org"]
    late = mails(at(11, 19, 10))
    assert [to for to, _text in late] == ["jon@example.org", "mira@example.org"]
    assert "Vertretungen" in late[0][1]
    since(at(11, 16), 8)  # nobody's campaign: whoever has no campaigns of their own
    assert [to for to, _text in mails(at(11, 19, 11))] == [ida.email]


def in_charge(person: User, campaign: int, *, is_deputy: bool = False) -> None:
    remit, _made = Remit.objects.get_or_create(person=person)
    RemitCampaign.objects.create(remit=remit, campaign_id_copy=campaign, is_deputy=is_deputy)


def test_what_was_decided_before_the_mail_went_is_not_in_it(since, moderator):
    moderator("Mira Kaya")
    case = since(at(11, 16))
    with replayed_at(at(11, 17, 10)):
        remind()
    Case.objects.filter(pk=case.pk).update(state=Case.State.CLOSED)
    assert factories.deliver_outbox() == []


def test_complaints_are_due_after_five_working_days_and_not_told_to_who_decided_first(refused, moderator):
    moderator("Jon Weber")
    complaint = complain(code=refused().code, text="Das war kein Angriff.")
    Case.objects.filter(kind="complaint", object_id=complaint.pk).update(opened_at=at(11, 13))
    assert mails(at(11, 20, 8)) == []
    got = mails(at(11, 20, 9))
    assert [to for to, _text in got] == ["jon@example.org"]
    assert "Beschwerden, die beantwortet sein sollten" in got[0][1]
    assert mails(at(11, 23)) == []


def test_a_hundred_late_cases_are_one_short_mail(since, moderator):
    moderator("Mira Kaya")
    for number in range(20):
        since(at(11, 16, 9, number))
    ((_to, text),) = mails(at(11, 17, 10))
    assert "20 Fälle warten auf Sie" in text
    assert "5 weitere" in text


TWO = """
import time
from datetime import UTC, datetime
from common.database import replayed_at
from moderation.actions.reminders import remind
time.sleep(max(0, %(start)f - time.time()))
for _ in range(5):
    with replayed_at(datetime(2026, 11, 18, 9, tzinfo=UTC)):  # at midnight more of them come due
        remind()
"""
LATE_CASES = """
from datetime import UTC, datetime, timedelta
from moderation.models import Case
from tests import factories
begun = datetime(2026, 11, 18, 8, tzinfo=UTC)
for number in range(3):
    factories.make_person(f"m{number}@example.org", f"Moderation {number}", groups=["Moderation"])
Case.objects.bulk_create(
    Case(kind="idea", object_id=number, title="x", opened_at=begun - timedelta(days=3 + number)) for number in range(1, 40)
)
"""


@pytest.mark.server
@pytest.mark.parametrize("kind", databases.kinds())
def test_two_processes_at_once_tell_everybody_once(kind, tmp_path):
    town = Town(databases.fresh(kind, tmp_path), tmp_path, extra={"MITWIRK_PROFILE": "demo"})
    try:
        town.python(LATE_CASES)
        start = time.time() + 12
        crowd.at_once([lambda: answered(town, start), lambda: answered(town, start)])
        assert town.rows("SELECT count(*) FROM moderation_remindermail") == [(3,)]
        twice = "SELECT 1 FROM moderation_reminder GROUP BY case_id, person_id, stage HAVING count(*) > 1"
        assert town.rows(twice) == []
    finally:
        databases.drop(town.database_url)


def answered(town: Town, start: float) -> crowd.Answer:
    town.python(TWO % {"start": start})
    return crowd.Answer(200, {}, 0)
