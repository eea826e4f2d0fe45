"""What a successful complaint changes: the decision is undone as if it had not been made, or made after all."""

from accounts.models import User
from moderation import rules
from moderation.models import Decision
from moderation.queries.standing import standing
from moderation.registry import moderated

# Decisions that are not about the words: a later version changes nothing about them.
KEEPS_WORDS = (Decision.Kind.HIDE, *Decision.TARGETED)
# Undone meanwhile, the contribution is where it was before: there is nothing left to do.
CAN_BE_BACK = (Decision.Kind.HIDE, Decision.Kind.MERGE)


def two_of(first: Decision) -> tuple[str, str]:
    """Return the present state of the contribution twice: nothing changes."""
    now_there = moderated(first.kind).describe(first.object_id)
    state = now_there.state if now_there else first.state_after
    return state, state


def put_right(first: Decision, actor: User) -> tuple[Decision.Kind, str, str]:
    """Undo a decision, unless something newer holds: the author went on or took it away, it is back, or it was decided anew."""
    adapter, instead = moderated(first.kind), rules.INSTEAD[Decision.Kind(first.decision)]
    there, state = adapter.describe(first.object_id), adapter.states([first.object_id]).get(first.object_id)
    if there is not None and instead == Decision.Kind.LIFT:
        done = adapter.act(
            instead, first.object_id, first.subject_version, actor=actor, target=str(first.pk), second=True
        )
        return instead, done.before, done.after
    # An older version there means that the one decided on was put aside, not that the author went on.
    moved_on = there is not None and there.version > first.subject_version and first.decision not in KEEPS_WORDS
    if there is None or state in adapter.by_author or moved_on or is_back(first, state) or is_overtaken(first):
        return instead, *two_of(first)
    # Where it came from, for what was moved.
    target = str(first.case.campaign_id_copy or "") if instead == Decision.Kind.MOVE else ""
    done = adapter.act(instead, first.object_id, first.subject_version, actor=actor, target=target, second=True)
    return instead, done.before, done.after


def is_back(first: Decision, state: str | None) -> bool:
    """Tell whether a contribution is where it was before it was hidden or merged."""
    return first.decision in CAN_BE_BACK and first.state_before != first.state_after and state == first.state_before


def is_overtaken(first: Decision) -> bool:
    """Tell whether something was decided against the contribution later, for a reason of its own: that is left alone."""
    later = standing().filter(kind=first.kind, object_id=first.object_id, sequence__gt=first.sequence)
    return later.filter(decision__in=Decision.RESTRICTIVE).exists()


def hide_after_all(first: Decision, actor: User) -> tuple[Decision.Kind, str, str]:
    """Take from sight what was reported; what is gone meanwhile stays as it is (then only the answer is recorded)."""
    adapter = moderated(first.kind)
    there = adapter.describe(first.object_id)
    offered = adapter.decisions_on(first.object_id, there.state) if there else ()
    if there is None or Decision.Kind.HIDE not in offered:
        return Decision.Kind.UPHOLD, *two_of(first)
    done = adapter.act(Decision.Kind.HIDE, first.object_id, there.version, actor=actor, second=True)
    return Decision.Kind.HIDE, done.before, done.after
