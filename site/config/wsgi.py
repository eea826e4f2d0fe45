"""The application a web server loads. Unsafe settings stop the start; without a broker, one process delivers the outbox."""

import os
import sys
from pathlib import Path

_root = Path(__file__).resolve().parents[2]
for _path in (str(_root / "site"), str(_root)):
    if _path not in sys.path:
        sys.path.insert(0, _path)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.core.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()

from common.dispatcher import start_thread  # noqa: E402
from config.checks import stop_if_unsafe  # noqa: E402
from config.legal_checks import log_faults  # noqa: E402

stop_if_unsafe()
log_faults()
start_thread()
