"""Results: each against its own hash, its phase and its number, the last one against the rows."""

from collections.abc import Iterator
from itertools import pairwise

from django.utils.translation import gettext as _

from ideas.models import Campaign, Phase
from voting.models import MerkleRoot, Reopening, Result
from voting.sealing import digest
from voting.snapshots import take_snapshot

# What stands in a result beside what was counted; codes can be revoked later.
BESIDE = {"campaign", "closed", "sealed_at", "root", "codes"}


def of_results(campaign: Campaign) -> Iterator[str]:
    """Check that results are whole, in order and as many as votes were sealed, and that the rows still give the last one."""
    results = list(Result.objects.filter(campaign=campaign).order_by("pk"))
    for result in results:
        yield from _itself(result)
    for former, result in pairwise(results):
        if result.sealed_at < former.sealed_at:
            yield _("result %(number)s is out of order") % {"number": result.pk}
    for phase in Phase.objects.filter(campaign=campaign).order_by("pk"):
        yield from _of_phase(phase, [result for result in results if result.phase_id == phase.pk])


def _itself(result: Result) -> Iterator[str]:
    snapshot, words = result.snapshot, {"number": result.pk}
    if digest(snapshot) != result.sha256:
        yield _("result %(number)s does not match its hash") % words
    if snapshot.get("phase") != result.phase_id or snapshot.get("sealed_at") != result.sealed_at.isoformat():
        yield _("result %(number)s stands at the place of another one") % words
    if "root" in snapshot and not MerkleRoot.objects.filter(**snapshot["root"]).exists():
        yield _("result %(number)s names root %(root)s, which is not there") % {
            **words,
            "root": snapshot["root"]["number"],
        }


def _of_phase(phase: Phase, results: list[Result]) -> Iterator[str]:
    words = {"number": phase.pk}
    if phase.sealed_at is not None and not results:
        yield _("phase %(number)s is sealed but has no result") % words
        return
    sealings = Reopening.objects.filter(phase=phase).count() + (phase.sealed_at is not None)
    if len(results) != sealings:
        told = words | {"results": len(results), "sealings": sealings}
        yield _("phase %(number)s: %(results)s results, but it was sealed %(sealings)s times") % told
    if phase.sealed_at is not None and is_last_word(phase):
        yield from _rows(phase, results[-1])


def is_last_word(phase: Phase) -> bool:
    """Tell whether nothing may have changed the rows since: supports of a campaign go on in a later phase."""
    if phase.method != Phase.Method.SUPPORT:
        return True
    later = Phase.objects.filter(campaign=phase.campaign_id, method=Phase.Method.SUPPORT, allows_support=True)
    sealed_later = later.filter(sealed_at__gt=phase.sealed_at)
    return not (later.filter(sealed_at=None, closes_at__gt=phase.closes_at) | sealed_later).exists()


def _rows(phase: Phase, result: Result) -> Iterator[str]:
    found, said = take_snapshot(phase), result.snapshot
    for name in sorted(found.keys() - BESIDE):
        if said.get(name) == found[name]:
            continue
        if not isinstance(found[name], dict) or not isinstance(said.get(name), dict):
            words = _("phase %(phase)s: the rows do not give what the result says (%(name)s)")
            yield words % {"phase": phase.pk, "name": name}
            continue
        for key in sorted(found[name].keys() | said[name].keys()):
            if found[name].get(key) != said[name].get(key):
                words = _("phase %(phase)s, %(name)s %(key)s: %(rows)s by the rows, the result says %(said)s")
                numbers = {"rows": found[name].get(key, 0), "said": said[name].get(key, 0)}
                yield words % ({"phase": phase.pk, "name": name, "key": key} | numbers)
