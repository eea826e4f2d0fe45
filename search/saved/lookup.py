"""The two statements that meet a hundred thousand saved searches: which may fit, and keeping what does.

Written out, as thousands of rows go through them for one text: no objects are made of them, and what is the same for
many searches is judged once.
"""
# ruff: noqa: S608 - the statements are put together from our own words; everything else is a parameter

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone

COLUMNS = "id, person_id, reader_id, CAST(condition AS text), CAST(filters AS text), latitude, longitude, radius"
ANCHORED = "SELECT DISTINCT search_id FROM search_saved_anchor WHERE token {among}"
# From the anchors to their searches, never the other way round: a scan of all searches would cost more than all the rest.
MAY_FIT = {
    "postgresql": f"""SELECT s.* FROM ({ANCHORED}) a CROSS JOIN LATERAL
        (SELECT {COLUMNS} FROM search_saved WHERE id = a.search_id AND state = 'active' AND since <= %s OFFSET 0) s""",
    "sqlite": f"""SELECT {COLUMNS} FROM ({ANCHORED}) a CROSS JOIN search_saved
        WHERE id = a.search_id AND state = 'active' AND since <= %s""",
}
KEEP = """
    INSERT INTO search_saved_hit (search_id, kind, object_id, found_at, mail_due)
    SELECT s.id, %s, %s, %s, s.rhythm <> 'account' FROM search_saved s
    WHERE s.id {among} AND s.state = 'active' ON CONFLICT (search_id, kind, object_id) DO NOTHING"""
LATER = datetime(9999, 1, 1, tzinfo=UTC)


class Candidate(NamedTuple):
    """A search that may fit; condition and filters as the database has them, JSON."""

    pk: int
    person_id: int | None
    reader_id: int | None
    condition: str | None
    filters: str
    latitude: float | None
    longitude: float | None
    radius: int | None


def _among(values: Sequence[str] | Sequence[int]) -> tuple[str, Any]:
    """Return how the database asks for one of many values with one parameter, and the parameter."""
    if connection.vendor == "postgresql":
        return "= ANY(%s)", list(values)
    return "IN (SELECT value FROM json_each(%s))", json.dumps(list(values))


def candidates(tokens: Sequence[str], published_at: datetime | None) -> list[Candidate]:
    """Return the running searches that are anchored to one of the tokens and older than the text, in one statement."""
    among, wanted = _among(tokens)
    moment = connection.ops.adapt_datetimefield_value(published_at or LATER)
    with connection.cursor() as cursor:
        cursor.execute(MAY_FIT[connection.vendor].format(among=among), [wanted, moment])
        return list(map(Candidate._make, cursor.fetchall()))


def keep(kind: str, object_id: int, searches: Sequence[int]) -> int:
    """Keep an object for these searches, once each, in one statement; return for how many it is new."""
    if not searches:
        return 0
    among, wanted = _among(searches)
    moment = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(KEEP.format(among=among), [kind, object_id, moment, wanted])
        return int(cursor.rowcount)
