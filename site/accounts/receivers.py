"""Account mails go out."""

from django.utils import timezone

from accounts.models import AccountMail
from common.events import receives
from common.mail import compose, send_once


@receives("account_mail_written", tries=80)
def send_account_mail(mail_id: int) -> None:
    """Send the mail unless it went out already, or what it says has ended meanwhile. Its words are then forgotten."""
    rows = AccountMail.objects.filter(pk=mail_id)
    mail = rows.filter(mailed_at=None).first()
    if mail is None:
        return
    if mail.useful_until and mail.useful_until <= timezone.now():
        rows.update(text="", subject="")
        return
    message = compose(to=mail.to, subject=mail.subject, text=mail.text, message_id=f"account-{mail.pk}")
    send_once(rows, lambda: message, text="", subject="")
