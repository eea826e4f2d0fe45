"""Dates as people say them."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils.translation import override

from theme import dates

EVENING = datetime(2026, 12, 6, 17, 0, tzinfo=UTC)  # 18 o'clock in Berlin


@time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC))
def test_a_moment_is_said_with_weekday_and_clock() -> None:
    assert dates.moment(EVENING) == "Sonntag, 6. Dezember, 18 Uhr"
    assert dates.moment(EVENING + timedelta(minutes=30)) == "Sonntag, 6. Dezember, 18:30 Uhr"


@time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC))
def test_another_year_is_named() -> None:
    assert dates.moment(datetime(2027, 1, 24, 17, tzinfo=UTC)) == "Sonntag, 24. Januar 2027, 18 Uhr"


def test_days_are_local_days() -> None:
    late = datetime(2026, 12, 6, 23, 30, tzinfo=UTC)  # already the 7th in Berlin
    assert dates.day(late) == "Montag, 7. Dezember 2026"
    assert dates.short_day(date(2026, 12, 6)) == "6. Dezember 2026"


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (datetime(2026, 11, 23, 12, tzinfo=UTC), "noch 13 Tage"),
        (datetime(2026, 12, 5, 12, tzinfo=UTC), "noch 1 Tag"),
        (datetime(2026, 12, 6, 12, tzinfo=UTC), "endet heute"),
        (datetime(2026, 12, 6, 17, 0, tzinfo=UTC), "beendet"),
        (datetime(2026, 12, 9, 12, tzinfo=UTC), "beendet"),
    ],
)
def test_what_is_left_is_counted_in_days(now: datetime, words: str) -> None:
    assert dates.days_left(EVENING, now) == words


def test_english_readers_get_english_dates() -> None:
    with override("en"):
        assert dates.day(EVENING) == "Sunday, 6 December 2026"
