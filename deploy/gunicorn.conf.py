"""gunicorn for production and the demo: threads, one import for all workers, a quiet home.

The address, the number of workers and the log level come from the environment or the command line.
"""

import gc
import importlib
import os
from typing import Any

from talentsvc.extensions.database import after_fork

bind = os.environ.get("GUNICORN_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("GUNICORN_THREADS", "8"))
worker_class = "gthread"
preload_app = True
# A request gets this long to finish when the server stops; uploads over a phone are slow.
graceful_timeout = 20
timeout = 60
keepalive = 5
# gunicorn would open a control socket in the home folder, which two instances would fight over.
control_socket_disable = True
# The heartbeat file belongs in memory: on a disk that stalls, healthy workers would be killed.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 - gunicorn makes an unnamed file there
accesslog = None
errorlog = "-"


#: What the first requests would import anyway; loaded before the fork, all workers share it.
USED_SOON = ("celery.app.base", "kombu.transport.redis", "phonenumbers", "email_validator")


def when_ready(server: Any) -> None:
    """Share as much memory as possible, and keep the collector from walking through it again and again."""
    for name in USED_SOON:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    # A page makes some ten thousand objects and leaves next to none behind.
    gc.set_threshold(20_000, 10, 20)


def post_fork(server: Any, worker: Any) -> None:
    """Connections that were opened before the fork must not be shared."""
    with server.app.wsgi().app_context():
        after_fork()
