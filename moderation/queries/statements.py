"""Statements of reasons for machines, with the field names of the EU's transparency database (DSA, Art. 24(5)).

Field names and required fields: transparency.dsa.ec.europa.eu, „API documentation". Nobody is named in them: not the
author, not the contribution's words, not who reported or decided.
"""

import re
from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from moderation.models import Case, Decision, Report
from moderation.queries.letter_words import rule_name
from moderation.queries.standing import standing

Kind = Decision.Kind
SUSPENDED = {Kind.PAUSE, Kind.BLOCK}
#: what a decision does to what others see (a warning only says what will be)
VISIBILITY = {
    Kind.REFUSE: "DECISION_VISIBILITY_CONTENT_DISABLED",
    Kind.HIDE: "DECISION_VISIBILITY_CONTENT_DISABLED",
    Kind.REQUEST_CHANGE: "DECISION_VISIBILITY_OTHER",
    Kind.WARN: "DECISION_VISIBILITY_OTHER",
    Kind.MERGE: "DECISION_VISIBILITY_OTHER",
    Kind.MOVE: "DECISION_VISIBILITY_OTHER",
}
NO_CATEGORY = "STATEMENT_CATEGORY_OTHER_VIOLATION_TC"
CONTENT_TYPES = {"picture": "CONTENT_TYPE_IMAGE"}
MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
PHONE = re.compile(r"(?<!\w)[+(]?\d[\d\s/()-]{6,}\d")
BATCH = 500
#: so many of the author's contributions are looked through for what a reason quotes
MOST = 50
LEFT_OUT = "[…]"


def statement(decision: Decision) -> dict[str, object]:
    """Return one decision as a statement of reasons."""
    words: dict[str, object] = {
        **what_it_does(decision),
        **grounds(decision),
        "decision_facts": without_people(decision.reason, decision)[:5000] or _("No reasons given."),
        "content_type": [CONTENT_TYPES.get(decision.kind, "CONTENT_TYPE_TEXT")],
        "content_date": day_of(decision.case.opened_at),
        "content_language": "DE",
        "category": category(decision),
        "territorial_scope": ["DE"],
        "application_date": day_of(decision.decided_at),
        "source_type": "SOURCE_ARTICLE_16" if decision.source == "report" else "SOURCE_VOLUNTARY",
        "automated_detection": "Yes" if decision.automated_detection else "No",
        "automated_decision": "AUTOMATED_DECISION_NOT_AUTOMATED",
        "puid": decision.hash,
    }
    return words


def statements(first: datetime, last: datetime) -> Iterator[dict[str, object]]:
    """Yield the statements of all decisions against which one can complain, made in that time, oldest first."""
    found = standing().filter(decision__in=Decision.CONTESTABLE, decided_at__gte=first, decided_at__lt=last)
    joined = found.select_related("case__author", "actor", "rule_version__rule__category_row", "sanction")
    for decision in joined.order_by("sequence").iterator(BATCH):
        yield statement(decision)


def what_it_does(decision: Decision) -> dict[str, object]:
    """Return the kind of restriction: of visibility, or of the service for a person, and until when."""
    if decision.decision in SUSPENDED:
        found: dict[str, object] = {"decision_provision": "DECISION_PROVISION_PARTIAL_SUSPENSION"}
        sanction = getattr(decision, "sanction", None)
        if sanction and sanction.ends_at:
            found["end_date_service_restriction"] = day_of(sanction.ends_at)
        return {**found, "account_type": "ACCOUNT_TYPE_PRIVATE"}
    visibility = VISIBILITY.get(Kind(decision.decision))
    if visibility is None:
        return {"decision_visibility": []}
    found = {"decision_visibility": [visibility]}
    if visibility == "DECISION_VISIBILITY_OTHER":
        found["decision_visibility_other"] = decision.get_decision_display()
    return found


def grounds(decision: Decision) -> dict[str, object]:
    """Return the law or the rule of this site it rests on, with its words."""
    rule = decision.rule_version
    if rule and decision.ground == "law":
        return {
            "decision_ground": "DECISION_GROUND_ILLEGAL_CONTENT",
            "illegal_content_legal_ground": rule.provision[:500] or rule_name(decision)[:500],
            "illegal_content_explanation": rule.text[:2000],
        }
    return {
        "decision_ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
        "incompatible_content_ground": rule_name(decision)[:500] or _("Order of contributions on this site"),
        "incompatible_content_explanation": (rule.text if rule else _("Where contributions belong is our task."))[
            :2000
        ],
        "incompatible_content_illegal": "No",
    }


def category(decision: Decision) -> str:
    """Return the database's category of the rule."""
    row = getattr(decision.rule_version.rule, "category_row", None) if decision.rule_version else None
    return str(row.category) if row else NO_CATEGORY


def without_people(text: str, decision: Decision) -> str:
    """Return the reasons without names, titles, quotes of the contribution, mail addresses, phone numbers, links."""
    case = decision.case
    written = list(Case.objects.filter(author=case.author).order_by("-pk")[:MOST]) if case.author else []
    known = {decision.subject_title, case.author_name, *(one.title for one in (case, *written))}
    if case.author:
        known |= {case.author.display_name, case.author.email}
    known |= {decision.actor.display_name, decision.actor.email}
    known |= set(Report.objects.filter(case=case).values_list("name", flat=True))
    for word in sorted(filter(None, known), key=len, reverse=True):
        text = re.sub(re.escape(word), LEFT_OUT, text, flags=re.IGNORECASE)
    for one in (case, *written):
        for sentence in quoted(one):
            text = text.replace(sentence, LEFT_OUT)
    for pattern in (MAIL, ADDRESS, PHONE):
        text = pattern.sub(LEFT_OUT, text)
    return text


def quoted(case: Case) -> list[str]:
    """Return the sentences of a contribution that are long enough to be quoted from it."""
    return [part.strip() for part in re.split(r"(?<=[.!?])\s+|\n+", case.excerpt) if len(part.strip()) > 12]


def day_of(moment: datetime) -> str:
    """Return a day in the town's time, as ``2026-11-23``."""
    return timezone.localtime(moment).date().isoformat()
