"""What the site is made of: rooms, middleware, templates, languages, files."""

from pathlib import Path

from config import env

BASE_DIR = Path(__file__).resolve().parents[3]
DATA_DIR = Path(env.text("MITWIRK_DATA_DIR", str(BASE_DIR / "var")))

PROFILE = env.text("MITWIRK_PROFILE", "embedded")
if PROFILE not in {"demo", "embedded", "production"}:
    raise env.ImproperlyConfigured(f"MITWIRK_PROFILE must be demo, embedded or production, not {PROFILE!r}.")
DEBUG = env.flag("DEBUG", default=False)

INSTALLED_APPS = [
    "config",
    "theme",
    "common",
    "accounts",
    "search",
    "moderation",
    "ideas",
    "voting",
    "cms",
    "news",
    "boards",
    "insights",
    "notifications",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "accounts.staff_app.StaffConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages too go out packed, whatever stands in front: a phone in a poor network is the measure. Tokens in forms are
    # masked anew with each answer, and Django pads what it packs (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "theme.policy.PolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "theme.middleware.PlainAnswersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cms.languages.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "accounts.middleware.StaffSecondFactorMiddleware",
    "accounts.middleware.FormStatusMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "csp.context_processors.nonce",
                "theme.context.page_frame",
            ],
        },
    },
]

LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("en", "English")]
TIME_ZONE = env.text("TIME_ZONE", "Europe/Berlin")
USE_I18N = USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(DATA_DIR / "static")))
STATICFILES_DIRS = [("vendor", BASE_DIR / "var" / "assets")]
MEDIA_URL = "/medien/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "theme.files.StaticFiles"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# A request body beyond these bounds is refused with 413 before it is read into memory.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
# Five pictures and three files of 10 MB each, and some room for the words.
UPLOAD_MAX_BODY = 90 * 1024 * 1024
