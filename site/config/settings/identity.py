"""Proving who one is: letters to addresses of the town, and an official service that speaks OpenID Connect (off without one).

``OIDC_ISSUER``, ``OIDC_CLIENT_ID``, ``OIDC_CLIENT_SECRET`` switch the service on; see docs/running.md.
"""

from typing import Any
from urllib.parse import urlsplit

from config import env

# Postcodes of the town; without any, letters go everywhere.
LETTER_POSTCODES = env.words("LETTER_POSTCODES")

OIDC_ISSUER = env.text("OIDC_ISSUER").rstrip("/")
OIDC_NAME = env.text("OIDC_NAME", "BundID")
# What has to be said about the person, such as ``loa=high``; empty: that they could sign in is enough.
OIDC_CLAIM = env.text("OIDC_CLAIM")
OIDC_SCOPES = env.words("OIDC_SCOPES", "openid")
# Where people are sent to sign in, should that not be on the issuer's own host.
OIDC_AUTHORIZE_URL = env.text("OIDC_AUTHORIZE_URL")
OIDC_ORIGINS = sorted({"://".join(urlsplit(one)[:2]) for one in (OIDC_ISSUER, OIDC_AUTHORIZE_URL) if one})


def oidc_app(issuer: str, client: str, secret: str) -> dict[str, Any]:
    """Return the library's settings of the one service; ``nachweis`` is part of the address people come back to."""
    more = {"server_url": issuer, "oauth_pkce_enabled": True}
    return {"provider_id": "nachweis", "name": OIDC_NAME, "client_id": client, "secret": secret, "settings": more}


SOCIALACCOUNT_ADAPTER = "accounts.official.OfficialAdapter"
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {
    "openid_connect": {
        "SCOPE": OIDC_SCOPES,
        "APPS": [oidc_app(OIDC_ISSUER, env.text("OIDC_CLIENT_ID"), env.text("OIDC_CLIENT_SECRET"))]
        if OIDC_ISSUER
        else [],
    }
}
# Nobody signs in or signs up with it, and nothing of what it says about a person is kept.
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_QUERY_EMAIL = False
