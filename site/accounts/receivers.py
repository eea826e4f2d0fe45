"""Account mails go out; with an account its earlier names go."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.models import AccountMail, User
from accounts.name_changes import forget_names
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


@receiver(post_delete, sender=User, dispatch_uid="accounts.forget_names")
def after_account_went(instance: User, **_more: Any) -> None:
    """Forget what the person was called earlier, what we wrote them about the account, and the name in the editors' log."""
    forget_names(instance.pk)
    AccountMail.objects.filter(to=instance.email).delete()
    logged = ModelLogEntry.objects.filter(content_type=ContentType.objects.get_for_model(User), object_id=instance.pk)
    logged.update(label="–", data={})
