from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InsightsConfig(AppConfig):
    """Numbers, dashboards, exports."""

    name = "insights"
    verbose_name = _("Numbers")
