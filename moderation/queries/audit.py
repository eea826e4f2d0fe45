"""Is the record whole, and does the world look as it says? Every difference is a sentence."""

from collections.abc import Iterator

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moderation import record
from moderation.models import Case, Decision
from moderation.registry import kinds, moderated

BATCH = 1000


def differences() -> Iterator[str]:
    """Yield what is wrong with the chain, between cases and decisions, and between decisions and contributions."""
    yield from chain()
    yield from cases()
    yield from contributions()


def chain() -> Iterator[str]:
    """Recompute every hash; name gaps, changed entries and entries that do not join."""
    number, before = 0, record.FIRST
    entries = Decision.objects.select_related("rule_version__rule").order_by("sequence")
    for entry in entries.iterator(BATCH):
        missing = entry.sequence - number - 1
        if missing:
            words = ngettext(
                "%(count)d entry is missing before %(number)d.",
                "%(count)d entries are missing before %(number)d.",
                missing,
            )
            yield words % {"count": missing, "number": entry.sequence}
        if entry.previous_hash != before:
            yield _("Entry %(number)d does not join the one before.") % {"number": entry.sequence}
        if record.fingerprint(entry) != entry.hash:
            yield _("Entry %(number)d was changed: its content does not match its hash.") % {"number": entry.sequence}
        number, before = entry.sequence, entry.hash


def cases() -> Iterator[str]:
    """Name cases decided without a decision, twice, or not decided though there is a decision."""
    counted = Case.objects.annotate(count=Count("decisions"))
    fine = Q(state=Case.State.DECIDED, count=1) | (~Q(state=Case.State.DECIDED) & Q(count=0))
    for case in counted.exclude(fine).order_by("pk").iterator(BATCH):
        said = {"case": case.pk, "title": case.title, "count": case.count}
        if case.state == Case.State.DECIDED and not case.count:
            yield _("Case %(case)d (%(title)s) counts as decided, but the record has no decision.") % said
        elif case.count > 1:
            yield _("Case %(case)d (%(title)s) has %(count)d decisions.") % said
        elif case.count:
            yield _("Case %(case)d (%(title)s) has a decision, but does not count as decided.") % said


def contributions() -> Iterator[str]:
    """Name contributions that are in another state than their last decision left them in."""
    known = kinds()
    for kind in Decision.objects.order_by("kind").values_list("kind", flat=True).distinct():
        if kind not in known:
            yield _("Nobody knows what “%(kind)s” is.") % {"kind": kind}
            continue
        last = dict(Decision.objects.filter(kind=kind).order_by("sequence").values_list("object_id", "state_after"))
        waiting = set(Case.objects.filter(kind=kind, state="open").values_list("object_id", flat=True))
        ids = [object_id for object_id in last if object_id not in waiting]
        for start in range(0, len(ids), BATCH):
            yield from contradictions(kind, {object_id: last[object_id] for object_id in ids[start : start + BATCH]})


def contradictions(kind: str, last: dict[int, str]) -> Iterator[str]:
    """Compare some contributions; what is gone, or taken back by its author, contradicts nothing."""
    adapter = moderated(kind)
    for object_id, state in sorted(adapter.states(last).items()):
        if state not in (last[object_id], *adapter.by_author):
            said = {"kind": adapter.label, "id": object_id, "state": state, "recorded": last[object_id]}
            yield _("%(kind)s %(id)d is “%(state)s”, but its last decision left it “%(recorded)s”.") % said
