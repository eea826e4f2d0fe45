"""What a town must not run with: each unsafe setting stops the start of the production profile by name."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

WEAK = ("test", "change", "secret", "demo", "insecure")


def _unsafe() -> list[tuple[str, bool, str]]:
    """Return (id, whether it is wrong, what to do)."""
    engine = settings.DATABASES["default"]["ENGINE"]
    return [
        ("E001", settings.DEBUG, "DEBUG is on. Take DEBUG out of the environment."),
        ("E002", len(settings.SECRET_KEY) < 40, "SECRET_KEY must have at least 40 random characters."),
        ("E003", any(word in settings.SECRET_KEY.lower() for word in WEAK), "SECRET_KEY looks like a sample. Make one."),
        ("E004", not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS, "ALLOWED_HOSTS must name the site's hosts."),
        ("E005", not settings.SITE_URL.startswith("https://"), "SITE_URL must be the public https:// address."),
        ("E006", not engine.endswith("postgresql"), "DATABASE_URL must name a PostgreSQL database."),
        ("E007", not settings.CELERY_BROKER_URL, "CELERY_BROKER_URL must name the Redis server."),
        ("E008", "smtp" not in settings.EMAIL_BACKEND or (settings.EMAIL_HOST == "localhost" and settings.EMAIL_PORT == 25
         and not settings.EMAIL_URL), "EMAIL_URL must name the mail server."),
        ("E009", not settings.STAFF_SECOND_FACTOR, "Staff need a second factor."),
        ("E010", "locmem" in settings.CACHES["default"]["BACKEND"], "The default cache must be shared by all processes."),
    ]  # fmt: skip


@register()
def production_is_safe(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse unsafe settings in the production profile."""
    if settings.PROFILE != "production":
        return []
    return [Error(words, id=f"mitwirk.{number}") for number, wrong, words in _unsafe() if wrong]


@register()
def demo_is_no_town(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse to show the demo, whose passwords everybody knows, under a public https address."""
    if settings.PROFILE == "demo" and settings.SITE_URL.startswith("https://"):
        return [
            checks.Warning("The demo profile has public passwords; never use it for a real town.", id="mitwirk.W001")
        ]
    return []


def stop_if_unsafe() -> None:
    """Raise ``ImproperlyConfigured`` with all faults; a web server that was started past ``manage.py`` asks here."""
    faults = production_is_safe(None)
    if faults:
        raise ImproperlyConfigured("\n".join(f"{fault.id}: {fault.msg}" for fault in faults))
