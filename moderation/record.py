"""The record: entries are numbered without gaps, and each carries the hash of the one before."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from common.database import lock, now
from moderation import rules
from moderation.models import Decision

LOCK = "moderation.record"
FIRST = "0" * 64
FIELDS = tuple(
    field.attname for field in Decision._meta.concrete_fields if field.attname not in {"id", "rule_version_id", "hash"}
)


def plain(value: Any) -> Any:
    """Return a value as JSON keeps it on every database: times in UTC with microseconds."""
    return value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else value


def fingerprint(decision: Decision) -> str:
    """Return the hash of all fields, of the words of the rule, and of the entry before."""
    content = {name: plain(getattr(decision, name)) for name in FIELDS}
    if rule := decision.rule_version:
        words = [
            rule.rule.number,
            rule.number,
            rule.title,
            rule.text,
            rule.ground,
            rule.provision,
            plain(rule.valid_from),
        ]
        content["rule"] = [rule.pk, *words]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def append(**fields: Any) -> Decision:
    """Add an entry in the running transaction; one writer at a time, so that the chain has no forks.

    Call it last: whoever holds the record's lock waits for nothing else.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("An entry of the record needs the transaction of its change.")
    lock(LOCK)
    last = Decision.objects.order_by("-sequence").values_list("sequence", "hash").first() or (0, FIRST)
    decision = Decision(sequence=last[0] + 1, previous_hash=last[1], decided_at=now(), code=rules.new_code(), **fields)
    if decision.decision in Decision.CONTESTABLE and decision.source != Decision.Source.COMPLAINT:
        decision.complaint_until = rules.complaint_until(decision.decided_at)
        decision.redress = rules.redress(decision.complaint_until)
    if decision.decision in Decision.RESTRICTIVE:
        decision.scope, decision.duration = rules.reach(decision.decision, decision.state_after)
    decision.hash = fingerprint(decision)
    decision.save(force_insert=True)
    return decision
