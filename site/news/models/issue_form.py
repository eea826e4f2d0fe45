"""The form of an issue: its articles belong to its topic, and each stands in it once."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm


class IssueForm(WagtailAdminModelForm):
    """Checks the articles beside the issue, as their rows know nothing of it yet."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        topic, seen = data.get("topic"), set()
        for row in self.formsets["chosen"].forms if "chosen" in self.formsets else ():
            article = row.cleaned_data.get("article") if row.is_valid() else None
            if article is None or row.cleaned_data.get("DELETE"):
                continue
            if topic and article.topic_id != topic.pk:
                row.add_error("article", _("This article belongs to another topic than the issue."))
            if article.pk in seen:
                row.add_error("article", _("This article stands in the issue already."))
            seen.add(article.pk)
        return data
