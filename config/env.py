"""Typed readers of the environment: a value, or the file that NAME_FILE points at; unknown TRELLIS_ names stop the start."""

import os
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

_reader = environ.Env()
_known: set[str] = {"TRELLIS_ENV", "TRELLIS_CLUSTER", "TRELLIS_TEST_NAME"}


def _load(name: str) -> None:
    """Secrets may come from a file (NAME_FILE), as Docker and Kubernetes hand them out."""
    _known.update({name, f"{name}_FILE"})
    path = os.environ.get(f"{name}_FILE")
    if path and name not in os.environ:
        os.environ[name] = Path(path).read_text(encoding="utf-8").strip()


def text(name: str, default: str = "") -> str:
    """A string; empty where unset."""
    _load(name)
    return _reader.str(name, default)


def flag(name: str, default: bool = False) -> bool:
    """True for 1, true, yes, on."""
    _load(name)
    return _reader.bool(name, default)


def number(name: str, default: int) -> int:
    """A whole number."""
    _load(name)
    return _reader.int(name, default)


def names(name: str, default: list[str] | None = None) -> list[str]:
    """A comma-separated list."""
    _load(name)
    return _reader.list(name, default=default or [])


def database(url: str, **options) -> dict:
    """Django's settings for one database address as libpq reads it: `?host=` names a Unix socket folder.

    `options` join what else the address says, such as sslmode.
    """
    found = environ.Env.db_url_config(url)
    asked = found.pop("OPTIONS", {})
    found["HOST"] = asked.pop("host", found["HOST"])
    return found | {"OPTIONS": asked | options}


def broker(url: str) -> str:
    """The address of Redis or Valkey as Celery spells it: a Unix socket has a scheme of its own there."""
    parts = urlsplit(url)
    if parts.scheme != "unix":
        return url
    return f"redis+socket://{parts.path}?virtual_host={parse_qs(parts.query).get('db', ['0'])[0]}"


def mail(url: str) -> dict:
    """Django's EMAIL_* settings of one address such as smtp+tls://user:password@host:587."""
    return environ.Env.email_url_config(url)


def known_names() -> set[str]:
    """Every name that the settings read, without the _FILE forms; docs/operations.md lists them."""
    return {name for name in _known if not name.endswith("_FILE")}


def refuse_unknown() -> None:
    """A misspelled setting is worse than a missing one: it is silently not in force."""
    unknown = sorted(name for name in os.environ if name.startswith("TRELLIS_") and name not in _known)
    if unknown:
        raise ImproperlyConfigured(f"Unknown settings: {', '.join(unknown)}; see docs/operations.md")
