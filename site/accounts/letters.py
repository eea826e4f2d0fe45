"""A code by letter: asked for with name and address, printed by staff, typed in at home.

Name and address stay only until the letter is printed; what stays after that is the keyed hash that says "these two
accounts are one person".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from accounts import proofs
from accounts.knowing import know
from accounts.models import LetterCode, User, Verification
from common.codes import SHORT, new_code
from common.database import lock, now
from common.errors import Refused

# A request nobody prints is forgotten; a code in a letter is good for a month.
WAITS, LASTS = timedelta(days=60), timedelta(days=30)
TRIES = 5
# For an account and for an address: nobody floods a neighbour with letters.
MOST_LETTERS, LETTERS_WITHIN = 3, timedelta(days=180)


@dataclass(frozen=True)
class Letter:
    """One letter as it is printed. The code exists here and nowhere else."""

    name: str
    street: str
    postcode: str
    code: str
    until: object


def current(person: User) -> LetterCode | None:
    """Return the request or the code that somebody waits for."""
    rows = LetterCode.objects.filter(person=person, used_at=None, ends_at__gt=now(), tries__lt=TRIES)
    return rows.order_by("-asked_at", "-pk").first()


@transaction.atomic
def ask_letter(*, person: User, name: str, street: str, postcode: str) -> LetterCode:
    """Ask for a letter; a code that is on its way is worth nothing from then on.

    Raises ``Refused``: known already (409), not of this town (422), too many letters (429).
    """
    if person.verifications.filter(level=Verification.Level.LETTER).exists():
        raise Refused(_("Your account is proved by letter already."), code="known")
    if settings.LETTER_POSTCODES and postcode not in settings.LETTER_POSTCODES:
        words = _("Letters only go to addresses in this town.")
        raise Refused(words, code="postcode", status=422, field="postcode")
    proof = proofs.of_address(name, street, postcode)
    lock(f"letter:{person.pk}")
    lock(f"proof:{proof}")
    moment = now()
    recent = LetterCode.objects.filter(asked_at__gt=moment - LETTERS_WITHIN)
    if max(recent.filter(person=person).count(), recent.filter(proof=proof).count()) >= MOST_LETTERS:
        words = _("Three letters were asked for already in half a year. Please call the office.")
        raise Refused(words, code="too_many", status=429)
    LetterCode.objects.filter(person=person, used_at=None).update(ends_at=moment, name="", street="", postcode="")
    return LetterCode.objects.create(
        person=person, proof=proof, name=name, street=street, postcode=postcode, ends_at=moment + WAITS, asked_at=moment
    )


def waiting() -> "QuerySet[LetterCode]":
    """Return the letters to be printed, the oldest request first."""
    return LetterCode.objects.filter(printed_at=None, used_at=None, ends_at__gt=now()).order_by("asked_at", "pk")


@transaction.atomic
def print_letters(numbers: Sequence[int]) -> list[Letter]:
    """Make the codes of these letters, return them for printing and forget the addresses; a letter is printed once."""
    moment, found = now(), []
    for row in waiting().select_for_update().filter(pk__in=numbers):
        code = new_code(SHORT)
        found.append(Letter(row.name, row.street, row.postcode, code, moment + LASTS))
        row.code_hash, row.printed_at, row.ends_at = proofs.of_code(code), moment, moment + LASTS
        row.name = row.street = row.postcode = ""
        row.save()
    return found


def check_code(*, person: User, typed: str) -> LetterCode:
    """Return the letter this code came with; every try is counted before it is looked at.

    Raises ``Refused``: no code is awaited, or it has ended (409); wrong (422), with the tries that are left.
    """
    awaited = current(person)
    if awaited is None or awaited.printed_at is None:
        raise Refused(_("No code of yours is valid. Please ask for a letter."), code="none")
    tried = LetterCode.objects.filter(pk=awaited.pk, tries__lt=TRIES, used_at=None).update(tries=F("tries") + 1)
    if not tried:
        raise Refused(_("Too many tries. Please ask for a new letter."), code="tries", status=429)
    code_hash = proofs.of_code(typed)
    found = LetterCode.objects.filter(pk=awaited.pk, code_hash=code_hash).first()
    if found is None:
        left = TRIES - awaited.tries - 1
        words = _("This is not the code from your newest letter. You have %(left)d tries left.") % {"left": left}
        raise Refused(words, code="wrong", status=422, field="code")
    # The right code is no try that was wasted: it comes once more when something has to be agreed to.
    LetterCode.objects.filter(pk=found.pk).update(tries=F("tries") - 1)
    return found


def use_code(*, person: User, typed: str, agreed: bool) -> Verification:
    """Let the town know somebody by the code from a letter. Raises ``Refused`` like ``check_code`` and ``know``."""
    letter = check_code(person=person, typed=typed)  # on its own: a wrong try stays counted
    with transaction.atomic():
        if not LetterCode.objects.filter(pk=letter.pk, used_at=None).update(used_at=now(), code_hash=""):
            raise Refused(_("This code was used already."), code="used")
        return know(person=person, level=Verification.Level.LETTER, proof=letter.proof, agreed=agreed)
