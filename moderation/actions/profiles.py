"""Public names as something that is looked at: a new one waits, one that breaks a rule gives way to a neutral word."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.actions import rename
from accounts.models import User
from accounts.rules import require_good_name
from common.errors import Refused
from moderation import record
from moderation.actions.cases import open_case
from moderation.models import Act, Case, ProfileName
from moderation.queries.profiles import PROFILE, name_in_use, shown_state, waiting_name

State = ProfileName.State


@transaction.atomic
def hold_name(person: User, name: str) -> bool:
    """Let a new name wait for a decision; return False when it may stand at once.

    It may for the town's staff and for who has never written anything here: nobody's approved words stand beside it.
    """
    locked(person.pk)
    written = Case.objects.filter(author=person).exclude(kind=PROFILE).exists()
    if not (shown_state(person.pk) == State.HIDDEN or (written and not person.is_staff)):
        keep_up(person, name)
        return False
    begin_names(person)
    with explained(person, Act.Name.WITHDRAWN):
        ProfileName.objects.filter(person=person, state=State.WAITING).update(state=State.PAST)
    with explained(person, Act.Name.CHOSEN):
        number = add_name(person, name, State.WAITING).number
    open_case(PROFILE, person.pk, reason=Case.Reason.CHANGE, subject_version=number)
    return True


def locked(person_id: int) -> User:
    """Return the person, whose names nobody else changes until this transaction ends."""
    return User.objects.select_for_update(no_key=True).get(pk=person_id)


@contextmanager
def explained(person: User, name: str) -> Iterator[None]:
    """Write down, beside what the database itself writes down, why the name is in another state without a decision."""
    before = shown_state(person.pk)
    yield
    record.without_decision(PROFILE, person.pk, name, before, shown_state(person.pk))


def keep_up(person: User, name: str) -> None:
    """Write down a name that needs no decision, if names of this person are written down at all."""
    if ProfileName.objects.filter(person=person).exists():
        ProfileName.objects.filter(person=person, state=State.PUBLIC).update(state=State.PAST)
        add_name(person, name, State.PUBLIC)


def begin_names(person: User) -> None:
    """Write down the present name as the first one."""
    if not ProfileName.objects.filter(person=person).exists():
        ProfileName.objects.create(person=person, number=1, name=person.display_name, state=State.PUBLIC)


def add_name(person: User, name: str, state: str) -> ProfileName:
    """Add the next name."""
    last = ProfileName.objects.filter(person=person).aggregate(last=Max("number"))["last"] or 0
    return ProfileName.objects.create(person=person, number=last + 1, name=name, state=state)


def take_name(person: User, version: int) -> None:
    """Let the name that waits, or was refused as that version, stand from now on; 409 when somebody else has it by now."""
    row = waiting_name(person.pk)
    if row is None:
        row = ProfileName.objects.filter(person=person, number=version, state=State.REFUSED).first()
    if row is None or row.number != version:
        raise Refused(_("This name does not wait any more."), code="stale", status=409)
    aside = ProfileName.objects.filter(person=person, state__in=(State.PUBLIC, State.HIDDEN))
    if row.state == State.WAITING:
        with explained(person, Act.Name.REPLACED):
            aside.update(state=State.PAST)
    else:
        aside.update(state=State.PAST)
    ProfileName.objects.filter(pk=row.pk).update(state=State.PUBLIC)
    call(person, row.name)


def refuse_name(person: User) -> None:
    """Drop the name that waits; what stands now goes on standing."""
    if not ProfileName.objects.filter(person=person, state=State.WAITING).update(state=State.REFUSED):
        raise Refused(_("This name does not wait any more."), code="stale", status=409)


def hide_name(person: User) -> None:
    """Put a neutral name in the place of the present one, everywhere at once, until the person chooses another."""
    begin_names(person)
    if not ProfileName.objects.filter(person=person, state=State.PUBLIC).update(state=State.HIDDEN):
        raise Refused(_("This name is hidden already."), code="unfit", status=409)
    call(person, neutral_name())


def restore_name(person: User) -> None:
    """Give somebody back the name that was hidden; 409 when somebody else has it by now."""
    row = name_in_use(person.pk)
    if row is None or row.state != State.HIDDEN:
        raise Refused(_("This name is not hidden."), code="unfit", status=409)
    ProfileName.objects.filter(pk=row.pk).update(state=State.PUBLIC)
    call(person, row.name)


def call(person: User, name: str) -> None:
    """Change what others read; open cases show it, too."""
    if name != person.display_name:
        try:
            require_good_name(name, person_id=person.pk)
        except Refused as refusal:
            raise Refused(str(refusal), code="name_unfit", status=409) from None
        rename(person, name)
    Case.objects.filter(author=person, state=Case.State.OPEN).update(author_name=name)


def neutral_name() -> str:
    """Return a word that says nothing about anybody, and that nobody else has."""
    while True:
        name = _("Member %(number)d") % {"number": 1000 + secrets.randbelow(9_000_000)}
        if not User.objects.is_name_taken(name):
            return name
