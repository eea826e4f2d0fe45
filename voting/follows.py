"""What supports do when ideas are merged, set apart or moved: nothing changes under the lock, and undoing brings them back."""

from django.utils.translation import gettext as _

from common.database import lock, now
from common.errors import Refused
from ideas.models import Idea, Merge
from ideas.registry import Followers, follows
from voting import rules, voter_keys
from voting.actions.apart import set_apart
from voting.actions.locks import lock_name
from voting.models import CommentVote, MergeChoice, Opinion, Vote

SEALED = "sealed"


@follows
class SupportsFollow(Followers):
    """Supports, kept by this room."""

    def hold(self, *campaign_ids: int) -> None:
        for campaign_id in campaign_ids:
            lock(lock_name(campaign_id))
        for campaign_id in campaign_ids:
            if rules.is_sealed(campaign_id):
                words = _("Voting in this campaign is over and counted. Its ideas stay as they are.")
                raise Refused(words, code=SEALED, field="target")

    def set_apart(self, merge: Merge) -> None:
        chosen = MergeChoice.objects.filter(merge=merge).exclude(state=MergeChoice.State.LEFT)
        if not voter_keys.has_secret(merge.source.campaign_id) and chosen.exists():
            words = _("The votes of this campaign were made anonymous for good. Nothing can be brought back any more.")
            raise Refused(words, code=SEALED)
        if Vote.objects.filter(idea__in=(merge.source_id, merge.target_id), quarantine__isnull=False).exists():
            words = _("Supports of one of the two ideas are being reviewed. Decide on them first.")
            raise Refused(words, code="apart")
        set_apart(merge)


@follows
class OpinionsFollow(Followers):
    """Opinions and ratings of comments stay with what they were given to; asked under the campaign's lock."""

    def join(self, source: Idea, target: Idea) -> None:
        """Refuse while opinions about the source are given: they cannot be carried over, as nobody was asked that."""
        open_phase = {"phase__sealed_at": None, "phase__closes_at__gt": now()}
        if Opinion.objects.filter(idea=source, **open_phase).exclude(value=0).exists():
            words = _(
                "People are voting on this idea now, and a vote for or against it says nothing about the other one. "
                "It can be merged when the vote is over."
            )
            raise Refused(words, code="opinions", field="target")

    def leave(self, idea: Idea) -> None:
        """Refuse what was voted on: the voters' keys are those of its campaign."""
        if Opinion.objects.filter(idea=idea).exists() or CommentVote.objects.filter(comment__idea=idea).exists():
            words = _("People have voted on this idea or its comments. They did so in its campaign, so it stays there.")
            raise Refused(words, code="unfit_target", field="target")
