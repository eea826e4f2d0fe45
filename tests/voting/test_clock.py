"""V7: only the database's clock decides, to the microsecond; neither the application's nor the change of the hour matters."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from common.database import now
from common.errors import Refused
from ideas.models import Phase
from tests import factories
from voting.actions import give_support

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")
MICRO, HOUR = timedelta(microseconds=1), timedelta(hours=1)


def campaign(opens, closes):
    made = factories.campaign(phase=False)
    factories.phase(campaign=made, opens_at=opens, closes_at=closes)
    return made


def is_taken(idea, moment, monkeypatch):
    monkeypatch.setattr("voting.actions.support.share_lock", lambda _name: moment)
    try:
        return give_support(voter=factories.person(), idea=idea).supported
    except Refused:
        return False


@pytest.mark.parametrize(
    ("opens", "hours"),
    [
        (datetime(2026, 6, 1, 8, tzinfo=BERLIN), 10),
        # In this night 2 o'clock does not exist, in that one it comes twice.
        (datetime(2026, 3, 29, 1, 30, tzinfo=BERLIN), 1),
        (datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1), 1),
        (datetime(2028, 2, 29, 0, tzinfo=BERLIN), 24),
    ],
)
def test_a_phase_takes_votes_from_its_first_microsecond_to_its_last(opens, hours, monkeypatch):
    opens = opens.astimezone(UTC)
    closes = opens + hours * HOUR
    idea = factories.idea(campaign=campaign(opens, closes))
    edges = [opens - MICRO, opens, closes - MICRO, closes]
    assert [is_taken(idea, moment, monkeypatch) for moment in edges] == [False, True, True, False]


@pytest.mark.parametrize("minutes", [-10, 10])
@pytest.mark.parametrize(("begins", "ends", "is_open"), [(-60, -5, False), (-5, 5, True), (5, 60, False)])
def test_a_clock_of_the_application_that_is_wrong_changes_nothing(minutes, begins, ends, is_open):
    """SQLite has no other clock than the application's: there one machine's time decides, and this says so."""
    real = now()
    idea = factories.idea(campaign=campaign(real + begins * timedelta(minutes=1), real + ends * timedelta(minutes=1)))
    anna = factories.person()
    with time_machine.travel(real + timedelta(minutes=minutes)):
        if connection.vendor == "sqlite":
            is_open = begins <= minutes < ends
        try:
            taken = give_support(voter=anna, idea=idea).supported
        except Refused:
            taken = False
    assert taken == is_open
    assert Phase.objects.get().sealed_at is None
    assert abs(timezone.now() - real) < timedelta(minutes=5)
