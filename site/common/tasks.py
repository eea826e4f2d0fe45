"""The worker's two tasks: deliver the outbox, run what is due."""

from celery import shared_task

from common import outbox, schedule


@shared_task(name="common.tasks.deliver", ignore_result=True)
def deliver() -> int:
    """Deliver until the outbox is empty."""
    return outbox.drain()


@shared_task(name="common.tasks.run_due", ignore_result=True)
def run_due() -> None:
    """Call every job whose pause is over."""
    schedule.run_due()
