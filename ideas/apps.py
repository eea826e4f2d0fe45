from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IdeasConfig(AppConfig):
    """What citizens propose and discuss."""

    name = "ideas"
    verbose_name = _("Ideas")

    def ready(self) -> None:
        from ideas.queries import linked  # noqa: F401 – registers ideas and goals as what can be linked
