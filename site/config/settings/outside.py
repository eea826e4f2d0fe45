"""What lies outside the process: database, broker, caches, search server, mail, log."""

from typing import Any

import structlog

from config import env
from config.settings.base import DATA_DIR, PROFILE

DATABASES: dict[str, dict[str, Any]] = {
    "default": env.database(env.text("DATABASE_URL", f"sqlite:///{DATA_DIR / 'mitwirk.sqlite3'}"))
}

# Sign-in limits live in the default cache: it must be shared by all processes and must not forget under load.
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    },
    "fast": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
if REDIS_URL := env.text("REDIS_URL"):
    CACHES["fast"] = {
        "BACKEND": "common.redis_cache.MayBeAway",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_timeout": 0.25, "socket_connect_timeout": 0.25},
    }
# Where the sizes of editors' pictures lie; saves a statement for each picture on a page.
CACHES["renditions"] = {**CACHES["fast"], "KEY_PREFIX": "size", "TIMEOUT": 600}
if not REDIS_URL:
    CACHES["renditions"] |= {"LOCATION": "renditions", "OPTIONS": {"MAX_ENTRIES": 5_000}}

CELERY_BROKER_URL = env.text("CELERY_BROKER_URL")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT, CELERY_TASK_SOFT_TIME_LIMIT = 300, 270
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 1200, "socket_timeout": 2, "socket_connect_timeout": 2}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_ACCEPT_CONTENT = ["json"]

# Without a broker the dispatcher runs as one thread of the serving processes, or as `run_outbox`.
OUTBOX_THREAD = env.flag("OUTBOX_THREAD", default=not CELERY_BROKER_URL)
# Which ideas were looked at (a sample without persons) is written by a thread of the process that showed them.
LOOKS_THREAD = True

ELASTICSEARCH_URL = env.text("ELASTICSEARCH_URL")
# Two towns on one cluster need names of their own; without one it follows from the name of the database.
ELASTICSEARCH_INDEX = env.text("ELASTICSEARCH_INDEX")

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_URL = env.text("EMAIL_URL")
if EMAIL_URL:
    EMAIL_BACKEND, EMAIL_SETTINGS = env.mail(EMAIL_URL)
    globals().update(EMAIL_SETTINGS)
elif PROFILE != "production":
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Mitwirk <mitwirk@localhost>")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.JSONRenderer(),
            "foreign_pre_chain": [
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.TimeStamper(fmt="iso"),
            ],
        },
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "WARNING" if PROFILE == "demo" else "INFO")},
}
