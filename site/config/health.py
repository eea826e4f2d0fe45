"""Two questions of a balancer: does the process live, and may it be sent people? Details are for staff only."""

import shutil
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from common.models import Delivery

FULL_DISK = 0.95
OLD_OUTBOX = timedelta(minutes=10)


def livez(request: HttpRequest) -> HttpResponse:
    """Say that the process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain")


def can_write() -> bool:
    """Tell whether the database takes a write (rolled back at once)."""
    with transaction.atomic():
        Delivery.objects.create(event="readyz", receiver="readyz", key="readyz", next_try=timezone.now())
        transaction.set_rollback(True)
    return True


def is_migrated() -> bool:
    """Tell whether no migration is missing."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def has_space() -> bool:
    """Tell whether the disk of uploads has room."""
    usage = shutil.disk_usage(settings.DATA_DIR if settings.DATA_DIR.exists() else settings.BASE_DIR)
    return usage.used / usage.total < FULL_DISK


def outbox_moves() -> bool:
    """Tell whether nothing has waited for long to be delivered."""
    return not Delivery.objects.filter(
        state=Delivery.State.WAITING, attempts=0, next_try__lt=timezone.now() - OLD_OUTBOX
    ).exists()


NEEDED: dict[str, Callable[[], bool]] = {"database": can_write, "migrations": is_migrated, "disk": has_space}
# Without these the site is worse, but must not be taken from the balancer.
DEGRADED: dict[str, Callable[[], bool]] = {"outbox": outbox_moves}


def ask(questions: dict[str, Callable[[], bool]]) -> dict[str, bool]:
    """Ask all questions; what fails to answer is a no."""
    answers = {}
    for name, question in questions.items():
        try:
            answers[name] = question()
        except Exception:  # whatever is wrong with it, the answer is no
            answers[name] = False
    return answers


def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when people can be sent here, else 503."""
    needed = ask(NEEDED)
    degraded = ask(DEGRADED) if all(needed.values()) else {}
    ready = all(needed.values())
    body: dict[str, object] = {"ready": ready, "degraded": not all(degraded.values())}
    if ready and request.user.is_staff:
        body |= {"needed": needed, "others": degraded}
    return JsonResponse(body, status=200 if ready else 503)
