"""Every installation has a review: editors approve what others have submitted."""

from django.contrib.auth.models import Group
from django.db import connection, transaction
from wagtail.models import Page, Workflow, WorkflowPage, WorkflowTask

from cms.models import SecondPersonTask

NAME = "Prüfung durch eine zweite Person"
STEP = "Freigabe"
WAGTAILS_OWN = "Moderators approval"


def make_review(**_kwargs: object) -> None:
    """Put the review on the whole tree instead of Wagtail's own; done once, what editors changed later stays."""
    if not tables_ready() or SecondPersonTask.objects.exists():
        return
    root = Page.objects.filter(depth=1).first()
    if root is None:
        return
    with transaction.atomic():
        step = SecondPersonTask.objects.create(name=STEP)
        step.groups.add(Group.objects.get_or_create(name="Redaktion")[0])
        review = Workflow.objects.create(name=NAME)
        WorkflowTask.objects.create(workflow=review, task=step, sort_order=0)
        if WorkflowPage.objects.filter(page=root).exclude(workflow__name=WAGTAILS_OWN).exists():
            return
        WorkflowPage.objects.filter(page=root).delete()
        WorkflowPage.objects.create(workflow=review, page=root)
        Workflow.objects.filter(name=WAGTAILS_OWN).update(active=False)


def tables_ready() -> bool:
    """Tell whether all migrations ran, not only those up to a named one."""
    return {"cms_secondpersontask", "wagtailcore_workflowpage", "auth_group"} <= set(
        connection.introspection.table_names()
    )
