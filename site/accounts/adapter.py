"""Where our rules of signing in differ from the library's."""

from datetime import timedelta
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal import flows
from allauth.core import context as current
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.forms import BaseForm
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from accounts.actions import post_mail
from accounts.models import User
from accounts.wording import ACCOUNT_ERRORS, MFA_ERRORS
from theme.town import town_for

LIBRARY, LIMITS_OF_ADDRESS = "allauth.account", ("request_login_code", "reset_password", "confirm_email")
ON_THE_WAY_TO = "on_the_way_to"
LONGEST_ADDRESS = 254
CODE_MAILS = {"login_code", "email_confirmation", "email_confirmation_signup", "password_reset_code"}
CODE_LASTS = timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up and sign-in of citizens."""

    error_messages: ClassVar = {**DefaultAccountAdapter.error_messages, **ACCOUNT_ERRORS}

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Hand the mail to the outbox: a mail server that is down or slow stops nobody, and tells nothing by its pace.

        Addresses in it come from the settings, never from the request.
        """
        root, own = settings.SITE_URL, dict(context)
        own |= {
            "email": email,
            "site_url": root,
            "town": town_for(current.request),
            "signup_url": root + reverse("account_signup"),
            "login_url": root + reverse("account_login"),
            "password_reset_url": root + reverse("account_reset_password"),
            "minutes": int(CODE_LASTS.total_seconds() // 60),
        }
        own.pop("request", None)
        subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", own).split())
        text = render_to_string(f"{template_prefix}_message.txt", own).strip() + "\n"
        is_code = template_prefix.rsplit("/", 1)[-1] in CODE_MAILS
        post_mail(to=email, subject=subject, text=text, useful_until=timezone.now() + CODE_LASTS if is_code else None)

    def render_mail(self, *args: Any, **kwargs: Any) -> EmailMessage:
        """Never used: all mail goes through ``send_mail``."""
        raise NotImplementedError

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:
        """Save a new person with a public name; a double click must neither fail nor make two."""
        typed = form.cleaned_data.get("display_name") or ""
        user.display_name = typed or User.objects.free_name()
        try:
            with transaction.atomic():
                super().save_user(request, user, form, commit)
        except IntegrityError:
            address = form.cleaned_data["email"]
            if User.objects.filter(email=address).exists():
                raise ImmediateHttpResponse(flows.signup.prevent_enumeration(request, email=address)) from None
            user.display_name = User.objects.free_name()
            super().save_user(request, user, form, commit)
        return user

    def clean_email(self, email: str) -> str:
        """Refuse what no column holds."""
        if len(email) > LONGEST_ADDRESS:
            raise ValidationError(_("This address is longer than a mail address can be."), code="too_long")
        return email

    def login(self, request: HttpRequest, user: User) -> None:
        """Whoever gets in has shown that the mailbox is theirs: the address may be written to again."""
        super().login(request, user)
        for action in LIMITS_OF_ADDRESS:
            for rate in ratelimit.get_rates(app=LIBRARY, action=action):
                if rate.per == "key":  # never the limits of the network address: those guard the others
                    cache.delete(
                        ratelimit.get_cache_key(request, app=LIBRARY, action=action, rate=rate, key=user.email)
                    )

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count failed passwords by address alone, whatever host name the request used."""
        return str(credentials.get("email", "")).lower()

    def is_safe_url(self, url: str) -> bool:
        """Only addresses of the very host that was asked: full paths, or with this host."""
        request = current.request
        here = f"{request.scheme}://{request.get_host()}/"
        return url.startswith(("/", here)) and url_has_allowed_host_and_scheme(
            url, {request.get_host()}, require_https=request.is_secure()
        )

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """Return where the person was going before signing in turned out to be signing up."""
        remembered = str(request.session.pop(ON_THE_WAY_TO, ""))
        return remembered if self.is_safe_url(remembered) else super().get_signup_redirect_url(request)

    def is_ajax(self, request: HttpRequest) -> bool:
        """Our pages are pages, also for scripts."""
        return False


class SecondFactorAdapter(DefaultMFAAdapter):
    """The second factor's names and words."""

    error_messages: ClassVar = {**DefaultMFAAdapter.error_messages, **MFA_ERRORS}

    def get_totp_issuer(self) -> str:
        """Return what the authenticator app shows above the code."""
        return f"Mitwirk {town_for(current.request).name}"
