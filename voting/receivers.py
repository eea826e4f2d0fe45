"""What happens to supports when something has happened to an idea."""

from contextlib import suppress
from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver

from accounts.models import User
from common.errors import Refused
from common.events import receives
from ideas.events import COAUTHOR_ACCEPTED, IDEA_CLAIMED
from ideas.models import CoAuthor, Idea
from voting.actions import withdraw_support
from voting.actions.budget_runs import count_apart, count_sealed
from voting.actions.leaving import withdraw_everything
from voting.events import BUDGET_RUN_ASKED, PHASE_SEALED
from voting.joined import sweep


@receives(IDEA_CLAIMED)
def take_back_own_support(idea_id: int) -> None:
    """Somebody has become the author of an idea: an own support does not count where the campaign says so.

    What is counted and sealed stays as it is; afterwards nobody can tell whether there was one.
    """
    idea = Idea.objects.select_related("author", "campaign").filter(pk=idea_id).first()
    if idea is None or idea.author is None or idea.campaign.support_own:
        return
    try:
        withdraw_support(voter=idea.author, idea=idea)
    except Refused:  # supports are closed
        return


@receives(COAUTHOR_ACCEPTED)
def take_back_support_of_coauthor(coauthor_id: int) -> None:
    """Somebody writes along now, so the idea is their own; said and done alike whether there was a support or not."""
    rows = CoAuthor.objects.select_related("person", "idea__campaign")
    row = rows.filter(pk=coauthor_id, state=CoAuthor.State.ACCEPTED, person__isnull=False).first()
    if row is None or row.person is None or row.idea.campaign.support_own:
        return
    with suppress(Refused):  # supports are closed
        withdraw_support(voter=row.person, idea=row.idea)


@receives(PHASE_SEALED)
def count_budget(phase_id: int) -> None:
    """A vote is sealed: a budget is counted."""
    count_sealed(phase_id)


@receives(BUDGET_RUN_ASKED)
def run_count(run_id: int) -> None:
    """Somebody wants a budget counted."""
    count_apart(run_id)


@receiver(pre_delete, sender=User, dispatch_uid="voting.withdraw_everything")
def before_account_goes(instance: User, **_more: Any) -> None:
    """Take back all votes that can still be changed, in the transaction that deletes the account."""
    withdraw_everything(instance)


@receives("accounts_joined")
def sweep_after_joining(person_id: int) -> None:
    """Two accounts are one person since: take back what was on its way under the old id."""
    person = User.objects.filter(pk=person_id).exclude(votes_as=None).first()
    if person is not None and person.votes_as != person.person_id:
        sweep(person.person_id)
