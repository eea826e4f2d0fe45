"""What is forgotten in time: mails that went out, and sign-ups nobody confirmed."""

from datetime import timedelta

from django.utils import timezone

from accounts.letters import LETTERS_WITHIN
from accounts.models import AccountMail, LetterCode, User
from common.events import due

KEEP_LETTERS = LETTERS_WITHIN
KEEP_MAILS = timedelta(days=3)
KEEP_UNCONFIRMED = timedelta(days=7)


@due(every=timedelta(hours=6))
def forget_mails() -> None:
    """Delete mails that are three days old; by then they went out or were given up."""
    AccountMail.objects.filter(created_at__lt=timezone.now() - KEEP_MAILS).delete()


@due(every=timedelta(hours=6))
def forget_unconfirmed() -> None:
    """Delete people who signed up a week ago, never confirmed their address and never came in; their name is free again."""
    long_ago = timezone.now() - KEEP_UNCONFIRMED
    people = User.objects.filter(last_login=None, is_staff=False, password__startswith="!", date_joined__lt=long_ago)  # noqa: S106
    people.filter(emailaddress__isnull=False).exclude(emailaddress__verified=True).delete()


@due(every=timedelta(hours=6))
def forget_letters() -> None:
    """Forget addresses of letters nobody printed in time, and in the end that a letter was asked for."""
    now = timezone.now()
    LetterCode.objects.filter(ends_at__lt=now).update(name="", street="", postcode="", code_hash="")
    LetterCode.objects.filter(ends_at__lt=now, asked_at__lt=now - KEEP_LETTERS).delete()
