"""Messages to the contact point, inside Wagtail's admin: read and answered by whoever may moderate there."""

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from common.database import now
from common.errors import Refused
from moderation.actions.contact import address_of, answer_message
from moderation.models import Case, ContactMessage
from moderation.public_forms import AnswerForm
from moderation.queries.cases import holding
from moderation.views.frame import ModeratorView

if TYPE_CHECKING:
    from accounts.models import User

UNPROCESSABLE = 422


def messages_for(moderator: "User") -> QuerySet[ContactMessage]:
    """Return the messages whose cases the moderator may see."""
    cases = Case.objects.visible_to(moderator).filter(kind=Case.CONTACT_KIND)
    return ContactMessage.objects.filter(pk__in=cases.values("object_id"))


class MessagesView(ModeratorView):
    """All messages, waiting ones first."""

    page_title = crumb = gettext_lazy("Messages to the contact point")
    template_name = "moderation/cms/messages.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        found = messages_for(self.moderator).select_related("answered_by")
        waiting = list(found.filter(answered_at=None).order_by("pk")[:200])
        return self.answer(waiting=waiting, done=found.exclude(answered_at=None).order_by("-answered_at")[:50])


class MessageView(ModeratorView):
    """One message, and the form for the answer."""

    template_name = "moderation/cms/message.html"

    @cached_property
    def message(self) -> ContactMessage:
        """Return the message of the address, or 404."""
        found = messages_for(self.moderator).select_related("answered_by", "sender")
        message = found.filter(pk=min(self.kwargs["message_id"], 2**63 - 1)).first()
        if message is None:
            raise Http404
        return message

    def get(self, request: HttpRequest, message_id: int) -> HttpResponse:
        return self.page(AnswerForm(initial={"version": self.message.case.version}))

    def post(self, request: HttpRequest, message_id: int) -> HttpResponse:
        form = AnswerForm(request.POST)
        if not form.is_valid():
            return self.page(form, status=UNPROCESSABLE)
        try:
            answer_message(message_id=self.message.pk, actor=self.moderator, **form.cleaned_data)
        except Refused as refusal:
            self.__dict__.pop("message", None)
            kept = AnswerForm(initial={**form.cleaned_data, "version": self.message.case.version})
            return self.page(kept, status=refusal.status, refusal=refusal, typed=form.cleaned_data["answer"])
        messages.success(request, _("The message is answered."))
        return redirect("moderation_cms:messages")

    def page(self, form: AnswerForm, *, status: int = 200, **more: Any) -> HttpResponse:
        """Return the page around the form; who has an answer already is not answered twice."""
        message, case = self.message, self.message.case
        self.crumb = self.page_title = message.get_topic_display()
        is_open = case.state == Case.State.OPEN
        return self.answer(
            status, message=message, case=case, form=form if is_open else None, to=address_of(message),
            held=holding(case, self.moderator, now()), **more,
        )  # fmt: skip
