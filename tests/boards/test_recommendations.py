"""Recommendations: the town's answer and its clock."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from boards.actions.reminding import remind
from boards.models import Answer, Reminder
from common.working_days import after_working_days
from tests.factories import deliver_outbox

pytestmark = pytest.mark.django_db


def words(client, made) -> str:
    answer = client.get(made.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


def reply(made, days: int = 0, **fields) -> Answer:
    day = timezone.localdate() - timedelta(days=days)
    one = Answer(
        **{"recommendation": made, "result": "partly", "text": "Im Rathaus ja.", "office": "Bauamt", "answered_on": day}
        | fields
    )
    one.full_clean()
    one.save()
    return one


def test_the_last_day_is_reckoned_in_working_days(board, advice):
    board.answer_days = 10
    board.save()
    made = advice(decided_on=date(2026, 3, 27))
    assert made.answer_by == after_working_days(date(2026, 3, 27), 10) > date(2026, 4, 10)  # Easter lies between
    assert advice("Eigener Tag", answer_by=date(2030, 1, 1)).answer_by == date(2030, 1, 1)


def test_everybody_sees_that_an_answer_is_overdue(client, board, advice):
    made = advice(days=80, answer_by=timezone.localdate() - timedelta(days=3))
    assert "seit 3 Tagen überfällig" in words(client, made)
    text = client.get("/familienbeirat/").content.decode()
    assert "Eine Antwort der Stadt ist überfällig." in text
    assert "Antwort überfällig" in text


def test_the_first_answer_stops_the_clock(client, board, advice):
    made = advice(days=80, answer_by=timezone.localdate() - timedelta(days=30))
    reply(made, days=20, result="checking", text="Wir prüfen das.")
    reply(made, days=1, result="taken", text="Wir bauen es.")
    text = words(client, made)
    assert "10 Tage später als zugesagt" in text
    assert text.index("Wir prüfen das.") < text.index("Wir bauen es.")
    assert "Die Stadt greift es auf" in client.get("/familienbeirat/").content.decode()
    in_time = advice("Zweite", answer_by=timezone.localdate())
    reply(in_time)
    assert "rechtzeitig" in words(client, in_time)


def test_an_answer_of_tomorrow_is_none(advice):
    made = advice()
    with pytest.raises(ValidationError, match="Dieser Tag kommt erst noch"):
        reply(made, days=-1)
    with pytest.raises(ValidationError, match="noch nichts beschlossen"):
        reply(made, days=50)
    with pytest.raises(ValidationError, match="Das Ende liegt vor dem Anfang"):
        advice("Rückwärts", answer_by=date(2020, 1, 1))


def test_what_editors_typed_is_text(client, board, advice):
    made = advice(text="<script>alert(1)</script> **fett**", votes="<b>alle</b>")
    reply(made, text="<img src=x onerror=alert(1)> Ja.")
    text = words(client, made)
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert "<b>alle" not in text
    assert "<strong>fett</strong>" in text


def test_the_office_is_reminded_once_before_the_day_and_once_after_it(board, advice, mailoutbox):
    today = timezone.localdate()
    board.answer_email = "stabsstelle@example.org"
    board.save()
    soon = advice("Bald fällig", answer_by=today + timedelta(days=5))
    advice("Noch Zeit", answer_by=today + timedelta(days=8))
    late = advice("Zu spät", days=90, answer_by=today - timedelta(days=1))
    reply(advice("Beantwortet", days=90, answer_by=today - timedelta(days=1)))
    advice("Nicht gezeigt", answer_by=today, is_public=False)
    assert (remind(), remind()) == (2, 0)
    deliver_outbox()
    assert {(mail.to[0], mail.subject) for mail in mailoutbox} == {
        ("stabsstelle@example.org", "Antwort an den Beirat ist bald fällig"),
        ("stabsstelle@example.org", "Antwort an den Beirat ist überfällig"),
    }
    assert any(late.get_absolute_url() in mail.body for mail in mailoutbox)
    type(soon).objects.filter(pk=soon.pk).update(answer_by=today - timedelta(days=2))
    assert remind() == 1
    assert Reminder.objects.filter(recommendation=soon).count() == 2


def test_nobody_is_reminded_where_no_address_is_kept(board, advice):
    advice(answer_by=timezone.localdate())
    assert remind() == 0
