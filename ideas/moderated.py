"""How ideas and comments plug into moderation."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import Refused
from ideas.actions import (
    hide_comment,
    hide_idea,
    let_reason_through,
    merge_ideas,
    move_idea,
    publish_comment,
    publish_idea,
    refuse_comment,
    refuse_idea,
    refuse_reason,
    restore_idea,
    undo_merge,
)
from ideas.models import Campaign, Comment, Idea, IdeaVersion, Withdrawal
from ideas.queries.coauthors import coauthors_of
from ideas.queries.idea_page import files_of, pictures_of
from ideas.queries.targets import merge_targets, move_targets, number_in
from ideas.queries.versions import changes, version_to_compare
from ideas.questions import rows
from moderation.registry import Done, Moderated, Snapshot, Target, hides_campaigns, moderates
from theme.markdown import excerpt

EXCERPT = 600


@hides_campaigns
def groups_of_others(user: Any) -> QuerySet:
    """Closed campaigns to which ``user`` does not belong: what is said there is nobody else's business."""
    closed = Campaign.objects.filter(audience=Campaign.Audience.MEMBERS)
    return closed.exclude(members__person_id=user.pk).values("pk")


@moderates("idea")
class ModeratedIdea(Moderated):
    """Decisions on ideas; a decision names the version it was made on."""

    label, yours = gettext_lazy("Idea"), gettext_lazy("your idea")
    preview_template = "ideas/parts/moderated_idea.html"
    decisions: Mapping[str, tuple[str, ...]] = {
        Idea.State.WAITING: ("approve", "approve_with_note", "request_change", "refuse", "move"),
        Idea.State.PUBLIC: ("approve", "approve_with_note", "refuse", "hide", "merge", "move"),
        Idea.State.HIDDEN: ("restore",),
        Idea.State.REFUSED: ("restore",),
        Idea.State.WITHDRAWN: ("approve", "refuse", "hide"),
        Idea.State.MERGED: ("approve", "restore", "hide"),
    }

    def describe(self, object_id: int) -> Snapshot | None:
        idea = Idea.objects.select_related("campaign", "author", "latest_version").filter(pk=object_id).first()
        if idea is None or idea.latest_version is None:
            return None
        return snapshot(idea, idea.latest_version)

    def as_read(self, object_id: int) -> Snapshot | None:
        """Return the approved words, whatever waits; withdrawn words are gone, their title stays."""
        joins = ("campaign", "author", "approved_version", "latest_version")
        idea = Idea.objects.select_related(*joins).filter(pk=object_id).first()
        version = (idea.approved_version or idea.latest_version) if idea else None
        if idea is None or version is None:
            return None
        found = snapshot(idea, version)
        return replace(found, excerpt="") if idea.state == Idea.State.WITHDRAWN else found

    def preview(self, object_id: int, version: int) -> dict[str, Any]:
        idea = Idea.objects.select_related("campaign", "author", "approved_version", "latest_version").get(pk=object_id)
        shown = (
            idea.versions.select_related("topic", "goal", "district").filter(number=version).first()
            or idea.latest_version
        )
        before = version_to_compare(idea, shown) if shown else None
        return {
            "subject": idea,
            "version": shown,
            "before": before,
            "changes": changes(before, shown) if before and shown else [],
            "coauthors": [row.person.display_name for row in coauthors_of(idea) if row.person],
            "withdrawal": Withdrawal.objects.filter(idea=idea).first() if idea.withdrawn_at else None,
            "pictures": pictures_of(shown.pk if shown else None),
            "files": files_of(shown),
            "answers_given": rows(shown.answers if shown else ()),
        }

    def apply(self, decision: str, object_id: int, version: int) -> tuple[str, str]:
        before = Idea.objects.values_list("state", flat=True).get(pk=object_id)
        if before == Idea.State.WITHDRAWN and decision in ("approve", "refuse"):
            after = (let_reason_through if decision == "approve" else refuse_reason)(object_id).state
        elif decision in ("approve", "approve_with_note"):
            after = publish_idea(object_id, version).state
        elif decision == "refuse":
            after = refuse_idea(object_id, version).state
        elif decision == "request_change":
            after = before
        elif decision == "hide":
            after = hide_idea(object_id).state
        elif decision == "restore":
            after = restore_idea(object_id).state
        else:
            raise _not_here()
        return before, after

    def act(
        self,
        decision: str,
        object_id: int,
        version: int,
        *,
        actor: Any,
        target: str = "",
        reason: str = "",
        second: bool = False,
    ) -> Done:
        idea = Idea.objects.select_related("campaign").get(pk=object_id)
        if decision == "merge":
            return merge(idea, target, reason, actor)
        if decision == "move":
            return move(idea, target, actor)
        if decision == "restore" and idea.state == Idea.State.MERGED:
            undo_merge(merge=idea.merges_away.get(undone_at=None), actor=actor, late=second)
            return Done(Idea.State.MERGED, Idea.State.PUBLIC)
        if decision == "approve" and idea.state == Idea.State.MERGED:  # somebody looked: it stays as it is
            return Done(Idea.State.MERGED, Idea.State.MERGED)
        return Done(*self.apply(decision, object_id, version))

    def targets(self, decision: str, object_id: int, words: str, user: Any) -> list[Target]:
        idea = Idea.objects.select_related("campaign").filter(pk=object_id).first()
        if idea is None:
            return []
        return merge_targets(idea, words, user) if decision == "merge" else move_targets(idea, user)

    def label_of(self, decision: str, state: str) -> Promise | str:
        better = {"restore": gettext_lazy("Undo the merge"), "approve": gettext_lazy("Leave it as it is")}
        return better.get(decision, "") if state == Idea.State.MERGED else ""

    def states(self, object_ids: Iterable[int]) -> dict[int, str]:
        found = Idea.objects.filter(pk__in=list(object_ids)).values_list("pk", "state", "withdrawn_at")
        gone = Idea.State.WITHDRAWN
        return {pk: gone if at and state != Idea.State.HIDDEN else state for pk, state, at in found}

    def reportable(self, object_id: int, user: Any) -> Model | None:
        return Idea.objects.visible_to(user).filter(pk=object_id).first()


