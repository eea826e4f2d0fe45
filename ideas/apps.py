from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IdeasConfig(AppConfig):
    """What citizens propose and discuss."""

    name = "ideas"
    verbose_name = _("Ideas")
