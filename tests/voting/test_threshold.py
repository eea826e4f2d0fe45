"""The number that obliges an answer: reached once, told once to each, a clock by the campaign's promise, kept or not."""

from contextlib import contextmanager
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from common.database import replayed_at
from common.working_days import after_working_days
from ideas.actions import merge_ideas, publish_answer
from ideas.models import Idea
from ideas.queries.promises import answer_by
from notifications.goals import remind_offices
from notifications.models import Message
from tests import factories
from tests.factories import deliver_outbox, make_person
from voting.actions import choose, give_support, withdraw_support
from voting.actions.thresholds import catch_up, tell_of_reached
from voting.models import NoticeRound, SupporterNotice, Threshold
from voting.queries.clocks import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    return factories.campaign(support_goal=3, answer_days=10, answer_office="Tiefbauamt")


@pytest.fixture
def author():
    return factories.person("Amsel")


@pytest.fixture
def idea(campaign, author):
    return factories.idea(campaign=campaign, author=author, title="Bank am Wehr")


@pytest.fixture
def office():
    return make_person("amt@example.org", "Olga Ohm", groups=["Fachamt"], office="Tiefbauamt")


@contextmanager
def at(moment):
    """Let it be another time, for this process and for the database's clock."""
    moment = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
    with time_machine.travel(moment), replayed_at(moment):
        yield


def fresh(idea):
    return Idea.objects.select_related("campaign").get(pk=idea.pk)


def support(idea, number):
    people = [factories.person() for _one in range(number)]
    for person in people:
        give_support(voter=person, idea=fresh(idea))
    return people


def answer(idea, office):
    return publish_answer(idea=idea, author=office, text="Wir stellen die Bank auf.", progress="planned")


def test_the_vote_that_reaches_the_number_writes_it_down_to_the_hour(idea):
    support(idea, 2)
    assert not Threshold.objects.exists()
    support(idea, 1)
    found = Threshold.objects.get()
    assert (found.idea, found.number) == (idea, 3)
    assert found.reached_at.minute == found.reached_at.second == found.reached_at.microsecond == 0
    assert found.answer_by == after_working_days(timezone.localdate(found.reached_at), 10)


def test_a_vote_below_the_number_costs_as_many_statements_as_without_one(campaign):
    plain = factories.campaign()
    numbers = []
    for one in (plain, campaign):
        idea = factories.idea(campaign=one)
        support(idea, 1)
        person, row = factories.person(), fresh(idea)
        with CaptureQueriesContext(connection) as asked:
            give_support(voter=person, idea=row)
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]


def test_losing_supports_and_gaining_them_again_changes_nothing(idea):
    people = support(idea, 3)
    before = Threshold.objects.values().get()
    withdraw_support(voter=people[0], idea=fresh(idea))
    give_support(voter=people[0], idea=fresh(idea))
    assert Threshold.objects.values().get() == before
    withdraw_support(voter=people[0], idea=fresh(idea))
    assert clock(fresh(idea)) is not None


def test_author_office_and_supporters_are_told_once_and_no_row_ties_a_person_to_the_idea(idea, author, office):
    people = support(idea, 3)
    deliver_outbox()
    tell_of_reached()
    deliver_outbox()
    told = {(m.person, m.subject) for m in Message.objects.filter(key__startswith="goal")}
    assert told == {
        (author, "„Bank am Wehr“ hat 3 Unterstützungen: Die Stadt muss antworten"),
        (office, "„Bank am Wehr“ hat 3 Unterstützungen erreicht und wartet auf eine Antwort"),
    }
    assert Message.objects.filter(person__in=people).count() == 0
    assert SupporterNotice.objects.filter(kind="reached", idea=idea).count() == 3
    subjects = [(m.to[0], m.subject) for m in mail.outbox if "Ziel erreicht" in m.subject]
    assert sorted(to for to, _subject in subjects) == sorted(person.email for person in people)
    assert all("Bank" not in subject for _to, subject in subjects)
    assert len(mail.outbox) == 5
    day = clock(fresh(idea)).answer_by
    assert all(f"{day.day}." in m.body for m in mail.outbox)


def test_other_offices_are_told_only_where_the_campaigns_own_has_nobody(idea, campaign):
    other = make_person("kultur@example.org", "Karl Kult", groups=["Fachamt"], office="Kulturamt")
    support(idea, 3)
    deliver_outbox()
    assert Message.objects.filter(person=other, key=f"goal-office:{idea.pk}").count() == 1


def test_a_support_carried_over_by_a_merge_can_reach_it(campaign, idea):
    other = factories.idea(campaign=campaign)
    support(idea, 2)
    [person] = support(other, 1)
    merge = merge_ideas(source=other, target=idea, reason="Dasselbe.", actor=factories.person())
    assert not Threshold.objects.exists()
    choose(voter=person, merge=merge, carry=True)
    assert Threshold.objects.get().idea == idea


def test_imported_numbers_and_a_number_lowered_later_are_caught_up_with(campaign, idea):
    support(idea, 2)
    assert catch_up() == 0
    campaign.support_goal = 2
    campaign.save()
    assert catch_up() == 1
    assert catch_up() == 0
    assert Threshold.objects.get().number == 2
    deliver_outbox()
    assert NoticeRound.objects.filter(kind="reached").count() == 1


