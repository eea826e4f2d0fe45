"""The mails themselves. What may be seen is asked at the moment of sending, for this person."""

from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.mail import compose, send_once
from search.models import SavedMail, SavedSearch
from search.saved import links
from search.saved.hits import shown_hits
from search.saved.owners import Owner
from search.types import Hit
from theme.town import town_for

MOST_HITS = 10  # of one search in one mail; the page has all
Rhythm, State = SavedSearch.Rhythm, SavedSearch.State


@dataclass(frozen=True)
class Section:
    """What is new for one search."""

    search: SavedSearch
    hits: list[Hit]
    more: int
    url: str
    leave_url: str


def send(mail_id: int) -> bool:
    """Send a mail unless it went out, is not wanted any more, or has nothing to say; return whether it went now."""
    rows = SavedMail.objects.filter(pk=mail_id)
    mail = rows.filter(mailed_at=None).select_related("person", "reader", "search").first()
    if mail is None:
        return False
    owner = Owner(mail.person, mail.reader)
    if not owner.address:
        return False
    with translation.override(settings.LANGUAGE_CODE):
        made = question(mail, owner) if mail.kind == SavedMail.Kind.CONFIRM else news(mail, owner)
    return made is not None and send_once(rows, lambda: made)


def question(mail: SavedMail, owner: Owner) -> EmailMultiAlternatives | None:
    """Return the question whether a search is wanted, while it can still be answered."""
    search = mail.search
    if search is None or search.state != State.WAITING or timezone.now() > search.created_at + links.CONFIRM_WITHIN:
        return None
    subject = _("Please confirm: “%(name)s” as a saved search") % {"name": search.name}
    said = {"search": search, "url": settings.SITE_URL + links.confirm_url(search)}
    return written("confirm", mail, owner, subject, said)


def news(mail: SavedMail, owner: Owner) -> EmailMultiAlternatives | None:
    """Return what is new, as far as it may be seen now; None when nothing is left."""
    sections = [section for section in sections_of(mail, owner) if section.hits]
    count = sum(len(section.hits) + section.more for section in sections)
    if not count:
        return None
    if len(sections) == 1:
        words = ngettext("%(count)d new hit: %(name)s", "%(count)d new hits: %(name)s", count)
        subject = words % {"count": count, "name": sections[0].search.name}
    else:
        subject = _("%(count)d new hits in your saved searches") % {"count": count}
    leave = links.leave_url(person_id=mail.person_id, reader=mail.reader)
    said: dict[str, object] = {
        "sections": sections,
        "page_url": settings.SITE_URL + owner.url(),
        "leave_url": settings.SITE_URL + leave,
    }
    return written("hits", mail, owner, subject, said, leave_url=settings.SITE_URL + leave)


def sections_of(mail: SavedMail, owner: Owner) -> list[Section]:
    """Return what is in a mail, search by search, newest first; without searches that want no mail any more."""
    rows = mail.hits.select_related("search").order_by("search__name", "search_id", "pk")
    wanted = [row for row in rows if row.search.state == State.ACTIVE and row.search.rhythm != Rhythm.ACCOUNT]
    shown = shown_hits(wanted, owner.user)
    sections = []
    for search in dict.fromkeys(row.search for row in wanted):
        hits = [hit for row, hit in shown if row.search_id == search.pk]
        url = settings.SITE_URL + owner.url(search)
        leave = settings.SITE_URL + links.leave_url(search_id=search.pk)
        sections.append(Section(search, hits[:MOST_HITS], max(0, len(hits) - MOST_HITS), url, leave))
    return sections


def written(
    name: str, mail: SavedMail, owner: Owner, subject: str, said: dict[str, object], leave_url: str = ""
) -> EmailMultiAlternatives:
    """Return a mail: plain text, and the same as simple HTML."""
    said |= {"subject": subject, "town": town_for(None), "site_url": settings.SITE_URL, "person": owner.person}
    text, html = (render_to_string(f"search/saved/mail_{name}.{ending}", said) for ending in ("txt", "html"))
    return compose(
        to=owner.address, subject=subject, text=text, html=html, message_id=f"saved-{mail.pk}", leave_url=leave_url
    )
