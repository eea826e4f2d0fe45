"""Reading the environment: every value may also come from a file named in ``NAME_FILE``; a wrong value stops the start."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    """Return the value of ``name``, or the content of the file named in ``NAME_FILE``; empty counts as not given."""
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error}") from error
    return os.environ.get(name) or default


def flag(name: str, default: bool = False) -> bool:
    """Return a yes/no value; anything but the usual words is refused."""
    value = text(name, "1" if default else "0").strip().lower()
    if value not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}.")
    return value in TRUE


def number(name: str, default: int) -> int:
    """Return a whole number."""
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from error


def words(name: str, default: str = "") -> list[str]:
    """Return a list from a comma-separated value."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def database(url: str) -> dict[str, Any]:
    """Turn ``sqlite:///path`` or ``postgres://user:password@host:port/name`` into Django's settings."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(parts.path[1:] or ":memory:")
    if parts.scheme in {"postgres", "postgresql"}:
        return postgres(url)
    raise ImproperlyConfigured(f"DATABASE_URL: unknown kind of database {parts.scheme!r}.")


def sqlite(name: str) -> dict[str, Any]:
    """SQLite as a product: WAL, write transactions taken at once, safe against power loss."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "CONN_MAX_AGE": 0,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-32000;",
        },
    }


def postgres(url: str) -> dict[str, Any]:
    """PostgreSQL with bounded waiting for connections, locks and statements."""
    parts, query = urlsplit(url), parse_qs(urlsplit(url).query)
    longest = number("DATABASE_STATEMENT_SECONDS", 30)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": number("DATABASE_CONN_MAX_AGE", 300),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 3,
            "options": f"-c statement_timeout={longest}s -c idle_in_transaction_session_timeout=60s",
            **{key: values[-1] for key, values in query.items()},
        },
    }


def mail(url: str) -> tuple[str, dict[str, Any]]:
    """Turn ``smtp://``, ``smtps://``, ``smtp+tls://`` or ``file:///folder`` into a backend and its settings."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return "django.core.mail.backends.filebased.EmailBackend", {"EMAIL_FILE_PATH": parts.path}
    if parts.scheme not in {"smtp", "smtps", "smtp+tls"}:
        raise ImproperlyConfigured(f"EMAIL_URL: unknown kind of mail server {parts.scheme!r}.")
    return "django.core.mail.backends.smtp.EmailBackend", {
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or 25,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }
