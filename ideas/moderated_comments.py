"""How comments plug into moderation."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import Refused
from ideas.actions import hide_comment, publish_comment, refuse_comment
from ideas.actions.reverting import comment_as_it_is, comment_waits_as_before
from ideas.evidence import comment_evidence
from ideas.models import Comment
from ideas.queries.comment_versions import approved_before, changes, version_seen
from moderation.registry import Moderated, Snapshot, moderates
from moderation.watch import Watched
from theme.markdown import excerpt

EXCERPT = 600


@moderates("comment")
class ModeratedComment(Moderated):
    """Decisions on comments; a decision names the version it was made on."""

    label, yours = gettext_lazy("Comment"), gettext_lazy("your comment")
    own_title = False
    preview_template = "ideas/parts/moderated_comment.html"
    watched = Watched("ideas_comment")
    decisions: Mapping[str, tuple[str, ...]] = {
        Comment.State.WAITING: ("approve", "approve_with_note", "refuse"),
        Comment.State.PUBLIC: ("approve", "hide"),
        Comment.State.HIDDEN: ("restore",),
        Comment.State.REFUSED: ("restore",),
        Comment.State.DELETED: (),
    }

    def decisions_on(self, object_id: int, state: str) -> tuple[str, ...]:
        """A change that waits can be refused by itself: then what was public stays."""
        if state == Comment.State.PUBLIC and has_change(object_id):
            return ("approve", "approve_with_note", "refuse", "hide")
        return self.decisions.get(state, ())

    def describe(self, object_id: int) -> Snapshot | None:
        comment = found(object_id)
        return snapshot(comment, comment.latest) if comment else None

    def as_read(self, object_id: int) -> Snapshot | None:
        """Return the public words, whatever waits."""
        comment = found(object_id)
        return snapshot(comment, comment.version) if comment else None

    def words(self, object_id: int) -> str:
        comment = found(object_id)
        return f"{snapshot(comment, comment.version).title}\n\n{comment.text}" if comment else ""

    def evidence(self, object_id: int) -> list[tuple[str, bytes]]:
        comment = found(object_id)
        return comment_evidence(comment) if comment else []

    def preview(self, object_id: int, version: int) -> dict[str, Any]:
        comment = Comment.objects.select_related("idea", "author", "parent__author", "quote__author").get(pk=object_id)
        seen = version_seen(comment, version)
        before = approved_before(comment, version)
        return {
            "subject": comment,
            "words": seen,
            "stance": Comment.Stance(seen.stance).label if seen.stance else "",
            "before": before,
            "changes": changes(before, seen) if before else [],
            "waits": comment.state == Comment.State.PUBLIC and seen.number > comment.version,
        }

    def apply(self, decision: str, object_id: int, version: int) -> tuple[str, str]:
        before = Comment.objects.values_list("state", flat=True).get(pk=object_id)
        if before == Comment.State.HIDDEN and decision != "restore":
            raise _not_here()
        if decision in ("approve", "approve_with_note", "restore"):
            return before, publish_comment(object_id, version).state
        if decision == "refuse":
            return before, refuse_comment(object_id, version).state
        if decision == "hide":
            return before, hide_comment(object_id).state
        raise _not_here()

    def as_it_is(self, object_id: int) -> dict[str, Any]:
        return comment_as_it_is(object_id)

    def take_back(self, decision: str, object_id: int, version: int, *, before: dict[str, Any], actor: Any) -> None:
        if decision in ("approve", "approve_with_note", "refuse"):
            comment_waits_as_before(object_id, version, before)
        else:
            super().take_back(decision, object_id, version, before=before, actor=actor)

    def states(self, object_ids: Iterable[int]) -> dict[int, str]:
        return dict(Comment.objects.filter(pk__in=list(object_ids)).values_list("pk", "state"))

    def wrote(self, person_id: int, user: Any) -> bool:
        return Comment.objects.visible_to(user).filter(author=person_id).exists()

    def reportable(self, object_id: int, user: Any) -> Model | None:
        return Comment.objects.visible_to(user).filter(pk=object_id).first()


def found(object_id: int) -> Comment | None:
    """Return the comment with all that is said about it."""
    return Comment.objects.select_related("idea__campaign", "author").filter(pk=object_id).first()


def has_change(object_id: int) -> bool:
    """Tell whether a change of a comment waits."""
    numbers = Comment.objects.filter(pk=object_id).values_list("version", "latest").first()
    return numbers is not None and numbers[0] != numbers[1]


def snapshot(comment: Comment, number: int) -> Snapshot:
    """Return what queue, record and reports keep of one version."""
    text = version_seen(comment, number).text if number != comment.version else comment.text
    marks = [_("changed after publication")] if comment.edited_at or comment.latest != comment.version else []
    marks += [_("contains a link")] if "http" in text else []
    return Snapshot(
        title=_("Comment on “%(idea)s”") % {"idea": comment.idea.title},
        excerpt=excerpt(text, EXCERPT),
        author_id=comment.author_id,
        author_name=comment.author.display_name if comment.author else "",
        campaign_id=comment.idea.campaign_id,
        campaign_title=comment.idea.campaign.title,
        version=number,
        state=comment.state,
        url=comment.get_absolute_url(),
        marks=tuple(marks),
        text=text,
    )


def _not_here() -> Refused:
    return Refused(_("This decision does not fit here."), code="wrong_decision", status=422)
