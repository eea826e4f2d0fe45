"""The rules, inside Wagtail's admin: new words are a new version, the old ones stay on record."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from moderation.actions import write_rule
from moderation.forms import RuleVersionForm
from moderation.models import Rule
from moderation.queries import rules_in_force
from moderation.views.frame import ModeratorView


class RulesView(ModeratorView):
    """All rules in force, and a form for a new one."""

    page_title = crumb = gettext_lazy("Rules")
    template_name = "moderation/cms/rules.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.answer(versions=rules_in_force())


class RuleView(ModeratorView):
    """The words of one rule in all versions, and new words for it; number 0 makes a new rule."""

    crumb = gettext_lazy("Rules")
    template_name = "moderation/cms/rule.html"

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        versions = self.versions(number)
        form = RuleVersionForm(instance=versions[0] if versions else None)
        return self.answer(number=number, versions=versions, form=form)

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        versions = self.versions(number)
        form = RuleVersionForm(request.POST)
        if not form.is_valid():
            return self.answer(422, number=number, versions=versions, form=form)
        version = write_rule(actor=self.moderator, number=number or None, **form.cleaned_data)
        messages.success(request, _("Rule %(number)d has new words from now on.") % {"number": version.rule.number})
        return redirect("moderation_cms:rules")

    def versions(self, number: int) -> list:
        """Return all versions, newest first; 404 for a rule that was never made."""
        if not number:
            return []
        rule = Rule.objects.filter(number=min(number, 32_767)).first()
        if rule is None:
            raise Http404
        return list(rule.versions.order_by("-number"))
