"""What the law asks of a public site (§ 5 DDG, § 18 MStV, § 10b BGG NRW); said by name, in production.

Warnings, not errors: imprint and statement are written in the admin, which a town that cannot start never reaches.
"""

import logging
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register  # noqa: A004 Django's name
from django.db import DatabaseError
from django.utils import timezone

from cms.models import AccessibilityPage, ImprintPage

logger = logging.getLogger("mitwirk.legal")


@register(Tags.database)
def legal_pages(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Name what is missing; runs with ``migrate`` and ``check --database default``, and when a web server starts."""
    if settings.PROFILE != "production" or not databases:
        return []
    try:
        return [*imprint_faults(), *statement_faults()]
    except DatabaseError:  # no tables yet
        return []


def imprint_faults() -> list[CheckMessage]:
    """Return what the imprint lacks."""
    page = ImprintPage.objects.live().first()
    if page is None:
        return [
            Warning(
                "There is no published imprint (/impressum/, § 5 DDG). Add the page “Impressum”.", id="mitwirk.W010"
            )
        ]
    if page.missing:
        return [Warning(f"The imprint lacks (§ 5 DDG, § 18 MStV): {', '.join(page.missing)}.", id="mitwirk.W011")]
    return []


def statement_faults() -> list[CheckMessage]:
    """Return whether the statement on accessibility is missing or too old."""
    page = AccessibilityPage.objects.live().first()
    if page is None:
        return [
            Warning(
                "There is no published statement on accessibility (/barrierefreiheit/, § 10b BGG NRW).",
                id="mitwirk.W012",
            )
        ]
    if page.next_look < timezone.localdate():
        return [
            Warning(
                f"The statement on accessibility should have been looked through by {page.next_look}.",
                id="mitwirk.W013",
            )
        ]
    return []


def log_faults() -> None:
    """Write what is missing into the log of a web server that starts."""
    for fault in legal_pages(None, databases=["default"]):
        logger.warning("%s: %s", fault.id, fault.msg)
