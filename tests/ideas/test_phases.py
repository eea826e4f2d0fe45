"""Phases: open from their first microsecond to the last before their end, told in words, planned with sense."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from common.database import replayed_at
from common.errors import Refused
from ideas.actions import submit_idea, write_comment
from ideas.content import IdeaContent
from ideas.models import Campaign, Phase
from ideas.phase_plan import faults, gaps, guards, remarks
from ideas.queries.openings import headline, openings
from ideas.queries.phases import closes_at, phase_steps
from ideas.rules import allowed_now
from tests import factories
from voting.actions import give_support

TOWN = ZoneInfo("Europe/Berlin")
MICRO = timedelta(microseconds=1)


def at(*parts: int, fold: int = 0) -> datetime:
    """A moment by the clocks of the town; in UTC, because adding to local times forgets the change of the clocks."""
    return datetime(*parts, tzinfo=TOWN, fold=fold).astimezone(UTC)


# A vote that begins and ends with the change of the clocks, and one around 29 February.
STRETCHES = [
    pytest.param(at(2026, 3, 29, 1, 59), at(2026, 10, 25, 2, 30, fold=1), id="summer time"),
    pytest.param(at(2026, 3, 29, 3), at(2026, 10, 25, 2, 30, fold=0), id="the first half past two"),
    pytest.param(at(2028, 2, 29, 0), at(2028, 3, 1, 0), id="29 February"),
    pytest.param(at(2026, 12, 31, 18), at(2027, 1, 1, 0), id="new year"),
]


def tries(campaign: Campaign, author: User) -> dict[str, Callable[[], object]]:
    idea = factories.idea(campaign=campaign)
    content = IdeaContent(title="Ein Segel am Ufer", text="Ein Segel über dem Sand hilft allen Kindern.")
    return {
        "ideas": lambda: submit_idea(author=author, campaign=Campaign.objects.get(pk=campaign.pk), content=content),
        "comments": lambda: write_comment(
            author=author, idea=type(idea).objects.get(pk=idea.pk), text="Das finde ich gut."
        ),
        "support": lambda: give_support(voter=author, idea=type(idea).objects.get(pk=idea.pk)),
    }


def works(act: Callable[[], object], moment: datetime) -> bool:
    try:
        with replayed_at(moment):
            act()
    except Refused as refusal:
        return refusal.code != "closed"
    return True


@pytest.mark.parametrize("what", ["ideas", "comments", "support"])
@pytest.mark.parametrize(("opens", "closes"), STRETCHES)
def test_what_is_allowed_holds_to_the_microsecond(db: None, what: str, opens: datetime, closes: datetime) -> None:
    campaign = factories.campaign(phase=False)
    Phase.objects.create(campaign=campaign, kind="vote", opens_at=opens, closes_at=closes, **{f"allows_{what}": True})
    act = tries(campaign, factories.person())[what]
    moments = (opens - MICRO, closes, closes + timedelta(hours=1), opens, closes - MICRO)
    assert [works(act, moment) for moment in moments] == [False, False, False, True, True]
    for other in {"ideas", "comments", "support"} - {what}:
        assert not allowed_now(campaign, other, opens)


def test_one_phase_begins_in_the_microsecond_in_which_another_ends(db: None) -> None:
    campaign, middle = factories.campaign(phase=False), at(2028, 2, 29, 12)
    factories.phase(campaign=campaign, kind="collect", opens_at=at(2028, 2, 1), closes_at=middle, allows_support=False)
    factories.phase(campaign=campaign, kind="vote", opens_at=middle, closes_at=at(2028, 3, 31), allows_ideas=False)
    assert [allowed_now(campaign, "ideas", moment) for moment in (middle - MICRO, middle)] == [True, False]
    assert [allowed_now(campaign, "support", moment) for moment in (middle - MICRO, middle)] == [False, True]
    assert closes_at(campaign, "comments", middle - MICRO) == at(2028, 3, 31)


def plan(*phases: tuple[str, int, int], **rights: bool) -> list[Phase]:
    """Phases by kind and days from now, each with what is usual for it."""
    usual = {"collect": {"allows_ideas": True}, "vote": {"allows_support": True}}
    now = timezone.now()
    return [
        Phase(
            kind=kind,
            opens_at=now + timedelta(days=first),
            closes_at=now + timedelta(days=last),
            **usual.get(kind, {}) | rights,
        )
        for kind, first, last in phases
    ]


@pytest.mark.parametrize(("phases", "field", "words"), [
    ([("collect", 0, 9), ("collect", 8, 12)], "opens_at", "überschneiden"),
    ([("collect", 0, 9), ("result", 8, 20)], "opens_at", "steht erst fest"),
    ([("vote", 0, 9), ("result", 8, 20)], "opens_at", "steht erst fest"),
    ([("vote", 0, 9), ("collect", 3, 12)], "closes_at", "Abstimmung schon vorbei"),
    ([("collect", 0, 12), ("vote", 3, 9)], "closes_at", "Abstimmung schon vorbei"),
    ([("result", -9, -5), ("collect", 0, 9)], "opens_at", "bevor gesammelt"),
])  # fmt: skip
def test_what_makes_no_sense_is_refused(phases: list[tuple[str, int, int]], field: str, words: str) -> None:
    found = faults(plan(*phases))
    assert [fault.field for fault in found] == [field]
    assert words in found[0].text


@pytest.mark.parametrize(("kind", "rights", "words"), [
    ("vote", {"allows_support": False}, "unterstützen können"),
    ("result", {"allows_ideas": True}, "nichts Neues"),
    ("result", {"allows_support": True}, "nichts mehr ändern"),
])  # fmt: skip
def test_a_kind_forbids_what_it_cannot_mean(kind: str, rights: dict[str, bool], words: str) -> None:
    assert [words in fault.text for fault in faults(plan((kind, 0, 9), **rights))] == [True]


@pytest.mark.parametrize("phases", [
    [("collect", 0, 9), ("discuss", 3, 12), ("vote", 12, 20), ("review", 20, 30), ("result", 30, 60)],
    [("collect", 0, 9), ("vote", 3, 9), ("result", 9, 20)],
    [("collect", 0, 9), ("result", 9, 20), ("collect", 20, 30), ("result", 30, 40)],
    [("vote", 0, 5), ("vote", 5, 9)],
    [("review", 0, 5)],
])  # fmt: skip
def test_plans_with_sense_are_let_through(phases: list[tuple[str, int, int]]) -> None:
    assert faults(plan(*phases)) == []


def test_gaps_and_odd_overlaps_are_remarked_on() -> None:
    phases = plan(("collect", 0, 9), ("vote", 12, 20), ("review", 15, 30))
    assert [(one.kind, other.kind) for one, other in gaps(phases)] == [("collect", "vote")]
    found = " ".join(remarks(phases, timezone.now()))
    assert "ist eine Lücke" in found
    assert "bevor sie das Ergebnis der Abstimmung kennt" in found
    assert remarks(plan(("collect", 0, 9), ("vote", 9, 20)), timezone.now()) == []


def test_what_has_happened_cannot_be_changed(db: None) -> None:
    now = timezone.now()
    running = factories.phase(campaign=factories.campaign(phase=False))
    later, earlier = Phase.objects.get(pk=running.pk), Phase.objects.get(pk=running.pk)
    later.closes_at += timedelta(days=5)
    assert guards(0, later, running, now) == []
    earlier.opens_at -= timedelta(days=5)
    earlier.closes_at = now - timedelta(hours=1)
    assert {fault.field for fault in guards(0, earlier, running, now)} == {"opens_at", "closes_at"}
    assert {fault.field for fault in guards(0, later, running, running.closes_at)} == {"closes_at"}
    running.sealed_at = now
    later.allows_comments = False
    assert {fault.field for fault in guards(0, later, running, now)} == {"closes_at", "allows_comments"}


@time_machine.travel(at(2026, 11, 20, 12))  # another year would stand beside each day
def test_people_read_what_is_possible_now_later_and_no_more(db: None) -> None:
    campaign, now = factories.campaign(phase=False), at(2026, 11, 20, 12)
    phases = (("collect", 1, 10, "allows_ideas"), ("discuss", 10, 30, "allows_comments"))
    for kind, first, last, right in phases:
        moments = {"opens_at": at(2026, 11, first, 18), "closes_at": at(2026, 11, last, 18)}
        Phase.objects.create(campaign=campaign, kind=kind, **moments, **{right: True})
    Phase.objects.create(
        campaign=campaign, kind="vote", opens_at=at(2026, 12, 1), closes_at=at(2026, 12, 7), allows_support=True
    )
    assert [(one.label, one.words) for one in openings(campaign, now)] == [
        ("Ideen einreichen", "war möglich bis Dienstag, 10. November, 18 Uhr"),
        ("Kommentieren", "jetzt, bis Montag, 30. November, 18 Uhr"),
        ("Ideen unterstützen", "ab Dienstag, 1. Dezember"),
    ]
    assert headline(campaign, now) == "Jetzt: über die Ideen sprechen, bis Montag, 30. November, 18 Uhr."
    assert headline(campaign, at(2026, 11, 30, 19)) == "„Abstimmen“ beginnt am Dienstag, 1. Dezember."
    assert [step["state"] for step in phase_steps(campaign, now)] == ["past", "now", "next"]
    assert phase_steps(campaign, now)[2]["when"] == "1. Dezember bis 6. Dezember 2026"
