"""Baskets as a result counts them, and the hash over their rows."""

from collections.abc import Iterator
from typing import Any

from django.db import connection

from common.database import is_postgres
from ideas.models import Phase
from voting.queries.baskets import snapshot_of_baskets
from voting.sealing import digest_of_rows

# One row for each basket: its projects are gathered by the database, of which there may be many hundred thousand.
GATHERED = "string_agg(i.project_id::text || ':' || i.cost_cents, ',')"
GATHERED_SQLITE = "group_concat(i.project_id || ':' || i.cost_cents)"
ROWS = """
    SELECT b.voter_key, b.version, b.spent_cents, b.budget_cents, b.level, {gathered}
    FROM voting_basket b LEFT JOIN voting_basketitem i ON i.basket_id = b.id WHERE b.phase_id = %s GROUP BY b.id"""


def baskets_sealed(phase: Phase) -> dict[str, Any]:
    """Return what was counted of a phase's baskets, with ``total`` and ``rows`` as every result has them."""
    found = snapshot_of_baskets(phase)
    return {**found, "total": found["people"], "rows": digest_of_rows(_rows(phase))}


def _rows(phase: Phase) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(ROWS.format(gathered=GATHERED if is_postgres() else GATHERED_SQLITE), [phase.pk])
        for *basket, items in cursor.fetchall():
            yield (*basket, ",".join(sorted((items or "").split(","))))
