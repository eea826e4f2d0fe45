"""A case that one moderator leaves to the other, with a word."""

from accounts.models import User
from common.errors import Refused
from moderation.actions import hand_over
from moderation.models import Case, CaseEvent

WORD = "Du kennst die Schule besser als ich – schaust du bitte zuerst?"


def hand_one_over() -> None:
    """Let the newest waiting contribution be kept for Ruth Engelke, once."""
    if CaseEvent.objects.filter(kind=CaseEvent.Kind.HANDED).exists():
        return
    case = Case.objects.waiting().filter(kind__in=("idea", "comment")).last()
    giver = User.objects.filter(email="daniyar.seitov@demo.example").first()
    taker = User.objects.filter(email="moderation@demo.example").first()
    if case is None or giver is None or taker is None:
        return
    try:
        hand_over(case_id=case.pk, actor=giver, to=taker, text=WORD)
    except Refused:  # somebody trying the town out has it just now
        return
