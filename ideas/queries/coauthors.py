"""Who writes an idea together, who could be asked to, and what somebody is asked."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Min, Q
from django.utils.translation import gettext as _

from common.database import now
from ideas.models import CoAuthor, Comment, Idea, Member

if TYPE_CHECKING:
    from accounts.models import User

State = CoAuthor.State
MOST_COMMENTERS = 30


def coauthors_of(idea: Idea) -> list[CoAuthor]:
    """Return those who write along, in the order in which they joined; asks nothing where there are none."""
    if not idea.coauthor_count:
        return []
    rows = idea.coauthors.filter(state=State.ACCEPTED, person__isnull=False).select_related("person")
    return list(rows.order_by("answered_at", "pk"))


def writers_of(idea: Idea) -> list["User"]:
    """Return all who write the idea, the lead first."""
    lead = [idea.author] if idea.author else []
    return lead + [row.person for row in coauthors_of(idea) if row.person]


def coauthor_names(ideas: Iterable[Idea]) -> dict[int, list[str]]:
    """Return the co-authors' names of many ideas, in one statement – or none where nobody writes along."""
    ids = [idea.pk for idea in ideas if idea.coauthor_count]
    rows = (
        CoAuthor.objects.filter(idea__in=ids, state=State.ACCEPTED, person__isnull=False)
        if ids
        else CoAuthor.objects.none()
    )
    found: dict[int, list[str]] = {}
    for idea_id, name in rows.order_by("answered_at", "pk").values_list("idea_id", "person__display_name"):
        found.setdefault(idea_id, []).append(name)
    return found


def byline(idea: Idea) -> str:
    """Return by whom it is, in words: „von A mit B und C“."""
    names = [row.person.display_name for row in coauthors_of(idea) if row.person]
    if idea.author is None and not names:
        if idea.channel:
            return _("handed in another way")
        return _("taken over from an earlier dialogue") if idea.source_id else _("by a former member")
    if idea.author is None or not names:
        return _("by %(name)s") % {"name": idea.author.display_name if idea.author else listed(names)}
    return _("by %(name)s with %(others)s") % {"name": idea.author.display_name, "others": listed(names)}


def listed(names: list[str]) -> str:
    """Return names as one says them: „A, B und C“."""
    if len(names) < 2:
        return "".join(names)
    return _("%(some)s and %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}


def open_invitations(idea: Idea) -> list[CoAuthor]:
    """Return the invitations that can still be accepted."""
    rows = idea.coauthors.filter(state=State.INVITED, ends_at__gt=now()).select_related("person")
    return list(rows)


def invitation_for(user: "User", idea: Idea) -> CoAuthor | None:
    """Return the open invitation of this person, if there is one."""
    return idea.coauthors.filter(person=user, state=State.INVITED, ends_at__gt=now()).first()


def commenters_to_invite(idea: Idea) -> list[Comment]:
    """Return one comment of each person who could be asked: wrote in public, was not asked, has not said no."""
    taken = idea.coauthors.filter(person__isnull=False).exclude(state=State.REVOKED).values("person_id")
    said = Comment.objects.filter(idea=idea, state=Comment.State.PUBLIC, author__is_active=True, office="")
    said = said.exclude(author=idea.author_id).exclude(author__in=taken)
    if idea.campaign.is_closed:
        said = said.filter(author__in=Member.objects.filter(campaign=idea.campaign_id).values("person_id"))
    firsts = said.values("author_id").annotate(first=Min("pk")).order_by("first").values("first")[:MOST_COMMENTERS]
    return list(Comment.objects.filter(pk__in=list(firsts.values_list("first", flat=True))).select_related("author"))


def my_invitations(user: "User") -> list[CoAuthor]:
    """Return what the person is asked: to write along, or to take the lead."""
    invited = Q(state=State.INVITED, ends_at__gt=now())
    offered = Q(state=State.ACCEPTED) & (Q(lead_offered_at__isnull=False) | Q(idea__author=None))
    # What is not public any more is not named to people who do not write it.
    rows = CoAuthor.objects.filter(invited | offered, person=user, idea__in=Idea.objects.visible_to(user))
    return list(rows.select_related("idea__author", "idea__campaign"))


def my_shared_ideas(user: "User") -> list[Idea]:
    """Return the ideas the person writes along with, the latest first."""
    shared = CoAuthor.objects.filter(person=user, state=State.ACCEPTED).values("idea_id")
    ideas = Idea.objects.filter(pk__in=shared).select_related("campaign", "author", "district")
    return list(ideas.prefetch_related("campaign__phases").order_by("-pk")[:50])
