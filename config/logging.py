"""One JSON line per event on standard output: who, where, what came of it. No bodies; secrets and mail addresses masked."""

import hashlib
import re

import structlog

SECRET_KEYS = re.compile(r"password|passwd|secret|token|authorization|cookie|session|otp|api_key|private", re.IGNORECASE)
# Addresses that open a door by themselves: what follows the name is shown as a short hash, so that two lines can still be matched.
SECRET_PATHS = re.compile(r"(/(?:reset/key|confirm-email|invitations?|join|feeds?|verify)/)([^/?\s\"']+)")
QUERY = re.compile(r"^((?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) [^?\s]+)\?\S*")
MAIL_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# PostgreSQL's DETAIL and Django's parameters quote the row that was refused.
VALUES = re.compile(r"(DETAIL|CONTEXT):[^\n]*")


def _short_hash(match: re.Match) -> str:
    return f"{match[1]}#{hashlib.sha256(match[2].encode()).hexdigest()[:8]}"


def masked(text: str) -> str:
    """The text without secrets in addresses, query strings, mail addresses and values of database rows."""
    text = SECRET_PATHS.sub(_short_hash, QUERY.sub(r"\1", text))
    return VALUES.sub(r"\1: …", MAIL_ADDRESS.sub("…@…", text))


def _mask(_logger, _method: str, event: dict) -> dict:
    for key, value in event.items():
        if SECRET_KEYS.search(key):
            event[key] = "…"
        elif isinstance(value, str):
            event[key] = masked(value)
    return event


BEFORE = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
structlog.configure(
    processors=[structlog.stdlib.filter_by_level, *BEFORE, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": BEFORE,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                _mask,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        }
    },
    "handlers": {"stdout": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "json"}},
    "root": {"handlers": ["stdout"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},
        # The same requests, once more and without their tenant.
        "django.request": {"level": "CRITICAL"},
        "django.server": {"handlers": [], "level": "WARNING"},
        "celery.app.trace": {"level": "INFO"},
        "fontTools": {"level": "ERROR"},
        "weasyprint": {"level": "ERROR"},
    },
}
