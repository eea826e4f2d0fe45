from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ThemeConfig(AppConfig):
    """How everything looks: frame, parts, tags, styles."""

    name = "theme"
    verbose_name = _("Look")
