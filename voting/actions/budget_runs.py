"""Counting a budget in a worker: asked for once, done with progress, kept with its hash."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import structlog
from django.conf import settings
from django.db import DatabaseError, IntegrityError, transaction
from django.utils.translation import gettext as _

from common.database import now
from common.errors import Refused
from common.events import announce
from ideas.models import Phase
from ideas.rules import counts_shown
from voting.basket_rules import settings_of
from voting.counting.methods import LIBRARY, equal_shares, greedy
from voting.counting.reasons import why_equal, why_greedy
from voting.events import BUDGET_RUN_ASKED
from voting.models import BudgetRun
from voting.queries.budget_counting import Read, read
from voting.sealing import digest

if TYPE_CHECKING:
    from accounts.models import User

log = structlog.get_logger()
State = BudgetRun.State
OPEN = (State.WAITING, State.RUNNING)
LONGEST = 110  # seconds; a delivery of the outbox has two minutes
Tell = Callable[[int, str], None]


def try_count(*, phase: Phase, by: "User") -> BudgetRun:
    """Let a worker count as it stands, as a trial of the staff. Raises ``Refused`` while numbers are hidden, or one runs."""
    if phase.sealed_at is None and not counts_shown(phase.campaign):
        words = _(
            "The numbers of this campaign are still hidden, for everybody. A trial would show them before the time."
        )
        raise Refused(words, code="hidden")
    try:
        with transaction.atomic():
            return _ask(phase, by)
    except IntegrityError:
        raise Refused(_("This vote is being counted at the moment."), code="running") from None


def count_sealed(phase_id: int) -> BudgetRun | None:
    """Let a worker count a sealed budget; None when that was asked for already, or nothing is to be counted."""
    with transaction.atomic():
        phases = Phase.objects.select_for_update(no_key=True).filter(pk=phase_id, method=Phase.Method.BUDGET)
        phase = phases.exclude(sealed_at=None).first()
        if phase is None:
            return None
        runs = BudgetRun.objects.filter(phase=phase)
        if runs.filter(asked_at__gte=phase.sealed_at).exclude(state=State.FAILED).exists():
            return None
        runs.filter(state__in=OPEN).update(state=State.FAILED, step="superseded", done_at=now())
        return _ask(phase, None)


def _ask(phase: Phase, by: "User | None") -> BudgetRun:
    run = BudgetRun.objects.create(phase=phase, asked_by=by, asked_at=now())
    announce(BUDGET_RUN_ASKED, run_id=run.pk)
    return run


def count_apart(run_id: int) -> None:
    """Count where it disturbs nobody: in a worker as it is, in a serving process by a process of its own."""
    if not settings.OUTBOX_THREAD:
        count(run_id)
        return
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-m", "django", "count_budget", str(run_id)]
    subprocess.run(command, env=environment, timeout=LONGEST, check=True)  # noqa: S603 – our own command, a number


def count(run_id: int) -> None:
    """Count, and keep the outcome. Twice does no harm: the same rows have the same outcome, and the first one stays."""
    run = BudgetRun.objects.select_related("phase__campaign").filter(pk=run_id, state__in=OPEN).first()
    if run is None:
        return
    mine = BudgetRun.objects.filter(pk=run_id, state__in=OPEN)

    def tell(progress: int, step: str) -> None:
        mine.update(state=State.RUNNING, progress=progress, step=step)

    try:
        found = outcome(run.phase, tell)
    except DatabaseError:  # the delivery comes again
        raise
    except Exception as error:  # whatever it is comes again the same way: staff are told, and may ask anew
        log.error("budget not counted", run=run_id, error=repr(error))
        mine.update(state=State.FAILED, step="failed", done_at=now())
        return
    mine.update(state=State.DONE, progress=100, step="done", outcome=found, sha256=digest(found), done_at=now())


def silent(progress: int, step: str) -> None:
    """Tell nobody."""


def outcome(phase: Phase, tell: Tell = silent) -> dict[str, Any]:
    """Return the result of both methods with the reasons, as it is kept; nothing in it names a person or a time."""
    tell(5, "reading")
    found = read(phase)
    election = found.election
    tell(15, "greedy")
    most = greedy(election)
    tell(25, "equal")
    equal = equal_shares(election)
    tell(80, "rest")
    rest = greedy(election, equal)
    tell(85, "reasons")
    return {
        "campaign": phase.campaign.slug,
        "phase": phase.pk,
        "sealed_at": _iso(phase.sealed_at),
        "rules": settings_of(found.rules),
        "people": election.people,
        "incomplete": found.incomplete,
        "share": election.budget // election.people if election.people else 0,
        "projects": _projects(found),
        "greedy": {"chosen": most, "spent": election.cost(most), "why": _keyed(why_greedy(election, most))},
        "equal": {
            "chosen": equal,
            "rest": rest,
            "spent": election.cost([*equal, *rest]),
            "why": _keyed(why_equal(election, equal, rest)),
        },
        "method": {
            "library": f"{LIBRARY} {version(LIBRARY)}",
            "satisfaction": "cost",
            "ties": ["lower cost", "lower number"],
            "completion": "greedy",
        },
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _keyed(reasons: dict[int, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {str(number): why for number, why in reasons.items()}


def _projects(found: Read) -> dict[str, dict[str, Any]]:
    """Return each project's cost, district and numbers; what is gone has no numbers any more."""
    votes = found.election.votes
    rows = {
        str(item.id): {
            "cost": item.cost,
            "district": item.district,
            "votes": votes[item.id],
            "codes": found.coded[item.id],
            "paper": found.paper.get(item.id, 0),
        }
        for item in found.election.items
    }
    return rows | {str(item.id): {"cost": item.cost, "district": item.district, "gone": True} for item in found.gone}
