"""Secrets, hosts, cookies, headers: strict on public pages, looser only inside Wagtail's admin (``theme.middleware``)."""

from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from common.secret_files import kept_secret
from config import env
from config.settings.base import DATA_DIR, PROFILE
from config.settings.identity import OIDC_ORIGINS

SECRET_KEY = env.text("SECRET_KEY")
if not SECRET_KEY and PROFILE != "production":
    SECRET_KEY = kept_secret(DATA_DIR / "secret_key")
# Networks of schools, libraries and the town hall, such as 192.0.2.0/24: many votes from one of them are nothing odd.
KNOWN_NETWORKS = env.words("KNOWN_NETWORKS")
# Whose holidays are no working days, as the two letters of the state.
HOLIDAYS_OF = env.text("HOLIDAYS_OF", "NW")
# Hours of working days after which moderators are reminded of a case, then their deputies too; and when a complaint is due.
REMIND_AFTER_HOURS = env.number("REMIND_AFTER_HOURS", 24)
REMIND_DEPUTIES_AFTER_HOURS = env.number("REMIND_DEPUTIES_AFTER_HOURS", 72)
COMPLAINT_DUE_HOURS = env.number("COMPLAINT_DUE_HOURS", 120)
# Changes of votes per account and minute; 0: any number (for measuring).
VOTES_PER_MINUTE = env.number("VOTES_PER_MINUTE", 30)
# What one account may send in an hour (all at once, then as the hour goes by); 0: any number.
IDEAS_PER_HOUR = env.number("IDEAS_PER_HOUR", 20)
COMMENTS_PER_HOUR = env.number("COMMENTS_PER_HOUR", 60)
# The key of the hashes by which two accounts of one person are found.
PROOF_SECRET_FILE = Path(env.text("PROOF_SECRET_FILE") or DATA_DIR / "proof_secret")
VOTING_SECRET_FILE = Path(env.text("VOTING_SECRET_FILE") or DATA_DIR / "voting_secrets.json")
# Days after the last result of a campaign until nobody can tell any more whose its votes were: three months.
VOTING_KEY_DAYS = env.number("VOTING_KEY_DAYS", 92)

SITE_URL = env.text("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "" if PROFILE == "production" else "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 0)
if TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

HTTPS = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SECURE_SSL_REDIRECT = HTTPS and env.flag("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = env.flag("SECURE_HSTS_PRELOAD", default=True)
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# The preview of a page stands in a frame of the same site (Wagtail admin); nobody else may frame anything.
X_FRAME_OPTIONS = "SAMEORIGIN"
# W040: SQLite leaves the further columns of an index out, which is what we want there.
SILENCED_SYSTEM_CHECKS = ["security.W019", "models.W040"]
CSRF_FAILURE_VIEW = "theme.errors.csrf_failure"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "media-src": [SELF],
        # Forms may only lead here – and, where one is named, to the official service that proves who somebody is.
        "form-action": [SELF, *OIDC_ORIGINS],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
    },
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    "camera": [],
    "geolocation": ["self"],
    "microphone": [],
    "payment": [],
    "usb": [],
}
