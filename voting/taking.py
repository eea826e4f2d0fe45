"""Taking one support: all conditions and rows of the voter in one statement, where the database can do that.

PostgreSQL runs it as one; SQLite, whose statements cost no way, runs the same conditions and rows one after the other.
The campaign's lock is held already: its clock is ``moment``, and what is read here is what stands behind that lock.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection

from common.database import is_postgres
from ideas.models import Idea
from voting import pace
from voting.voters import Voter

if TYPE_CHECKING:
    from accounts.models import User

# Of an account: whether it still is one, and votes under the same name; how well it is known, from when it is.
# With a code in hand, nothing is asked.
OPEN = """
    SELECT coalesce(i.state, '') AS state,
        coalesce(u.is_active AND coalesce(u.votes_as, u.person_id) = %(voter)s, u.id IS NULL AND %(person)s = 0) AS is_known,
        p.needs_old_account AND u.id IS NOT NULL AND u.date_joined >= p.opens_at AS is_new_account,
        p.level AS needed, p.takes_codes,
        CASE WHEN %(person)s = 0 THEN %(level)s ELSE coalesce(
            (SELECT max(v.level) FROM accounts_verification v WHERE v.person_id = %(person)s), 0) END AS level
    FROM ideas_phase p
    LEFT JOIN ideas_idea i ON i.id = %(idea)s AND i.campaign_id = p.campaign_id
    LEFT JOIN accounts_user u ON u.id = %(person)s
    WHERE p.campaign_id = %(campaign)s AND p.allows_support AND p.method = 'support' AND p.sealed_at IS NULL
    AND p.opens_at <= %(moment)s AND p.closes_at > %(moment)s ORDER BY p.closes_at LIMIT 1"""
MAY = """state = 'public' AND is_known AND NOT is_new_account AND level >= needed AND (level < 3 OR takes_codes)"""
VOTE = """
    INSERT INTO voting_vote (idea_id, campaign_id, voter_key, value, level) {source}
    ON CONFLICT (idea_id, voter_key) DO NOTHING RETURNING id"""
# The condition lets nobody over the limit, however many of their requests run at once.
BALLOT = """
    INSERT INTO voting_ballot (campaign_id, voter_key, used, lim, version) {source}
    ON CONFLICT (campaign_id, voter_key) DO UPDATE
    SET used = voting_ballot.used + 1, version = voting_ballot.version + 1, lim = excluded.lim
    WHERE excluded.lim IS NULL OR voting_ballot.used < excluded.lim
    RETURNING used, version"""
LOOK = f"SELECT o.*, {MAY} AS may FROM ({OPEN}) o"  # noqa: S608 - fixed words
AT_ONCE = f"""
    WITH look AS ({LOOK}),
    vote AS ({VOTE.format(source="SELECT %(idea)s, %(campaign)s, %(key)s, 1, level FROM look WHERE may")}),
    ballot AS ({
    BALLOT.format(
        source='''SELECT %(campaign)s, %(key)s, 1, %(limit)s::integer, 1 FROM vote
        WHERE %(limit)s::integer IS DISTINCT FROM 0'''
    )
}),
    pace AS ({pace.MOVE.format(source="SELECT %(name)s, %(clock)s + %(share)s FROM ballot WHERE %(person)s <> 0")})
    SELECT look.state, look.is_known, look.is_new_account, look.needed, look.takes_codes, look.level,
        EXISTS (SELECT 1 FROM vote), ballot.used, ballot.version, %(person)s = 0 OR EXISTS (SELECT 1 FROM pace)
    FROM look LEFT JOIN ballot ON TRUE"""  # noqa: S608 - fixed words


@dataclass(frozen=True)
class Try:
    """Somebody wants to support an idea; ``account`` is None when they hold a code."""

    voter: Voter
    idea: Idea
    account: "User | None"

    @property
    def pace_name(self) -> str:
        """Return under which name an account's speed is counted; whoever holds a code votes once, with all it is good for."""
        return pace.account_of(self.account) if self.account else ""

    def values(self, moment: datetime) -> dict[str, Any]:
        """Return the parameters of the statements."""
        person = self.account
        return {
            "idea": self.idea.pk,
            "campaign": self.idea.campaign_id,
            "limit": self.idea.campaign.support_limit,
            "key": self.voter.key,
            "level": self.voter.level,
            "person": person.pk if person else 0,
            "voter": _uuid(person) if person else None,
            "moment": connection.ops.adapt_datetimefield_value(moment),
            **pace.values(self.pace_name, moment),
        }


@dataclass(frozen=True)
class Found:
    """What the database said: the conditions one by one, and the rows that came of it."""

    state: str
    is_known: bool
    is_new_account: bool
    needed: int
    takes_codes: bool
    level: int
    is_new: bool = False
    used: int | None = None
    version: int | None = None
    in_time: bool = False


def take(tried: Try, moment: datetime) -> Found | None:
    """Add the vote and count it on the voter's ballot if all conditions hold; None while no phase takes supports.

    Where something does not hold, the rows before it may stand: the caller refuses, and with that its transaction ends.
    """
    return _at_once(tried, moment) if is_postgres() else _one_by_one(tried, moment)


def _at_once(tried: Try, moment: datetime) -> Found | None:
    row = _row(AT_ONCE, tried.values(moment))
    return Found(*row) if row else None


def _one_by_one(tried: Try, moment: datetime) -> Found | None:
    values = tried.values(moment)
    look = _row(LOOK, values)
    if look is None:
        return None
    state, is_known, is_new_account, needed, takes_codes, level, may = look
    seen = (state, bool(is_known), bool(is_new_account), needed, bool(takes_codes), level)
    vote = VOTE.format(source="VALUES (%(idea)s, %(campaign)s, %(key)s, 1, %(level)s)")
    if not may or not _row(vote, values | {"level": level}):
        return Found(*seen)
    ballot = BALLOT.format(source="VALUES (%(campaign)s, %(key)s, 1, %(limit)s, 1)")
    counted = None if values["limit"] == 0 else _row(ballot, values)
    if counted is None:
        return Found(*seen, is_new=True)
    return Found(
        *seen,
        is_new=True,
        used=counted[0],
        version=counted[1],
        in_time=tried.account is None or _row(pace.ALONE, values) is not None,
    )


def _row(statement: str, values: dict[str, Any]) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row


def _uuid(person: "User") -> str:
    """Return the id under which the account votes as this kind of database keeps it."""
    return str(person.voter_id) if is_postgres() else person.voter_id.hex
