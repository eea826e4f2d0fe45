"""Ratings of comments: rows = counters = events = rank, and as many events as the rows' versions count."""

from collections import defaultdict
from collections.abc import Iterator
from math import isclose

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from ideas.actions.rating import wilson
from ideas.models import Campaign, Comment
from voting.models import CommentVote, VoteEvent

Numbers = dict[tuple[int, int], int]


def of_comment_votes(campaign: Campaign) -> Iterator[str]:
    """Compare rows, counters and events of each comment that was ever rated."""
    votes = CommentVote.objects.filter(campaign=campaign)
    events = VoteEvent.objects.filter(campaign=campaign, kind=VoteEvent.Kind.COMMENT)
    rows: Numbers = defaultdict(int)
    for comment, value, number in votes.exclude(value=0).values_list("comment_id", "value").annotate(Count("pk")):
        rows[comment, value] = number
    said: Numbers = defaultdict(int)
    for comment, value, number in events.values_list("comment_id", "value").annotate(Sum("change")):
        said[comment, value] = number
    yield from _of_each(campaign, rows, said)
    changes, written = votes.aggregate(n=Sum("version"))["n"] or 0, events.count()
    if changes != written:
        words = _("ratings of comments: %(events)s events, rows count %(changes)s changes")
        yield words % {"events": written, "changes": changes}


def _of_each(campaign: Campaign, rows: Numbers, said: Numbers) -> Iterator[str]:
    counters = Comment.objects.filter(idea__campaign=campaign).values_list(
        "pk", "agree_count", "disagree_count", "rank"
    )
    for comment, agree, disagree, rank in counters.order_by("pk").iterator():
        for value, counter in ((1, agree), (-1, disagree)):
            place = (comment, value)
            if not rows.get(place, 0) == counter == said.get(place, 0):
                words = _("comment %(comment)s, %(value)+d: %(rows)s rows, counter %(counter)s, events %(events)s")
                numbers = {"rows": rows.get(place, 0), "counter": counter, "events": said.get(place, 0)}
                yield words % ({"comment": comment, "value": value} | numbers)
        if not isclose(rank, wilson(agree, disagree), abs_tol=1e-6):
            yield _("comment %(comment)s: its rank does not fit its numbers") % {"comment": comment}
