"""How the search is: what answers, what is outstanding, what is left aside; and what can be done about it."""

from collections.abc import Callable
from typing import Any, cast

import structlog
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from common.events import announce
from search import elastic, ledger, reindex
from search.editors.frame import EditorView
from search.status import status

log = structlog.get_logger()
CHANGE = "search.change_searchindex"


class StateView(EditorView):
    """Show how the search is; those who may change the index have buttons."""

    template_name = "search/cms/state.html"
    crumb = gettext_lazy("State of the index")

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.answer(state=status(), may_change=request.user.has_perm(CHANGE), uses_server=elastic.is_used())

    def post(self, request: HttpRequest) -> HttpResponse:
        if not request.user.has_perm(CHANGE):
            raise PermissionDenied
        deed = DEEDS.get(request.POST.get("deed", ""))
        if not deed:
            return HttpResponseBadRequest(_("There is no such button."))
        log.info("search index", deed=request.POST["deed"], by=cast(User, request.user).pk)
        try:
            messages.success(request, deed())
        except LookupError:
            messages.error(request, _("There is no index before this one any more."))
        except elastic.failures():
            messages.error(request, _("The search server does not answer just now. Please try again later."))
        return redirect("search_cms:state")


def _retry() -> str:
    number = ledger.retry_quarantine()
    with transaction.atomic():
        announce("search_retry_wanted")
    return _("Left aside so far, tried again now: %(number)d") % {"number": number}


def _check() -> str:
    with transaction.atomic():
        announce("search_check_wanted")
    return _("The comparison has been ordered. Its result stands here in a few minutes.")


def _rebuild() -> str:
    reindex.begin()
    with transaction.atomic():
        announce("search_index_begun")
    return _("A new index is being filled. Until it is right, the old one answers.")


def _back() -> str:
    reindex.rollback()
    return _("The index before answers again.")


DEEDS: dict[str, Callable[[], Any]] = {"retry": _retry, "check": _check, "rebuild": _rebuild, "back": _back}
