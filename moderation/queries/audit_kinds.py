"""The kinds of tampering that ``verify_audit`` tells apart, by number."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Tampering(models.IntegerChoices):
    """What somebody has done to the record, or past it."""

    FIELD = 1, _("an entry was changed")
    RULE = 2, _("the words of a rule were changed")
    GAP = 3, _("an entry was deleted")
    CUT = 4, _("the end was cut off")
    INSERTED = 5, _("an entry was inserted")
    MOVED = 6, _("entries were put in another order")
    REWRITTEN = 7, _("the whole chain was rewritten")
    STATE = 8, _("a state and the record contradict each other")
    SAME_PERSON = 9, _("a complaint was decided by the same person")


@dataclass(frozen=True)
class Finding:
    """One difference: its kind, and a sentence about it."""

    kind: Tampering
    words: str

    def __str__(self) -> str:
        return f"[{self.kind.value}] {self.words}"
