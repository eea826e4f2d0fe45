"""How much one sender may send in an hour: reports, messages. Token buckets in the database (``common.buckets``)."""

import ipaddress
from dataclasses import dataclass, replace
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from common import buckets
from common.buckets import Rate
from common.database import now
from common.errors import Refused
from moderation.models import SpentProof
from moderation.puzzles import Solution, read_solution

REPORTS, MESSAGES = Rate("reports", most=20), Rate("messages", most=20)
PER_HOUR_PLAIN = 5
# Schools, libraries, the town hall: many people behind one address.
KNOWN_TIMES = 10
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Sender:
    """Where it comes from: the network's address, the account if there is one, the solved puzzle if there is one."""

    address: str = ""
    person: User | None = None
    solution: str = ""


def admit(sender: Sender, rate: Rate = REPORTS) -> None:
    """Count one sending; raises ``Refused`` (429) with the time to wait when there were too many.

    Whoever has an account or a solved puzzle may send more than somebody with neither. Call it before the transaction of
    the change: the row of a bucket is held to the end of it.
    """
    solved = sender.person is not None or spend(read_solution(sender.solution))
    most = rate.most if solved else PER_HOUR_PLAIN
    if sender.person is not None:
        who = f"person:{sender.person.pk}"
    else:
        network = network_of(sender.address)
        who, most = f"network:{network}:{solved}", most * (KNOWN_TIMES if is_known(network) else 1)
    if wait := buckets.take(replace(rate, most=most), who):
        raise Refused(too_many(solved, wait), code="too_many", status=429, retry_after=wait)


def too_many(solved: bool, wait: int) -> str:
    """Return what is said then, with the ways that stay open; ``wait`` in seconds."""
    said = {"when": buckets.in_words(wait)}
    if solved:
        words = _(
            "You have sent very much in a short time. Please send it again %(when)s; what you typed is still here."
        )
        return words % said
    words = _(
        "Very much came from your network. Please send it again %(when)s, or turn JavaScript on in your browser: then it can "
        "show that no program is at work, and you need not wait. You can also write us a mail; the addresses are on the page "
        "“Contact point”."
    )
    return words % said


def spend(solution: Solution | None) -> bool:
    """Use a solution; False when there is none, or it was used before."""
    if solution is None:
        return False
    try:
        with transaction.atomic():
            SpentProof.objects.create(digest=solution.digest, expires_at=solution.expires_at + HOUR)
    except IntegrityError:
        return False
    return True


def network_of(address: str) -> str:
    """Return the network an address belongs to: itself, with IPv6 the /64 that one household has."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        mapped = found.ipv4_mapped
        return str(mapped) if mapped else str(ipaddress.ip_network((found, 64), strict=False).network_address)
    return str(found)


def is_known(network: str) -> bool:
    """Tell whether many people are known to share the address."""
    try:
        found = ipaddress.ip_address(network)
        return any(found in ipaddress.ip_network(known, strict=False) for known in settings.KNOWN_NETWORKS)
    except ValueError:
        return False


def forget_spent() -> int:
    """Delete solutions of puzzles that have run out; return how many."""
    return SpentProof.objects.filter(expires_at__lt=now()).delete()[0]
