"""Forms about people."""

from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm

from accounts.actions import confirm_address
from accounts.models import User
from accounts.name_changes import has_to_wait
from accounts.rules import require_good_name
from common.errors import Refused
from common.text import LineField


def good_name(name: str, **who: Any) -> str:
    """Return the name, or raise what is wrong with it as a form's error."""
    try:
        require_good_name(name, **who)
    except Refused as refusal:
        raise ValidationError(refusal.message, code=refusal.code) from refusal
    return name


class SignupDetails(forms.Form):
    """What is asked at sign-up besides the mail address."""

    display_name = LineField(
        label=_("Public name"),
        max_length=60,
        required=False,
        help_text=_("This is what others see. It need not be your real name. Leave it empty, and we suggest one."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    field_order = ("email", "display_name")

    def clean_display_name(self) -> str:
        name: str = self.cleaned_data["display_name"]
        return good_name(name) if name else ""

    def signup(self, request: HttpRequest, user: User) -> None:
        """Called by the library when the person is saved; the adapter has done all."""


class NameForm(forms.Form):
    """Another public name."""

    display_name = LineField(
        label=_("Public name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "nickname"})
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)

    def clean_display_name(self) -> str:
        return good_name(
            self.cleaned_data["display_name"], person_id=self.person.pk, for_staff=bool(self.person.office)
        )


class StaffForm(forms.Form):
    """What both of Wagtail's forms about people share: a public name instead of first and last name, and the office."""

    display_name = LineField(label=_("Public name"), max_length=60)
    office = LineField(
        label=_("Office"),
        max_length=120,
        required=False,
        help_text=_("For staff: shown as a badge beside everything they write."),
    )

    def clean_display_name(self) -> str:
        return good_name(self.cleaned_data["display_name"], person_id=self.instance.pk, for_staff=True)  # type: ignore[attr-defined]

    def clean_email(self) -> str:
        address = str(self.cleaned_data["email"]).lower()
        if User.objects.filter(email__iexact=address).exclude(pk=self.instance.pk).exists():  # type: ignore[attr-defined]
            raise ValidationError(_("This mail address belongs to an account already."), code="email_taken")
        return address

    def save(self, commit: bool = True) -> User:
        """Save the person; whoever has a role works for the town, and the address typed by an admin counts as confirmed."""
        person: User = super().save(commit=False)  # type: ignore[misc]
        person.is_staff = bool(person.is_superuser or self.cleaned_data.get("groups"))
        keep_waiting_name(person)
        if commit:
            person.save()
            self.save_m2m()  # type: ignore[attr-defined]
            EmailAddress.objects.filter(user=person).exclude(email=person.email).delete()
            confirm_address(person)
        return person


def keep_waiting_name(person: User) -> None:
    """Let a citizen's new name wait for a decision on this road as well; the name so far stays meanwhile."""
    before = User.objects.filter(pk=person.pk).values_list("display_name", flat=True).first()
    if before and before != person.display_name and has_to_wait(person, person.display_name):
        person.display_name = before


class StaffCreationForm(StaffForm, UserCreationForm):
    """Wagtail's form for a new person. Without a password they sign in by mail code."""

    password_required = False
    first_name = last_name = None

    class Meta(UserCreationForm.Meta):
        fields = ("email", "display_name", "office", "is_superuser", "groups")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = _("Leave it empty: the person signs in by mail code.")

    def save(self, commit: bool = True) -> User:
        """Save the person; no password typed means none can be used."""
        if not self.cleaned_data.get("password1"):
            self.instance.set_unusable_password()
        return super().save(commit)


class StaffEditForm(StaffForm, UserEditForm):
    """Wagtail's form for a person."""

    password_required = False
    first_name = last_name = None

    class Meta(UserEditForm.Meta):
        fields = ("email", "display_name", "office", "is_active", "is_superuser", "groups")
