"""How web processes begin: libraries are loaded once, before the master forks, so that all share them.

Libraries alone. Nothing of the product, no settings and no connection: two processes on one socket would hang the site.
"""

import gc
from importlib import import_module

SHARED = (
    *("asyncio", "celery.app.amqp", "celery.app.base", "celery.result", "cryptography.fernet", "email.message", "fido2.server"),
    *("django.contrib.postgres.aggregates", "django.core.mail", "django.core.paginator", "django.core.serializers", "django.db.models"),
    *("django.forms", "django.template", "django.test", "django.utils.translation.trans_real", "django.views.generic"),
    *("kombu.messaging", "psycopg", "psycopg_pool", "redis", "segno", "ssl", "structlog", "whitenoise", "yaml"),
)


def on_starting(_server) -> None:
    """Load them, and keep the collector of each process from touching, and so copying, what it finds."""
    for name in SHARED:
        import_module(name)
    gc.freeze()


def post_worker_init(_worker) -> None:
    """The product is loaded: no more of it is garbage than of the libraries."""
    gc.freeze()
