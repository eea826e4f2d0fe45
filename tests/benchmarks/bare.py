"""Settings of the yardstick: the smallest view of Django, with no middleware and next to no application around it."""

from config.settings import *  # noqa: F403

INSTALLED_APPS = ["common", "django.contrib.contenttypes"]
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "tests.benchmarks.bare_urls"
OUTBOX_THREAD = False
