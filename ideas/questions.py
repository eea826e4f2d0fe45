"""Answers to a campaign's own questions, kept with the words that were asked (``IdeaVersion.answers``).

One answer is ``{"key", "version", "label", "kind", "value", "shown", "public"}``. ``value`` is what programs read: a
text, a list of texts (kind ``several``), a number, or a date as ``2026-12-06``; ``shown`` is the same in words. Whatever
becomes of the question later, the answer can still be read.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from ideas.models import Question

Answer = dict[str, Any]
Kind = Question.Kind
LINE_LONGEST, LONG_LONGEST = 300, 3000
MOST_DIGITS, MOST_PLACES = 15, 4


def answer_to(question: Question, value: Any) -> Answer:
    """Return what somebody answered, with the question as it stands now."""
    return {
        "key": question.key,
        "version": question.version,
        "label": question.label,
        "kind": question.kind,
        "value": stored(value),
        "shown": in_words(value),
        "public": question.is_public,
    }


def stored(value: Any) -> Any:
    """Return a value as JSON keeps it."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value


def in_words(value: Any) -> str:
    """Return a value as people read it."""
    if isinstance(value, Decimal):
        plain = value.normalize()
        return number_format(f"{plain:f}", use_l10n=True, force_grouping=True)
    if isinstance(value, date):
        return date_format(value, "j. F Y")
    return "\n".join(value) if isinstance(value, list) else str(value)


def carried_over(old: Iterable[Mapping[str, Any]], asked: Collection[str]) -> list[Answer]:
    """Return earlier answers to questions that are not asked any more."""
    return [dict(answer) for answer in old if answer.get("key") not in asked]


def may_be_read(answers: Iterable[Mapping[str, Any]], private: Collection[str]) -> list[Mapping[str, Any]]:
    """Return the answers for everybody: promised as public when they were given, and their question not private since."""
    return [answer for answer in answers if answer.get("public") and answer.get("key") not in private]


def rows(answers: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return answers as ``ideas/parts/answers_given.html`` shows them."""
    return [
        {
            "label": str(answer.get("label", "")),
            "kind": answer.get("kind", ""),
            "lines": str(answer.get("shown", "")).split("\n"),
            "public": bool(answer.get("public")),
        }
        for answer in answers
    ]


def words_for_search(answers: Iterable[Mapping[str, Any]], keys: Collection[str]) -> str:
    """Return the answers to the questions with these keys as lines of text."""
    return "\n".join(str(answer.get("shown", "")) for answer in answers if answer.get("key") in keys)


def gone(label: str) -> str:
    """Return how a question is called that is not asked any more."""
    return _("%(question)s (not asked any more)") % {"question": label}
