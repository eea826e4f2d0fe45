"""Roots of the public list against the events they were made over."""

from collections.abc import Iterator
from itertools import pairwise

from django.utils.translation import gettext as _

from voting import merkle
from voting.entries import leaves
from voting.models import MerkleRoot, VoteEvent
from voting.queries.record import entries_of, salts


def of_roots() -> Iterator[str]:
    """Compute every root again; check that they follow each other without a gap."""
    roots = list(MerkleRoot.objects.order_by("number"))
    yield from _chain(roots)
    if missing := _without_salt(roots):
        yield _("the salts of these campaigns are missing: %(numbers)s") % {"numbers": ", ".join(map(str, missing))}
        return
    before = 0
    for root in roots:
        yield from _tree(root, before)
        before = root.last_event


def _without_salt(roots: list[MerkleRoot]) -> list[int]:
    covered = VoteEvent.objects.filter(pk__lte=roots[-1].last_event) if roots else VoteEvent.objects.none()
    campaigns = set(covered.order_by().values_list("campaign", flat=True).distinct())
    return sorted(campaigns - salts().keys())


def _chain(roots: list[MerkleRoot]) -> Iterator[str]:
    """Name roots that are missing, added, exchanged or not tied to the former one."""
    if roots and (roots[0].number, roots[0].former) != (1, ""):
        yield _("root 1 is missing: the list begins with root %(number)s") % {"number": roots[0].number}
    for former, root in pairwise(roots):
        if root.number != former.number + 1:
            yield _("root %(number)s is missing") % {"number": former.number + 1}
        elif root.former != former.root:
            yield _("root %(number)s does not follow root %(former)s") % {
                "number": root.number,
                "former": former.number,
            }
        if root.first_event <= former.last_event or root.made_at < former.made_at:
            yield _("root %(number)s is out of order") % {"number": root.number}


def _tree(root: MerkleRoot, before: int) -> Iterator[str]:
    """Compare a root with its entries; between two roots there must be none."""
    words = {"number": root.number, "first": root.first_event, "last": root.last_event}
    if VoteEvent.objects.filter(pk__gt=before, pk__lt=root.first_event).exists():
        yield _("before root %(number)s stand entries that no root covers") % words
    entries = list(entries_of(root))
    if len(entries) != root.count:
        sentence = _("root %(number)s: %(count)s entries from %(first)s to %(last)s, there are %(found)s")
        yield sentence % {**words, "count": root.count, "found": len(entries)}
    elif merkle.root(leaves(root.number, root.former, entries)) != root.root:
        yield _("root %(number)s does not match entries %(first)s to %(last)s: one was changed or exchanged") % words
