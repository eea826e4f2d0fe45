"""The statements that decide, in SQL that both databases run alike: each tells by its answer whether a row changed.

The order of locks is always campaign, voter (only who chooses after a merge), votes, choices, ballot, ideas (the smaller
number first), merge.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from common.database import is_postgres
from ideas.models import Idea

Value = str | int | None

OPEN_PHASE = """
    SELECT i.state, i.merged_into_id, i.merged_count FROM ideas_phase p
    LEFT JOIN ideas_idea i ON i.id = %s AND i.campaign_id = p.campaign_id
    WHERE p.campaign_id = %s AND p.allows_support AND p.method = 'support' AND p.sealed_at IS NULL
    AND p.opens_at <= %s AND p.closes_at > %s LIMIT 1"""
INSERT_VOTE = """
    INSERT INTO voting_vote (idea_id, campaign_id, voter_key, value, level) VALUES (%s, %s, %s, 1, %s)
    ON CONFLICT (idea_id, voter_key) DO NOTHING"""
KNOWN = "SELECT coalesce(max(level), 0) FROM voting_vote WHERE campaign_id = %s AND voter_key = %s"
LOCK_VOTE = "SELECT 1 FROM voting_vote WHERE idea_id = %s AND voter_key = %s"
DELETE_VOTE = "DELETE FROM voting_vote WHERE idea_id = %s AND voter_key = %s RETURNING level, quarantine_id"
# The condition lets nobody over the limit, however many of their requests run at once.
USE_BALLOT = """
    INSERT INTO voting_ballot (campaign_id, voter_key, used, lim, version) VALUES (%s, %s, 1, %s, 1)
    ON CONFLICT (campaign_id, voter_key) DO UPDATE
    SET used = voting_ballot.used + 1, version = voting_ballot.version + 1, lim = excluded.lim
    WHERE excluded.lim IS NULL OR voting_ballot.used < excluded.lim
    RETURNING used, version"""
FREE_BALLOT = """
    UPDATE voting_ballot SET used = used - 1, version = version + 1
    WHERE campaign_id = %s AND voter_key = %s RETURNING used, version"""
# One support goes from one idea to another: two events, as many used as before.
MOVE_BALLOT = """
    UPDATE voting_ballot SET version = version + 2 WHERE campaign_id = %s AND voter_key = %s RETURNING used, version"""
INSERT_EVENT = """
    INSERT INTO voting_voteevent (campaign_id, idea_id, change, commitment, hour) VALUES (%s, %s, %s, %s, %s)"""


def is_open(campaign_id: int, at: datetime) -> bool:
    """Tell whether a phase that is not sealed takes supports at that moment: [opens, closes)."""
    return open_idea(campaign_id, at, None) is not None


def open_idea(campaign_id: int, at: datetime, idea_id: int | None) -> tuple[str, bool] | None:
    """Return (state, whether it is part of a merge) as they are now, or None while no phase takes supports."""
    moment = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:
        cursor.execute(OPEN_PHASE, [idea_id, campaign_id, moment, moment])
        row = cursor.fetchone()
    return None if row is None else (row[0] or "", bool(row[1] or row[2]))


def hold_vote(idea: Idea, key: str) -> bool:
    """Tell whether there is a vote, and keep it there until the transaction ends."""
    statement = f"{LOCK_VOTE} FOR UPDATE" if is_postgres() else LOCK_VOTE
    with connection.cursor() as cursor:
        cursor.execute(statement, [idea.pk, key])
        return cursor.fetchone() is not None


def insert_vote(idea: Idea, key: str, level: int) -> bool:
    """Add the vote of somebody known that well; return whether it is new."""
    return _changed(INSERT_VOTE, [idea.pk, idea.campaign_id, key, level])


def level_of(campaign_id: int, key: str) -> int:
    """Return how well the voter was known at the best of their other votes."""
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [campaign_id, key])
        return int(cursor.fetchone()[0])


def delete_vote(idea: Idea, key: str) -> int | None:
    """Take the vote away; return how well its voter was known, or None when there was none."""
    found = remove_vote(idea, key)
    return None if found is None else found[0]


def remove_vote(idea: Idea, key: str) -> tuple[int, int | None] | None:
    """Take the vote away; return (how well its voter was known, by which quarantine it was set apart), or None."""
    with connection.cursor() as cursor:
        cursor.execute(DELETE_VOTE, [idea.pk, key])
        row = cursor.fetchone()
    return None if row is None else (int(row[0]), row[1])


def use_ballot(campaign_id: int, key: str, limit: int | None) -> tuple[int, int] | None:
    """Count one support more; return (used, version), or None when the limit is reached."""
    return None if limit == 0 else _pair(USE_BALLOT, [campaign_id, key, limit])


def free_ballot(campaign_id: int, key: str) -> tuple[int, int]:
    """Count one support less; return (used, version)."""
    return _pair(FREE_BALLOT, [campaign_id, key]) or (0, 0)


def move_ballot(campaign_id: int, key: str) -> tuple[int, int]:
    """Count that one support goes elsewhere; return (used, version)."""
    return _pair(MOVE_BALLOT, [campaign_id, key]) or (0, 0)


def insert_event(idea: Idea, change: int, commitment: str, hour: datetime) -> None:
    """Add to the record what happened."""
    with connection.cursor() as cursor:
        moment = connection.ops.adapt_datetimefield_value(hour)
        cursor.execute(INSERT_EVENT, [idea.campaign_id, idea.pk, change, commitment, moment])


def _changed(statement: str, values: Sequence[Value]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return bool(cursor.rowcount == 1)


def _pair(statement: str, values: Sequence[Value]) -> tuple[int, int] | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    return None if row is None else (int(row[0]), int(row[1]))
