"""How the web processes run; every value can be set from outside by the usual environment of the server."""

import os

bind = os.environ.get("BIND", "0.0.0.0:8000")
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "gthread"
timeout = 60
graceful_timeout = 30
keepalive = 5
# A worker is replaced now and then, so that memory stays flat over weeks; not all at the same moment.
max_requests = 20_000
max_requests_jitter = 2_000
limit_request_line = 8190
limit_request_field_size = 8190
accesslog = os.environ.get("ACCESS_LOG") or None
# No control socket: nothing but the port is opened.
control_socket_disable = True
