from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    """Cases, decisions, reports, complaints; knows no kind of contribution."""

    name = "moderation"
    verbose_name = _("Moderation")

    def ready(self) -> None:
        autodiscover_modules("moderated", "case_panels")
