"""The header against foreign code: written once for all plain answers; only the nonce, where a page asked for it, is new."""

from csp.constants import HEADER
from csp.middleware import CheckableLazyObject, CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

PLACE = "NONCE-STANDS-HERE"


class PolicyMiddleware(CSPMiddleware):
    """The library's middleware, which would build both policies anew for each answer."""

    source: object = None
    without = template = ""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Set the header; answers with a policy of their own take the library's way."""
        if not self.is_plain(response):
            return super().process_response(request, response)
        self.prepare()
        nonce = getattr(request, "_csp_nonce", None)
        response[HEADER] = self.template.replace(PLACE, nonce) if nonce else self.without
        if nonce is None:
            request.csp_nonce = TOO_LATE  # type: ignore[attr-defined]
        return response

    def prepare(self) -> None:
        """Write the policy, once for the settings at hand."""
        policy = settings.CONTENT_SECURITY_POLICY
        if self.source is not policy:
            self.without, self.template = build_policy(), build_policy(nonce=PLACE)
            self.source = policy

    @staticmethod
    def is_plain(response: HttpResponseBase) -> bool:
        """Whether nothing about this answer's policy is special."""
        return not (
            settings.DEBUG
            or HEADER in response
            or getattr(settings, "CONTENT_SECURITY_POLICY_REPORT_ONLY", None)
            or "EXCLUDE_URL_PREFIXES" in settings.CONTENT_SECURITY_POLICY
            or any(name.startswith("_csp_") for name in vars(response))
        )


# Raises when a page asks for a nonce after the header is written.
TOO_LATE = CheckableLazyObject(CSPMiddleware._csp_nonce_post_response)
