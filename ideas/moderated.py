"""How ideas plug into moderation."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import Refused
from ideas import moderated_comments, moderated_pictures  # noqa: F401 - register their kinds
from ideas.actions import (
    hide_idea,
    let_reason_through,
    merge_ideas,
    move_idea,
    publish_idea,
    refuse_idea,
    refuse_reason,
    restore_idea,
    undo_merge,
)
from ideas.actions.reverting import idea_as_it_is, wait_as_before
from ideas.evidence import idea_evidence
from ideas.models import Campaign, Idea, IdeaVersion, Withdrawal
from ideas.queries.coauthors import coauthors_of
from ideas.queries.idea_page import files_of, pictures_of
from ideas.queries.targets import merge_targets, move_targets, number_in
from ideas.queries.versions import changes, version_to_compare
from ideas.questions import rows
from moderation.registry import (
    Done,
    Moderated,
    Snapshot,
    Target,
    hides_campaigns,
    moderates,
    names_campaigns,
    reads_words,
)
from moderation.watch import Watched
from search.similar import telling_words
from theme.markdown import excerpt

EXCERPT = 600


@hides_campaigns
def groups_of_others(user: Any) -> QuerySet:
    """Closed campaigns to which ``user`` does not belong: what is said there is nobody else's business."""
    closed = Campaign.objects.filter(audience=Campaign.Audience.MEMBERS)
    # Nobody signed in belongs to none; asked as everybody else, groups without members would count as theirs.
    return (closed if user.pk is None else closed.exclude(members__person_id=user.pk)).values("pk")


reads_words(telling_words)


@names_campaigns
def campaigns(user: Any) -> list[tuple[int, str]]:
    """Return the campaigns that ``user`` may see, newest first."""
    return list(Campaign.objects.visible_to(user).order_by("-pk").values_list("pk", "title"))


@moderates("idea")
class ModeratedIdea(Moderated):
    """Decisions on ideas; a decision names the version it was made on."""

    label, yours = gettext_lazy("Idea"), gettext_lazy("your idea")
    preview_template = "ideas/parts/moderated_idea.html"
    watched = Watched("ideas_idea")
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

    def words(self, object_id: int) -> str:
        idea = Idea.objects.select_related("approved_version").get(pk=object_id)
        version = idea.approved_version
        if version is None or idea.state == Idea.State.WITHDRAWN:
            return super().words(object_id)
        return "\n\n".join(filter(None, (version.title, version.text, version.place)))

    def evidence(self, object_id: int) -> list[tuple[str, bytes]]:
        return idea_evidence(Idea.objects.select_related("author").get(pk=object_id))

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

    def as_it_is(self, object_id: int) -> dict[str, Any]:
        return idea_as_it_is(object_id)

    def take_back(self, decision: str, object_id: int, version: int, *, before: dict[str, Any], actor: Any) -> None:
        if decision in ("approve", "approve_with_note", "refuse"):
            wait_as_before(object_id, version, before)
        else:
            super().take_back(decision, object_id, version, before=before, actor=actor)

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

    def wrote(self, person_id: int, user: Any) -> bool:
        return Idea.objects.visible_to(user).filter(author=person_id).exists()


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
        text=f"{version.title}\n\n{version.text}",
    )


def marks_of(idea: Idea) -> list[str]:
    """Return in words what a moderator should know at first sight."""
    marks = []
    if idea.channel:
        marks.append(_("written down by staff"))
    if idea.has_pending_change:
        marks.append(_("changed after publication"))
    if idea.latest_version and "http" in idea.latest_version.text:
        marks.append(_("contains a link"))
    return marks


def _not_here() -> Refused:
    return Refused(_("This decision does not fit here."), code="wrong_decision", status=422)
