"""The official proof of identity: what comes back from the service becomes a keyed hash at once; nothing else is kept.

The library does the protocol (state, PKCE, tokens). Its own way of signing in and of connecting accounts is never reached.
"""

from typing import Any

import structlog
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts import proofs

PENDING = "official_proof"
log = structlog.get_logger()


class OfficialAdapter(DefaultSocialAccountAdapter):
    """Ends every way of the library at our page, with a proof in the session or with a word on why not."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Take the proof; nobody goes on from here."""
        data: dict[str, Any] = dict(sociallogin.account.extra_data)
        if not request.user.is_authenticated:
            messages.error(request, _("Please sign in with your mail address first."))
        elif not has_claim(data, settings.OIDC_CLAIM):
            messages.error(request, _("The proof is not strong enough for voting here. Nothing was kept of it."))
        else:
            proof = proofs.of_subject(settings.OIDC_ISSUER, sociallogin.account.uid)
            request.session[PENDING] = {"proof": proof, "person": request.user.pk}
        raise ImmediateHttpResponse(redirect("accounts_own:identify_official"))

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Lead back with a word; what the service said is told to the log by its kind only."""
        log.warning("official proof failed", error=type(kwargs.get("exception")).__name__)
        messages.error(request, _("The proof did not work, or you have ended it. Nothing was changed."))
        raise ImmediateHttpResponse(redirect("accounts_own:identify"))


def has_claim(data: dict[str, Any], wanted: str) -> bool:
    """Tell whether what the service said holds the claim ``name=value``; of a list one value is enough."""
    if not wanted:
        return True
    name, _sign, value = wanted.partition("=")
    for part in (data, data.get("userinfo") or {}, data.get("id_token") or {}):
        found = part.get(name) if isinstance(part, dict) else None
        if value in (map(str, found) if isinstance(found, list) else [str(found)] if found is not None else []):
            return True
    return False
