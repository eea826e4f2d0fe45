"""What can be asked about odd votes: which flags wait, which votes one means, what is set apart of an idea."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Prefetch, QuerySet

from common.database import now
from ideas.models import Idea
from voting.models import Flag, Quarantine, ReviewStep, Vote
from voting.oddities.seen import orders, standing
from voting.queries.beside import beside

if TYPE_CHECKING:
    from accounts.models import User

# As long as all traces of a flag's hour are there, it can be said which votes it means.
DECIDABLE_FOR = timedelta(days=6, hours=20)


def flags_for(user: "User", *, waiting: bool) -> "QuerySet[Flag]":
    """Return the flags that the person may see: those that wait for somebody, or those that were decided on."""
    flags = Flag.objects.visible_to(user).select_related("idea__campaign", "campaign")
    flags = flags.prefetch_related(Prefetch("quarantines", Quarantine.objects.order_by("pk")), "steps__by")
    return (flags.filter(state=Flag.State.OPEN) if waiting else flags.exclude(state=Flag.State.OPEN)).order_by(
        "-hour", "idea", "pk"
    )


def live_quarantine(flag: Flag) -> Quarantine | None:
    """Return what is proposed or held for a flag now."""
    rows = Quarantine.objects.filter(flag=flag, rejected_at=None, ended_at=None)
    return rows.select_related("proposed_by", "agreed_by", "end_proposed_by").first()


def matching_votes(flag: Flag) -> list[str]:
    """Return the voter keys of the supports a flag means that stand and count, as far as their traces are there still."""
    traces = standing(flag.campaign).filter(idea=flag.idea_id, at=flag.hour)
    which = flag.facts.get("which", [])
    if flag.kind == Flag.Kind.FRESH:
        traces = traces.filter(is_fresh=True)
    elif flag.kind == Flag.Kind.DOMAIN:
        traces = traces.filter(mail_domain__in=which)
    elif flag.kind == Flag.Kind.NETWORK:
        traces = traces.filter(network__in=which)
    elif flag.kind == Flag.Kind.ORDER:
        return sorted(orders(flag.campaign, flag.hour).get(tuple(flag.facts["ideas"]), []))
    return sorted(set(traces.values_list("voter_key", flat=True)))


def is_decidable(flag: Flag) -> bool:
    """Tell whether the traces are there still that say which votes the flag means."""
    return now() < flag.hour + DECIDABLE_FOR


@dataclass(frozen=True)
class Review:
    """What becomes of an idea's votes, for everybody."""

    #: votes that are set apart now
    held: int
    quarantines: Sequence[Quarantine]


def review_of(idea: Idea) -> Review:
    """Return what is and was set apart of an idea; asked once for all parts of a page."""
    known = idea.__dict__
    if "_review" not in known:
        rows = Quarantine.objects.filter(idea=idea).exclude(agreed_at=None).annotate(now=Count("votes")).order_by("pk")
        found: Sequence[Quarantine] = list(rows) if beside(idea).reviewed else []
        known["_review"] = Review(sum(vars(row)["now"] for row in found), found)
    review: Review = known["_review"]
    return review


def held_votes(idea: Idea) -> int:
    """Return how many supports of an idea are set apart now."""
    return Vote.objects.filter(idea=idea, quarantine__isnull=False).count()


def yearly_figures(year: int) -> dict[str, int]:
    """Return the numbers for the yearly report: flags, and what two people made of them."""
    steps = ReviewStep.objects.filter(at__year=year)
    counts = dict(steps.values_list("kind").annotate(n=Count("pk")).order_by())
    kinds = ReviewStep.Kind
    sums = {kind: sum(steps.filter(kind=kind).values_list("number", flat=True)) for kind in (kinds.AGREED, kinds.ENDED)}
    return {
        "flags": Flag.objects.filter(hour__year=year).count(),
        "harmless": counts.get(kinds.HARMLESS, 0),
        "proposed": counts.get(kinds.PROPOSED, 0),
        "rejected": counts.get(kinds.REJECTED, 0),
        "agreed": counts.get(kinds.AGREED, 0),
        "votes_set_apart": sums[kinds.AGREED],
        "ended": counts.get(kinds.ENDED, 0),
        "votes_given_back": sums[kinds.ENDED],
    }
