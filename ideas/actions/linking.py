"""Linking ideas with what they have to do with. A link stands on both sides, so both sides are told how many there are."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from common.errors import Refused
from ideas.linkable import linkable, linkables
from ideas.models import Idea, IdeaLink
from ideas.rules import require_linkable
from moderation.measures import require_may_write
from search.actions import touch

if TYPE_CHECKING:
    from accounts.models import User

MOST_LINKS = 50


@transaction.atomic
def link_idea(
    *, idea: Idea, by: "User", kind: str, object_id: int | None = None, title: str = "", address: str = ""
) -> IdeaLink:
    """Link an idea with something of this site, or with an address outside; what is linked already stays as it is."""
    require_linkable(by, idea)
    require_may_write(by)
    if object_id is not None:
        _require_there(by, idea, kind, object_id)
    ends = sorted({idea.pk, object_id}) if kind == IdeaLink.Kind.IDEA and object_id is not None else [idea.pk]
    # In the order of their ids, so that two people who link crosswise do not wait for each other.
    list(Idea.objects.select_for_update(of=("self",)).filter(pk__in=ends).order_by("pk").values_list("pk", flat=True))
    if (known := _known(idea, kind, object_id, address)) is not None:
        return known
    if IdeaLink.objects.filter(idea=idea).count() >= MOST_LINKS:
        raise Refused(_("An idea has at most %(count)d links.") % {"count": MOST_LINKS}, code="too_many", status=409)
    made = IdeaLink.objects.create(idea=idea, kind=kind, object_id=object_id, title=title, address=address, added_by=by)
    recount_links(*ends)
    return made


@transaction.atomic
def unlink_idea(*, idea: Idea, by: "User", link_id: int) -> None:
    """Take a link away, from whichever side; one that is gone already is fine."""
    require_linkable(by, idea)
    of_idea = Q(idea=idea) | Q(kind=IdeaLink.Kind.IDEA, object_id=idea.pk)
    link = IdeaLink.objects.filter(of_idea, pk=link_id).first()
    if link is None:
        return
    ends = [link.idea_id, link.object_id] if link.kind == IdeaLink.Kind.IDEA and link.object_id else [link.idea_id]
    link.delete()
    recount_links(*ends)


@transaction.atomic
def recount_links(*idea_ids: int) -> None:
    """Count what names each idea, from either side and in other rooms' tables; its page asks no more than that."""
    for idea_id in sorted(set(idea_ids)):
        rows = IdeaLink.objects.filter(Q(idea=idea_id) | Q(kind=IdeaLink.Kind.IDEA, object_id=idea_id)).count()
        named = sum(len(kind.naming(idea_id)) for kind in linkables())
        if Idea.objects.filter(pk=idea_id).update(link_count=min(rows + named, 30_000)):
            touch("idea", idea_id)


def _require_there(by: "User", idea: Idea, kind: str, object_id: int) -> None:
    known = linkable(kind)
    if known is None or (kind == IdeaLink.Kind.IDEA and object_id == idea.pk) or not known.get(by, [object_id]):
        raise Refused(_("There is nothing there that could be linked."), code="nothing_there", status=422)


def _known(idea: Idea, kind: str, object_id: int | None, address: str) -> IdeaLink | None:
    """Return the link that says the same already, from whichever side."""
    if object_id is None:
        return IdeaLink.objects.filter(idea=idea, kind=kind, address=address).first()
    same = Q(idea=idea, object_id=object_id)
    if kind == IdeaLink.Kind.IDEA:
        same |= Q(idea=object_id, object_id=idea.pk)
    return IdeaLink.objects.filter(same, kind=kind).first()
