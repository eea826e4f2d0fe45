"""The Celery application of the production profile: a worker delivers the outbox, beat calls what is due."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("mitwirk")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    # Orders that no worker took in time are void: the next one does the same, and a long pause leaves no heap of them.
    "deliver-outbox": {"task": "common.tasks.deliver", "schedule": 2.0, "options": {"expires": 4}},
    "run-due": {"task": "common.tasks.run_due", "schedule": 60.0, "options": {"expires": 120}},
}
