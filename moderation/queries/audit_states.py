"""Every change of state that the database wrote down by itself, held against decisions and acts without a decision."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from heapq import merge
from itertools import groupby
from operator import itemgetter

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _

from moderation import watch
from moderation.models import Act, Decision, StateChange
from moderation.queries.audit_kinds import Finding, Tampering
from moderation.registry import kinds, moderated
from moderation.watch import Watched

BATCH = 2000
# Rows in another state than the last change that was written down left them in.
UNSEEN = """
    SELECT id, state, known FROM (
        SELECT t.id, t.state, COALESCE((
            SELECT c.after FROM moderation_statechange c WHERE c.kind = %s AND c.object_id = t.id
            ORDER BY c.id DESC LIMIT 1), %s) AS known
        FROM ({present}) t) AS rows_now
    WHERE state <> known ORDER BY id"""
GONE = """
    SELECT DISTINCT object_id FROM moderation_statechange c
    WHERE c.kind = %s AND NOT EXISTS (SELECT 1 FROM {table} t WHERE t.id = c.object_id) ORDER BY object_id"""
THERE = "SELECT 1 FROM {table} WHERE id = %s"


def watched() -> dict[str, Watched]:
    """Return what the database watches, by kind."""
    return {kind: found for kind in kinds() if (found := moderated(kind).watched)}


def states() -> Iterator[Finding]:
    """Name changes without a reason, decisions without their change, and changes the database did not see."""
    found = watched()
    for trigger in watch.asleep(name for one in found.values() for name in one.triggers):
        words = _("The trigger “%(name)s” is missing or switched off: changes of state are not written down.")
        yield Finding(Tampering.STATE, words % {"name": trigger})
    for kind, one in sorted(found.items()):
        yield from unexplained(kind)
        yield from unseen(kind, one)


def unexplained(kind: str) -> Iterator[Finding]:
    """Compare, one contribution after the other, what changed with what was decided or done by its author."""
    changes = StateChange.objects.filter(kind=kind).order_by("object_id", "id")
    decisions = Decision.objects.filter(kind=kind).exclude(state_before=F("state_after")).order_by("object_id", "id")
    acts = Act.objects.filter(kind=kind).order_by("object_id", "id")
    streams = (
        changes.values_list("object_id", "before", "after").iterator(BATCH),
        decisions.values_list("object_id", "state_before", "state_after", "sequence").iterator(BATCH),
        acts.values_list("object_id", "before", "after").iterator(BATCH),
    )
    marked = [placed(stream, place) for place, stream in enumerate(streams)]
    for object_id, rows in groupby(merge(*marked, key=itemgetter(0)), key=itemgetter(0)):
        found = list(contradictions(kind, object_id, list(rows)))
        if found and not is_gone_for_good(kind, object_id):
            yield from found


def is_gone_for_good(kind: str, object_id: int) -> bool:
    """Tell whether it may go with all that was known of it (people do), and has gone."""
    about = moderated(kind).watched
    if about is None or not about.may_go:
        return False
    with connection.cursor() as cursor:
        cursor.execute(THERE.format(table=about.subjects or about.table), [object_id])
        return cursor.fetchone() is None


def placed(stream: Iterator[tuple], place: int) -> Iterator[tuple]:
    """Add to every row where it comes from."""
    return ((*row, place) for row in stream)


def contradictions(kind: str, object_id: int, rows: list[tuple]) -> Iterator[Finding]:
    """Count changes against reasons; say which change has none, and which entry says something that never happened."""
    balance: Counter[tuple[str, str]] = Counter()
    entries = {}
    for row in rows:
        step, place = (row[1], row[2]), row[-1]
        balance[step] += 1 if place == 0 else -1
        if place == 1:
            entries[step] = row[3]
    for step, count in balance.items():
        if count:
            yield said(kind, object_id, step, count, entries.get(step))


def said(kind: str, object_id: int, step: tuple[str, str], count: int, entry: int | None) -> Finding:
    """Put a contradiction into words."""
    about = {"kind": moderated(kind).label, "id": object_id, "before": step[0] or "–", "after": step[1], "entry": entry}
    if count > 0:
        words = _("%(kind)s %(id)d went from “%(before)s” to “%(after)s” without an entry.")
    elif entry:
        words = _("Entry %(entry)d says that %(kind)s %(id)d went from “%(before)s” to “%(after)s”; it never did.")
    else:
        words = _("%(kind)s %(id)d never went from “%(before)s” to “%(after)s”, though an act says so.")
    return Finding(Tampering.STATE, words % about)


def unseen(kind: str, about: Watched) -> Iterator[Finding]:
    """Name contributions that changed, or went, while nobody watched."""
    label = moderated(kind).label
    with closing(connection.cursor()) as cursor:
        cursor.execute(UNSEEN.format(present=about.present), [kind, about.start])
        for object_id, state, known in iter(cursor.fetchone, None):
            words = _("%(kind)s %(id)d is “%(state)s”, but the last change written down left it “%(known)s”.")
            said = {"kind": label, "id": object_id, "state": state, "known": known}
            yield Finding(Tampering.STATE, words % said)
        if about.may_go:
            return
        cursor.execute(GONE.format(table=about.subjects or about.table), [kind])
        for (object_id,) in iter(cursor.fetchone, None):
            words = _("%(kind)s %(id)d is gone, but it was changed by decisions or acts.")
            yield Finding(Tampering.STATE, words % {"kind": label, "id": object_id})
