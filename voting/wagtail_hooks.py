"""What voting adds to the Wagtail admin: a menu, and the addresses of its pages."""

from collections.abc import Callable

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from voting.views import staff_answers, staff_budget, staff_codes, staff_flags, staff_paper, staff_votes

CODES = [
    path("", staff_codes.CodesView.as_view(), name="list"),
    path("neu/", staff_codes.MakeView.as_view(), name="new"),
    path("<int:pk>/widerrufen/", staff_codes.RevokeView.as_view(), name="revoke"),
]
BUDGETS = [
    path("", staff_budget.BudgetView.as_view(), name="list"),
    path("<int:phase_id>/", staff_budget.ProjectsView.as_view(), name="projects"),
    path("<int:phase_id>/zaehlen/", staff_budget.CountView.as_view(), name="count"),
]
PAPER = [
    path("", staff_paper.PaperView.as_view(), name="list"),
    path("<int:phase_id>/neu/", staff_paper.EnterView.as_view(), name="new"),
    path("entscheiden/<int:pk>/", staff_paper.DecideView.as_view(), name="decide"),
]


class For(MenuItem):
    """A menu item for those who have one of the rights."""

    def __init__(self, *args: object, rights: tuple[str, ...], **more: object) -> None:
        super().__init__(*args, **more)
        self.rights = rights

    def is_shown(self, request: HttpRequest) -> bool:
        return any(request.user.has_perm(right) for right in self.rights)


# Every part of this room that has pages for staff registers its item here.
voting_menu = Menu(register_hook_name="register_voting_menu_item", construct_hook_name="construct_voting_menu")


@hooks.register("register_admin_menu_item")
def voting_item() -> MenuItem:
    """Gather what staff do about votes in one menu."""
    return SubmenuMenuItem(_("Voting"), voting_menu, name="voting", icon_name="tick-inverse", order=255)


def item(
    label: object, route: str, name: str, icon: str, rights: tuple[str, ...], order: int
) -> Callable[[], MenuItem]:
    """Return a hook that adds one page to the menu."""
    return lambda: For(label, reverse_lazy(route), name=name, icon_name=icon, rights=rights, order=order)


hooks.register(
    "register_voting_menu_item",
    item(_("Voting codes"), "voting_codes:list", "voting-codes", "key", staff_codes.CodesView.rights, 10),
)
hooks.register(
    "register_voting_menu_item",
    item(staff_budget.TITLE, "voting_budget:list", "voting-budget", "form", staff_budget.BudgetView.rights, 5),
)
hooks.register(
    "register_voting_menu_item",
    item(_("Votes on paper"), "voting_paper:list", "voting-paper", "clipboard-list", staff_paper.PaperView.rights, 20),
)


@hooks.register("register_admin_urls")
def code_addresses() -> list[URLPattern | URLResolver]:
    """Put codes and paper below ``/cms/``."""
    return [path("codes/", include((CODES, "voting_codes"))), path("papier/", include((PAPER, "voting_paper")))]


@hooks.register("register_permissions")
def rights_about_votes() -> QuerySet[Permission]:
    """Let administrators give these rights to other groups too."""
    names = ("add_codepackage", "change_codepackage", "add_papercount", "change_papercount")
    return Permission.objects.filter(content_type__app_label="voting", codename__in=names)


@hooks.register("register_admin_urls")
def budget_addresses() -> list[URLPattern | URLResolver]:
    """Put participatory budgets below ``/cms/haushalte/``."""
    return [path("haushalte/", include((BUDGETS, "voting_budget")))]


FLAGS = [
    path("", staff_flags.FlagsView.as_view(), name="list"),
    path("<int:pk>/", staff_flags.FlagView.as_view(), name="flag"),
]
ANSWERS = [path("", staff_answers.AnswersView.as_view(), name="list")]
hooks.register(
    "register_voting_menu_item",
    item(staff_flags.TITLE, "voting_flags:list", "voting-flags", "search", staff_flags.FlagsView.rights, 30),
)
hooks.register(
    "register_voting_menu_item",
    item(staff_answers.TITLE, "voting_answers:list", "voting-answers", "date", staff_answers.AnswersView.rights, 1),
)


@hooks.register("register_admin_urls")
def review_addresses() -> list[URLPattern | URLResolver]:
    """Put odd votes and answers that are due below ``/cms/``."""
    return [
        path("auffaellige-stimmen/", include((FLAGS, "voting_flags"))),
        path("faellige-antworten/", include((ANSWERS, "voting_answers"))),
    ]


@hooks.register("register_permissions")
def right_to_review() -> QuerySet[Permission]:
    """Let administrators give this right to other groups too."""
    return Permission.objects.filter(content_type__app_label="voting", codename="review_votes")


VOTES = [
    path("", staff_votes.VotesView.as_view(), name="list"),
    path("<int:pk>/schliessen/", staff_votes.CloseView.as_view(), name="close"),
    path("<int:pk>/wieder-oeffnen/", staff_votes.ReopenView.as_view(), name="reopen"),
]
hooks.register(
    "register_voting_menu_item",
    item(staff_votes.TITLE, "voting_votes:list", "voting-votes", "lock", staff_votes.VotesView.rights, 3),
)


@hooks.register("register_admin_urls")
def vote_addresses() -> list[URLPattern | URLResolver]:
    """Put closing and opening again below ``/cms/abstimmungen/``."""
    return [path("abstimmungen/", include((VOTES, "voting_votes")))]
