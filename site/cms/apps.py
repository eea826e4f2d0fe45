from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    """The town's pages."""

    name = "cms"
    verbose_name = _("Pages")

    def ready(self) -> None:
        from cms import frame, linkable, place_receivers, word_receivers  # noqa: F401 – goals with their pages and measures can be linked
        from cms.first_review import make_review
        from cms.first_site import make_first_site
        from theme.town import provides_town

        # Before all others, because they may want to give permissions on the page tree.
        first = next(app for app in apps.get_app_configs() if app.models_module)
        post_migrate.connect(make_first_site, sender=first, dispatch_uid="cms.first_site")
        post_migrate.connect(make_review, sender=first, dispatch_uid="cms.first_review")
        provides_town(frame.town)
        word_receivers.connect()
        place_receivers.connect()
