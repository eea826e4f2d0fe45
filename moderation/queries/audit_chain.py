"""Walking along the chain of the record, and holding it against anchors kept earlier."""

from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain as one_after_another
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moderation import record
from moderation.models import Anchor, Decision, RuleSeal, RuleVersion, StateChange
from moderation.queries.audit_kinds import Finding, Tampering

BATCH = 1000
MOST_SAID = 20
COLUMNS = (*record.FIELDS, "rule_version_id", "hash")


@dataclass(frozen=True)
class Mark:
    """The end of the record as it once was: number and hash of its last entry."""

    sequence: int
    hash: str


def rules_changed() -> Generator[Finding, None, set[int]]:
    """Name rules whose words are not those of the first decision that rests on them; return their keys."""
    changed = set()
    for seal in RuleSeal.objects.select_related("rule_version__rule").order_by("pk").iterator(BATCH):
        rule = seal.rule_version
        if record.digest(record.words_of(rule)) == seal.hash:
            continue
        changed.add(rule.pk)
        entries = Decision.objects.filter(rule_version=rule).count()
        words = ngettext(
            "The words of rule %(rule)d, version %(version)d, were changed; %(count)d entry rests on them.",
            "The words of rule %(rule)d, version %(version)d, were changed; %(count)d entries rest on them.",
            entries,
        )
        said = {"rule": rule.rule.number, "version": rule.number, "count": entries}
        yield Finding(Tampering.RULE, words % said)
    return changed


def chain(without: set[int]) -> Iterator[Finding]:
    """Recompute every hash; name gaps, changed entries and entries that do not join.

    What rests on rules ``without`` their words cannot be recomputed; whether it joins still can be told.
    """
    number, before, joins = 0, record.FIRST, Joins()
    words = {rule.pk: record.words_of(rule) for rule in RuleVersion.objects.select_related("rule")}
    for row in Decision.objects.order_by("sequence").values_list(*COLUMNS).iterator(BATCH):
        fields = dict(zip(COLUMNS, row, strict=True))
        rule, found = fields.pop("rule_version_id"), fields.pop("hash")
        sequence = fields["sequence"]
        is_whole = rule in without or record.fingerprint_of(fields, words.get(rule)) == found
        if sequence != number + 1:
            yield gap(number, sequence)
        if fields["previous_hash"] != before:
            yield from joins.wrong(fields, is_whole=is_whole, after_gap=sequence != number + 1)
        elif not is_whole:
            said = _("Entry %(number)d was changed: its content does not match its hash.")
            yield Finding(Tampering.FIELD, said % {"number": sequence})
        number, before = sequence, found


def gap(last: int, sequence: int) -> Finding:
    """Say how many entries are missing."""
    missing = sequence - last - 1
    words = ngettext(
        "%(count)d entry is missing before %(number)d.", "%(count)d entries are missing before %(number)d.", missing
    )
    return Finding(Tampering.GAP, words % {"count": missing, "number": sequence})


class Joins:
    """Tells why an entry does not carry the hash of the one before."""

    @cached_property
    def forks(self) -> set[str]:
        """Hashes that more than one entry claims to follow."""
        counted = Decision.objects.values("previous_hash").annotate(count=Count("pk")).filter(count__gt=1)
        return set(counted.order_by().values_list("previous_hash", flat=True))

    def wrong(self, fields: Mapping[str, Any], *, is_whole: bool, after_gap: bool) -> Iterator[Finding]:
        """Name what was done: put between others, moved, or a neighbour replaced; after a gap it says nothing new."""
        previous, said = fields["previous_hash"], {"number": fields["sequence"], "before": fields["sequence"] - 1}
        is_known = previous == record.FIRST or Decision.objects.filter(hash=previous).exists()
        if previous in self.forks:
            words = _("Entry %(number)d was inserted: another entry follows the same one.")
            yield Finding(Tampering.INSERTED, words % said)
        elif is_known:
            words = _("Entry %(number)d stands in the wrong place: it does not follow the one before.")
            yield Finding(Tampering.MOVED, words % said)
        elif after_gap and is_whole:
            return
        elif is_whole:
            words = _("Entry %(before)d was changed together with its hash: entry %(number)d does not join it.")
            yield Finding(Tampering.FIELD, words % said)
        else:
            words = _("Entry %(number)d was inserted: it follows no entry of the record.")
            yield Finding(Tampering.INSERTED, words % said)


def cut_or_rewritten(kept: Iterable[Mark]) -> Iterator[Finding]:
    """Compare the record with its own anchors and with those ``kept`` elsewhere."""
    own = Anchor.objects.order_by("sequence").values_list("sequence", "hash").iterator(BATCH)
    marks = one_after_another((Mark(*row) for row in own), kept)
    last = Decision.objects.order_by("-sequence").values_list("sequence", flat=True).first() or 0
    wrong, furthest, batch = 0, last, []
    for mark in marks:
        furthest = max(furthest, mark.sequence)
        batch.append(mark)
        if len(batch) == BATCH:
            wrong += sum(1 for _mark in other_than(batch))
            batch = []
    if furthest > last:
        words = _("The record ends with entry %(last)d; an anchor knows entry %(furthest)d. The end was cut off.")
        yield Finding(Tampering.CUT, words % {"last": last, "furthest": furthest})
    for mark in list(other_than(batch))[:MOST_SAID]:
        words = _("Entry %(number)d has another hash than its anchor: the record was rewritten up to there.")
        yield Finding(Tampering.REWRITTEN, words % {"number": mark.sequence})
    if wrong:
        words = _("%(count)d earlier anchors do not fit the record either.")
        yield Finding(Tampering.REWRITTEN, words % {"count": wrong})
    yield from changes_cut()


def other_than(marks: list[Mark]) -> Iterator[Mark]:
    """Yield the marks whose entry has another hash now; what is missing is named elsewhere."""
    numbers = [mark.sequence for mark in marks]
    now_there = dict(Decision.objects.filter(sequence__in=numbers).values_list("sequence", "hash"))
    yield from (mark for mark in marks if now_there.get(mark.sequence, mark.hash) != mark.hash)


def changes_cut() -> Iterator[Finding]:
    """Name that changes of state are missing which an anchor has counted."""
    counted = Anchor.objects.order_by("-changes").values_list("changes", flat=True).first() or 0
    there = StateChange.objects.count()
    if there < counted:
        words = _("%(there)d changes of state are written down; an anchor has counted %(counted)d.")
        yield Finding(Tampering.STATE, words % {"there": there, "counted": counted})
