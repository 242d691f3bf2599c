"""One canonical form of data, and its hash: what a signature names, and what an integrity check computes again."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256

from programs.rules.field_values import decimal_text

DOMAIN = re.compile(r"[a-z][a-z0-9_.-]{0,40}")
# Changed only together with the canonical form, so that hashes of two forms never compare.
SCHEME = "trellis-1"


def canonical(value) -> bytes:
    """The canonical bytes of a value: JSON with sorted keys and no spaces, in UTF-8.

    Decimals become strings without zeros at the end, dates ISO strings, instants ISO strings in UTC. Equal data give
    equal bytes, also after a way through the database.

    Raises:
        ValueError: "not_canonical", there is a float, an instant without time zone, a key that is no string, or
            something else that has no one form.
    """
    try:
        text = json.dumps(_plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
        return text.encode("utf-8")
    except (UnicodeEncodeError, RecursionError) as broken:
        raise ValueError("not_canonical", str(broken)) from None


def content_hash(domain: str, value) -> str:
    """The SHA-256 of a value in its canonical form, in hexadecimal.

    The domain says what the value is ("submission", "template_version"), so that a hash of one kind never passes for
    one of another. Source: security.md 11.4.3.

    Raises:
        ValueError: "bad_domain"; "not_canonical".
    """
    if not DOMAIN.fullmatch(domain):
        raise ValueError("bad_domain", domain)
    return sha256(f"{SCHEME}:{domain}\0".encode() + canonical(value)).hexdigest()


def _plain(value):
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        # An enumeration's word is its value, whatever its class.
        return str.__str__(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, Decimal) and value.is_finite():
        return decimal_text(value)
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("not_canonical", "an instant without time zone")
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise ValueError("not_canonical", "a key that is no string")
        return {str.__str__(key): _plain(part) for key, part in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return [_plain(part) for part in value]
    raise ValueError("not_canonical", type(value).__name__)
