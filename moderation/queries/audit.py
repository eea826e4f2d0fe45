"""Is the record whole, and does the world look as it says? Every difference has a number and a sentence."""

from collections.abc import Iterable, Iterator

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from moderation.models import Case, Complaint, Decision, ProfileName
from moderation.queries.audit_chain import Mark, chain, cut_or_rewritten, rules_changed
from moderation.queries.audit_kinds import Finding, Tampering
from moderation.queries.audit_states import states
from moderation.registry import kinds, moderated

BATCH = 1000


def differences(kept: Iterable[Mark] = ()) -> Iterator[Finding]:
    """Yield what is wrong with the chain, with what it rests on, and between it and the contributions.

    ``kept`` are anchors of the record that somebody has kept elsewhere.
    """
    changed = yield from rules_changed()
    yield from chain(without=changed)
    yield from cut_or_rewritten(kept)
    yield from cases()
    yield from states()
    yield from contributions()
    yield from names()
    yield from complaints()


def cases() -> Iterator[Finding]:
    """Name cases decided without a decision, twice, or not decided though there is a decision."""
    undone = Q(decisions__decision=Decision.Kind.UNDO)  # takes one back: the case waits again, and is decided again
    counted = Case.objects.annotate(count=Count("decisions", filter=~undone) - Count("decisions", filter=undone))
    fine = Q(state=Case.State.DECIDED, count=1) | (~Q(state=Case.State.DECIDED) & Q(count=0))
    for case in counted.exclude(fine).order_by("pk").iterator(BATCH):
        said = {"case": case.pk, "title": case.title, "count": case.count}
        words = ""
        if case.state == Case.State.DECIDED and not case.count:
            words = _("Case %(case)d (%(title)s) counts as decided, but the record has no decision.")
        elif case.count > 1:
            words = _("Case %(case)d (%(title)s) has %(count)d decisions.")
        elif case.count:
            words = _("Case %(case)d (%(title)s) has a decision, but does not count as decided.")
        yield Finding(Tampering.STATE, words % said)


def contributions() -> Iterator[Finding]:
    """Name contributions that are in another state than their last decision left them in, where nobody watches the states."""
    known = kinds()
    for kind in Decision.objects.order_by("kind").values_list("kind", flat=True).distinct():
        if kind not in known:
            yield Finding(Tampering.STATE, _("Nobody knows what “%(kind)s” is.") % {"kind": kind})
        elif not moderated(kind).watched:
            for last in last_states(kind):
                yield from contradictions(kind, last)


def names() -> Iterator[Finding]:
    """Name people who are called something else than the name that stands for them was left by decisions and themselves."""
    used = ProfileName.objects.filter(state=ProfileName.State.PUBLIC).exclude(name=F("person__display_name"))
    hidden = ProfileName.objects.filter(state=ProfileName.State.HIDDEN, name=F("person__display_name"))
    for rows, words in (
        (used, _("Profile %(id)d bears another name than the one that was written down last.")),
        (hidden, _("Profile %(id)d bears a name that was hidden.")),
    ):
        for person_id in rows.order_by("person_id").values_list("person_id", flat=True).iterator(BATCH):
            yield Finding(Tampering.STATE, words % {"id": person_id})


def last_states(kind: str) -> Iterator[dict[int, str]]:
    """Yield, a batch at a time, in which state the last decision left what does not wait for another one."""
    waiting = Case.objects.filter(kind=kind, state=Case.State.OPEN).values("object_id")
    rows = Decision.objects.filter(kind=kind).exclude(object_id__in=waiting).order_by("object_id", "sequence")
    batch: dict[int, str] = {}
    for object_id, state in rows.values_list("object_id", "state_after").iterator(BATCH):
        if len(batch) == BATCH and object_id not in batch:
            yield batch
            batch = {}
        batch[object_id] = state
    yield batch


def contradictions(kind: str, last: dict[int, str]) -> Iterator[Finding]:
    """Compare some contributions; what is gone, or taken back by its author, contradicts nothing."""
    adapter = moderated(kind)
    for object_id, state in sorted(adapter.states(last).items()):
        if state not in (last[object_id], *adapter.by_author):
            said = {"kind": adapter.label, "id": object_id, "state": state, "recorded": last[object_id]}
            words = _("%(kind)s %(id)d is “%(state)s”, but its last decision left it “%(recorded)s”.")
            yield Finding(Tampering.STATE, words % said)


def complaints() -> Iterator[Finding]:
    """Name complaints that the person decided whose decision they are about."""
    same = Q(decided_by=F("decision__actor")) | Q(second_decision__actor=F("decision__actor"))
    rows = Complaint.objects.filter(same | ~Q(first_actor=F("decision__actor"))).order_by("pk")
    for pk, number in rows.values_list("pk", "decision__sequence"):
        words = _("Complaint %(id)d against entry %(number)d was decided by the person who had made that decision.")
        yield Finding(Tampering.SAME_PERSON, words % {"id": pk, "number": number})
