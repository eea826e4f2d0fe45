from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VotingConfig(AppConfig):
    """One person, one support for an idea."""

    name = "voting"
    verbose_name = _("Voting")

    def ready(self) -> None:
        from voting import checks, chronicle, follows, joined  # noqa: F401 – register themselves
