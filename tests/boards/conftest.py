"""A board with its page and its room: a host, two members, somebody who left, and others."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from boards.actions.opening import open_room
from boards.models import BoardPage, Meeting, Recommendation, Room, Seat
from cms.models import StartPage
from ideas.models import Member
from tests import factories
from tests.ideas.conftest import signed_in


@pytest.fixture
def board(start: StartPage) -> BoardPage:
    """A published page of the board."""
    page = BoardPage(title="Familienbeirat", lead="Wir beraten die Stadt.", answer_office="Stabsstelle Familie")
    start.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


@pytest.fixture
def room(board: BoardPage) -> Room:
    """Its closed room, with nobody in it."""
    return open_room(board)


@pytest.fixture
def people(room: Room) -> dict[str, User]:
    """Host, two members, and a citizen."""
    names = {"host": "Ruth Engelke", "member": "Hanna vom Deich", "other": "Cem aus Nordfeld", "citizen": "Lippespatz"}
    made = {role: factories.make_person(f"{role}@example.org", name) for role, name in names.items()}
    for role in ("host", "member", "other"):
        Member.objects.create(campaign=room.campaign, person=made[role], role="host" if role == "host" else "member")
    return made


@pytest.fixture
def browsers(people: dict[str, User]) -> dict[str, Client]:
    """A browser for each of them, and for a visitor."""
    return {"visitor": Client()} | {role: signed_in(person) for role, person in people.items()}


@pytest.fixture
def meeting(board: BoardPage) -> Callable[..., Meeting]:
    """Make a meeting some days from now."""

    def make(title: str = "Sitzung im Nordfeld", days: float = 10, **fields: Any) -> Meeting:
        begins = timezone.now() + timedelta(days=days)
        place = {"place": "Jugendzentrum, Saal", "starts_at": begins, "ends_at": begins + timedelta(hours=2)}
        made = Meeting(**{"board": board, "title": title} | place | fields)
        made.full_clean()
        made.save()
        return made

    return make


@pytest.fixture
def advice(board: BoardPage) -> Callable[..., Recommendation]:
    """Make a recommendation that was decided some days ago."""

    def make(title: str = "Wickelplätze in allen Ämtern", days: int = 5, **fields: Any) -> Recommendation:
        decided = timezone.localdate() - timedelta(days=days)
        words = {"title": title, "text": "Der Rat möge beschließen.", "decided_on": decided}
        made = Recommendation(**{"board": board} | words | fields)
        made.full_clean()
        made.save()
        return made

    return make


@pytest.fixture
def seat(board: BoardPage) -> Callable[..., Seat]:
    """Make a seat whose member agreed to be named."""

    def make(name: str = "Hanna Deichmann", **fields: Any) -> Seat:
        today = timezone.localdate()
        agreed = {"consent_on": today - timedelta(days=30), "shown_until": today + timedelta(days=30)}
        since = {"since": today - timedelta(days=100)}
        made = Seat(**{"board": board, "name": name} | agreed | since | fields)
        made.full_clean()
        made.save()
        return made

    return make
