"""Reminding editors by mail: contacts that are to be looked at, at most once a month; pictures whose time ends, once each."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from cms.models import Contact, Picture, PictureWarning, UpkeepMail
from common.database import lock, now
from common.events import announce
from common.mail import compose, send_once
from theme.dates import short_day

LOCK = "cms.upkeep"
AHEAD, MONTH = dt.timedelta(days=14), dt.timedelta(days=30)
MOST_LINES = 20


def editors() -> "QuerySet[User]":
    """Return who looks after contacts, by groups or by themselves (not those who merely may do everything)."""
    right = {"content_type__app_label": "cms", "codename": "change_contact"}
    groups = {f"groups__permissions__{name}": value for name, value in right.items()}
    single = {f"user_permissions__{name}": value for name, value in right.items()}
    return User.objects.filter(Q(**groups) | Q(**single), is_active=True).exclude(email="").distinct().order_by("pk")


def contacts_due() -> "QuerySet[Contact]":
    """Return contacts to be looked at within two weeks, or long since; who has a successor is done with."""
    until = timezone.localdate() + AHEAD
    return Contact.objects.filter(check_on__lte=until, successor=None).order_by("check_on", "pk")


def pictures_ending() -> "QuerySet[Picture]":
    """Return pictures whose time ends within two weeks; those that are gone already need no mail."""
    today = timezone.localdate()
    found = Picture.objects.filter(usable_until__gte=today, usable_until__lte=today + AHEAD)
    return found.order_by("usable_until", "pk")


@transaction.atomic
def remind() -> int:
    """Write down who is to get which mail now, and let it go out; return how many.

    Run twice, or by two processes at once, it tells nobody twice: the second waits, and finds the rows of the first.
    """
    lock(LOCK)
    told = Exists(PictureWarning.objects.filter(picture=OuterRef("pk"), until=OuterRef("usable_until")))
    fresh = list(pictures_ending().exclude(told))
    has_contacts = contacts_due().exists()
    if not fresh and not has_contacts:
        return 0
    PictureWarning.objects.bulk_create(
        PictureWarning(picture=one, until=one.usable_until) for one in fresh if one.usable_until
    )
    return sum(write(person, pictures=bool(fresh), contacts=has_contacts) for person in editors())


def write(person: User, *, pictures: bool, contacts: bool) -> bool:
    """Write down one mail, unless nothing in it would be new to that person."""
    at = now()
    lately = UpkeepMail.objects.filter(person=person, contacts=True, written_at__gt=at - MONTH)
    contacts = contacts and not lately.exists()
    if not pictures and not contacts:
        return False
    mail = UpkeepMail.objects.create(person=person, contacts=contacts, pictures=pictures, written_at=at)
    announce("upkeep_mail_written", mail_id=mail.pk)
    return True


def send(mail_id: int) -> bool:
    """Send a mail unless it went out, or nothing in it is true any more; return whether it went now."""
    rows = UpkeepMail.objects.filter(pk=mail_id)
    mail = rows.select_related("person").filter(mailed_at=None).first()
    if mail is None or not mail.person.email or not editors().filter(pk=mail.person_id).exists():
        return False
    with translation.override(settings.LANGUAGE_CODE):
        sections = sections_of(mail)
        if not sections:
            return False
        link = _("To the admin: %(link)s") % {"link": f"{settings.SITE_URL}/cms/"}
        text, subject = "\n\n".join([_("Good day,"), *sections, link]), _("Contacts and pictures need you")
    to = mail.person.email
    return send_once(rows, lambda: compose(to=to, subject=subject, text=text, message_id=f"upkeep-{mail.pk}"))


def sections_of(mail: UpkeepMail) -> list[str]:
    """Return what the mail says, as it is true now."""
    found = []
    if mail.contacts and (contacts := list(contacts_due()[:MOST_LINES])):
        head = _("Are these contacts still right? Please look at them and set a new day.")
        found.append("\n".join([head, *(f"– {one} ({short_day(one.check_on)})" for one in contacts if one.check_on)]))
    if mail.pictures and (pictures := list(pictures_ending()[:MOST_LINES])):
        head = _("These pictures may soon not be shown any longer. They then disappear from all pages by themselves:")
        lines = [f"– {one.title} ({short_day(one.usable_until)})" for one in pictures if one.usable_until]
        found.append("\n".join([head, *lines]))
    return found
