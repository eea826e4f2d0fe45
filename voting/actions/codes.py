"""Packages of one-time codes: made, revoked. The codes themselves are returned once and kept as keyed hashes only."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from common.codes import new_code, normal
from common.database import lock, now, share_lock
from common.errors import Refused
from ideas.models import Campaign, Phase
from voting import voter_keys
from voting.actions.locks import lock_name
from voting.models import CodePackage, VotingCode
from voting.voters import require_secret

if TYPE_CHECKING:
    from accounts.models import User

MOST = 1000
SHORTEST_REASON = 10


def make_package(*, phase: Phase, name: str, number: int, by: "User") -> tuple[CodePackage, list[str]]:
    """Make ``number`` codes for a phase; return the package and the codes as they are printed, never to be seen again.

    Raises ``Refused``: no codes are taken (409), the vote is over (409), too many or none at once (422).
    """
    if not 1 <= number <= MOST:
        words = _("Between 1 and %(most)d codes can be made at once.") % {"most": MOST}
        raise Refused(words, code="number", status=422, field="number")
    with transaction.atomic():
        moment = share_lock(lock_name(phase.campaign_id))
        phase = Phase.objects.select_related("campaign").get(pk=phase.pk)
        if not (phase.takes_codes and phase.allows_support):
            raise Refused(_("This phase does not take voting codes."), code="no_codes", field="phase")
        if phase.sealed_at is not None or phase.closes_at <= moment:
            raise Refused(_("This vote is over. Codes for it would be worth nothing."), code="closed", field="phase")
        require_secret(phase.campaign_id)
        package = CodePackage.objects.create(phase=phase, name=name, number=number, made_by=by, made_at=moment)
        codes = [new_code() for _place in range(number)]
        # In the order of the hashes: which card was printed first does not show in the table.
        hashes = sorted(voter_keys.hash_of_code(phase.campaign_id, normal(code)) for code in codes)
        VotingCode.objects.bulk_create([VotingCode(package=package, code_hash=one) for one in hashes], batch_size=500)
    return package, codes


@transaction.atomic
def revoke_package(*, package: CodePackage, reason: str, by: "User") -> CodePackage:
    """Let the unused codes of a package be worth nothing from now on; what was voted with used ones counts on.

    Whoever is sending votes at this moment holds the lock and is counted, or comes after it and is refused.
    """
    if len(reason) < SHORTEST_REASON:
        words = _("Please say why, in a few words. The reason stays beside the package.")
        raise Refused(words, code="reason", status=422, field="reason")
    lock(lock_name(package.phase.campaign_id))
    fresh = CodePackage.objects.select_related("phase__campaign").get(pk=package.pk)
    if fresh.revoked_at is not None:
        raise Refused(_("This package was revoked already."), code="revoked")
    if fresh.phase.sealed_at is not None:
        raise Refused(_("This vote is sealed. Nothing of it can be changed any more."), code="sealed")
    fresh.revoked_at, fresh.revoked_by, fresh.revoked_because = now(), by, reason[:300]
    fresh.save(update_fields=["revoked_at", "revoked_by", "revoked_because"])
    return fresh


def package_for(campaign: Campaign, signs: str) -> tuple[VotingCode, str] | None:
    """Return a code of the campaign and its hash, or None where there is no such code; only for well-formed codes."""
    if not voter_keys.has_secret(campaign.pk):
        return None
    code_hash = voter_keys.hash_of_code(campaign.pk, signs)
    rows = VotingCode.objects.select_related("package__phase")
    found = rows.filter(code_hash=code_hash, package__phase__campaign=campaign).first()
    return None if found is None else (found, code_hash)
