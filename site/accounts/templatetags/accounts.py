"""Both forms of the sign-in page, and browsers by name."""

import re

from allauth.account.forms import RequestLoginCodeForm
from django import forms, template
from django.utils.translation import gettext as _

from accounts.login_form import PasswordForm

register = template.Library()

BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


@register.simple_tag
def sign_in_forms(form: forms.Form) -> dict[str, forms.Form]:
    """Return the forms of both ways in; the one that was sent keeps what was typed and what is wrong with it."""
    sent = "password" if isinstance(form, PasswordForm) else "code"
    both: dict[str, forms.Form] = {"code": RequestLoginCodeForm(), "password": PasswordForm()}
    return both | {sent: form}


@register.filter
def browser(agent: str) -> str:
    """Return "Firefox, Android" for what a browser says about itself."""
    found = [next((name for mark, name in names if re.search(mark, agent or "")), "") for names in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, found)) or _("Unknown device")
