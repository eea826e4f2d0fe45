"""Codes and paper: a used code stands for exactly one voter, a total from paper for two people."""

from collections.abc import Iterator

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from ideas.models import Campaign, Phase
from voting import voter_keys
from voting.models import Basket, CodePackage, Opinion, PaperCount, Vote, VoterLevel, VotingCode


def of_codes(campaign: Campaign) -> Iterator[str]:
    """Compare the used codes with the voters that came with a code, and packages with their codes."""
    yield from _of_packages(campaign)
    voters = _voters(campaign)
    used = VotingCode.objects.filter(package__phase__campaign=campaign, used_on__isnull=False)
    if not voter_keys.has_secret(campaign.pk):
        if len(voters) > used.count():
            words = _("%(voters)d voters came with a code, %(used)d codes are used")
            yield words % {"voters": len(voters), "used": used.count()}
        return
    keys = {voter_keys.key_of_code(campaign.pk, one): one for one in used.values_list("code_hash", flat=True)}
    for key in sorted(voters - keys.keys()):
        yield _("voter %(key)s… is said to have had a code, but no used code belongs to it") % {"key": key[:8]}
    # What was voted with a code can only go when an idea does; a code without any vote is worth a look all the same.
    for key in sorted(keys.keys() - voters):
        yield _("code %(code)s… is used, but no vote came with it") % {"code": keys[key][:8]}


def _of_packages(campaign: Campaign) -> Iterator[str]:
    rows = CodePackage.objects.filter(phase__campaign=campaign).annotate(found=Count("codes"))
    for package in rows.exclude(found=F("number")).order_by("pk"):
        words = _("package %(number)s: %(made)d codes were made, %(found)d are there")
        yield words % {"number": package.pk, "made": package.number, "found": package.found}  # type: ignore[attr-defined]


def _voters(campaign: Campaign) -> set[str]:
    """Return the keys of those who voted with a code. Supports stand for the campaign, the others for a phase."""
    found: set[str] = set()
    for model in (Vote, Opinion, Basket):
        rows = model._default_manager.filter(campaign=campaign, level=VoterLevel.CODE)
        found |= set(rows.values_list("voter_key", flat=True).distinct())
    return found


def of_paper(campaign: Campaign) -> Iterator[str]:
    """Check that two people stand behind each total that counts, and that none came after the seal."""
    rows = PaperCount.objects.filter(phase__campaign=campaign, rejected_at=None).select_related("phase").order_by("pk")
    alone = Q(confirmed_at__isnull=False) & (Q(confirmed_by=None) | Q(confirmed_by=F("entered_by")))
    for count in rows.filter(alone):
        yield _("total %(number)s from paper was not confirmed by a second person") % {"number": count.pk}
    late = rows.filter(phase__sealed_at__lt=F("confirmed_at"))
    for count in late.exclude(phase__in=Phase.objects.filter(sealed_at=None)):
        yield _("total %(number)s from paper was confirmed after the seal") % {"number": count.pk}
