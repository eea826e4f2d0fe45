"""Settings of the test run: fast hashing and no dispatcher thread; everything else as served."""

import tempfile
from pathlib import Path

from config.settings import *  # noqa: F403

SECRET_KEY = "test-only-secret-key-that-protects-nothing-0123456789"
_folder = Path(tempfile.mkdtemp(prefix="mitwirk-test-"))
MEDIA_ROOT = _folder / "media"
VOTING_SECRET_FILE = _folder / "voting_secrets.json"
PROOF_SECRET_FILE = _folder / "proof_secret"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
OUTBOX_THREAD = False
LOOKS_THREAD = False
ELASTICSEARCH_URL = ""  # the tests of Elasticsearch switch it on themselves
STAFF_SECOND_FACTOR = False
IDEAS_PER_HOUR = COMMENTS_PER_HOUR = 0  # tests send faster than people; what limits is tested switches it on
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
LOGGING = {**LOGGING, "root": {"handlers": ["console"], "level": "ERROR"}}
# The quick caches belong to the test process: a Redis server would be shared with other runs.
CACHES = CACHES | {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
    for name in ("fast", "renditions")
}
