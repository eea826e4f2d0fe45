"""Pages for whoever takes part: one's own letters, and by which criteria measures are taken."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from moderation import measures, rules
from moderation.queries import rules_in_force
from moderation.queries.own_letters import letters_of
from moderation.views.public import private


@login_required
@require_safe
def letters_page(request: HttpRequest) -> HttpResponse:
    """List all letters to the person, straight from the record: they are there even when no mail goes out for days."""
    person = cast(User, request.user)
    context = {"letters": letters_of(person), "stop": measures.stop_of(person), "nav_current": "mein"}
    return private(render(request, "moderation/letters.html", context))


@require_safe
def measures_page(request: HttpRequest) -> HttpResponse:
    """Tell everybody what measures there are and by which criteria they are taken (DSA, Art. 23(4))."""
    context = {
        "rules": rules_in_force(),
        "warning_days": measures.WARNING_DAYS,
        "longest_pause": measures.LONGEST_PAUSE,
        "complaint_days": rules.COMPLAINT_DAYS,
    }
    return render(request, "moderation/measures.html", context)
