"""The idea that a vote is about, with what deciding about the vote needs: one row, asked with every press of the button.

Who may read it is said in one place, ``Idea.objects.open_to``. Putting that statement together anew takes Django several
times as long as PostgreSQL takes to run it, so it is written down once per process, with places for person and idea.
"""

from functools import cache
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils.translation import gettext as _

from accounts.models import User
from common.database import is_postgres
from common.errors import Refused
from ideas.models import Campaign, Idea

if TYPE_CHECKING:
    Person = User | AnonymousUser

# In the order of the models' fields, as ``from_db`` takes values.
IDEA = ["id", "campaign_id", "author_id", "state", "slug", "support_count", "coauthor_count"]
CAMPAIGN = [
    *("id", "slug", "is_published", "is_public", "audience", "support_limit", "support_own", "support_goal"),
    *("counts_hidden_until", "asks_why"),
]
# Numbers that no row has: where they stand in the statement, the person's and the idea's are put.
PERSON, NUMBER = -(2**40) - 1, -(2**40) - 2


def readable(user: "Person", idea_id: int) -> Idea:
    """Return the idea if everybody may read it, or every member of the person's group; what waits does not exist here.

    Raises ``Refused`` (not_found, 404).
    """
    found = None
    if idea_id < 2**63:
        found = _prepared(user, idea_id) if is_postgres() else _asked(user, idea_id)
    if found is None:
        raise Refused(_("This idea does not exist, or is not public."), code="not_found", status=404)
    return found


def _asked(user: "Person", idea_id: int) -> Idea | None:
    ideas = Idea.objects.open_to(user).select_related("campaign")
    return ideas.only(*IDEA, *_of_campaign()).filter(pk=idea_id).order_by().first()


def _prepared(user: "Person", idea_id: int) -> Idea | None:
    statement, values = _statement(is_signed_in=user.is_authenticated)
    places: dict[object, Any] = {PERSON: user.pk, NUMBER: idea_id}
    with connection.cursor() as cursor:
        cursor.execute(statement, [places.get(value, value) for value in values])
        row = cursor.fetchone()
    if row is None:
        return None
    idea = Idea.from_db(connection.alias, IDEA, row[: len(IDEA)])
    idea.campaign = Campaign.from_db(connection.alias, CAMPAIGN, row[len(IDEA) :])
    return idea


@cache
def _statement(*, is_signed_in: bool) -> tuple[str, tuple[Any, ...]]:
    """Return the statement and its values; what it says depends on nothing but whether somebody is signed in."""
    person = User(pk=PERSON) if is_signed_in else AnonymousUser()
    rows = Idea.objects.open_to(person).filter(pk=NUMBER).order_by().values_list(*IDEA, *_of_campaign())
    statement, values = rows.query.sql_with_params()
    return statement, values


def _of_campaign() -> list[str]:
    return [f"campaign__{name}" for name in CAMPAIGN]
