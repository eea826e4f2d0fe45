"""What supports do when ideas are merged, set apart or moved: nothing changes under the lock, and undoing brings them back."""

from django.utils.translation import gettext as _

from common.database import lock
from common.errors import Refused
from ideas.models import Merge
from ideas.registry import Followers, follows
from voting import rules, voter_keys
from voting.actions.apart import set_apart
from voting.actions.locks import lock_name
from voting.models import MergeChoice

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
        set_apart(merge)
