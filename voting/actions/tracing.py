"""Traces of votes: left with the vote, in its transaction, to the hour; gone within seven days."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import connection, transaction

from common.database import now
from ideas.models import Idea
from voting.circumstances import circumstances
from voting.models import Flag, VoteTrace
from voting.trace_key import forget_old_keys

if TYPE_CHECKING:
    from accounts.models import User

# The job runs every hour; what it leaves is gone the next time, before seven days are over.
KEPT_FOR = timedelta(days=6, hours=21)
LEAVE = """
    INSERT INTO voting_votetrace (campaign_id, idea_id, voter_key, network, mail_domain, is_fresh, at)
    VALUES (%s, %s, %s, %s, %s, %s, %s)"""


def leave_trace(idea: Idea, key: str, account: "User | None", address: str, moment: datetime) -> None:
    """Keep under which circumstances a support came. The hour, not the moment: a log beside it must not tell whose it is."""
    seen = circumstances(account, address, moment)
    hour = connection.ops.adapt_datetimefield_value(moment.replace(minute=0, second=0, microsecond=0))
    with connection.cursor() as cursor:
        cursor.execute(LEAVE, [idea.campaign_id, idea.pk, key, seen.network, seen.mail_domain, seen.is_fresh, hour])


@transaction.atomic
def forget_traces(moment: datetime | None = None) -> int:
    """Delete old traces, the hashes that flags hold of them, and the keys of former weeks; return how many traces."""
    moment = moment or now()
    number, _each = VoteTrace.objects.filter(at__lt=moment - KEPT_FOR).delete()
    for flag in Flag.objects.filter(hour__lt=moment - KEPT_FOR, facts__has_key="which"):
        flag.facts = {name: value for name, value in flag.facts.items() if name != "which"}
        flag.save(update_fields=["facts"])
    forget_old_keys(moment)
    return number