def merge(idea: Idea, target: str, reason: str, actor: Any) -> Done:
    """Join the idea into the one that ``target`` names."""
    number = number_in(target)
    other = Idea.objects.visible_to(actor).filter(pk=number).first() if number is not None else None
    if other is None:
        raise Refused(_("There is no such idea."), code="unfit_target", status=422, field="target")
    merge_ideas(source=idea, target=other, reason=reason, actor=actor)
    said = {"number": other.pk, "title": other.title}
    where = _("It is merged into idea %(number)s, “%(title)s”.") % said
    return Done(Idea.State.PUBLIC, Idea.State.MERGED, where, _("For 30 days the moderation can undo it."))


def move(idea: Idea, target: str, actor: Any) -> Done:
    """Bring the idea into the campaign with that number."""
    number = int(target) if target.isascii() and target.isdigit() and len(target) < 19 else 0
    campaign = Campaign.objects.visible_to(actor).filter(pk=number).first()
    if campaign is None:
        raise Refused(_("There is no such campaign."), code="unfit_target", status=422, field="target")
    before, state = idea.campaign, idea.state
    move_idea(idea=idea, campaign=campaign, actor=actor)
    said = {"old": before.title, "new": campaign.title}
    return Done(state, state, _("It was in “%(old)s” and is now in “%(new)s”.") % said)


def snapshot(idea: Idea, version: IdeaVersion) -> Snapshot:
    """Return what queue, record and reports keep of one version."""
    return Snapshot(
        title=version.title,
        excerpt=excerpt(version.text, EXCERPT),
        author_id=idea.author_id,
        author_name=idea.author.display_name if idea.author else "",
        campaign_id=idea.campaign_id,
        campaign_title=idea.campaign.title,
        version=version.number,
        state=idea.state,
        url=reverse("ideas:idea", args=[idea.pk, idea.slug]),
        marks=tuple(marks_of(idea)),
    )


def marks_of(idea: Idea) -> list[str]:
    """Return in words what a moderator should know at first sight."""
    marks = []
    if idea.author_id and not Idea.objects.filter(author=idea.author_id, published_at__isnull=False).exists():
        marks.append(_("first idea of this person"))
    if idea.channel:
        marks.append(_("written down by staff"))
    if idea.has_pending_change:
        marks.append(_("changed after publication"))
    if idea.latest_version and "http" in idea.latest_version.text:
        marks.append(_("contains a link"))
    return marks


@moderates("comment")
class ModeratedComment(Moderated):
    """Decisions on comments; their words never change, so their version is always 1."""

    label, yours = gettext_lazy("Comment"), gettext_lazy("your comment")
    preview_template = "ideas/parts/moderated_comment.html"
    decisions: Mapping[str, tuple[str, ...]] = {
        Comment.State.WAITING: ("approve", "approve_with_note", "refuse"),
        Comment.State.PUBLIC: ("approve", "hide"),
        Comment.State.HIDDEN: ("restore",),
        Comment.State.REFUSED: ("restore",),
        Comment.State.DELETED: (),
    }

    def describe(self, object_id: int) -> Snapshot | None:
        comment = Comment.objects.select_related("idea__campaign", "author").filter(pk=object_id).first()
        if comment is None:
            return None
        return Snapshot(
            title=_("Comment on “%(idea)s”") % {"idea": comment.idea.title},
            excerpt=excerpt(comment.text, EXCERPT),
            author_id=comment.author_id,
            author_name=comment.author.display_name if comment.author else "",
            campaign_id=comment.idea.campaign_id,
            campaign_title=comment.idea.campaign.title,
            version=1,
            state=comment.state,
            url=comment.get_absolute_url(),
            marks=(_("contains a link"),) if "http" in comment.text else (),
        )

    def preview(self, object_id: int, version: int) -> dict[str, Any]:
        comment = Comment.objects.select_related("idea", "author", "parent__author").get(pk=object_id)
        return {"subject": comment}

    def apply(self, decision: str, object_id: int, version: int) -> tuple[str, str]:
        before = Comment.objects.values_list("state", flat=True).get(pk=object_id)
        acts = {
            "approve": publish_comment,
            "approve_with_note": publish_comment,
            "restore": publish_comment,
            "refuse": refuse_comment,
            "hide": hide_comment,
        }
        if decision not in acts or (before == Comment.State.HIDDEN and decision != "restore"):
            raise _not_here()
        return before, acts[decision](object_id).state

    def states(self, object_ids: Iterable[int]) -> dict[int, str]:
        return dict(Comment.objects.filter(pk__in=list(object_ids)).values_list("pk", "state"))

    def reportable(self, object_id: int, user: Any) -> Model | None:
        return Comment.objects.visible_to(user).filter(pk=object_id).first()


def _not_here() -> Refused:
    return Refused(_("This decision does not fit here."), code="wrong_decision", status=422)
