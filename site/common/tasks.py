"""The worker's two tasks: deliver the outbox, run what is due."""

from celery import shared_task

from common import outbox, schedule


@shared_task(name="common.tasks.deliver", ignore_result=True)
def deliver() -> int:
    """Deliver until the outbox is empty, ending well before the worker's time limit."""
    return outbox.drain(seconds=200)


@shared_task(name="common.tasks.run_due", ignore_result=True)
def run_due() -> None:
    """Call every job whose pause is over."""
    schedule.run_due()
