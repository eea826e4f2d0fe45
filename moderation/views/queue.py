"""The list of what waits, inside Wagtail's admin."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from moderation.actions.remits import may_give
from moderation.queries.filters import read_filters
from moderation.queries.queue import queue
from moderation.views.frame import ModeratorView


class QueueView(ModeratorView):
    """What waits, oldest first."""

    template_name = "moderation/cms/queue.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        wanted = read_filters(request.GET.dict())
        return self.answer(
            queue=queue(self.moderator, wanted), query=wanted.query(), wanted=wanted, may_give=may_give(self.moderator)
        )


class LiveView(ModeratorView):
    """The list alone, for its own script: 304 as long as nothing has changed since the sign it names (``If-None-Match``)."""

    def get(self, request: HttpRequest) -> HttpResponse:
        wanted = read_filters(request.GET.dict())
        found = queue(self.moderator, wanted)
        tag = f'"{found.sign}"'
        if request.headers.get("if-none-match") == tag:
            answer = HttpResponse(status=304)
        else:
            context = {"queue": found, "query": wanted.query(), "wanted": wanted}
            answer = render(request, "moderation/cms/list.html", context)
        answer["ETag"] = tag
        return answer
