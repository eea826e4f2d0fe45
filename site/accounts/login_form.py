"""Signing in with a password; apart from the other forms, because the library loads those while it makes its own."""

from allauth.account.forms import LoginForm
from django.utils.translation import gettext_lazy as _


class PasswordForm(LoginForm):
    """Mail address and password. (The library leaves the password out where sign-up asks for none.)"""

    def _setup_password_field(self) -> None:
        self.fields["login"].label = _("Mail address")
        self.fields["password"].help_text = ""