def test_while_numbers_are_hidden_nobody_learns_of_it_and_the_clock_starts_when_they_are_shown(
    campaign, idea, author, client
):
    opens = timezone.now() + timedelta(days=20)
    campaign.counts_hidden_until = opens
    campaign.save()
    support(idea, 3)
    deliver_outbox()
    tell_of_reached()
    deliver_outbox()
    assert Message.objects.filter(key__startswith="goal").count() == 0
    assert len(mail.outbox) == 0
    page = client.get(idea.get_absolute_url()).content.decode()
    assert "antwortet bis" not in page
    assert "Zahl erreicht" not in page
    assert Threshold.objects.get().answer_by == after_working_days(timezone.localdate(opens), 10)
    with at(opens + timedelta(hours=1)):
        assert tell_of_reached() == 1
        deliver_outbox()
        assert tell_of_reached() == 0
    assert Message.objects.filter(person=author, key=f"goal:{idea.pk}").count() == 1


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        (date(2026, 12, 22), 3, date(2026, 12, 28)),  # both Christmas days fall on Friday and Saturday
        (date(2026, 10, 30), 1, date(2026, 11, 2)),  # All Saints is a Sunday in 2026
        (date(2027, 5, 26), 1, date(2027, 5, 28)),  # Corpus Christi is a holiday in North Rhine-Westphalia
        (date(2028, 2, 28), 1, date(2028, 2, 29)),
    ],
)
def test_working_days_are_those_of_the_state(start, days, last):
    assert after_working_days(start, days) == last


def test_of_two_promises_the_earlier_counts_and_one_that_is_over_promises_nothing(campaign):
    start = date(2026, 11, 23)
    campaign.answer_days, campaign.answer_until = 20, date(2026, 11, 30)
    assert answer_by(campaign, start) == date(2026, 11, 30)
    campaign.answer_until = date(2026, 11, 1)
    assert answer_by(campaign, start) == date(2026, 12, 21)
    campaign.answer_days = None
    assert answer_by(campaign, start) is None


def test_the_page_shows_the_way_then_the_day_then_whether_it_was_kept(idea, office, client):
    support(idea, 2)
    page = client.get(idea.get_absolute_url()).content.decode()
    assert "Ab 3 muss die Stadt öffentlich antworten" in page
    support(idea, 1)
    page = client.get(idea.get_absolute_url()).content.decode()
    assert "3 Unterstützungen erreicht." in page
    assert "Tiefbauamt antwortet bis" in page
    assert "Zahl erreicht" in page
    assert "Antwort bis" in client.get("/ideen/").content.decode()
    with at(timezone.now() + timedelta(days=2)):
        answer(idea, office)
        page = client.get(idea.get_absolute_url()).content.decode()
    assert "Tage vor Ende der Frist" in page
    assert "antwortet bis" not in page


def test_an_answer_after_the_day_is_called_late_by_how_many_days(idea, office, client):
    support(idea, 3)
    last = Threshold.objects.get().answer_by
    with at(datetime.combine(last + timedelta(days=3), datetime.min.time())):
        assert "seit 3 Tagen überfällig" in client.get(idea.get_absolute_url()).content.decode()
        assert "Antwort überfällig" in client.get("/ideen/").content.decode()
        answer(idea, office)
        page = client.get(idea.get_absolute_url()).content.decode()
    assert "3 Tage später als zugesagt" in page


def test_my_area_says_until_when_the_town_answers(idea, author, client):
    support(idea, 3)
    client.force_login(author)
    assert "Tiefbauamt antwortet bis" in client.get("/mein/").content.decode()


def test_the_desk_lists_what_waits_by_day_and_what_is_overdue_in_words(campaign, idea, office, client):
    later = factories.idea(campaign=campaign, title="Brunnen am Markt")
    support(later, 3)
    support(idea, 3)
    with at(timezone.now() + timedelta(days=30)):
        client.force_login(office)
        page = client.get("/cms/faellige-antworten/").content.decode()
        assert "2 überfällig" in page
        assert "Tagen überfällig" in page
        answer(later, office)
        page = client.get("/cms/faellige-antworten/").content.decode()
        assert "Brunnen am Markt" not in page
        page = client.get("/cms/faellige-antworten/?stand=beantwortet").content.decode()
        assert "später als zugesagt" in page
        assert "Bank am Wehr" not in page
        assert client.get("/cms/faellige-antworten/?stand=unsinn&kampagne=gibt-es-nicht").status_code == 200


def test_the_desk_is_for_offices_only(client):
    client.force_login(make_person("mod@example.org", "Mira Moor", groups=["Moderation"]))
    assert client.get("/cms/faellige-antworten/").status_code in (302, 403)


def test_the_office_is_reminded_a_week_before_and_on_the_day_each_once(idea, office):
    support(idea, 3)
    deliver_outbox()
    last = datetime.combine(Threshold.objects.get().answer_by, datetime.min.time()) + timedelta(hours=9)
    subjects = []
    for days in (9, 7, 7, 5, 0, 0, -3):
        with at(last - timedelta(days=days)):
            remind_offices()
        subjects.append(Message.objects.filter(person=office, key__regex="goal-(soon|due)").count())
    assert subjects == [0, 1, 1, 1, 2, 2, 2]
    keys = Message.objects.filter(person=office, key__regex="goal-(soon|due)").order_by("pk").values_list("subject")
    assert [subject for (subject,) in keys] == [
        "In einer Woche ist die Antwort zu „Bank am Wehr“ fällig",
        "Heute ist die Antwort zu „Bank am Wehr“ fällig",
    ]


def test_after_the_answer_nobody_is_reminded(idea, office):
    support(idea, 3)
    answer(idea, office)
    with at(timezone.now() + timedelta(days=30)):
        assert remind_offices() == 0
