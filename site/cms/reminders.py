"""Once a year the statement on accessibility is looked through again; editors are reminded two weeks before."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from cms.models import AccessibilityPage, StatementMail
from cms.queries import absolute
from common.events import announce
from common.mail import compose, send_once
from theme.dates import short_day

AHEAD = timedelta(days=14)


def old_statement() -> AccessibilityPage | None:
    """Return the public statement when a year since its last look is over, or will be in two weeks."""
    page = AccessibilityPage.objects.live().first()
    return page if page and page.next_look - AHEAD <= timezone.localdate() else None


@transaction.atomic
def remind_of_statement() -> int:
    """Write one mail to each editor, once for each year; return how many. Two processes at once write none twice."""
    page = old_statement()
    if page is None:
        return 0
    told = StatementMail.objects.filter(due_on=page.next_look).values("person")
    people = User.objects.filter(groups__name="Redaktion", is_active=True).exclude(pk__in=told)
    return sum(write(person, page) for person in people.distinct())


def write(person: User, page: AccessibilityPage) -> bool:
    """Write one mail down and let it go out; the database refuses a second one."""
    mail, is_new = StatementMail.objects.get_or_create(person=person, due_on=page.next_look)
    if is_new:
        announce("statement_due", mail_id=mail.pk)
    return is_new


def send_statement_mail(mail_id: int) -> bool:
    """Send a reminder unless it went out, or the statement has been looked through since; return whether it went."""
    rows = StatementMail.objects.filter(pk=mail_id)
    mail, page = rows.select_related("person").first(), old_statement()
    if mail is None or page is None or page.next_look != mail.due_on or not mail.person.is_active:
        return False
    return send_once(rows, lambda: mail_for(mail, page))


def mail_for(mail: StatementMail, page: AccessibilityPage) -> EmailMultiAlternatives:
    """Return the mail in the site's language."""
    with translation.override(settings.LANGUAGE_CODE):
        text = _(
            "Good day,\n\nthe statement on accessibility is to be looked through by %(day)s: it was looked through last "
            "on %(last)s, and the law asks for it once a year (§ 10b BGG NRW). Please check what is still true, write "
            "today's date into it and publish it. Then send it to the supervising office of your state.\n\n%(url)s\n"
        ) % {
            "day": short_day(mail.due_on),
            "last": short_day(page.reviewed_on),
            "url": absolute(reverse("wagtailadmin_pages:edit", args=[page.pk])),
        }
        subject = _("The statement on accessibility is to be looked through")
        return compose(to=mail.person.email, subject=subject, text=text, message_id=f"statement-{mail.pk}")
