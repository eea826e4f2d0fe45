"""What a plan of phases may look like: what makes no sense is refused with a sentence, what is odd is remarked on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations

from django.utils.translation import gettext as _

from ideas.models import Phase
from theme import dates

Kind = Phase.Kind
RIGHTS = ("allows_ideas", "allows_comments", "allows_support")
# What a phase of this kind is for; taken where an editor ticks nothing.
USUAL: dict[str, tuple[str, ...]] = {
    Kind.COLLECT: ("allows_ideas", "allows_comments"),
    Kind.DISCUSS: ("allows_comments",),
    Kind.VOTE: ("allows_support",),
    Kind.REVIEW: (),
    Kind.RESULT: (),
}
LONG = timedelta(days=730)
# What people vote by; from the first vote on it stays as it is.
VOTING_RULES = ("method", "level", "needs_old_account", "budget_cents", "budget_rule", "budget_number")


@dataclass(frozen=True)
class Fault:
    """A sentence at one field of one phase; ``place`` counts the phases as they were given."""

    place: int
    field: str
    text: str


def faults(phases: Sequence[Phase]) -> list[Fault]:
    """Return what makes no sense, at the field that has to change."""
    found = [fault for place, phase in enumerate(phases) for fault in (*_alone(place, phase), *_budget(place, phase))]
    for one, other in combinations(range(len(phases)), 2):
        first, second = sorted((one, other), key=lambda place: phases[place].opens_at)
        found += _together(phases, first, second)
    return found + list(_too_early(phases))


def _alone(place: int, phase: Phase) -> Iterator[Fault]:
    if phase.kind == Kind.VOTE and not phase.allows_support:
        yield Fault(place, "allows_support", _("In a vote people must be able to support ideas. Please tick this."))
    if phase.kind == Kind.RESULT and phase.allows_ideas:
        yield Fault(place, "allows_ideas", _("With the result nothing new comes in. Please take this tick away."))
    if phase.kind == Kind.RESULT and phase.allows_support:
        yield Fault(
            place, "allows_support", _("Supports after the result would change nothing. Please take this tick away.")
        )


def _budget(place: int, phase: Phase) -> Iterator[Fault]:
    """Return what is missing where people share out a sum of money."""
    if phase.method != Phase.Method.BUDGET:
        return
    if not phase.allows_support:
        yield Fault(place, "allows_support", _("People share out money in this phase, so they must be able to vote."))
    if not phase.budget_cents:
        yield Fault(place, "budget_cents", _("Please say how much money people share out."))
    if phase.budget_rule != Phase.BudgetRule.SUM and not phase.budget_number:
        yield Fault(place, "budget_number", _("Please say how many projects people choose."))


def _together(phases: Sequence[Phase], first: int, second: int) -> Iterator[Fault]:
    one, other = phases[first], phases[second]
    if other.opens_at >= one.closes_at:
        return
    kinds = {one.kind, other.kind}
    names = {"first": one.name, "second": other.name, "end": dates.moment(one.closes_at)}
    if one.kind == other.kind:
        yield Fault(second, "opens_at", _("Two phases of the same kind must not overlap."))
    elif one.allows_support and other.allows_support and {one.method, other.method} != {Phase.Method.SUPPORT}:
        yield Fault(
            second, "opens_at", _("People would vote in two ways at once. One vote has to end before the other.")
        )
    elif Kind.RESULT in kinds and kinds & {Kind.COLLECT, Kind.VOTE}:
        words = _("“%(first)s” lasts until %(end)s. The result stands only when collecting and voting are over.")
        yield Fault(second, "opens_at", words % names)
    elif kinds == {Kind.COLLECT, Kind.VOTE}:
        collect, vote = (one, other) if one.kind == Kind.COLLECT else (other, one)
        if collect.closes_at > vote.closes_at:
            words = _("Ideas would still come in when the vote is over. Collecting has to end with the vote or before.")
            yield Fault(first if collect is one else second, "closes_at", words)


def _too_early(phases: Sequence[Phase]) -> Iterator[Fault]:
    begun = [phase.opens_at for phase in phases if phase.kind in (Kind.COLLECT, Kind.VOTE)]
    for place, phase in enumerate(phases):
        if phase.kind == Kind.RESULT and begun and phase.opens_at < min(begun):
            yield Fault(place, "opens_at", _("The result cannot come before anything was collected or voted on."))


def guards(place: int, phase: Phase, former: Phase, at: datetime) -> list[Fault]:
    """Return what can no longer be changed, because it has happened or people rely on it."""
    if former.opens_at > at:
        return []
    fixed = {"opens_at": _("This phase has begun. Its beginning and its kind stay as they are.")}
    fixed["kind"] = fixed["opens_at"]
    fixed |= dict.fromkeys(VOTING_RULES, _("People vote by this already. It stays as it is."))
    if former.sealed_at is not None:
        words = _("This vote is sealed. Nothing of it can be changed any more.")
        fixed = dict.fromkeys(("kind", "opens_at", "closes_at", *RIGHTS, *VOTING_RULES), words)
    elif former.closes_at <= at:
        words = _("This phase is over. What was stays on record; please add a new phase instead.")
        fixed = dict.fromkeys(("kind", "opens_at", "closes_at", *RIGHTS, *VOTING_RULES), words)
    found = [
        Fault(place, name, words) for name, words in fixed.items() if getattr(phase, name) != getattr(former, name)
    ]
    if "closes_at" not in fixed and phase.closes_at != former.closes_at and phase.closes_at <= at:
        found.append(
            Fault(place, "closes_at", _("The end lies in the past. A running phase can end now at the earliest."))
        )
    return found


def gaps(phases: Sequence[Phase]) -> list[tuple[Phase, Phase]]:
    """Return the pairs of phases between which nothing runs."""
    found: list[tuple[Phase, Phase]] = []
    ordered = sorted(phases, key=lambda phase: phase.opens_at)
    latest = ordered[0] if ordered else None
    for phase in ordered[1:]:
        if latest is not None and phase.opens_at > latest.closes_at:
            found.append((latest, phase))
        if latest is None or phase.closes_at > latest.closes_at:
            latest = phase
    return found


def remarks(phases: Sequence[Phase], at: datetime) -> list[str]:
    """Return sentences about what is possible but odd; nobody is kept from saving it."""
    found = [
        _("Between “%(first)s” and “%(second)s” nothing runs: from %(from)s to %(to)s people can do nothing.")
        % {
            "first": one.name,
            "second": other.name,
            "from": dates.short_moment(one.closes_at),
            "to": dates.short_moment(other.opens_at),
        }
        for one, other in gaps(phases)
    ]
    for phase in phases:
        found += [sentence % {"name": phase.name} for sentence in _odd(phase, at)]
    for one, other in combinations(sorted(phases, key=lambda phase: phase.opens_at), 2):
        if other.opens_at < one.closes_at:
            found += [sentence % {"first": one.name, "second": other.name} for sentence in _odd_pair(one, other)]
    return found


def _odd(phase: Phase, at: datetime) -> Iterator[str]:
    if phase.kind == Kind.COLLECT and not phase.allows_ideas:
        yield _("During “%(name)s” nobody can send in ideas.")
    if phase.kind == Kind.DISCUSS and not phase.allows_comments:
        yield _("During “%(name)s” nobody can write comments.")
    if phase.kind == Kind.VOTE and phase.allows_ideas:
        yield _("During “%(name)s” ideas still come in. Late ones have less time to be supported.")
    if phase.kind == Kind.REVIEW and phase.allows_support:
        yield _("During “%(name)s” numbers still change while the town looks at them.")
    if phase.kind == Kind.REVIEW and phase.allows_ideas:
        yield _("During “%(name)s” ideas still come in while the town is already reviewing.")
    if phase.method != Phase.Method.SUPPORT and not phase.allows_support:
        yield _("During “%(name)s” nobody votes; how people vote there has no effect.")
    if phase.closes_at - phase.opens_at > LONG:
        yield _("“%(name)s” lasts longer than two years. Is the year right?")
    if phase._state.adding and phase.closes_at <= at:
        yield _("“%(name)s” lies in the past.")


def _odd_pair(one: Phase, other: Phase) -> Iterator[str]:
    kinds = {one.kind, other.kind}
    if kinds == {Kind.VOTE, Kind.REVIEW}:
        yield _(
            "“%(first)s” and “%(second)s” run at the same time: the town reviews before it knows the result of the vote."
        )
    elif kinds == {Kind.COLLECT, Kind.VOTE}:
        yield _("“%(first)s” and “%(second)s” run at the same time: late ideas have less time to be supported.")
    elif kinds == {Kind.COLLECT, Kind.REVIEW}:
        yield _("“%(first)s” and “%(second)s” run at the same time: the town reviews while ideas still come in.")
    elif Kind.RESULT in kinds and Kind.REVIEW in kinds:
        yield _("“%(first)s” and “%(second)s” run at the same time: the result is shown before the review is over.")
