"""Notes of the moderation team among themselves."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from common.errors import Refused
from moderation import rules
from moderation.models import Case, Note

LONGEST_NOTE = 2000


@transaction.atomic
def add_note(*, author: User, text: str, case: Case | None = None, person: User | None = None) -> Note:
    """Add a note on a case or on a person. Raises ``Refused``: 403 without the right, 404 for a case of others, 422."""
    rules.require_moderator(author)
    if case is not None and not Case.objects.visible_to(author).filter(pk=case.pk).exists():
        raise Refused(_("There is no such case."), code="missing", status=404)
    if not text.strip():
        raise Refused(_("Please write something."), code="no_text", status=422, field="text")
    if len(text) > LONGEST_NOTE:
        words = _("The note is too long: at most %(most)d characters.")
        raise Refused(words % {"most": LONGEST_NOTE}, code="too_long", status=422, field="text")
    return Note.objects.create(author=author, text=text.strip(), case=case, person=None if case else person)
