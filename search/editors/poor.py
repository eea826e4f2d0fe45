"""Searches that found nothing, or only by loosening: counted by week, in words alone, shown from five people on.

What is kept of a person is a mark made of the week's salt, the words, and who asks (the account, or address and browser).
Marks at different words have nothing in common; salt and marks are thrown away with the week, and with them all words
that fewer than five people asked for. So nobody can be recognised by what they searched, not even by us.
"""

import hmac
import secrets
from datetime import date, timedelta

import structlog
from django.db import DatabaseError, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from accounts.visitors import address_of
from search.models import PoorSearch, PoorSearchMark, WeekSalt
from search.types import Page

log = structlog.get_logger()

FROM = 5  # people
KEPT = timedelta(weeks=8)
_MOST, _WORDS, _CHARS, _DIGITS = 5_000, 6, 80, 4


def monday(day: date) -> date:
    """Return the first day of a week."""
    return day - timedelta(days=day.weekday())


def note(request: HttpRequest, answer: Page) -> None:
    """Count a question that found nothing or only by loosening; never raises, never in the way of the answer."""
    if answer.number > 1 or answer.degraded or not answer.query or (answer.hits and not answer.similar_hits):
        return
    words = " ".join(term.word for term in answer.query.terms)
    if not _may_be_kept(answer.query.text, words):
        return
    try:
        with transaction.atomic():
            _count(request, words, hits=bool(answer.hits))
    except DatabaseError as error:
        log.warning("a search without hits was not counted", error=repr(error))


def _may_be_kept(text: str, words: str) -> bool:
    """Tell whether these can be words of a search; addresses, numbers and whole letters are not counted at all."""
    digits = sum(sign.isdigit() for sign in text)
    return bool(words) and "@" not in text and digits <= _DIGITS and len(words) <= _CHARS and words.count(" ") < _WORDS


def _count(request: HttpRequest, words: str, *, hits: bool) -> None:
    week = monday(timezone.localdate())
    search = PoorSearch.objects.filter(week=week, words=words).first()
    if search is None:
        if PoorSearch.objects.filter(week=week).count() >= _MOST:
            return
        search, _new = PoorSearch.objects.get_or_create(week=week, words=words)
    _mark, is_new = PoorSearchMark.objects.get_or_create(search=search, mark=_mark_of(request, week, words))
    if is_new:
        PoorSearch.objects.filter(pk=search.pk).update(people=F("people") + 1, hits=hits)


def _mark_of(request: HttpRequest, week: date, words: str) -> str:
    salt, _new = WeekSalt.objects.get_or_create(week=week, defaults={"salt": secrets.token_hex(32)})
    asking = getattr(request.user, "pk", None)
    who = f"p{asking}" if asking else f"{address_of(request)}|{request.headers.get('User-Agent', '')}"
    return hmac.digest(salt.salt.encode(), f"{words}|{who}".encode(), "sha256").hex()[:32]


def forget() -> None:
    """Throw away the salt and the marks of past weeks, what fewer than five people asked then, and what is old."""
    week = monday(timezone.localdate())
    with transaction.atomic():
        WeekSalt.objects.filter(week__lt=week).delete()
        PoorSearchMark.objects.filter(search__week__lt=week).delete()
        PoorSearch.objects.filter(week__lt=week, people__lt=FROM).delete()
        PoorSearch.objects.filter(week__lt=week - KEPT).delete()


def by_week() -> list[tuple[date, list[PoorSearch]]]:
    """Return the weeks, newest first, with what at least five people asked, the most asked first."""
    weeks: dict[date, list[PoorSearch]] = {}
    for search in PoorSearch.objects.filter(people__gte=FROM).order_by("-week", "-people", "words"):
        weeks.setdefault(search.week, []).append(search)
    return list(weeks.items())
