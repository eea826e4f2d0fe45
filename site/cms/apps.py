from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    """The town's pages."""

    name = "cms"
    verbose_name = _("Pages")
