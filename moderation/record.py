"""The record: entries are numbered without gaps, and each carries the hash of the one before."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from common.database import lock, now
from moderation import rules
from moderation.models import Act, Anchor, Decision, RuleSeal, RuleVersion, StateChange

LOCK = "moderation.record"
FIRST = "0" * 64
FIELDS = tuple(
    field.attname for field in Decision._meta.concrete_fields if field.attname not in {"id", "rule_version_id", "hash"}
)


def plain(value: Any) -> Any:
    """Return a value as JSON keeps it on every database: times in UTC with microseconds."""
    return value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else value


def digest(content: Any) -> str:
    """Return the hash of plain content, however it was put together (SHA-256 over JSON with sorted keys)."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def words_of(rule: RuleVersion) -> list[Any]:
    """Return what of a rule goes into the entries that rest on it."""
    parts = (rule.rule.number, rule.number, rule.title, rule.text, rule.ground, rule.provision, plain(rule.valid_from))
    return [rule.pk, *parts]


def fingerprint_of(fields: Mapping[str, Any], rule: list[Any] | None) -> str:
    """Return the hash of all fields (``FIELDS``), of the words of the rule, and of the entry before."""
    content = {name: plain(value) for name, value in fields.items()}
    return digest(content | {"rule": rule} if rule else content)


def fingerprint(decision: Decision) -> str:
    """Return the hash an entry should have."""
    rule = decision.rule_version
    return fingerprint_of({name: getattr(decision, name) for name in FIELDS}, words_of(rule) if rule else None)


def append(**fields: Any) -> Decision:
    """Add an entry in the running transaction; one writer at a time, so that the chain has no forks.

    Call it last: whoever holds the record's lock waits for nothing else.
    """
    require_transaction()
    lock(LOCK)
    last = Decision.objects.order_by("-sequence").values_list("sequence", "hash").first() or (0, FIRST)
    decision = Decision(sequence=last[0] + 1, previous_hash=last[1], decided_at=now(), code=rules.new_code(), **fields)
    if decision.decision in Decision.CONTESTABLE and decision.source != Decision.Source.COMPLAINT:
        decision.complaint_until = rules.complaint_until(decision.decided_at)
        decision.redress = rules.redress(decision.complaint_until)
    if decision.decision in Decision.RESTRICTIVE and not decision.duration:
        decision.scope, decision.duration = rules.reach(decision.decision, decision.state_after)
    decision.hash = fingerprint(decision)
    decision.save(force_insert=True)
    if decision.rule_version:
        seal(decision.rule_version)
    return decision


def require_transaction() -> None:
    """Raise ``TransactionManagementError`` outside a transaction."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("An entry of the record needs the transaction of its change.")


def seal(rule: RuleVersion) -> None:
    """Keep the hash of a rule's words when a decision first rests on them."""
    if not RuleSeal.objects.filter(pk=rule.pk).exists():
        RuleSeal.objects.create(rule_version=rule, hash=digest(words_of(rule)))


def without_decision(kind: str, object_id: int, name: str, before: str, after: str) -> None:
    """Write down why a contribution changed its state without a decision, in the transaction of the change."""
    require_transaction()
    if before != after:
        Act.objects.create(kind=kind, object_id=object_id, name=name, before=before, after=after, at=now())


def imported(kind: str, object_ids: Iterable[int], before: str, after: str) -> None:
    """Write down that many contributions became public because they were taken over from elsewhere."""
    require_transaction()
    said = {"kind": kind, "name": Act.Name.IMPORTED, "before": before, "after": after, "at": now()}
    Act.objects.bulk_create((Act(object_id=object_id, **said) for object_id in object_ids), batch_size=1000)


@transaction.atomic
def anchor() -> Anchor | None:
    """Keep how far the record goes now; None when nothing was added since the last time."""
    lock(LOCK)
    last = Decision.objects.order_by("-sequence").values_list("sequence", "hash").first()
    if last is None or Anchor.objects.filter(sequence__gte=last[0]).exists():
        return None
    counts = {"count": Decision.objects.count(), "changes": StateChange.objects.count()}
    return Anchor.objects.create(sequence=last[0], hash=last[1], **counts, taken_at=now())
