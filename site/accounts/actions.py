"""What can be done with people: add one, change the public name, write them about their account."""

from collections.abc import Iterable
from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import transaction

from accounts.models import AccountMail, User
from accounts.name_changes import has_to_wait, remember_name
from accounts.rules import require_good_name
from common.events import announce


@transaction.atomic
def add_person(
    *,
    email: str,
    display_name: str = "",
    password: str | None = None,
    groups: Iterable[str] = (),
    office: str = "",
    is_superuser: bool = False,
) -> User:
    """Add somebody whose address is known to be right (staff, the demo's people), or return who is there already.

    ``groups`` are names of roles: "Moderation", "Redaktion", "Fachamt".
    """
    person = User.objects.filter(email=email.lower()).first()
    if person is None:
        person = User.objects.create_user(email, password, display_name=display_name, office=office)
    names = list(groups)
    person.groups.set(Group.objects.filter(name__in=names))
    if names or is_superuser:
        person.is_staff, person.is_superuser = True, is_superuser
        person.save(update_fields=["is_staff", "is_superuser"])
    confirm_address(person)
    return person


def confirm_address(person: User) -> None:
    """Take the person's mail address as confirmed."""
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})


@transaction.atomic
def change_name(*, person: User, name: str) -> bool:
    """Give a person another public name; return False when it waits for a decision first (``name_changes.gates_names``).

    Raises ``Refused`` when the name is not allowed or taken, or too often changed.
    """
    require_good_name(name, person_id=person.pk, for_staff=bool(person.office))
    if name == person.display_name:
        return True
    remember_name(person)
    if has_to_wait(person, name):
        return False
    rename(person, name)
    return True


def rename(person: User, name: str) -> None:
    """Write down the name that others read from now on; everybody who may is asked before."""
    person.display_name = name
    person.save(update_fields=["display_name"])
    announce("name_changed", person_id=person.pk)


@transaction.atomic
def post_mail(*, to: str, subject: str, text: str, useful_until: datetime | None = None) -> AccountMail:
    """Write a mail about an account; it goes out by the outbox, also when the mail server is down at the moment."""
    mail = AccountMail.objects.create(to=to, subject=subject[:200], text=text, useful_until=useful_until)
    announce("account_mail_written", mail_id=mail.pk)
    return mail
