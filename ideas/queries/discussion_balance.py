"""How many are for an idea, against it, ask or propose: first comments by their kind, each a link to these alone."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ideas.models import Comment, Idea
from ideas.queries.discussion import Discussion
from ideas.queries.discussion_rows import STANCES as LOOKS
from ideas.queries.discussion_stances import stances_of
from ideas.queries.discussion_view import STANCES, View

# Width of the bar, in the units of its drawing.
WHOLE = 1000


@dataclass(frozen=True)
class Kind:
    """Comments of one kind: how many, and where they stand alone (or, of the kind that is shown, all again)."""

    label: str
    number: int
    icon: str
    look: str
    url: str
    is_shown: bool
    # Where its part of the bar begins and how wide it is, of ``WHOLE``.
    start: int = 0
    width: int = 0


@dataclass(frozen=True)
class Balance:
    """The kinds of comments in a discussion."""

    kinds: list[Kind]

    @cached_property
    def total(self) -> int:
        """Return how many comments say of which kind they are."""
        return sum(kind.number for kind in self.kinds)

    @property
    def shown(self) -> Kind | None:
        """Return the kind that is shown alone."""
        return next((kind for kind in self.kinds if kind.is_shown), None)

    @property
    def words(self) -> str:
        """Return the bar in words."""
        parts = ", ".join(f"{kind.label} {kind.number}" for kind in self.kinds)
        whole = ngettext("Of %(number)d comment:", "Of %(number)d comments:", self.total) % {"number": self.total}
        return _("%(whole)s %(parts)s") % {"whole": whole, "parts": parts}


def balance(idea: Idea, page: Discussion, view: View) -> Balance:
    """Return the balance; a page that shows all there is needs no statement for it."""
    shows_all = page.from_start and page.next_id is None and not view.stance
    numbers = _on(page) if shows_all else page.stances or stances_of(idea)
    total, place = sum(numbers.values()), 0
    kinds = []
    for word, stance in STANCES.items():
        number, (icon, look) = numbers.get(stance, 0), LOOKS[stance]
        end = place + (round(WHOLE * number / total) if total else 0)
        is_shown = view.stance == word
        url = replace(view, stance="" if is_shown else word, start=None).query()
        label = str(stance.label)
        kinds.append(Kind(label, number, icon, look, url, is_shown, place, max(min(end, WHOLE) - place, 0)))
        place = end
    return Balance(kinds)


def _on(page: Discussion) -> Mapping[str, int]:
    found = (thread.row.comment for thread in page.threads)
    return Counter(one.stance for one in found if one and one.stance and one.state == Comment.State.PUBLIC)
