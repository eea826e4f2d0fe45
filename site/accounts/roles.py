"""The three roles of the town's staff, made after every ``migrate``; safe to repeat, and only ever adds."""

from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate

ENTER = "wagtailadmin.access_admin"
EDITED = ("campaign", "phase", "topic", "goal", "district")
KEPT = ("variant", "term", "measure", "indicator", "contact", "place")
BOARD = ("seat", "meeting", "recommendation", "answer")
PAPER = ("voting.add_papercount", "voting.change_papercount")
ROLES: dict[str, tuple[str, ...]] = {
    # Two people stand behind a total from paper; in a small town the second one is often a moderator.
    "Moderation": (ENTER, "moderation.decide", "ideas.take_in", "voting.review_votes", *PAPER),
    "Redaktion": (
        ENTER,
        "cms.change_townsettings",
        "simple_translation.submit_translation",
        "moderation.change_contactpoint",
        *(f"wagtailredirects.{verb}_redirect" for verb in ("add", "change", "delete")),
        *PAPER,
        "voting.add_codepackage",
        "voting.change_codepackage",
        "accounts.change_lettercode",
        "search.change_synonymgroup",
        *(f"ideas.{verb}_{name}" for name in EDITED for verb in ("add", "change", "view")),
        *(f"cms.{verb}_{name}" for name in KEPT for verb in ("add", "change", "delete", "view")),
        "cms.publish_variant",
        *(f"boards.{verb}_{name}" for name in BOARD for verb in ("add", "change", "delete", "view")),
        *(f"news.{verb}_issue" for verb in ("add", "change", "delete", "view")),
    ),
    "Fachamt": (
        ENTER,
        "ideas.answer",
        "ideas.take_in",
        *(f"boards.{verb}_answer" for verb in ("add", "change", "view")),
    ),
    # Writes pages and submits them; somebody of the editors approves.
    "Schreiben": (ENTER,),
}
PAGE_VERBS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
WRITE_VERBS = ("add_page", "change_page")
CHOOSE = ("choose_image", "choose_document")


def connect() -> None:
    """Listen to ``migrate``."""
    post_migrate.connect(make_roles, dispatch_uid="accounts.roles")


def make_roles(sender: AppConfig, **kwargs: Any) -> None:
    """Make the groups once the last app is through – by then all content types and permissions are there."""
    if sender.name != [config.name for config in apps.get_app_configs() if config.models_module][-1]:
        return
    from django.contrib.auth.models import Group

    for name, wanted in ROLES.items():
        group, _new = Group.objects.get_or_create(name=name)
        group.permissions.add(*permissions(wanted))
    let_edit_pages(Group.objects.get(name="Redaktion"), PAGE_VERBS)
    let_edit_pages(Group.objects.get(name="Schreiben"), WRITE_VERBS)


def permissions(names: tuple[str, ...]) -> list[Any]:
    """Return the permissions of these names; a room that is not there yet is left out."""
    from django.contrib.auth.models import Permission

    pairs = [name.split(".") for name in names]
    found = [Permission.objects.filter(content_type__app_label=app, codename=code) for app, code in pairs]
    return [permission for rows in found for permission in rows]


def let_edit_pages(group: Any, verbs: tuple[str, ...]) -> None:
    """Let a group do this with every page, and use all pictures and documents."""
    from django.contrib.auth.models import Permission
    from wagtail.documents import get_document_model
    from wagtail.images.models import Image
    from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

    for root in Page.objects.filter(depth=1):
        rows = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=verbs)
        for permission in rows.filter(content_type__model="page"):
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    for root in Collection.objects.filter(depth=1):
        # Wagtail asks for rights on its own class of images, whatever class of pictures the site uses.
        for model in (Image, get_document_model()):
            meta = model._meta
            codes = [f"add_{meta.model_name}", f"change_{meta.model_name}", *CHOOSE]
            of_model = Permission.objects.filter(
                content_type__app_label=meta.app_label, content_type__model=meta.model_name
            )
            for permission in of_model.filter(codename__in=codes):
                GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)
