"""Coming to know somebody better than by mail: with a proof, once, also where it turns out that they have two accounts."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.joining import joiners
from accounts.models import User, Verification
from common.database import lock, now
from common.errors import Refused
from common.events import announce


@dataclass(frozen=True)
class Meeting:
    """Another account with the same proof, and what the one at hand gives up. Nothing about the other one is told."""

    lost: list[str]


def other_account(person: User, proof: str) -> User | None:
    """Return the account that had this proof first, if it votes under another id than ``person``."""
    rows = Verification.objects.filter(proof=proof).exclude(person=person).select_related("person")
    found = rows.order_by("verified_at", "pk").first()
    return None if found is None or found.person.voter_id == person.voter_id else found.person


def meeting(person: User, proof: str) -> Meeting | None:
    """Return what would happen if ``person`` gave this proof, or None where nobody else has given it."""
    if other_account(person, proof) is None:
        return None
    return Meeting([sentence for one in joiners() for sentence in one.lost(person)])


@transaction.atomic
def know(*, person: User, level: int, proof: str, agreed: bool) -> Verification:
    """Keep that the town knows somebody by this proof. Votes given before stay as they are, with the level they had.

    Where another account has given the same proof, both vote as one person from now on, and what this one has voted in
    votes that are still open is taken back – once they agreed. Raises ``Refused`` (joined, 409) until then.
    """
    lock(f"proof:{proof}")
    person = User.objects.get(pk=person.pk)
    other = other_account(person, proof)
    if other is not None:
        if not agreed:
            raise Refused(_("There is another account with this proof."), code="joined")
        _join(person, other)
    row, _new = Verification.objects.get_or_create(
        person=person, level=level, defaults={"proof": proof, "verified_at": now()}
    )
    if row.proof != proof:
        raise Refused(_("This account was proved in this way already, with other particulars."), code="known")
    return row


def _join(person: User, other: User) -> None:
    """Let all accounts that vote as ``person`` vote as ``other``; what they have voted themselves is taken back."""
    for one in joiners():
        one.hold()
    former = person.voter_id
    for one in joiners():
        one.give_up(former)
    same = Q(votes_as=former) | Q(person_id=former, votes_as=None)
    User.objects.filter(same).update(votes_as=other.voter_id)
    person.votes_as = other.voter_id
    announce("accounts_joined", person_id=person.pk)
