"""Forms about people."""

from django import forms
from wagtail.users.forms import UserCreationForm, UserEditForm


class SignupDetails(forms.Form):
    """What is asked at sign-up besides the mail address."""

    def signup(self, request: object, user: object) -> None:
        """Called by the library when the person is saved."""


class StaffCreationForm(UserCreationForm):
    """Wagtail's form for a new person."""


class StaffEditForm(UserEditForm):
    """Wagtail's form for a person."""
